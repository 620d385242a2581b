"""From the team's record to the unit's desk: confirm, issue under a numbered notice, acknowledge, object."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.models import Evidence, Organization
from branches.scope import Actor
from inspections import deadlines, telling
from inspections.logging import due_text
from inspections.models import Finding, Notification, Stop
from inspections.models import FindingStage as S
from inspections.moving import step
from inspections.numbering import notice_number


def confirm(actor: Actor, finding: Finding, *, now: datetime, client_key=None, note="") -> bool:
    return step(actor, finding, "confirm", now=now, client_key=client_key, note=note)


@transaction.atomic
def confirm_stop(actor: Actor, stop: Stop, *, now: datetime) -> int:
    """Confirm every logged finding of a stop, as the team leader does on signing the feedback sheet."""
    drafts = Finding.objects.filter(stop=stop, stage=S.DRAFT).select_related(*RELATED)
    return sum(confirm(actor, finding, now=now) for finding in drafts)


RELATED = ("branch", "unit", "unit__parent", "owner", "stop")


@transaction.atomic
def issue(
    actor: Actor, findings: Iterable[Finding], *, now: datetime, client_key: uuid.UUID | None = None
) -> list[Notification]:
    """Issue findings under one numbered notice per unit; the clocks start today. Returns the notices."""
    key = client_key or uuid.uuid4()
    by_unit: dict[Organization, list[Finding]] = {}
    for finding in findings:
        by_unit.setdefault(finding.unit, []).append(finding)
    if not by_unit:
        raise Refused(_("Tick at least one finding."))
    return [
        issue_to(actor, unit, rows, now=now, client_key=uuid.uuid5(key, str(unit.pk)))
        for unit, rows in by_unit.items()
    ]


def issue_to(
    actor: Actor,
    unit: Organization,
    findings: list[Finding],
    *,
    now: datetime,
    client_key: uuid.UUID,
) -> Notification:
    earlier = Notification.objects.filter(client_key=client_key).first()
    if earlier is not None:
        return earlier
    notice = Notification.objects.create(
        owner=findings[0].owner,
        unit=unit,
        number=notice_number(findings[0].owner, on=actor.today),
        issued_on=actor.today,
        issued_at=now,
        issued_by=actor.user,
        client_key=client_key,
    )
    for finding in findings:
        issue_one(actor, finding, notice, now=now)
    return notice


def issue_one(actor: Actor, finding: Finding, notice: Notification, *, now: datetime) -> None:
    clock = deadlines.running(finding, start=actor.today)
    params = {"notice": notice.number, "due": clock["due_on"].isoformat()}
    step(actor, finding, "issue", now=now, params=params, notification=notice, **clock)
    people = telling.people_of_unit(finding, today=actor.today)
    telling.announce(actor, people, "finding.issued", finding, now=now, due=due_text(finding))


def acknowledge(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    client_key=None,
    note: str = "",
    responsible: str = "",
    leader: str = "",
) -> bool:
    """签收. Whoever acknowledges handles it from now on; responsible person and leader may be named at once."""
    named = {"responsible": responsible, "leader": leader}
    changes = {name: value for name, value in named.items() if value}
    return step(
        actor,
        finding,
        "acknowledge",
        now=now,
        client_key=client_key,
        note=note,
        handler=actor.user,
        **changes,
    )


@transaction.atomic
def object_to(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    note: str,
    client_key=None,
    evidence: Iterable[Evidence] = (),
) -> bool:
    """提出异议: the unit disagrees, with a reason; the issuer decides."""
    refuse_empty(note)
    done = step(
        actor, finding, "object", now=now, client_key=client_key, note=note, evidence=evidence
    )
    if done:
        people = telling.deciders(finding, today=actor.today)
        telling.announce(actor, people, "finding.objected", finding, now=now)
    return done


@transaction.atomic
def uphold(actor: Actor, finding: Finding, *, now: datetime, note: str, client_key=None) -> bool:
    """异议不成立: back to the unit; the clock starts again on the day of the answer."""
    refuse_empty(note)
    clock = deadlines.running(finding, start=actor.today)
    done = step(actor, finding, "uphold", now=now, client_key=client_key, note=note, **clock)
    if done:
        people = telling.people_of_unit(finding, today=actor.today)
        telling.announce(actor, people, "finding.upheld", finding, now=now, due=due_text(finding))
    return done


def refuse_empty(note: str) -> None:
    if not note.strip():
        raise Refused(_("State the reason."), field="note")
