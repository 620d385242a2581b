"""One result on its page, and deciding and publishing through forms."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.make import NOW
from inspections.models import Assessment, Phase, PhaseKind
from inspections.tests.make_findings import make_finding
from scoring.models import Result
from scoring.tests.make import (
    COMPUTED,
    decide_all,
    result_of,
)
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
LIST = reverse("scoring:results")


def total(response):
    return int(re.search(r'class="total">[^0-9]*<strong>(\d+)</strong>', text(response)).group(1))


def text(response):
    return response.content.decode()


def names(response):
    return [row["result"].name for row in response.context["rows"]]


def at(name, target, **more):
    return reverse(f"scoring:{name}", args=[target.pk])


# ---- deciding and publishing from the list ----


def press(client, name, rows, **fields):
    given = {"ids": [row.pk for row in rows]} | fields
    return client.post(reverse(f"scoring:results_{name}"), given)


def test_ticked_results_are_decided_as_proposed(made):
    rows = list(Result.objects.order_by("pk")[:2])
    day = timezone.localdate()
    answer = press(enter(made.officer), "decide", rows, on=f"{day:%Y-%m-%d}", document_number="9号")
    assert answer.status_code == 302
    assert list(Result.objects.order_by("pk").values_list("decided_pass", flat=True)) == [
        True,
        False,
        None,
        None,
    ]


def test_every_row_of_the_filter_can_be_decided_at_once(made):
    day = timezone.localdate()
    url = f"{reverse('scoring:results_decide')}?verdict=pass"
    enter(made.officer).post(url, {"every": "1", "on": f"{day:%Y-%m-%d}", "document_number": "9号"})
    assert Result.objects.filter(decided_pass=True).count() == 3
    assert Result.objects.filter(decided_pass=False).count() == 0


def test_without_a_day_nothing_is_decided_and_what_was_typed_stays(made):
    row = Result.objects.first()
    answer = press(enter(made.officer), "decide", [row], on="", document_number="安组发9号")
    assert answer.status_code == 422
    assert 'value="安组发9号"' in text(answer)
    assert Result.objects.exclude(decided_pass=None).count() == 0


def test_no_tick_is_said_and_not_taken_for_all(made):
    answer = press(enter(made.officer), "decide", [], on="2026-11-20", document_number="")
    assert (answer.status_code, Result.objects.exclude(decided_pass=None).count()) == (422, 0)


def test_the_decider_cannot_publish_from_the_list(made):
    decide_all(made)
    rows = list(Result.objects.all())
    assert press(enter(made.officer), "publish", rows).status_code == 422
    assert press(enter(made.second_officer), "publish", rows).status_code == 302
    assert Result.objects.filter(published_at=None).count() == 0


def test_while_points_are_still_restored_the_publisher_is_told(made):
    last = Phase.objects.filter(cycle=made.cycle, kind=PhaseKind.CUTOFF)
    today = timezone.localdate()
    decide_all(made)
    last.update(starts_on=today, ends_on=today)
    client, page = enter(made.second_officer), at("result", result_of(made, made.branches[0]))
    said = f"截至{today}整改销号的，按规定恢复得分；公布后不再变动。"
    assert said in text(client.get(page))
    assert said in text(client.get(LIST))
    last.update(starts_on=today - timedelta(days=1), ends_on=today - timedelta(days=1))
    assert "按规定恢复得分" not in text(client.get(page)) + text(client.get(LIST))


@pytest.mark.parametrize("name", ["decide", "publish"])
@pytest.mark.parametrize("person", ["leader", "secretary", "clerk", "branch_clerk"])
def test_nobody_else_has_the_buttons(made, name, person):
    rows = list(Result.objects.all())
    assert press(enter(getattr(made, person)), name, rows, on="2026-11-20").status_code == 403


def test_odd_ids_are_no_rows(made):
    answer = enter(made.officer).post(
        reverse("scoring:results_publish"), {"ids": ["x", "9" * 30, "-1", "１"]}
    )
    assert answer.status_code == 422


# ---- one result ----


def test_a_result_shows_each_lost_point_with_its_reason(made):
    page = text(enter(made.officer).get(at("result", result_of(made, made.branches[0]))))
    assert "少开1次，每次扣0.5分，扣0.5分。" in page
    assert "未经实地验收" in page


def test_a_result_says_when_and_by_which_committee_the_filing_was_passed(made):
    rows = Assessment.objects.filter(cycle=made.cycle, branch=made.branches[0])
    rows.update(passed_at=NOW, passed_by=made.secretary.user)
    said = f"柳湾镇党委 {made.secretary.user.name}于{timezone.localdate(NOW)}审核通过"
    target = result_of(made, made.branches[0])
    for name in ("result", "result_print", "receipt"):
        assert said in text(enter(made.officer).get(at(name, target)))
    rows.update(passed_at=None, passed_by=None)
    assert "审核通过" not in text(enter(made.officer).get(at("result", target)))


def test_a_result_links_the_findings_on_its_clause(made):
    finding = make_finding(
        branch=made.branches[0], by=made.officer.user, cycle=made.cycle, clause_key="records"
    )
    page = text(enter(made.officer).get(at("result", result_of(made, made.branches[0]))))
    assert reverse("inspections:finding", args=[finding.pk]) in page


def test_an_overtaken_result_says_so(made):
    page = text(enter(made.officer).get(at("result", result_of(made, made.branches[0]))))
    is_said = "结果所依据的记录有变化" in page
    assert is_said == (timezone.now() - COMPUTED > timedelta(hours=14))


def decide(client, target, **fields):
    given = {"verdict": "pass", "on": f"{timezone.localdate():%Y-%m-%d}"} | fields
    return client.post(at("result_decide", target), given)


def test_one_result_is_decided_with_a_reason_against_the_proposal(made):
    target = result_of(made, made.branches[0])
    answer = decide(enter(made.officer), target, verdict="fail", reason="有严重违纪")
    found = result_of(made, made.branches[0])
    assert (answer.status_code, found.decided_pass, found.decision_reason) == (
        302,
        False,
        "有严重违纪",
    )


def test_against_the_proposal_without_a_reason_the_form_comes_back(made):
    target = result_of(made, made.branches[0])
    answer = decide(enter(made.officer), target, verdict="fail", document_number="安组发9号")
    assert answer.status_code == 422
    assert "与系统意见不一致的评定须写明理由" in text(answer)
    assert "安组发9号" in text(answer)


@pytest.mark.parametrize("typed", ["2026-13-40", "", "明天", "2026-11-20\x00"])
def test_an_odd_day_comes_back_as_an_error(made, typed):
    answer = decide(enter(made.officer), result_of(made, made.branches[0]), on=typed)
    assert answer.status_code == 422


def test_full_width_digits_are_read_as_a_day(made):
    answer = decide(
        enter(made.officer),
        result_of(made, made.branches[0]),
        on="２０２６－１１－２０".replace("－", "-"),
    )
    assert answer.status_code == 302


def test_the_leader_reads_and_does_not_decide(made):
    target = result_of(made, made.branches[0])
    client = enter(made.leader)
    assert client.get(at("result", target)).status_code == 200
    assert decide(client, target).status_code == 403


def test_publishing_one_opens_it_to_the_unit(made):
    decide_all(made)
    target = result_of(made, made.branches[0])
    enter(made.second_officer).post(at("result_publish", target))
    assert enter(made.branch_clerk).get(at("result", target)).status_code == 200


def test_a_result_prints_on_its_own_page(made):
    page = text(enter(made.officer).get(at("result_print", result_of(made, made.branches[0]))))
    assert "print-table" in page


def test_deciding_twice_is_deciding_once(made):
    target = result_of(made, made.branches[0])
    client = enter(made.officer)
    answers = [decide(client, target).status_code for _n in range(2)]
    assert answers == [302, 302]
