"""Reminders that must go out, known beforehand: by a table of its own, not by the code under test."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from branches.models import Organization, OrgKind
from branches.tests.make import make_actor, make_branch, make_organization
from inspections.models import Finding

CLERK, SECRETARY, OFFICER = "clerk", "secretary", "officer"
# Days past the deadline, level, who hears of it. None of them reaches the next rung at midnight.
RUNGS = (
    (-3, 1, (CLERK,)),
    (-1, 2, (CLERK, SECRETARY)),
    (2, 3, (CLERK, SECRETARY)),
    (30, 4, (SECRETARY, OFFICER)),
)
PER_BRANCH = 4
LINES_PER_BRANCH = sum(len(people) for _late, _level, people in RUNGS)


@dataclass(frozen=True)
class Line:
    """One telling that must happen exactly once."""

    number: str
    level: int
    due_on: date
    user_id: int


@dataclass
class Wave:
    """Findings that become due together, each branch in one wave only, so that a person's lines come at once."""

    findings: list[Finding] = field(default_factory=list)
    lines: set[Line] = field(default_factory=set)


def make_story(*, reminders: int, waves: int) -> list[Wave]:
    """At least so many tellings, over branches with a clerk and a secretary each."""
    today = timezone.localdate()
    county = make_organization(name="安禾县委组织部", kind=OrgKind.DEPARTMENT)
    officer = person(county, Role.COUNTY_OFFICER)
    story = [Wave() for _n in range(waves)]
    for n in range(-(-reminders // LINES_PER_BRANCH)):
        branch = make_branch(parent=county)
        people = {
            CLERK: person(branch, Role.BRANCH_CLERK),
            SECRETARY: person(branch, Role.SECRETARY),
            OFFICER: officer,
        }
        add(story[n % waves], branch, people, county=county, today=today)
    return story


def person(organization: Organization, role: Role) -> User:
    user = make_actor(organization=organization, role=role, today=timezone.localdate()).user
    user.email = f"{user.username}@example.test"
    user.save(update_fields=["email"])
    return user


def add(wave: Wave, branch: Organization, people: dict[str, User], *, county, today) -> None:
    for late, level, audience in RUNGS:
        number = f"F-{branch.pk}-{level}"
        due_on = today - timedelta(days=late)
        wave.findings.append(
            overdue(number, branch, due_on=due_on, owner=county, by=people[OFFICER])
        )
        wave.lines |= {Line(number, level, due_on, people[name].pk) for name in audience}


def overdue(number: str, branch, *, due_on: date, owner, by: User, now: datetime | None = None):
    return Finding(
        owner=owner,
        branch=branch,
        unit=branch,
        number=number,
        source="acceptance",
        text=f"[{number}] 三季度党员大会无记录",
        stage="in_progress",
        found_on=due_on - timedelta(days=20),
        issued_on=due_on - timedelta(days=15),
        due_on=due_on,
        logged_at=now or timezone.now(),
        logged_by=by,
    )


@transaction.atomic
def issue(wave: Wave) -> bool:
    """Enter the wave, unless an earlier try did: one whose answer was lost in a crash may have been kept."""
    if not Finding.objects.filter(number=wave.findings[0].number).exists():
        Finding.objects.bulk_create(wave.findings)
    return True
