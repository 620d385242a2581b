"""Data of the bench: a department over real counties, n branches with meetings, filed answers, one running cycle.

Every fifth clause is an exception, as in the field. Rows are made as tuples: a nation has millions.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle as cycle_through
from itertools import islice
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from branches.models import Field, Grant, Meeting, MeetingKind, Organization, OrgKind, Profile
from branches.tree import step
from inspections.models import Answer, Assessment, Cycle, CycleState, Finding, Sheet, Source, Stage
from inspections.models.coverage import packed
from inspections.sheets import REST, SINGLE
from portal.bench.names import County, counties
from portal.demo.flaws import flaws_in
from portal.demo.rounds import at
from portal.kit import copying
from scoring.models import Detail
from scoring.program import compile_field
from scoring.record import opened
from scoring.vector import score
from standards.example import load_example
from standards.sheets import Line, edition_options, sheet

TODAY = date(2026, 11, 20)
FILED_AT = at(TODAY - timedelta(days=9))
SHARE = 0.2
OTHER_FIELDS = (Field.ORGAN, Field.SCHOOL)
URBAN = ("居委会", "社区")


@dataclass
class Ground:
    """`branches`: (id, field) in the order of the tree. `one`: a whole county of it."""

    top: Organization
    one: Organization
    officer: User
    cycle: Cycle
    branches: list[tuple[int, str]]
    judgements: int
    names: str
    # For one branch, without end: a clause and what falls short of it, or that it conforms again.
    corrections: Iterator[tuple[str, dict]]


def lay(size: int, *, findings: bool = True) -> Ground:
    rng = Random(20260101)  # noqa: S311  the same ground every time
    named, source = counties(size)
    officer, clerk = person("bench-officer"), person("bench-clerk")
    units = list(tree(named))
    put(Organization, UNIT, units)
    branches = [(unit[0], unit[7]) for unit in units if unit[7]]
    top, one = Organization.objects.get(pk=1), Organization.objects.get(pk=2)
    Grant.objects.create(
        user=officer, organization=top, role=Role.COUNTY_OFFICER, from_on=date(2026, 1, 1)
    )
    Profile.objects.bulk_create((profile(pk, rng) for pk, _field in branches), batch_size=2000)
    edition = load_example(top, by=officer, now=at(date(2026, 1, 5)))
    cycle = Cycle.objects.create(
        owner=top, edition=edition, name="2026", state=CycleState.OPEN,
        starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    hold_meetings(clerk)
    judgements = file_answers(cycle, branches, clerk, rng)
    if findings:
        rows = (finding(pk, n, cycle, officer, rng) for n, (pk, _f) in enumerate(branches, 1))
        Finding.objects.bulk_create(rows, batch_size=2000)
    return Ground(
        top, one, officer, cycle, branches, judgements, source, corrections(cycle, branches[0][1])
    )


def corrections(cycle: Cycle, field: str) -> Iterator[tuple[str, dict]]:
    options = edition_options(cycle.edition)
    found = [
        f
        for x in sheet(cycle.edition, field)
        if x.maximum and x.typed
        for f in flaws_in(x, options)
    ]
    return cycle_through([(found[0].key, found[0].values), (found[0].key, {})])


def put(model, names: Iterable[str], rows: Iterable[tuple]) -> None:
    copying.insert(model, tuple(names), rows)
    copying.restart_counters(model)


def person(username: str) -> User:
    return User.objects.create(
        username=username, name=username, password=make_password(None), must_change_password=False
    )


UNIT = ("id", "parent_id", "path", "kind", "name", "short_name", "position", "field", "initials", "code", "opened_on")  # fmt: skip


def tree(named: list[County]) -> Iterator[tuple]:
    """Units from the top down, each after its parent."""
    keys = iter(range(1, 10**9))

    def unit(parent: tuple | None, kind: str, name: str, place: int, field: str = "") -> tuple:
        pk = next(keys)
        path = (parent[2] if parent else "") + step(pk)
        return (pk, parent[0] if parent else None, path, kind, name, name[:40], place, field, "", "", date(2016, 7, 1))  # fmt: skip

    yield (top := unit(None, OrgKind.DEPARTMENT, "测试组织部", 1))
    for place, (county, towns) in enumerate(named, 1):
        yield (above := unit(top, OrgKind.COMMITTEE, county, place))
        for number, (town, villages) in enumerate(towns, 1):
            yield (home := unit(above, OrgKind.COMMITTEE, town, number))
            for last, village in enumerate(villages, 1):
                yield unit(home, OrgKind.BRANCH, village, last, field_of(village, last))


def field_of(village: str, place: int) -> str:
    """Two of twelve are no villages: their sheets are other ones."""
    if place % 6 == 0:
        return OTHER_FIELDS[place // 6 % 2].value
    return (Field.COMMUNITY if village.endswith(URBAN) else Field.RURAL).value


def profile(pk: int, rng: Random) -> Profile:
    return Profile(
        organization_id=pk, full_members=rng.randint(8, 40), committee_size=3, cells=2,
        secretary="张林", founded_on=date(2001, 7, 1), term_started_on=date(2025, 3, 1),
        term_ends_on=date(2030, 3, 1), premises_area=150,
    )  # fmt: skip


def hold_meetings(clerk: User) -> None:
    """One statement for all branches: a meeting of the committee a month, of the members a quarter."""
    days = [(MeetingKind.COMMITTEE.value, date(2026, month, 5)) for month in range(1, 12)]
    days += [(MeetingKind.MEMBER.value, date(2026, month, 12)) for month in (2, 5, 8, 11)]
    key = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    names = "organization_id, kind, also, held_on, day_known, quorate, paper, recorded_at, recorded_by_id, client_key"
    marks = ", ".join(["(%s, %s)"] * len(days))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH held(kind, held_on) AS (VALUES {marks}) "  # noqa: S608  no word from outside
            f"INSERT INTO {Meeting._meta.db_table} ({names}) "
            f"SELECT o.id, h.kind, '', h.held_on, TRUE, TRUE, '', %s, %s, {key} "
            f"FROM {Organization._meta.db_table} o CROSS JOIN held h WHERE o.kind = 'branch'",
            [*(part for day in days for part in day), copying.plain(FILED_AT), clerk.pk],
        )


ASSESSMENT = ("id", "cycle_id", "branch_id", "stage", "round", "is_late", "submitted_at", "submitted_by_id", "changed_at")  # fmt: skip
SHEET = ("id", "assessment_id", "source", "coverage", "changed_at")
ANSWER = (
    "sheet_id",
    "clause_key",
    "applicable",
    "measures",
    "remark",
    "paper",
    "on",
    "at",
    "by_id",
)


def file_answers(cycle: Cycle, branches: list[tuple[int, str]], clerk: User, rng: Random) -> int:
    """Self-assessments filed and passed. Returns how many clauses stand judged."""
    lines = {field: sheet(cycle.edition, field) for field in {field for _pk, field in branches}}
    put(
        Assessment,
        ASSESSMENT,
        (
            (pk, cycle.pk, pk, Stage.PASSED.value, 1, False, FILED_AT, clerk.pk, FILED_AT)
            for pk, _field in branches
        ),
    )
    filers = {field: Filer(sheet_lines, cycle, clerk) for field, sheet_lines in lines.items()}
    short = {pk: filers[field].shortcomings(rng) for pk, field in branches}
    put(Sheet, SHEET, ((pk, pk, Source.SELF.value, filers[f].coverage(short[pk]), FILED_AT) for pk, f in branches))  # fmt: skip
    put(Answer, ANSWER, (row for pk, f in branches for row in filers[f].answers(pk, short[pk])))
    return sum(len(lines[field]) for _pk, field in branches)


class Filer:
    """Who fills one field's sheets: the texts of what falls short are made once."""

    def __init__(self, lines: tuple[Line, ...], cycle: Cycle, clerk: User):
        options = edition_options(cycle.edition)
        typed = [line for line in lines if line.typed]
        found = [(line.key, flaws_in(line, options) if line.maximum else []) for line in typed]
        self.flaws = [(key, self.texts(flaws)) for key, flaws in found]
        self.clerk = clerk.pk

    def texts(self, flaws) -> list[tuple[str, str]]:
        return [(json.dumps(f.values, ensure_ascii=False), f.remark) for f in flaws]

    def shortcomings(self, rng: Random) -> dict[str, tuple[str, str]]:
        return {
            key: texts[int(rng.random() * len(texts))]
            for key, texts in self.flaws
            if texts and rng.random() < SHARE
        }

    def coverage(self, short: dict[str, tuple[str, str]]) -> bytes:
        return packed({key: SINGLE if key in short else REST for key, _texts in self.flaws})

    def answers(self, sheet_id: int, short: dict[str, tuple[str, str]]) -> Iterator[tuple]:
        for key, (measures, remark) in short.items():
            yield (sheet_id, key, True, measures, remark, "", TODAY, FILED_AT, self.clerk)


def finding(pk: int, number: int, cycle: Cycle, officer: User, rng: Random) -> Finding:
    """One overdue finding of the branch."""
    return Finding(
        owner_id=cycle.owner_id, number=f"ZG-2026-{number:06d}", branch_id=pk, unit_id=pk, cycle=cycle,
        edition_id=cycle.edition_id, source="acceptance", text="三季度支委会记录无记录人签字", stage="in_progress",
        found_on=TODAY - timedelta(days=60), issued_on=TODAY - timedelta(days=58),
        due_on=TODAY - timedelta(days=rng.randint(8, 30)), logged_at=at(TODAY - timedelta(days=60)),
        logged_by=officer, responsible="张林", measures="补签并建立审签制度",
    )  # fmt: skip


def scratch(ground: Ground) -> int:
    """The floor's table: what every judgement came to, one row each. Returns how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_judgement (branch_id bigint, clause_no int, value int)")
    write = copying.copied if connection.vendor == "postgresql" else copying.inserted
    rows = Detail.objects.filter(result__cycle=ground.cycle).order_by("pk")
    found = rows.values_list("result__branch_id", "result__field", "packed").iterator(chunk_size=1000)  # fmt: skip
    done = 0
    while chunk := list(islice(found, 1000)):
        fields: dict[str, list[tuple[int, bytes]]] = {}
        for branch_id, field, record in chunk:
            fields.setdefault(field, []).append((branch_id, record))
        batch = [row for field, own in fields.items() for row in judged_rows(ground, field, own)]
        write("bench_judgement", ["branch_id", "clause_no", "value"], batch)
        done += len(batch)
    return done


def judged_rows(ground: Ground, field: str, own: list[tuple[int, bytes]]) -> Iterator[tuple]:
    program = compile_field(ground.cycle.edition, field)
    places, records = opened(program, [record for _pk, record in own])
    for place, points in zip(places, score(program, records["seen"]).points.tolist(), strict=True):
        yield from ((own[place][0], number, each) for number, each in enumerate(points))
