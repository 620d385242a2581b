"""Logging a problem: the finding, its number, and in the same transaction what it means for the clause."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Evidence, Organization
from branches.permits import require
from branches.scope import Actor
from branches.tree import ancestors
from inspections import deadlines, recheck, telling
from inspections.categorizing import category_of
from inspections.models import Answer, Cycle, Entry, Finding, FindingSource, Source, Stop
from inspections.models import FindingStage as S
from inspections.moving import acting_unit
from inspections.numbering import finding_number
from inspections.permits_findings import TABLE, Spot
from inspections.sheets import Judgement, judge
from standards.models import Edition, Severity
from standards.sheets import edition_options
from standards.shortfalls import default_shortfall

SAME = ("branch_id", "text", "severity", "clause_key", "source")


@transaction.atomic
def log(
    actor: Actor,
    *,
    branch: Organization,
    text: str,
    source: str,
    now: datetime,
    client_key: uuid.UUID | None = None,
    severity: str = "",
    clause_key: str = "",
    stop: Stop | None = None,
    cycle: Cycle | None = None,
    edition: Edition | None = None,
    unit: Organization | None = None,
    values: Mapping[str, Any] | None = None,
    evidence: Iterable[Evidence] = (),
    found_on: date | None = None,
    due_days: int | None = None,
    due_unit: str = "",
    **words: str,
) -> Finding:
    """A finding in the stage its source begins with; the same key with the same words gives the same finding.

    `values`: the clause's measures as observed; None takes the clause's mildest shortfall, unless the acceptance
    sheet already says what was observed. `words`: category, facts, source_document, measures, responsible, leader.
    """
    require(TABLE, actor, "finding.log", Spot(branch, source, stop), not_yours())
    cycle = cycle or (stop.visit.cycle if stop else None)
    finding = Finding(
        text=text.strip(),
        clause_key=clause_key,
        source=source,
        owner=owner_of(branch),
        branch=branch,
        unit=unit or branch,
        cycle=cycle,
        edition=edition or (cycle.edition if cycle else None),
        stop=stop,
        severity=severity,
        found_on=found_on or actor.today,
        logged_at=now,
        logged_by=actor.user,
        moved_on=actor.today,
        client_key=client_key or uuid.uuid4(),
        **words,
    )
    set_by_clause(finding, days=due_days, unit=due_unit)
    earlier = same_press(finding, client_key)
    if earlier is not None:
        return earlier
    begin(finding, today=actor.today)
    # A twin press waits here for the counter's row and then sees the first one's finding.
    finding.number = finding_number(finding.owner, on=actor.today)
    earlier = same_press(finding, client_key)
    if earlier is not None:
        return earlier
    finding.save(force_insert=True)
    finding.evidence.add(*evidence)
    note_logged(actor, finding, now=now)
    judge_clause(actor, finding, values=values, now=now)
    return finding


def not_yours() -> str:
    return _("You may not log this kind of finding for this branch.")


def owner_of(branch: Organization) -> Organization:
    """The county the branch lies under: whose ledger, numbers and rules hold. Without one, the root."""
    above = Organization.objects.filter(path__in=ancestors(branch.path)).order_by("-path")
    rows = list(above)
    departments = [row for row in rows if row.kind == "department"]
    return departments[0] if departments else rows[-1]


def set_by_clause(finding: Finding, *, days: int | None, unit: str) -> None:
    """Category, severity and deadline as named, else as the clause says, else 其他, general, 15 workdays."""
    line = recheck.line_of(finding)
    finding.category = finding.category or category_of(line, finding.text)
    finding.severity = finding.severity or (line.severity if line else Severity.GENERAL)
    if days is not None:
        finding.due_days, finding.due_unit = days, unit or "workdays"
    elif line is not None:
        finding.due_days, finding.due_unit = line.deadline_days, line.deadline_unit


def same_press(finding: Finding, client_key: uuid.UUID | None) -> Finding | None:
    if client_key is None:
        return None
    earlier = Finding.objects.filter(client_key=client_key).first()
    if earlier is None:
        return None
    same = all(getattr(earlier, name) == getattr(finding, name) for name in SAME)
    if not same or earlier.logged_by_id != finding.logged_by_id:
        raise Refused(
            _("This form was used before for something else. Reload the page and try again.")
        )
    return earlier


def begin(finding: Finding, *, today: date) -> None:
    """A visit's finding waits for the team leader, one's own is already being put right."""
    if finding.source == FindingSource.SELF:
        finding.stage = S.IN_PROGRESS
    elif finding.source == FindingSource.FIRST_CHECK:
        finding.stage = S.ISSUED
    else:
        finding.stage = S.DRAFT if finding.stop_id else S.CONFIRMED
    if finding.stage in (S.IN_PROGRESS, S.ISSUED):
        for name, value in deadlines.running(finding, start=today).items():
            setattr(finding, name, value)


def note_logged(actor: Actor, finding: Finding, *, now: datetime) -> None:
    Entry.objects.create(
        finding=finding,
        round=1,
        move="log",
        to_stage=finding.stage,
        note=finding.facts,
        at=now,
        by=actor.user,
        unit_id=acting_unit(actor, finding),
        client_key=finding.client_key,
    )
    record(
        actor.user, "finding.log", finding, now=now, path=finding.branch.path, source=finding.source
    )
    if finding.stage == S.ISSUED:
        people = telling.people_of_unit(finding, today=actor.today)
        telling.announce(actor, people, "finding.issued", finding, now=now, due=due_text(finding))


def due_text(finding: Finding) -> str:
    return finding.due_on.isoformat() if finding.due_on else ""


def judge_clause(actor: Actor, finding: Finding, *, values, now: datetime) -> None:
    """Set the acceptance measure of the clause, and take back what an earlier recheck had restored."""
    recheck.reopen(finding, now=now)
    assessment, line = recheck.assessment_of(finding), recheck.line_of(finding)
    if finding.stop_id is None or assessment is None or line is None:
        return
    kept = Answer.objects.filter(
        sheet__assessment=assessment, sheet__source=Source.ACCEPTANCE, clause_key=line.key
    ).exclude(measures={})
    if values is None and kept.exists():
        return
    options = edition_options(finding.edition)
    observed = default_shortfall(line, options=options) if values is None else values
    judgement = Judgement(line.key, values=observed, remark=finding.text[:200])
    judge(
        assessment,
        Source.ACCEPTANCE,
        judgement,
        by=actor.user,
        now=now,
        on=finding.found_on,
    )
