"""Every role's workbench: each number opens a list of exactly that many rows, in a steady number of queries."""

import re
from copy import deepcopy
from datetime import timedelta
from functools import cache
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Kind
from accounts.tests.make import make_user
from branches.tests.make import make_county, make_grant
from portal.board_findings import findings_of
from portal.board_parts import rate, step_of
from portal.tests.make_board import make_board, make_lone_actor, make_troubles
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
HOME = reverse("home")
# Each with how many numbers the board has at least.
PEOPLE = {"officer": 38, "leader": 38, "secretary": 8, "clerk": 0, "branch_clerk": 3, "stranger": 0, "inspector": 0}  # fmt: skip
ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)


@pytest.fixture(scope="module")
def built(lasting):
    return make_board()


@pytest.fixture
def made(built):
    return deepcopy(built)


@pytest.fixture(scope="module")
def home(built):
    """The answer with somebody's board, asked for once."""
    return cache(lambda person: enter(getattr(built, person)).get(HOME))


def page_of(client, url=HOME):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def numbers(page):
    """[(address, number)]: links that carry a count, and linked marks of charts."""
    found = []
    for attributes, inside in ANCHOR.findall(page):
        address = unescape(re.search(r'href="([^"]*)"', attributes).group(1))
        count = re.search(r'data-count="(\d+)"', attributes)
        mark = re.search(r"<title>[^<]*：(\d+)", inside)
        if count or mark:
            found.append((address, int((count or mark).group(1))))
    return found


def total(page):
    said = re.search(r'class="(?:total|pager)".*?(\d+)', page, re.DOTALL)
    return int(said.group(1))


@pytest.mark.parametrize("person", PEOPLE)
def test_every_number_opens_a_list_of_exactly_that_many_rows(made, home, person):
    client, found = enter(getattr(made, person)), numbers(home(person).content.decode())
    lists = {url: total(page_of(client, url)) for url in dict.fromkeys(url for url, _n in found)}
    assert [(url, n, lists[url]) for url, n in found if n != lists[url]] == []
    assert len(found) >= PEOPLE[person]


@pytest.mark.parametrize("person", ["officer", "clerk", "branch_clerk"])
def test_no_big_number_stands_without_its_list(home, person):
    page = home(person).content.decode()
    linked = "".join(inside for _attributes, inside in ANCHOR.findall(page))
    bare = page.count('class="due-number"') - linked.count('class="due-number"')
    assert bare == 0


@pytest.mark.parametrize("kind", [Kind.SYSTEM, Kind.SECURITY, Kind.AUDIT])
def test_an_administrator_sees_the_own_tasks_and_no_business(made, kind):
    client = enter_user(make_user(kind=kind))
    page = page_of(client)
    found = numbers(page)
    assert [
        row for row in ((n, total(page_of(client, url))) for url, n in found) if row[0] != row[1]
    ] == []
    assert "柳湾镇" not in page


def enter_user(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("person", ["officer", "leader", "clerk", "secretary", "branch_clerk"])
def test_the_queries_do_not_grow_with_the_rows(made, person, django_assert_max_num_queries):
    client = enter(getattr(made, person))
    client.get(HOME)
    with django_assert_max_num_queries(30):
        client.get(HOME)
    for _time in range(2):
        make_troubles(made)
    with django_assert_max_num_queries(30):
        client.get(HOME)


def test_the_county_sees_what_is_to_be_done_first(home):
    assert {card.label: card.count for card in home("officer").context["cards"]} == {
        "待销号": 1,
        "待核查": 1,
        "延期待批": 1,
        "逾期未反馈": 3,
        "待下发": 1,
        "有异议": 1,
        "自评已退回": 1,
    }


def test_the_decided_cycle_tells_its_rate_and_its_denominator(home):
    stat = home("officer").context["stats"][0]
    assert (stat.count, stat.of, stat.more) == (3, 4, "75.0%")


def test_units_stand_in_protocol_order_and_are_not_ranked(home):
    rows = home("officer").context["rows"]
    assert [(row.unit.short_name, row.branches) for row in rows] == [("柳湾镇", 2), ("石埠镇", 2)]


def test_long_term_ones_are_not_overdue(home):
    rows = {row.unit.short_name: row for row in home("officer").context["rows"]}
    assert (rows["柳湾镇"].overdue, rows["石埠镇"].overdue) == (3, 0)


def test_the_leader_has_briefs_and_no_button_to_act(made, home):
    page = home("leader").content.decode()
    assert reverse("scoring:brief", args=[made.town.pk]) in page
    assert "办理待办事项" not in page


def test_a_clerk_sees_only_the_own_unit(home):
    page = home("clerk").content.decode()
    assert ("双井村党支部" in page, "樟树坪村党支部" in page) == (True, False)


def test_a_returned_self_assessment_stands_apart(home):
    returned = home("clerk").context["returned"]
    assert [row.branch.short_name for row in returned] == ["双井村党支部"]


def test_the_inspector_finds_todays_visit_and_the_next_stop(made, home):
    page = home("inspector").content.decode()
    assert reverse("inspections:stop", args=[made.stop.pk]) in page


def test_a_visit_of_another_week_is_not_todays(made):
    made.visit.starts_on = timezone.localdate() + timedelta(days=1)
    made.visit.save()
    assert enter(made.inspector).get(HOME).context["visits"] == []


def test_a_clerk_on_a_visit_has_both(made):
    made.visit.members.create(user=made.clerk.user)
    make_grant(user=made.clerk.user, organization=made.branches[0], role="inspector")
    words = enter(made.clerk).get(HOME).context
    assert (len(words["visits"]), words["template"]) == (1, "portal/home_unit.html")


def test_without_a_role_the_page_says_whom_to_ask(made):
    assert "您的账号目前没有角色" in page_of(enter(make_lone_actor(made)))


def test_a_county_without_any_cycle_has_a_workbench():
    county = make_county()
    for actor in (county.officer, county.clerk, county.branch_clerk):
        assert enter(actor).get(HOME).status_code == 200


def test_the_open_findings_of_past_weeks_are_counted_back(made):
    found = findings_of(made.officer, trend=True)
    assert found.by_week[-1] == sum(
        row.issued_on is not None and row.issued_on <= made.officer.today for row in found.rows
    )


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (83.3, 71.7, ("+11.6个百分点", True)),
        (71.7, 83.3, ("−11.6个百分点", False)),
        (80.0, 80.0, ("±0.0个百分点", True)),
        (80.0, None, ("", True)),
        (None, 80.0, ("", True)),
    ],
)
def test_a_change_of_rates_is_told_in_percentage_points(now, before, said):
    assert step_of(now, before) == said


def test_a_rate_of_nothing_is_a_dash():
    assert (rate(0, 0), rate(46, 60)) == ("—", "76.7%")
