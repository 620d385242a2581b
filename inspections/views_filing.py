"""The work table of a cycle and what is done from it for many branches at once."""

import io
import uuid

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.pages import page_of
from accounts.refusal import Refused
from accounts.roles import COUNTY, FILERS, PARENT
from branches.holidays import working_calendar
from inspections import cycles, filing_reminders
from inspections.fetching import CellBad, day_typed, press_of, ticked, unit_named
from inspections.filing import submit_unchanged
from inspections.models import CycleState, PhaseKind, Stage
from inspections.permits_filing import TABLE
from inspections.phases import day_word, filing_phase, phase_bar
from inspections.work_export import definition, export_table
from inspections.work_table import (
    ALL,
    BRANCHES,
    COMMITTEES,
    OF,
    OF_WORDS,
    assessments_of,
    kind_counts,
    stage_counts,
    unit_rows,
    work_rows,
)
from portal.kit.workbooks import file_name


@require_GET
def assessments(request):
    cycle = cycles.chosen(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        may_plan = TABLE["cycle.plan"].role_fits(request.actor, None)
        return render(request, "inspections/no_cycle.html", {"may_plan": may_plan})
    return render(request, "inspections/assessments.html", table_page(request, cycle))


def table_page(request, cycle, **more):
    """Everything the work table shows. A county sees units first, a unit sees its branches."""
    chosen, found = narrowed(request, cycle)
    within = assessments_of(request.actor, cycle, unit=chosen["unit"], of=chosen["of"])
    bar = phase_bar(cycle, today=request.today, calendar=working_calendar())
    by_unit = request.actor.has(*COUNTY) and is_whole(chosen)
    own = work_rows(request.actor, within) if request.actor.has(*FILERS) else []
    return {
        "cycle": cycle,
        "cycles": cycles.readable(request.actor),
        "phases": bar,
        "filing": filing_phase(bar),
        "is_over": cycle.state == CycleState.CLOSED,
        "chosen": chosen,
        "kinds": kinds(found),
        "stages": stage_counts(within, home=request.actor.home_id),
        "units": unit_rows(request.actor, cycle) if by_unit else None,
        "is_parent": request.actor.has(*PARENT),
        "definition": definition(),
        "may_chase": may(request, cycle, "assessment.chase"),
        "may_pass": may(request, cycle, "assessment.pass"),
        "may_plan": TABLE["cycle.plan"].role_fits(request.actor, None),
        "client_key": uuid.uuid4(),
        **ready_for_batch(own),
        **({} if by_unit else branch_page(request, cycle, chosen, own)),
        **more,
    }


def branch_page(request, cycle, chosen, own):
    """One page of branches; rows worked out already are taken over."""
    page = page_of(request, assessments_of(request.actor, cycle, **chosen))
    known = {row.assessment.pk: row for row in own}
    shown = list(page)
    rows = [known[each.pk] for each in shown] if own else work_rows(request.actor, shown)
    return {
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "rows": rows,
        "chase_text": chase_text(cycle, rows) if may(request, cycle, "assessment.chase") else "",
    }


def chase_text(cycle, rows):
    """What to paste into the group chat: branches of this page that have not filed."""
    names = [row.branch.short_name for row in rows if row.is_editable]
    phase = cycles.phase_of(cycle, PhaseKind.SELF)
    if not names or phase is None:
        return ""
    return filing_reminders.chase_text(cycle, names, until=day_word(phase.ends_on))


def may(request, cycle, verb):
    return cycle.state == CycleState.OPEN and TABLE[verb].role_fits(request.actor, None)


def narrowed(request, cycle):
    """What the address asks for, and how many there are of each kind; the branches, unless it says otherwise."""
    stage, of = request.GET.get("stage", ""), request.GET.get("of", "")
    unit = unit_named(request, request.GET)
    found = kind_counts(assessments_of(request.actor, cycle, unit=unit))
    asked = of if of in OF else BRANCHES if found[BRANCHES] else ALL
    return {
        "unit": unit,
        "stage": stage if stage in Stage.values else "",
        "q": request.GET.get("q", "")[:50].strip(),
        "of": asked,
    }, found


def is_whole(chosen):
    """The county's branches as they are: shown unit by unit."""
    narrow = {name: value for name, value in chosen.items() if name != "of"}
    return chosen["of"] == BRANCHES and not any(narrow.values())


def kinds(found):
    """(value, word, number) to choose from, where there are both."""
    if not found[BRANCHES] or not found[COMMITTEES]:
        return []
    return [(of, word, found[of]) for of, word in OF_WORDS.items()]


def ready_for_batch(rows):
    """Branches in which nothing waits, and those where only the per-period clauses do."""
    typable = [row for row in rows if "assessment.type" in row.may]
    return {
        "ready": [row for row in typable if row.is_unchanged],
        "counted": [row for row in typable if row.only_counted],
    }


@require_GET
def assessments_export(request):
    cycle = cycles.chosen(request.actor, request.GET.get("cycle", ""))
    if cycle is None:
        return redirect("inspections:assessments")
    chosen, _found = narrowed(request, cycle)
    rows = work_rows(request.actor, assessments_of(request.actor, cycle, **chosen))
    out = io.BytesIO()
    export_table(out, actor=request.actor, cycle=cycle, chosen=chosen, rows=rows, now=request.now)
    out.seek(0)
    name = file_name(cycle.owner.short_name, f"{cycle.name}自评进度", day=request.today)
    return FileResponse(out, as_attachment=True, filename=name)


@require_POST
def assessments_submit(request):
    """批量提交(支部已核对): one press for all branches in which nothing has changed."""
    rows = ticked(request, "assessment.submit")
    try:
        filed = submit_unchanged(
            request.actor,
            rows,
            discussed_on=day_typed(request.POST.get("discussed_on", "")),
            now=request.now,
            client_key=press_of(request),
        )
    except (CellBad, Refused) as bad:
        return again(request, rows, bad.sentence)
    tell_filed(request, rows, filed)
    return back(request)


def again(request, rows, sentence):
    """The table with what was wrong at the top; the day typed is still in its field."""
    cycle = cycles.chosen(request.actor, request.POST.get("cycle", ""))
    said = {"error": sentence, "discussed_on": request.POST.get("discussed_on", "")}
    said["ticked"] = {row.pk for row in rows}
    context = table_page(request, cycle, **said)
    return render(request, "inspections/assessments.html", context, status=422)


def tell_filed(request, rows, filed):
    if filed:
        sentence = ngettext(
            "%(count)s branch was submitted.", "%(count)s branches were submitted.", len(filed)
        )
        messages.success(request, sentence % {"count": len(filed)})
    left = len(rows) - len(filed)
    if left or not rows:
        sentence = _("%(count)s branches were left out: something waits there, or they were filed.")
        messages.warning(request, sentence % {"count": left})


@require_POST
def assessments_chase(request):
    rows = ticked(request, "assessment.chase")
    told = filing_reminders.chase(request.actor, rows, now=request.now)
    sentence = _("Chased: %(branches)s branches, %(people)s people got a line in their inbox.")
    messages.success(request, sentence % told)
    return back(request)


def back(request):
    """The table as it was, on its cycle and its filters."""
    kept = {name: request.POST.get(name, "") for name in ("cycle", "from_unit", "stage", "of")}
    query = {name.removeprefix("from_"): value for name, value in kept.items() if value}
    return redirect(f"{reverse('inspections:assessments')}?{urlencode(query)}")
