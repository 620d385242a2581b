"""The findings behind a board: read once, counted in Python, by the ledger's own definitions."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef

from branches.scope import Actor
from inspections.finding_words import RUNNING
from inspections.models import Extension, Finding, FindingStage

WEEKS = 5
GONE = (FindingStage.CLOSED, FindingStage.WITHDRAWN)


@dataclass(frozen=True)
class Short:
    """What of a finding is counted."""

    path: str
    stage: str
    category: str
    due_on: date | None
    is_long_term: bool
    issued_on: date | None
    asked: bool

    def is_running(self) -> bool:
        return self.stage in RUNNING and self.due_on is not None and not self.is_long_term

    def is_overdue(self, today: date) -> bool:
        return self.is_running() and self.due_on < today

    def is_due_within(self, today: date, days: int) -> bool:
        return self.is_running() and 0 <= (self.due_on - today).days <= days


@dataclass(frozen=True)
class Findings:
    """The open findings the reader may see, and the days on which others were closed lately."""

    rows: tuple[Short, ...]
    today: date
    closed: tuple[tuple[str, date | None, date], ...] = ()
    closed_in_all: int = 0

    @cached_property
    def stages(self) -> Counter:
        return Counter(row.stage for row in self.rows)

    @cached_property
    def overdue(self) -> list[Short]:
        return [row for row in self.rows if row.is_overdue(self.today)]

    @property
    def longest_overdue(self) -> int:
        return max(((self.today - row.due_on).days for row in self.overdue), default=0)

    @property
    def asked(self) -> int:
        return sum(row.asked for row in self.rows)

    def due_within(self, days: int) -> int:
        return sum(row.is_due_within(self.today, days) for row in self.rows)

    def due_on(self, days: Iterable[date]) -> Iterator[tuple[date, int]]:
        load = Counter(row.due_on for row in self.rows if row.is_running())
        return ((day, load[day]) for day in days)

    def under(self, path: str) -> "Findings":
        return Findings(
            tuple(row for row in self.rows if row.path.startswith(path)),
            self.today,
            tuple(row for row in self.closed if row[0].startswith(path)),
        )

    @property
    def categories(self) -> list[tuple[str, int]]:
        return Counter(row.category for row in self.rows if row.category).most_common(5)

    @property
    def by_week(self) -> list[int]:
        """How many were with the units at the end of each of the last weeks, the present last."""
        days = [self.today - timedelta(days=7 * n) for n in range(WEEKS - 1, -1, -1)]
        return [self.open_on(day) for day in days]

    def open_on(self, day: date) -> int:
        still = sum(row.issued_on is not None and row.issued_on <= day for row in self.rows)
        since = sum(
            issued is not None and issued <= day < closed for _path, issued, closed in self.closed
        )
        return still + since


def findings_of(actor: Actor, *, trend: bool = False) -> Findings:
    """One query, two more for the trend and the rate of rectification."""
    seen = Finding.objects.visible_to(actor)
    open_rows = seen.exclude(stage__in=GONE).annotate(
        asked=Exists(Extension.objects.filter(finding=OuterRef("pk"), decided_at=None))
    )
    columns = (
        "branch__path", "stage", "category", "due_on", "is_long_term", "issued_on", "asked",
    )  # fmt: skip
    rows = tuple(Short(*row) for row in open_rows.values_list(*columns))
    if not trend:
        return Findings(rows, actor.today)
    closed = seen.filter(stage=FindingStage.CLOSED)
    lately = closed.filter(closed_on__gt=actor.today - timedelta(days=7 * WEEKS))
    return Findings(
        rows,
        actor.today,
        tuple(lately.values_list("branch__path", "issued_on", "closed_on")),
        closed.count(),
    )
