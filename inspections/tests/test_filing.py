"""Typing, submitting and taking back: who, when, and what is left afterwards."""

import uuid
from datetime import timedelta

import pytest

from accounts.models import Deed, Notice
from accounts.refusal import Refused
from accounts.roles import Role
from accounts.tests.make import NOW
from branches.scope import act_as
from branches.tests.make import TODAY, make_actor, make_branch
from inspections import checking, filing
from inspections.models import (
    Answer,
    Assessment,
    CycleState,
    Finding,
    Mark,
    Sheet,
    Source,
    Stage,
    Step,
)
from inspections.sheets import Judgement
from inspections.tests.make import make_assessment, make_cycle, make_prior, make_running

pytestmark = pytest.mark.django_db
SHORT = Judgement("records", values={"short": 2}, remark="三季度缺两次")


def of(cycle, branch):
    rows = Assessment.objects.select_related("branch__parent", "cycle__edition", "cycle__prior")
    return rows.get(cycle=cycle, branch=branch)


def ready(county, cycle, *judgements, branch=0):
    """An assessment in which nothing waits any more."""
    row = of(cycle, county.branches[branch])
    for judgement in (Judgement("dues"), *judgements):
        filing.answer(county.clerk, row, judgement, now=NOW)
    return row


def submit(actor, row, *, now=NOW, key=None, on=None):
    return filing.submit(actor, row, discussed_on=on, now=now, client_key=key or uuid.uuid4())


def coverage(row):
    return Sheet.objects.get(assessment=row, source=Source.SELF).coverage


def test_first_answer_begins_the_filing(county, cycle):
    row = of(cycle, county.branches[0])
    filing.answer(county.clerk, row, Judgement("dues"), now=NOW)
    row.refresh_from_db()
    assert (row.stage, coverage(row)) == (Stage.DRAFTING, {"dues": "single"})


def test_submit_refuses_while_a_clause_waits_and_names_it(county, cycle):
    with pytest.raises(Refused) as refused:
        submit(county.clerk, of(cycle, county.branches[0]))
    assert "1.3" in refused.value.sentence


def test_submit_adopts_the_carried_clauses_and_tells_the_secretary(county, cycle):
    row = submit(county.clerk, ready(county, cycle))
    told = Notice.objects.filter(code="assessment.submitted").values_list("user__name", flat=True)
    assert coverage(row) == {
        "dues": "single", "setup": "carried", "records": "carried", "falsified": "carried",
    }  # fmt: skip
    assert list(told) == ["陈平"]


def test_submit_carries_what_did_not_apply_as_not_applicable(county):
    cycle = make_cycle(owner=county.county)
    prior = make_prior(cycle=cycle, branch=county.branches[0], by=county.clerk.user)
    sheet = Sheet.objects.get(assessment=prior, source=Source.SELF)
    Answer.objects.create(
        sheet=sheet,
        clause_key="setup",
        applicable=False,
        remark="联合支部",
        on=TODAY,
        at=NOW,
        by=county.clerk.user,
    )
    make_assessment(cycle=cycle, branch=county.branches[0], prior=prior)
    row = submit(county.clerk, ready(county, cycle))
    carried = Answer.objects.get(sheet__assessment=row, clause_key="setup")
    assert (carried.applicable, carried.remark, coverage(row)["setup"]) == (
        False,
        "联合支部",
        "carried",
    )


def test_the_secretary_who_files_alone_leaves_the_review_to_the_county(county, cycle):
    submit(county.secretary, ready(county, cycle))
    told = Notice.objects.filter(code="assessment.submitted").values_list("user__name", flat=True)
    assert sorted(told) == ["吴越", "周岚"]


def test_a_second_press_of_the_same_submit_changes_nothing(county, cycle):
    key, row = uuid.uuid4(), ready(county, cycle)
    submit(county.clerk, row, key=key)
    submit(county.clerk, of(cycle, county.branches[0]), key=key)
    assert Step.objects.filter(assessment=row, move="submit").count() == 1


def test_the_key_of_one_branch_cannot_submit_another(county, cycle):
    key = uuid.uuid4()
    submit(county.clerk, ready(county, cycle), key=key)
    with pytest.raises(Refused):
        submit(county.clerk, ready(county, cycle, branch=1), key=key)


def test_the_slower_of_two_submits_is_refused_and_leaves_one_step(county, cycle):
    first = ready(county, cycle)
    stale = of(cycle, county.branches[0])
    submit(county.clerk, first)
    with pytest.raises(Refused):
        submit(county.secretary, stale)
    assert Step.objects.filter(assessment=first).count() == 1


def test_a_late_autosave_cannot_change_what_was_submitted(county, cycle):
    row = ready(county, cycle)
    stale = of(cycle, county.branches[0])
    submit(county.clerk, row)
    with pytest.raises(Refused):
        filing.answer(county.branch_clerk, stale, SHORT, now=NOW)
    assert coverage(row)["records"] == "carried"


def test_two_people_on_two_clauses_both_keep_theirs(county, cycle):
    mine, theirs = (of(cycle, county.branches[0]) for _turn in range(2))
    filing.answer(county.clerk, mine, Judgement("dues"), now=NOW)
    filing.answer(county.branch_clerk, theirs, SHORT, now=NOW)
    assert coverage(mine) == {"dues": "single", "records": "single"}


@pytest.mark.parametrize(
    ("days", "late"), [(0, False), (7, False), (8, True)], ids=["early", "last day", "after"]
)
def test_filing_after_the_last_day_is_possible_and_marked(county, cycle, days, late):
    clerk = act_as(county.clerk.user, today=TODAY + timedelta(days=days))
    row = submit(clerk, ready(county, cycle))
    row.refresh_from_db()
    assert (row.stage, row.is_late) == (Stage.SUBMITTED, late)


def test_a_return_does_not_make_an_early_filing_late(county, cycle):
    row = submit(county.clerk, ready(county, cycle))
    checking.send_back(
        county.secretary,
        row,
        reason="对不上",
        marks={"dues": ""},
        now=NOW,
        client_key=uuid.uuid4(),
    )
    clerk = act_as(county.clerk.user, today=TODAY + timedelta(days=30))
    filing.answer(clerk, row, Judgement("dues"), now=NOW)
    assert submit(clerk, row).is_late is False


def test_the_discussion_cannot_lie_in_the_future(county, cycle):
    with pytest.raises(Refused) as refused:
        submit(county.clerk, ready(county, cycle), on=TODAY + timedelta(days=1))
    assert refused.value.field == "discussed_on"


def test_nothing_can_be_typed_once_the_cycle_is_closed(county, cycle):
    cycle.state = CycleState.CLOSED
    cycle.save(update_fields=["state"])
    with pytest.raises(Refused):
        filing.answer(county.clerk, of(cycle, county.branches[0]), SHORT, now=NOW)


def test_a_neighbour_cannot_type_for_a_branch_of_another_town(county, cycle):
    with pytest.raises(Refused):
        filing.answer(county.stranger, of(cycle, county.branches[0]), SHORT, now=NOW)


def test_withdraw_takes_the_filing_back_while_nobody_has_processed_it(county, cycle):
    row = submit(county.clerk, ready(county, cycle))
    filing.withdraw(county.branch_clerk, row, now=NOW, client_key=uuid.uuid4())
    row.refresh_from_db()
    assert (row.stage, row.submitted_by) == (Stage.DRAFTING, None)


def test_withdraw_is_refused_once_passed(county, cycle):
    row = submit(county.clerk, ready(county, cycle))
    checking.accept(county.secretary, row, now=NOW, client_key=uuid.uuid4())
    with pytest.raises(Refused):
        filing.withdraw(county.clerk, row, now=NOW, client_key=uuid.uuid4())


def test_withdraw_of_a_second_filing_reopens_the_marked_clauses_only(county, cycle):
    row = submit(county.clerk, ready(county, cycle))
    checking.send_back(
        county.secretary,
        row,
        reason="对不上",
        marks={"dues": ""},
        now=NOW,
        client_key=uuid.uuid4(),
    )
    filing.answer(county.clerk, row, Judgement("dues"), now=NOW)
    submit(county.clerk, row)
    filing.withdraw(county.clerk, row, now=NOW, client_key=uuid.uuid4())
    with pytest.raises(Refused):
        filing.answer(county.clerk, row, SHORT, now=NOW)
    assert row.stage == Stage.RETURNED


def test_the_rest_conforms_leaves_out_what_failed_last_time(county):
    cycle = make_running(county=county, failing=["records"])
    row = of(cycle, county.branches[0])
    assert filing.answer_rest(county.clerk, row, now=NOW) == 1
    assert coverage(row) == {"dues": "rest"}


def test_batch_files_twenty_unchanged_of_twenty_five(county):
    cycle = make_cycle(owner=county.county)
    town = [*county.branches, *(make_branch(parent=county.town) for _n in range(23))]
    for number, branch in enumerate(town):
        prior = make_prior(cycle=cycle, branch=branch, by=county.clerk.user)
        row = make_assessment(cycle=cycle, branch=branch, prior=prior)
        if number < 20:
            filing.answer(county.clerk, row, Judgement("dues"), now=NOW)
    rows = Assessment.objects.filter(cycle=cycle).select_related(
        "branch__parent", "cycle__edition", "cycle__prior"
    )
    filed = filing.submit_unchanged(county.clerk, rows, discussed_on=TODAY, now=NOW)
    assert (len(filed), Assessment.objects.filter(stage=Stage.SUBMITTED).count()) == (20, 20)
    assert Notice.objects.filter(code="assessments.submitted").count() == 1


def test_an_admitted_shortfall_enters_the_ledger_once(county, cycle):
    row = submit(county.clerk, ready(county, cycle, SHORT))
    filing.withdraw(county.clerk, row, now=NOW, client_key=uuid.uuid4())
    submit(county.clerk, row)
    found = Finding.objects.values_list("clause_key", "source", "text", "cycle")
    assert list(found) == [("records", "self", "三季度缺两次", cycle.pk)]


def test_every_step_leaves_a_deed(county, cycle):
    row = submit(county.clerk, ready(county, cycle))
    filing.withdraw(county.clerk, row, now=NOW, client_key=uuid.uuid4())
    deeds = Deed.objects.filter(verb__startswith="assessment.").order_by("pk")
    assert list(deeds.values_list("verb", flat=True)) == [
        "assessment.submit",
        "assessment.withdraw",
    ]


def test_only_marked_clauses_reopen_after_a_return(county, cycle):
    row = submit(county.clerk, ready(county, cycle))
    Assessment.objects.filter(pk=row.pk).update(
        stage=Stage.RETURNED, round=2, submitted_at=None, submitted_by=None
    )
    Mark.objects.create(assessment=row, clause_key="dues", round=2, reason="缺凭证")
    filing.answer(county.clerk, row, Judgement("dues", paper="档案柜2号"), now=NOW)
    with pytest.raises(Refused):
        filing.answer(county.clerk, row, SHORT, now=NOW)


def test_a_leader_of_the_county_reads_but_does_not_type(county, cycle):
    inspector = make_actor(organization=county.branches[0], role=Role.INSPECTOR)
    for actor in (county.leader, county.officer, inspector):
        with pytest.raises(Refused):
            filing.answer(actor, of(cycle, county.branches[0]), SHORT, now=NOW)
