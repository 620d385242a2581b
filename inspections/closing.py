"""The end of a finding and what may follow: verify, close out, send back, withdraw, look back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.scope import Actor
from inspections import deadlines, recheck, telling
from inspections.issuing import refuse_empty
from inspections.logging import due_text
from inspections.models import Finding, Signoff
from inspections.moving import step

LOOK_BACK_AFTER = timedelta(days=91)


@transaction.atomic
def verify(
    actor: Actor, finding: Finding, *, now: datetime, note: str = "", client_key=None
) -> bool:
    """核查通过, by somebody above the unit who did not report it."""
    done = step(
        actor,
        finding,
        "verify",
        now=now,
        client_key=client_key,
        note=note,
        sign=Signoff.Role.VERIFIER,
    )
    if done:
        people = telling.closers(finding, today=actor.today)
        telling.announce(actor, people, "finding.verified", finding, now=now)
    return done


@transaction.atomic
def close(
    actor: Actor, finding: Finding, *, now: datetime, note: str = "", client_key=None
) -> bool:
    """销号, by a third person; the last one closed on a clause writes its recheck."""
    done = step(
        actor,
        finding,
        "close",
        now=now,
        client_key=client_key,
        note=note,
        sign=Signoff.Role.CLOSER,
        **ended(actor),
    )
    if done:
        recheck.restore(finding, by=actor.user, now=now, today=actor.today)
        people = telling.people_of_unit(finding, today=actor.today)
        telling.announce(actor, people, "finding.closed", finding, now=now)
    return done


def ended(actor: Actor) -> dict:
    return {"closed_on": actor.today, "look_back_on": actor.today + LOOK_BACK_AFTER}


@transaction.atomic
def fix_on_spot(
    actor: Actor, finding: Finding, *, now: datetime, note: str = "", client_key=None
) -> bool:
    """边查边改: put right under the team's eyes; closed without plan or notice."""
    done = step(
        actor,
        finding,
        "fix_on_spot",
        now=now,
        client_key=client_key,
        note=note,
        sign=Signoff.Role.CLOSER,
        fixed_on_spot=True,
        **ended(actor),
    )
    if done:
        recheck.restore(finding, by=actor.user, now=now, today=actor.today)
    return done


def reject(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    note: str,
    due_on: date | None = None,
    client_key=None,
) -> bool:
    """核查不通过: a new round under the same number."""
    return back(actor, finding, "reject", now=now, note=note, due_on=due_on, client_key=client_key)


def send_back(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    note: str,
    due_on: date | None = None,
    client_key=None,
) -> bool:
    """退回重改 instead of closing: a new round under the same number."""
    return back(
        actor, finding, "send_back", now=now, note=note, due_on=due_on, client_key=client_key
    )


@transaction.atomic
def back(
    actor: Actor, finding: Finding, verb: str, *, now: datetime, note: str, due_on, client_key
) -> bool:
    refuse_empty(note)
    refuse_past(due_on, today=actor.today)
    reporters = [s.by_id for s in finding.signoffs.all() if s.round == finding.round]
    changes = {"due_on": due_on} if due_on else {}
    done = step(
        actor,
        finding,
        verb,
        now=now,
        client_key=client_key,
        note=note,
        params={"due": str(due_on)} if due_on else {},
        round=finding.round + 1,
        **changes,
    )
    if done:
        people = [*telling.people_of_unit(finding, today=actor.today), *reporters]
        telling.announce(
            actor, people, "finding.returned", finding, now=now, note=note, due=due_text(finding)
        )
    return done


def refuse_past(due_on: date | None, *, today: date) -> None:
    if due_on and due_on <= today:
        raise Refused(_("The new deadline must lie after today."), field="due_on")


@transaction.atomic
def withdraw(actor: Actor, finding: Finding, *, now: datetime, note: str, client_key=None) -> bool:
    """误录作废: the number stays, the clause is as if it had never been logged."""
    refuse_empty(note)
    stage = finding.stage
    done = step(actor, finding, "withdraw", now=now, client_key=client_key, note=note)
    if done:
        recheck.reverse(finding, by=actor.user, now=now, today=actor.today)
    if done and stage not in ("draft", "confirmed"):
        people = telling.people_of_unit(finding, today=actor.today)
        telling.announce(actor, people, "finding.withdrawn", finding, now=now, note=note)
    return done


def keep(actor: Actor, finding: Finding, *, now: datetime, note: str = "", client_key=None) -> bool:
    """回头看: it holds."""
    return step(
        actor, finding, "keep", now=now, client_key=client_key, note=note, look_back_on=None
    )


@transaction.atomic
def rebound(
    actor: Actor,
    finding: Finding,
    *,
    now: datetime,
    note: str,
    due_on: date | None = None,
    client_key=None,
) -> bool:
    """回头看: it came back. A new round with a new clock, and the recheck no longer counts."""
    refuse_empty(note)
    refuse_past(due_on, today=actor.today)
    clock = deadlines.running(finding, start=actor.today)
    if due_on:
        clock |= {"due_on": due_on}
    done = step(
        actor,
        finding,
        "rebound",
        now=now,
        client_key=client_key,
        note=note,
        params={"due": str(clock["due_on"])},
        round=finding.round + 1,
        closed_on=None,
        look_back_on=None,
        **clock,
    )
    if done:
        recheck.reopen(finding, now=now)
        people = telling.people_of_unit(finding, today=actor.today)
        telling.announce(
            actor, people, "finding.rebounded", finding, now=now, due=due_text(finding)
        )
    return done
