"""A cycle scored again from what its results have packed, when the program changed and the observations did not.

Nothing but the results is read, so a whole country takes seconds. What was packed is a cache: a record of
another layout is left to `results.compute`, and `results.differences` always goes back to the records.
"""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from django.db import transaction

from branches.models import SHEET_CHOICES
from inspections.models import Cycle
from portal.kit.ahead import ahead
from scoring.columns import UNDECIDED, proposals
from scoring.models import Result
from scoring.packed_rows import CHUNK, Chunk, Names, change, chunks, names_of
from scoring.program import Program, compile_field
from scoring.record import MARK, mark_of, shape_of
from scoring.vector import fits, score

Scored = tuple[Chunk, np.ndarray, np.ndarray]
FIGURES = ("total", "unjudged", "tier", "proposal")


def rescore(cycle: Cycle, *, everything: bool = False, at_once: int = CHUNK) -> int:
    """Bring the packed results up to this program: those of an older one, or all. Returns how many were scored.

    Where there are more than `at_once`, the next are read and scored while some are written.
    """
    programs = programs_of(cycle)
    if not programs:
        return 0
    names = names_of(programs)

    def scored(*, after: int = 0) -> Iterator[Scored]:
        for chunk in chunks(cycle, names, at_once, after=after, everything=everything):
            yield chunk, *rescored(chunk, programs)

    first = next(scored(), None)
    if first is None:
        return 0
    done, rows = written(*first, names), first[0].rows
    if len(rows) < at_once:
        return done
    onward = partial(scored, after=int(rows["id"][-1]))
    return done + sum(written(*each, names) for each in ahead(onward))


def programs_of(cycle: Cycle) -> list[Program]:
    """Of the kinds of organization that the edition has a sheet for, as far as columns say all of their results."""
    found = (compile_field(cycle.edition, field) for field, _word in SHEET_CHOICES)
    return [each for each in found if each.plain and fits(each)]


@transaction.atomic
def written(chunk: Chunk, fresh: np.ndarray, scored: np.ndarray, names: Names) -> int:
    """Write what differs, or is of an older program. Returns how many were scored."""
    rows = chunk.rows
    differs = np.any([fresh[name] != rows[name] for name in FIGURES], axis=0)
    fallen = scored & (rows["decided"] == 1) & (fresh["proposal"] != rows["proposal"])
    if fallen.any():
        Result.objects.filter(pk__in=rows["id"][fallen].tolist(), published_at=None).update(**UNDECIDED)  # fmt: skip
    due = scored & (differs | (rows["is_current"] == 0))
    if due.any():
        change(fresh[due], names)
    return int(scored.sum())


def rescored(chunk: Chunk, programs: Sequence[Program]) -> tuple[np.ndarray, np.ndarray]:
    """The rows with new figures, and which of them could be scored."""
    fresh, scored = chunk.rows.copy(), np.zeros(len(chunk.rows), bool)
    for place, program in enumerate(programs, 1):
        own, seen = observed(program, chunk, fresh["field"] == place)
        if not len(own):
            continue
        scores = score(program, seen)
        scored[own] = True
        fresh["total"][own], fresh["unjudged"][own] = scores.total, scores.unjudged
        # NO_TIER is -1 and the last name is none: counted from 1, both are the last place.
        fresh["tier"][own] = scores.tier % (len(program.tiers) + 1) + 1
        fresh["proposal"][own] = proposals(scores) + 1
    return fresh, scored


def observed(program: Program, chunk: Chunk, is_own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places of the rows whose record is of this layout, and what was observed of them."""
    shape, mark = shape_of(program), np.frombuffer(mark_of(program), np.uint8)
    size = MARK + shape.itemsize
    own = np.flatnonzero(is_own & (chunk.sizes == size))
    records = chunk.records[own, :size]
    like = (records[:, :MARK] == mark).all(axis=1)
    if not like.all():
        own, records = own[like], records[like]
    return own, np.ascontiguousarray(records[:, MARK:]).view(shape).reshape(-1)["seen"]
