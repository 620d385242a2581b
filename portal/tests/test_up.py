"""The real command with the real programs, embedded, in a data folder of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from portal import opening

pytestmark = pytest.mark.slow
NOT_THEIRS = ("DATABASE_URL", "REDIS_URL", "BRANCHMARK_HOSTS", "BRANCHMARK_BEGUN")


@pytest.fixture
def up(tmp_path):
    """Starts `manage.py up`; whatever still runs at the end is killed."""
    started = []

    def start(*arguments):
        env = {name: value for name, value in os.environ.items() if name not in NOT_THEIRS}
        env |= {"BRANCHMARK_VAR": str(tmp_path), "BRANCHMARK_BOOTSTRAP": "off"}
        command = [sys.executable, "manage.py", "up", *arguments]
        with (tmp_path / "out").open("a") as out:
            process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=env, stdout=out, stderr=out
            )
        process.read = lambda: (tmp_path / "out").read_text()
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(true, *, seconds=60):
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.1)


def wait_until_ready(portal):
    wait_until(lambda: "Ctrl+C stops everything." in portal.read() or portal.poll() is not None)
    assert portal.poll() is None, portal.read()


def on_leash_of(number):
    """Processes whose command line says that they are held by this one."""
    wanted = f"portal.leash\0{number}\0"
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if wanted in _read(path)]


def _read(path):
    try:
        return path.read_text()
    except OSError:
        return ""


def test_a_killed_portal_leaves_nothing_running_and_starts_again(up):
    first = up("--empty", "--port", str(opening.claim_port("127.0.0.1", 0)))
    wait_until_ready(first)
    address = re.search(r"http://\S+/", first.read()).group()
    with urllib.request.urlopen(address + "healthz", timeout=10) as answer:
        assert {"ok": True, "database": "sqlite", "broker": "filesystem"}.items() <= json.load(
            answer
        ).items()
    assert len(re.findall(r"^ {4}(?:system|security) ", first.read(), re.MULTILINE)) == 2
    assert len(on_leash_of(first.pid)) >= 4

    first.kill()
    first.wait()
    wait_until(lambda: on_leash_of(first.pid) == [], seconds=10)

    second = up("--check", "--port", "0")
    assert second.wait(timeout=90) == 0
    said = second.read()
    assert [f"{name} answered after" in said for name in ("portal", "worker", "beat")] == [True] * 3
    assert on_leash_of(second.pid) == []


def test_a_polite_stop_ends_everything_with_success(up):
    portal = up("--empty", "--port", "0")
    wait_until_ready(portal)
    portal.send_signal(signal.SIGTERM)
    assert portal.wait(timeout=30) == 0
    assert on_leash_of(portal.pid) == []
