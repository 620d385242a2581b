"""The table of self-assessments by unit."""

import pytest

from accounts.roles import Role
from branches.tests.make import make_actor, make_county
from inspections.tests.make import make_assessment, make_cycle
from inspections.work_table import unit_rows

pytestmark = pytest.mark.django_db


def test_a_leader_of_part_of_the_county_sees_that_part():
    county = make_county()
    cycle = make_cycle(owner=county.county)
    for branch in (county.branches[0], county.foreign[0]):
        make_assessment(cycle=cycle, branch=branch)
    partly = make_actor(organization=county.town, role=Role.COUNTY_LEADER)
    assert [row.unit for row in unit_rows(county.leader, cycle)] == [county.town, county.other]
    assert [row.unit for row in unit_rows(partly, cycle)] == [county.town]
