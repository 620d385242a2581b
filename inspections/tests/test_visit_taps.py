"""Taps: each taken once, under its own key, whatever the phone sends again."""

import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.scope import act_as
from branches.tests.make import TODAY, make_actor, make_county
from inspections import visiting
from inspections.models import Answer, CycleState, Finding, Sheet, Source, Stop, StopState, Tap
from inspections.tests.make import answer_all
from inspections.tests.visits_made import make_site, make_visit

pytestmark = pytest.mark.django_db
AT = "2026-11-20T01:30:00Z"


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel("2026-11-20 10:00+08:00", tick=False):
        yield


def client_of(actor):
    client = Client(headers={"accept": "application/json"})
    client.force_login(actor.user)
    return client


def send(actor, stop, **fields):
    said = {"key": str(uuid.uuid4()), "device_at": AT} | fields
    return client_of(actor).post(reverse("inspections:stop_taps", args=[stop.pk]), said)


def coverage(stop):
    sheet = Sheet.objects.filter(assessment__branch=stop.branch, source=Source.ACCEPTANCE).first()
    return sheet.coverage if sheet else {}


def test_a_tap_is_answered_with_its_key_and_the_row(site):
    key = str(uuid.uuid4())
    answer = send(site.member, site.stop, key=key, clause="setup", verdict="conforms")
    assert (answer.status_code, answer.json()["taken"]) == (200, key)
    assert [(row["clause"], row["state"]) for row in answer.json()["rows"]] == [("setup", "yes")]
    assert coverage(site.stop) == {"setup": "single"}


def test_the_first_tap_begins_the_stop_on_the_day_it_was_made(site):
    send(site.member, site.stop, clause="setup", verdict="conforms")
    site.stop.refresh_from_db()
    assert (site.stop.state, site.stop.visited_on) == (StopState.BEGUN, TODAY)


def test_the_same_tap_twice_is_one_tap(site):
    key = str(uuid.uuid4())
    for _turn in (1, 2):
        answer = send(site.member, site.stop, key=key, clause="setup", verdict="conforms")
        assert (answer.status_code, answer.json()["taken"]) == (200, key)
    assert Tap.objects.count() == 1


def test_a_late_repeat_does_not_undo_what_came_after(site):
    first = {"key": str(uuid.uuid4()), "clause": "setup", "verdict": "conforms"}
    send(site.member, site.stop, **first)
    send(site.member, site.stop, clause="setup", verdict="not_applicable", remark="未设立")
    send(site.member, site.stop, **first)
    assert Answer.objects.get(clause_key="setup").applicable is False


def test_the_same_key_with_another_content_is_refused(site):
    key = str(uuid.uuid4())
    send(site.member, site.stop, key=key, clause="setup", verdict="conforms")
    answer = send(site.member, site.stop, key=key, clause="records", verdict="conforms")
    assert (answer.status_code, list(answer.json())) == (409, ["error"])
    assert coverage(site.stop) == {"setup": "single"}


def test_a_problem_is_one_finding_with_its_measure(site):
    fields = {
        "key": str(uuid.uuid4()),
        "clause": "records",
        "verdict": "problem",
        "text": "三季度无记录",
        "records:short": "2",
        "responsible": "王建",
        "due": "7:days",
        "severity": "serious",
    }
    answers = [send(site.member, site.stop, **fields).json() for _turn in (1, 2)]
    finding = Finding.objects.get()
    assert [answer["number"] for answer in answers] == [finding.number] * 2
    assert (finding.text, finding.severity, finding.due_days, finding.due_unit) == (
        "三季度无记录", "serious", 7, "days",
    )  # fmt: skip
    assert (finding.stop_id, finding.stage, finding.responsible) == (site.stop.pk, "draft", "王建")
    assert Answer.objects.get(clause_key="records").measures == {"short": 2}


def test_a_problem_without_measure_takes_the_mildest(site):
    send(site.member, site.stop, clause="records", verdict="problem", text="缺一份")
    assert Answer.objects.get(clause_key="records").measures == {"short": 1}


def test_a_problem_without_words_says_what_was_pressed(site):
    answer = send(
        site.member, site.stop, clause="records", verdict="problem", **{"records:short": "1"}
    )
    assert answer.status_code == 200
    assert Finding.objects.get().text.endswith("：少开1次")


def test_a_problem_with_nothing_said_is_refused(site):
    answer = send(site.member, site.stop, clause="records", verdict="problem")
    assert (answer.status_code, answer.json()["fields"]) == (422, ["text"])
    assert (Finding.objects.count(), Tap.objects.count()) == (0, 0)


def test_a_second_problem_on_a_clause_keeps_the_first_measure(site):
    send(
        site.member,
        site.stop,
        clause="records",
        verdict="problem",
        text="缺两次",
        **{"records:short": "2"},
    )
    send(site.member, site.stop, clause="records", verdict="problem", text="还有一份无签字")
    assert Finding.objects.count() == 2
    assert Answer.objects.get(clause_key="records").measures == {"short": 2}


def test_a_problem_that_fails_leaves_no_tap_and_no_measure(site):
    """The verdict and the finding are one transaction."""
    with pytest.raises(ValueError, match="unheard of"):
        visiting.tap_problem(
            site.member,
            site.stop,
            key=uuid.uuid4(),
            clause_key="records",
            text="有问题",
            values={"short": 1},
            evidence=broken(),
            on=TODAY,
            device_at=None,
            now=NOW,
        )
    assert (Tap.objects.count(), Finding.objects.count(), coverage(site.stop)) == (0, 0, {})


def broken():
    raise ValueError("unheard of")
    yield


def test_a_logged_problem_is_not_wiped_out_by_a_tap(site):
    send(site.member, site.stop, clause="records", verdict="problem", text="无签字")
    answer = send(site.member, site.stop, clause="records", verdict="conforms")
    assert answer.status_code == 409
    assert Finding.objects.get().number in answer.json()["error"]


def test_a_problem_beside_the_standard_names_no_clause(site):
    answer = send(site.member, site.stop, clause="", verdict="problem", text="门牌未挂")
    assert answer.status_code == 200
    assert (Finding.objects.get().clause_key, coverage(site.stop)) == ("", {})


def test_not_applicable_needs_a_reason(site):
    answer = send(site.member, site.stop, clause="setup", verdict="not_applicable")
    assert answer.status_code == 409
    send(site.member, site.stop, clause="setup", verdict="not_applicable", remark="无此项")
    assert Answer.objects.get(clause_key="setup").remark == "无此项"


def test_a_verdict_can_be_taken_back(site):
    send(site.member, site.stop, clause="setup", verdict="conforms")
    answer = send(site.member, site.stop, clause="setup", verdict="no_answer")
    assert (answer.json()["rows"][0]["state"], coverage(site.stop)) == ("open", {})


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "not a key", "clause": "setup", "verdict": "conforms"},
        {"clause": "unknown", "verdict": "conforms"},
        {"clause": "setup", "verdict": "perfect"},
        {"clause": "", "verdict": "conforms"},
        {"clause": "records", "verdict": "problem", "records:short": "minus one"},
        {"clause": "records", "verdict": "problem", "text": "\x00"},
        {"clause": "records", "verdict": "problem", "text": "长" * 1001},
    ],
)
def test_a_wrong_tap_is_refused_with_a_sentence(site, fields):
    answer = send(site.member, site.stop, **fields)
    assert answer.status_code == 422
    assert len(answer.json()["error"]) > 3
    assert Tap.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-18T23:30:00+08:00", "2026-11-18"),
        ("2026-11-16T23:30:00+08:00", "2026-11-20"),
        ("2031-01-01T00:00:00Z", "2026-11-20"),
        ("yesterday", "2026-11-20"),
        ("", "2026-11-20"),
    ],
)
def test_a_tap_keeps_the_day_it_was_made_within_the_window(typed, day):
    site = make_site(starts_on=TODAY.replace(day=17))
    send(site.member, site.stop, clause="records", verdict="problem", text="缺", device_at=typed)
    assert Finding.objects.get().found_on.isoformat() == day


# the rest


def test_the_rest_leaves_out_what_is_admitted_or_open(site):
    assessment = site.cycle.assessments.get(branch=site.stop.branch)
    answer_all(assessment, by=site.place.branch_clerk.user, failing=["dues"])
    site.cycle.assessments.filter(pk=assessment.pk).update(stage="submitted")
    send(site.member, site.stop, clause="records", verdict="problem", text="缺一次")
    answer = send(site.member, site.stop, verdict="rest", clauses=["setup", "dues", "falsified"])
    assert answer.status_code == 200
    assert coverage(site.stop) == {"records": "single", "setup": "rest", "falsified": "rest"}
    assert {row["clause"]: row["state"] for row in answer.json()["rows"]}["setup"] == "yes"


def test_the_rest_takes_no_clause_that_the_phone_showed_as_judged(site):
    """A problem that the server refused must not turn into 符合 by the tap after it."""
    send(site.member, site.stop, verdict="rest", clauses=["setup"])
    assert coverage(site.stop) == {"setup": "rest"}


def test_the_rest_leaves_records_to_the_records(site):
    send(site.member, site.stop, verdict="rest")
    assert set(coverage(site.stop)) == {"setup", "records", "dues", "falsified"}


def test_the_rest_twice_is_once(site):
    key = str(uuid.uuid4())
    send(site.member, site.stop, key=key, verdict="rest", clauses=["setup"])
    send(site.member, site.stop, clause="setup", verdict="no_answer")
    send(site.member, site.stop, key=key, verdict="rest", clauses=["setup"])
    assert coverage(site.stop) == {}


# who and when


def test_a_stranger_finds_no_stop(site):
    assert (
        send(site.place.stranger, site.stop, clause="setup", verdict="conforms").status_code == 404
    )


@pytest.mark.parametrize("who", ["officer", "leader"])
def test_the_county_looks_but_does_not_judge(site, who):
    actor = getattr(site.place, who)
    assert send(actor, site.stop, clause="setup", verdict="conforms").status_code == 403
    assert Tap.objects.count() == 0


def test_an_inspector_of_another_visit_is_a_stranger(site):
    other = make_actor(organization=site.stop.branch, role="inspector", name="郑远")
    assert send(other, site.stop, clause="setup", verdict="conforms").status_code == 404


def test_after_the_last_day_a_member_finds_nothing(site):
    with time_machine.travel("2026-11-21 00:01+08:00", tick=False):
        assert send(site.member, site.stop, clause="setup", verdict="conforms").status_code == 404


def test_before_the_first_day_a_member_cannot_judge():
    site = make_site(starts_on=TODAY.replace(day=23), ends_on=TODAY.replace(day=25))
    assert send(site.member, site.stop, clause="setup", verdict="conforms").status_code == 403
    assert Tap.objects.count() == 0


def test_a_confirmed_sheet_takes_no_more_taps(site):
    send(site.member, site.stop, clause="setup", verdict="conforms")
    visiting.confirm(site.leader, Stop.objects.get(pk=site.stop.pk), now=NOW)
    answer = send(site.member, site.stop, clause="records", verdict="conforms")
    assert answer.status_code == 409
    assert coverage(site.stop) == {"setup": "single"}


def test_a_tap_that_read_the_sheet_as_open_meets_the_confirmation(site):
    send(site.member, site.stop, clause="setup", verdict="conforms")
    seen_open = Stop.objects.get(pk=site.stop.pk)
    visiting.confirm(site.leader, Stop.objects.get(pk=site.stop.pk), now=NOW)
    with pytest.raises(Refused):
        visiting.tap(
            site.member,
            seen_open,
            key=uuid.uuid4(),
            clause_key="records",
            verdict="conforms",
            values=None,
            remark="",
            on=TODAY,
            device_at=None,
            now=NOW,
        )


def test_a_closed_cycle_takes_no_more_taps(site):
    site.cycle.state = CycleState.CLOSED
    site.cycle.save(update_fields=["state"])
    answer = send(site.member, site.stop, clause="setup", verdict="conforms")
    assert (answer.status_code, coverage(site.stop)) == (409, {})


def test_a_visit_without_a_cycle_logs_problems_and_judges_nothing():
    place = make_county()
    visit = make_visit(place)
    member = act_as(visit.members.first().user, today=TODAY)
    stop = visit.stops.first()
    assert send(member, stop, verdict="problem", clause="", text="门牌未挂").status_code == 200
    assert send(member, stop, verdict="conforms", clause="setup").status_code == 422
    assert Finding.objects.get().cycle is None


def test_a_signed_out_phone_is_told_so(site):
    answer = Client(headers={"accept": "application/json"}).post(
        reverse("inspections:stop_taps", args=[site.stop.pk]), {}
    )
    assert answer.status_code == 401
