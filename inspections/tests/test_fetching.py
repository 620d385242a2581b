"""What a form names is looked up among what its sender may see."""

import pytest
from django.test import RequestFactory

from branches.tests.make import make_county
from inspections.fetching import ticked
from inspections.tests.make import make_assessment, make_cycle

pytestmark = pytest.mark.django_db


def test_what_is_ticked_out_of_sight_is_not_there():
    county = make_county()
    cycle = make_cycle(owner=county.county)
    own = make_assessment(cycle=cycle, branch=county.branches[0])
    foreign = make_assessment(cycle=cycle, branch=county.foreign[0])
    data = {"ids": [own.pk, foreign.pk], "cycle": cycle.pk}
    request = RequestFactory().post("/", data)
    request.actor = county.clerk
    assert ticked(request, "assessment.submit") == [own]
