"""Runs: putting a cycle's results on file, what each run holds, and two of them side by side."""

import io
from functools import partial

from django import forms
from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.fields import LineField
from accounts.pages import page_of
from accounts.refusal import Refused
from branches.gate import demand
from branches.order import tree_order
from portal.kit.workbooks import file_name
from scoring import archiving, run_compare, run_lists
from scoring.exports import export_rows
from scoring.filters import VERDICTS
from scoring.models import Run, RunKind, RunResult
from scoring.permissions import TABLE
from scoring.verdicts import verdict
from scoring.views import cycle_shown


class ArchiveForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is for"),
        choices=[(kind.value, kind.label) for kind in archiving.BY_HAND],
        initial=RunKind.DERIVED,
    )
    reason = LineField(label=gettext_lazy("Occasion"), max_length=300)


@require_http_methods(["GET", "POST"])
def runs(request):
    demand(TABLE, request.actor, "run.view" if request.method == "GET" else "run.archive")
    cycle = cycle_shown(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return render(request, "scoring/none.html")
    form = ArchiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (run := archived(request, cycle, form)):
        done = _("Put on file as number %(number)s; it cannot be changed any more.")
        messages.success(request, done % {"number": run.number})
        return redirect("scoring:run", pk=run.pk)
    rows = visible(request).filter(cycle=cycle).order_by("-number")
    words = {
        "cycle": cycle,
        "rows": list(rows),
        "form": form,
        "may_archive": TABLE["run.archive"].allows(request.actor, cycle),
    }
    return render(
        request, "scoring/runs.html", words, status=200 if request.method == "GET" else 422
    )


def archived(request, cycle, form: ArchiveForm) -> Run | None:
    try:
        return archiving.archive(request.actor, cycle, now=request.now, **form.cleaned_data)
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.sentence)
        return None


def visible(request):
    rows = Run.objects.visible_to(request.actor)
    return rows.select_related("cycle__owner", "edition", "made_by")


@require_GET
def run(request, pk):
    found = fetch(request, pk)
    picked, rows = picked_of(request), results_of(request, found)
    shown = page_of(request, rows)
    columns = run_lists.columns_for(found)
    return render(
        request,
        "scoring/run.html",
        {
            "run": found,
            "others": visible(request).filter(cycle=found.cycle).exclude(pk=pk).order_by("-number"),
            "views": [("", _("All"), found.result_count)]
            + [(key, word, found.counts.get(key, 0)) for key, word in VERDICTS],
            "picked": picked,
            "code": run_lists.short(found.digest),
            "page": shown,
            "pages": list(shown.paginator.get_elided_page_range(shown.number)),
            "columns": columns,
            "rows": run_lists.screen(shown, columns, link=partial(receipt_url, found)),
        },
    )


def receipt_url(found: Run, row: RunResult) -> str:
    return reverse("scoring:run_receipt", args=[found.pk, row.branch_id])


def fetch(request, pk) -> Run:
    demand(TABLE, request.actor, "run.view")
    return get_object_or_404(visible(request), pk=pk)


def picked_of(request) -> str:
    word = request.GET.get("verdict", "")
    return word if word in dict(VERDICTS) else ""


def results_of(request, found: Run):
    rows = RunResult.objects.visible_to(request.actor).filter(run=found)
    if word := picked_of(request):
        rows = rows.annotate(verdict=verdict()).filter(verdict=word)
    return rows.defer("told", "sums", "chapters", "gates").order_by(*tree_order("branch__"))


@require_GET
def run_export(request, pk):
    found = fetch(request, pk)
    columns, title = run_lists.columns_for(found), title_of(found)
    chosen = str(dict(VERDICTS).get(picked_of(request), ""))
    rows = results_of(request, found)
    return workbook(request, title=title, columns=columns, rows=rows, chosen=chosen)


def title_of(found: Run) -> str:
    words = {"cycle": found.cycle.name, "number": found.number}
    return _("%(cycle)s: results on file, number %(number)s") % words


def workbook(request, *, title: str, columns, rows, chosen: str = ""):
    out = io.BytesIO()
    export_rows(
        out,
        actor=request.actor,
        title=title,
        columns=columns,
        rows=rows,
        chosen=chosen,
        now=request.now,
    )
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=file_name(title, day=request.today))


@require_GET
def runs_compare(request):
    """The later run against the earlier one, whichever way round they were asked for."""
    if (both := pair(request)) is None:
        return redirect("scoring:runs")
    old, new = both
    found = run_compare.shifts(old, new)
    show = shown_of(request)
    columns = run_compare.columns_for(old, new)
    page = page_of(request, [each for each in found if run_compare.NARROW[show](each)])
    counts = run_compare.counts(found)
    return render(
        request,
        "scoring/runs_compare.html",
        {
            "old": old,
            "new": new,
            "views": [(key, word, counts[key]) for key, word in run_compare.WORDS.items()],
            "show": show,
            "page": page,
            "pages": list(page.paginator.get_elided_page_range(page.number)),
            "columns": columns,
            "rows": run_lists.screen(page, columns, link=lambda each: receipt_of(each, old, new)),
        },
    )


@require_GET
def runs_compare_export(request):
    if (both := pair(request)) is None:
        return redirect("scoring:runs")
    old, new = both
    show = shown_of(request)
    rows = [each for each in run_compare.shifts(old, new) if run_compare.NARROW[show](each)]
    words = {"cycle": new.cycle.name, "old": old.number, "new": new.number}
    title = _("%(cycle)s: number %(new)s against number %(old)s") % words
    columns, chosen = run_compare.columns_for(old, new), str(run_compare.WORDS[show])
    return workbook(request, title=title, columns=columns, rows=rows, chosen=chosen)


def receipt_of(each: run_compare.Shift, old: Run, new: Run) -> str:
    return receipt_url(new if each.new else old, each.row)


def pair(request) -> tuple[Run, Run] | None:
    """The two runs of the address, by time; they may be of two cycles. None: not two that the reader may see."""
    demand(TABLE, request.actor, "run.view")
    named = [request.GET.get(name, "") for name in ("old", "new")]
    ids = [int(pk) for pk in named if pk.isascii() and pk.isdecimal() and len(pk) < 18]
    found = list(visible(request).filter(pk__in=ids).order_by("made_at", "pk"))
    return (found[0], found[1]) if len(found) == 2 else None


def shown_of(request) -> str:
    show = request.GET.get("show", "")
    return show if show in run_compare.NARROW else "all"
