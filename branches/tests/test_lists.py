import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from accounts.models import AccessLog
from branches.find import find
from branches.models import BranchForm, Field, OrgKind
from branches.tests.make import make_branch, make_county, make_organization

pytestmark = pytest.mark.django_db
LIST = "/branches/"


def names(response):
    return [row["unit"].name for row in response.context["rows"]]


def signed_in(client, actor):
    client.force_login(actor.user)
    return client


def test_the_list_follows_the_protocol_order_through_the_whole_tree(client, county):
    make_branch(
        parent=make_organization(
            parent=county.town, kind=OrgKind.GENERAL_BRANCH, name="河口村党总支", position=0
        ),
        name="河口一组党支部",
    )
    signed_in(client, county.officer)
    assert names(client.get(LIST)) == [
        "河口一组党支部",
        "双井村党支部",
        "上坝村党支部",
        "樟树坪村党支部",
        "东坪村党支部",
    ]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("clerk", ["双井村党支部", "上坝村党支部"]),
        ("branch_clerk", ["双井村党支部"]),
        ("stranger", ["樟树坪村党支部", "东坪村党支部"]),
    ],
)
def test_each_person_sees_the_branches_of_their_own_subtree(client, county, person, expected):
    signed_in(client, getattr(county, person))
    assert names(client.get(LIST)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=双井", ["双井村党支部"]),
        ("q=sjc", ["双井村党支部"]),
        ("q=%25", []),
        ("q=_", []),
        ("field=community", ["上坝村党支部"]),
        ("form=temporary_branch", ["东坪村党支部"]),
        ("term=overdue", ["双井村党支部"]),
        ("term=6", ["樟树坪村党支部"]),
        ("term=3", []),
        ("show=vacant&q=zsp", ["樟树坪村党支部"]),
        ("show=over", ["上坝村党支部"]),
        ("field=nonsense&term=99&q=双井", ["双井村党支部"]),
    ],
)
def test_a_filter_in_the_address_narrows_the_list(client, county, query, expected):
    first, second = county.branches
    third, fourth = county.foreign
    first.profile.term_ends_on = date(2020, 1, 1)
    first.profile.save()
    second.field = Field.COMMUNITY
    second.save()
    second.profile.full_members = 51
    second.profile.save()
    today = localdate()
    third.profile.term_ends_on = date.fromordinal(today.toordinal() + 120)
    third.profile.save()
    fourth.profile.form = BranchForm.TEMPORARY
    fourth.profile.save()
    for branch, word in zip(
        [first, second, third, fourth], ["sjc", "sbc", "zspc", "dpc"], strict=True
    ):
        branch.initials = word
        branch.save()
    signed_in(client, county.officer)
    assert names(client.get(f"{LIST}?{query}")) == expected


def test_the_unit_in_the_address_narrows_to_its_subtree_and_offers_the_units_below(client, county):
    signed_in(client, county.officer)
    page = client.get(f"{LIST}?unit={county.county.pk}")
    assert [(n.unit.short_name, n.count) for n in page.context["nodes"]] == [
        ("柳湾镇", 2),
        ("石埠镇", 2),
    ]
    assert names(client.get(f"{LIST}?unit={county.other.pk}")) == ["樟树坪村党支部", "东坪村党支部"]


def test_the_workbook_has_the_rows_and_order_of_the_screen_and_is_logged(client, county):
    signed_in(client, county.officer)
    screen = names(client.get(f"{LIST}?q=村"))
    answer = client.get(reverse("branches:export") + "?q=村")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = [row[0].value for row in sheet.iter_rows(min_row=4, max_row=3 + len(screen))]
    assert cells == screen
    logged = AccessLog.objects.get()
    assert (logged.what, logged.rows, logged.user) == ("branches.exported", 4, county.officer.user)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(
    client, django_assert_num_queries, count
):
    c = make_county()
    for n in range(count):
        make_branch(parent=c.town, name=f"河湾{n}村党支部")
    signed_in(client, c.clerk)
    client.get(LIST)
    with django_assert_num_queries(9):
        client.get(f"{LIST}?q=河湾")


def test_search_finds_only_what_the_person_may_see(county):
    assert [b.name for b in find(county.officer, "樟树坪")] == ["樟树坪村党支部"]
    assert list(find(county.clerk, "樟树坪")) == []
    assert list(find(county.officer, "  ")) == []
