"""The usual way of a finding, from the visit to the recheck."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Deed, Notice
from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.scope import act_as
from inspections import finding_actions as actions
from inspections.models import Answer, Entry, Finding, Signoff, Source
from inspections.tests.make import make_assessment, make_cycle
from inspections.tests.make_findings import make_cast, make_stop, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built_cast(lasting):
    cast = make_cast()
    cast.cycle = make_cycle(owner=cast.county)
    cast.assessment = make_assessment(cycle=cast.cycle, branch=cast.branch)
    cast.stop.visit.cycle = cast.cycle
    cast.stop.visit.save(update_fields=["cycle"])
    return cast


def log(cast, *, actor=None, **fields):
    fields = {
        "branch": cast.branch,
        "text": "会议记录无签字",
        "source": "acceptance",
        "clause_key": "records",
        "stop": cast.stop,
        "now": NOW,
    } | fields
    return actions.log(actor or cast.inspector, **fields)


def test_finding_takes_the_usual_way_and_the_clause_is_restored(cast):
    finding = log(cast)
    actions.confirm(cast.team_leader, finding, now=NOW)
    walk(cast, finding, to="closed")

    assert [e.move for e in finding.entries.order_by("pk")] == [
        "log",
        "confirm",
        "issue",
        "acknowledge",
        "plan",
        "submit",
        "verify",
        "close",
    ]
    assert finding.stage == "closed"
    recheck = Answer.objects.get(sheet__source=Source.RECHECK)
    assert (recheck.clause_key, recheck.measures, recheck.on) == (
        "records",
        {"short": 0},
        date(2026, 11, 20),
    )


def test_logging_on_a_visit_sets_the_acceptance_measure_to_the_mildest_shortfall(cast):
    log(cast)

    answer = Answer.objects.get(sheet__source=Source.ACCEPTANCE)
    assert answer.measures == {"short": 1}


def test_number_and_notice_carry_year_and_serial(cast):
    finding = log(cast)
    actions.confirm(cast.team_leader, finding, now=NOW)
    notice = actions.issue(cast.officer, [finding], now=NOW)[0]

    assert finding.number == "ZG-2026-0001"
    assert notice.number == "安禾县委组织部整〔2026〕1号"


def test_fifteen_workdays_from_30_october_end_on_20_november(cast):
    finding = log(cast)
    actions.confirm(cast.team_leader, finding, now=NOW)
    early = act_as(cast.officer.user, today=date(2026, 10, 30))
    actions.issue(early, [finding], now=datetime(2026, 10, 30, 2, tzinfo=UTC))

    finding.refresh_from_db()
    assert (finding.due_on, finding.is_provisional) == (date(2026, 11, 20), False)


def test_three_signatures_are_three_persons(cast):
    finding = log(cast)
    actions.confirm(cast.team_leader, finding, now=NOW)
    walk(cast, finding, to="closed")

    signed = dict(finding.signoffs.values_list("role", "by__name"))
    assert signed == {"reporter": "张林", "verifier": "陈平", "closer": "周岚"}


def test_issue_tells_the_unit_and_never_the_county_leader(cast):
    finding = log(cast)
    actions.confirm(cast.team_leader, finding, now=NOW)
    actions.issue(cast.officer, [finding], now=NOW)

    told = set(Notice.objects.values_list("user_id", "code"))
    assert told == {(cast.branch_clerk.user.pk, "finding.issued")}


def test_every_step_leaves_a_deed(cast):
    finding = log(cast)
    actions.confirm(cast.team_leader, finding, now=NOW)

    assert list(Deed.objects.order_by("pk").values_list("verb", flat=True)) == [
        "finding.log",
        "finding.confirm",
    ]


def test_self_found_finding_starts_as_rectifying_with_a_deadline(cast):
    finding = log(cast, actor=cast.branch_clerk, source="self", stop=None, cycle=cast.cycle)

    assert (finding.stage, finding.due_on) == ("in_progress", date(2026, 12, 11))


def test_first_check_finding_goes_to_the_branch_at_once(cast):
    finding = log(cast, actor=cast.clerk, source="first_check", stop=None)

    assert (finding.stage, finding.issued_on) == ("issued", date(2026, 11, 20))


def test_branch_clerk_may_not_log_an_acceptance_finding(cast):
    with pytest.raises(Refused):
        log(cast, actor=cast.branch_clerk, stop=None)


def test_finding_on_the_township_is_verified_and_closed_by_two_county_officers(cast):
    finding = actions.log(
        cast.officer, branch=cast.town, text="台账30天未更新", source="tour", now=NOW
    )
    actions.issue(cast.officer, [finding], now=NOW)
    actions.acknowledge(cast.clerk, finding, now=NOW)
    actions.plan(cast.clerk, finding, now=NOW, measures="每周更新", responsible="王宁")
    actions.submit(cast.clerk, finding, now=NOW, note="已更新", paper="台账第3页")
    with pytest.raises(Refused):
        actions.verify(cast.secretary, finding, now=NOW)
    actions.verify(cast.officer, finding, now=NOW)
    with pytest.raises(Refused):
        actions.close(cast.officer, finding, now=NOW)
    actions.close(cast.second_officer, finding, now=NOW)

    assert Finding.objects.get().stage == "closed"


def test_self_found_general_finding_is_closed_by_a_third_person_of_the_parent(cast):
    finding = log(cast, actor=cast.branch_clerk, source="self", stop=None)
    actions.plan(cast.branch_clerk, finding, now=NOW, measures="补签", responsible="张林")
    actions.submit(cast.branch_clerk, finding, now=NOW, note="已补签", paper="记录本")
    actions.verify(cast.clerk, finding, now=NOW)
    actions.close(cast.secretary, finding, now=NOW)

    assert finding.stage == "closed"


def test_submission_taken_back_frees_the_signature(cast):
    finding = log(cast)
    actions.confirm(cast.team_leader, finding, now=NOW)
    walk(cast, finding, to="submitted")
    actions.take_back(cast.branch_clerk, finding, now=NOW)
    actions.submit(cast.branch_clerk, finding, now=NOW, note="补充材料", paper="记录本")

    assert finding.stage == "submitted"
    assert Signoff.objects.get().by_id == cast.branch_clerk.user.pk


def test_failed_verification_opens_a_new_round_under_the_same_number(cast):
    finding = log(cast)
    actions.confirm(cast.team_leader, finding, now=NOW)
    walk(cast, finding, to="submitted")
    actions.reject(cast.secretary, finding, now=NOW, note="签字仍不全")

    assert (finding.stage, finding.round, finding.number) == ("in_progress", 2, "ZG-2026-0001")


def test_entry_of_the_timeline_cannot_be_changed(cast):
    log(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(note="改写")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()


def test_confirming_a_stop_confirms_its_drafts_only(cast):
    other = make_stop(
        owner=cast.county, branch=cast.branches[1], leader=cast.team_leader, cycle=cast.cycle
    )
    log(cast)
    log(cast, text="活动室上锁", clause_key="setup")
    actions.log(
        cast.officer, branch=other.branch, text="台账不动", source="tour", stop=other, now=NOW
    )

    assert actions.confirm_stop(cast.team_leader, cast.stop, now=NOW) == 2
