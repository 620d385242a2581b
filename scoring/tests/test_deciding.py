"""The county decides, another person publishes, then the units see it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Deed, Notice
from accounts.refusal import Refused
from accounts.tests.make import NOW
from accounts.wording import render
from branches.tests.make import TODAY, make_branch
from inspections.models import Assessment, Source
from inspections.sheets import SINGLE, Judgement, judge
from inspections.tests.make import make_assessment
from scoring import deciding
from scoring.models import Result
from scoring.results import compute
from scoring.tests.make import COMPUTED, FAR_SHORT, decide_all, make_judged, publish_all, result_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(lasting):
    return make_judged(failing=[(), FAR_SHORT])


def decide(actor, result, **fields):
    given = {"on": TODAY, "document_number": "安组发〔2026〕9号", "now": NOW} | fields
    return deciding.decide(actor, [result], **given)


def test_adopting_the_proposals_decides_each_as_proposed(made):
    assert decide_all(made) == 4
    verdicts = [result_of(made, branch).decided_pass for branch in made.all_branches]
    assert verdicts == [True, False, True, True]


def test_the_decision_keeps_day_document_and_person(made):
    decide_all(made)
    found = result_of(made, made.branches[0])
    assert (found.decided_on, found.document_number, found.decided_by) == (
        TODAY,
        "安组发〔2026〕9号",
        made.officer.user,
    )


def test_every_decision_leaves_a_line_in_the_trail(made):
    decide_all(made)
    deeds = Deed.objects.filter(verb="result.decide").values_list("params", flat=True)
    assert [deed["passes"] for deed in deeds] == [True, False, True, True]


def test_against_the_proposal_without_a_reason_is_refused(made):
    with pytest.raises(Refused) as refusal:
        decide(made.officer, result_of(made, made.branches[0]), passes=False)
    assert refusal.value.field == "reason"


def test_against_the_proposal_with_a_reason_is_kept(made):
    target = result_of(made, made.branches[0])
    decide(made.officer, target, passes=False, reason="发生严重违纪")
    found = result_of(made, made.branches[0])
    assert (found.decided_pass, found.decision_reason) == (False, "发生严重违纪")


def test_a_day_in_the_future_is_refused(made):
    with pytest.raises(Refused) as refusal:
        decide(made.officer, result_of(made, made.branches[0]), on=TODAY + timedelta(days=1))
    assert refusal.value.field == "on"


@pytest.mark.parametrize("person", ["leader", "secretary", "clerk", "branch_clerk", "stranger"])
def test_only_county_officers_decide(made, person):
    with pytest.raises(Refused):
        decide(getattr(made, person), result_of(made, made.branches[0]))


def test_an_open_result_cannot_be_decided(made):
    branch = make_branch(parent=made.town)
    make_assessment(cycle=made.cycle, branch=branch)
    compute(made.cycle, now=COMPUTED)
    with pytest.raises(Refused):
        decide(made.officer, result_of(made, branch))


def test_who_decided_does_not_publish(made):
    decide_all(made)
    rows = Result.objects.select_related("branch", "cycle")
    with pytest.raises(Refused):
        deciding.publish(made.officer, rows, now=NOW)


def test_the_database_keeps_decider_and_publisher_apart(made):
    decide_all(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.update(published_at=NOW, published_by=made.officer.user)


def test_another_person_publishes(made):
    decide_all(made)
    assert publish_all(made) == 4


def test_what_nobody_decided_is_not_published(made):
    with pytest.raises(Refused):
        publish_all(made)


def test_a_published_result_is_not_decided_again(made):
    decide_all(made)
    publish_all(made)
    with pytest.raises(Refused):
        decide(made.second_officer, result_of(made, made.branches[0]), passes=False, reason="x")


def test_publishing_tells_the_unit_in_one_line(made):
    decide_all(made)
    publish_all(made)
    found = Notice.objects.filter(user=made.branch_clerk.user, code="result.published")
    assert [render(row.code, row.params).text for row in found] == [
        f"{made.cycle.name}：双井村党支部的结果已公布。"
    ]


def test_units_see_their_results_only_when_published(made):
    assert Result.objects.visible_to(made.clerk).count() == 0
    decide_all(made)
    assert Result.objects.visible_to(made.clerk).count() == 0
    publish_all(made)
    assert Result.objects.visible_to(made.clerk).count() == 2


def test_what_was_overtaken_is_computed_before_it_is_published(made):
    decide_all(made)
    branch, later = made.branches[0], NOW + timedelta(minutes=1)
    row = Assessment.objects.get(cycle=made.cycle, branch=branch)
    said = Judgement("records", values={"short": 1})
    judge(row, Source.FIRST_CHECK, said, by=made.secretary.user, now=later, on=TODAY, how=SINGLE)
    before = result_of(made, branch)
    deciding.publish(made.second_officer, [before], now=later)
    after = result_of(made, branch)
    assert (before.total - after.total, after.published_by) == (50, made.second_officer.user)


def test_a_decision_that_lost_its_ground_is_not_published(made):
    decide_all(made)
    branch, later = made.branches[0], NOW + timedelta(minutes=1)
    row = Assessment.objects.get(cycle=made.cycle, branch=branch)
    said = Judgement("falsified", values={"falsified": True})
    judge(row, Source.FIRST_CHECK, said, by=made.secretary.user, now=later, on=TODAY, how=SINGLE)
    with pytest.raises(Refused):
        deciding.publish(made.second_officer, [result_of(made, branch)], now=later)


def test_publishing_settles_the_filings_of_the_first_check(made):
    decide_all(made)
    publish_all(made)
    stages = Assessment.objects.filter(cycle=made.cycle).values_list("stage", flat=True)
    assert set(stages) == {"confirmed"}


def test_another_tier_needs_a_reason_and_says_whether_it_passes(made):
    result = result_of(made, made.branches[0])
    failing = next(t["key"] for t in made.cycle.edition.tiers if not t["passes"])
    with pytest.raises(Refused) as refused:
        decide(made.officer, result, tier=failing)
    assert refused.value.field == "reason"
    decide(made.officer, result, tier=failing, reason="经集体研究，考虑全年表现")
    found = result_of(made, made.branches[0])
    assert (found.decided_pass, found.decided_tier) == (False, failing)
    assert Deed.objects.filter(verb="result.decide").latest("pk").params["computed"] == found.tier


def test_the_computed_tier_named_needs_no_reason(made):
    result = result_of(made, made.branches[0])
    assert decide(made.officer, result, tier=result.tier) == 1


def test_a_tier_the_standard_does_not_have_is_refused(made):
    with pytest.raises(Refused) as refused:
        decide(made.officer, result_of(made, made.branches[0]), tier="gold", reason="研究决定")
    assert refused.value.field == "tier"


def test_a_tier_changed_by_hand_is_published_by_another_person(made):
    result = result_of(made, made.branches[0])
    failing = next(t["key"] for t in made.cycle.edition.tiers if not t["passes"])
    decide(made.officer, result, tier=failing, reason="研究决定")
    with pytest.raises(Refused):
        deciding.publish(made.officer, [result_of(made, made.branches[0])], now=NOW)
    assert deciding.publish(made.second_officer, [result_of(made, made.branches[0])], now=NOW) == 1


def test_a_tier_changed_by_hand_stays_while_the_proposal_does(made):
    result = result_of(made, made.branches[0])
    failing = next(t["key"] for t in made.cycle.edition.tiers if not t["passes"])
    decide(made.officer, result, tier=failing, reason="研究决定")
    row = Assessment.objects.get(cycle=made.cycle, branch=made.branches[0])
    said = Judgement("records", values={"short": 1})
    judge(row, Source.FIRST_CHECK, said, by=made.secretary.user, now=COMPUTED, on=TODAY, how=SINGLE)
    compute(made.cycle, now=COMPUTED + timedelta(minutes=1))
    assert result_of(made, made.branches[0]).decided_tier == failing
