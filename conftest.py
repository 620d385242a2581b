"""What the whole suite shares: Redis and Chromium as fixtures, and a true count of who used what.

The database is the settings' choice: PostgreSQL when DATABASE_URL is set, else SQLite.
`python3 manage.py test` starts the services and runs the suite on both.
"""

import asyncio
import gc
import os
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from portal import catalogs
from portal.proving import tally
from portal.proving.redis_process import RedisProcess
from portal.proving.servers import find_chromium

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

LONGEST = ("slow", "walk", "journey")
BROWSED = pytest.StashKey[set[Path]]()
DATABASE = {"db", "transactional_db", "live_server"}

hypothesis_settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=30,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.register_profile("deep", max_examples=500, deadline=None)
hypothesis_settings.load_profile(os.environ.get("BRANCHMARK_HYPOTHESIS", "ci"))


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        catalogs.compile_all()


def pytest_itemcollected(item):
    """What asks for no database is the same on both engines, so one pass is enough for it."""
    if item.get_closest_marker("django_db") is None and not DATABASE & set(item.fixturenames):
        item.add_marker("engine_free")


def pytest_collection_modifyitems(config, items):
    """Browser tests last: once Playwright's loop runs in a process, Django takes every query there for an async one.
    A module stays in one process, so it drives the browser as a whole or not at all. The longest first: no process is
    to be left alone with them at the end."""
    items.sort(key=lambda item: (is_marked(item, "browser"), not is_marked(item, *LONGEST)))
    config.stash[BROWSED] = {item.path for item in items if item.get_closest_marker("browser")}
    if mixed := config.stash[BROWSED] & {i.path for i in items if not is_marked(i, "browser")}:
        raise pytest.UsageError(f"a module drives the browser as a whole or not at all: {mixed}")


def is_marked(item, *names):
    return any(item.get_closest_marker(name) for name in names)


def pytest_collection_finish():
    """Eleven thousand tests stay for the whole run: counting through them again and again is a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish():
    """pytest collects five times at its end; after once nothing is left, and looking took seconds."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter, config):
    if hasattr(config, "workerinput"):
        return
    tally.note_outcomes(terminalreporter.stats)
    records = tally.read(Path(os.environ["BRANCHMARK_TALLY"]))
    terminalreporter.write_line(tally.services(records))


def missing(service):
    """A desk may lack a service and skip; in CI everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{service} is not there, and CI=true allows no gap", pytrace=False)
    pytest.skip(f"{service} is not there")


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords():
    """Argon2 is slow on purpose; a test that is about hashing names its own hashers."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def _trails_can_be_emptied():
    """Transactional tests empty every table afterwards. PostgreSQL truncates; on SQLite the append-only
    triggers step aside for that moment."""
    if connection.vendor != "sqlite":
        yield
        return
    operations = type(connection.ops)
    plain = operations.execute_sql_flush

    def empty(self, statements):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        lifted = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        plain(self, [*lifted, *statements, *(sql for _name, sql in triggers)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", empty)
        yield


@pytest.fixture(scope="module")
def lasting(django_db_setup, django_db_blocker):
    """Rows that a module's own fixtures make on top of this stand for all its tests: each test's transaction is a
    savepoint in this one. What is held of them in memory a test may change, so each test is handed a copy.
    Not for a module with transactional tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _language_of_the_settings():
    """A request leaves its reader's language behind in the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _count_database_use():
    with tally.watch_queries():
        yield


@pytest.fixture(scope="session")
def _redis_process(tmp_path_factory):
    process = RedisProcess(folder=tmp_path_factory.mktemp("redis"))
    if not process.available:
        missing("redis-server")
    process.start()
    yield process
    process.stop()


@pytest.fixture
def redis_server(_redis_process):
    """A running, empty Redis of this process's own: `.url`, `.kill()`, `.start()`, `.pause()`, `.resume()`."""
    _redis_process.make_fresh()
    tally.add("Redis", version=_redis_process.version)
    return _redis_process


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = find_chromium() or missing("Chromium")
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium),
        "args": CHROMIUM_ARGUMENTS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1366, "height": 768},
    }


@pytest.fixture(autouse=True, scope="session")
def _database_before_browser(django_db_setup):
    """Once Playwright's loop runs Django makes no database, and the browser must be gone before it is dropped."""


@pytest.fixture(autouse=True, scope="module")
def _tables_are_emptied_beside_the_loop(request):
    """A browser test may query beside the loop; the emptying after its last one needs the same leave."""
    with pytest.MonkeyPatch.context() as patch:
        if request.path in request.config.stash[BROWSED]:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(autouse=True)
def _browser_may_query(request, monkeypatch):
    """Django may be queried beside Playwright's loop; the test counts if it really opened the browser."""
    if request.node.get_closest_marker("browser"):
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
        if "browser" in request.fixturenames:
            tally.add("Chromium", version=request.getfixturevalue("browser").version)
    elif _loop_runs():
        pytest.fail("a test that uses Playwright needs the mark `browser`", pytrace=False)
    else:
        yield


def _loop_runs():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


@pytest.fixture(scope="session")
def _database_in_a_file(django_db_setup, django_db_blocker, tmp_path_factory):
    """A page asks for several things at once, and each thread of the live server needs a connection of its own, as
    in the portal itself: one in memory would be shared, and one thread's transaction would be the other's."""
    if connection.vendor == "sqlite":
        file = str(tmp_path_factory.mktemp("browsed") / "branchmark.sqlite3")
        with django_db_blocker.unblock():
            connection.cursor().execute("VACUUM INTO %s", [file])
            connection.settings_dict["NAME"] = file
            connection.close()


@pytest.fixture(scope="session")
def live_server(_database_in_a_file, live_server):
    assert not live_server.thread.connections_override
    return live_server


@pytest.fixture
def live(live_server, browser):
    """The portal on a free port for a browser: `live.url`. What a page asked for last is answered before the tables
    are emptied: PostgreSQL sees a deadlock between the two."""
    asked = set()

    def begin(environ, **_signal):
        asked.add(threading.get_ident())

    def end(**_signal):
        asked.discard(threading.get_ident())

    request_started.connect(begin, sender=WSGIHandler)
    request_finished.connect(end, sender=WSGIHandler)
    yield live_server
    patience = time.monotonic() + 10
    while asked and time.monotonic() < patience:
        time.sleep(0.01)
    request_started.disconnect(begin, sender=WSGIHandler)
    request_finished.disconnect(end, sender=WSGIHandler)
