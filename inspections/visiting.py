"""Visits: planned by the county, judged on site clause by clause, confirmed by the leader, signed in two copies.

Each tap carries the key the phone made for it, so a tap sent twice, or late, is taken once.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusal import Refused
from accounts.roles import Role
from accounts.trail import record
from branches.models import Grant, Organization
from branches.permits import require
from branches.scope import Actor
from inspections.models import (
    Assessment,
    Cycle,
    Finding,
    Member,
    Source,
    Stop,
    StopState,
    Tap,
    Visit,
)
from inspections.numbering import take
from inspections.permits_visits import TABLE
from inspections.sheets import SINGLE, Judgement, forget, judge, judge_rest
from inspections.standing import standings
from inspections.worklist import LEFT_OUT, RECORDS, worklists
from standards.sheets import Line, sheet

NOT_OPEN = "This branch is not open for judging: it is confirmed, or you are not on its team."


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
    if not branches:
        raise Refused(_("Choose at least one branch to visit."), field="branches")
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
    Stop.objects.bulk_create(
        Stop(visit=visit, branch=branch, position=n) for n, branch in enumerate(branches, 1)
    )
    open_doors(visit, people.values(), branches)
    record(actor.user, "visit.plan", visit, now=now, path=owner.path, branches=len(branches))
    return visit


def open_doors(visit: Visit, people: Iterable[User], branches: Iterable[Organization]) -> None:
    """Team membership is the inspector's scope (decisions C3): one grant per person and branch."""
    Grant.objects.bulk_create(
        Grant(
            user=user,
            organization=branch,
            role=Role.INSPECTOR,
            from_on=visit.starts_on,
            until_on=visit.ends_on,
            reason=reason(visit),
        )
        for user in people
        for branch in branches
    )


def reason(visit: Visit) -> str:
    return f"visit:{visit.pk}"


def lines_of(stop: Stop) -> tuple[Line, ...]:
    return sheet(stop.visit.cycle.edition, stop.branch.field) if stop.visit.cycle else ()


def assessment_of(stop: Stop) -> Assessment:
    found = (
        Assessment.objects.filter(cycle=stop.visit.cycle, branch=stop.branch)
        .select_related("branch", "cycle__edition")
        .first()
    )
    if found is None:
        raise Refused(_("This branch takes no part in the cycle of the visit."))
    return found


@transaction.atomic
def tap(
    actor: Actor,
    stop: Stop,
    *,
    key: uuid.UUID,
    clause_key: str,
    verdict: str,
    values: Mapping[str, Any] | None,
    remark: str,
    on: date,
    device_at: datetime | None,
    now: datetime,
) -> bool:
    """One verdict of the team. False when this very tap was taken before."""
    require(TABLE, actor, "stop.judge", stop, _(NOT_OPEN))
    body = {"clause": clause_key, "verdict": verdict, "values": values, "remark": remark}
    if not taken_first(actor, stop, key, kind=verdict, body=body, device_at=device_at, now=now):
        return False
    refuse_unknown(stop, clause_key)
    if verdict == "no_answer":
        forget(assessment_of(stop), Source.ACCEPTANCE, [clause_key], now=now)
        return True
    if verdict == "not_applicable" and not remark.strip():
        raise Refused(_("Say why the clause does not apply here."), field="remark")
    judgement = Judgement(
        clause_key, values=values, applicable=verdict != "not_applicable", remark=remark.strip()
    )
    judge(
        assessment_of(stop), Source.ACCEPTANCE, judgement, by=actor.user, now=now, on=on, how=SINGLE
    )
    arrive(stop, on=on)
    return True


def refuse_unknown(stop: Stop, clause_key: str) -> None:
    if clause_key not in {line.key for line in lines_of(stop)}:
        raise Refused(_("This clause is not on the branch's sheet."))


def taken_first(actor: Actor, stop: Stop, key: uuid.UUID, *, kind, body, device_at, now) -> bool:
    """Whether the key is new; the same key with another content is refused."""
    row, created = Tap.objects.get_or_create(
        key=key,
        defaults={
            "stop": stop,
            "by": actor.user,
            "kind": kind,
            "body": body,
            "device_at": device_at,
            "received_at": now,
        },
    )
    if not created and (row.stop_id != stop.pk or row.body != body):
        raise Refused(_("This tap was already received with another content."))
    return created


def arrive(stop: Stop, *, on: date) -> None:
    Stop.objects.filter(pk=stop.pk, state=StopState.PLANNED).update(
        state=StopState.BEGUN, visited_on=on
    )
    if stop.state == StopState.PLANNED:
        stop.state, stop.visited_on = StopState.BEGUN, on


@transaction.atomic
def rest_conform(
    actor: Actor, stop: Stop, *, key: uuid.UUID, on: date, device_at: datetime | None, now: datetime
) -> int:
    """其余均符合: leaves out clauses where self or first check admits a shortfall or a finding is open (E5)."""
    require(TABLE, actor, "stop.judge", stop, _(NOT_OPEN))
    if not taken_first(actor, stop, key, kind="rest", body={}, device_at=device_at, now=now):
        return 0
    assessment = assessment_of(stop)
    arrive(stop, on=on)
    return judge_rest(
        assessment, Source.ACCEPTANCE, open_to_rest(stop, assessment, today=on), now=now
    )


def open_to_rest(stop: Stop, assessment: Assessment, *, today: date) -> list[str]:
    doubtful = admitted(assessment, today=today) | with_open_findings(stop)
    items = worklists([assessment], today=today)[assessment.pk]
    return [
        i.line.key
        for i in items
        if i.state not in (LEFT_OUT, RECORDS) and i.line.key not in doubtful
    ]


def admitted(assessment: Assessment, *, today: date) -> set[str]:
    """Clauses where the branch or the first check says it falls short."""
    said = standings([assessment], today=today, sources=(Source.FIRST_CHECK, Source.SELF))
    return {key for key, standing in said[assessment.pk].items() if standing.is_exception}


def with_open_findings(stop: Stop) -> set[str]:
    rows = Finding.objects.open().filter(branch=stop.branch).exclude(clause_key="")
    return set(rows.values_list("clause_key", flat=True))


@transaction.atomic
def confirm(actor: Actor, stop: Stop, *, now: datetime) -> None:
    """The team leader stands for the sheet; it gets its number and can be printed in two copies."""
    require(
        TABLE,
        actor,
        "stop.confirm",
        stop,
        _("Only the team leader confirms, after judging on site."),
    )
    moved = Stop.objects.filter(pk=stop.pk, state=StopState.BEGUN).update(
        state=StopState.CONFIRMED, confirmed_at=now, confirmed_by=actor.user
    )
    if not moved:
        raise Refused(_("Somebody else has just confirmed this sheet."))
    stop.refresh_from_db(fields=["state", "confirmed_at", "confirmed_by"])
    if not stop.number:
        counter = take(stop.visit.owner, actor.today.year, "sheet")
        prefix = counter.prefix or stop.visit.owner.short_name
        stop.number = f"{prefix}检反〔{actor.today.year}〕{counter.value}号"
        stop.save(update_fields=["number"])
    record(
        actor.user, "stop.confirm", stop.branch, now=now, path=stop.branch.path, number=stop.number
    )


@transaction.atomic
def sign(actor: Actor, stop: Stop, *, representative: str, on: date, now: datetime) -> None:
    """Both sides signed the paper: from now on the branch sees what was found (decisions E1)."""
    require(TABLE, actor, "stop.sign", stop, _("Confirm the sheet first; it is signed once."))
    if not representative.strip():
        raise Refused(_("Who signed for the branch?"), field="representative")
    if on > actor.today:
        raise Refused(_("The day of signing cannot lie in the future."), field="signed_on")
    moved = Stop.objects.filter(pk=stop.pk, state=StopState.CONFIRMED).update(
        state=StopState.SIGNED, signed_on=on, representative=representative.strip()
    )
    if not moved:
        raise Refused(_("Somebody else has just entered the signature."))
    stop.state, stop.signed_on, stop.representative = StopState.SIGNED, on, representative.strip()
    record(actor.user, "stop.sign", stop.branch, now=now, path=stop.branch.path)


@transaction.atomic
def reopen(actor: Actor, stop: Stop, *, now: datetime) -> None:
    require(TABLE, actor, "stop.reopen", stop, _("A signed sheet stays as it was signed."))
    Stop.objects.filter(pk=stop.pk, state=StopState.CONFIRMED).update(
        state=StopState.BEGUN, confirmed_at=None, confirmed_by=None
    )
    stop.state = StopState.BEGUN
    record(actor.user, "stop.reopen", stop.branch, now=now, path=stop.branch.path)
