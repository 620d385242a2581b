"""Data of the bench: n branches under towns of fifteen, one running cycle, meetings, answers, findings.

Names are numbered, so nothing real is needed; every fifth clause is an exception, as in the field.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from branches.growth import seedling
from branches.models import Field, Grant, Meeting, MeetingKind, Organization, OrgKind, Profile
from branches.tree import step
from inspections.models import (
    Answer,
    Assessment,
    Cycle,
    CycleState,
    Finding,
    Sheet,
    Source,
    Stage,
)
from inspections.sheets import REST, SINGLE
from portal.demo.flaws import flaws_in
from portal.demo.rounds import at
from standards.example import load_example
from standards.sheets import edition_options, sheet

TOWN = 15
TODAY = date(2026, 11, 20)
SHARE = 0.2
FIELDS = (Field.RURAL, Field.RURAL, Field.RURAL, Field.COMMUNITY, Field.ORGAN, Field.SCHOOL)


@dataclass
class Ground:
    county: Organization
    officer: User
    clerk: User
    cycle: Cycle
    branches: list[Organization]
    judgements: int


def lay(size: int) -> Ground:
    rng = Random(20260101)  # noqa: S311  the same ground every time
    county = grow([(None, "测试县", "")])[0]
    officer, clerk = person("bench-officer"), person("bench-clerk")
    Grant.objects.create(
        user=officer, organization=county, role=Role.COUNTY_OFFICER, from_on=date(2026, 1, 1)
    )
    towns = grow([(county, f"第{n}镇", "") for n in range(1, max(2, -(-size // TOWN) + 1))])
    Grant.objects.create(
        user=clerk, organization=towns[0], role=Role.CLERK, from_on=date(2026, 1, 1)
    )
    branches = grow(
        [(towns[n // TOWN], f"第{n + 1}党支部", FIELDS[n % len(FIELDS)]) for n in range(size)]
    )
    Profile.objects.bulk_create([profile(b, rng) for b in branches], batch_size=2000)
    edition = load_example(county, by=officer, now=at(date(2026, 1, 5)))
    cycle = Cycle.objects.create(
        owner=county, edition=edition, name="2026", state=CycleState.OPEN,
        starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    hold_meetings(branches, clerk)
    judgements = judge(cycle, branches, clerk, rng)
    find(cycle, branches, officer, rng)
    return Ground(county, officer, clerk, cycle, branches, judgements)


def person(username: str) -> User:
    return User.objects.create(
        username=username, name=username, password=make_password(None), must_change_password=False
    )


def grow(rows) -> list[Organization]:
    units = [
        Organization(
            parent=parent, path=seedling(), kind=OrgKind.BRANCH if field else OrgKind.COMMITTEE,
            name=name, short_name=name, field=field, position=n, opened_on=date(2016, 7, 1),
        )
        for n, (parent, name, field) in enumerate(rows, 1)
    ]  # fmt: skip
    Organization.objects.bulk_create(units, batch_size=2000)
    for unit in units:
        unit.path = (unit.parent.path if unit.parent else "") + step(unit.pk)
    Organization.objects.bulk_update(units, ["path"], batch_size=500)
    return units


def profile(branch: Organization, rng: Random) -> Profile:
    return Profile(
        organization=branch, full_members=rng.randint(8, 40), committee_size=3, cells=2,
        secretary="张林", founded_on=date(2001, 7, 1), term_started_on=date(2025, 3, 1),
        term_ends_on=date(2030, 3, 1), premises_area=150,
    )  # fmt: skip


def hold_meetings(branches: list[Organization], clerk: User) -> None:
    rows = (
        Meeting(
            organization=branch, kind=kind, held_on=date(2026, month, 5),
            recorded_at=at(date(2026, month, 6)), recorded_by=clerk,
        )
        for branch in branches
        for kind, months in ((MeetingKind.COMMITTEE, range(1, 12)), (MeetingKind.MEMBER, (2, 5, 8, 11)))
        for month in months
    )  # fmt: skip
    Meeting.objects.bulk_create(rows, batch_size=2000)


def judge(cycle: Cycle, branches: list[Organization], clerk: User, rng: Random) -> int:
    """Self-assessments filed and passed. Returns how many clauses were judged."""
    options = edition_options(cycle.edition)
    lines = {key: sheet(cycle.edition, key) for key in set(FIELDS)}
    flaws = {
        key: {x.key: flaws_in(x, options) for x in lines[key] if x.maximum and x.typed}
        for key in lines
    }
    rows = [
        Assessment(
            cycle=cycle, branch=b, stage=Stage.PASSED, submitted_at=at(TODAY - timedelta(days=9)),
            submitted_by=clerk, changed_at=at(TODAY - timedelta(days=9)),
        )
        for b in branches
    ]  # fmt: skip
    Assessment.objects.bulk_create(rows, batch_size=2000)
    sheets, answers, judged = [], [], 0
    for row in rows:
        typed = [x.key for x in lines[row.branch.field] if x.typed]
        short = [f[0] for f in flaws[row.branch.field].values() if f and rng.random() < SHARE]
        coverage = dict.fromkeys(typed, REST) | {flaw.key: SINGLE for flaw in short}
        sheets.append(Sheet(assessment=row, source=Source.SELF, coverage=coverage))
        answers += [
            Answer(
                sheet=sheets[-1], clause_key=flaw.key, measures=flaw.values, remark=flaw.remark,
                on=TODAY, at=at(TODAY), by=clerk,
            )
            for flaw in short
        ]  # fmt: skip
        judged += len(lines[row.branch.field])
    Sheet.objects.bulk_create(sheets, batch_size=2000)
    Answer.objects.bulk_create(answers, batch_size=2000)
    return judged


def find(cycle: Cycle, branches: list[Organization], officer: User, rng: Random) -> None:
    """One overdue finding per branch."""
    county = branches[0].parent.parent
    rows = (
        Finding(
            owner=county, number=f"ZG-2026-{n:06d}", branch=b, unit=b, cycle=cycle, edition=cycle.edition,
            source="acceptance", text="三季度支委会记录无记录人签字", stage="in_progress",
            found_on=TODAY - timedelta(days=60), issued_on=TODAY - timedelta(days=58),
            due_on=TODAY - timedelta(days=rng.randint(8, 30)), logged_at=at(TODAY - timedelta(days=60)),
            logged_by=officer, responsible="张林", measures="补签并建立审签制度",
        )
        for n, b in enumerate(branches, 1)
    )  # fmt: skip
    Finding.objects.bulk_create(rows, batch_size=2000)


def scratch(ground: Ground) -> None:
    """The floor's table: as many judgements as were scored, one row each."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_judgement (branch_id bigint, clause_no int, value int)")
        each = ground.judgements // len(ground.branches)
        rows = [(b.pk, n, n % 7) for b in ground.branches for n in range(each)]
        for start in range(0, len(rows), 5000):
            cursor.executemany(
                "INSERT INTO bench_judgement VALUES (%s, %s, %s)", rows[start : start + 5000]
            )
