"""Results stored under a composition: what depends on the peers moves with them, and is proved again."""

from datetime import timedelta

import pytest

from accounts.tests.make import NOW
from branches.tests.make import TODAY
from inspections.models import Assessment, Source
from inspections.sheets import SINGLE, Judgement, judge
from scoring import deciding, results
from scoring.models import Result
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
    names = ("pk", "total", "tier", "detail__sums", "detail__told")
    found = Result.objects.order_by("pk").values(*names)
    before = list(found)
    results.compute(made.cycle, now=LATER)
    assert list(found.all()) == before


def test_a_figure_noted_makes_its_branch_stale():
    made = make_composed(SURVEY, figures=[{"survey": "80"}] * 4)
    assert results.stale(made.cycle, now=LATER) == set()
    note_figure(made.cycle, made.branches[1], "survey", "90", by=made.officer.user, at=LATER)
    assert results.stale(made.cycle, now=LATER) == {made.branches[1].pk}


@pytest.mark.parametrize("composition", [QUOTA, SURVEY, QUOTA | SURVEY])
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
