"""The reminder ladder: which findings are due to be told of, to whom, and once.

A rung fires for a finding and its deadline at most once per recipient (a unique row). Only the highest
rung reached fires, so a missed day, or the day the ladder is first switched on, is caught up with one
telling. The inbox is written at once; mail goes out as one digest per person and day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from accounts.outbox import knock
from accounts.roles import Role
from branches.holidays import working_calendar
from branches.models import Organization
from branches.people import in_force
from branches.tree import ancestors
from inspections.digests import owe_digests
from inspections.models import Finding, Fired, Rung
from inspections.windows import next_window

BATCH = 1000
NEEDED = (
    "number",
    "text",
    "due_on",
    "handler_id",
    "unit__path",
    "branch__short_name",
)
HANDLER, LEADER, SECRETARY, COUNTY = Rung.Audience.values
ROLES = {
    HANDLER: (Role.BRANCH_CLERK, Role.CLERK),
    LEADER: (Role.SECRETARY,),
    SECRETARY: (Role.SECRETARY,),
    COUNTY: (Role.COUNTY_OFFICER,),
}


@dataclass(frozen=True)
class Step:
    """One rung: it is reached `offset` calendar days after the deadline (negative: before)."""

    key: str
    level: int
    offset: int
    audience: tuple[str, ...]


# Due soon to the handler, nearer to handler and leader, overdue to the unit's secretary, then the county.
DEFAULT = (
    Step("soon", 1, -3, (HANDLER,)),
    Step("near", 2, -1, (HANDLER, LEADER)),
    Step("overdue", 3, 1, (HANDLER, SECRETARY)),
    Step("county", 4, 7, (SECRETARY, COUNTY)),
)


def ladder(owner_id: int) -> tuple[Step, ...]:
    """The owner's rungs, lowest first; the default until the county sets its own."""
    rows = Rung.objects.filter(owner_id=owner_id).order_by("level")
    own = tuple(Step(r.key, r.level, r.offset, tuple(r.audience)) for r in rows)
    return own or DEFAULT


def remind(*, now: datetime) -> int:
    """Fire what is due and not yet told. Returns the number of tellings."""
    told = 0
    for owner_id in owners():
        steps = ladder(owner_id)
        people = People(owner_id, today=timezone.localdate(now))
        for findings in batches(candidates(owner_id, steps, today=people.today)):
            told += tell_batch(findings, steps, people, now=now)
    return told


def owners() -> list[int]:
    waiting = Finding.objects.filter(stage__in=("issued", "in_progress"), due_on__isnull=False)
    return list(waiting.order_by("owner_id").values_list("owner_id", flat=True).distinct())


def candidates(owner_id: int, steps: tuple[Step, ...], *, today: date):
    """Findings with the unit that have reached the lowest rung."""
    latest = today.toordinal() - min(step.offset for step in steps)
    return (
        Finding.objects.filter(
            owner_id=owner_id,
            stage__in=("issued", "in_progress"),
            is_long_term=False,
            due_on__lte=date.fromordinal(latest),
        )
        .select_related("unit", "branch")
        .only(*NEEDED)
        .order_by("pk")
    )


def batches(rows) -> Iterator[list[Finding]]:
    """By key, not by a cursor held open: memory stays flat, and others may write in between."""
    batch = list(rows[:BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH]) if len(batch) == BATCH else []


def reached(finding: Finding, steps: tuple[Step, ...], *, today: date) -> Step | None:
    """The highest rung whose day has come."""
    late = (today - finding.due_on).days
    return next((step for step in reversed(steps) if step.offset <= late), None)


class People:
    """Who hears of a unit's findings: its holders, else those of the nearest unit above (read once)."""

    def __init__(self, owner_id: int, *, today: date):
        self.today = today
        owner = Organization.objects.get(pk=owner_id)
        self.owner_path = owner.path
        self.by_place: dict[tuple[str, str], list[int]] = {}
        rows = in_force(today).filter(
            organization__path__gte=owner.path, organization__path__lt=owner.path + "~"
        )
        for path, role, user_id in rows.order_by("pk").values_list(
            "organization__path", "role", "user_id"
        ):
            self.by_place.setdefault((path, role), []).append(user_id)

    def of(self, finding: Finding, audience: Iterable[str]) -> set[int]:
        found: set[int] = set()
        for name in audience:
            if name == HANDLER and finding.handler_id:
                found.add(finding.handler_id)
            else:
                found |= set(self.nearest(finding.unit.path, ROLES[name]))
        return found

    def nearest(self, path: str, roles: tuple[str, ...]) -> list[int]:
        for step in reversed(ancestors(path)):
            holders = [pk for role in roles for pk in self.by_place.get((step, role), [])]
            if holders:
                return holders
        return []


def tell_batch(
    findings: list[Finding], steps: tuple[Step, ...], people: People, *, now: datetime
) -> int:
    """One transaction per batch. Two runs at once: the unique key lets one win, the other looks again."""
    for _attempt in range(3):
        try:
            with transaction.atomic():
                return write(findings, steps, people, now=now)
        except IntegrityError:
            continue
    return 0


def write(findings: list[Finding], steps, people: People, *, now: datetime) -> int:
    rows = Fired.objects.filter(finding__in=[finding.pk for finding in findings])
    told = set(rows.values_list("finding_id", "level", "due_on", "recipient_id"))
    fresh = [
        (finding, step, recipient)
        for finding in findings
        if (step := reached(finding, steps, today=people.today))
        for recipient in sorted(people.of(finding, step.audience))
        if (finding.pk, step.level, finding.due_on, recipient) not in told
    ]
    Fired.objects.bulk_create(
        Fired(finding=f, level=s.level, due_on=f.due_on, recipient_id=r, fired_at=now)
        for f, s, r in fresh
    )
    Notice.objects.bulk_create(notice(f, s, r, people.today, now=now) for f, s, r in fresh)
    if fresh:
        recipients = {recipient for _f, _s, recipient in fresh}
        owe_digests(recipients, now=now, due=next_window(now, working_calendar()))
        knock()
    return len(fresh)


def notice(finding: Finding, step: Step, recipient: int, today: date, *, now: datetime) -> Notice:
    late = (today - finding.due_on).days
    return Notice(
        user_id=recipient,
        key=key_of(finding, step, recipient),
        code="finding.overdue" if late > 0 else "finding.due_soon",
        params={
            "branch": finding.branch.short_name,
            "text": finding.text[:60],
            "number": finding.number,
            "due": finding.due_on.isoformat(),
            "days": abs(late),
        },
        url=address(finding.pk),
        created_at=now,
    )


@lru_cache(maxsize=BATCH)
def address(pk: int) -> str:
    """Several people hear of one finding, one after the other."""
    return reverse("inspections:finding", args=[pk])


def key_of(finding: Finding, step: Step, recipient: int) -> str:
    """finding + kind + level + due date, for one person (decisions H)."""
    return f"remind:{finding.pk}:{step.level}:{finding.due_on.isoformat()}:{recipient}"
