"""The way up and the steps down show what the person may see, and nothing beside it."""

import pytest

from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.actions import amend_unit, create_unit
from branches.models import Link, LinkKind
from branches.tests.make import make_branch, make_county, make_organization
from branches.trees import step_down, way_up

pytestmark = pytest.mark.django_db


def test_the_way_up_ends_where_sight_ends(county):
    branch = county.branches[0]
    assert way_up(county.clerk, branch) == [county.town, branch]
    assert way_up(county.branch_clerk, branch) == [branch]


def test_a_tie_opens_a_unit_and_none_below_it(county):
    make_organization(parent=county.other, name="樟树坪村党总支")
    Link.objects.create(organization=county.other, unit=county.town, kind=LinkKind.HELPING)
    assert [node.unit.name for node in step_down(county.officer, county.other)] == [
        "樟树坪村党总支"
    ]
    assert step_down(county.clerk, county.other) == []


def test_names_and_codes_are_one_of_a_kind_in_a_county_and_free_in_another(county):
    elsewhere = make_county(name="邻县委组织部")
    make_branch(parent=elsewhere.town, name="河口村党支部", code="0755")
    new = {"short_name": "河口", "kind": "branch", "field": "rural"}
    made = create_unit(
        county.officer, county.town, name="河口村党支部", code="0755", now=NOW, **new
    )
    assert (made.name, made.code) == ("河口村党支部", "0755")
    with pytest.raises(Refused) as refused:
        amend_unit(county.officer, county.branches[0], name="河口村党支部", now=NOW)
    assert refused.value.field == "name"
