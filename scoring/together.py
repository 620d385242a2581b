"""Results of a cycle whose edition has a composition: completed from columns, together where one depends on the others.

Where branches are compared, a change in one asks the others nothing: what was observed of them stands packed
in their results, unless something has overtaken these as well.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.models import Assessment, Cycle
from inspections.standing import standings
from portal.kit.memory import uncollected
from scoring.batches import by_field, groups, sliced
from scoring.columns import Fresh, identity, packed, settle, sources_told
from scoring.footing import ByHand, Part, footings_of
from scoring.gathering import Gathered, gather_all
from scoring.knowing import known_for, totals_kept
from scoring.models import Result
from scoring.one_by_one import as_result, write
from scoring.passes import Passed, are_compared, reckoned, sums_of
from scoring.program import compile_field
from scoring.up_to_date import observed
from scoring.vector import fits


def compute_composed(cycle: Cycle, branch_ids: Iterable[int] | None, *, now: datetime) -> int:
    """Returns how many were computed."""
    ids = None if branch_ids is None else set(branch_ids)
    with uncollected():
        if not are_compared(cycle):
            return sum(store(cycle, group, [], now=now) for group in groups(cycle, ids))
        rows = [row for group in groups(cycle, None) for row in group]
        return store(cycle, rows, [] if ids is None else kept(cycle, rows, ids, now=now), now=now)


def kept(cycle: Cycle, rows: Sequence[Assessment], asked: set[int], *, now: datetime) -> list[Part]:
    """Of the branches nobody asked for those whose result nothing has overtaken."""
    found = observed(cycle, today=timezone.localdate(now))
    found = replace(found, stale=found.stale | asked)
    programs = {key: compile_field(cycle.edition, key) for key in by_field(rows)}
    return [
        Part(programs[key], *found.of(programs[key], own))
        for key, own in by_field(rows).items()
        if fits(programs[key])
    ]


@transaction.atomic
def store(
    cycle: Cycle, rows: Sequence[Assessment], unasked: Sequence[Part], *, now: datetime
) -> int:
    """Of the unasked only what the others moved is written."""
    if not rows:
        return 0
    today = timezone.localdate(now)
    known = {row.pk for part in unasked for row in part.rows}
    chunk = gather_all([row for row in rows if row.pk not in known], today=today)
    parts = [Part(each.program, each.rows, each.vectors) for each in chunk.gathered]
    heard = standings(chunk.odd, today=today)
    footings = footings_of([*unasked, *parts])
    footings |= {row.pk: ByHand(row, heard[row.pk]) for row in chunk.odd}
    summed = totals_kept(cycle, [row for part in unasked for row in part.rows])
    asked = known_for(cycle, rows, today=today, summed=summed)
    found = {each.row.pk: each for each in reckoned(cycle, rows, footings, asked)}
    fresh = [*moved(unasked, found), *seen(chunk.gathered, found)]
    done = sum(settle(cycle, list(some), now=now) for some in sliced(fresh))
    odd = [as_composed(found[row.pk], now=now) for row in chunk.odd]
    return done + (write(cycle, odd, now=now) if odd else 0)


def seen(parts: Iterable[Gathered], found: Mapping[int, Passed]) -> Iterator[Fresh]:
    for part in parts:
        details = zip(packed(part), sources_told(part.said), part.notes, strict=True)
        for row, (record, sources, notes) in zip(part.rows, details, strict=True):
            detail = {"packed": record, "sources": sources, "notes": notes}
            yield told(found[row.pk], detail)


def moved(parts: Iterable[Part], found: Mapping[int, Passed]) -> Iterator[Fresh]:
    return (told(found[row.pk], {}, is_kept=True) for part in parts for row in part.rows)


def told(each: Passed, detail: dict[str, Any], *, is_kept: bool = False) -> Fresh:
    composed = each.tally.composed
    decided = {
        "total": composed.total,
        "unjudged": len(composed.unjudged),
        "tier": each.tier,
        "proposal": each.proposal,
    }
    sums = {"sums": json.dumps(sums_of(each))}
    return Fresh(each.row.branch_id, identity(each.row) | decided, detail | sums, is_kept)


def as_composed(each: Passed, *, now: datetime) -> Result:
    result = as_result(each.row, each.tally, now=now)
    result.tier, result.proposal, result.detail.sums = each.tier, each.proposal, sums_of(each)
    return result
