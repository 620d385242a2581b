"""The day and the county most tests of filing share."""

import pytest
import time_machine

from branches.tests.make import make_county
from inspections.tests.make import make_running


@pytest.fixture
def friday():
    """All pages are asked on Friday, 2026-11-20."""
    with time_machine.travel("2026-11-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def cycle(county):
    return make_running(county=county)
