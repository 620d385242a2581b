"""From standings to packed vectors. A branch with a value that has no place in the layout stays outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from inspections.standing import Standing
from scoring.packing import Unpackable
from scoring.program import JUDGED, NOT_APPLICABLE, Program, pack_line


@dataclass(frozen=True)
class Observed:
    """`vectors` has a row per branch; rows in `odd` are not whole and belong to the pure evaluator."""

    vectors: np.ndarray
    odd: frozenset[int]


def observed(program: Program, branches: Sequence[Mapping[str, Standing]]) -> Observed:
    vectors, odd = program.blank(len(branches)), set()
    for row, standings in enumerate(branches):
        try:
            write(program, vectors, row, standings)
        except Unpackable:
            odd.add(row)
    return Observed(vectors, frozenset(odd))


def write(
    program: Program, vectors: np.ndarray, row: int, standings: Mapping[str, Standing]
) -> None:
    states = vectors["state"]
    for line, key in enumerate(program.layout.keys):
        standing = standings.get(key)
        if standing is None:
            continue
        states[row, line] = JUDGED if standing.applicable else NOT_APPLICABLE
        if standing.applicable:
            for name, number in pack_line(program, line, standing.values):
                vectors[name][row] = number
