"""One field of an edition compiled: the frozen layout of its measures, and everything that decides points.

The hashes stand beside whatever was packed: a vector of another layout is never read by this one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from scoring.formula import Chapter, Tier
from scoring.packing import Unpackable, pack, types_of, unpack
from scoring.tallies import chapters_of, program_hash, tiers_of
from standards.composing.shapes import EMPTY, Composition
from standards.models import Edition, EditionState
from standards.rules.options import Options
from standards.rules.shapes import Gate, Measure
from standards.sheets import Line, edition_composition, edition_options, sheet

UNJUDGED, JUDGED, NOT_APPLICABLE = 0, 1, 2
KEPT = 64
MOST_GATES = 62


@dataclass(frozen=True)
class Slot:
    """Where one measure of one line stands: a field of the vector for each number it takes."""

    line: int
    measure: Measure
    names: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """A state for each line, then the slots, little-endian and without gaps."""

    keys: tuple[str, ...]
    slots: tuple[Slot, ...]

    @cached_property
    def dtype(self) -> np.dtype:
        states = [("state", "u1", (len(self.keys),))]
        return np.dtype(
            states
            + [
                (name, type)
                for slot in self.slots
                for name, type in zip(slot.names, slot.types, strict=True)
            ]
        )

    @cached_property
    def of_line(self) -> tuple[tuple[Slot, ...], ...]:
        return tuple(
            tuple(slot for slot in self.slots if slot.line == n) for n in range(len(self.keys))
        )

    @cached_property
    def hash(self) -> str:
        told = [list(self.keys)]
        told += [[s.line, s.measure.name, s.measure.kind, *s.measure.keys, *s.types] for s in self.slots]  # fmt: skip
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Program:
    """`gates`: the (line, step) of each bit in a mask of gates."""

    field: str
    digest: str
    lines: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    tiers: tuple[Tier, ...]
    ceiling: int | None
    options: Options
    layout: Layout
    gates: tuple[tuple[int, int], ...]
    composition: Composition = EMPTY
    base: int = 10_000

    @property
    def plain(self) -> bool:
        """Whether chapters simply add up."""
        return self.composition.is_empty

    @cached_property
    def hash(self) -> str:
        """Of what decides points: the edition, the field, the layout, the code."""
        told = "\n".join([self.digest, self.field, self.layout.hash, program_hash()])
        return hashlib.sha256(told.encode()).hexdigest()

    @cached_property
    def place(self) -> Mapping[str, int]:
        return {key: n for n, key in enumerate(self.layout.keys)}

    @cached_property
    def tables(self) -> dict[int, Any]:
        """What the lines came to before, by line; filled by use (`vector_tables`)."""
        return {}

    @cached_property
    def rows(self) -> dict[int, dict[tuple[int, ...], tuple[int, int]]]:
        """The same for lines with too many values for a table: by line, by what was observed."""
        return {}

    @cached_property
    def conforming(self) -> np.ndarray:
        """One vector on which every measure a person observes is as it should be."""
        vector = self.blank(1)
        for n, line in enumerate(self.lines):
            for name, number in pack_line(self, n, line.conforming):
                vector[name] = number
        return vector

    @cached_property
    def packs(self) -> bool:
        """Whether even a sheet without a fault has its place in the layout."""
        try:
            return len(self.conforming) == 1
        except Unpackable:
            return False

    def blank(self, count: int) -> np.ndarray:
        """Vectors on which nobody has judged anything yet."""
        return np.zeros(count, self.layout.dtype)


_kept: dict[tuple[str, str], Program] = {}


def compile_field(edition: Edition, field: str) -> Program:
    """Issued editions never change, so their programs are kept; a draft is compiled afresh each time."""
    if edition.state == EditionState.DRAFT:
        return compiled(edition, field)
    key = (edition.digest, field)
    if key not in _kept:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = compiled(edition, field)
    return _kept[key]


def compiled(edition: Edition, field: str) -> Program:
    return compiled_of(edition, field, sheet(edition, field))


def compiled_of(edition: Edition, field: str, lines: tuple[Line, ...]) -> Program:
    return Program(
        field=field,
        digest=edition.digest,
        lines=lines,
        chapters=chapters_of(lines),
        tiers=tiers_of(edition),
        ceiling=edition.ceiling,
        options=edition_options(edition),
        layout=layout_of(lines),
        gates=gates_of(lines),
        composition=edition_composition(edition),
        base=edition.base,
    )


def layout_of(lines: tuple[Line, ...]) -> Layout:
    slots = [
        Slot(n, measure, tuple(f"{n}.{m}.{i}" for i in range(len(types_of(measure)))), types_of(measure))
        for n, line in enumerate(lines)
        for m, measure in enumerate(line.rule.measures)
    ]  # fmt: skip
    return Layout(tuple(line.key for line in lines), tuple(slots))


def gates_of(lines: tuple[Line, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (n, place)
        for n, line in enumerate(lines)
        for place, step in enumerate(line.rule.steps)
        if isinstance(step, Gate)
    )


def pack_line(
    program: Program, line: int, values: Mapping[str, Any]
) -> tuple[tuple[str, int], ...]:
    """(field of the vector, number) for each measure of the line. Raises Unpackable."""
    return tuple(
        pair
        for slot in program.layout.of_line[line]
        for pair in zip(slot.names, pack(slot.measure, values.get(slot.measure.name)), strict=True)
    )


def unpack_line(program: Program, line: int, vector: np.void) -> dict[str, Any]:
    return {
        slot.measure.name: unpack(slot.measure, tuple(int(vector[name]) for name in slot.names))
        for slot in program.layout.of_line[line]
    }
