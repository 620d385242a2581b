"""What closing, withdrawing or rebounding a finding does to its clause.

A finding carries no points. Logging it on a visit set the clause's acceptance measure; when all findings on the
clause are closed before the cutoff and the edition restores, a dated recheck says the clause conforms again.
"""

from datetime import date, datetime

from inspections.models import Assessment, Cycle, Finding, FindingStage, PhaseKind, Source
from inspections.sheets import Judgement, forget, judge
from standards.conform import best
from standards.rules.shapes import Rule
from standards.sheets import Line, edition_options, sheet

GONE = FindingStage.WITHDRAWN


def line_of(finding: Finding) -> Line | None:
    """The clause on the branch's own sheet."""
    edition = finding.edition
    if edition is None or not finding.clause_key:
        return None
    lines = sheet(edition, finding.branch.field)
    return next((line for line in lines if line.key == finding.clause_key), None)


def assessment_of(finding: Finding) -> Assessment | None:
    if finding.cycle_id is None or not finding.clause_key:
        return None
    return Assessment.objects.filter(cycle=finding.cycle_id, branch=finding.branch_id).first()


def siblings(finding: Finding):
    """Findings on the same clause, branch and cycle that count, this one included."""
    return Finding.objects.filter(
        cycle=finding.cycle_id, branch=finding.branch_id, clause_key=finding.clause_key
    ).exclude(stage=GONE)


def restore(finding: Finding, *, by, now: datetime, today: date) -> bool:
    """Write the recheck when nothing on the clause is open any more. True when written."""
    assessment, line = assessment_of(finding), line_of(finding)
    if assessment is None or line is None or not can_restore(finding.cycle, today=today):
        return False
    stages = set(siblings(finding).values_list("stage", flat=True))
    if stages != {FindingStage.CLOSED}:
        return False
    judgement = Judgement(finding.clause_key, values=made_good(line.rule), remark=finding.number)
    judge(assessment, Source.RECHECK, judgement, by=by, now=now, on=today)
    return True


def can_restore(cycle: Cycle, *, today: date) -> bool:
    return edition_options(cycle.edition).restore and today <= cutoff(cycle)


def cutoff(cycle: Cycle) -> date:
    """The last day a recheck counts; without such a phase the end of the period."""
    days = cycle.phases.filter(kind=PhaseKind.CUTOFF).values_list("ends_on", flat=True)
    return days.first() or cycle.ends_on


def made_good(rule: Rule) -> dict:
    """Conforming values of all measures, those derived from records included."""
    return {measure.name: best(rule, measure) for measure in rule.measures}


def reopen(finding: Finding, *, now: datetime) -> None:
    """A rebound or a new finding on the clause: an earlier recheck no longer counts."""
    assessment = assessment_of(finding)
    if assessment is not None:
        forget(assessment, Source.RECHECK, [finding.clause_key], now=now)


def reverse(finding: Finding, *, by, now: datetime, today: date) -> None:
    """A withdrawn finding: without another one from a visit the clause was accepted as conforming."""
    assessment = assessment_of(finding)
    if assessment is None:
        return
    others = siblings(finding)
    if finding.stop_id and not others.filter(stop__isnull=False).exists():
        judge(
            assessment,
            Source.ACCEPTANCE,
            Judgement(finding.clause_key),
            by=by,
            now=now,
            on=today,
        )
    if not others.exists():
        forget(assessment, Source.RECHECK, [finding.clause_key], now=now)
    else:
        restore(finding, by=by, now=now, today=today)
