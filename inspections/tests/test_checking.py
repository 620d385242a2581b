"""The parent's review: pass, correct, return, and who may not."""

import uuid

import pytest

from accounts.models import Notice
from accounts.refusal import Refused
from accounts.roles import Role
from accounts.tests.make import NOW
from branches.tests.make import TODAY, make_actor, make_grant
from inspections import checking, filing
from inspections.models import Assessment, Sheet, Source, Stage
from inspections.permits_filing import TABLE
from inspections.sheets import Judgement
from inspections.standing import standings

pytestmark = pytest.mark.django_db
SHORT = Judgement("records", values={"short": 2}, remark="抽查缺两次")


def filed(county, cycle, *judgements, by=None, branch=0):
    rows = Assessment.objects.select_related("branch__parent", "cycle__edition", "cycle__prior")
    row = rows.get(cycle=cycle, branch=county.branches[branch])
    for judgement in (Judgement("dues"), *judgements):
        filing.answer(county.clerk, row, judgement, now=NOW)
    return filing.submit(
        by or county.clerk, row, discussed_on=None, now=NOW, client_key=uuid.uuid4()
    )


def give_back(actor, row, *, reason="与记录本对不上", marks=None):
    marks = {"dues": "补第三季度"} if marks is None else marks
    key = uuid.uuid4()
    checking.send_back(actor, row, reason=reason, marks=marks, now=NOW, client_key=key)


def word(row, key="records"):
    row.refresh_from_db()
    standing = standings([row], today=TODAY)[row.pk][key]
    return standing.source, standing.values["short"]


def test_pass_keeps_the_word_of_the_branch_but_for_the_corrections(county, cycle):
    row = filed(county, cycle)
    checking.correct(county.secretary, row, SHORT, now=NOW)
    checking.accept(county.secretary, row, now=NOW, client_key=uuid.uuid4())
    assert (word(row), word(row, "dues")) == (("first_check", 2), ("self", 0))


def test_a_correction_does_not_count_before_the_pass(county, cycle):
    row = filed(county, cycle)
    checking.correct(county.secretary, row, SHORT, now=NOW)
    assert word(row) == ("self", 0)


def test_a_correction_needs_a_reason(county, cycle):
    row = filed(county, cycle)
    with pytest.raises(Refused) as refused:
        checking.correct(county.secretary, row, Judgement("records", values={"short": 1}), now=NOW)
    assert refused.value.field == "remark"


def test_nobody_passes_what_he_filed_himself(county, cycle):
    row = filed(county, cycle, by=county.secretary)
    with pytest.raises(Refused):
        checking.accept(county.secretary, row, now=NOW, client_key=uuid.uuid4())


def test_the_county_passes_where_the_parent_has_one_person(county, cycle):
    row = filed(county, cycle, by=county.secretary)
    checking.accept(county.officer, row, now=NOW, client_key=uuid.uuid4())
    assert row.stage == Stage.PASSED


def test_a_secretary_of_the_branch_itself_does_not_stand_above_it(county, cycle):
    own = make_actor(organization=county.branches[0], role=Role.SECRETARY)
    row = filed(county, cycle)
    assert TABLE["assessment.pass"].allows(own, row) is False


def test_the_clerk_may_not_pass_even_what_another_filed(county, cycle):
    row = filed(county, cycle, by=county.branch_clerk)
    assert TABLE["assessment.pass"].allows(county.clerk, row) is False


def test_a_second_role_does_not_help_the_one_who_filed(county, cycle):
    make_grant(user=county.clerk.user, organization=county.county, role=Role.COUNTY_OFFICER)
    from branches.scope import act_as

    both = act_as(county.clerk.user, today=TODAY)
    row = filed(county, cycle, by=both)
    assert TABLE["assessment.pass"].allows(both, row) is False


@pytest.mark.parametrize(
    ("reason", "marks", "field"),
    [("", {"dues": ""}, "reason"), ("  ", {"dues": ""}, "reason"), ("不实", {}, "marks"), ("不实", {"x": ""}, "marks")],
)  # fmt: skip
def test_a_return_needs_a_reason_and_marked_clauses(county, cycle, reason, marks, field):
    row = filed(county, cycle)
    with pytest.raises(Refused) as refused:
        give_back(county.secretary, row, reason=reason, marks=marks)
    assert refused.value.field == field


def test_a_return_keeps_what_was_said_and_tells_who_filed(county, cycle):
    row = filed(county, cycle, SHORT)
    give_back(county.secretary, row, marks={"records": ""})
    own = Sheet.objects.get(assessment=row, source=Source.SELF)
    told = Notice.objects.filter(code="assessment.returned").values_list("user__name", flat=True)
    assert (row.stage, row.round, "records" in own.coverage) == (Stage.RETURNED, 2, False)
    assert own.answers.get(clause_key="records").measures == {"short": 2}
    assert sorted(told) == ["张林", "王宁"]


def test_a_return_takes_back_the_corrections_of_the_marked_clauses(county, cycle):
    row = filed(county, cycle)
    checking.correct(county.secretary, row, SHORT, now=NOW)
    give_back(county.secretary, row, marks={"records": "重报"})
    assert Sheet.objects.get(assessment=row, source=Source.FIRST_CHECK).coverage == {}


def test_a_returned_one_goes_round_again(county, cycle):
    row = filed(county, cycle)
    give_back(county.secretary, row)
    filing.answer(county.clerk, row, Judgement("dues"), now=NOW)
    filing.submit(county.clerk, row, discussed_on=None, now=NOW, client_key=uuid.uuid4())
    checking.accept(county.secretary, row, now=NOW, client_key=uuid.uuid4())
    assert (row.stage, row.round) == (Stage.PASSED, 2)


def test_the_county_recalls_what_was_passed(county, cycle):
    row = filed(county, cycle)
    checking.accept(county.secretary, row, now=NOW, client_key=uuid.uuid4())
    checking.recall(
        county.officer,
        row,
        reason="县里抽查不符",
        marks={"dues": ""},
        now=NOW,
        client_key=uuid.uuid4(),
    )
    row.refresh_from_db()
    assert (row.stage, row.passed_by, row.submitted_by) == (Stage.RETURNED, None, None)


def test_batch_pass_takes_those_without_exceptions_only(county, cycle):
    plain, speaking = filed(county, cycle), filed(county, cycle, SHORT, branch=1)
    done = checking.accept_plain(
        county.secretary, [plain, speaking], now=NOW, client_key=uuid.uuid4()
    )
    speaking.refresh_from_db()
    assert ([row.pk for row in done], speaking.stage) == ([plain.pk], Stage.SUBMITTED)


def test_batch_pass_asks_each_permission(county, cycle):
    own = filed(county, cycle, by=county.secretary)
    done = checking.accept_plain(county.secretary, [own], now=NOW, client_key=uuid.uuid4())
    assert done == []


def test_passing_twice_with_one_press_is_one_step(county, cycle):
    row, key = filed(county, cycle), uuid.uuid4()
    checking.accept(county.secretary, row, now=NOW, client_key=key)
    checking.accept(county.secretary, row, now=NOW, client_key=key)
    assert row.steps.filter(move="pass").count() == 1
