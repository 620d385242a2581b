"""The day the pages are asked on, and the county, the cast and the site many tests begin with."""

from copy import deepcopy

import pytest
import time_machine

from branches.tests.make import make_county
from inspections.tests.make import make_running
from inspections.tests.make_findings import make_cast
from inspections.tests.visits_made import make_site


@pytest.fixture
def friday():
    """All pages are asked on Friday, 2026-11-20."""
    with time_machine.travel("2026-11-20 10:00+08:00", tick=False):
        yield


@pytest.fixture(scope="module")
def built_county(lasting):
    return make_county()


@pytest.fixture
def county(built_county):
    return deepcopy(built_county)


@pytest.fixture(scope="module")
def built_cycle(built_county):
    return make_running(county=built_county)


@pytest.fixture
def cycle(built_cycle):
    return deepcopy(built_cycle)


@pytest.fixture(scope="module")
def built_cast(lasting):
    return make_cast()


@pytest.fixture
def cast(built_cast):
    return deepcopy(built_cast)


@pytest.fixture(scope="module")
def built_site(lasting):
    return make_site()


@pytest.fixture
def site(built_site):
    return deepcopy(built_site)
