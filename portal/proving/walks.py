"""Runs one file of the permission walk in a pytest of its own: to record its answers, or to try it on itself."""

import os
import subprocess
import sys

from django.conf import settings

from portal import leash


def run(name: str, *arguments: str, **environment: str) -> int:
    """pytest's exit code for portal/tests/walk/test_<name>.py."""
    inherited = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "BRANCHMARK_BEGUN")
    }
    file = f"portal/tests/walk/test_{name}.py"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments, file]
    child = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=inherited | environment,
        preexec_fn=leash.die_with_parent,
    )
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.wait()
        raise
