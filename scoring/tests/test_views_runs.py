"""Runs on the screen: on file by one press, listed, compared, exported."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from branches.tests.make import make_county
from scoring import archiving
from scoring.models import Run
from scoring.tests.make import COMPUTED
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
RUNS = reverse("scoring:runs")


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


def test_lists_of_runs_ask_the_same_number_of_questions(made, django_assert_num_queries):
    client = enter(made.officer)
    client.get(RUNS)
    for runs in (1, 3):
        for n in range(Run.objects.count(), runs):
            put(made, later=n)
        with django_assert_num_queries(8):
            client.get(f"{RUNS}?cycle={made.cycle.pk}")


def test_the_workbook_of_a_run_comes(made):
    run = put(made)
    answer = enter(made.officer).get(reverse("scoring:run_export", args=[run.pk]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"
