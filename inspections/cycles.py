"""Starting and ending a cycle. Opening makes one assessment per branch the edition serves."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Organization
from branches.permits import require
from branches.scope import Actor
from inspections.models import Assessment, Cycle, CycleState, Phase
from inspections.permits_filing import TABLE
from standards.models import Edition, EditionState
from standards.sheets import sheets


@transaction.atomic
def plan(
    actor: Actor,
    owner: Organization,
    *,
    edition: Edition,
    name: str,
    kind: str,
    starts_on: date,
    ends_on: date,
    phases: Mapping[str, tuple[date, date]],
    now: datetime,
) -> Cycle:
    """A cycle not yet visible to the units. `phases`: kind -> first and last day."""
    if edition.state != EditionState.ISSUED:
        raise Refused(_("Issue the edition first: a cycle needs a standard in force."))
    prior = Cycle.objects.filter(owner=owner, ends_on__lt=starts_on).order_by("-ends_on").first()
    cycle = Cycle.objects.create(
        owner=owner,
        edition=edition,
        name=name,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        prior=prior,
    )
    Phase.objects.bulk_create(
        Phase(cycle=cycle, kind=key, starts_on=first, ends_on=last)
        for key, (first, last) in phases.items()
    )
    record(actor.user, "cycle.plan", cycle, now=now, path=owner.path)
    return cycle


@transaction.atomic
def start(actor: Actor, cycle: Cycle, *, now: datetime) -> int:
    """Open the cycle. Returns the number of branches called on to file."""
    require(TABLE, actor, "cycle.open", cycle, _("This cycle has already been opened."))
    taken = Cycle.objects.filter(pk=cycle.pk, state=CycleState.PLANNED).update(
        state=CycleState.OPEN
    )
    if not taken:
        raise Refused(_("This cycle has already been opened."))
    branches = served(cycle, today=actor.today)
    earlier = (
        dict(Assessment.objects.filter(cycle=cycle.prior).values_list("branch_id", "pk"))
        if cycle.prior
        else {}
    )
    Assessment.objects.bulk_create(
        Assessment(cycle=cycle, branch=branch, prior_id=earlier.get(branch.pk))
        for branch in branches
    )
    cycle.state = CycleState.OPEN
    record(actor.user, "cycle.open", cycle, now=now, path=cycle.owner.path, branches=len(branches))
    return len(branches)


def served(cycle: Cycle, *, today: date) -> list[Organization]:
    fields = list(sheets(cycle.edition))
    rows = Organization.objects.within(cycle.owner).branches().open(today)
    return list(rows.filter(field__in=fields).in_protocol_order())


@transaction.atomic
def finish(actor: Actor, cycle: Cycle, *, now: datetime) -> None:
    require(TABLE, actor, "cycle.close", cycle, _("Only a running cycle can be closed."))
    Cycle.objects.filter(pk=cycle.pk, state=CycleState.OPEN).update(state=CycleState.CLOSED)
    cycle.state = CycleState.CLOSED
    record(actor.user, "cycle.close", cycle, now=now, path=cycle.owner.path)


def running(actor: Actor) -> Cycle | None:
    """The open cycle that binds the actor, the newest first."""
    rows = Cycle.objects.visible_to(actor).filter(state=CycleState.OPEN)
    return rows.select_related("edition", "owner", "prior").order_by("-ends_on", "-pk").first()


def phase_of(cycle: Cycle, kind: str) -> Phase | None:
    return next((phase for phase in cycle.phases.all() if phase.kind == kind), None)
