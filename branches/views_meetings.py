"""Meetings: the records of a branch, the twelve-month grid, and one month of a whole unit."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.pages import page_of
from accounts.refusal import Refused
from branches import ticks
from branches.files import store_all
from branches.forms_meetings import MeetingForm, cells_of, read_grid, read_seen, shown
from branches.gate import demand
from branches.meetings import keys_of, last_months, month_grid, year_grid
from branches.models import Meeting, MeetingKind, Organization
from branches.order import tree_order
from branches.permissions import TABLE
from branches.permits import verbs
from branches.views_units import fetch

MOST_BRANCHES = 200


@require_http_methods(["GET", "POST"])
def meetings(request, pk):
    rows = Organization.objects.visible_to(request.actor).branches().select_related("parent")
    branch = get_object_or_404(rows, pk=pk)
    form = MeetingForm(request.POST or None, request.FILES or None, today=request.today)
    if request.method == "POST":
        demand(TABLE, request.actor, "meeting.record", branch)
        if form.is_valid() and record(request, branch, form):
            messages.success(request, _("The meeting was recorded."))
            return redirect("branches:meetings", pk=branch.pk)
    held = Meeting.objects.filter(organization=branch).prefetch_related("evidence")
    page = page_of(request, held.select_related("recorded_by").order_by("-held_on", "-pk"))
    words = {"branch": branch, "form": form, "page": page}
    words["pages"] = list(page.paginator.get_elided_page_range(page.number))
    words["verbs"] = verbs(TABLE, request.actor, branch)
    status = 422 if form.is_bound else 200
    return render(request, "branches/meetings.html", words, status=status)


def record(request, branch, form) -> bool:
    key = form.cleaned_data["client_key"]
    try:
        evidence = store_all(
            request.actor, branch, form.cleaned_data["files"], now=request.now, client_key=key
        )
        ticks.record_meeting(
            request.actor, branch, evidence=evidence, now=request.now, **form.changes()
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True


@require_POST
def remove(request, pk):
    rows = Meeting.objects.visible_to(request.actor).select_related("organization")
    meeting = get_object_or_404(rows, pk=pk)
    demand(TABLE, request.actor, "meeting.record", meeting.organization)
    branch_id = meeting.organization_id
    ticks.remove_meeting(request.actor, meeting, now=request.now)
    messages.success(request, _("The record was removed."))
    return redirect("branches:meetings", pk=branch_id)


@require_http_methods(["GET", "POST"])
def grid(request, pk):
    branch = fetch(request, pk, "meeting.record")
    months, lines = year_grid(branch, today=request.today)
    words = {"about": branch, "heading": _("Meetings of the last 12 months")}
    words["heads"] = [month_head(month, months) for month in months]
    return answer(request, [branch], lines, words)


@require_http_methods(["GET", "POST"])
def month(request, pk):
    unit = fetch(request, pk, "meeting.tick")
    months = last_months(request.today)
    chosen = chosen_month(request, months)
    rows = Organization.objects.visible_to(request.actor).within(unit).branches()
    branches = list(rows.open(request.today).order_by(*tree_order())[:MOST_BRANCHES])
    lines = month_grid(branches, month=chosen, last=month_end(chosen, request.today))
    words = {
        "about": unit,
        "heading": _("Meetings of %(month)s") % {"month": f"{chosen:%Y-%m}"},
        "heads": [{"label": kind.label} for kind in MeetingKind],
        "months": [f"{month:%Y-%m}" for month in reversed(months)],
        "month": f"{chosen:%Y-%m}",
    }
    return answer(request, branches, lines, words)


def month_head(month: date, months: list[date]) -> dict:
    """The month's number; the year stands under the first and under each January."""
    year = month.year if month == months[0] or month.month == 1 else ""
    return {"label": f"{month:%m}", "year": year}


def chosen_month(request, months: list[date]) -> date:
    """One of the last twelve months; anything else in the address is the current one."""
    by_name = {f"{month:%Y-%m}": month for month in months}
    return by_name.get(request.GET.get("month", ""), months[-1])


def month_end(month: date, today: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return min(today, date.fromordinal(following.toordinal() - 1))


def answer(request, branches, lines, words):
    """Shows the grid, or brings the counts to what was written and comes back to the same page."""
    if request.method == "POST":
        try:
            changed = write(request, branches, lines)
        except Refused as refused:
            lines = with_typed(lines, request.POST, wrong=refused.field)
            words |= {"refused": refused.sentence, "wrong": wrong_cell(lines)}
            return show(request, lines, words, status=422)
        messages.success(request, _("Saved: %(count)s cells changed.") % {"count": changed})
        return redirect(request.get_full_path())
    return show(request, lines, words, status=200)


def with_typed(lines, data, *, wrong):
    """The same lines with what the writer typed, so that a refusal loses nothing; its cell is marked."""

    def typed(cell):
        return replace(cell, typed=data.get(cell.name), wrong=cell.name == wrong)

    return [replace(line, cells=[typed(cell) for cell in line.cells]) for line in lines]


def wrong_cell(lines):
    return next((cell for cell in cells_of(lines) if cell.wrong), None)


def write(request, branches, lines) -> int:
    wanted = read_grid(request.POST, lines)
    seen = read_seen(request.POST.get("seen", ""), keys_of(lines))
    return ticks.tick(request.actor, branches, wanted=wanted, seen=seen, now=request.now)


def show(request, lines, words, *, status):
    heads = words["heads"]
    words |= {
        "rows": [(line, list(zip(heads, line.cells, strict=True))) for line in lines],
        "seen": request.POST.get("seen") or shown(lines),
    }
    return render(request, "branches/grid.html", words, status=status)
