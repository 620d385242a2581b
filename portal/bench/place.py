"""Where the bench runs: a database of its own, made here and thrown away, with the portal's addresses and one empty page."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from accounts.outbox import DOORBELL
from portal.proving import servers
from portal.proving.cluster import Cluster, used_here

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ONE_PROCESS = (
    "SET statement_timeout = 0",
    "SET max_parallel_workers_per_gather = 0",
    "SET jit = off",
    "SET work_mem = '256MB'",
)


@contextmanager
def own_database(*, sqlite: bool = False) -> Iterator[None]:
    """PostgreSQL unless there is none or `sqlite` is asked for; sums run in one process, as the product does."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="branchmark-bench-")))
        enter(stack, folder, sqlite=sqlite)
        stack.enter_context(
            override_settings(
                ALLOWED_HOSTS=["testserver"],
                ROOT_URLCONF="portal.bench.urls",
                STORAGES=settings.STORAGES | {"staticfiles": PLAIN_FILES},
            )
        )
        # No worker listens here, and a ring that nobody answers would be timed with the reminders.
        DOORBELL.rest_until = float("inf")
        yield


def enter(stack: ExitStack, folder: Path, *, sqlite: bool) -> None:
    programs = None if sqlite else servers.find_postgres()
    if settings.DATABASE_URL and not sqlite:
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        stack.callback(connection.creation.destroy_test_db, name, verbosity=0)
    elif programs:
        stack.enter_context(used_here(stack.enter_context(Cluster(programs)).url))
        call_command("migrate", verbosity=0)
    else:
        stack.enter_context(on_file(folder / "bench.sqlite3"))
        call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        run(*ONE_PROCESS)


@contextmanager
def on_file(path: Path) -> Iterator[None]:
    """The embedded database, in another file."""
    if connection.vendor != "sqlite":
        raise LookupError("Ask for SQLite without DATABASE_URL.")
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def analyse() -> None:
    """What the servers do by themselves between two days: no plan is made on an empty table's numbers."""
    run("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
