"""Branches founded, reopened or added while a cycle runs: each gets its assessment, by hand or the day after."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Organization
from branches.permits import require
from branches.scope import Actor
from inspections import announcing
from inspections.models import Assessment, Cycle, CycleState
from inspections.permits_filing import TABLE
from standards.sheets import sheets


@transaction.atomic
def join(actor: Actor, cycle: Cycle, branch: Organization, *, now: datetime) -> Assessment:
    """纳入: one branch takes part from now on. A second press finds it already in and says so."""
    require(TABLE, actor, "cycle.join", cycle, _("Only a running cycle takes branches in."))
    if not absent(cycle, today=actor.today).filter(pk=branch.pk).exists():
        raise Refused(
            _("%(branch)s takes part already, or this cycle is not for it.") % {"branch": branch}
        )
    added = enrol(cycle, [branch])
    tell_joined(cycle, added, by=actor.user, today=actor.today, now=now)
    return added[0]


def join_new(*, today: date, now: datetime) -> int:
    """The daily chore: whoever is missing in a running cycle is taken in. Returns how many; may run twice."""
    running = Cycle.objects.filter(state=CycleState.OPEN, starts_on__lte=today, ends_on__gte=today)
    return sum(
        join_all(cycle, today=today, now=now)
        for cycle in running.select_related("edition", "owner", "prior").order_by("pk")
    )


@transaction.atomic
def join_all(cycle: Cycle, *, today: date, now: datetime) -> int:
    # Beat and `manage.py daily` at the same moment take turns on the cycle's row.
    still_open = Cycle.objects.select_for_update().filter(pk=cycle.pk, state=CycleState.OPEN)
    if not still_open.exists():
        return 0
    added = enrol(cycle, absent(cycle, today=today).select_related("parent"))
    tell_joined(cycle, added, by=None, today=today, now=now)
    return len(added)


def served(cycle: Cycle, *, today: date) -> QuerySet[Organization]:
    """The branches and committees the edition has a sheet for, in protocol order."""
    rows = Organization.objects.within(cycle.owner).open(today)
    return rows.filter(field__in=list(sheets(cycle.edition))).in_protocol_order()


def absent(cycle: Cycle, *, today: date) -> QuerySet[Organization]:
    """Branches at work that the cycle should call on and does not."""
    taking_part = Assessment.objects.filter(cycle=cycle, branch=OuterRef("pk"))
    founded = Q(opened_on=None) | Q(opened_on__lte=today)
    return served(cycle, today=today).filter(founded, ~Exists(taking_part))


def enrol(cycle: Cycle, branches: Iterable[Organization]) -> list[Assessment]:
    earlier = (
        dict(Assessment.objects.filter(cycle=cycle.prior).values_list("branch_id", "pk"))
        if cycle.prior
        else {}
    )
    return Assessment.objects.bulk_create(
        Assessment(cycle=cycle, branch=branch, prior_id=earlier.get(branch.pk))
        for branch in branches
    )


def tell_joined(
    cycle: Cycle, added: Iterable[Assessment], *, by, today: date, now: datetime
) -> None:
    for assessment in added:
        announcing.joined(assessment, today=today, now=now)
        branch = assessment.branch
        record(by, "cycle.join", branch, now=now, path=branch.path, cycle=cycle.name)
