"""The linter and the formatter speak in the suite, so that one command says everything."""

import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.parametrize("words", [("check", "."), ("format", "--check", ".")])
def test_the_tree_is_as_ruff_wants_it(words):
    found = subprocess.run(
        [sys.executable, "-m", "ruff", *words, "--no-cache"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout) == (0, found.stdout), found.stdout
