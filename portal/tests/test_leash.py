"""Real processes: a chain of three, and the first one killed with -9."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Stands in for gunicorn: forks a worker, writes both process ids, waits.
STAND_IN = """
import os, pathlib, sys, time
child = os.fork()
if child:
    pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child}")
time.sleep(60)
"""
STARTER = """
import os, subprocess, sys
subprocess.run([sys.executable, "-m", "portal.leash", str(os.getpid()), "stand_in", sys.argv[1]])
"""


@pytest.fixture
def family(tmp_path):
    """A starter, the program it started on a leash, and the child that program forked."""
    (tmp_path / "stand_in.py").write_text(STAND_IN)
    told = tmp_path / "told"
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    starter = subprocess.Popen([sys.executable, "-c", STARTER, str(told)], cwd=tmp_path, env=env)
    wait_until(lambda: told.exists() and told.read_text())
    yield starter, *map(int, told.read_text().split())
    starter.kill()
    starter.wait()


def wait_until(true, *, seconds=10):
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def runs(number):
    """A process that is dead but not yet collected by its parent does not run."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_killing_the_starter_ends_its_program_and_what_that_forked(family):
    starter, program, child = family
    starter.kill()
    starter.wait()
    wait_until(lambda: not runs(program) and not runs(child))


def test_killing_the_program_ends_what_it_forked(family):
    starter, program, child = family
    os.kill(program, signal.SIGKILL)
    wait_until(lambda: not runs(child))


def test_a_program_whose_starter_is_dead_already_does_not_begin(tmp_path):
    (tmp_path / "stand_in.py").write_text(STAND_IN)
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    somebody_else = "1"
    command = [sys.executable, "-m", "portal.leash", somebody_else, "stand_in", "told"]
    assert subprocess.run(command, cwd=tmp_path, env=env, timeout=20).returncode == 1
    assert not (tmp_path / "told").exists()
