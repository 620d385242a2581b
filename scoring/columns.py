"""Results of a whole chunk from columns: scored, compared with what is stored, written where they differ."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np

from inspections.models import Assessment, Cycle
from portal.kit import copying
from scoring.gathering import Gathered
from scoring.models import Proposal, Result
from scoring.program import Program
from scoring.record import SPOKEN, mark_of, shape_of
from scoring.tallies import UNJUDGED, program_hash
from scoring.vector import NO_VERDICT, Scores, score

# What decides whether a stored result is still the same; the rest follows from these and the program.
TELLING = (
    "total",
    "proposal",
    "packed",
    "notes",
    "path",
    "name",
    "unit_name",
    "field",
    "program_hash",
)
DECISION = (
    "decided_pass", "decided_tier", "decision_reason", "decided_on", "decided_by_id", "document_number",
)  # fmt: skip
UNDECIDED = {name: getattr(Result(), name) for name in DECISION}
FIELDS = tuple(f.attname for f in Result._meta.concrete_fields if not f.primary_key)
LASTING = {"cycle_id", "branch_id", "published_at", "published_by_id", *DECISION}
CHANGING = tuple(name for name in FIELDS if name not in LASTING)


@dataclass
class Fresh:
    """One branch's result: `told` is what differs from a blank result, JSON as text."""

    branch_id: int
    told: dict[str, Any]


def fresh(gathered: Gathered) -> Iterator[Fresh]:
    program = gathered.program
    scores = score(program, gathered.vectors)
    found = told_of(program, records(gathered, scores), scores)
    sources = sources_told(gathered.said)
    for row, told, spoke, notes in zip(gathered.rows, found, sources, gathered.notes, strict=True):
        spoken = {"sources": spoke, "told": "[]", "notes": notes}
        yield Fresh(row.branch_id, identity(row) | told | spoken)


def told_of(program: Program, found: np.ndarray, scores: Scores) -> Iterator[dict[str, Any]]:
    """For each record the columns of its result that the scores decide."""
    packed, mark = cut(found), mark_of(program)
    chapters, gates = chapters_told(program, scores), scores.gates.tolist()
    totals, proposals = scores.total.tolist(), proposals_of(program, scores)
    unjudged, tiers = scores.unjudged.tolist(), tiers_told(program, scores)
    for n in range(len(found)):
        yield {
            "total": totals[n],
            "chapters": chapters[n],
            "gates": gates_told(program, gates[n]),
            "unjudged": unjudged[n],
            "tier": tiers[n],
            "proposal": proposals[n],
            "packed": mark + packed[n],
        }


def tiers_told(program: Program, scores: Scores) -> list[str]:
    # The last name stands for NO_TIER, which is -1.
    names = np.array([*(tier.key for tier in program.tiers), ""])
    return names[scores.tier].tolist()


def identity(row: Assessment) -> dict[str, Any]:
    branch = row.branch
    return {
        "path": branch.path,
        "name": branch.short_name,
        "unit_name": branch.parent.short_name if branch.parent else "",
        "field": branch.field,
    }


def records(gathered: Gathered, scores: Scores) -> np.ndarray:
    found = np.zeros(len(gathered.rows), shape_of(gathered.program))
    found["seen"], found["said"] = gathered.vectors, gathered.said
    return with_scores(found, scores)


def with_scores(found: np.ndarray, scores: Scores) -> np.ndarray:
    found["points"], found["came"], found["gates"] = scores.points, scores.states, scores.gates
    return found


def cut(found: np.ndarray) -> list[bytes]:
    raw, size = found.tobytes(), found.dtype.itemsize
    return [raw[at : at + size] for at in range(0, len(raw), size)]


def chapters_told(program: Program, scores: Scores) -> list[str]:
    keys = [(json.dumps(chapter.key), chapter.maximum) for chapter in program.chapters]
    columns = zip(
        scores.chapters.tolist(), scores.scaled.tolist(), scores.zeroed.tolist(), strict=True
    )
    return [
        "{" + ", ".join(map(chapter_told, keys, points, scaled, zeroed)) + "}"
        for points, scaled, zeroed in columns
    ]


@lru_cache(maxsize=50_000)
def chapter_told(chapter: tuple[str, int], points: int, scaled: bool, zeroed: bool) -> str:
    key, maximum = chapter
    found = {"points": points, "maximum": maximum, "scaled": scaled, "zeroed": zeroed}
    return f"{key}: {json.dumps(found)}"


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


def proposals_of(program: Program, scores: Scores) -> list[str]:
    words = np.where(scores.passes == 1, Proposal.PASS.value, Proposal.FAIL.value)
    silent = np.where(scores.unjudged > 0, Proposal.OPEN.value, Proposal.NOT_GRADED.value)
    return np.where(scores.passes == NO_VERDICT, silent, words).tolist()


def gates_told(program: Program, mask: int) -> str:
    if not mask:
        return "[]"
    hits = (
        program.lines[line].rule.steps[step]
        for bit, (line, step) in enumerate(program.gates)
        if mask >> bit & 1
    )
    named = ("effect", "tier", "label", "label_en")
    found = [{name: getattr(gate, name) for name in named} for gate in hits]
    return json.dumps(found, ensure_ascii=False)


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
            if alike(old, each.told):
                same.append(old["id"])
                continue
            each.told |= {"id": old["id"]}
            changed.append(each)
            if old["decided_pass"] is not None and old["proposal"] != each.told["proposal"]:
                fallen.append(old["id"])
    if same:
        Result.objects.filter(pk__in=same).update(computed_at=now)
    if fallen:
        Result.objects.filter(pk__in=fallen).update(**UNDECIDED)
    copying.update(Result, CHANGING, filled(blank, changed, ("id", *CHANGING)))
    copying.insert(Result, FIELDS, filled(blank, new, FIELDS))
    return len(new) + len(changed) + len(same)


def stored(cycle: Cycle, branch_ids: list[int]) -> dict[int, dict[str, Any]]:
    names = ("id", "branch_id", "published_at", "decided_pass", *TELLING)
    rows = Result.objects.filter(cycle=cycle, branch_id__in=branch_ids).select_for_update()
    return {row["branch_id"]: row for row in rows.values(*names)}


def alike(old: dict[str, Any], told: dict[str, Any]) -> bool:
    return all(same(name, old[name], told[name]) for name in TELLING)


def same(name: str, old: Any, new: Any) -> bool:
    if name == "packed":
        return old is not None and bytes(old) == new
    if name == "notes":
        return old == (json.loads(new) if new else None)
    return old == new


def filled(blank: Result, rows: list[Fresh], names: tuple[str, ...]) -> Iterator[list[Any]]:
    """A value for each column: what is told, else what a blank result has."""
    template = {name: getattr(blank, name) for name in names}
    template |= {k: json.dumps(v) for k, v in template.items() if isinstance(v, dict | list)}
    for each in rows:
        told = template | each.told | {"branch_id": each.branch_id}
        yield [told[name] for name in names]
