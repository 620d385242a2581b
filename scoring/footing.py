"""What a branch's result is completed from: its words clause by clause, or a row of columns already scored.

Either says the same of the same branch once it is told what is known beside the sheet; asked again with what
the peers gave, a row of columns adds up no line a second time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from inspections.models import Assessment
from inspections.standing import Standing
from scoring.formula import ChapterSum, LineSum, Sheet, Subtotals, completed
from scoring.program import Program
from scoring.sums import Known
from scoring.tallies import Reckoned, tally
from scoring.vector import STATES, UNJUDGED, Scores, score
from standards.rules.outcome import GateHit


class Footing(Protocol):
    def reckon(self, known: Known) -> Reckoned: ...


@dataclass(frozen=True)
class ByHand:
    """By the pure evaluator; the row needs `branch` and the `cycle` it is to be reckoned under."""

    row: Assessment
    standings: Mapping[str, Standing]

    def reckon(self, known: Known) -> Reckoned:
        return tally(self.row.cycle.edition, self.row.branch, self.standings, known=known)


@dataclass(frozen=True, eq=False)
class Part:
    """Branches of one field whose observations stand in columns: a vector for each row."""

    program: Program
    rows: Sequence[Assessment]
    vectors: np.ndarray

    @cached_property
    def scores(self) -> Scores:
        return score(self.program, self.vectors)

    @cached_property
    def sheet(self) -> Sheet:
        """Everything but what the branches said and what is known of them."""
        program = self.program
        return Sheet(
            lines=(),
            tiers=program.tiers,
            ceiling=program.ceiling,
            options=program.options,
            composition=program.composition,
            base=program.base,
        )

    @cached_property
    def chapters(self) -> list[list[tuple[int, bool, bool, int, int]]]:
        """By branch and chapter: points, scaled, zeroed, lines nobody judged, what its bounds did."""
        scores, program = self.scores, self.program
        is_open = scores.states == UNJUDGED
        homes = [[n for n, line in enumerate(program.lines) if line.chapter == c.key] for c in program.chapters]  # fmt: skip
        columns = (
            zip(
                scores.chapters[:, n].tolist(),
                scores.scaled[:, n].tolist(),
                scores.zeroed[:, n].tolist(),
                is_open[:, own].sum(axis=1).tolist(),
                scores.clamped[:, n].tolist(),
                strict=True,
            )
            for n, own in enumerate(homes)
        )
        return list(map(list, zip(*columns, strict=True)))

    @cached_property
    def masks(self) -> list[int]:
        return self.scores.gates.tolist()

    @cached_property
    def met(self) -> dict[int, tuple[GateHit, ...]]:
        return {}

    def gates(self, n: int) -> tuple[GateHit, ...]:
        """In the order of the sheet."""
        mask = self.masks[n]
        if mask not in self.met:
            self.met[mask] = tuple(hits(self.program, mask))
        return self.met[mask]

    @cached_property
    def unjudged(self) -> list[int]:
        return self.scores.unjudged.tolist()


def footings_of(parts: Iterable[Part]) -> dict[int, Footing]:
    """By assessment."""
    return {row.pk: InColumns(part, n) for part in parts for n, row in enumerate(part.rows)}


@dataclass(frozen=True, eq=False)
class InColumns:
    """The n-th row of a part."""

    part: Part
    n: int

    def reckon(self, known: Known) -> Reckoned:
        return Reckoned(completed(replace(self.part.sheet, known=known), self.subtotals))

    @cached_property
    def subtotals(self) -> Subtotals:
        """Branches with bonuses or penalties have no row: an event does not fit a layout."""
        found, n = self.part, self.n
        lines = Lines(found.program, found.scores, n)
        return Subtotals(
            lines=lines,
            chapters=tuple(
                ChapterSum(c.key, c.maximum, points, scaled, zeroed, unjudged, clamped)
                for c, (points, scaled, zeroed, unjudged, clamped) in zip(
                    found.program.chapters, found.chapters[n], strict=True
                )
            ),
            gates=found.gates(n),
            unjudged=lines.unjudged if found.unjudged[n] else (),
        )


def hits(program: Program, mask: int) -> Iterator[GateHit]:
    for bit, (line, place) in enumerate(program.gates):
        if mask >> bit & 1:
            gate = program.lines[line].rule.steps[place]
            yield GateHit(gate.effect, gate.tier, gate.chapter, gate.label, gate.label_en, place)


@dataclass(frozen=True, eq=False)
class Lines(Sequence[LineSum]):
    """The lines of one row, made when somebody asks for one: of most nobody does."""

    program: Program
    scores: Scores
    n: int

    def __len__(self) -> int:
        return len(self.program.lines)

    def __getitem__(self, place):
        if isinstance(place, slice):
            return tuple(self[n] for n in range(*place.indices(len(self))))
        line, states = self.program.lines[place], self.scores.states[self.n]
        points = int(self.scores.points[self.n, place])
        return LineSum(line.chapter, line.key, line.maximum, points, STATES[states[place]])

    def __iter__(self) -> Iterator[LineSum]:
        points, states = self.scores.points[self.n].tolist(), self.scores.states[self.n].tolist()
        for line, own, state in zip(self.program.lines, points, states, strict=True):
            yield LineSum(line.chapter, line.key, line.maximum, own, STATES[state])

    @property
    def points(self) -> "Points":
        return Points(self.program.place, self.scores.points[self.n])

    @property
    def unjudged(self) -> tuple[str, ...]:
        states = self.scores.states[self.n].tolist()
        keys = self.program.layout.keys
        return tuple(key for key, state in zip(keys, states, strict=True) if state == UNJUDGED)


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


def points_of(lines: Sequence[LineSum]) -> Mapping[str, int]:
    return lines.points if isinstance(lines, Lines) else {line.key: line.points for line in lines}
