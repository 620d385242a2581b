"""What no marker shows: counts, charts, orders, page numbers, notices and search results of foreign rows."""

import pytest

from portal.tests.walk.addresses import addresses
from portal.tests.walk.noise import FOREIGN, noticed

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
HEARD = ("home", "inspections:ledger", "branches:list", "branches:export", "scoring:results")


@pytest.mark.parametrize("reader", FOREIGN)
def test_what_happens_elsewhere_changes_no_page(walker, reader):
    assert noticed(walker, reader, FOREIGN[reader]) == []


def test_what_happens_in_the_own_county_is_seen_by_its_officer(walker):
    """Or the test above would prove nothing."""
    known = [address for address in addresses() if address.name in HEARD]
    changed = noticed(walker, "officer", ["town"], known)
    assert {line.partition(" [plain]")[0] for line in changed if "[plain]" in line} == set(HEARD)
