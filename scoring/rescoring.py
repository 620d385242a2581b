"""A cycle scored again from what its results have packed, when the program changed and the observations did not.

Nothing but the results is read, so a whole country takes seconds. What was packed is a cache: a record of
another layout is left to `results.compute`, and `results.differences` always goes back to the records.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from inspections.models import Cycle
from portal.kit import copying
from scoring.columns import DECISION, FIELDS, kept, proposals_of, tiers_told, told_of, with_scores
from scoring.models import Result
from scoring.program import Program, compile_field
from scoring.record import MARK, mark_of, shape_of
from scoring.tallies import program_hash
from scoring.vector import Scores, fits, score

CHUNK = 20_000
READ = ("id", "field", "packed", "total", "tier", "proposal")
JSON = tuple(
    f.attname for f in Result._meta.concrete_fields if f.get_internal_type() == "JSONField"
)
# Read as their text, so that what stays is not parsed and built again.
TEXTS = {f"text_{name}": Cast(name, TextField()) for name in JSON}
PLAIN = tuple(name for name in FIELDS if name not in JSON)
UNDECIDED = {name: getattr(Result(), name) for name in (*DECISION, "decided_tier")}


def rescore(cycle: Cycle, *, everything: bool = False) -> int:
    """Bring the packed results up to this program: those of an older one, or all. Returns how many were scored."""
    rows = Result.objects.filter(cycle=cycle, published_at=None, packed__isnull=False)
    if not everything:
        rows = rows.exclude(program_hash=program_hash())
    found = rows.order_by("pk").values_list(*READ).iterator(chunk_size=CHUNK)
    done = 0
    while chunk := list(islice(found, CHUNK)):
        done += sum(again(cycle, field, own) for field, own in by_field(chunk))
    return done


def by_field(chunk: list[tuple]) -> Iterator[tuple[str, list[tuple]]]:
    fields: dict[str, list[tuple]] = {}
    for row in chunk:
        fields.setdefault(row[1], []).append(row)
    yield from fields.items()


@transaction.atomic
def again(cycle: Cycle, field: str, rows: list[tuple]) -> int:
    program = compile_field(cycle.edition, field)
    if not fits(program):
        return 0
    rows, found = opened_all(program, rows)
    scores = score(program, found["seen"])
    differs = np.flatnonzero(different(program, rows, found, scores))
    rewrite([rows[n][0] for n in differs], program, found[differs], pick(scores, differs))
    older = Result.objects.filter(pk__in=[row[0] for row in rows]).exclude(
        program_hash=program_hash()
    )
    older.update(program_hash=program_hash())
    return len(rows)


def opened_all(program: Program, rows: list[tuple]) -> tuple[list[tuple], np.ndarray]:
    """The rows whose record is of this layout, and the records."""
    shape, mark = shape_of(program), mark_of(program)
    size = MARK + shape.itemsize
    own = [row for row in rows if len(row[2]) == size and bytes(row[2][:MARK]) == mark]
    return own, np.frombuffer(b"".join(row[2][MARK:] for row in own), shape)


def different(program: Program, rows: list[tuple], found: np.ndarray, scores: Scores) -> np.ndarray:
    """Where anything the scores decide is not what is stored."""
    totals = np.array([row[3] for row in rows], np.int64)
    tiers = np.array([row[4] for row in rows], object)
    proposals = np.array([row[5] for row in rows], object)
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


def rewrite(ids: list[int], program: Program, found: np.ndarray, scores: Scores) -> None:
    """New rows in the old ones' places; a decision falls when the proposal it adopted changes."""
    if not ids:
        return
    rows = Result.objects.filter(pk__in=ids).select_for_update().values(*PLAIN, **TEXTS)
    old = {row["id"]: row for row in rows}
    told = told_of(program, with_scores(found.copy(), scores), scores)
    fresh = [succeeding(old[pk], each) for pk, each in zip(ids, told, strict=True)]
    Result.objects.filter(pk__in=ids).delete()
    copying.insert(Result, FIELDS, ([row[name] for name in FIELDS] for row in fresh))


def succeeding(old: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    texts = {name: old[f"text_{name}"] for name in JSON}
    return old | texts | UNDECIDED | told | kept(old, told) | {"program_hash": program_hash()}
