"""The leader confirms a stop, the branch signs its sheet, and the sheet keeps its number."""

import re

import pytest

from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.tests.make import TODAY
from inspections import visiting
from inspections.models import Finding, FindingStage, Stop, StopState
from inspections.tests.visit_pages import address, confirm, log
from standards.tests.make import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def test_the_leader_confirms_in_own_words(site):
    finding = log(site)
    answer = enter(site.leader).post(
        address(site, "stop_review"), {f"text-{finding.pk}": "三季度未开党员大会"}
    )
    assert (answer.status_code, answer["Location"]) == (302, address(site, "stop_feedback"))
    finding.refresh_from_db()
    site.stop.refresh_from_db()
    assert (finding.text, finding.stage) == ("三季度未开党员大会", FindingStage.CONFIRMED)
    assert (site.stop.state, site.stop.confirmed_by) == (StopState.CONFIRMED, site.leader.user)
    assert re.fullmatch(r".+检反〔2026〕1号", site.stop.number)


def test_what_the_leader_changed_stays_in_the_timeline(site):
    finding = log(site)
    enter(site.leader).post(address(site, "stop_review"), {f"text-{finding.pk}": "另一句"})
    assert finding.entries.get(move="confirm").params == {"was": "三季度无记录"}


def test_an_empty_wording_is_shown_again(site):
    finding = log(site)
    answer = enter(site.leader).post(address(site, "stop_review"), {f"text-{finding.pk}": " "})
    assert answer.status_code == 422
    assert [row["error"] for row in answer.context["rows"]] == ["问题描述不能为空。"]


def test_a_member_does_not_confirm(site):
    log(site)
    client = enter(site.member)
    assert client.get(address(site, "stop_review")).status_code == 403
    assert client.post(address(site, "stop_review"), {}).status_code == 403
    with pytest.raises(Refused):
        visiting.confirm(site.member, Stop.objects.get(pk=site.stop.pk), now=NOW)


def test_the_review_lists_what_nobody_judged(site):
    log(site)
    page = enter(site.leader).get(address(site, "stop_review")).context["page"]
    assert [row.key for row in page.unjudged] == ["setup", "dues", "falsified"]


def test_a_stop_that_was_not_begun_is_not_confirmed(site):
    assert enter(site.leader).get(address(site, "stop_review")).status_code == 403


def test_the_feedback_sheet_waits_for_the_confirmation(site):
    log(site)
    assert enter(site.leader).get(address(site, "stop_feedback")).status_code == 409


def test_the_feedback_sheet_prints_two_copies_to_sign(site):
    log(site)
    confirm(site)
    page = enter(site.leader).get(address(site, "stop_feedback")).content.decode()
    words = ("检查组留存", "被检查支部留存")
    assert [page.count(word) for word in words] == [1, 1]
    assert [
        page.count(word) for word in ("检查组组长：", "被检查支部负责人：", "三季度无记录")
    ] == [2, 2, 2]
    assert page.count(site.stop.number) >= 2


def test_the_signature_names_representative_and_day(site):
    log(site)
    confirm(site)
    answer = enter(site.member).post(
        address(site, "stop_sign"), {"representative": "王 建", "signed_on": "2026-11-20"}
    )
    site.stop.refresh_from_db()
    assert answer.status_code == 302
    assert (site.stop.state, site.stop.representative, site.stop.signed_on) == (
        StopState.SIGNED, "王建", TODAY,
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields", [{"representative": ""}, {"signed_on": "2026-11-21"}, {"signed_on": ""}]
)
def test_a_wrong_signature_is_shown_again(site, fields):
    log(site)
    confirm(site)
    said = {"representative": "王建", "signed_on": "2026-11-20"} | fields
    answer = enter(site.member).post(address(site, "stop_sign"), said)
    assert answer.status_code == 422
    site.stop.refresh_from_db()
    assert site.stop.state == StopState.CONFIRMED


def test_the_leader_takes_the_confirmation_back_until_it_is_signed(site):
    log(site)
    confirm(site)
    assert enter(site.member).post(address(site, "stop_reopen")).status_code == 403
    assert enter(site.leader).post(address(site, "stop_reopen")).status_code == 302
    site.stop.refresh_from_db()
    assert site.stop.state == StopState.BEGUN


def test_a_sheet_confirmed_again_keeps_its_number(site):
    log(site)
    confirm(site)
    number = site.stop.number
    enter(site.leader).post(address(site, "stop_reopen"))
    log(site, text="又一条", clause="dues")
    confirm(site)
    assert site.stop.number == number
    assert set(Finding.objects.values_list("stage", flat=True)) == {FindingStage.CONFIRMED}
