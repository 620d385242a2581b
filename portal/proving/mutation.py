"""A pytest plugin for `manage.py mutate`: one mutant stays applied while an app's own tests run."""

import os
from contextlib import ExitStack

from portal.proving.mutants import applied, mutants

NAME = "BRANCHMARK_MUTANT"
kept = ExitStack()


def pytest_collection_finish(session):
    """After everything is imported, before the first test."""
    wanted = os.environ[NAME]
    kept.enter_context(applied(next(m for m in mutants() if m.name == wanted)))


def pytest_unconfigure(config):
    kept.close()
