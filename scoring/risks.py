"""Items at risk: what a mandatory clause, or one with a gate, loses soon if nothing happens.

Three kinds: a fact that runs out before the cycle ends (a term), a meeting still owed in the period that
is running, and a finding on the clause that is due before the cutoff. Read from the records; nothing is stored.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from branches.facts import add_months
from branches.models import Profile
from inspections.cycles import phase_of
from inspections.models import Assessment, Cycle, Finding, PhaseKind
from inspections.standing import Records, derived_value, records_for, standings
from scoring.tallies import evaluated
from standards.rules.observe import MONTHS
from standards.rules.shapes import Measure, MeetingCount
from standards.sheets import Line, edition_options, sheet

FACT, MEETING, FINDING = "fact", "meeting", "finding"


@dataclass(frozen=True)
class Risk:
    """One clause of one branch. `lost` in centi-points; `gates` it would set off; `until`: the last day to act."""

    row: Assessment
    line: Line
    kind: str
    until: date | None
    lost: int = 0
    gates: tuple[str, ...] = ()
    measure: Measure | None = None
    finding: Finding | None = None


def risks(cycle: Cycle, rows: Sequence[Assessment], *, today: date) -> list[Risk]:
    """In the order of the rows, the clauses in the order of the sheet (a constant number of queries).

    rows: assessments of the cycle with `branch__parent` loaded; each is given the one `cycle`.
    """
    if not rows or today > cycle.ends_on:
        return []
    for row in rows:
        row.cycle = cycle
    due = findings_due(cycle, rows, today=today)
    look = Outlook(cycle, rows, today=today)
    return [
        risk
        for row in rows
        for line in sheet(cycle.edition, row.branch.field)
        for risk in (*look.of(row, line), *due_on_line(due, row, line))
    ]


class Outlook:
    """The records as they stand, and as they will stand on the last day if nobody does anything."""

    def __init__(self, cycle: Cycle, rows: Sequence[Assessment], *, today: date):
        self.cycle, self.today = cycle, today
        self.options = edition_options(cycle.edition)
        shared = {"cycle": cycle, "options": self.options}
        self.now = records_for(list(rows), today=today, **shared)
        self.then = records_for(list(rows), today=cycle.ends_on, **shared)
        self.counting = standings(rows, today=today)
        ends = Profile.objects.filter(organization__in=[row.branch_id for row in rows])
        self.terms = dict(ends.values_list("organization_id", "term_ends_on"))

    def of(self, row: Assessment, line: Line) -> Iterator[Risk]:
        standing = self.counting[row.pk].get(line.key)
        if standing is None or not standing.applicable:
            return
        for measure in line.derived:
            is_meeting = isinstance(measure.derive, MeetingCount)
            until = self.period_end(measure.derive.per) if is_meeting else self.cycle.ends_on
            was = self.value(measure, self.now[row.branch_id], until=self.today)
            later = self.now if is_meeting else self.then
            becomes = self.value(measure, later[row.branch_id], until=until)
            if was == becomes or standing.values.get(measure.name) != was:
                # Nothing runs out, or somebody has stated it instead of the records.
                continue
            lost, gates = self.cost(line, standing.values, {measure.name: becomes})
            if (lost > 0 and line.mandatory) or gates:
                kind = MEETING if is_meeting else FACT
                last = until if is_meeting else self.runs_out(row, measure)
                yield Risk(row, line, kind, last, max(lost, 0), gates, measure)

    def period_end(self, per: str) -> date:
        """The last day of the running period; periods count from the month the cycle starts in."""
        first = self.cycle.starts_on.replace(day=1)
        months = (self.today.year - first.year) * 12 + self.today.month - first.month
        size = MONTHS[per]
        return add_months(first, (months // size + 1) * size) - timedelta(days=1)

    def value(self, measure: Measure, records: Records, *, until: date):
        window = (self.cycle.starts_on, min(until, self.cycle.ends_on))
        return derived_value(measure.derive, records, window=window, options=self.options)

    def cost(self, line: Line, values, changed) -> tuple[int, tuple[str, ...]]:
        """What the change takes away, and the gates it sets off."""
        edition = self.cycle.edition
        old = evaluated(line, dict(values), edition)
        new = evaluated(line, dict(values) | changed, edition)
        known = {gate.label for gate in old.gates}
        gates = tuple(gate.label for gate in new.gates if gate.label not in known)
        return (old.points or 0) - (new.points or 0), gates

    def runs_out(self, row: Assessment, measure: Measure) -> date | None:
        """The day of the term for what is read from it; for other facts no day is known."""
        is_term = measure.derive.fact in ("term_overdue_days", "months_to_term_end")
        return self.terms.get(row.branch_id) if is_term else None


def findings_due(
    cycle: Cycle, rows: Iterable[Assessment], *, today: date
) -> dict[tuple[int, str], list[Finding]]:
    """By branch and clause: open, not overdue yet, due by the cutoff."""
    phase = phase_of(cycle, PhaseKind.CUTOFF)
    last = phase.ends_on if phase else cycle.ends_on
    open_ones = Finding.objects.open().filter(
        cycle=cycle, branch__in=[row.branch_id for row in rows], due_on__range=(today, last)
    )
    found: dict[tuple[int, str], list[Finding]] = {}
    for finding in open_ones.exclude(clause_key="").order_by("due_on", "pk"):
        found.setdefault((finding.branch_id, finding.clause_key), []).append(finding)
    return found


def due_on_line(due, row: Assessment, line: Line) -> Iterator[Risk]:
    if line.mandatory:
        for finding in due.get((row.branch_id, line.key), ()):
            yield Risk(row, line, FINDING, finding.due_on, finding=finding)
