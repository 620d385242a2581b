"""Results stored under a composition: what depends on the peers moves with them, and is proved again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.make import NOW
from branches.tests.make import TODAY
from inspections.models import Assessment, Source
from inspections.sheets import SINGLE, Judgement, judge
from scoring import deciding, results
from scoring.models import Detail, Result
from scoring.tests.compositions import make_composed, note_figure
from scoring.tests.make import decide_all, publish_all, result_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)
SHORT = ({}, {"records": {"short": 10}}, {"records": {"short": 20}}, {"dues": {"short": 40}})
QUOTA = {"quotas": [{"tier": "five", "places": 1}]}
SURVEY = {
    "components": [
        {"key": "sheet", "weight": "70", "from": "chapters", "chapters": ["daily", "yearly"]},
        {"key": "survey", "weight": "30", "from": "figure", "figure": "survey"},
    ]
}


def tiers(made):
    return list(Result.objects.filter(cycle=made.cycle).order_by("branch_id").values_list("tier", flat=True))  # fmt: skip


def test_the_stored_tier_is_the_one_after_the_quota_and_says_which_was_earned():
    made = make_composed(QUOTA, failing=SHORT)
    assert tiers(made) == ["five", "four", "four", "four"]
    assert result_of(made, made.branches[1]).sums["moved"] == ["five", "four", "five", 1, 1, 10_000]


def test_one_corrected_branch_moves_another_up():
    made = make_composed(QUOTA, failing=SHORT)
    row = Assessment.objects.get(cycle=made.cycle, branch=made.branches[0])
    said = Judgement("records", values={"short": 15})
    judge(row, Source.FIRST_CHECK, said, by=made.secretary.user, now=LATER, on=TODAY, how=SINGLE)
    results.compute(made.cycle, branch_ids=[made.branches[0].pk], now=LATER)
    assert tiers(made) == ["four", "five", "four", "four"]


def test_computing_again_changes_nothing():
    made = make_composed(QUOTA | SURVEY, failing=SHORT, figures=[{"survey": "80"}] * 4)
    names = ("pk", "total", "tier", "detail__sums", "detail__told", "detail__packed")
    found = Result.objects.order_by("pk").values(*names)
    before = list(found)
    results.compute(made.cycle, now=LATER)
    assert list(found.all()) == before


def test_a_figure_noted_makes_its_branch_stale():
    made = make_composed(SURVEY, figures=[{"survey": "80"}] * 4)
    assert results.stale(made.cycle, now=LATER) == set()
    note_figure(made.cycle, made.branches[1], "survey", "90", by=made.officer.user, at=LATER)
    assert results.stale(made.cycle, now=LATER) == {made.branches[1].pk}


def correct(made, branch, short, *, now):
    row = Assessment.objects.get(cycle=made.cycle, branch=branch)
    said = Judgement("records", values={"short": short})
    judge(row, Source.FIRST_CHECK, said, by=made.secretary.user, now=now, on=TODAY, how=SINGLE)


def test_who_is_moved_by_another_keeps_what_its_result_was_made_of():
    made = make_composed(QUOTA, failing=SHORT)
    before = result_of(made, made.branches[1])
    correct(made, made.branches[0], 15, now=LATER)
    assert results.compute(made.cycle, branch_ids=[made.branches[0].pk], now=LATER) == 3
    after = result_of(made, made.branches[1])
    assert (before.tier, after.tier) == ("four", "five")
    for name in ("packed", "notes", "sources"):
        assert getattr(before.detail, name) == getattr(after.detail, name)
    assert (after.computed_at, after.sums["moved"]) == (before.computed_at, None)
    assert list(results.differences(made.cycle)) == []


WITH_OWN_WORD = {
    "components": [
        {"key": "sheet", "weight": "70", "from": "chapters", "chapters": ["daily", "yearly"]},
        {"key": "own", "weight": "30", "from": "source", "source": "self"},
    ]
}


@pytest.mark.parametrize("composition", [QUOTA, QUOTA | WITH_OWN_WORD])
def test_one_corrected_branch_reads_no_answer_of_the_others(composition):
    made = make_composed(composition, failing=SHORT)
    correct(made, made.branches[0], 15, now=LATER)
    with CaptureQueriesContext(connection) as asked:
        results.compute(made.cycle, branch_ids=[made.branches[0].pk], now=LATER)
    read = [each["sql"] for each in asked if each["sql"].startswith("SELECT") and '"coverage"' in each["sql"]]  # fmt: skip
    row = Assessment.objects.get(cycle=made.cycle, branch=made.branches[0])
    assert len(read) == len(composition)
    assert all(f'"assessment_id" IN ({row.pk})' in each for each in read)
    assert list(results.differences(made.cycle)) == []


def test_who_was_overtaken_is_read_anew_though_nobody_asked():
    made = make_composed(QUOTA, failing=SHORT)
    for branch in made.branches[:2]:
        correct(made, branch, 30, now=LATER)
    then = LATER + timedelta(minutes=1)
    results.compute(made.cycle, branch_ids=[made.branches[0].pk], now=then)
    assert tiers(made) == ["four", "four", "five", "four"]
    assert results.stale(made.cycle, now=then) == set()


def test_a_sheet_that_fits_no_column_stands_beside_those_that_do():
    made = make_composed(QUOTA, failing=SHORT)
    Detail.objects.filter(result__branch=made.branches[1]).update(packed=None)
    correct(made, made.branches[0], 15, now=LATER)
    results.compute(made.cycle, branch_ids=[made.branches[0].pk], now=LATER)
    assert tiers(made) == ["four", "five", "four", "four"]
    assert result_of(made, made.branches[1]).detail.packed is not None


UNSOLVED = {"history": {"unsolved": "2"}}


@pytest.mark.parametrize(
    "composition", [QUOTA, SURVEY, QUOTA | SURVEY, UNSOLVED, QUOTA | UNSOLVED, WITH_OWN_WORD]
)
def test_what_is_stored_is_computed_again_from_the_records(composition):
    made = make_composed(composition, failing=SHORT, figures=[{"survey": "80"}] * 4)
    assert list(results.differences(made.cycle)) == []
    Result.objects.filter(branch=made.branches[0]).update(total=1)
    assert len(list(results.differences(made.cycle))) == 1


def test_a_published_result_is_proved_from_what_it_keeps():
    made = make_composed(QUOTA | SURVEY, failing=SHORT, figures=[{"survey": "80"}] * 4)
    decide_all(made)
    publish_all(made)
    note_figure(made.cycle, made.branches[0], "survey", "10", by=made.officer.user, at=LATER)
    results.compute(made.cycle, now=LATER)
    assert list(results.differences(made.cycle)) == []
    assert result_of(made, made.branches[0]).sums["known"]["figures"] == {"survey": "80"}


def test_a_decision_falls_when_the_quota_changes_the_proposal():
    made = make_composed({"quotas": [{"tier": "none", "least": "25"}]}, failing=SHORT)
    decide_all(made)
    last = made.foreign[1]
    assert result_of(made, last).decided_pass is False
    row = Assessment.objects.get(cycle=made.cycle, branch=made.branches[0])
    said = Judgement("records", values={"short": 70})
    judge(row, Source.FIRST_CHECK, said, by=made.secretary.user, now=LATER, on=TODAY, how=SINGLE)
    deciding.fresh(Result.objects.filter(cycle=made.cycle).select_related("cycle"), now=LATER)
    assert tiers(made) == ["none", "five", "five", "four"]
    assert result_of(made, last).decided_pass is None
