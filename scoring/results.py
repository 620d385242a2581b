"""Results stored per branch and cycle: pulled from what changed, never pushed into requests.

`compute` is the only writer of derived results; a published one is immutable (a trigger says so too).
`differences` computes again and proves stored = recomputed.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from inspections.models import Assessment, Cycle, CycleState
from inspections.standing import Standing
from portal.kit.memory import uncollected
from scoring.batches import groups
from scoring.columns import fresh, settle
from scoring.gathering import gather
from scoring.knowing import read_back
from scoring.models import Result
from scoring.one_by_one import store_one_by_one, tallied
from scoring.passes import are_compared, passed, sums_of
from scoring.record import lines_of, ready
from scoring.rescoring import rescore
from scoring.tallies import Tally, tally
from scoring.together import compute_composed
from scoring.up_to_date import stale
from standards.sheets import edition_composition

logger = logging.getLogger(__name__)


def compute(cycle: Cycle, *, branch_ids: Iterable[int] | None = None, now: datetime) -> int:
    """Derive and store results of the cycle's branches (all, or these). Published ones stay. Returns how many."""
    if not edition_composition(cycle.edition).is_empty:
        return compute_composed(cycle, branch_ids, now=now)
    with uncollected():
        return sum(store(group, now=now) for group in groups(cycle, branch_ids))


@transaction.atomic
def store(group: list[Assessment], *, now: datetime) -> int:
    """Write what differs, touch what does not. A decision falls when the proposal it adopted changes."""
    chunk = gather(group, today=timezone.localdate(now))
    found = [each for gathered in chunk.gathered for each in fresh(gathered)]
    done = settle(group[0].cycle, found, now=now)
    return done + (store_one_by_one(chunk.odd, now=now) if chunk.odd else 0)


def refresh(*, now: datetime) -> int:
    """Bring the results of every running cycle up to date: the chore behind task and command."""
    done = 0
    for cycle in Cycle.objects.filter(state=CycleState.OPEN).select_related("edition"):
        done += rescore(cycle)
        ids = stale(cycle, now=now)
        done += compute(cycle, branch_ids=ids, now=now) if ids else 0
    return done


def prove(*, now: datetime) -> int:
    """The nightly proof of the running cycles: each difference is logged, then the cycle computed again."""
    refresh(now=now)
    found = 0
    for cycle in Cycle.objects.filter(state=CycleState.OPEN).select_related("edition"):
        lines = list(differences(cycle))
        for line in lines:
            logger.error("stored and recomputed result differ: %s", line)
        if lines:
            compute(cycle, now=now)
        found += len(lines)
    return found


def differences(cycle: Cycle, *, branch_ids: Iterable[int] | None = None) -> Iterator[str]:
    """Stored results (all, or of these branches) that a new computation by the pure way does not reproduce.

    A derived one is computed from today's records as of the day it was made, a published one from the
    observations frozen in its lines.
    """
    rows = Result.objects.filter(cycle=cycle).select_related("detail")
    rows = rows if branch_ids is None else rows.filter(branch_id__in=list(branch_ids))
    stored = {r.branch_id: r for r in rows}
    for result in stored.values():
        result.cycle = cycle
    ready(stored.values())
    if not edition_composition(cycle.edition).is_empty:
        yield from composed_differences(cycle, stored)
        return
    for group in groups(cycle, stored):
        by_day: dict[date, list[Assessment]] = {}
        for row in group:
            result = stored[row.branch_id]
            if result.published_at:
                yield from unlike(result, tally(cycle.edition, row.branch, frozen(result)))
            else:
                by_day.setdefault(timezone.localdate(result.computed_at), []).append(row)
        for day, rows in by_day.items():
            for row, each in tallied(rows, today=day):
                yield from unlike(stored[row.branch_id], each)


def composed_differences(cycle: Cycle, stored: dict[int, Result]) -> Iterator[str]:
    """As `differences`: published ones from what they keep, the others all together as of their day."""
    rows = [
        row for group in groups(cycle, None if are_compared(cycle) else stored) for row in group
    ]
    for row in rows:
        result = stored.get(row.branch_id)
        if result is not None and result.published_at:
            known = read_back(result.sums.get("known", {}))
            again = tally(cycle.edition, row.branch, frozen(result), known=known)
            yield from unlike(result, again, moved=result.sums.get("moved"))
    days = {timezone.localdate(r.computed_at) for r in stored.values() if not r.published_at}
    for day in sorted(days):
        for each in passed(cycle, rows, today=day):
            result = stored.get(each.row.branch_id)
            if result is None or result.published_at:
                continue
            if timezone.localdate(result.computed_at) == day:
                yield from unlike(result, each.tally, moved=sums_of(each)["moved"])


def frozen(result: Result) -> dict[str, Standing]:
    """The standings a result was made of, read back from its own lines."""
    return {
        line["key"]: Standing(
            source=line["source"],
            how=line["how"],
            applicable=line["applicable"],
            values=line["values"],
            remark=line["remark"],
            paper=line["paper"],
            by_name=line["by"],
            on=date.fromisoformat(line["on"]) if line["on"] else None,
            evidence=line["evidence"],
        )
        for line in lines_of(result)
        if "source" in line
    }


def unlike(result: Result, each: Tally, *, moved: list[str] | None = None) -> Iterator[str]:
    """`moved` [earned, now, quota]: the tier and what it proposes are then the quota's."""
    tier = moved[1] if moved else each.composed.tier or ""
    proposal = result.proposal if moved else each.proposal
    fresh = (each.composed.total, tier, proposal, each.lines)
    if fresh != (result.total, result.tier, result.proposal, lines_of(result)):
        yield f"{result.cycle_id}/{result.branch_id} {result.name}: {result.total} != {fresh[0]}"
