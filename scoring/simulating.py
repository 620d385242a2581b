"""A draft on the real answers of a cycle: what every branch would come to if it were in force today.

Both editions are reckoned from the same words and the same records, so only the rules can make a
difference. Nothing is stored.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from inspections.carrying import Carrying
from inspections.models import Assessment, Cycle
from inspections.standing import Heard, Hearing, spoken
from scoring import passes
from scoring.columns import proposals_of
from scoring.gathering import Gathered, gather
from scoring.models import Proposal
from scoring.program import Program
from scoring.vector import NO_TIER, score
from scoring.verdicts import tier_labels
from standards.language import reader
from standards.models import Edition
from standards.sheets import Line, as_issued, sheet

BATCH = 2_000


@dataclass(frozen=True)
class Mark:
    """One branch under one edition, in centi-points. `points` by clause; `tier` "" while it is not graded."""

    total: int
    tier: str
    is_open: bool
    points: Mapping[str, int]
    gates: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A branch before and after; `moved`: -1 a lower tier, 1 a higher one; `again`: clauses to be answered."""

    row: Assessment
    old: Mark
    new: Mark
    moved: int | None
    again: tuple[str, ...]

    @property
    def is_moved(self) -> bool:
        return self.moved is None or bool(self.moved)

    @property
    def step(self) -> int:
        return self.new.total - self.old.total

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """Those whose points differ, or that only one of the two editions has."""
        keys = dict.fromkeys([*self.new.points, *self.old.points])
        return tuple(key for key in keys if self.old.points.get(key) != self.new.points.get(key))


@dataclass(frozen=True)
class Simulation:
    """`rows` in the order they were given; branches nobody has judged are counted, not listed."""

    cycle: Cycle
    old: Edition
    new: Edition
    rows: tuple[Difference, ...]
    silent: int

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
    place = Places(old, new)
    found: list[Difference] = []
    # Where branches are compared with each other they have to be reckoned together.
    size = len(rows) if old.composition or new.composition else BATCH
    with uncollected():
        for at in range(0, len(rows), size or 1):
            found += tried(rows[at : at + size], cycle, new, place=place, today=today)
    return Simulation(cycle, old, new, tuple(found), len(rows) - len(found))


def tried(
    rows: Sequence[Assessment], cycle: Cycle, new: Edition, *, place: "Places", today: date
) -> list[Difference]:
    """Those of whom something was said; the words are read from the database once."""
    listen = once(spoken)
    carrying = Carrying(cycle.edition, new, listen=listen)
    before = marks(cycle, cycle.edition, rows, today=today, hearing=listen)
    after = marks(cycle, new, rows, today=today, hearing=carrying)
    return [
        Difference(
            row=row,
            old=before[row.pk],
            new=after[row.pk],
            moved=place.moved(before[row.pk].tier, after[row.pk].tier),
            again=tuple(carrying.again[row.pk]),
        )
        for row in rows
        if row.pk in carrying.again
    ]


@contextmanager
def uncollected() -> Iterator[None]:
    """Millions of small values and no rings among them: the collector would walk them for half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def once(hearing: Hearing) -> Hearing:
    """The same rows asked for the same sources are not read twice."""
    kept: dict[tuple, Heard] = {}

    def listen(rows: Sequence[Assessment], *, sources: tuple[str, ...]) -> Heard:
        key = (sources, *(row.pk for row in rows))
        if key not in kept:
            kept[key] = hearing(rows, sources=sources)
        return kept[key]

    return listen


def marks(
    cycle: Cycle,
    edition: Edition,
    rows: Sequence[Assessment],
    *,
    today: date,
    hearing: Hearing = spoken,
) -> dict[int, Mark]:
    """By assessment. Plainly composed editions go through columns, what does not fit one by one."""
    under = copy(cycle)
    under.edition = edition
    for row in rows:
        row.cycle = under
    if edition.composition or not rows:
        return by_hand(under, rows, today=today, hearing=hearing)
    chunk = gather(list(rows), today=today, hearing=hearing)
    found: dict[int, Mark] = {}
    for gathered in chunk.gathered:
        found |= in_columns(gathered)
    if chunk.odd:
        found |= by_hand(under, chunk.odd, today=today, hearing=hearing)
    return found


def by_hand(
    cycle: Cycle, rows: Sequence[Assessment], *, today: date, hearing: Hearing
) -> dict[int, Mark]:
    found = passes.passed(cycle, rows, today=today, hearing=hearing)
    return {each.row.pk: mark(each) for each in found}


def mark(each: passes.Passed) -> Mark:
    composed = each.tally.composed
    return Mark(
        total=composed.total,
        tier=each.tier,
        is_open=each.proposal == Proposal.OPEN,
        points={line.key: line.points for line in composed.lines},
        gates=tuple(named(gate) for gate in composed.gates),
    )


def in_columns(gathered: Gathered) -> dict[int, Mark]:
    program = gathered.program
    scores = score(program, gathered.vectors)
    tiers = ["" if n == NO_TIER else program.tiers[n].key for n in scores.tier.tolist()]
    opens = [word == Proposal.OPEN for word in proposals_of(program, scores)]
    columns = (scores.total.tolist(), tiers, opens, scores.points.tolist(), scores.gates.tolist())
    return {
        row.pk: Mark(
            total, tier, is_open, dict(zip(program.layout.keys, points, strict=True)),
            gates_hit(program, mask),
        )
        for row, total, tier, is_open, points, mask in zip(gathered.rows, *columns, strict=True)
    }  # fmt: skip


def gates_hit(program: Program, mask: int) -> tuple[str, ...]:
    return tuple(
        named(program.lines[line].rule.steps[step])
        for bit, (line, step) in enumerate(program.gates)
        if mask >> bit & 1
    )


def named(gate) -> str:
    return gate.label_en if reader() == "en" else gate.label


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
