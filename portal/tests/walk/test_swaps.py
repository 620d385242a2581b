"""An own address with a foreign key in the form changes nothing in the other county and tells nothing of it."""

import pytest

from portal.tests.walk.swaps import SWAPS, taken

pytestmark = [pytest.mark.walk, pytest.mark.django_db]


@pytest.mark.parametrize("swap", SWAPS, ids=lambda swap: f"{swap[0]} {swap[2]}")
def test_a_foreign_key_in_an_own_form_is_not_taken(walker, swap):
    assert taken(walker, swap) == ""
