"""What is said before a unit with open work is closed or moved."""

import pytest
from django.urls import reverse

from branches.tests.make import make_county
from inspections.leaving import open_work
from inspections.models import FindingStage
from inspections.tests.make_findings import make_finding
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
SAID = "本组织及下级尚有未销号问题1条、本周期未确认的评定0项，请先办结或交接。"


@pytest.fixture
def place():
    made = make_county()
    for branch, stage in zip(
        made.branches, (FindingStage.IN_PROGRESS, FindingStage.CLOSED), strict=True
    ):
        make_finding(branch=branch, by=made.officer.user, stage=stage)
    return made


def test_open_work_is_counted_below_a_unit_and_not_beside_it(place):
    assert (open_work(place.town), open_work(place.branches[0])) == (SAID, SAID)
    assert (open_work(place.branches[1]), open_work(place.other)) == ("", "")


@pytest.mark.parametrize("page", ["close", "move"])
def test_the_page_says_it_before_the_deed(place, page):
    answer = enter(place.officer).get(reverse(f"branches:{page}", args=[place.branches[0].pk]))
    assert SAID in answer.content.decode()
