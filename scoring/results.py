"""Results stored per branch and cycle: pulled from what changed, never pushed into requests.

`compute` is the only writer of derived results; a published one is immutable (a trigger says so too).
`differences` computes again and proves stored = recomputed.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Sized
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from branches.models import Meeting, Profile
from inspections.models import Assessment, Cycle, CycleState, Entry
from inspections.standing import Standing, standings
from portal.kit.memory import uncollected
from scoring.columns import DECISION, fresh, settle
from scoring.gathering import gather
from scoring.knowing import read_back
from scoring.models import Detail, Figure, Result
from scoring.passes import Passed, concerned, passed, sums_of
from scoring.record import lines_of, ready
from scoring.rescoring import rescore
from scoring.tallies import Tally, program_hash, tally
from standards.sheets import edition_composition

logger = logging.getLogger(__name__)
BATCH = 2_000
DERIVED = ("path", "name", "unit_name", "field", "total", "unjudged", "tier", "proposal")
MADE_OF = ("told", "chapters", "gates", "packed", "notes", "sources", "sums")


def compute(cycle: Cycle, *, branch_ids: Iterable[int] | None = None, now: datetime) -> int:
    """Derive and store results of the cycle's branches (all, or these). Published ones stay. Returns how many."""
    if not edition_composition(cycle.edition).is_empty:
        return compute_composed(cycle, branch_ids, now=now)
    with uncollected():
        return sum(store(group, now=now) for group in groups(cycle, branch_ids))


@transaction.atomic
def compute_composed(cycle: Cycle, branch_ids: Iterable[int] | None, *, now: datetime) -> int:
    """Under a composition: all branches at once where one result depends on the others."""
    rows = [row for group in groups(cycle, concerned(cycle, branch_ids)) for row in group]
    found = passed(cycle, rows, today=timezone.localdate(now)) if rows else []
    return write(cycle, [as_composed(each, now=now) for each in found], now=now)


def as_composed(each: Passed, *, now: datetime) -> Result:
    result = as_result(each.row, each.tally, now=now)
    result.tier, result.proposal, result.detail.sums = each.tier, each.proposal, sums_of(each)
    return result


def rows_of(cycle: Cycle, branch_ids: Iterable[int] | None):
    rows = Assessment.objects.filter(cycle=cycle).select_related("branch__parent")
    return rows if branch_ids is None else rows.filter(branch_id__in=list(branch_ids))


def groups(cycle: Cycle, branch_ids: Iterable[int] | None) -> Iterator[list[Assessment]]:
    """Lists of at most BATCH assessments in stable order, all with the one cycle in memory."""
    found = rows_of(cycle, branch_ids).order_by("pk")
    # A cursor on the server costs more than one branch itself.
    rows = iter(found) if is_few(branch_ids) else found.iterator(chunk_size=BATCH)
    while group := list(islice(rows, BATCH)):
        for row in group:
            row.cycle = cycle
        yield group


def is_few(branch_ids: Iterable[int] | None) -> bool:
    return isinstance(branch_ids, Sized) and len(branch_ids) <= BATCH


@transaction.atomic
def store(group: list[Assessment], *, now: datetime) -> int:
    """Write what differs, touch what does not. A decision falls when the proposal it adopted changes."""
    chunk = gather(group, today=timezone.localdate(now))
    found = [each for gathered in chunk.gathered for each in fresh(gathered)]
    done = settle(group[0].cycle, found, now=now)
    return done + (store_one_by_one(chunk.odd, now=now) if chunk.odd else 0)


def store_one_by_one(group: list[Assessment], *, now: datetime) -> int:
    """What does not fit columns: the pure evaluator, a row of lines for each clause."""
    derived = [
        as_result(row, each, now=now) for row, each in tallied(group, today=timezone.localdate(now))
    ]
    return write(group[0].cycle, derived, now=now)


def write(cycle: Cycle, derived: list[Result], *, now: datetime) -> int:
    rows = Result.objects.select_for_update(of=("self",)).select_related("detail")
    rows = rows.filter(cycle=cycle, branch_id__in=[result.branch_id for result in derived])
    known = {row.branch_id: row for row in rows}
    fresh, changed, same = [], [], []
    for result in derived:
        old = known.get(result.branch_id)
        if old is None:
            fresh.append(result)
        elif old.published_at is None:
            (same if alike(old, result) else changed).append(succeed(old, result))
    Result.objects.filter(pk__in=[r.pk for r in same]).update(
        computed_at=now, program_hash=program_hash()
    )
    Result.objects.filter(pk__in=[r.pk for r in changed]).delete()
    written = Result.objects.bulk_create([*fresh, *changed])
    for result in written:
        result.detail.result_id = result.pk
    Detail.objects.bulk_create([result.detail for result in written])
    return len(written) + len(same)


def alike(old: Result, new: Result) -> bool:
    return all(getattr(old, name) == getattr(new, name) for name in DERIVED) and all(
        getattr(old.detail, name) == getattr(new.detail, name) for name in MADE_OF
    )


def succeed(old: Result, new: Result) -> Result:
    """The new row in the old one's place: same address, and the decision while it still fits."""
    new.pk = old.pk
    if old.proposal == new.proposal:
        for name in DECISION:
            setattr(new, name, getattr(old, name))
    return new


def tallied(group: list[Assessment], *, today: date) -> Iterator[tuple[Assessment, Tally]]:
    counting = standings(group, today=today)
    for row in group:
        yield row, tally(row.cycle.edition, row.branch, counting[row.pk])


def as_result(row: Assessment, each: Tally, *, now: datetime) -> Result:
    branch, composed = row.branch, each.composed
    result = Result(
        cycle=row.cycle,
        branch=branch,
        path=branch.path,
        name=branch.short_name,
        unit_name=branch.parent.short_name if branch.parent else "",
        field=branch.field,
        total=composed.total,
        unjudged=len(composed.unjudged),
        tier=composed.tier or "",
        proposal=each.proposal,
        program_hash=program_hash(),
        computed_at=now,
    )
    result.detail = Detail(
        told=each.lines,
        chapters=each.chapters,
        gates=[
            {"effect": g.effect, "tier": g.tier, "label": g.label, "label_en": g.label_en}
            for g in composed.gates
        ],
        sources=each.sources,
    )
    return result


def stale(cycle: Cycle, *, now: datetime, branch_ids: Collection[int] | None = None) -> set[int]:
    """Branches (of all, or of these) whose result is missing, of another program, or older than what it is made from, or than today."""
    some = None if branch_ids is None or not is_few(branch_ids) else list(branch_ids)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    results = Result.objects.filter(cycle=cycle)
    holds = results.filter(branch=OuterRef("branch")).filter(
        Q(published_at__isnull=False)
        | Q(
            program_hash=program_hash(),
            computed_at__gte=midnight,
            computed_at__gt=OuterRef("touched_at"),
        )
    )
    rows = Assessment.objects.filter(cycle=cycle, **among("branch", some)).annotate(
        touched_at=Coalesce("changed_at", Value(midnight - timedelta(days=1)))
    )
    old = set(rows.filter(~Exists(holds)).values_list("branch_id", flat=True))
    newest = latest_changes(cycle, since=midnight, some=some)
    overtaken = results.filter(branch__in=list(newest), published_at=None)
    made = overtaken.values_list("branch_id", "computed_at")
    return old | {pk for pk, at in made if newest[pk] >= at}


def among(name: str, some: list[int] | None) -> dict[str, list[int]]:
    return {} if some is None else {f"{name}__in": some}


def latest_changes(cycle: Cycle, *, since: datetime, some: list[int] | None) -> dict[int, datetime]:
    """By branch (of all, or of some) the last moment since `since` that anything but its answers changed.

    What changed before today matters to no result of today, and the others are stale without being asked.
    """
    newest: dict[int, datetime] = {}
    inside = Q(organization__assessments__cycle=cycle, **among("organization", some))
    feeds = [
        Meeting.objects.filter(inside, recorded_at__gte=since)
        .values_list("organization_id")
        .annotate(at=Max("recorded_at")),
        Profile.objects.filter(inside, updated_at__gte=since).values_list(
            "organization_id", "updated_at"
        ),
        Entry.objects.filter(finding__branch__assessments__cycle=cycle, at__gte=since)
        .filter(**among("finding__branch", some))
        .values_list("finding__branch_id")
        .annotate(at=Max("at")),
        Figure.objects.filter(cycle=cycle, at__gte=since, **among("branch", some))
        .values_list("branch_id")
        .annotate(at=Max("at")),
    ]
    for feed in feeds:
        for pk, at in feed:
            newest[pk] = max(at, newest.get(pk, at))
    return newest


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
    rows = [row for group in groups(cycle, concerned(cycle, stored)) for row in group]
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
