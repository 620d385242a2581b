"""The pages of a visit: who opens them, plain forms, confirmation, signature, print; constant queries."""

import io
import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.models import Evidence
from branches.tests.make import TODAY
from inspections import visiting
from inspections.access_visits import ACCESS
from inspections.models import Answer, Finding, FindingStage, Sheet, Source, Stage, Stop, StopState
from inspections.permits_visits import TABLE
from inspections.tests.make import answer_all, make_assessment
from inspections.tests.visits_made import make_site, make_visit
from inspections.urls_visits import urlpatterns
from standards.tests.make import make_example

pytestmark = pytest.mark.django_db
STOP_PAGES = ("stop", "stop_findings", "stop_checklist")


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel("2026-11-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def site():
    return make_site()


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def address(site, name="stop"):
    return reverse(f"inspections:{name}", args=[site.stop.pk])


def press(actor, site, **fields):
    return client_of(actor).post(address(site), {"key": str(uuid.uuid4())} | fields)


def log(site, text="三季度无记录", clause="records"):
    press(site.member, site, verdict="problem", clause=clause, text=text)
    return Finding.objects.get(text=text)


def confirm(site):
    visiting.confirm(site.leader, Stop.objects.get(pk=site.stop.pk), now=NOW)
    site.stop.refresh_from_db()


def test_every_address_names_its_verb():
    assert {f"inspections:{route.name}" for route in urlpatterns} == set(ACCESS)
    verbs = {verb for methods in ACCESS.values() for verb in methods.values()} - {"login"}
    assert verbs == set(TABLE)


# who sees what


@pytest.mark.parametrize("name", STOP_PAGES)
def test_the_county_and_the_team_open_a_stop(site, name):
    for actor in (site.place.officer, site.place.leader, site.leader, site.member):
        assert client_of(actor).get(address(site, name)).status_code == 200


@pytest.mark.parametrize("name", [name for name in ACCESS if ":stop" in name])
@pytest.mark.parametrize("who", ["stranger", "clerk", "secretary", "branch_clerk"])
def test_a_stranger_and_the_inspected_find_no_stop(site, name, who):
    client = client_of(getattr(site.place, who))
    url = reverse(name, args=[site.stop.pk])
    codes = {getattr(client, method.lower())(url).status_code for method in ACCESS[name]}
    assert codes == {404}


@pytest.mark.parametrize("name", ["stop_entry", "stop_review", "stop_sign"])
def test_what_only_the_team_does_is_closed_to_the_county(site, name):
    assert client_of(site.place.officer).get(address(site, name)).status_code == 403


def test_the_list_shows_each_reader_the_own_visits(site):
    shown = {
        who: client_of(actor).get(reverse("inspections:visits")).context["page"].paginator.count
        for who, actor in (
            ("officer", site.place.officer),
            ("member", site.member),
            ("stranger", site.place.stranger),
        )
    }
    assert shown == {"officer": 1, "member": 1, "stranger": 0}


def test_a_planned_visit_is_seen_but_its_stops_are_shut():
    site = make_site(starts_on=TODAY.replace(day=23), ends_on=TODAY.replace(day=25))
    client = client_of(site.member)
    assert client.get(reverse("inspections:visit", args=[site.visit.pk])).status_code == 200
    assert client.get(address(site)).status_code == 403


def test_after_the_last_day_a_member_finds_nothing(site):
    with time_machine.travel("2026-11-21 00:01+08:00", tick=False):
        client = client_of(site.member)
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
    page = client_of(site.member).get(address(site)).context["page"]
    assert [row.key for row in page.rest] == ["setup", "records", "falsified"]
    assert [(row.key, row.doubt) for row in page.left_out] == [("dues", "支部自评有差距")]


def test_the_page_counts_what_the_team_goes_through(site):
    press(site.member, site, conforms="setup")
    page = client_of(site.member).get(address(site)).context["page"]
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
    rows = client_of(site.member).get(address(site) + f"?show={show}").context["page"].rows
    assert {row.key for row in rows if row.is_hidden} == hidden
    assert len(rows) == 5


def picture():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "phone"
    Image.new("RGB", (2_000, 1_000), "#888888").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("墙面.jpg", out.getvalue(), content_type="image/jpeg")


def test_photos_of_a_plain_form_hang_on_the_finding(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    press(site.member, site, verdict="problem", clause="records", text="无签字", photos=picture())
    assert Finding.objects.get().evidence.count() == 1


def test_a_photo_follows_its_problem_and_is_kept_once(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    of, key = str(uuid.uuid4()), str(uuid.uuid4())
    client = client_of(site.member)
    client.post(
        address(site, "stop_taps"),
        {"key": of, "verdict": "problem", "clause": "records", "text": "无签字"},
    )
    sent = picture()
    for _turn in (1, 2):
        sent.seek(0)
        answer = client.post(
            address(site, "stop_photos"), {"key": key, "of": of, "photo": sent}
        ).json()
        assert (answer["taken"], answer["size"]) == (key, sent.size)
    assert Finding.objects.get().evidence.count() == Evidence.objects.count() == 1


def test_a_photo_without_its_problem_is_refused(site):
    answer = client_of(site.member).post(
        address(site, "stop_photos"),
        {"key": str(uuid.uuid4()), "of": str(uuid.uuid4()), "photo": picture()},
    )
    assert (answer.status_code, Evidence.objects.count()) == (409, 0)


def test_a_photo_may_come_after_the_confirmation(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    finding = log(site)
    confirm(site)
    answer = client_of(site.member).post(
        address(site, "stop_photos"),
        {"key": str(uuid.uuid4()), "of": str(finding.client_key), "photo": picture()},
    )
    assert (answer.status_code, finding.evidence.count()) == (200, 1)


# confirming and signing


def test_the_leader_confirms_in_own_words(site):
    finding = log(site)
    answer = client_of(site.leader).post(
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
    client_of(site.leader).post(address(site, "stop_review"), {f"text-{finding.pk}": "另一句"})
    assert finding.entries.get(move="confirm").params == {"was": "三季度无记录"}


def test_an_empty_wording_is_shown_again(site):
    finding = log(site)
    answer = client_of(site.leader).post(address(site, "stop_review"), {f"text-{finding.pk}": " "})
    assert answer.status_code == 422
    assert [row["error"] for row in answer.context["rows"]] == ["问题描述不能为空。"]


def test_a_member_does_not_confirm(site):
    log(site)
    client = client_of(site.member)
    assert client.get(address(site, "stop_review")).status_code == 403
    assert client.post(address(site, "stop_review"), {}).status_code == 403
    with pytest.raises(Refused):
        visiting.confirm(site.member, Stop.objects.get(pk=site.stop.pk), now=NOW)


def test_the_review_lists_what_nobody_judged(site):
    log(site)
    page = client_of(site.leader).get(address(site, "stop_review")).context["page"]
    assert [row.key for row in page.unjudged] == ["setup", "dues", "falsified"]


def test_a_stop_that_was_not_begun_is_not_confirmed(site):
    assert client_of(site.leader).get(address(site, "stop_review")).status_code == 403


def test_the_feedback_sheet_waits_for_the_confirmation(site):
    log(site)
    assert client_of(site.leader).get(address(site, "stop_feedback")).status_code == 409


def test_the_feedback_sheet_prints_two_copies_to_sign(site):
    log(site)
    confirm(site)
    page = client_of(site.leader).get(address(site, "stop_feedback")).content.decode()
    words = ("检查组留存", "被检查支部留存")
    assert [page.count(word) for word in words] == [1, 1]
    assert [
        page.count(word) for word in ("检查组组长：", "被检查支部负责人：", "三季度无记录")
    ] == [2, 2, 2]
    assert page.count(site.stop.number) >= 2


def test_the_signature_names_representative_and_day(site):
    log(site)
    confirm(site)
    answer = client_of(site.member).post(
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
    answer = client_of(site.member).post(address(site, "stop_sign"), said)
    assert answer.status_code == 422
    site.stop.refresh_from_db()
    assert site.stop.state == StopState.CONFIRMED


def test_the_leader_takes_the_confirmation_back_until_it_is_signed(site):
    log(site)
    confirm(site)
    assert client_of(site.member).post(address(site, "stop_reopen")).status_code == 403
    assert client_of(site.leader).post(address(site, "stop_reopen")).status_code == 302
    site.stop.refresh_from_db()
    assert site.stop.state == StopState.BEGUN


def test_a_sheet_confirmed_again_keeps_its_number(site):
    log(site)
    confirm(site)
    number = site.stop.number
    client_of(site.leader).post(address(site, "stop_reopen"))
    log(site, text="又一条", clause="dues")
    confirm(site)
    assert site.stop.number == number
    assert set(Finding.objects.values_list("stage", flat=True)) == {FindingStage.CONFIRMED}


# from paper


def enter(site, **fields):
    said = {"visited_on": "2026-11-19", "client_key": str(uuid.uuid4())} | fields
    return client_of(site.member).post(address(site, "stop_entry"), said)


@pytest.fixture
def earlier():
    return make_site(starts_on=TODAY.replace(day=17))


PAPER = {
    "setup:verdict": "yes",
    "records:verdict": "no",
    "records:short": "short=2",
    "records:text": "少两次",
    "dues:verdict": "na",
    "dues:text": "当年无党员应缴",
}


def test_a_paper_sheet_is_entered_in_one_go_under_its_true_day(earlier):
    fields = PAPER | {"client_key": str(uuid.uuid4())}
    for _turn in (1, 2):
        assert enter(earlier, **fields).status_code == 302
    finding = Finding.objects.get()
    assert (finding.text, finding.found_on.isoformat()) == ("少两次", "2026-11-19")
    sheet = Sheet.objects.get(source=Source.ACCEPTANCE)
    assert set(sheet.coverage) == {"setup", "records", "dues"}
    assert {a.clause_key: (a.applicable, a.measures) for a in sheet.answers.all()} == {
        "records": (True, {"short": 2}), "dues": (False, {}),
    }  # fmt: skip
    earlier.stop.refresh_from_db()
    assert earlier.stop.visited_on.isoformat() == "2026-11-19"


def test_lines_as_they_stand_are_not_logged_again(earlier):
    enter(earlier, **PAPER)
    standing = {
        "setup:verdict": "yes",
        "records:verdict": "no",
        "dues:verdict": "na",
        "falsified:verdict": "yes",
    }
    enter(earlier, **standing)
    assert Finding.objects.count() == 1
    assert Answer.objects.get(clause_key="dues").remark == "当年无党员应缴"


@pytest.mark.parametrize(
    "fields",
    [
        {"visited_on": "2026-11-16"},
        {"visited_on": "2026-11-21"},
        {"records:text": ""},
        {"dues:text": ""},
        {"falsified:text": "没有勾"},
        {"records:short": "short=nonsense"},
    ],
)
def test_a_wrong_paper_line_saves_nothing(earlier, fields):
    assert enter(earlier, **(PAPER | fields)).status_code == 422
    assert (Finding.objects.count(), Sheet.objects.filter(source=Source.ACCEPTANCE).count()) == (
        0,
        0,
    )


# how much it costs


MOST = 30


def make_big():
    """The example standard with a filed self-assessment: 43 clauses."""
    site = make_site(edition=lambda owner: make_example(owner=owner))
    assessment = make_assessment(cycle=site.cycle, branch=site.stop.branch)
    answer_all(assessment, by=site.place.branch_clerk.user)
    return site


def queries(actor, url):
    client = client_of(actor)
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_a_stop_costs_the_same_for_five_clauses_and_for_forty():
    small, big = make_site(), make_big()
    assessment = small.cycle.assessments.get(branch=small.stop.branch)
    answer_all(assessment, by=small.place.branch_clerk.user)
    log(small, text="少一次", clause="dues")
    rows = client_of(big.member).get(address(big)).context["page"].rows
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
    assert client_of(site.member).get(address(site, name)).status_code == 403


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
    page = client_of(site.place.officer).get(url).content.decode()
    assert f"本次检查用于“{site.cycle.name}”的验收" in page


def test_the_plan_of_a_visit_without_a_cycle_says_so(loose):
    url = reverse("inspections:visit_change", args=[loose.visit.pk])
    page = client_of(loose.place.officer).get(url).content.decode()
    assert "安排时未关联周期：只登记问题，不逐条评定。" in page


@pytest.mark.parametrize(
    ("name", "gone"), [("stop_checklist", "<thead>"), ("stop_entry", "paper-entry")]
)
def test_without_a_clause_paper_and_entry_say_so_and_offer_nothing(loose, name, gone):
    page = client_of(loose.leader).get(address(loose, name)).content.decode()
    assert ("没有需要检查的条目" in page, gone in page) == (True, False)


def test_a_stop_nobody_has_touched_says_that_nothing_is_recorded(site):
    page = client_of(site.leader).get(address(site, "stop")).content.decode()
    assert 'data-nothing="尚未记录"' in page
