"""Bodies by name, and whose word a person's is."""

from datetime import date

import pytest

from accounts.roles import Role
from branches.models import OrgKind
from branches.offices import office_name
from branches.signing import Signers
from branches.tests.make import TODAY, make_actor, make_county, make_grant

DAY = TODAY


@pytest.mark.parametrize(
    ("kind", "short_name", "body"),
    [
        (OrgKind.COMMITTEE, "柳湾镇", "柳湾镇党委"),
        (OrgKind.COMMITTEE, "卫健党委", "卫健党委"),
        (OrgKind.COMMITTEE, "卫健委", "卫健委党委"),
        (OrgKind.WORK_COMMITTEE, "城南街道", "城南街道党工委"),
        (OrgKind.WORK_COMMITTEE, "教育工委", "教育工委"),
        (OrgKind.ORGAN_COMMITTEE, "水利局", "水利局机关党委"),
        (OrgKind.GENERAL_BRANCH, "柳湾村党总支", "柳湾村党总支"),
        (OrgKind.GROUP, "水利局党组", "水利局党组"),
        (OrgKind.BRANCH, "双井村党支部", "双井村党支部"),
        (OrgKind.DEPARTMENT, "安禾县", "安禾县委组织部"),
        (OrgKind.DEPARTMENT, "安禾县委组织部", "安禾县委组织部"),
    ],
)
def test_a_body_is_called_what_it_is(kind, short_name, body):
    assert office_name(kind, short_name) == body


@pytest.mark.django_db
def test_a_person_signs_for_the_highest_body_of_that_day():
    county = make_county()
    user = make_actor(organization=county.branches[0], role=Role.BRANCH_CLERK, name="张林").user
    grant = make_grant(user=user, organization=county.town, role=Role.CLERK)
    grant.from_on, grant.until_on = date(2026, 3, 1), date(2026, 5, 31)
    grant.save()
    signers = Signers([user.pk])
    assert signers.signed(user.pk, "张林", date(2026, 4, 1)) == "柳湾镇党委 张林"
    assert signers.signed(user.pk, "张林", date(2026, 6, 1)) == "双井村党支部 张林"


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 3])
def test_who_was_only_sent_on_a_visit_has_no_body_and_many_cost_one_query(
    people, django_assert_num_queries
):
    county = make_county()
    users = [
        make_actor(organization=county.branches[0], role=Role.INSPECTOR).user
        for _n in range(people)
    ]
    with django_assert_num_queries(1):
        signers = Signers([user.pk for user in users])
        assert {signers.signed(user.pk, "赵一", DAY) for user in users} == {"赵一"}
