"""A draft on the real answers of a cycle: what every branch would come to if it were in force today.

Both editions are reckoned from the same words and the same records, so only the rules can make a
difference. Nothing is stored. A branch whose result is up to date is not read again: what was observed
stands packed in its result, and only clauses that the draft observes otherwise are looked up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import compress

import numpy as np

from inspections.carrying import Carrying
from inspections.models import Assessment, Cycle
from inspections.standing import ORDER, Heard, Hearing, spoken
from portal.kit.memory import uncollected
from scoring.batches import by_field
from scoring.footing import Part
from scoring.marks import Mark, marks, placed_under
from scoring.summands import namer
from scoring.turning import Turn, turn, turned
from scoring.up_to_date import Observed, observed
from scoring.verdicts import tier_labels
from standards.models import Edition
from standards.sheets import Line, as_issued, sheet, sheets

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
    """`rows` in the order they were given; branches nobody has judged are counted, not listed.

    `elsewhere`: branches of fields for which the edition has no sheet. It says nothing of them, so nothing is tried.
    """

    cycle: Cycle
    old: Edition
    new: Edition
    rows: tuple[Difference, ...]
    silent: int
    elsewhere: int = 0

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
    every, served = len(rows), {field for field, lines in sheets(new).items() if lines}
    rows = [row for row in rows if row.branch.field in served]
    trial = Trial(cycle, new, today, among=[row.branch_id for row in rows])
    found: dict[int, Difference] = {}
    # Where branches are compared with each other they have to be reckoned together.
    size = len(rows) if old.composition or new.composition else BATCH
    with uncollected():
        for at in range(0, len(rows), size or 1):
            found |= trial.of(rows[at : at + size])
    listed = tuple(found[row.pk] for row in rows if row.pk in found)
    return Simulation(cycle, old, new, listed, len(rows) - len(found), every - len(rows))


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
        return self.compared(rows, self.from_results(rows))

    def from_records(self, rows: Sequence[Assessment]) -> dict[int, Difference]:
        """The same with nothing taken from the results."""
        return self.compared(rows, [])

    def compared(
        self, rows: Sequence[Assessment], turns: "Sequence[Turned]"
    ) -> dict[int, Difference]:
        """What no result says is read from the records, the words from the database once."""
        listen = once(spoken)
        carrying = self.carrying(listen)
        ask = partial(marks, self.cycle, rows=rows, today=self.today)
        before = ask(self.cycle.edition, hearing=listen, parts=[each.old for each in turns])
        after = ask(self.new, hearing=carrying, parts=[each.new for each in turns])
        clauses: dict[int, tuple[str, ...]] = {}
        again: dict[int, list[str]] = dict(carrying.again)
        for each in turns:
            clauses |= clauses_differing(each.old, each.new)
            again |= each.again
        return {
            row.pk: self.difference(row, old, new, clauses, again[row.pk])
            for row, old, new in ((row, before[row.pk], after[row.pk]) for row in rows)
            if row.pk in again
        }

    def turn(self, field_key: str) -> Turn | None:
        if field_key not in self.turns:
            self.turns[field_key] = turn(self.cycle.edition, self.new, field_key)
        return self.turns[field_key]

    def from_results(self, rows: Sequence[Assessment]) -> "list[Turned]":
        """The rows whose result is up to date, as far as their words fit the draft's columns."""
        found = []
        for key, own in by_field(rows).items():
            by = self.turn(key)
            if by is None:
                continue
            own, vectors = self.observed.of(by.old, own)
            if own:
                found.append(self.turned(by, own, vectors))
        return found

    def turned(self, by: Turn, rows: Sequence[Assessment], vectors: np.ndarray) -> "Turned":
        """Words are read only where the draft observes otherwise."""
        carrying = self.carrying(partial(spoken, keys=by.keys))
        heard = carrying(rows, sources=ORDER)
        placed_under(self.cycle, self.new, rows)
        here, onward = turned(by, rows, vectors, today=self.today, heard=heard)
        rows = [rows[n] for n in here]
        old, new = Part(by.old, rows, vectors[here]), Part(by.new, rows, onward)
        return Turned(old, new, carrying.again)

    def carrying(self, listen: Hearing) -> Carrying:
        return Carrying(self.cycle.edition, self.new, listen=listen)

    def difference(
        self,
        row: Assessment,
        old: Mark,
        new: Mark,
        clauses: Mapping[int, tuple[str, ...]],
        again: Sequence[str],
    ) -> Difference:
        own = clauses[row.pk] if row.pk in clauses else tuple(differing(old, new))
        moved = self.place.moved(old.tier, new.tier)
        return Difference(row, old, new, moved, tuple(again), own)


@dataclass(frozen=True)
class Turned:
    """The same rows in the columns of both editions; `again`: what they would have to answer, silent ones left out."""

    old: Part
    new: Part
    again: Mapping[int, Sequence[str]]


def differing(old: Mark, new: Mark) -> list[str]:
    """In the order of the new edition, dropped ones last."""
    keys = dict.fromkeys([*new.points, *old.points])
    return [key for key in keys if old.points.get(key) != new.points.get(key)]


def clauses_differing(old: Part, new: Part) -> dict[int, tuple[str, ...]]:
    """`differing` of all rows of two matrices of points."""
    before, after = old.program.place, new.program.place
    keys = list(dict.fromkeys([*after, *before]))
    differ = np.ones((len(new.rows), len(keys)), bool)
    for n, key in enumerate(keys):
        if key in before and key in after:
            differ[:, n] = old.scores.points[:, before[key]] != new.scores.points[:, after[key]]
    found = (tuple(compress(keys, row.tolist())) for row in differ)
    return {row.pk: own for row, own in zip(new.rows, found, strict=True)}


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
