"""A cycle scored again from its packed results comes to what the records say."""

from datetime import timedelta

import pytest

from branches.tests.make import TODAY
from scoring import results
from scoring.models import Detail, Result
from scoring.packed_rows import chunks, names_of
from scoring.rescoring import programs_of, rescore, rescored, written
from scoring.tests.make import COMPUTED, decide_all, make_published

pytestmark = pytest.mark.django_db


def rows():
    return list(Result.objects.order_by("pk").values())


def test_scoring_again_changes_nothing(made):
    before = rows()
    assert rescore(made.cycle, everything=True) == 4
    assert rows() == before


def test_results_of_an_older_program_are_brought_up_to_date(made):
    before = rows()
    Result.objects.update(program_hash="older", total=1, tier="", proposal="fail")
    assert rescore(made.cycle) == 4
    assert rows() == before
    assert rescore(made.cycle) == 0


def test_the_chore_scores_again_after_the_program_changed(made):
    Result.objects.update(program_hash="older", total=1)
    results.refresh(now=COMPUTED)
    assert list(results.differences(made.cycle)) == []


def test_a_decision_falls_with_the_proposal_it_adopted(made):
    decide_all(made)
    first = Result.objects.order_by("pk").first()
    Result.objects.filter(pk=first.pk).update(proposal="fail")
    Result.objects.update(program_hash="older")
    rescore(made.cycle)
    decided = Result.objects.order_by("pk").values_list("decided_on", "decided_pass")
    assert (decided[0], decided[2]) == ((None, None), (TODAY, True))


def test_what_was_computed_meanwhile_is_left_alone(made):
    Result.objects.update(program_hash="older", total=1)
    programs = programs_of(made.cycle)
    names = names_of(programs)
    (read,) = chunks(made.cycle, names, everything=True)
    first = Result.objects.order_by("pk").first()
    Result.objects.filter(pk=first.pk).update(computed_at=COMPUTED + timedelta(minutes=1))
    assert written(read, *rescored(read, programs), names) == 4
    totals = Result.objects.order_by("pk").values_list("total", flat=True)
    assert (totals[0], 1 in totals[1:]) == (1, False)


def test_a_record_of_another_layout_is_left_to_the_records(made):
    Result.objects.update(program_hash="older", total=1)
    Detail.objects.update(packed=b"x" * 40)
    assert rescore(made.cycle) == 0
    assert results.refresh(now=COMPUTED) == 4
    assert list(results.differences(made.cycle)) == []


def test_a_tier_that_the_edition_does_not_have_is_replaced(made):
    before = rows()
    Result.objects.update(tier="gone", total=1)
    rescore(made.cycle, everything=True)
    assert rows() == before


def test_what_is_published_is_not_scored_again():
    made = make_published()
    assert rescore(made.cycle, everything=True) == 0
