"""Two runs held against each other on the screen."""

from copy import deepcopy

import pytest
from django.urls import reverse

from scoring.run_compare import shifts
from scoring.tests.make import FAR_SHORT, accept
from scoring.tests.test_views_runs import put, text, total
from standards.tests.make import enter

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built_two(built):
    """The first branch falls between them, the second rises."""
    old = put(built)
    accept(built, built.branches[0], failing=FAR_SHORT)
    accept(built, built.branches[1])
    return built, old, put(built, later=1)


@pytest.fixture
def two(built_two):
    return deepcopy(built_two)


def compare(two, **query):
    made, old, new = two
    url = reverse("scoring:runs_compare")
    return enter(made.officer).get(url, {"old": old.pk, "new": new.pk} | query)


def test_two_runs_tell_who_rose_and_who_fell_by_which_clause(two):
    made, _old, _new = two
    page = text(compare(two, show="down"))
    assert made.branches[0].short_name in page
    assert made.branches[1].short_name not in page
    assert "分→" in page


def test_the_clauses_and_the_rest_add_up_to_the_change(two):
    _made, old, new = two
    rows = shifts(old, new)
    assert [each.step == sum(b - a for _k, a, b in each.steps) + each.rest for each in rows] == [
        True
    ] * 4


@pytest.mark.parametrize("show", ["up", "down", "tier", "same", "joined", "left", "all"])
def test_each_count_of_a_comparison_opens_as_many_rows(two, show):
    answer = compare(two, show=show)
    counts = {key: n for key, _word, n in answer.context["views"]}
    assert total(answer) == len(answer.context["rows"]) == counts[show]


def test_the_counts_of_a_comparison(two):
    counts = {key: n for key, _word, n in compare(two).context["views"]}
    assert counts == {
        "up": 1, "down": 1, "tier": 2, "same": 2, "joined": 0, "left": 0, "all": 4,
    }  # fmt: skip


def test_runs_asked_for_the_wrong_way_round_are_put_right(two):
    made, old, new = two
    found = compare((made, new, old))
    assert (found.context["old"].pk, found.context["new"].pk) == (old.pk, new.pk)


@pytest.mark.parametrize("old", ["", "x", "9" * 40, "0", "１"])
def test_an_odd_address_leads_back_to_the_list(two, old):
    made, _old, new = two
    answer = enter(made.officer).get(reverse("scoring:runs_compare"), {"old": old, "new": new.pk})
    assert answer.status_code == 302


def test_the_workbook_of_a_comparison_comes(two):
    made, old, new = two
    url = reverse("scoring:runs_compare_export")
    answer = enter(made.officer).get(url, {"old": old.pk, "new": new.pk})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"
