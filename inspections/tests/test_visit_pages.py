"""The pages of a visit: who opens them, plain forms, constant queries, a visit outside any cycle."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.tests.make import TODAY
from inspections.access_visits import ACCESS
from inspections.models import Finding, Sheet, Source, Stage, Stop
from inspections.permits_visits import TABLE
from inspections.tests.make import answer_all, make_assessment
from inspections.tests.visit_pages import address, log, press
from inspections.tests.visits_made import make_site, make_visit
from inspections.urls_visits import urlpatterns
from standards.tests.make import enter, make_example

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
STOP_PAGES = ("stop", "stop_findings", "stop_checklist")


def test_every_address_names_its_verb():
    assert {f"inspections:{route.name}" for route in urlpatterns} == set(ACCESS)
    verbs = {verb for methods in ACCESS.values() for verb in methods.values()} - {"login"}
    assert verbs == set(TABLE)


# who sees what


@pytest.mark.parametrize("name", STOP_PAGES)
def test_the_county_and_the_team_open_a_stop(site, name):
    for actor in (site.place.officer, site.place.leader, site.leader, site.member):
        assert enter(actor).get(address(site, name)).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "clerk", "secretary", "branch_clerk"])
def test_a_stranger_and_the_inspected_find_no_stop(site, who):
    client = enter(getattr(site.place, who))
    asked = [(name, way.lower()) for name in ACCESS if ":stop" in name for way in ACCESS[name]]
    codes = {
        (name, way): getattr(client, way)(reverse(name, args=[site.stop.pk])).status_code
        for name, way in asked
    }
    assert codes == dict.fromkeys(asked, 404)


@pytest.mark.parametrize("name", ["stop_entry", "stop_review", "stop_sign"])
def test_what_only_the_team_does_is_closed_to_the_county(site, name):
    assert enter(site.place.officer).get(address(site, name)).status_code == 403


def test_the_list_shows_each_reader_the_own_visits(site):
    shown = {
        who: enter(actor).get(reverse("inspections:visits")).context["page"].paginator.count
        for who, actor in (
            ("officer", site.place.officer),
            ("member", site.member),
            ("stranger", site.place.stranger),
        )
    }
    assert shown == {"officer": 1, "member": 1, "stranger": 0}


def test_a_planned_visit_is_seen_but_its_stops_are_shut():
    site = make_site(starts_on=TODAY.replace(day=23), ends_on=TODAY.replace(day=25))
    client = enter(site.member)
    assert client.get(reverse("inspections:visit", args=[site.visit.pk])).status_code == 200
    assert client.get(address(site)).status_code == 403


def test_after_the_last_day_a_member_finds_nothing(site):
    with time_machine.travel("2026-11-21 00:01+08:00", tick=False):
        client = enter(site.member)
        codes = [client.get(address(site)).status_code]
        codes.append(client.get(reverse("inspections:visit", args=[site.visit.pk])).status_code)
    assert codes == [404, 404]


# without script


def test_a_plain_form_records_a_verdict_and_comes_back_to_the_clause(site):
    answer = press(site.member, site, conforms="setup")
    assert (answer.status_code, answer["Location"]) == (302, f"{address(site)}#c-setup")
    assert Sheet.objects.get(source=Source.ACCEPTANCE).coverage == {"setup": "single"}


def test_the_page_gone_back_to_may_be_used_for_another_clause(site):
    key = str(uuid.uuid4())
    for clause in ("setup", "dues"):
        assert press(site.member, site, key=key, conforms=clause).status_code == 302
    assert set(Sheet.objects.get(source=Source.ACCEPTANCE).coverage) == {"setup", "dues"}


def test_ticked_phrases_and_typed_words_make_one_text(site):
    press(
        site.member,
        site,
        verdict="problem",
        clause="records",
        phrase=["无签字", "缺讨论"],
        text="9月",
    )
    assert Finding.objects.get().text == "无签字；缺讨论；9月"


def test_a_wrong_plain_form_keeps_what_was_typed(site):
    answer = press(
        site.member,
        site,
        verdict="problem",
        clause="records",
        text="三季度",
        **{"records:short__other": "多"},
    )
    assert answer.status_code == 422
    row = next(row for row in answer.context["page"].rows if row.key == "records")
    assert (row.given["text"], list(row.errors)) == (["三季度"], ["short"])
    page = answer.content.decode()
    assert page.count("三季度</textarea>") == 1
    assert 'value="多"' in page


def test_the_rest_says_how_many_and_names_what_is_left_out(site):
    assessment = site.cycle.assessments.get(branch=site.stop.branch)
    answer_all(assessment, by=site.place.branch_clerk.user, failing=["dues"])
    site.cycle.assessments.filter(pk=assessment.pk).update(stage=Stage.SUBMITTED)
    page = enter(site.member).get(address(site)).context["page"]
    assert [row.key for row in page.rest] == ["setup", "records", "falsified"]
    assert [(row.key, row.doubt) for row in page.left_out] == [("dues", "支部自评有差距")]


def test_the_page_counts_what_the_team_goes_through(site):
    press(site.member, site, conforms="setup")
    page = enter(site.member).get(address(site)).context["page"]
    assert (page.judged, page.total) == (1, 4)
    assert {row.key: row.state for row in page.rows}["meetings"] == "records"


@pytest.mark.parametrize(
    ("show", "hidden"),
    [
        ("all", set()),
        ("open", {"setup", "meetings"}),
        ("must", {"setup", "records", "dues", "meetings", "falsified"}),
    ],
)
def test_the_filter_hides_rows_and_drops_none(site, show, hidden):
    press(site.member, site, conforms="setup")
    rows = enter(site.member).get(address(site) + f"?show={show}").context["page"].rows
    assert {row.key for row in rows if row.is_hidden} == hidden
    assert len(rows) == 5


# how much it costs


MOST = 30


def make_big():
    """The example standard with a filed self-assessment: 43 clauses."""
    site = make_site(edition=lambda owner: make_example(owner=owner))
    assessment = make_assessment(cycle=site.cycle, branch=site.stop.branch)
    answer_all(assessment, by=site.place.branch_clerk.user)
    return site


def queries(actor, url):
    client = enter(actor)
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_a_stop_costs_the_same_for_five_clauses_and_for_forty():
    small, big = make_site(), make_big()
    assessment = small.cycle.assessments.get(branch=small.stop.branch)
    answer_all(assessment, by=small.place.branch_clerk.user)
    log(small, text="少一次", clause="dues")
    rows = enter(big.member).get(address(big)).context["page"].rows
    for n, row in enumerate([row for row in rows if row.counts][:12]):
        log(big, text=f"第{n}条", clause=row.key)
    assert len(rows) == 43
    few, many = queries(small.member, address(small)), queries(big.member, address(big))
    assert (many, many <= MOST) == (few, True)


def test_a_visit_costs_the_same_for_two_and_for_four_stops(site):
    url = reverse("inspections:visit", args=[site.visit.pk])
    first = queries(site.place.officer, url)
    Stop.objects.bulk_create(
        Stop(visit=site.visit, branch=branch, position=n)
        for n, branch in enumerate(site.place.foreign, 3)
    )
    assert (queries(site.place.officer, url), first <= MOST) == (first, True)


@pytest.mark.parametrize("name", STOP_PAGES)
def test_a_member_whose_role_was_ended_opens_nothing_more(site, name):
    """Still on the list of the team, no longer an inspector there."""
    yesterday = TODAY - timedelta(days=1)
    site.member.user.grants.update(from_on=yesterday, until_on=yesterday)
    assert enter(site.member).get(address(site, name)).status_code == 403


# a visit outside any cycle


@pytest.fixture
def loose(site):
    """The stop of a visit planned without a cycle."""
    leader, member = site.leader.user, site.member.user
    visit = make_visit(site.place, leader=leader, member=member)
    site.stop = visit.stops.order_by("position").first()
    site.visit = visit
    return site


def test_the_plan_says_which_cycle_a_visit_accepts_for(site):
    url = reverse("inspections:visit_change", args=[site.visit.pk])
    page = enter(site.place.officer).get(url).content.decode()
    assert f"本次检查用于“{site.cycle.name}”的验收" in page


def test_the_plan_of_a_visit_without_a_cycle_says_so(loose):
    url = reverse("inspections:visit_change", args=[loose.visit.pk])
    page = enter(loose.place.officer).get(url).content.decode()
    assert "安排时未关联周期：只登记问题，不逐条评定。" in page


@pytest.mark.parametrize(
    ("name", "gone"), [("stop_checklist", "<thead>"), ("stop_entry", "paper-entry")]
)
def test_without_a_clause_paper_and_entry_say_so_and_offer_nothing(loose, name, gone):
    page = enter(loose.leader).get(address(loose, name)).content.decode()
    assert ("没有需要检查的条目" in page, gone in page) == (True, False)


def test_a_stop_nobody_has_touched_says_that_nothing_is_recorded(site):
    page = enter(site.leader).get(address(site, "stop")).content.decode()
    assert 'data-nothing="尚未记录"' in page
