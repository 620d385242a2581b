"""Visits as the county plans them: who goes, where, when; changed while the stops have not begun."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.inbox import tell
from accounts.models import User
from accounts.refusal import Refused
from accounts.roles import Role
from accounts.trail import record
from branches.models import Organization
from branches.people import in_force
from branches.permits import require
from branches.scope import Actor
from inspections.doors import close_doors, open_doors, shift_doors
from inspections.models import Cycle, Member, Stop, StopState, Visit
from inspections.permits_visits import TABLE


@transaction.atomic
def plan(
    actor: Actor,
    owner: Organization,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    team: Iterable[User],
    leader: User,
    branches: Iterable[Organization],
    cycle: Cycle | None,
    now: datetime,
    client_key: uuid.UUID,
) -> Visit:
    """A visit with its team and branches; the team may see these branches for the visit's window."""
    known = Visit.objects.filter(client_key=client_key).first()
    if known:
        return known
    require(TABLE, actor, "visit.plan", None, _("Only county officers plan visits."))
    people = {user.pk: user for user in (*team, leader)}
    branches = list(branches)
    refuse_empty(branches)
    refuse_own(people.values(), branches, today=actor.today)
    visit = Visit.objects.create(
        owner=owner,
        cycle=cycle,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        created_at=now,
        created_by=actor.user,
        client_key=client_key,
    )
    Member.objects.bulk_create(
        Member(visit=visit, user=user, is_leader=user.pk == leader.pk) for user in people.values()
    )
    add_stops(visit, branches)
    open_doors(visit, people.values(), branches)
    record(actor.user, "visit.plan", visit, now=now, path=owner.path, branches=len(branches))
    tell_team(visit, people, now=now)
    return visit


@transaction.atomic
def change(
    actor: Actor,
    visit: Visit,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    team: Iterable[User],
    leader: User,
    branches: Iterable[Organization],
    now: datetime,
) -> None:
    """The plan as it shall be now. A branch that was begun stays; the grants follow people and branches."""
    require(TABLE, actor, "visit.change", visit, _("Only county officers plan visits."))
    Visit.objects.select_for_update().get(pk=visit.pk)
    people = {user.pk: user for user in (*team, leader)}
    wanted = {branch.pk: branch for branch in branches}
    refuse_empty(wanted)
    refuse_own(people.values(), wanted.values(), today=actor.today)
    visit.name, visit.starts_on, visit.ends_on = name, starts_on, ends_on
    visit.save(update_fields=["name", "starts_on", "ends_on"])
    shift_doors(visit)
    gone = change_stops(visit, wanted)
    left, fresh = change_team(visit, people, leader=leader)
    close_doors(visit, people=left, today=actor.today)
    close_doors(visit, branches=gone, today=actor.today)
    open_doors(visit, people.values(), wanted.values())
    record(
        actor.user,
        "visit.change",
        visit,
        now=now,
        path=visit.owner.path,
        branches=len(wanted),
        people=len(people),
    )
    tell_team(visit, fresh, now=now)


def change_stops(visit: Visit, wanted: Mapping[int, Organization]) -> list[int]:
    """Add and remove stops; returns the branches that are no longer visited."""
    stops = {stop.branch_id: stop for stop in visit.stops.select_related("branch")}
    gone = [pk for pk in stops if pk not in wanted]
    for pk in gone:
        if stops[pk].state != StopState.PLANNED or stops[pk].findings.exists():
            raise Refused(
                _("%(branch)s has been begun and stays on the visit.")
                % {"branch": stops[pk].branch.short_name},
                field="branches",
            )
    visit.stops.filter(branch__in=gone).delete()
    add_stops(visit, [branch for pk, branch in wanted.items() if pk not in stops])
    return gone


def add_stops(visit: Visit, branches: Iterable[Organization]) -> None:
    last = visit.stops.aggregate(last=Max("position"))["last"] or 0
    Stop.objects.bulk_create(
        Stop(visit=visit, branch=branch, position=n) for n, branch in enumerate(branches, last + 1)
    )


def change_team(
    visit: Visit, people: Mapping[int, User], *, leader: User
) -> tuple[list[int], list[int]]:
    """Set the team. Returns who left and who is new, by user id."""
    was = set(visit.members.values_list("user_id", flat=True))
    left, fresh = was - people.keys(), people.keys() - was
    visit.members.filter(user__in=left).delete()
    Member.objects.bulk_create(Member(visit=visit, user_id=pk) for pk in fresh)
    visit.members.exclude(user=leader).update(is_leader=False)
    visit.members.filter(user=leader).update(is_leader=True)
    return sorted(left), sorted(fresh)


def refuse_empty(branches) -> None:
    if not branches:
        raise Refused(_("Choose at least one branch to visit."), field="branches")


def refuse_own(people: Iterable[User], branches: Iterable[Organization], *, today: date) -> None:
    """Nobody inspects the branch whose papers they keep."""
    keeps = in_force(today).filter(user__in=list(people), organization__in=list(branches))
    own = keeps.filter(role=Role.BRANCH_CLERK).select_related("user", "organization").first()
    if own is not None:
        raise Refused(
            _("%(name)s keeps the papers of %(branch)s and cannot inspect it.")
            % {"name": own.user.name, "branch": own.organization.short_name},
            field="team",
        )


def tell_team(visit: Visit, user_ids: Iterable[int], *, now: datetime) -> None:
    tell(
        user_ids,
        "visit.planned",
        key=f"visit.planned:{visit.pk}",
        now=now,
        url=reverse("inspections:visit", args=[visit.pk]),
        visit=visit.name,
        first=visit.starts_on.isoformat(),
        last=visit.ends_on.isoformat(),
    )
