"""The county many tests begin with."""

from copy import deepcopy

import pytest

from branches.tests.make import make_county


@pytest.fixture(scope="module")
def built_county(lasting):
    return make_county()


@pytest.fixture
def county(built_county):
    return deepcopy(built_county)
