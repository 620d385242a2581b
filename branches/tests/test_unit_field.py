"""The box of units: whole while short, step by step where the reader sees a whole province."""

import pytest
from django import forms

from accounts.roles import Role
from branches.models import Organization, OrgKind
from branches.tests.make import make_actor, make_branch, make_organization
from branches.unit_field import UnitField

pytestmark = pytest.mark.django_db


class Bar(forms.Form):
    unit = UnitField()

    def __init__(self, data, actor, most):
        super().__init__(data)
        self.fields["unit"].offer(actor, data.get("unit", ""), most=most)

    @property
    def offers(self):
        return [name for _value, name in self.fields["unit"].choices][1:]


@pytest.fixture
def province():
    """Two counties of two towns, each with a branch, and one more county outside."""
    top = make_organization(name="甲市", kind=OrgKind.DEPARTMENT)
    for county in ("乙县", "丙县"):
        above = make_organization(parent=top, name=county)
        for town in ("东镇", "西镇"):
            make_branch(parent=make_organization(parent=above, name=county[0] + town))
    make_organization(name="丁县")
    return top


@pytest.fixture
def actor(province):
    return make_actor(organization=province, role=Role.COUNTY_OFFICER)


def pk_of(name):
    return str(Organization.objects.get(name=name).pk)


def test_few_units_stand_in_the_box_together(actor):
    offers = Bar({}, actor, 7).offers
    assert offers == ["甲市", "乙县", "乙东镇", "乙西镇", "丙县", "丙东镇", "丙西镇"]


def test_of_many_only_the_next_step_is_offered(actor):
    assert Bar({}, actor, 6).offers == ["甲市", "　乙县", "　丙县"]


def test_the_picked_unit_opens_what_is_below_it(actor):
    opened = ["甲市", "　乙县", "　　乙东镇", "　　乙西镇", "　丙县"]
    assert Bar({"unit": pk_of("乙县")}, actor, 6).offers == opened
    assert Bar({"unit": pk_of("乙西镇")}, actor, 6).offers == opened


def test_a_unit_that_is_not_offered_can_be_chosen_by_its_address(actor):
    bar = Bar({"unit": pk_of("丙西镇")}, actor, 1)
    assert (bar.is_valid(), bar.cleaned_data["unit"].name) == (True, "丙西镇")


@pytest.mark.parametrize("wrong", ["", "x", "-1", "０", "99999999999999999999", "9" * 4000])
def test_an_address_that_says_nothing_opens_nothing(actor, wrong):
    assert Bar({"unit": wrong}, actor, 6).offers == ["甲市", "　乙县", "　丙县"]


def test_a_unit_elsewhere_is_neither_offered_nor_taken(actor):
    bar = Bar({"unit": pk_of("丁县")}, actor, 6)
    assert (bar.offers, bar.is_valid()) == (["甲市", "　乙县", "　丙县"], False)


def test_the_queries_do_not_grow_with_the_units(actor, province, django_assert_num_queries):
    for more in range(2):
        with django_assert_num_queries(3):
            Bar({}, actor, 3).offers  # noqa: B018
        make_organization(parent=province, name=f"戊{more}县")


def test_nothing_is_asked_while_nobody_looks_into_the_box(actor, django_assert_num_queries):
    with django_assert_num_queries(0):
        Bar({}, actor, 3).is_valid()
