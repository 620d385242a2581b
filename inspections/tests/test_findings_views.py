"""The page of one finding through HTTP: what it shows, what it takes, what it refuses."""

import io
import uuid
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import Notice
from inspections import finding_actions as actions
from inspections.access_findings import ACCESS
from inspections.models import Entry, Finding, Notification
from inspections.moves import TABLE
from inspections.permits_findings import TABLE as PERMITS
from inspections.tests.make import make_assessment, make_cycle
from inspections.tests.make_findings import make_finding
from inspections.urls_findings import urlpatterns
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
NEXT = 'action="/inspections/finding/'


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel("2026-11-20 10:00", tick=False):
        yield


def a_finding(cast, stage="in_progress", **fields):
    return make_finding(branch=cast.branch, by=cast.inspector.user, stage=stage, **fields)


def post(client, finding, verb, **fields):
    fields = {"client_key": uuid.uuid4()} | fields
    return client.post(reverse(f"inspections:finding_{verb}", args=[finding.pk]), fields)


def test_every_address_names_a_known_verb_for_its_method():
    names = {f"inspections:{route.name}" for route in urlpatterns}
    verbs = {verb for methods in ACCESS.values() for verb in methods.values()}

    assert set(ACCESS) == names
    assert verbs - {"login"} <= set(PERMITS)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("officer", 200),
        ("leader", 200),
        ("secretary", 200),
        ("clerk", 200),
        ("branch_clerk", 200),
        ("inspector", 200),
        ("stranger", 404),
    ],
)
@pytest.mark.parametrize("address", ["finding", "finding_card", "finding_closeout"])
def test_page_opens_within_scope_and_is_hidden_outside(cast, who, code, address):
    answer = enter(getattr(cast, who)).get(
        reverse(f"inspections:{address}", args=[a_finding(cast).pk])
    )

    assert answer.status_code == code


def test_draft_is_hidden_from_the_branch(cast):
    answer = enter(cast.branch_clerk).get(
        reverse("inspections:finding", args=[a_finding(cast, "draft").pk])
    )

    assert answer.status_code == 404


def test_page_offers_exactly_the_permitted_moves(cast):
    finding = a_finding(cast)
    page = enter(cast.branch_clerk).get(reverse("inspections:finding", args=[finding.pk]))

    offered = {
        move.verb for move in TABLE if f"{NEXT}{finding.pk}/{move.verb}/" in page.content.decode()
    }
    assert offered == {"plan", "progress", "submit", "ask_extension", "comment"}


@pytest.mark.parametrize(
    ("stage", "fields", "turn"),
    [
        ("issued", {}, "签收"),
        ("in_progress", {"measures": ""}, "填写整改措施"),
        ("in_progress", {"measures": "补开会议"}, "申请销号"),
        ("submitted", {}, None),
    ],
)
def test_the_officers_page_says_whose_move_it_is(cast, stage, fields, turn):
    finding = a_finding(cast, stage, **fields)
    page = enter(cast.officer).get(reverse("inspections:finding", args=[finding.pk]))

    said = f"等待{finding.unit.short_name}"
    assert (said in page.content.decode()) == (turn is not None)
    assert turn is None or turn in page.context["turn"]


@pytest.mark.parametrize("verb", [move.verb for move in TABLE])
def test_stranger_finds_no_move_at_all(cast, verb):
    assert post(enter(cast.stranger), a_finding(cast), verb).status_code == 404


@pytest.mark.parametrize("verb", [move.verb for move in TABLE])
def test_county_leader_may_not_press_what_is_not_hers(cast, verb):
    hers = verb in ("close", "send_back", "keep", "rebound", "comment")

    code = post(enter(cast.leader), a_finding(cast), verb, note="说明").status_code

    assert code == (409 if hers else 403)


def test_progress_is_written_and_shown(cast):
    finding = a_finding(cast)
    answer = post(enter(cast.branch_clerk), finding, "progress", note="已开会，待补签")

    assert answer.status_code == 302
    page = enter(cast.clerk).get(answer.url)
    assert page.context["happened"][-1].entry.note == "已开会，待补签"


def test_wrong_form_comes_back_with_what_was_typed(cast):
    answer = post(enter(cast.branch_clerk), a_finding(cast), "submit", note="已补开会议")

    assert answer.status_code == 422
    assert "已补开会议" in answer.content.decode()
    assert Entry.objects.count() == 0


def test_file_of_an_application_is_stored_once_and_shown(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    finding = a_finding(cast)
    client, key = enter(cast.branch_clerk), uuid.uuid4()
    for _ in range(2):
        photo = SimpleUploadedFile("记录.jpg", a_photo())
        post(client, finding, "submit", note="已补", files=photo, client_key=key)

    finding.refresh_from_db()
    assert finding.stage == "submitted"
    assert Entry.objects.get(move="submit").evidence.count() == 1


def a_photo():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return out.getvalue()


def test_press_at_a_stage_that_has_passed_says_so(cast):
    answer = post(enter(cast.officer), a_finding(cast, "closed"), "issue")

    assert answer.status_code == 409


def test_issue_leads_to_a_numbered_notice_with_receipt(cast):
    finding = a_finding(cast, "confirmed")
    post(enter(cast.officer), finding, "issue")
    notice = Notification.objects.get()

    page = enter(cast.branch_clerk).get(reverse("inspections:notification", args=[notice.pk]))
    text = page.content.decode()
    assert page.status_code == 200
    assert (notice.number in text, finding.number in text) == (True, True)


def test_notice_of_another_town_is_hidden(cast):
    notice = actions.issue(cast.officer, [a_finding(cast, "confirmed")], now=timezone.now())[0]

    page = enter(cast.stranger).get(reverse("inspections:notification", args=[notice.pk]))
    assert page.status_code == 404


def test_inspector_is_offered_no_notice_addressed_to_the_unit(cast):
    finding = a_finding(cast, "confirmed")
    notice = actions.issue(cast.officer, [finding], now=timezone.now())[0]
    way = reverse("inspections:notification", args=[notice.pk])

    for who, is_offered in (("branch_clerk", True), ("inspector", False)):
        page = enter(getattr(cast, who)).get(reverse("inspections:finding", args=[finding.pk]))
        assert (way in page.content.decode()) is is_offered


def test_notice_in_the_inbox_leads_to_the_finding(cast):
    finding = a_finding(cast, "confirmed")
    post(enter(cast.officer), finding, "issue")

    assert Notice.objects.get(user=cast.branch_clerk.user).url == reverse(
        "inspections:finding", args=[finding.pk]
    )


def test_branch_logs_its_own_problem_under_a_clause(cast):
    cycle = make_cycle(owner=cast.county)
    make_assessment(cycle=cycle, branch=cast.branch)
    url = reverse("inspections:finding_new", args=[cast.branch.pk])
    client = enter(cast.branch_clerk)
    assert client.get(url).status_code == 200

    answer = client.post(
        url,
        {
            "source": "self",
            "clause_key": "records",
            "text": "记录本缺记录人",
            "due_unit": "workdays",
            "client_key": uuid.uuid4(),
        },
    )

    finding = Finding.objects.get()
    assert answer.url == reverse("inspections:finding", args=[finding.pk])
    assert (finding.stage, finding.cycle, finding.due_on) == (
        "in_progress",
        cycle,
        date(2026, 12, 11),
    )


@pytest.mark.parametrize(
    ("who", "sources"),
    [
        ("officer", ["self", "first_check", "tour", "look_back", "research"]),
        ("clerk", ["self", "first_check"]),
        ("branch_clerk", ["self"]),
    ],
)
def test_sources_offered_are_those_the_reader_may_log(cast, who, sources):
    page = enter(getattr(cast, who)).get(reverse("inspections:finding_new", args=[cast.branch.pk]))

    assert [code for code, _ in page.context["form"].fields["source"].choices] == sources


def test_county_leader_logs_nothing(cast):
    page = enter(cast.leader).get(reverse("inspections:finding_new", args=[cast.branch.pk]))

    assert page.status_code == 403


def test_page_costs_the_same_with_one_and_with_three_entries(cast):
    finding = a_finding(cast)
    actions.progress(cast.clerk, finding, now=timezone.now(), note="一")
    client, url = enter(cast.officer), reverse("inspections:finding", args=[finding.pk])
    client.get(url)
    one = count_of(client, url)
    for note in ("二", "三"):
        actions.progress(cast.clerk, finding, now=timezone.now(), note=note)

    assert count_of(client, url) == one


def count_of(client, url):
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return len(caught)


def test_english_reader_finds_no_missing_word(cast):
    cast.officer.user.language = "en"
    cast.officer.user.save(update_fields=["language"])
    page = enter(cast.officer).get(reverse("inspections:finding", args=[a_finding(cast).pk]))

    assert page.status_code == 200


def test_notice_writes_its_date_as_documents_do(cast):
    notice = actions.issue(cast.officer, [a_finding(cast, "confirmed")], now=timezone.now())[0]
    page = enter(cast.officer).get(reverse("inspections:notification", args=[notice.pk]))

    assert page.context["issued_day"] == "2026年11月20日"


def test_page_names_the_unit_of_who_found_it(cast):
    finding = make_finding(branch=cast.branch, by=cast.officer.user, stage="in_progress")
    page = enter(cast.officer).get(reverse("inspections:finding", args=[finding.pk]))
    unit = cast.county.office_name
    assert page.context["logged_by"] == f"{unit} {cast.officer.user.name}"
