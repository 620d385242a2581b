"""What was observed of branches whose result nothing has overtaken, as it stands packed in the results."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from django.utils import timezone

from inspections.models import Assessment, Cycle
from scoring import results
from scoring.models import Result
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
    return Observed(cycle, day, results.stale(cycle, now=begins, branch_ids=branch_ids))
