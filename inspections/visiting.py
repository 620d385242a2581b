"""On site: a stop is judged clause by clause, confirmed by the leader, signed in two copies.

Each tap carries the key the phone made for it, so a tap sent twice, or late, is taken once.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Evidence
from branches.permits import require
from branches.scope import Actor
from inspections.logging import log
from inspections.models import (
    Assessment,
    Finding,
    FindingSource,
    FindingStage,
    Source,
    Stop,
    StopState,
    Tap,
)
from inspections.moving import step
from inspections.numbering import take
from inspections.permits_visits import TABLE
from inspections.sheets import SINGLE, Judgement, forget, judge, judge_rest
from inspections.standing import records_for, standings
from standards.rules.evaluate import applies
from standards.sheets import Line, edition_options, sheet

NOT_OPEN = gettext_noop(
    "This branch is not open for judging: it is confirmed, or you are not on its team."
)


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
    hold(stop)
    require(TABLE, actor, "stop.judge", stop, _(NOT_OPEN))
    body = {"clause": clause_key, "verdict": verdict, "values": values, "remark": remark}
    if not taken_first(actor, stop, key, kind=verdict, body=body, device_at=device_at, now=now):
        return False
    refuse_unknown(stop, clause_key)
    refuse_over_problem(stop, clause_key)
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


@transaction.atomic
def tap_problem(
    actor: Actor,
    stop: Stop,
    *,
    key: uuid.UUID,
    clause_key: str,
    text: str,
    values: Mapping[str, Any] | None,
    evidence: Iterable[Evidence] = (),
    on: date,
    device_at: datetime | None,
    now: datetime,
    **words: Any,
) -> Finding:
    """有问题: the verdict and the finding in one, under one key. Without a clause: a problem beside the standard."""
    hold(stop)
    require(TABLE, actor, "stop.judge", stop, _(NOT_OPEN))
    body = {"clause": clause_key, "text": text, "values": values} | words
    if not taken_first(actor, stop, key, kind="problem", body=body, device_at=device_at, now=now):
        return Finding.objects.get(client_key=key)
    if clause_key:
        refuse_unknown(stop, clause_key)
    finding = log(
        actor,
        branch=stop.branch,
        text=text,
        source=FindingSource.ACCEPTANCE,
        stop=stop,
        clause_key=clause_key,
        values=values,
        evidence=evidence,
        found_on=on,
        now=now,
        client_key=key,
        **words,
    )
    arrive(stop, on=on)
    return finding


def hold(stop: Stop) -> None:
    """The state as it is now, under the row's lock: a tap and a confirmation take turns."""
    rows = Stop.objects.select_for_update().filter(pk=stop.pk)
    stop.state = rows.values_list("state", flat=True).get()


def refuse_over_problem(stop: Stop, clause_key: str) -> None:
    """A logged problem is withdrawn by its own action, not wiped out by the next tap."""
    logged = Finding.objects.open().filter(stop=stop, clause_key=clause_key).first()
    if logged is not None:
        raise Refused(
            _("The problem %(number)s is logged under this clause; withdraw it first.")
            % {"number": logged.number}
        )


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
    actor: Actor,
    stop: Stop,
    *,
    key: uuid.UUID,
    clauses: Iterable[str] | None = None,
    on: date,
    device_at: datetime | None,
    now: datetime,
) -> int:
    """其余均符合: leaves out clauses where self or first check admits a shortfall or a finding is open.

    `clauses`: what the phone showed as not judged. A tap of that phone which was refused meanwhile must not
    turn into 符合 by this one; None means whatever is open now.
    """
    hold(stop)
    require(TABLE, actor, "stop.judge", stop, _(NOT_OPEN))
    seen = None if clauses is None else sorted(set(clauses))
    body = {} if seen is None else {"clauses": seen}
    if not taken_first(actor, stop, key, kind="rest", body=body, device_at=device_at, now=now):
        return 0
    assessment = assessment_of(stop)
    arrive(stop, on=on)
    open_keys = open_to_rest(stop, assessment, today=actor.today)
    keys = [each for each in open_keys if seen is None or each in seen]
    return judge_rest(assessment, Source.ACCEPTANCE, keys, now=now)


def open_to_rest(stop: Stop, assessment: Assessment, *, today: date) -> list[str]:
    doubtful = admitted(assessment, today=today) | with_open_findings(stop)
    lines = countable(lines_of(stop), facts_of(assessment, today=today))
    return [line.key for line in lines if line.key not in doubtful]


def facts_of(assessment: Assessment, *, today: date) -> Mapping[str, Any]:
    cycle = assessment.cycle
    options = edition_options(cycle.edition)
    records = records_for([assessment], cycle=cycle, options=options, today=today)
    return records[assessment.branch_id].facts


def countable(lines: Iterable[Line], facts: Mapping[str, Any]) -> list[Line]:
    """The clauses a team judges: those that apply and that records do not decide."""
    return [line for line in lines if not line.from_records and applies(line.applies, facts)]


def admitted(assessment: Assessment, *, today: date) -> set[str]:
    """Clauses where the branch or the first check says it falls short."""
    said = standings([assessment], today=today, sources=(Source.FIRST_CHECK, Source.SELF))
    return {key for key, standing in said[assessment.pk].items() if standing.is_exception}


def with_open_findings(stop: Stop) -> set[str]:
    rows = Finding.objects.open().filter(branch=stop.branch).exclude(clause_key="")
    return set(rows.values_list("clause_key", flat=True))


@transaction.atomic
def confirm(
    actor: Actor, stop: Stop, *, texts: Mapping[int, str] | None = None, now: datetime
) -> None:
    """The team leader stands for the sheet; it gets its number and can be printed in two copies.

    Every problem logged at the stop is confirmed with it; `texts` are the leader's wordings by finding id.
    """
    hold(stop)
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
    confirm_findings(actor, stop, texts=texts or {}, now=now)
    stop.refresh_from_db(fields=["state", "confirmed_at", "confirmed_by"])
    if not stop.number:
        counter = take(stop.visit.owner, actor.today.year, "sheet")
        prefix = counter.prefix or stop.visit.owner.short_name
        stop.number = f"{prefix}检反〔{actor.today.year}〕{counter.value}号"
        stop.save(update_fields=["number"])
    record(
        actor.user, "stop.confirm", stop.branch, now=now, path=stop.branch.path, number=stop.number
    )


def confirm_findings(actor: Actor, stop: Stop, *, texts: Mapping[int, str], now: datetime) -> None:
    drafts = Finding.objects.filter(stop=stop, stage=FindingStage.DRAFT).order_by("pk")
    for finding in drafts.select_related("branch", "unit", "unit__parent", "owner", "stop"):
        text = texts.get(finding.pk, "").strip()
        changed = {"text": text} if text and text != finding.text else {}
        was = {"was": finding.text} if changed else None
        step(actor, finding, "confirm", now=now, params=was, **changed)


@transaction.atomic
def sign(actor: Actor, stop: Stop, *, representative: str, on: date, now: datetime) -> None:
    """Both sides signed the paper: from now on the branch sees what was found."""
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
