"""Self-assessment against inspection, by unit and by clause. Never a ranking.

A branch sees its own gap as soon as its feedback sheet is signed; in these comparisons it counts only some
days later, or once its result is published, so that it hears of it first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from branches.models import Organization, OrgKind
from branches.tree import STEP
from inspections.models import Assessment, Cycle, Stop, StopState
from inspections.standing import FILED, standings
from scoring.comparing import ACCEPTANCE, HEARD, SELF
from scoring.models import Result
from scoring.tallies import outcomes_of
from standards.sheets import Line, sheet


@dataclass(frozen=True)
class Difference:
    """One branch: points by clause as it said and as was found on site; only clauses judged on both sides."""

    row: Assessment
    said: Mapping[str, int]
    seen: Mapping[str, int]

    @property
    def gap(self) -> int:
        return sum(self.said.values()) - sum(self.seen.values())

    def above(self, key: str) -> int:
        return self.said.get(key, 0) - self.seen.get(key, 0)


@dataclass
class ClauseGap:
    """One clause: branches that gave themselves more than was found, and by how much together."""

    line: Line
    branches: list[Difference] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.branches)

    @property
    def points(self) -> int:
        return sum(each.above(self.line.key) for each in self.branches)


@dataclass
class UnitGap:
    """One unit: its branches inspected, those above what was found, and the mean in centi-points."""

    unit: Organization
    branches: list[Difference] = field(default_factory=list)

    @property
    def above(self) -> list[Difference]:
        return [each for each in self.branches if each.gap > 0]

    @property
    def mean(self) -> int:
        return round(sum(each.gap for each in self.branches) / len(self.branches))


def ripe(cycle: Cycle, *, today: date, days: int) -> set[int]:
    """Branches whose sheet was signed at least `days` days ago, or that have read their published result."""
    rows = signed(cycle).filter(signed_on__lte=today - timedelta(days=days))
    told = Result.objects.filter(cycle=cycle, published_at__isnull=False)
    return {
        *rows.values_list("branch_id", flat=True),
        *told.values_list("branch_id", flat=True),
    }


def signed(cycle: Cycle):
    return Stop.objects.filter(visit__cycle=cycle, state=StopState.SIGNED)


def differences(
    cycle: Cycle, rows: Sequence[Assessment], *, today: date, among: set[int]
) -> list[Difference]:
    """In the rows' order (a constant number of queries); rows need `branch__parent`."""
    rows = [row for row in rows if row.branch_id in among and row.stage in FILED]
    for row in rows:
        row.cycle = cycle
    said = standings(rows, today=today, sources=HEARD[SELF])
    seen = standings(rows, today=today, sources=(ACCEPTANCE,))
    found = [difference(cycle, row, said[row.pk], seen[row.pk]) for row in rows]
    return [each for each in found if each.seen]


def difference(cycle: Cycle, row: Assessment, said, seen) -> Difference:
    lines = [
        line
        for line in sheet(cycle.edition, row.branch.field)
        if line.maximum and line.key in said and is_word(seen.get(line.key))
    ]
    both = [outcomes_of(lines, heard, cycle.edition) for heard in (said, seen)]
    keys = [line.key for line in lines if all(found[line.key] is not None for found in both)]
    return Difference(row, *({key: found[key].points for key in keys} for found in both))


def is_word(standing) -> bool:
    """Somebody said it on site; what the records say is the same on both sides."""
    return standing is not None and standing.source == ACCEPTANCE


def by_clause(cycle: Cycle, found: Iterable[Difference]) -> list[ClauseGap]:
    """In the order of the standard; only clauses where somebody lies above."""
    gaps: dict[str, ClauseGap] = {}
    place: dict[str, int] = {}
    for each in found:
        for n, line in enumerate(sheet(cycle.edition, each.row.branch.field)):
            if each.above(line.key) > 0:
                place.setdefault(line.key, n)
                gaps.setdefault(line.key, ClauseGap(line)).branches.append(each)
    return [gaps[key] for key in sorted(gaps, key=lambda key: (gaps[key].line.code, place[key]))]


def by_unit(cycle: Cycle, found: Iterable[Difference]) -> list[UnitGap]:
    """By the unit right below the cycle's owner, in protocol order (one query)."""
    width = len(cycle.owner.path) + STEP
    below: dict[str, list[Difference]] = {}
    for each in found:
        below.setdefault(each.row.branch.path[:width], []).append(each)
    units = Organization.objects.filter(path__in=below).exclude(kind=OrgKind.BRANCH)
    return [UnitGap(unit, below[unit.path]) for unit in units.in_protocol_order()]
