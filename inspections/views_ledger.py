"""The rectification ledger: list, batch steps, export, print, reminder text, saved columns."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access_log import note_access
from accounts.pages import page_of
from accounts.roles import Role
from branches.gate import demand
from branches.models import Organization
from inspections import ledger_batch, ledger_columns, ledger_export
from inspections.forms_ledger import BatchForm, ColumnsForm
from inspections.forms_rules import RulesForm
from inspections.ledger_actions import forget_columns, save_columns, set_rules
from inspections.ledger_filter import LedgerFilter, listed, waiting_for
from inspections.ledger_rows import shown
from inspections.models import Finding, FindingSource, FindingStage, SavedColumns
from inspections.moves import MOVES
from inspections.numbering import FINDINGS, NOTICES, prefix_of
from inspections.permits_findings import TABLE
from inspections.powers import closer_by
from inspections.reminder_text import CHASED, reminder
from portal.kit.streaming import download
from portal.kit.workbooks import file_name
from standards.models import Severity

PRINT_MOST = 1_000


@require_GET
def ledger(request):
    demand(TABLE, request.actor, "ledger.view")
    chosen = LedgerFilter(request.GET, actor=request.actor)
    rows = listed(request.actor, chosen.chosen).prefetch_related("owner__close_rules")
    page = page_of(request, rows)
    words = {
        "form": chosen,
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "rows": shown(page, today=request.today),
        "verbs": [
            MOVES[verb] for verb in ledger_batch.VERBS if request.actor.has(*MOVES[verb].roles)
        ],
        "sets": sets(request.actor),
        "definition": ledger_export.definition(),
        "mine": Finding.objects.visible_to(request.actor)
        .filter(waiting_for(request.actor))
        .count(),
        "kept": kept(request.GET),
        "may_keep": TABLE["ledger.columns"].allows(request.actor),
        "may_rule": TABLE["ledger.rules"].allows(request.actor),
    }
    return render(request, "inspections/ledger.html", words)


def kept(query: QueryDict) -> list[tuple[str, str]]:
    """The filter as hidden fields, so that "all found" means the same rows in the next step."""
    names = LedgerFilter.base_fields
    return [(name, query[name]) for name in names if query.get(name)]


def sets(actor) -> list[tuple[str, str]]:
    saved = [(str(row.pk), row.name) for row in ledger_export.saved_sets(actor)]
    return [(key, str(name)) for key, (name, _keys) in ledger_columns.BUILT_IN.items()] + saved


def ticked(query: QueryDict) -> list[int]:
    return [
        int(pk) for pk in query.getlist("ids") if pk.isascii() and pk.isdigit() and len(pk) < 19
    ]


def selected(request, chosen):
    """The rows of the filter, or only the ticked ones when some were ticked and not all wanted."""
    rows = listed(request.actor, chosen.chosen)
    ids = ticked(request.GET)
    return rows.filter(pk__in=ids) if ids and not request.GET.get("every") else rows


@require_GET
def export(request):
    demand(TABLE, request.actor, "ledger.export")
    chosen = LedgerFilter(request.GET, actor=request.actor)
    rows, key = selected(request, chosen), request.GET.get("columns", "county")
    stream = ledger_export.export(
        rows, actor=request.actor, chosen=chosen, key=key, now=request.now
    )
    unit = chosen.chosen.get("unit") or ledger_export.home_of(request.actor)
    name = file_name(unit.short_name if unit else "", _("Rectification ledger"), day=request.today)
    return download(stream, name)


@require_GET
def print_page(request):
    demand(TABLE, request.actor, "ledger.export")
    chosen = LedgerFilter(request.GET, actor=request.actor)
    rows = selected(request, chosen).prefetch_related("owner__close_rules")[:PRINT_MOST]
    name, keys = ledger_columns.column_set(
        request.GET.get("columns", "county"), ledger_export.saved_sets(request.actor)
    )
    columns = ledger_columns.columns_for(keys, today=request.today)
    cells = [[column.value(row) for column in columns] for row in rows]
    note_access(
        request.user, "ledger.printed", rows=len(cells), query=chosen.summary, now=request.now
    )
    words = {
        "columns": columns,
        "cells": cells,
        "unit_shown": chosen.chosen.get("unit") or ledger_export.home_of(request.actor),
        "definition": ledger_export.definition(),
        "filter_text": chosen.summary,
        "most": PRINT_MOST if len(cells) == PRINT_MOST else 0,
        "printed_at": timezone.localtime(request.now).strftime("%Y-%m-%d %H:%M"),
    }
    return render(request, "inspections/ledger_print.html", words)


@require_GET
def text(request):
    """复制催办文本: what is still to be done, per unit, plain, for the group chat."""
    demand(TABLE, request.actor, "ledger.view")
    chosen = LedgerFilter(request.GET, actor=request.actor)
    rows = selected(request, chosen).filter(stage__in=CHASED).prefetch_related("owner__close_rules")
    words = {
        "text": reminder(list(rows[: ledger_batch.MOST]), today=request.today),
        "filter_text": chosen.summary if chosen.chosen else "",
    }
    return render(request, "inspections/ledger_text.html", words)


@require_http_methods(["GET", "POST"])
def batch(request, verb):
    """First the rows with their evidence in view, each still to be unticked; then the step."""
    demand(TABLE, request.actor, f"finding.{verb}")
    query = request.POST if request.method == "POST" else request.GET
    chosen = LedgerFilter(query, actor=request.actor)
    every = request.method == "GET" and bool(query.get("every"))
    picked = ledger_batch.select(request.actor, chosen.chosen, verb, ids=ticked(query), every=every)
    form = BatchForm(request.POST or None, verb=verb)
    if request.method == "POST" and form.is_valid() and ticked(query):
        return taken(request, verb, picked, form)
    words = {
        "move": MOVES[verb],
        "picked": picked,
        "looks_through": verb in ("verify", "close"),
        # Whoever chases "all found" chases what is late or soon due, unless more is ticked here.
        "ticks_all": not (verb == "chase" and every),
        "consequence": ledger_batch.CONSEQUENCES[verb],
        "stages": _(", ").join(str(FindingStage(stage).label) for stage in MOVES[verb].stages),
        "rows": shown(picked.ready, today=request.today),
        "form": form,
        "kept": kept(query),
        "back": back(query),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "inspections/ledger_batch.html", words, status=status)


def taken(request, verb, picked, form):
    outcome = ledger_batch.take_all(
        request.actor, verb, picked.ready, now=request.now, **form.said()
    )
    if outcome.done:
        messages.success(
            request,
            _("%(move)s: %(n)d findings done.") % {"move": MOVES[verb].label, "n": outcome.done},
        )
    for sentence in outcome.refused:
        messages.warning(request, sentence)
    if picked.left:
        messages.info(
            request,
            _("%(n)d findings were left out: this step is not open on them.") % {"n": picked.left},
        )
    return redirect(back(request.POST))


def back(query: QueryDict) -> str:
    """The ledger as it was filtered."""
    found = QueryDict(mutable=True)
    found.update(dict(kept(query)))
    return reverse("inspections:ledger") + (f"?{found.urlencode()}" if found else "")


@require_http_methods(["GET", "POST"])
def columns(request):
    """Saved sets of columns of one's own unit, such as 市里格式."""
    demand(TABLE, request.actor, "ledger.columns")
    form = ColumnsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_columns(request.actor, now=request.now, **form.said())
        messages.success(request, _("The set of columns was saved."))
        return redirect("inspections:ledger_columns")
    rows = SavedColumns.objects.filter(owner_id=request.actor.home_id).order_by("name", "pk")
    words = {"form": form, "sets": rows, "built_in": ledger_columns.BUILT_IN.values()}
    status = 422 if form.is_bound else 200
    return render(request, "inspections/ledger_columns.html", words, status=status)


@require_POST
def columns_forget(request, pk):
    demand(TABLE, request.actor, "ledger.columns")
    rows = SavedColumns.objects.filter(owner_id=request.actor.home_id)
    forget_columns(request.actor, get_object_or_404(rows, pk=pk), now=request.now)
    return redirect("inspections:ledger_columns")


@require_http_methods(["GET", "POST"])
def rules(request):
    """Who closes which findings of the county, and how its numbers begin."""
    demand(TABLE, request.actor, "ledger.rules")
    owner = county_of(request.actor)
    known = list(owner.close_rules.all())
    closers = {
        (source, severity): closer_by(known, source, severity)
        for source in FindingSource.values
        for severity in Severity.values
    }
    series = {name: prefix_of(owner, name, on=request.today) for name in (FINDINGS, NOTICES)}
    form = RulesForm(request.POST or None, closers=closers, prefixes=series)
    if request.method == "POST" and form.is_valid():
        prefixes = {name: form.cleaned_data[f"{name}_prefix"] for name in series}
        set_rules(request.actor, owner, closers=form.closers(), prefixes=prefixes, now=request.now)
        messages.success(request, _("The rules of the ledger were saved."))
        return redirect("inspections:ledger_rules")
    words = {"form": form, "owner": owner, "severities": Severity.labels}
    status = 422 if form.is_bound else 200
    return render(request, "inspections/ledger_rules.html", words, status=status)


def county_of(actor):
    """The unit of the reader's highest county grant."""
    held = min((h for h in actor.held if h.role == Role.COUNTY_OFFICER), key=lambda h: len(h.path))
    return Organization.objects.get(pk=held.organization_id)
