"""Counts what the tests really used, in a file that all test processes append to: one line per test and service."""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.db import connection

OUTCOMES = ("passed", "failed", "skipped")


def add(service: str, *, version: str) -> None:
    """One more test used this service."""
    append({"service": service, "version": version})


@contextmanager
def watch_queries() -> Iterator[None]:
    """Counts the test for the database it sent at least one query to."""
    file = _file()
    engines: set[tuple[str, str]] = set()

    def note(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not engines:
            engines.add(_engine())
        return result

    with connection.execute_wrapper(note):
        yield
    for service, version in engines:
        append({"service": service, "version": version}, to=file)


def is_first(what: str) -> bool:
    """Whether no process of this run, on either database, has asked for it yet: what is costly is looked at once."""
    folder = _file().with_name("looked-at")
    folder.mkdir(exist_ok=True)
    try:
        (folder / sha256(what.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def note_outcomes(stats: dict[str, list]) -> None:
    """What the terminal reporter of the leading process counted."""
    count = Counter({name: len(reports) for name, reports in stats.items()})
    failed = count["failed"] + count["error"] + count["xpassed"]
    passed = count["passed"] + count["xfailed"]
    outcome = {"passed": passed, "failed": failed, "skipped": count["skipped"]}
    append(outcome)


def read(path: Path) -> list[dict]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines()]


def outcomes(records: list[dict]) -> dict[str, int]:
    return {name: sum(record.get(name, 0) for record in records) for name in OUTCOMES}


def services(records: list[dict]) -> str:
    """`databases: PostgreSQL 15.1 (9 tests), SQLite 3.40.1 (4 tests); Redis 7.0: used by 2 tests; ...`"""
    used = Counter((r["service"], r["version"]) for r in records if "service" in r)
    engines = [
        f"{service} {version} ({count} tests)"
        for (service, version), count in sorted(used.items())
        if service in ("PostgreSQL", "SQLite")
    ]
    parts = ["databases: " + (", ".join(engines) or "none used")]
    for service, phrase in (("Redis", "used by {} tests"), ("Chromium", "{} tests")):
        found = [(v, n) for (name, v), n in sorted(used.items()) if name == service]
        parts += [f"{service} {v}: {phrase.format(n)}" for v, n in found] or [f"{service}: 0 tests"]
    return "; ".join(parts)


def _engine() -> tuple[str, str]:
    if connection.vendor == "postgresql":
        major, minor = divmod(connection.pg_version, 10_000)
        return "PostgreSQL", f"{major}.{minor}"
    return "SQLite", sqlite3.sqlite_version


def _file() -> Path:
    return Path(os.environ["BRANCHMARK_TALLY"])


def append(record: dict, *, to: Path | None = None) -> None:
    with (to or _file()).open("a") as file:
        file.write(json.dumps(record) + "\n")
