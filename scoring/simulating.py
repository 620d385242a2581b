"""A draft on the real answers of a cycle: what every branch would come to if it were in force today.

Both editions are reckoned from the same words and the same records, so only the rules can make a
difference. Nothing is stored. A branch whose result is up to date is not read again: what was observed
stands packed in its result, and only clauses that the draft observes otherwise are looked up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import compress

import numpy as np

from inspections.carrying import Carrying
from inspections.models import Assessment, Cycle
from inspections.standing import ORDER, Heard, Hearing, spoken
from portal.kit.memory import uncollected
from scoring.marks import Mark, in_columns, marks, placed_under
from scoring.program import Program
from scoring.summands import namer
from scoring.turning import Turn, turn, turned
from scoring.up_to_date import Observed, observed
from scoring.verdicts import tier_labels
from standards.models import Edition
from standards.sheets import Line, as_issued, sheet

BATCH = 5_000


@dataclass(frozen=True)
class Difference:
    """A branch before and after; `moved`: -1 a lower tier, 1 a higher one; `again`: clauses to be answered.

    `clauses`: those whose points differ, or that only one of the two editions has.
    """

    row: Assessment
    old: Mark
    new: Mark
    moved: int | None
    again: tuple[str, ...]
    clauses: tuple[str, ...]

    @property
    def is_moved(self) -> bool:
        return self.moved is None or bool(self.moved)

    @property
    def step(self) -> int:
        return self.new.total - self.old.total


@dataclass(frozen=True)
class Simulation:
    """`rows` in the order they were given; branches nobody has judged are counted, not listed."""

    cycle: Cycle
    old: Edition
    new: Edition
    rows: tuple[Difference, ...]
    silent: int

    @cached_property
    def namers(self) -> tuple[Callable[[str], str], Callable[[str], str]]:
        """Keys as words under either edition."""
        return namer(self.old), namer(self.new)

    def old_lines(self, field: str) -> Mapping[str, Line]:
        return {line.key: line for line in sheet(self.old, field)}

    def new_lines(self, field: str) -> Mapping[str, Line]:
        return {line.key: line for line in sheet(self.new, field)}


def simulate(
    edition: Edition, cycle: Cycle, *, rows: Sequence[Assessment], today: date
) -> Simulation:
    """rows: assessments of the cycle with `branch__parent` loaded; their `cycle` is left pointing to the trial.

    `edition` must have rules that parse.
    """
    old, new = cycle.edition, as_issued(edition)
    trial = Trial(cycle, new, today, among=[row.branch_id for row in rows])
    found: dict[int, Difference] = {}
    # Where branches are compared with each other they have to be reckoned together.
    size = len(rows) if old.composition or new.composition else BATCH
    with uncollected():
        for at in range(0, len(rows), size or 1):
            found |= trial.of(rows[at : at + size])
    listed = tuple(found[row.pk] for row in rows if row.pk in found)
    return Simulation(cycle, old, new, listed, len(rows) - len(found))


@dataclass
class Trial:
    """`of` some branches: a difference for each of whom something was said. `among`: all that will be asked about."""

    cycle: Cycle
    new: Edition
    today: date
    among: Sequence[int] | None = None
    turns: dict[str, Turn | None] = field(default_factory=dict)

    @cached_property
    def place(self) -> "Places":
        return Places(self.cycle.edition, self.new)

    @cached_property
    def observed(self) -> Observed:
        return observed(self.cycle, today=self.today, branch_ids=self.among)

    def of(self, rows: Sequence[Assessment]) -> dict[int, Difference]:
        found: dict[int, Difference | None] = {}
        for key, own in by_field(rows).items():
            by = self.turn(key)
            if by is not None:
                found |= self.from_results(by, own)
        found |= self.from_records([row for row in rows if row.pk not in found])
        return {pk: each for pk, each in found.items() if each is not None}

    def turn(self, field_key: str) -> Turn | None:
        if field_key not in self.turns:
            self.turns[field_key] = turn(self.cycle.edition, self.new, field_key)
        return self.turns[field_key]

    def from_results(self, by: Turn, rows: Sequence[Assessment]) -> dict[int, Difference | None]:
        """Of the rows whose result is up to date; None: nothing was said of the branch.

        Words are read only where the draft observes otherwise, and left to the records where they do not fit.
        """
        rows, vectors = self.observed.of(by.old, rows)
        if not rows:
            return {}
        carrying = self.carrying(partial(spoken, keys=by.keys))
        heard = carrying(rows, sources=ORDER)
        place = {row.pk: n for n, row in enumerate(rows) if row.pk in carrying.again}
        found: dict[int, Difference | None] = {row.pk: None for row in rows if row.pk not in place}
        placed_under(self.cycle, self.new, rows)
        asked = [row for row in rows if row.pk in place]
        vectors = vectors[list(place.values())]
        here, onward = turned(by, asked, vectors, today=self.today, heard=heard)
        old, worth = in_columns(by.old, vectors[here])
        new, comes_to = in_columns(by.new, onward)
        clauses = clauses_differing(by.old, by.new, worth, comes_to)
        for n, *each in zip(here, old, new, clauses, strict=True):
            found[asked[n].pk] = self.difference(asked[n], *each, carrying)
        return found

    def from_records(self, rows: Sequence[Assessment]) -> dict[int, Difference]:
        """The words are read from the database once."""
        listen = once(spoken)
        carrying = self.carrying(listen)
        before = marks(self.cycle, self.cycle.edition, rows, today=self.today, hearing=listen)
        after = marks(self.cycle, self.new, rows, today=self.today, hearing=carrying)
        return {
            row.pk: self.difference(row, old, new, tuple(differing(old, new)), carrying)
            for row, old, new in ((row, before[row.pk], after[row.pk]) for row in rows)
            if row.pk in carrying.again
        }

    def carrying(self, listen: Hearing) -> Carrying:
        return Carrying(self.cycle.edition, self.new, listen=listen)

    def difference(
        self, row, old: Mark, new: Mark, clauses: tuple[str, ...], carrying: Carrying
    ) -> Difference:
        again = tuple(carrying.again[row.pk])
        return Difference(row, old, new, self.place.moved(old.tier, new.tier), again, clauses)


def by_field(rows: Sequence[Assessment]) -> dict[str, list[Assessment]]:
    fields: dict[str, list[Assessment]] = {}
    for row in rows:
        fields.setdefault(row.branch.field, []).append(row)
    return fields


def differing(old: Mark, new: Mark) -> list[str]:
    """In the order of the new edition, dropped ones last."""
    keys = dict.fromkeys([*new.points, *old.points])
    return [key for key in keys if old.points.get(key) != new.points.get(key)]


def clauses_differing(
    old: Program, new: Program, worth: np.ndarray, comes_to: np.ndarray
) -> Iterator[tuple[str, ...]]:
    """`differing`, row by row of two matrices of points."""
    keys = list(dict.fromkeys([*new.place, *old.place]))
    differ = np.ones((len(worth), len(keys)), bool)
    for n, key in enumerate(keys):
        if key in old.place and key in new.place:
            differ[:, n] = worth[:, old.place[key]] != comes_to[:, new.place[key]]
    for row in differ:
        yield tuple(compress(keys, row.tolist()))


def once(hearing: Hearing) -> Hearing:
    """The same rows asked for the same sources are not read twice."""
    kept: dict[tuple, Heard] = {}

    def listen(rows: Sequence[Assessment], *, sources: tuple[str, ...]) -> Heard:
        key = (sources, *(row.pk for row in rows))
        if key not in kept:
            kept[key] = hearing(rows, sources=sources)
        return kept[key]

    return listen


class Places:
    """Tiers of two editions side by side: the same by key, or by the words a county reads."""

    def __init__(self, old: Edition, new: Edition):
        self.old, self.new = tier_labels(old), tier_labels(new)
        self.old_order = [tier["key"] for tier in old.tiers]
        self.new_order = [tier["key"] for tier in new.tiers]

    def moved(self, old: str, new: str) -> int | None:
        """0 the same tier, -1 lower, 1 higher; None where one of the two is not graded or has no rank."""
        if old == new or (old and new and self.old[old] == self.new[new]):
            return 0
        if not old or not new or new not in self.old_order:
            return None
        return -1 if self.old_order.index(new) > self.old_order.index(old) else 1
