"""Meetings held, counted by month: what rules derive from, and the twelve-month grid."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from branches.models import Meeting, MeetingKind, Organization

MONTHS_SHOWN = 12
MOST_IN_A_MONTH = 31

Held = dict[str, dict[date, int]]


class Reading(Protocol):
    """The two options of an edition that change the count (k and l)."""

    many_kinds: bool
    below_quorum: bool


@dataclass(frozen=True)
class Everything:
    """The grid and the profile show every record, once, under its main kind."""

    many_kinds: bool = False
    below_quorum: bool = True


def held(
    branch_ids: Iterable[int], *, first: date, last: date, options: Reading
) -> dict[int, Held]:
    """{branch id: {kind: {first of month: count}}} of meetings from `first` to `last`, in one query.

    k: under `many_kinds` an event also counts as its second kind; l: without `below_quorum` meetings
    short of their quorum do not count.
    """
    ids = list(branch_ids)
    counts: dict[int, Held] = {pk: defaultdict(lambda: defaultdict(int)) for pk in ids}
    rows = Meeting.objects.filter(organization_id__in=ids, held_on__range=(first, last))
    if not options.below_quorum:
        rows = rows.filter(quorate=True)
    for branch_id, kind, also, on in rows.values_list("organization_id", "kind", "also", "held_on"):
        month = on.replace(day=1)
        counts[branch_id][kind][month] += 1
        if options.many_kinds and also and also != kind:
            counts[branch_id][also][month] += 1
    return {pk: {kind: dict(months) for kind, months in by.items()} for pk, by in counts.items()}


def last_months(today: date, count: int = MONTHS_SHOWN) -> list[date]:
    """First days of the last `count` months, the current one last."""
    serial = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(serial - count + 1, serial + 1)]


Key = tuple[int, str, date]


@dataclass(frozen=True)
class Cell:
    """`count` meetings, `dated` of them recorded with their day: those are changed in the list only.

    `wrong`: why the grid was refused.
    """

    key: Key
    name: str
    label: str
    count: int
    dated: int
    typed: str | None = None
    wrong: bool = False

    @property
    def value(self) -> str:
        """What the input shows: what was typed into a refused grid, else the count."""
        return self.typed if self.typed is not None else str(self.count or "")


@dataclass(frozen=True)
class Line:
    label: str
    cells: list[Cell]
    target: Organization | None = None

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


def keys_of(lines: list[Line]) -> dict[str, Key]:
    """{name of the input: its key}: only these are read back."""
    return {cell.name: cell.key for line in lines for cell in line.cells}


def cell_name(key: Key) -> str:
    branch_id, kind, month = key
    return f"m-{branch_id}-{kind}-{month:%Y%m}"


def tallies(branch_ids: Iterable[int], *, first: date, last: date) -> Mapping[Key, list[int]]:
    """{(branch id, kind, month): [all, dated]}"""
    counts: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    rows = Meeting.objects.filter(
        organization_id__in=list(branch_ids), held_on__range=(first, last)
    ).values_list("organization_id", "kind", "held_on", "day_known")
    for branch_id, kind, on, day_known in rows:
        cell = counts[branch_id, kind, on.replace(day=1)]
        cell[0] += 1
        cell[1] += day_known
    return counts


def year_grid(branch: Organization, *, today: date) -> tuple[list[date], list[Line]]:
    """Kinds down, the last twelve months across, for one branch."""
    months = last_months(today)
    counts = tallies([branch.pk], first=months[0], last=today)
    lines = [
        Line(
            label=str(kind.label),
            cells=[
                _cell((branch.pk, kind.value, month), counts, f"{kind.label} {month:%Y-%m}")
                for month in months
            ],
        )
        for kind in MeetingKind
    ]
    return months, lines


def month_grid(branches: Iterable[Organization], *, month: date, last: date) -> list[Line]:
    """Branches down, kinds across, for one month: the quick way for a whole unit."""
    rows = list(branches)
    counts = tallies([branch.pk for branch in rows], first=month, last=last)
    return [
        Line(
            label=branch.short_name,
            target=branch,
            cells=[
                _cell((branch.pk, kind.value, month), counts, f"{branch.short_name} {kind.label}")
                for kind in MeetingKind
            ],
        )
        for branch in rows
    ]


def _cell(key: Key, counts: Mapping[Key, list[int]], label: str) -> Cell:
    total, dated = counts.get(key, (0, 0))
    return Cell(key=key, name=cell_name(key), label=label, count=total, dated=dated)
