"""Runs on the screen: on file by one press, listed, compared, exported."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from branches.tests.make import make_county
from scoring import archiving
from scoring.models import Run
from scoring.run_compare import shifts
from scoring.tests.make import COMPUTED, FAR_SHORT, accept, make_judged
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
RUNS = reverse("scoring:runs")


@pytest.fixture
def made():
    return make_judged(failing=[["records"], FAR_SHORT])


@pytest.fixture
def two(made):
    """The first branch falls between them, the second rises."""
    old = put(made)
    accept(made, made.branches[0], failing=FAR_SHORT)
    accept(made, made.branches[1])
    return made, old, put(made, later=1)


def put(made, *, later=0):
    moment = COMPUTED + timedelta(minutes=later)
    return archiving.archive(made.officer, made.cycle, reason="汇总", now=moment)


def text(response):
    return response.content.decode()


def total(response):
    return int(re.search(r'class="total">[^0-9]*<strong>(\d+)</strong>', text(response)).group(1))


def test_the_county_puts_results_on_file_by_one_press(made):
    client = enter(made.officer)
    answer = client.post(f"{RUNS}?cycle={made.cycle.pk}", {"kind": "derived", "reason": "季度汇总"})
    run = Run.objects.get()
    assert answer["Location"] == reverse("scoring:run", args=[run.pk])
    assert "季度汇总" in text(client.get(answer["Location"]))


@pytest.mark.parametrize("given", [{"kind": "derived", "reason": ""}, {"kind": "published"}, {}])
def test_a_bad_form_comes_back_with_what_was_typed(made, given):
    answer = enter(made.officer).post(f"{RUNS}?cycle={made.cycle.pk}", given)
    assert (answer.status_code, Run.objects.count()) == (422, 0)


@pytest.mark.parametrize("person", ["leader", "secretary", "branch_clerk"])
def test_nobody_else_posts(made, person):
    answer = enter(getattr(made, person)).post(RUNS, {"kind": "derived", "reason": "存"})
    assert (answer.status_code, Run.objects.count()) == (403, 0)


def test_another_county_finds_no_run(made):
    run = put(made)
    other = make_county(name="别县")
    assert enter(other.officer).get(reverse("scoring:run", args=[run.pk])).status_code == 404


@pytest.mark.parametrize("verdict", ["", "pass", "fail"])
def test_each_number_of_a_run_opens_as_many_rows(made, verdict):
    run = put(made)
    answer = enter(made.officer).get(reverse("scoring:run", args=[run.pk]), {"verdict": verdict})
    want = run.counts.get(verdict, 0) if verdict else run.result_count
    assert (total(answer), len(answer.context["rows"])) == (want, want)


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


@pytest.mark.parametrize("name", ["run_export", "runs_compare_export"])
def test_the_workbooks_come(two, name):
    made, old, new = two
    if name == "run_export":
        answer = enter(made.officer).get(reverse("scoring:run_export", args=[new.pk]))
    else:
        answer = enter(made.officer).get(
            reverse("scoring:runs_compare_export"), {"old": old.pk, "new": new.pk}
        )
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize("several", [1, 3])
def test_lists_of_runs_ask_the_same_number_of_questions(several, django_assert_num_queries):
    made = make_judged(cycle=None)
    for n in range(several):
        put(made, later=n)
    client = enter(made.officer)
    client.get(RUNS)
    with django_assert_num_queries(8):
        client.get(f"{RUNS}?cycle={made.cycle.pk}")
