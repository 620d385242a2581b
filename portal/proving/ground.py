"""Loaded by pytest before the settings: a folder of its own for every process, so no test touches the real var/."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _base() -> Path:
    """One folder per run, made by the first process and handed to the workers through the environment."""
    made = os.environ.get("BRANCHMARK_TEST_GROUND")
    if not made:
        made = os.environ["BRANCHMARK_TEST_GROUND"] = tempfile.mkdtemp(prefix="branchmark-test-")
        atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def _claim() -> None:
    own = _base() / os.environ.get("PYTEST_XDIST_WORKER", "main")
    own.mkdir(parents=True, exist_ok=True)
    os.environ["BRANCHMARK_VAR"] = str(own)
    os.environ.setdefault("BRANCHMARK_TALLY", str(_base() / "tally"))
    os.environ.setdefault(
        "BRANCHMARK_SECRET_KEY", "for-tests-only-and-never-for-a-server-0123456789"
    )
    # The suite itself decides who talks to Redis; the settings stay on the embedded broker.
    if given := os.environ.pop("REDIS_URL", ""):
        os.environ["BRANCHMARK_TEST_REDIS"] = given


_claim()
