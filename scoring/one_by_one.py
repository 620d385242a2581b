"""Results that fit no columns: the pure evaluator's, with a row of lines for each clause."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from inspections.models import Assessment, Cycle
from inspections.standing import standings
from scoring.columns import DECISION
from scoring.models import Detail, Result
from scoring.tallies import Tally, program_hash, tally

DERIVED = ("path", "name", "unit_name", "field", "total", "unjudged", "tier", "proposal")
MADE_OF = ("told", "chapters", "gates", "packed", "notes", "sources", "sums")


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
