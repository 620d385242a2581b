"""Visits: the list, the plan, and the page of one visit with its stops."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.pages import page_of
from accounts.refusal import Refused
from accounts.roles import Role
from branches.gate import demand
from branches.models import Organization
from branches.permits import verbs
from inspections import planning
from inspections.forms_visits import PlanForm
from inspections.models import Finding, StopState, Visit
from inspections.permits_visits import STOP_TABLE, TABLE
from inspections.stop_rows import progress
from inspections.wording_visits import STOP_TONES, visit_state


@require_GET
def visits(request):
    """The county's visits, or those one is on the team of; the running ones first."""
    signed = Count("stops", filter=Q(stops__state=StopState.SIGNED), distinct=True)
    done = Count(
        "stops",
        filter=Q(stops__state__in=(StopState.CONFIRMED, StopState.SIGNED)),
        distinct=True,
    )
    rows = Visit.objects.visible_to(request.actor).annotate(
        stop_count=Count("stops", distinct=True), signed_count=signed, done_count=done
    )
    page = page_of(request, rows.select_related("cycle").order_by("-ends_on", "-starts_on", "pk"))
    shown = [{"visit": v, "state": visit_state(v, today=request.today)} for v in page]
    return render(
        request,
        "inspections/visits.html",
        {
            "rows": shown,
            "page": page,
            "pages": list(page.paginator.get_elided_page_range(page.number)),
            "may_plan": TABLE["visit.plan"].allows(request.actor),
        },
    )


@require_GET
def visit(request, pk):
    found = fetch(request, pk)
    stops = list(stops_of(found))
    done = progress(stops, today=request.today)
    problems = open_counts([stop.branch_id for stop in stops])
    members = found.members.all()
    rows = [
        {
            "stop": stop,
            "tone": STOP_TONES[stop.state],
            "judged": done[stop.pk][0],
            "total": done[stop.pk][1],
            "problems": problems.get(stop.branch_id, 0),
            "verbs": verbs(STOP_TABLE, request.actor, stop),
        }
        for stop in stops
    ]
    return render(
        request,
        "inspections/visit.html",
        {
            "visit": found,
            "rows": rows,
            "members": sorted(members, key=lambda m: (not m.is_leader, m.pk)),
            "state": visit_state(found, today=request.today),
            "finished": sum(row["stop"].state == StopState.SIGNED for row in rows),
            "may_change": TABLE["visit.change"].allows(request.actor, found),
        },
    )


def stops_of(found):
    rows = found.stops.select_related("branch__parent", "visit__cycle__edition")
    return rows.prefetch_related("visit__members").order_by("position")


def open_counts(branch_ids):
    rows = Finding.objects.open().filter(branch__in=branch_ids)
    return dict(rows.values_list("branch_id").annotate(n=Count("pk")))


def fetch(request, pk):
    rows = Visit.objects.visible_to(request.actor).select_related("owner", "cycle")
    return get_object_or_404(rows.prefetch_related("members__user"), pk=pk)


@require_http_methods(["GET", "POST"])
def plan(request):
    demand(TABLE, request.actor, "visit.plan")
    owner = county_of(request.actor)
    form = PlanForm(request.POST or None, owner=owner, today=request.today)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            planning.plan,
            request.actor,
            owner,
            now=request.now,
            client_key=form.cleaned_data["client_key"],
            **form.changes(),
        )
        if made is not None:
            messages.success(request, _("The visit is planned; the team has been told."))
            return redirect("inspections:visit", pk=made.pk)
    return show(request, form)


@require_http_methods(["GET", "POST"])
def change(request, pk):
    found = fetch(request, pk)
    demand(TABLE, request.actor, "visit.change", found)
    form = PlanForm(
        request.POST or None,
        owner=found.owner,
        today=request.today,
        visit=found,
        initial=as_planned(found),
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, planning.change, request.actor, found, now=request.now, **form.changes()
        )
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("inspections:visit", pk=found.pk)
    return show(request, form, visit=found)


def as_planned(found):
    members = found.members.all()
    return {
        "name": found.name,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "team": [member.user_id for member in members],
        "leader": next((member.user_id for member in members if member.is_leader), None),
        "branches": list(found.stops.values_list("branch_id", flat=True)),
        "client_key": found.client_key,
    }


def county_of(actor):
    held = next(h for h in actor.held if h.role == Role.COUNTY_OFFICER)
    return Organization.objects.get(pk=held.organization_id)


def attempt(form, action, *args, **fields):
    """Runs the action; a refusal becomes an error of the form and the answer None."""
    try:
        done = action(*args, **fields)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    return True if done is None else done


def show(request, form, **words):
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "inspections/visit_plan.html", {"form": form, **words}, status=status)
