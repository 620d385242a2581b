"""What branches come to under one edition, with nothing stored: total, tier, points by clause and gates."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inspections.models import Assessment, Cycle
from inspections.standing import Hearing, spoken, standings
from scoring import passes
from scoring.columns import proposals_of
from scoring.footing import ByHand, Part, Points, footings_of, points_of
from scoring.gathering import gather_all
from scoring.knowing import known_for
from scoring.models import Proposal
from scoring.program import Program
from scoring.vector import NO_TIER
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


def marks(
    cycle: Cycle,
    edition: Edition,
    rows: Sequence[Assessment],
    *,
    today: date,
    hearing: Hearing = spoken,
    parts: Sequence[Part] = (),
) -> dict[int, Mark]:
    """By assessment. `parts`: rows that need not be read; of the others those that fit no column go one by one."""
    under = placed_under(cycle, edition, rows)
    given = {row.pk for part in parts for row in part.rows}
    rest = [row for row in rows if row.pk not in given]
    chunk = gather_all(rest, today=today, hearing=hearing)
    parts = [*parts, *(Part(each.program, each.rows, each.vectors) for each in chunk.gathered)]
    if edition.composition:
        found = composed(under, rows, parts, chunk.odd, today=today, hearing=hearing)
        return {each.row.pk: mark(each) for each in found}
    alone = by_hand(under, chunk.odd, today=today, hearing=hearing) if chunk.odd else {}
    return alone | {pk: mark for part in parts for pk, mark in in_columns(part)}


def composed(
    cycle: Cycle,
    rows: Sequence[Assessment],
    parts: Sequence[Part],
    odd: Sequence[Assessment],
    *,
    today: date,
    hearing: Hearing,
) -> list[passes.Passed]:
    """All of them together, since one result may depend on the others."""
    heard = standings(odd, today=today, hearing=hearing)
    footings = footings_of(parts) | {row.pk: ByHand(row, heard[row.pk]) for row in odd}
    known = known_for(cycle, rows, today=today, hearing=hearing)
    return passes.reckoned(cycle, rows, footings, known)


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
        points=points_of(composed.lines),
        gates=tuple(named(gate) for gate in composed.gates),
        sums=passes.sums_of(each) if each.row.cycle.edition.composition else {},
    )


def in_columns(part: Part) -> Iterator[tuple[int, Mark]]:
    program, scores = part.program, part.scores
    tiers = ["" if n == NO_TIER else program.tiers[n].key for n in scores.tier.tolist()]
    opens = [word == Proposal.OPEN for word in proposals_of(scores)]
    columns = (scores.total.tolist(), tiers, opens, scores.points, scores.gates.tolist())
    for row, total, tier, is_open, points, mask in zip(part.rows, *columns, strict=True):
        gates = gates_hit(program, mask)
        yield row.pk, Mark(total, tier, is_open, Points(program.place, points), gates)


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
