"""Results of a whole chunk from columns: scored, compared with what is stored, written where they differ."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np

from inspections.models import Assessment, Cycle
from portal.kit import copying
from scoring.gathering import Gathered
from scoring.models import Detail, Proposal, Result
from scoring.program import Program
from scoring.record import SPOKEN, mark_of, shape_of
from scoring.tallies import UNJUDGED, program_hash
from scoring.vector import NO_VERDICT, Scores, score

# What decides whether a stored result is still the same; the rest follows from these and the program.
TELLING = ("total", "tier", "proposal", "path", "name", "unit_name", "field", "program_hash")
# The same of its detail.
MADE_OF = ("packed", "notes", "sums")
DECISION = (
    "decided_pass", "decided_tier", "decision_reason", "decided_on", "decided_by_id", "document_number",
)  # fmt: skip
UNDECIDED = {name: getattr(Result(), name) for name in DECISION}
FIELDS = tuple(f.attname for f in Result._meta.concrete_fields if not f.primary_key)
LASTING = {"cycle_id", "branch_id", "published_at", "published_by_id", *DECISION}
CHANGING = tuple(name for name in FIELDS if name not in LASTING)
DETAIL = tuple(f.attname for f in Detail._meta.concrete_fields if not f.primary_key)


@dataclass
class Fresh:
    """One branch's result: `told` and `detail` are what differs from a blank one, JSON as text.

    `is_kept`: of its detail only the sums may be others, and it is as old as it was.
    """

    branch_id: int
    told: dict[str, Any]
    detail: dict[str, Any]
    is_kept: bool = False


def fresh(gathered: Gathered) -> Iterator[Fresh]:
    program = gathered.program
    found = told_of(program, score(program, gathered.vectors))
    details = zip(packed(gathered), sources_told(gathered.said), gathered.notes, strict=True)
    for row, told, (record, sources, notes) in zip(gathered.rows, found, details, strict=True):
        detail = {"packed": record, "sources": sources, "notes": notes}
        yield Fresh(row.branch_id, identity(row) | told, detail)


def told_of(program: Program, scores: Scores) -> Iterator[dict[str, Any]]:
    """For each row the columns of its result that the scores decide."""
    columns = (
        scores.total.tolist(),
        scores.unjudged.tolist(),
        tiers_told(program, scores),
        proposals_of(scores),
    )
    return (dict(zip(DECIDED, told, strict=True)) for told in zip(*columns, strict=True))


DECIDED = ("total", "unjudged", "tier", "proposal")


def tier_keys(program: Program) -> list[str]:
    """The last name stands for NO_TIER, which is -1."""
    return [*(tier.key for tier in program.tiers), ""]


def tiers_told(program: Program, scores: Scores) -> list[str]:
    return np.array(tier_keys(program))[scores.tier].tolist()


PROPOSALS = tuple(word.value for word in Proposal)


def proposals(scores: Scores) -> np.ndarray:
    """Places in PROPOSALS."""
    place = {word: n for n, word in enumerate(PROPOSALS)}
    words = np.where(scores.passes == 1, place[Proposal.PASS], place[Proposal.FAIL])
    silent = np.where(scores.unjudged > 0, place[Proposal.OPEN], place[Proposal.NOT_GRADED])
    return np.where(scores.passes == NO_VERDICT, silent, words)


def proposals_of(scores: Scores) -> list[str]:
    return np.array(PROPOSALS)[proposals(scores)].tolist()


def identity(row: Assessment) -> dict[str, Any]:
    branch = row.branch
    return {
        "path": branch.path,
        "name": branch.short_name,
        "unit_name": branch.parent.short_name if branch.parent else "",
        "field": branch.field,
    }


def packed(gathered: Gathered) -> list[bytes]:
    """The record of each row behind its mark."""
    found = np.zeros(len(gathered.rows), shape_of(gathered.program))
    found["seen"], found["said"] = gathered.vectors, gathered.said
    raw, size, mark = found.tobytes(), found.dtype.itemsize, mark_of(gathered.program)
    return [mark + raw[at : at + size] for at in range(0, len(raw), size)]


def sources_told(said: np.ndarray) -> list[str]:
    """How many lines rest on whose word, as `tallies.counted` counts them."""
    codes = np.unique(said)
    names = [SPOKEN[int(code)][0] if code else UNJUDGED for code in codes]
    counts = np.stack([(said == code).sum(axis=1) for code in codes], axis=1)
    return [source_told(tuple(names), tuple(row)) for row in counts.tolist()]


@lru_cache(maxsize=10_000)
def source_told(names: tuple[str, ...], counts: tuple[int, ...]) -> str:
    found: dict[str, int] = {}
    for name, count in zip(names, counts, strict=True):
        if count:
            found[name] = found.get(name, 0) + count
    return json.dumps(found)


def settle(cycle: Cycle, results: list[Fresh], *, now: datetime) -> int:
    """Write what differs, touch what does not; published ones stay. Call it in a transaction.

    A decision falls when the proposal it adopted changes.
    """
    known = stored(cycle, [each.branch_id for each in results])
    blank = Result(cycle=cycle, program_hash=program_hash(), computed_at=now)
    new, changed, same, fallen = [], [], [], []
    for each in results:
        each.told |= {"program_hash": blank.program_hash}
        old = known.get(each.branch_id)
        if old is None:
            new.append(each)
        elif old["published_at"] is None:
            if alike(old, each):
                same += [] if each.is_kept else [old["id"]]
                continue
            each.told |= {"id": old["id"]} | (
                {"computed_at": old["computed_at"]} if each.is_kept else {}
            )
            changed.append(each)
            if old["decided_pass"] is not None and old["proposal"] != each.told["proposal"]:
                fallen.append(old["id"])
    if same:
        Result.objects.filter(pk__in=same).update(computed_at=now)
    if fallen:
        Result.objects.filter(pk__in=fallen).update(**UNDECIDED)
    copying.update(Result, CHANGING, filled(blank, changed, ("id", *CHANGING)))
    copying.update(Detail, DETAIL, detailed(each for each in changed if not each.is_kept))
    kept = ((each.told["id"], each.detail["sums"]) for each in changed if each.is_kept)
    copying.update(Detail, ("sums",), kept)
    copying.insert(Result, FIELDS, filled(blank, new, FIELDS))
    copying.insert(Detail, ("result_id", *DETAIL), detailed(numbered(cycle, new)))
    return len(new) + len(changed) + len(same)


def stored(cycle: Cycle, branch_ids: list[int]) -> dict[int, dict[str, Any]]:
    names = ("id", "branch_id", "computed_at", "published_at", "decided_pass", *TELLING)
    names += tuple(f"detail__{name}" for name in MADE_OF)
    rows = Result.objects.filter(cycle=cycle, branch_id__in=branch_ids)
    return {row["branch_id"]: row for row in rows.select_for_update(of=("self",)).values(*names)}


def numbered(cycle: Cycle, results: list[Fresh]) -> list[Fresh]:
    """With the keys that the database gave to those just written."""
    rows = Result.objects.filter(cycle=cycle, branch_id__in=[each.branch_id for each in results])
    keys = dict(rows.values_list("branch_id", "id")) if results else {}
    for each in results:
        each.told |= {"id": keys[each.branch_id]}
    return results


def alike(old: dict[str, Any], new: Fresh) -> bool:
    if any(old[name] != new.told[name] for name in TELLING):
        return False
    if old["detail__sums"] != json.loads(new.detail.get("sums", "{}")):
        return False
    return new.is_kept or has_record(old, new.detail)


def has_record(old: dict[str, Any], detail: dict[str, Any]) -> bool:
    return (
        old["detail__packed"] is not None
        and bytes(old["detail__packed"]) == detail["packed"]
        and old["detail__notes"] == (json.loads(detail["notes"]) if detail["notes"] else None)
    )


def filled(blank: Result, rows: list[Fresh], names: tuple[str, ...]) -> Iterator[list[Any]]:
    """A value for each column: what is told, else what a blank result has."""
    template = {name: getattr(blank, name) for name in names}
    for each in rows:
        told = template | each.told | {"branch_id": each.branch_id}
        yield [told[name] for name in names]


def detailed(rows: Iterable[Fresh]) -> Iterator[list[Any]]:
    blank = {name: getattr(Detail(), name) for name in DETAIL}
    template = {k: json.dumps(v) if isinstance(v, dict | list) else v for k, v in blank.items()}
    for each in rows:
        told = template | each.detail
        yield [each.told["id"], *map(told.get, DETAIL)]
