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


@pytest.fixture(scope="module")
def built_draft(built_place):
    return make_edition(owner=built_place.county)


@pytest.fixture
def draft(built_draft):
    return deepcopy(built_draft)


@pytest.fixture(scope="module")
def built_review(built_place, built_draft):
    """One clause that is understood, one that is not, one without points."""
    return paste(
        built_place, built_draft, HEAD, ["组织", "支委会", "60", SURE], ["", "阵地", "40", STRANGE],
        ["作用", "示范岗", "若干", "酌情扣分"],
    )  # fmt: skip


@pytest.fixture
def kept(built_review):
    return deepcopy(built_review)
