"""Results summed by unit and over cycles. Never a ranking: units stand in protocol order, among their peers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.db.models.functions import Substr

from branches.models import CommitteeField, Field, Organization, OrgKind
from branches.scope import Actor, under
from branches.tree import STEP
from inspections.models import Cycle, CycleState
from scoring.models import Proposal, Result
from scoring.verdicts import verdict

VILLAGE_FIELDS = (Field.RURAL, Field.COMMUNITY)


@dataclass
class Sum:
    """How many results, and how many of each verdict."""

    total: int = 0
    verdicts: Counter = field(default_factory=Counter)

    def add(self, word: str, n: int = 1) -> None:
        self.total += n
        self.verdicts[word] += n

    @property
    def passed(self) -> int:
        return self.verdicts[Proposal.PASS]

    @property
    def failed(self) -> int:
        return self.verdicts[Proposal.FAIL]

    @property
    def open(self) -> int:
        return self.verdicts[Proposal.OPEN]

    @property
    def not_graded(self) -> int:
        return self.verdicts[Proposal.NOT_GRADED]

    @property
    def rate(self) -> float | None:
        """Per cent with one decimal; nothing of nothing is no rate."""
        return round(100 * self.passed / self.total, 1) if self.total else None


@dataclass
class UnitSum:
    unit: Organization
    sum: Sum
    of_villages: bool


def by_unit(actor: Actor, cycle: Cycle, *, top: Organization) -> tuple[list[UnitSum], Sum]:
    """The units right below `top` that have results in the cycle, in protocol order (two queries).

    Branches that hang there directly are no units; they are in the whole, not among the rows.
    """
    width = len(top.path) + STEP
    rows = of_branches(actor).filter(under([top.path]), cycle=cycle)
    counts = rows.values_list(Substr("path", 1, width), "field", verdict()).annotate(Count("pk"))
    sums: dict[str, Sum] = {}
    whole, villages = Sum(), Counter()
    for path, field_key, word, n in counts:
        sums.setdefault(path, Sum()).add(word, n)
        villages[path] += n * (field_key in VILLAGE_FIELDS)
        whole.add(word, n)
    units = Organization.objects.filter(path__in=sums).exclude(kind=OrgKind.BRANCH)
    return [
        UnitSum(unit, sums[unit.path], 2 * villages[unit.path] > sums[unit.path].total)
        for unit in units.in_protocol_order()
    ], whole


def of_branches(actor: Actor):
    """Sums count branches; a committee's own result stands beside them, never among them."""
    return Result.objects.visible_to(actor).exclude(field__in=CommitteeField.values)


def peers(rows: Iterable[UnitSum]) -> list[list[UnitSum]]:
    """Towns and streets among themselves, the other committees among themselves."""
    rows = list(rows)
    groups = [[r for r in rows if r.of_villages], [r for r in rows if not r.of_villages]]
    return [group for group in groups if group]


@dataclass(frozen=True)
class Point:
    """One cycle of a trend. `is_final`: published, no longer a proposal."""

    cycle: Cycle
    sum: Sum
    is_final: bool

    @property
    def is_under_way(self) -> bool:
        """Some are not judged to the end: its rate would read as a fall."""
        return not self.is_final and self.sum.open > 0


@dataclass
class Grid:
    """Sums by cycle and unit right below `top`: {cycle id: {path of the unit: Sum}}."""

    cycles: list[Cycle]
    cells: dict[int, dict[str, Sum]]
    villages: set[str]

    def sum_of(self, cycle: Cycle, paths: Iterable[str] | None = None) -> Sum:
        """Over the units at `paths`, or all of them."""
        there = self.cells.get(cycle.pk, {})
        total = Sum()
        for path in there if paths is None else paths:
            for word, n in there.get(path, Sum()).verdicts.items():
                total.add(word, n)
        return total

    def at(self, cycle: Cycle | None, path: str) -> Sum:
        return self.cells.get(cycle.pk, {}).get(path, Sum()) if cycle else Sum()


def grid(actor: Actor, *, top: Organization) -> Grid:
    """Every cycle that binds the top, the oldest first (two queries however many rows)."""
    width = len(top.path) + STEP
    rows = of_branches(actor).filter(under([top.path]))
    grouped = rows.annotate(verdict=verdict(), above=Substr("path", 1, width))
    grouped = grouped.values_list("cycle_id", "above", "field", "verdict").annotate(n=Count("pk"))
    cells: dict[int, dict[str, Sum]] = {}
    leaning: Counter = Counter()
    for cycle_id, path, field_key, word, n in grouped.order_by():
        cells.setdefault(cycle_id, {}).setdefault(path, Sum()).add(word, n)
        leaning[path] += n if field_key in VILLAGE_FIELDS else -n
    cycles = Cycle.objects.visible_to(actor).exclude(state=CycleState.PLANNED)
    known = list(cycles.select_related("edition").order_by("ends_on", "pk"))
    return Grid(known, cells, {path for path, more in leaning.items() if more > 0})


def trend(actor: Actor, *, owner_id: int, top: Organization | None = None) -> list[Point]:
    """The owner's cycles from the oldest on, with the results the actor may see (two queries)."""
    cycles = Cycle.objects.visible_to(actor).filter(owner_id=owner_id)
    cycles = list(cycles.exclude(state=CycleState.PLANNED).order_by("ends_on", "pk"))
    rows = of_branches(actor).filter(cycle__in=cycles)
    if top is not None:
        rows = rows.filter(under([top.path]))
    sums = {cycle.pk: Sum() for cycle in cycles}
    hidden: Counter = Counter()
    grouped = rows.annotate(verdict=verdict()).values_list("cycle_id", "verdict")
    grouped = grouped.annotate(n=Count("pk"), unpublished=Count("pk", filter=Q(published_at=None)))
    for cycle_id, word, n, unpublished in grouped.order_by():
        sums[cycle_id].add(word, n)
        hidden[cycle_id] += unpublished
    return [
        Point(cycle, sums[cycle.pk], hidden[cycle.pk] == 0)
        for cycle in cycles
        if sums[cycle.pk].total
    ]
