"""The county, its empty draft and the pasted table that tests of a review share."""

from copy import deepcopy

import pytest

from branches.tests.make import make_county
from standards.tests.make import make_edition
from standards.tests.reviews_made import HEAD, STRANGE, SURE, paste


@pytest.fixture(scope="module")
def built_place(lasting):
    return make_county()


@pytest.fixture
def place(built_place):
    return deepcopy(built_place)


@pytest.fixture
def draft(place):
    return make_edition(owner=place.county)


@pytest.fixture
def kept(place, draft):
    """One clause that is understood, one that is not, one without points."""
    return paste(
        place, draft, HEAD, ["组织", "支委会", "60", SURE], ["", "阵地", "40", STRANGE], ["作用", "示范岗", "若干", "酌情扣分"]
    )  # fmt: skip
