"""The ledger: filters, batch steps, export equal to the screen, print, reminder text, saved columns."""

import io
import re
import time
import uuid
from datetime import date

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog
from accounts.roles import Kind
from accounts.tests.make import make_user
from inspections.ledger_batch import VERBS
from inspections.models import CloseRule, Finding, SavedColumns, Signoff
from inspections.numbering import notice_number
from inspections.tests.make_findings import make_cast, make_finding

pytestmark = pytest.mark.django_db
HEADER = 3


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel("2026-11-20 10:00", tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def as_user(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def listed(cast, query="", who="officer"):
    page = as_user(getattr(cast, who)).get(reverse("inspections:ledger") + query)
    assert page.status_code == 200
    return [row.finding.number for row in page.context["rows"]]


def several(cast):
    """Seven findings of different kinds; returns them by name."""
    by = cast.officer.user

    def make(name, **fields):
        return make_finding(**{"branch": cast.branch, "by": by, "number": name} | fields)

    make("late", due_on=date(2026, 11, 1), severity="serious")
    make("soon", due_on=date(2026, 11, 25), branch=cast.branches[1])
    make("far", due_on=date(2027, 3, 1), source="tour", category="组织生活")
    make("long", due_on=date(2026, 10, 1), is_long_term=True)
    make("handed", stage="submitted", due_on=date(2026, 11, 2), clause_key="records")
    make("done", stage="closed", due_on=date(2026, 11, 3), look_back_on=date(2026, 11, 20))
    make("other", branch=cast.foreign[0], due_on=date(2026, 12, 1), text="活动室上锁")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["long", "late", "handed", "soon", "other", "far", "done"]),
        ("?sort=due", ["long", "late", "handed", "done", "soon", "other", "far"]),
        ("?due=overdue", ["late"]),
        ("?due=due7", ["soon"]),
        ("?due=due30", ["soon", "other"]),
        ("?due=long", ["long"]),
        ("?due=look_back", ["done"]),
        ("?stage=submitted", ["handed"]),
        ("?severity=serious", ["late"]),
        ("?source=tour", ["far"]),
        ("?category=组织生活", ["far"]),
        ("?clause=records", ["handed"]),
        ("?q=上锁", ["other"]),
        ("?q=樟树坪 上锁", ["other"]),
        ("?show=open&sort=-due", ["far", "other", "soon", "handed", "late", "long"]),
        ("?show=closed_month", ["done"]),
        ("?stage=nonsense&due=x&unit=abc&sort=y", ["long", "late", "handed", "soon", "other", "far", "done"]),
    ],
)  # fmt: skip
def test_filter_in_the_address_decides_the_rows(cast, query, numbers):
    several(cast)

    assert listed(cast, query) == numbers


def test_filter_by_unit_takes_its_subtree(cast):
    several(cast)

    assert listed(cast, f"?unit={cast.other.pk}") == ["other"]
    assert listed(cast, f"?branch={cast.branches[1].pk}") == ["soon"]


@pytest.mark.parametrize(
    ("who", "numbers"),
    [
        ("stranger", ["other"]),
        ("secretary", ["long", "late", "handed", "soon", "far", "done"]),
        ("branch_clerk", ["long", "late", "handed", "far", "done"]),
        ("inspector", ["long", "late", "handed", "far", "done"]),
    ],
)
def test_everybody_sees_only_their_own(cast, who, numbers):
    several(cast)

    assert listed(cast, who=who) == numbers


def test_waiting_for_me_differs_by_role(cast):
    for stage in ("confirmed", "issued", "submitted", "verified", "closed"):
        make_finding(branch=cast.branch, by=cast.officer.user, stage=stage, number=stage)

    assert listed(cast, "?show=mine&sort=number") == ["confirmed", "verified"]
    assert listed(cast, "?show=mine&sort=number", "secretary") == ["issued", "submitted"]
    assert listed(cast, "?show=mine&sort=number", "branch_clerk") == ["issued"]


def test_a_serious_one_waits_for_the_leader_beside_the_officer(cast):
    make_finding(branch=cast.branch, by=cast.officer.user, stage="verified", severity="serious")

    found = {who: len(listed(cast, "?show=mine", who)) for who in ("leader", "secretary", "clerk")}
    assert found == {"leader": 1, "secretary": 0, "clerk": 0}


def test_what_one_signed_waits_for_another(cast):
    make_finding(
        branch=cast.branch,
        by=cast.officer.user,
        stage="verified",
        signed={Signoff.Role.VERIFIER: cast.officer.user},
    )

    assert listed(cast, "?show=mine") == []
    assert len(listed(cast, "?show=mine", "second_officer")) == 1


def queries(client, url):
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return len(caught)


@pytest.mark.parametrize("name", ["ledger", "ledger_print", "ledger_text"])
def test_list_costs_the_same_with_one_and_with_three_rows(cast, name):
    client, url = as_user(cast.officer), reverse(f"inspections:{name}")
    make_finding(branch=cast.branch, by=cast.officer.user, stage="verified", edition=None)
    client.get(url)
    one = queries(client, url)
    make_finding(branch=cast.branches[1], by=cast.officer.user, stage="verified")
    make_finding(branch=cast.foreign[0], by=cast.officer.user)

    assert queries(client, url) == one


@pytest.mark.parametrize("verb", ["verify", "close", "issue", "chase"])
def test_batch_page_costs_the_same_with_one_and_with_three_rows(cast, verb):
    stage = {"verify": "submitted", "close": "verified", "issue": "confirmed"}.get(verb, "issued")
    client = as_user(cast.officer)
    url = reverse(f"inspections:ledger_{verb}") + "?every=1"
    make_finding(branch=cast.branch, by=cast.inspector.user, stage=stage)
    client.get(url)
    one = queries(client, url)
    make_finding(branch=cast.branches[1], by=cast.inspector.user, stage=stage)
    make_finding(branch=cast.foreign[0], by=cast.inspector.user, stage=stage)

    assert queries(client, url) == one


def workbook(cast, query="", who="officer"):
    answer = as_user(getattr(cast, who)).get(reverse("inspections:ledger_export") + query)
    assert answer.status_code == 200
    content = io.BytesIO(b"".join(answer.streaming_content))
    return openpyxl.load_workbook(content).worksheets[0]


def column(sheet, number):
    cells = [row[number].value for row in sheet.iter_rows(min_row=HEADER + 1)]
    return cells[: next((n for n, cell in enumerate(cells) if cell is None), len(cells))]


@pytest.mark.parametrize("query", ["", "?due=overdue", "?sort=-number", "?sort=branch", "?q=上锁"])
def test_export_has_the_rows_of_the_screen_in_their_order(cast, query):
    several(cast)
    joint = "&" if query else "?"
    sheet = workbook(cast, f"{query}{joint}columns=city")

    numbers = [n for n in column(sheet, 1) if n]
    assert numbers == listed(cast, query)


def test_county_format_has_the_twelve_columns_of_the_rule(cast):
    several(cast)
    sheet = workbook(cast)

    widths = [round(sheet.column_dimensions[letter].width) for letter in "ABCDEFGHIJKL"]
    assert widths == [5, 16, 28, 8, 26, 12, 8, 11, 22, 8, 11, 8]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "C4")
    assert sheet["H4"].value.date() == date(2026, 10, 1)


def test_export_names_filter_definition_and_person(cast):
    several(cast)
    sheet = workbook(cast, "?due=overdue")
    text = "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)

    assert "周岚" in text
    assert "2026-11-20 10:00" in text
    assert AccessLog.objects.get().rows == 1


def test_ticked_rows_alone_are_exported(cast):
    several(cast)
    row = Finding.objects.get(number="far")
    sheet = workbook(cast, f"?ids={row.pk}&columns=city")

    assert [n for n in column(sheet, 1) if n] == ["far"]


def test_foreign_rows_cannot_be_exported_by_ticking_them(cast):
    several(cast)
    row = Finding.objects.get(number="far")
    sheet = workbook(cast, f"?ids={row.pk}&columns=city", who="stranger")

    assert column(sheet, 1) == []


@pytest.mark.parametrize("rows", [1, 1_200])
def test_export_asks_as_often_for_one_row_as_for_three_chunks(
    cast, rows, django_assert_num_queries
):
    one = make_finding(branch=cast.branch, by=cast.officer.user)
    Finding.objects.bulk_create(copy_of(one, n) for n in range(rows - 1))
    client, url = as_user(cast.officer), reverse("inspections:ledger_export")
    list(client.get(url).streaming_content)
    with django_assert_num_queries(12):
        answer = client.get(url)
    content = io.BytesIO(b"".join(answer.streaming_content))
    assert openpyxl.load_workbook(content).worksheets[0].max_row >= rows + HEADER


def test_export_says_the_same_of_shared_and_of_single_rows(cast):
    """Branches, owners and editions are handed round in the export; the words must be those of the screen."""
    several(cast)
    parents = make_finding(
        branch=cast.branch, by=cast.officer.user, stage="verified", source="self", number="own"
    )
    sheet = workbook(cast, "?columns=city&sort=number")
    words = dict(zip(column(sheet, 1), column(sheet, 13), strict=True))

    shown = as_user(cast.officer).get(reverse("inspections:ledger") + "?sort=number")
    stages = {row.finding.number: row.stage for row in shown.context["rows"]}
    assert {number: word.split(" ▲")[0] for number, word in words.items()} == stages
    assert words[parents.number] == "待柳湾镇销号"


@pytest.mark.slow
def test_five_thousand_rows_are_exported_in_ten_seconds(cast):
    one = make_finding(branch=cast.branch, by=cast.officer.user)
    Finding.objects.bulk_create(copy_of(one, n) for n in range(4_999))
    began = time.perf_counter()
    with time_machine.travel("2026-11-20 10:00", tick=True):
        began = time.perf_counter()
        sheet = workbook(cast)
        took = time.perf_counter() - began

    assert sheet.max_row >= 5_000
    assert took < 20


def copy_of(one, n):
    fields = {
        f.attname: getattr(one, f.attname)
        for f in Finding._meta.concrete_fields
        if f.attname not in ("id", "client_key", "number")
    }
    return Finding(**fields, number=f"ZG-2026-X{n:05d}")


def test_batch_shows_the_evidence_and_verifies_what_stays_ticked(cast):
    rows = [
        make_finding(branch=branch, by=cast.inspector.user, stage="submitted")
        for branch in cast.branches
    ]
    client, url = as_user(cast.secretary), reverse("inspections:ledger_verify")
    shown = client.get(url, {"ids": [row.pk for row in rows]})
    assert len(shown.context["rows"]) == 2

    answer = client.post(
        url,
        {"ids": [rows[0].pk], "note": "已核实", "client_key": uuid.uuid4(), "stage": "submitted"},
    )

    assert answer.url == reverse("inspections:ledger") + "?stage=submitted"
    assert [Finding.objects.get(pk=row.pk).stage for row in rows] == ["verified", "submitted"]


def test_batch_of_all_found_respects_the_filter(cast):
    several(cast)
    page = as_user(cast.officer).get(
        reverse("inspections:ledger_chase"), {"every": "1", "due": "overdue"}
    )

    assert [row.finding.number for row in page.context["rows"]] == ["late"]


def test_batch_issue_makes_one_notice_per_unit(cast):
    rows = [
        make_finding(branch=branch, by=cast.inspector.user, stage="confirmed")
        for branch in (cast.branch, cast.branch, cast.branches[1])
    ]
    as_user(cast.officer).post(
        reverse("inspections:ledger_issue"),
        {"ids": [row.pk for row in rows], "client_key": uuid.uuid4()},
    )

    assert set(Finding.objects.values_list("stage", flat=True)) == {"issued"}
    assert len(set(Finding.objects.values_list("notification", flat=True))) == 2


def test_batch_leaves_out_what_is_not_open_to_the_reader(cast):
    mine = make_finding(
        branch=cast.branch,
        by=cast.inspector.user,
        stage="verified",
        signed={Signoff.Role.VERIFIER: cast.officer.user},
    )
    page = as_user(cast.officer).get(reverse("inspections:ledger_close"), {"ids": [mine.pk]})

    assert (page.context["picked"].ready, page.context["picked"].left) == ([], 1)


def test_batch_says_of_each_finding_left_out_why(cast):
    make = {"branch": cast.branch, "by": cast.inspector.user}
    running = make_finding(**make, stage="in_progress")
    signed = {Signoff.Role.VERIFIER: cast.officer.user}
    mine = make_finding(**make, stage="verified", signed=signed)
    query = {"ids": [running.pk, mine.pk]}
    page = as_user(cast.officer).get(reverse("inspections:ledger_close"), query)

    assert {finding.number: why for finding, why in page.context["picked"].out} == {
        running.number: "状态为“整改中”",
        mine.number: "您已办理过该问题的前一步骤，这一步须由其他同志办理",
    }


def test_chasing_all_found_ticks_what_is_late_or_soon_due(cast):
    several(cast)
    client, url = as_user(cast.officer), reverse("inspections:ledger_chase")
    ticks = re.compile(r'value="(\d+)" data-tick checked')
    found = {str(row.pk): row.number for row in Finding.objects.filter(number__in=["late", "soon"])}
    page = client.get(url, {"every": "1"})
    assert sorted(ticks.findall(page.content.decode())) == sorted(found)
    far = Finding.objects.get(number="far")
    assert ticks.findall(client.get(url, {"ids": [far.pk]}).content.decode()) == [str(far.pk)]


def test_batch_without_a_tick_changes_nothing(cast):
    answer = as_user(cast.officer).post(
        reverse("inspections:ledger_chase"), {"client_key": uuid.uuid4(), "channel": "phone"}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("verb", VERBS)
def test_the_question_before_a_batch_names_what_follows(cast, verb):
    stage = {
        "chase": "in_progress",
        "issue": "confirmed",
        "verify": "submitted",
        "close": "verified",
    }
    finding = make_finding(branch=cast.branch, by=cast.inspector.user, stage=stage[verb])
    page = (
        as_user(cast.officer)
        .get(reverse(f"inspections:ledger_{verb}"), {"ids": [finding.pk]})
        .content.decode()
    )

    assert re.search(r'data-confirm="[^"]*\{n\}条；[^"]+。"', page)


def test_an_empty_batch_says_which_findings_the_step_is_for(cast):
    finding = make_finding(branch=cast.branch, by=cast.inspector.user, stage="in_progress")
    page = as_user(cast.officer).get(reverse("inspections:ledger_close"), {"ids": [finding.pk]})

    assert "“销号”只用于这些状态的问题" in page.content.decode()


def test_branch_clerk_may_not_batch(cast):
    assert as_user(cast.branch_clerk).get(reverse("inspections:ledger_close")).status_code == 403


def test_reminder_text_has_a_block_per_parent(cast):
    several(cast)
    page = as_user(cast.officer).get(reverse("inspections:ledger_text"), {"show": "open"})
    heads = [line for line in page.context["text"].splitlines() if not line[:1].isdigit()]

    assert sum("柳湾镇" in line for line in heads) == 1
    assert sum("石埠镇" in line for line in heads) == 1


def test_reminder_text_leaves_out_what_is_closed(cast):
    several(cast)
    client, url = as_user(cast.officer), reverse("inspections:ledger_text")

    assert "done" not in client.get(url).context["text"]
    assert "late" in client.get(url).context["text"]
    assert client.get(url, {"stage": "closed"}).context["text"] == ""


def test_print_of_an_inspector_names_no_unit(cast):
    assert (
        as_user(cast.inspector).get(reverse("inspections:ledger_print")).context["unit_shown"]
        is None
    )


def test_saved_columns_serve_the_unit_and_those_below(cast):
    client, url = as_user(cast.officer), reverse("inspections:ledger_columns")
    client.post(url, {"name": "本市格式", "columns": ["serial", "number", "text"]})
    saved = SavedColumns.objects.get()

    sheet = workbook(cast, f"?columns={saved.pk}", who="secretary")
    assert sheet.max_column == 3
    gone = client.post(reverse("inspections:ledger_columns_forget", args=[saved.pk]))
    assert (gone.status_code, SavedColumns.objects.count()) == (302, 0)


def test_set_of_another_county_is_not_found(cast):
    other = make_cast()
    as_user(other.officer).post(
        reverse("inspections:ledger_columns"), {"name": "别县", "columns": ["serial"]}
    )
    saved = SavedColumns.objects.get()

    answer = as_user(cast.officer).post(
        reverse("inspections:ledger_columns_forget", args=[saved.pk])
    )
    assert answer.status_code == 404


def test_administrators_have_no_ledger(cast):
    client = Client()
    client.force_login(make_user(kind=Kind.SYSTEM))
    assert client.get(reverse("inspections:ledger")).status_code == 403


def test_rules_decide_who_closes_and_how_numbers_begin(cast):
    client, url = as_user(cast.officer), reverse("inspections:ledger_rules")
    form = client.get(url).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    client.post(url, fields | {"close-tour-general": "parent", "notice_prefix": "安组"})

    rule = CloseRule.objects.get()
    assert (rule.source, rule.severity, rule.closer) == ("tour", "general", "parent")
    assert notice_number(cast.county, on=date(2026, 11, 20)) == "安组整〔2026〕1号"
    assert notice_number(cast.county, on=date(2027, 1, 4)) == "安组整〔2027〕1号"


@pytest.mark.parametrize("who", ["leader", "secretary", "clerk", "branch_clerk", "inspector"])
def test_rules_are_the_county_officers_alone(cast, who):
    page = as_user(getattr(cast, who)).get(reverse("inspections:ledger_rules"))

    assert page.status_code == 403
