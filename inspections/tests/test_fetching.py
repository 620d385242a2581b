"""What a form names is looked up among what its sender may see."""

import pytest
from django.test import RequestFactory

from accounts.tests.make import NOW
from branches.models import Evidence
from branches.tests.make import make_county
from inspections.fetching import ticked
from inspections.tests.make import make_assessment, make_cycle
from inspections.views_evidence import offered

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


def test_files_of_the_unit_above_are_offered_to_who_works_there():
    county = make_county()
    row = make_assessment(cycle=make_cycle(owner=county.county), branch=county.branches[0])
    kept = {
        unit.name: Evidence.objects.create(
            organization=unit, name="照片.jpg", content_type="image/jpeg", suffix=".jpg",
            sha256=unit.name, size=9, uploaded_at=NOW, uploaded_by=county.clerk.user,
        )
        for unit in (county.county, county.town, county.branches[0], county.other)
    }  # fmt: skip
    request = RequestFactory().get("/")
    request.actor = county.clerk
    assert set(offered(request, row)) == {kept["柳湾镇党委"], kept["双井村党支部"]}
    request.actor = county.branch_clerk
    assert set(offered(request, row)) == {kept["双井村党支部"]}
