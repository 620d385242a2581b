"""The list of results, its sums, filters and export, as each role meets them."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessLog
from branches.tests.make import make_county
from inspections.tests.make_findings import make_inspector
from scoring.models import Result
from scoring.tests.make import (
    accept,
    decide_all,
    publish_all,
    result_of,
)
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
LIST = reverse("scoring:results")


def total(response):
    return int(re.search(r'class="total">[^0-9]*<strong>(\d+)</strong>', text(response)).group(1))


def text(response):
    return response.content.decode()


def names(response):
    return [row["result"].name for row in response.context["rows"]]


def at(name, target, **more):
    return reverse(f"scoring:{name}", args=[target.pk])


# ---- who sees what ----


def test_the_county_sees_what_is_derived(made):
    assert total(enter(made.officer).get(LIST)) == 4


def test_a_unit_sees_nothing_before_it_is_published(made):
    assert names_or_none(enter(made.clerk).get(LIST)) == []


def names_or_none(response):
    return names(response) if "rows" in response.context else []


def test_a_unit_sees_its_own_when_published(made):
    decide_all(made)
    publish_all(made)
    assert names(enter(made.clerk).get(LIST)) == ["双井村党支部", "上坝村党支部"]


@pytest.mark.parametrize("name", ["result", "result_print", "explain"])
def test_a_stranger_does_not_find_a_result(made, name):
    decide_all(made)
    publish_all(made)
    target = result_of(made, made.branches[0])
    assert enter(made.stranger).get(at(name, target)).status_code == 404


def test_a_unit_does_not_find_its_own_unpublished_result(made):
    target = result_of(made, made.branches[0])
    assert enter(made.branch_clerk).get(at("result", target)).status_code == 404


def test_an_inspector_has_no_results(made):
    inspector = make_inspector(branch=made.branches[0])
    assert enter(inspector).get(LIST).status_code == 403


def test_without_a_cycle_the_list_says_so():
    assert "还没有周期" in text(enter(make_county().officer).get(LIST))


# ---- filters, sums, export ----


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("verdict=pass", 3),
        ("verdict=fail", 1),
        ("verdict=open", 0),
        ("field=rural", 4),
        ("field=school", 0),
        ("tier=excellent", 3),
        ("state=undecided", 4),
        ("state=published", 0),
        ("basis=paper", 4),
        ("basis=site", 0),
        ("q=双井", 1),
        ("q=%E5%8F%8C%20%E6%9D%91", 1),
        ("verdict=nonsense&field=nonsense&unit=x&tier=zzz", 4),
    ],
)
def test_a_filter_in_the_address_narrows_the_list(made, query, count):
    page = enter(made.officer).get(f"{LIST}?{query}")
    assert total(page) == count


def test_the_unit_filter_takes_the_whole_subtree(made):
    assert names(enter(made.officer).get(f"{LIST}?unit={made.town.pk}")) == [
        "双井村党支部",
        "上坝村党支部",
    ]


def test_accepted_branches_are_told_from_those_on_paper(made):
    accept(made, made.branches[1])
    assert names(enter(made.officer).get(f"{LIST}?basis=site")) == ["上坝村党支部"]


@pytest.mark.parametrize(("person", "links_there"), [("officer", 15), ("leader", 15), ("clerk", 5)])
def test_every_sum_by_unit_opens_exactly_its_rows(made, person, links_there):
    decide_all(made)
    publish_all(made)
    client = enter(getattr(made, person))
    page = text(client.get(LIST))
    links = re.findall(r'data-count="(\d+)" href="([^"]+)"', page)
    addresses = {url for _n, url in links}
    lists = {url: total(client.get(url.replace("&amp;", "&"))) for url in addresses}
    assert [(url, n, lists[url]) for n, url in links if int(n) != lists[url]] == []
    assert len(links) == links_there


def test_the_export_has_the_rows_and_the_order_of_the_screen(made):
    client = enter(made.officer)
    screen = names(client.get(f"{LIST}?verdict=pass"))
    answer = client.get(f"{reverse('scoring:results_export')}?verdict=pass")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [row[0] for row in sheet.iter_rows(min_row=4, values_only=True)][: len(screen)] == screen


def test_an_export_is_logged_with_its_filter(made):
    b"".join(enter(made.officer).get(reverse("scoring:results_export")).streaming_content)
    found = AccessLog.objects.get(what="results.exported")
    assert (found.rows, found.user) == (4, made.officer.user)


def test_looking_writes_nothing(made):
    before = list(Result.objects.order_by("pk").values())
    client = enter(made.officer)
    target = result_of(made, made.branches[0])
    for url in (LIST, at("result", target), at("result_print", target)):
        client.get(url)
    assert list(Result.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_queries_for_one_row_or_three(
    rows, django_assert_max_num_queries, made
):
    client = enter(made.officer)
    url = f"{LIST}?q={'双井' if rows == 1 else '村'}"
    client.get(url)
    with django_assert_max_num_queries(20):
        client.get(url)


def test_a_sheet_not_judged_to_its_end_shows_no_chapter_as_a_result(made):
    branch = made.branches[0]
    Result.objects.filter(branch=branch).update(proposal="open", unjudged=2)
    rows = enter(made.officer).get(LIST).context["rows"]
    told = {
        row["result"].branch_id: [c.text for c in row["cells"] if c.label.endswith("得分")]
        for row in rows
    }
    assert set(told[branch.pk]) == {"—"}
    assert "—" not in told[made.branches[1].pk]
