"""Results stored: computed from what changed, published ones for good, and always reproducible."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from accounts.tests.make import NOW
from branches.models import Meeting, MeetingKind
from branches.tests.make import TODAY
from inspections.models import Assessment, Source
from inspections.sheets import SINGLE, Judgement, judge
from scoring import results
from scoring.models import Result
from scoring.tests.make import COMPUTED, decide_all, make_judged, make_published, result_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


@pytest.fixture(scope="module")
def built(lasting):
    return make_judged()


def correct(made, branch, *, now, short=3):
    """The parent corrects one clause of the branch."""
    row = Assessment.objects.get(cycle=made.cycle, branch=branch)
    said = Judgement("records", values={"short": short})
    judge(row, Source.FIRST_CHECK, said, by=made.secretary.user, now=now, on=TODAY, how=SINGLE)


def test_every_branch_of_the_cycle_has_one_result(made):
    assert Result.objects.filter(cycle=made.cycle).count() == 4


def test_computing_again_changes_no_result(made):
    found = Result.objects.order_by("pk").values("pk", "total", "detail__packed", "detail__notes")
    before = list(found)
    results.compute(made.cycle, now=LATER)
    assert list(found.all()) == before


def test_a_result_keeps_its_address_when_its_points_change(made):
    branch = made.branches[0]
    before = result_of(made, branch)
    correct(made, branch, now=LATER)
    results.compute(made.cycle, branch_ids=[branch.pk], now=LATER)
    after = result_of(made, branch)
    assert (after.pk, before.total - after.total) == (before.pk, 150)


def stale(cycle, *, now):
    """Of all branches; and of one or two of them it says the same."""
    found = results.stale(cycle, now=now)
    ids = sorted(Result.objects.filter(cycle=cycle).values_list("branch_id", flat=True))
    for some in (ids[:1], ids[1:3], []):
        assert results.stale(cycle, now=now, branch_ids=some) == found & set(some)
    return found


def test_fresh_results_are_not_stale(made):
    assert stale(made.cycle, now=LATER) == set()


def test_a_corrected_clause_makes_that_branch_stale(made):
    correct(made, made.branches[0], now=LATER)
    assert stale(made.cycle, now=LATER) == {made.branches[0].pk}


def test_a_meeting_recorded_makes_its_branch_stale(made):
    branch = made.branches[1]
    Meeting.objects.create(
        organization=branch,
        kind=MeetingKind.COMMITTEE,
        held_on=date(2026, 3, 4),
        recorded_at=LATER,
        recorded_by=made.clerk.user,
    )
    assert stale(made.cycle, now=LATER) == {branch.pk}


def test_a_branch_without_a_result_is_stale(made):
    Result.objects.filter(branch=made.branches[0]).delete()
    assert stale(made.cycle, now=LATER) == {made.branches[0].pk}


def test_a_published_result_never_is_stale():
    published = make_published()
    assert stale(published.cycle, now=LATER + timedelta(days=3)) == set()


def test_what_was_never_touched_is_not_stale(made):
    Assessment.objects.update(changed_at=None)
    assert stale(made.cycle, now=LATER) == set()


def test_what_changed_in_the_moment_of_computing_is_stale(made):
    Assessment.objects.filter(branch=made.branches[1]).update(changed_at=COMPUTED)
    assert stale(made.cycle, now=LATER) == {made.branches[1].pk}


def test_a_new_day_makes_every_open_result_stale(made):
    assert stale(made.cycle, now=NOW + timedelta(days=1)) == {
        branch.pk for branch in made.all_branches
    }


def test_refresh_brings_only_what_is_stale_up_to_date(made):
    correct(made, made.branches[0], now=LATER)
    assert results.refresh(now=LATER + timedelta(seconds=1)) == 1
    assert stale(made.cycle, now=LATER + timedelta(seconds=2)) == set()


def test_stored_results_are_what_a_new_computation_gives(made):
    assert list(results.differences(made.cycle)) == []


def test_a_result_changed_by_hand_is_found_out(made):
    target = result_of(made, made.branches[0])
    Result.objects.filter(pk=target.pk).update(total=target.total - 1)
    assert list(results.differences(made.cycle)) == [
        f"{made.cycle.pk}/{target.branch_id} 双井村党支部: {target.total - 1} != {target.total}"
    ]


def test_the_nightly_proof_names_what_differs_and_mends_it(made, caplog):
    target = result_of(made, made.branches[0])
    Result.objects.filter(pk=target.pk).update(total=target.total - 1)
    assert results.prove(now=LATER) == 1
    assert "双井村党支部" in caplog.text
    assert results.prove(now=LATER) == 0


def test_a_decision_falls_when_the_proposal_it_adopted_changes(made):
    decide_all(made)
    correct(made, made.branches[0], now=LATER, short=60)
    results.compute(made.cycle, now=LATER)
    assert result_of(made, made.branches[0]).decided_pass is None


def test_a_decision_stays_while_the_proposal_does(made):
    decide_all(made)
    correct(made, made.branches[0], now=LATER)
    results.compute(made.cycle, now=LATER)
    assert result_of(made, made.branches[0]).decided_pass is True


def test_a_published_result_is_not_computed_again():
    made = make_published()
    before = result_of(made, made.branches[0]).total
    correct(made, made.branches[0], now=LATER)
    results.compute(made.cycle, now=LATER)
    assert result_of(made, made.branches[0]).total == before


def test_the_database_itself_refuses_to_change_a_published_result():
    made = make_published()
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.filter(cycle=made.cycle).update(total=1)


@pytest.mark.parametrize("branches", [1, 4])
def test_the_queries_do_not_grow_with_the_branches(made, branches, django_assert_num_queries):
    ids = [branch.pk for branch in made.all_branches[:branches]]
    results.compute(made.cycle, branch_ids=ids, now=LATER)
    with django_assert_num_queries(12):
        results.compute(made.cycle, branch_ids=ids, now=LATER)
