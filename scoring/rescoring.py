"""A cycle scored again from what its results have packed, when the program changed and the observations did not.

Nothing but the results is read, so a whole country takes seconds. What was packed is a cache: a record of
another layout is left to `results.compute`, and `results.differences` always goes back to the records.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from inspections.models import Cycle
from portal.kit import copying
from scoring.columns import UNDECIDED, proposals_of, tiers_told, told_of, with_scores
from scoring.models import Result
from scoring.program import Program, compile_field
from scoring.record import MARK, mark_of, shape_of
from scoring.tallies import program_hash
from scoring.vector import Scores, fits, score

CHUNK = 20_000
# The moment as text: nobody reckons with it, it only has to be the same still.
READ = (
    "id",
    Cast("computed_at", TextField()),
    "field",
    "program_hash",
    "packed",
    "total",
    "tier",
    "proposal",
)
WRITTEN = ("total", "chapters", "gates", "unjudged", "tier", "proposal", "packed")


class Row(NamedTuple):
    pk: int
    computed_at: str
    field: str
    program_hash: str
    packed: bytes
    total: int
    tier: str
    proposal: str


def rescore(cycle: Cycle, *, everything: bool = False) -> int:
    """Bring the packed results up to this program: those of an older one, or all. Returns how many were scored."""
    rows = Result.objects.filter(cycle=cycle, published_at=None, packed__isnull=False)
    if not everything:
        rows = rows.exclude(program_hash=program_hash())
    found = map(Row._make, rows.order_by("pk").values_list(*READ).iterator(chunk_size=CHUNK))
    done = 0
    while chunk := list(islice(found, CHUNK)):
        done += sum(again(cycle, field, own) for field, own in by_field(chunk))
    return done


def by_field(chunk: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    fields: dict[str, list[Row]] = {}
    for row in chunk:
        fields.setdefault(row.field, []).append(row)
    yield from fields.items()


@transaction.atomic
def again(cycle: Cycle, field: str, rows: list[Row]) -> int:
    program = compile_field(cycle.edition, field)
    if not fits(program):
        return 0
    rows, found = opened_all(program, rows)
    scores = score(program, found["seen"])
    differs = different(program, rows, found, scores)
    older = [row.pk for row in rows if row.program_hash != program_hash()]
    if older:
        Result.objects.filter(pk__in=older, published_at=None).update(program_hash=program_hash())
    here = np.flatnonzero(differs)
    if len(here):
        rewrite([rows[n] for n in here], program, found[here], pick(scores, here))
    return len(rows)


def opened_all(program: Program, rows: list[Row]) -> tuple[list[Row], np.ndarray]:
    """The rows whose record is of this layout, and the records."""
    shape, mark = shape_of(program), mark_of(program)
    size = MARK + shape.itemsize
    own = [row for row in rows if len(row.packed) == size and bytes(row.packed[:MARK]) == mark]
    return own, np.frombuffer(b"".join(row.packed[MARK:] for row in own), shape)


def different(program: Program, rows: list[Row], found: np.ndarray, scores: Scores) -> np.ndarray:
    """Where anything the scores decide is not what is stored."""
    totals = np.array([row.total for row in rows], np.int64)
    tiers = np.array([row.tier for row in rows], object)
    proposals = np.array([row.proposal for row in rows], object)
    return (
        (totals != scores.total)
        | (tiers != np.array(tiers_told(program, scores), object))
        | (proposals != np.array(proposals_of(program, scores), object))
        | (found["points"] != scores.points).any(axis=1)
        | (found["came"] != scores.states).any(axis=1)
        | (found["gates"] != scores.gates)
    )


def pick(scores: Scores, rows: np.ndarray) -> Scores:
    columns = {name: value[rows] for name, value in vars(scores).items() if name != "by_hand"}
    return Scores(**columns, by_hand=scores.by_hand)


def rewrite(rows: list[Row], program: Program, found: np.ndarray, scores: Scores) -> None:
    """What was computed or published meanwhile stays; a decision falls when the proposal it adopted changes."""
    told = list(told_of(program, with_scores(found.copy(), scores), scores))
    fallen = [
        row.pk for row, new in zip(rows, told, strict=True) if row.proposal != new["proposal"]
    ]
    if fallen:
        Result.objects.filter(pk__in=fallen, published_at=None).update(**UNDECIDED)
    copying.update(
        Result,
        WRITTEN,
        (
            (row.pk, row.computed_at, None, *map(new.get, WRITTEN))
            for row, new in zip(rows, told, strict=True)
        ),
        same=("computed_at", "published_at"),
    )
