"""Starting and ending a cycle. Opening makes one assessment per branch the edition serves."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Organization
from branches.permits import require
from branches.scope import Actor
from inspections import announcing
from inspections.joining import enrol, served
from inspections.models import Cycle, CycleState, Phase
from inspections.permits_filing import TABLE
from standards.burden import ANSWER, LOOK
from standards.models import Edition, EditionState, Mode
from standards.sheets import sheet


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
    require(TABLE, actor, "cycle.plan", owner, _("Only county officers plan cycles."))
    if edition.state != EditionState.ISSUED:
        raise Refused(_("Issue the edition first: a cycle needs a standard in force."))
    if Cycle.objects.filter(owner=owner, name=name).exists():
        raise Refused(_("There is already a cycle of this name."), field="name")
    begun = Cycle.objects.filter(owner=owner, ends_on__lt=starts_on)
    prior = begun.exclude(state=CycleState.PLANNED).order_by("-ends_on").first()
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
    called = enrol(cycle, served(cycle, today=actor.today))
    cycle.state = CycleState.OPEN
    announcing.opened(actor, cycle, now=now)
    record(actor.user, "cycle.open", cycle, now=now, path=cycle.owner.path, branches=len(called))
    return len(called)


def work(cycle: Cycle, branches: Iterable[Organization]) -> int:
    """Estimated seconds for all branches: 40 to look through and 20 per clause that asks."""
    return sum(LOOK + ANSWER * asking(cycle, each.field) for each in branches)


def asking(cycle: Cycle, field: str) -> int:
    """Clauses a branch has to answer: all typed ones at first, later those of each period."""
    lines = [line for line in sheet(cycle.edition, field) if not line.from_records]
    return sum(cycle.prior_id is None or line.mode == Mode.PERIOD for line in lines)


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


def readable(actor: Actor):
    """The cycles the actor may look at, the newest first."""
    rows = Cycle.objects.visible_to(actor).select_related("edition", "owner", "prior")
    return rows.prefetch_related("phases").order_by("-ends_on", "-pk")


def chosen(actor: Actor, pk: str) -> Cycle | None:
    """The cycle an address names, else the running one, else the newest."""
    rows = list(readable(actor))
    named = next((cycle for cycle in rows if str(cycle.pk) == pk), None)
    started = [cycle for cycle in rows if cycle.state == CycleState.OPEN]
    return named or next(iter(started or rows), None)


def phase_of(cycle: Cycle, kind: str) -> Phase | None:
    return next((phase for phase in cycle.phases.all() if phase.kind == kind), None)
