"""Runs tests of the permission walk in a pytest of their own: to record its answers, or to try it on itself."""

import os
import subprocess
import sys

from django.conf import settings

from portal import leash


def run(name: str, *arguments: str, **environment: str) -> int:
    """pytest's exit code for portal/tests/walk/test_<name>.py."""
    return pytest(*arguments, f"portal/tests/walk/test_{name}.py", **environment)


def pytest(*arguments: str, **environment: str) -> int:
    """Always on SQLite."""
    inherited = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "BRANCHMARK_BEGUN")
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=settings.BASE_DIR,
        env=inherited | environment,
        preexec_fn=leash.die_with_parent,
    )
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.wait()
        raise
