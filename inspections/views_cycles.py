"""Cycles of a county: planned, opened to the units, closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.refusal import Refused
from branches.gate import demand
from branches.holidays import working_calendar
from branches.models import Organization
from branches.scope import under
from inspections import cycles, joining
from inspections.fetching import whole_numbers
from inspections.forms_cycles import CycleForm
from inspections.models import Cycle
from inspections.permits_filing import TABLE
from inspections.phases import phase_bar
from inspections.work_table import BRANCHES, COMMITTEES, OF, kind_counts, stage_counts
from standards.burden import spell

VERBS = ("cycle.open", "cycle.join", "cycle.close")


@require_GET
def cycle_list(request):
    owner = owner_of(request)
    calendar = working_calendar()
    planned = cycles.readable(request.actor).filter(owner=owner)
    rows = [cycle_row(request, cycle, calendar=calendar) for cycle in planned]
    return render(request, "inspections/cycles.html", {"rows": rows, "owner": owner})


def cycle_row(request, cycle, *, calendar):
    called = joining.served(cycle, today=request.today) if cycle.state == "planned" else []
    branches = [unit for unit in called if unit.is_branch]
    missing = joining.absent(cycle, today=request.today) if cycle.state == "open" else None
    return {
        "cycle": cycle,
        "phases": phase_bar(cycle, today=request.today, calendar=calendar),
        "stages": stage_counts(cycle.assessments.filter(OF[BRANCHES])),
        "may": {verb for verb in VERBS if may(request, verb, cycle)},
        "missing": [] if missing is None else list(missing.select_related("parent")),
        "branches": len(branches),
        "committees": len(called) - len(branches),
        "work": spell(cycles.work(cycle, called)),
        "issued_since": issued_since(cycle),
    }


def issued_since(cycle):
    """The day the standard was issued, where the cycle had begun by then."""
    issued = cycle.edition.issued_at and timezone.localdate(cycle.edition.issued_at)
    return issued if issued and issued > cycle.starts_on else None


def may(request, verb, cycle):
    return TABLE[verb].allows(request.actor, cycle)


def owner_of(request):
    """The county the officer plans for: the highest unit the role is held on."""
    demand(TABLE, request.actor, "cycle.plan")
    paths = request.actor.paths(*TABLE["cycle.plan"].roles)
    return Organization.objects.filter(under(paths)).order_by("path").first()


@require_http_methods(["GET", "POST"])
def cycle_create(request):
    owner = owner_of(request)
    form = CycleForm(request.POST or None, owner=owner, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            cycle = cycles.plan(request.actor, owner, now=request.now, **form.planned())
            messages.success(
                request,
                _("%(cycle)s was planned. Open it when it should begin.") % {"cycle": cycle},
            )
            return redirect("inspections:cycles")
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
    status = 422 if form.is_bound else 200
    return render(request, "inspections/cycle_form.html", {"form": form}, status=status)


@require_POST
def cycle_open(request, pk):
    cycle = cycle_or_404(request, pk, "cycle.open")
    cycles.start(request.actor, cycle, now=request.now)
    messages.success(request, begun(cycle))
    return redirect("inspections:cycles")


def begun(cycle) -> str:
    called = kind_counts(cycle.assessments.all())
    said = {"cycle": cycle.name, "count": called[BRANCHES], "more": called[COMMITTEES]}
    if called[COMMITTEES]:
        return (
            _("%(cycle)s has begun: %(count)s branches and %(more)s committees and party groups file.")
            % said
        )  # fmt: skip
    return _("%(cycle)s has begun: %(count)s branches file.") % said


@require_POST
def cycle_join(request, pk):
    """One branch that came after the opening."""
    cycle = cycle_or_404(request, pk, "cycle.join")
    rows = Organization.objects.visible_to(request.actor).select_related("parent")
    numbers = whole_numbers([request.POST.get("branch", "")])
    branch = rows.filter(pk__in=numbers).first()
    if branch is None:
        raise Refused(_("Choose a branch of the list."))
    joining.join(request.actor, cycle, branch, now=request.now)
    said = {"branch": branch.short_name, "cycle": cycle.name}
    messages.success(request, _("%(branch)s takes part in %(cycle)s from now on.") % said)
    return redirect("inspections:cycles")


@require_POST
def cycle_close(request, pk):
    cycle = cycle_or_404(request, pk, "cycle.close")
    cycles.finish(request.actor, cycle, now=request.now)
    messages.success(request, _("%(cycle)s was closed.") % {"cycle": cycle.name})
    return redirect("inspections:cycles")


def cycle_or_404(request, pk, verb):
    rows = Cycle.objects.visible_to(request.actor).select_related("edition", "owner", "prior")
    cycle = get_object_or_404(rows, pk=pk)
    if not TABLE[verb].role_fits(request.actor, cycle):
        raise PermissionDenied(verb)
    return cycle
