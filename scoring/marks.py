"""What branches come to under one edition, with nothing stored: total, tier, points by clause and gates."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from inspections.models import Assessment, Cycle
from inspections.standing import Hearing, spoken
from scoring import passes
from scoring.columns import proposals_of
from scoring.gathering import gather
from scoring.models import Proposal
from scoring.program import Program
from scoring.vector import NO_TIER, score
from standards.language import reader
from standards.models import Edition


@dataclass(frozen=True)
class Mark:
    """One branch under one edition, in centi-points. `points` by clause; `tier` "" while it is not graded.

    `sums`: what a result under a composition would keep of how its total and its tier came about.
    """

    total: int
    tier: str
    is_open: bool
    points: Mapping[str, int]
    gates: tuple[str, ...]
    sums: Mapping[str, Any] = field(default_factory=dict)


class Points(Mapping[str, int]):
    """A row of a matrix by clause: a dictionary for every branch of a nation would fill the memory."""

    __slots__ = ("place", "row")

    def __init__(self, place: Mapping[str, int], row: np.ndarray):
        self.place, self.row = place, row

    def __getitem__(self, key: str) -> int:
        return int(self.row[self.place[key]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.place)

    def __len__(self) -> int:
        return len(self.place)


def marks(
    cycle: Cycle,
    edition: Edition,
    rows: Sequence[Assessment],
    *,
    today: date,
    hearing: Hearing = spoken,
) -> dict[int, Mark]:
    """By assessment. Plainly composed editions go through columns, what does not fit one by one."""
    under = placed_under(cycle, edition, rows)
    if edition.composition or not rows:
        return by_hand(under, rows, today=today, hearing=hearing)
    chunk = gather(list(rows), today=today, hearing=hearing)
    found: dict[int, Mark] = {}
    for each in chunk.gathered:
        reckoned, _points = in_columns(each.program, each.vectors)
        found |= {row.pk: mark for row, mark in zip(each.rows, reckoned, strict=True)}
    if chunk.odd:
        found |= by_hand(under, chunk.odd, today=today, hearing=hearing)
    return found


def placed_under(cycle: Cycle, edition: Edition, rows: Sequence[Assessment]) -> Cycle:
    """The cycle as though the edition had been its own, and the rows in it."""
    under = copy(cycle)
    under.edition = edition
    for row in rows:
        row.cycle = under
    return under


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
        sums=passes.sums_of(each) if each.row.cycle.edition.composition else {},
    )


def in_columns(program: Program, vectors: np.ndarray) -> tuple[list[Mark], np.ndarray]:
    """A mark for each vector, and all their points."""
    scores = score(program, vectors)
    tiers = ["" if n == NO_TIER else program.tiers[n].key for n in scores.tier.tolist()]
    opens = [word == Proposal.OPEN for word in proposals_of(scores)]
    columns = (scores.total.tolist(), tiers, opens, scores.points, scores.gates.tolist())
    found = [
        Mark(total, tier, is_open, Points(program.place, points), gates_hit(program, mask))
        for total, tier, is_open, points, mask in zip(*columns, strict=True)
    ]
    return found, scores.points


def gates_hit(program: Program, mask: int) -> tuple[str, ...]:
    if not mask:
        return ()
    return tuple(
        named(program.lines[line].rule.steps[step])
        for bit, (line, step) in enumerate(program.gates)
        if mask >> bit & 1
    )


def named(gate) -> str:
    return gate.label_en if reader() == "en" else gate.label
