"""Vectors of one edition turned into another's: what both observe alike is copied, the rest is read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from inspections.models import Assessment
from inspections.standing import Heard
from scoring.gathering import gather
from scoring.program import Program, compile_field, compiled_of
from scoring.vector import fits
from standards.models import Edition
from standards.sheets import Line


@dataclass(frozen=True)
class Turn:
    """One field's two programs. `kept`: (line of the new one, line of the old); `rest`: the lines to be read."""

    old: Program
    new: Program
    kept: tuple[tuple[int, int], ...]
    rest: Program

    @property
    def keys(self) -> set[str]:
        return {line.key for line in self.rest.lines}


def turn(old: Edition, new: Edition, field: str) -> Turn | None:
    """None where one of the two is not scored in columns."""
    before, after = compile_field(old, field), compile_field(new, field)
    if not (fits(before) and fits(after)):
        return None
    kept = alike(before, after)
    copied = {n for n, _place in kept}
    rest = tuple(line for n, line in enumerate(after.lines) if n not in copied)
    return Turn(before, after, kept, compiled_of(new, field, rest))


def alike(old: Program, new: Program) -> tuple[tuple[int, int], ...]:
    """(line of the new one, line of the old) where both observe the same in the same way."""
    same = old.options == new.options
    return tuple(
        (n, old.place[line.key])
        for n, line in enumerate(new.lines)
        if line.key in old.place
        and seen_alike(old.lines[old.place[line.key]], line, same_options=same)
    )


def seen_alike(old: Line, new: Line, *, same_options: bool) -> bool:
    """Options say how meetings are counted, so they matter where something is taken from records."""
    return old.rule == new.rule and old.applies == new.applies and (same_options or not new.derived)


def turned(
    by: Turn, rows: Sequence[Assessment], vectors: np.ndarray, *, today: date, heard: Heard
) -> tuple[list[int], np.ndarray]:
    """`vectors` of the old program, one for each of `rows`, whose cycle is under the new edition.

    Returns places of rows, and their vectors under the new program: of those whose values fit.
    """
    where = {row.pk: n for n, row in enumerate(rows)}
    read, fresh = read_rest(by.rest, rows, today=today, heard=heard)
    here = [where[row.pk] for row in read]
    onward, vectors = by.new.blank(len(here)), vectors[here]
    for n, old in by.kept:
        copy_line(by.new, n, onward, by.old, old, vectors)
    for n, line in enumerate(by.rest.lines):
        copy_line(by.new, by.new.place[line.key], onward, by.rest, n, fresh)
    return here, onward


def read_rest(
    rest: Program, rows: Sequence[Assessment], *, today: date, heard: Heard
) -> tuple[Sequence[Assessment], np.ndarray]:
    if not rest.lines or not rows:
        return rows, rest.blank(len(rows))
    listen = partial(lambda heard, _rows, *, sources: heard, heard)
    chunk = gather(list(rows), today=today, hearing=listen, program_of=lambda _field: rest)
    return (
        (chunk.gathered[0].rows, chunk.gathered[0].vectors)
        if chunk.gathered
        else ([], rest.blank(0))
    )


def copy_line(new: Program, n: int, onward: np.ndarray, old: Program, at: int, vectors) -> None:
    onward["state"][:, n] = vectors["state"][:, at]
    for slot, before in zip(new.layout.of_line[n], old.layout.of_line[at], strict=True):
        for name, known in zip(slot.names, before.names, strict=True):
            onward[name] = vectors[known]
