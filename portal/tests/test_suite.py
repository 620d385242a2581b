import json
import os
import signal
import subprocess

import pytest
import redis
from django.db import connection

from portal.proving import servers, suite, tally

BY_MODULE = ["--dist", "loadscope", "--no-loadscope-reorder"]


@pytest.mark.parametrize(
    ("arguments", "marks", "narrowed"),
    [
        ([], "", ["-n", "3", *BY_MODULE]),
        (["-n0"], "", ["-n0"]),
        (["--pdb"], "", ["--pdb"]),
        (
            ["-k", "finding"],
            "a or b",
            ["-n", "3", *BY_MODULE, "-k", "finding", "-m", "(a or b)"],
        ),
        (
            ["-m", "redis"],
            "a or b",
            ["-n", "3", *BY_MODULE, "-m", "(redis) and (a or b)"],
        ),
        (["-m", "redis"], "", ["-n", "3", *BY_MODULE, "-m", "(redis)"]),
    ],
)
def test_the_callers_arguments_narrow_every_pass(arguments, marks, narrowed):
    assert suite._narrowed(arguments, marks, processes=3) == narrowed


@pytest.mark.parametrize(("cores", "processes"), [(1, (2, 1)), (2, (3, 1)), (16, (5, 2))])
def test_both_passes_share_the_cores(monkeypatch, cores, processes):
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert (suite._processes(first=True), suite._processes(first=False)) == processes


@pytest.mark.parametrize(
    ("codes", "passed", "failed", "exit_code"),
    [
        ([0, 0], 2, 0, 0),
        ([0, 5], 2, 0, 0),
        ([5, 5], 0, 0, 1),
        ([0, 1], 2, 1, 1),
        ([0, 3], 2, 0, 1),
        ([0, 0], 2, 1, 1),
    ],
)
def test_only_a_run_with_tests_and_without_faults_is_green(codes, passed, failed, exit_code):
    count = {"passed": passed, "failed": failed, "skipped": 0}
    assert suite._exit_code(codes, count, gaps=[], in_ci=True) == exit_code


@pytest.mark.parametrize(("in_ci", "exit_code"), [(True, 1), (False, 0)])
def test_a_gap_is_a_failure_in_ci_only(in_ci, exit_code):
    count = {"passed": 2, "failed": 0, "skipped": 0}
    assert suite._exit_code([0], count, gaps=["the browser tests"], in_ci=in_ci) == exit_code


@pytest.mark.parametrize(
    ("count", "line"),
    [
        ({"passed": 3, "failed": 1, "skipped": 0}, "3 passed, 1 failed"),
        ({"passed": 3, "failed": 0, "skipped": 2}, "3 passed, 0 failed, 2 skipped"),
    ],
)
def test_the_last_line_is_plain(count, line):
    assert suite._last_line(count) == line


def test_without_postgresql_the_suite_runs_whole_on_sqlite():
    assert suite._passes("") == [("", "")]


def test_with_postgresql_both_engines_run():
    assert suite._passes("postgres://x") == [("", "postgres://x"), (suite.ON_SQLITE, "")]


@pytest.mark.parametrize(
    ("missing", "gaps"),
    [
        ([], []),
        (["gettext", "libatomic1"], []),
        (
            ["redis-server", "postgresql"],
            [
                "the tests that talk to Redis: redis-server is not installed",
                "the suite on PostgreSQL (SQLite took its place): postgresql is not installed",
            ],
        ),
    ],
)
def test_what_could_not_run_is_said_in_one_line_each(missing, gaps):
    assert suite._gaps(missing) == gaps


@pytest.mark.parametrize(
    ("setting", "package"), [("DATABASE_URL", "postgresql"), ("REDIS_URL", "redis-server")]
)
def test_a_server_provided_by_address_is_not_missing(settings, monkeypatch, setting, package):
    monkeypatch.setenv("PATH", "")
    setattr(settings, setting, "somewhere")
    assert package not in suite._missing()


def test_the_services_line_adds_up_what_was_used():
    used = [("PostgreSQL", "15.1")] * 3 + [("SQLite", "3.40.1")] * 2 + [("Redis", "7.0.15")]
    records = [{"service": name, "version": version} for name, version in used]
    assert tally.services([*records, {"passed": 9, "failed": 0, "skipped": 0}]) == (
        "databases: PostgreSQL 15.1 (3 tests), SQLite 3.40.1 (2 tests); "
        "Redis 7.0.15: used by 1 tests; Chromium: 0 tests"
    )


@pytest.mark.django_db
def test_a_query_counts_the_test_once(tmp_path, monkeypatch):
    monkeypatch.setenv("BRANCHMARK_TALLY", str(tmp_path / "tally"))
    with tally.watch_queries(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT 2")
    lines = (tmp_path / "tally").read_text().splitlines()
    assert [json.loads(line)["service"] for line in lines] == [
        {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]
    ]


def test_what_is_looked_at_once_a_run_is_first_only_once(tmp_path, monkeypatch):
    monkeypatch.setenv("BRANCHMARK_TALLY", str(tmp_path / "tally"))
    said = [tally.is_first(what) for what in ("home 360", "home 360", "home 1366")]
    assert said == [True, False, True]


def test_no_query_counts_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("BRANCHMARK_TALLY", str(tmp_path / "tally"))
    with tally.watch_queries():
        pass
    assert tally.read(tmp_path / "tally") == []


@pytest.mark.redis
def test_redis_is_empty_and_comes_back_after_a_kill(redis_server):
    with redis.Redis.from_url(redis_server.url) as client:
        client.set("seen", 1)
        redis_server.kill()
        with pytest.raises(redis.ConnectionError):
            client.get("seen")
        redis_server.start()
        assert client.get("seen") is None


@pytest.mark.slow
def test_a_throw_away_cluster_leaves_nothing_behind():
    programs = servers.find_postgres()
    if not programs:
        pytest.skip("no PostgreSQL programs on this machine")
    others = set(servers.MEMORY.glob(f"branchmark-pg-{os.getpid()}-*"))
    with servers.postgres(programs) as url:
        (folder,) = set(servers.MEMORY.glob(f"branchmark-pg-{os.getpid()}-*")) - others
        assert url.startswith("postgres://branchmark:")
    assert not folder.exists()


def test_whole_chromium_does_where_the_headless_shell_is_not(monkeypatch, tmp_path):
    monkeypatch.delenv("BRANCHMARK_CHROMIUM", raising=False)
    monkeypatch.setattr(servers, "HEADLESS_SHELL", tmp_path / "chromium-headless-shell")
    monkeypatch.setattr(servers, "WHOLE_CHROMIUM", tmp_path / "chromium")
    assert not servers.is_replaced("chromium-headless-shell")
    (tmp_path / "chromium").touch()
    assert "chromium-headless-shell" in servers.missing_packages()
    assert servers.is_replaced("chromium-headless-shell")
    (tmp_path / "chromium-headless-shell").touch()
    assert "chromium-headless-shell" not in servers.missing_packages()


def test_a_pass_that_heard_no_signal_is_ended_with_the_command(monkeypatch):
    monkeypatch.setattr(suite, "LAST_LINES", 0.1)
    deaf = subprocess.Popen(["sleep", "60"])
    monkeypatch.setattr(deaf, "wait", interrupted(deaf.wait))
    with pytest.raises(KeyboardInterrupt):
        suite._finished(deaf)
    assert deaf.returncode == -signal.SIGTERM


def interrupted(wait):
    """The first time somebody waits without an end, a signal arrives."""
    arriving = iter([KeyboardInterrupt])

    def waiting(timeout=None):
        if timeout is None and (stop := next(arriving, None)):
            raise stop
        return wait(timeout)

    return waiting
