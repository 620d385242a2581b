"""Which results something has overtaken, and what was observed of the others as it stands packed in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from django.db.models import Exists, Max, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from branches.models import Meeting, Profile
from inspections.models import Assessment, Cycle, Entry
from scoring.batches import is_few
from scoring.models import Figure, Result
from scoring.program import Program
from scoring.record import opened
from scoring.tallies import program_hash


@dataclass(frozen=True)
class Observed:
    """`stale`: branches that have to be read from the records. Only results of `day` are asked."""

    cycle: Cycle
    day: tuple[datetime, datetime]
    stale: set[int]

    def of(
        self, program: Program, rows: Sequence[Assessment]
    ) -> tuple[list[Assessment], np.ndarray]:
        """Those of the rows that can be answered, and a vector for each."""
        asked = {row.branch_id: row for row in rows if row.branch_id not in self.stale}
        found = Result.objects.filter(
            cycle=self.cycle, branch__in=list(asked), field=program.field,
            computed_at__range=self.day, program_hash=program_hash(),
            published_at=None, detail__packed__isnull=False,
        )  # fmt: skip
        told = list(found.values_list("branch_id", "detail__packed"))
        places, records = opened(program, [packed for _pk, packed in told])
        return [asked[told[place][0]] for place in places], records["seen"]


def observed(cycle: Cycle, *, today: date, branch_ids: Collection[int] | None = None) -> Observed:
    """Of all branches, or of these."""
    begins = timezone.make_aware(datetime.combine(today, time()))
    day = (begins, begins + timedelta(days=1) - timedelta(microseconds=1))
    return Observed(cycle, day, stale(cycle, now=begins, branch_ids=branch_ids))


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
