"""The unit at work: measures, progress, a later deadline, and the application for close-out."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.models import Evidence
from branches.scope import Actor
from inspections import telling
from inspections.issuing import refuse_empty
from inspections.models import Extension, Finding, Signoff
from inspections.moving import step


def plan(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    measures: str,
    responsible: str,
    leader: str = "",
    client_key=None,
) -> bool:
    """Measures, responsible person, leader. What was planned before stays in the timeline."""
    said = {
        "measures": measures.strip(),
        "responsible": responsible.strip(),
        "leader": leader.strip(),
    }
    if not said["measures"]:
        raise Refused(_("State the measures."), field="measures")
    return step(actor, finding, "plan", now=now, client_key=client_key, params=said, **said)


@transaction.atomic
def return_plan(
    actor: Actor, finding: Finding, *, now: datetime, note: str, client_key=None
) -> bool:
    """Vague measures go back: the field is emptied, the old words stay in the timeline."""
    refuse_empty(note)
    old = {"measures": finding.measures}
    done = step(
        actor,
        finding,
        "return_plan",
        now=now,
        client_key=client_key,
        note=note,
        params=old,
        measures="",
    )
    if done:
        people = telling.people_of_unit(finding, today=actor.today)
        telling.announce(actor, people, "finding.plan_returned", finding, now=now, note=note)
    return done


def progress(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    note: str,
    client_key=None,
    evidence: Iterable[Evidence] = (),
) -> bool:
    refuse_empty(note)
    return step(
        actor, finding, "progress", now=now, client_key=client_key, note=note, evidence=evidence
    )


@transaction.atomic
def submit(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    note: str,
    paper: str = "",
    client_key=None,
    evidence: Iterable[Evidence] = (),
) -> bool:
    """申请销号: what was done, shown by a file or by where the paper record is."""
    evidence = list(evidence)
    refuse_empty(note)
    if not evidence and not paper.strip():
        raise Refused(_("Attach a file or state where the paper record is."), field="paper")
    if not finding.measures:
        raise Refused(_("State the measures before you apply for close-out."), field="note")
    done = step(
        actor,
        finding,
        "submit",
        now=now,
        client_key=client_key,
        note=note,
        evidence=evidence,
        params={"paper": paper.strip()},
        sign=Signoff.Role.REPORTER,
    )
    if done:
        people = telling.verifiers(finding, today=actor.today)
        telling.announce(actor, people, "finding.submitted", finding, now=now)
    return done


@transaction.atomic
def take_back(actor: Actor, finding: Finding, *, now: datetime, client_key=None, note="") -> bool:
    """撤回 while nobody has verified: the reporter's signature of this round goes with it."""
    done = step(actor, finding, "take_back", now=now, client_key=client_key, note=note)
    if done:
        finding.signoffs.filter(round=finding.round, role=Signoff.Role.REPORTER).delete()
    return done


@transaction.atomic
def ask_extension(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    reason: str,
    new_due_on: date,
    client_key: uuid.UUID | None = None,
) -> bool:
    refuse_empty(reason)
    if finding.due_on and new_due_on <= max(finding.due_on, actor.today):
        raise Refused(
            _("The new deadline must lie after %(due)s and after today.") % {"due": finding.due_on},
            field="new_due_on",
        )
    params = {"old": str(finding.due_on), "new": str(new_due_on)}
    done = step(
        actor, finding, "ask_extension", now=now, client_key=client_key, note=reason, params=params
    )
    if done:
        Extension.objects.create(
            finding=finding,
            reason=reason,
            old_due_on=finding.due_on,
            new_due_on=new_due_on,
            asked_at=now,
            asked_by=actor.user,
            client_key=client_key or uuid.uuid4(),
        )
        people = telling.deciders(finding, today=actor.today)
        telling.announce(
            actor, people, "finding.extension_asked", finding, now=now, due=str(new_due_on)
        )
    return done


@transaction.atomic
def grant_extension(
    actor: Actor, finding: Finding, *, now: datetime, note: str = "", client_key=None
) -> bool:
    asked = waiting(finding)
    changes = {"due_on": asked.new_due_on} if asked else {}
    params = {"old": str(finding.due_on)} | ({"new": str(asked.new_due_on)} if asked else {})
    done = step(
        actor,
        finding,
        "grant_extension",
        now=now,
        client_key=client_key,
        note=note,
        params=params,
        **changes,
    )
    return done and decided(actor, asked, True, note, now=now)


@transaction.atomic
def refuse_extension(
    actor: Actor, finding: Finding, *, now: datetime, note: str, client_key=None
) -> bool:
    refuse_empty(note)
    asked = waiting(finding)
    done = step(actor, finding, "refuse_extension", now=now, client_key=client_key, note=note)
    return done and decided(actor, asked, False, note, now=now)


def waiting(finding: Finding) -> Extension | None:
    return finding.extensions.filter(decided_at=None).first()


def decided(actor: Actor, asked: Extension, granted: bool, note: str, *, now: datetime) -> bool:
    """Decided once: a second decision finds nothing to decide."""
    won = Extension.objects.filter(pk=asked.pk, decided_at=None).update(
        is_granted=granted, answer=note, decided_at=now, decided_by=actor.user
    )
    if not won:
        raise Refused(_("Somebody else has just dealt with this finding. Reload the page."))
    finding = asked.finding
    people = [*telling.people_of_unit(finding, today=actor.today), asked.asked_by_id]
    code = "finding.extension_granted" if granted else "finding.extension_refused"
    telling.announce(actor, people, code, finding, now=now, due=str(asked.new_due_on), note=note)
    return True
