"""One county with something open on every screen, built once; each bad input is rolled back."""

import hashlib
import re
import uuid
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from accounts.roles import Kind
from accounts.tests.make import NOW, make_user
from branches.meetings import year_grid
from branches.models import Field
from branches.tests.make import TODAY, make_grant
from inspections.models import Assessment, Cycle, CycleState, Stage, StopState
from inspections.tests.make import FLAG_RULE, SHORT_RULE, answer_all, make_cycle
from inspections.tests.make_findings import make_finding
from inspections.tests.visits_made import make_site
from scoring import results
from scoring.models import Proposal, Result
from standards.tests.make import make_chapter, make_clause, make_edition

PASSWORD = "rain-and-bread-4711"
# Sessions, sign-in failures and the log of downloads are written by design, whatever was sent.
BESIDE = ("django_session", "axes_", "accounts_accesslog", "django_migrations")
# Nothing stored may hold these, in plain text or in the escapes of a JSON column.
NEVER_STORED = re.compile(
    "[\x00\u200b\u202a-\u202e\u2066-\u2069\ufffe\uffff\ufffd]"
    r"|\\u(?:0000|200b|202[a-e]|206[6-9]|d[89ab][0-9a-f]{2}(?!\\ud[c-f])|fff[def])"
)


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    """Built once; every test's own transaction is a savepoint in this one."""
    noon = time_machine.travel("2026-11-20 10:00+08:00", tick=False)
    with noon, django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> SimpleNamespace:
    site = make_site()
    place, world = site.place, SimpleNamespace(**vars(site))
    world.branch, world.town, world.county = place.branches[0], place.town, place.county
    world.people = {
        "officer": place.officer.user,
        "second": place.second_officer.user,
        "secretary": place.secretary.user,
        "clerk": place.clerk.user,
        "branch_clerk": place.branch_clerk.user,
        "leader": site.leader.user,
        "system": make_user(kind=Kind.SYSTEM),
        "security": make_user(kind=Kind.SECURITY),
        "audit": make_user(kind=Kind.AUDIT),
        "known": make_user(username="known-name", password=PASSWORD),
        "guest": None,
    }
    add_filing(world)
    add_findings(world)
    add_standards(world)
    add_results(world)
    world.grid_cell = year_grid(world.branch, today=TODAY)[1][0].cells[0].name
    world.rows_before = {}
    world.clients = {name: entered(user) for name, user in world.people.items()}
    for client in world.clients.values():
        client.raise_request_exception = False
    return world


def entered(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def add_filing(world) -> None:
    """The first branch is typing, the second has filed and waits for the town."""
    rows = Assessment.objects.filter(cycle=world.cycle)
    world.typing = rows.get(branch=world.branch)
    rows.filter(pk=world.typing.pk).update(stage=Stage.DRAFTING, discussed_on=TODAY)
    world.filed = rows.get(branch=world.place.branches[1])
    answer_all(world.filed, by=world.people["branch_clerk"])
    Assessment.objects.filter(pk=world.filed.pk).update(
        stage=Stage.SUBMITTED, submitted_at=NOW, submitted_by=world.people["branch_clerk"]
    )
    world.planned = make_cycle(
        owner=world.county, edition=world.cycle.edition, state=CycleState.PLANNED, name="下一期"
    )
    world.past = Cycle.objects.get(pk=world.cycle.prior_id)


def add_findings(world) -> None:
    author = make_user(name="孙检")
    world.findings = {
        stage: make_finding(branch=world.branch, by=author, stage=stage)
        for stage in ("issued", "in_progress", "submitted", "closed")
    }
    stops = list(world.visit.stops.order_by("position"))
    world.stop, world.done_stop = stops[0], stops[1]
    world.draft = make_finding(
        branch=world.branch, by=world.people["leader"], stage="draft", stop=world.stop,
        client_key=uuid.uuid4(),
    )  # fmt: skip
    type(world.done_stop).objects.filter(pk=world.done_stop.pk).update(
        state=StopState.CONFIRMED,
        confirmed_at=NOW,
        confirmed_by=world.people["leader"],
        visited_on=TODAY,
        number="检反〔2026〕1号",
    )


def add_standards(world) -> None:
    world.edition = make_edition(owner=world.county, name="征求意见稿", year=2027)
    chapter = make_chapter(edition=world.edition)
    for key, rule in (("setup", FLAG_RULE), ("records", SHORT_RULE)):
        made = make_clause(
            edition=world.edition, chapter=chapter, key=key, rule=rule, points={Field.RURAL: 5_000}
        )
    world.chapter, world.clause = chapter, made


def add_results(world) -> None:
    results.compute(world.cycle, now=NOW)
    rows = Result.objects.filter(cycle=world.cycle)
    rows.update(proposal=Proposal.PASS)
    world.result = rows.get(branch=world.branch)
    world.newcomer = make_user(name="新人")
    make_grant(user=world.newcomer, organization=world.branch, role="branch_clerk")


def rows_written() -> int:
    """How many rows this transaction has written so far, taken back or not; on PostgreSQL without those beside."""
    if connection.vendor == "sqlite":
        return connection.connection.total_changes
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables "
            "WHERE NOT relname ^@ ANY(%s)",
            [list(BESIDE)],
        )
        return int(cursor.fetchone()[0] or 0)


def snapshot(*, beside: tuple[str, ...] = ()) -> dict[str, str]:
    """A fingerprint of every table's rows, so that not even one changed column goes unseen."""
    tables = sorted(connection.introspection.table_names())
    return {t: fingerprint(t) for t in tables if not t.startswith((*BESIDE, *beside))}


def fingerprint(table: str) -> str:
    return hashlib.sha256("\n".join(sorted(rows_of(table))).encode("utf-8", "replace")).hexdigest()


def rows_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return [repr([plain(value) for value in row]) for row in cursor.fetchall()]


def plain(value: object) -> object:
    """psycopg2 gives bytes as a memoryview, whose repr is an address in memory."""
    return bytes(value) if isinstance(value, memoryview) else value


# What nobody may set by adding a field to a form.
GUARDED = {
    "accounts_user": ("kind", "is_active", "must_change_password"),
    "branches_grant": ("role", "user_id", "organization_id"),
    "branches_organization": ("path", "parent_id", "closed_on"),
    "standards_edition": ("state", "owner_id", "digest", "issued_by_id"),
    "inspections_cycle": ("state", "owner_id", "prior_id"),
    "inspections_assessment": ("stage", "round", "submitted_by_id", "passed_by_id", "is_late"),
    "inspections_visit": ("owner_id", "created_by_id"),
    "inspections_stop": ("state", "confirmed_by_id"),
    "inspections_finding": ("stage", "owner_id", "number", "logged_by_id", "round", "due_on", "closed_on"),
    "scoring_result": ("total", "tier", "proposal", "decided_pass", "decided_by_id", "published_by_id"),
}  # fmt: skip


def guarded() -> dict[str, list[str]]:
    """The guarded columns of every row, without keys, so that two sendings can be compared."""
    found = {}
    for table, names in GUARDED.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(names)} FROM {table}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def dirt() -> list[str]:
    """Tables in which something stands that must never be stored."""
    tables = (t for t in connection.introspection.table_names() if not t.startswith(BESIDE))
    return [table for table in tables if NEVER_STORED.search("\n".join(plain_rows(table)))]


def plain_rows(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return ["\t".join(str(value) for value in row) for row in cursor.fetchall()]


def files_kept() -> set[str]:
    """Whatever lies in the store of evidence and of uploads: a refused file leaves nothing."""
    folders = (settings.VAR / "media", settings.VAR / "imports")
    return {str(path) for folder in folders for path in folder.rglob("*") if path.is_file()}
