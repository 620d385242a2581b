"""The judged county many tests begin with; a module that needs another names its own `built`."""

from copy import deepcopy

import pytest

from scoring.tests.make import FAR_SHORT, make_judged


@pytest.fixture(scope="module")
def built(lasting):
    """The first branch is a meeting short, the second far short; the others lack nothing."""
    return make_judged(failing=[["records"], FAR_SHORT])


@pytest.fixture
def made(built):
    return deepcopy(built)
