"""The table of self-assessments by unit."""

import pytest

from accounts.roles import Role
from accounts.tests.make import NOW
from branches.tests.make import make_actor, make_county
from inspections.models import Assessment, Stage
from inspections.tests.make import make_assessment, make_cycle
from inspections.work_table import assessments_of, unit_rows, work_rows

pytestmark = pytest.mark.django_db


def test_a_leader_of_part_of_the_county_sees_that_part():
    county = make_county()
    cycle = make_cycle(owner=county.county)
    for branch in (county.branches[0], county.foreign[0]):
        make_assessment(cycle=cycle, branch=branch)
    partly = make_actor(organization=county.town, role=Role.COUNTY_LEADER)
    assert [row.unit for row in unit_rows(county.leader, cycle)] == [county.town, county.other]
    assert [row.unit for row in unit_rows(partly, cycle)] == [county.town]


def test_the_list_names_the_unit_of_who_submitted():
    county = make_county()
    cycle = make_cycle(owner=county.county)
    sent = make_assessment(cycle=cycle, branch=county.branches[0], stage=Stage.SUBMITTED)
    make_assessment(cycle=cycle, branch=county.branches[1])
    Assessment.objects.filter(pk=sent.pk).update(submitted_by=county.clerk.user, submitted_at=NOW)
    rows = work_rows(county.officer, assessments_of(county.officer, cycle))
    unit = county.town.office_name
    assert [row.by for row in rows] == [f"{unit} {county.clerk.user.name}", ""]
