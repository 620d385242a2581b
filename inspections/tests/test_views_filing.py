"""The work table, the form and the review through the pages."""

import io
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import AccessLog, Notice
from branches.models import Evidence, Field
from branches.tests.make import make_branch, make_county
from inspections.models import Answer, Assessment, Cycle, CycleState, Sheet, Source, Stage
from inspections.tests.make import (
    make_assessment,
    make_cycle,
    make_prior,
    make_running,
    make_small_edition,
)
from portal.kit.sheets import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day():
    """All pages are asked on 2026-11-20, a Friday."""
    with time_machine.travel("2026-11-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def cycle(county):
    return make_running(county=county)


def enter(client, actor):
    client.force_login(actor.user)
    return client


def of_branch(cycle, branch):
    return Assessment.objects.get(cycle=cycle, branch=branch)


def address(name, assessment):
    return reverse(f"inspections:{name}", args=[assessment.pk])


def conforming(response, **more):
    """The whole form as the browser sends it back, with the given fields changed."""
    fields = {"client_key": str(uuid.uuid4())}
    for shown in response.context["lines"]:
        row = shown.row
        fields[f"{row.prefix}_was"] = row.was
        fields[f"{row.prefix}_verdict"] = row.verdict
    return fields | more


def test_the_work_table_shows_the_clerk_the_branches_of_the_town(client, county, cycle):
    response = enter(client, county.clerk).get(reverse("inspections:assessments"))
    assert [row.branch.short_name for row in response.context["rows"]] == [
        "双井村党支部",
        "上坝村党支部",
    ]


def test_the_form_asks_only_the_clause_counted_anew(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    response = enter(client, county.clerk).get(address("assessment", row))
    assert [shown.row.line.key for shown in response.context["attention"]] == ["dues"]


def test_one_answer_and_submit_file_the_branch(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    sent = conforming(page, **{"dues:_verdict": "yes", "do": "submit"})
    response = client.post(address("assessment", row), sent)
    row.refresh_from_db()
    coverage = Sheet.objects.get(assessment=row, source=Source.SELF).coverage
    assert (response.status_code, row.stage) == (302, Stage.SUBMITTED)
    assert coverage == {
        "dues": "single", "setup": "carried", "records": "carried", "falsified": "carried",
    }  # fmt: skip


def test_the_filed_page_and_the_print_open(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    client.post(
        address("assessment", row), conforming(page, **{"dues:_verdict": "yes", "do": "submit"})
    )
    codes = [
        client.get(address(name, row)).status_code
        for name in ("assessment", "assessment_print", "assessment_export", "check")
    ]
    assert codes == [200, 200, 200, 200]


def test_the_secretary_passes_in_one_press(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    client.post(
        address("assessment", row), conforming(page, **{"dues:_verdict": "yes", "do": "submit"})
    )
    enter(client, county.secretary)
    client.get(address("check", row))
    response = client.post(address("check", row), {"do": "pass", "client_key": str(uuid.uuid4())})
    row.refresh_from_db()
    assert (response.status_code, row.stage, row.passed_by) == (
        302,
        Stage.PASSED,
        county.secretary.user,
    )


def autosave(client, row, **fields):
    sent = {"autosave": "1", "changed": list(fields)} | fields
    return client.post(address("assessment_autosave", row), sent, headers=SCRIPT)


SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def submitted(client, county, row, **fields):
    page = enter(client, county.clerk).get(address("assessment", row))
    fields = {"dues:_verdict": "yes", "do": "submit"} | fields
    client.post(address("assessment", row), conforming(page, **fields))
    row.refresh_from_db()
    return row


def said(row, key):
    return Answer.objects.get(sheet__assessment=row, sheet__source=Source.SELF, clause_key=key)


def coverage(row):
    return Sheet.objects.get(assessment=row, source=Source.SELF).coverage


PAGES = (
    "assessment", "assessment_print", "assessment_export", "check",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nothing(client, county, cycle, name):
    row = of_branch(cycle, county.branches[0])
    assert enter(client, county.stranger).get(address(name, row)).status_code == 404


@pytest.mark.parametrize("name", ["assessment", "assessment_autosave", "assessment_withdraw"])
def test_the_county_reads_but_may_not_type(client, county, cycle, name):
    row = of_branch(cycle, county.branches[0])
    assert enter(client, county.officer).post(address(name, row)).status_code == 403


def test_the_clerk_may_not_review(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    assert (
        enter(client, county.clerk).post(address("check", row), {"do": "pass"}).status_code == 403
    )


def test_autosave_saves_the_changed_clause_and_no_other(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    response = autosave(client, row, **{"dues:_verdict": "yes"})
    assert (response.status_code, response.json()) == (200, {"saved_at": "10:00"})
    assert coverage(row) == {"dues": "single"}


def test_autosave_lays_the_changed_field_over_what_is_stored(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    autosave(client, row, **{"dues:_verdict": "no", "dues:short": "2"})
    autosave(client, row, **{"dues:_remark": "两个月没有按月交"})
    kept = said(row, "dues")
    assert (kept.measures, kept.remark) == ({"short": 2}, "两个月没有按月交")


def test_autosave_keeps_a_problem_whose_measure_is_not_said_yet(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    autosave(client, row, **{"dues:_verdict": "no"})
    page = client.get(address("assessment", row))
    shown = page.context["attention"][0]
    assert (coverage(row), shown.row.verdict, shown.row.item.why) == (
        {"dues": "draft"},
        "no",
        "unfinished",
    )


def test_autosave_takes_a_carried_clause_back_to_last_time(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    autosave(client, row, **{"records:_verdict": "no", "records:short": "1"})
    autosave(client, row, **{"records:_verdict": ""})
    assert coverage(row) == {}


def test_autosave_refuses_what_cannot_be_read_with_a_sentence(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    response = autosave(client, row, **{"dues:_verdict": "no", "dues:short__other": "两次"})
    assert (response.status_code, response.json()["error"][:3]) == (422, "1.3")


def test_autosave_signed_out_answers_401(client, county, cycle):
    response = autosave(client, of_branch(cycle, county.branches[0]), **{"dues:_verdict": "yes"})
    assert response.status_code == 401


def test_autosave_keeps_the_day_of_the_discussion(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    autosave(client, row, discussed_on="2026-11-18")
    row.refresh_from_db()
    assert row.discussed_on.isoformat() == "2026-11-18"


def test_an_old_page_does_not_undo_the_clause_another_has_answered(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    old = enter(client, county.branch_clerk).get(address("assessment", row))
    autosave(enter(client, county.clerk), row, **{"dues:_verdict": "no", "dues:short": "1"})
    sent = conforming(old, **{"records:_verdict": "yes", "do": "save"})
    enter(client, county.branch_clerk).post(address("assessment", row), sent)
    assert (said(row, "dues").measures, coverage(row)) == (
        {"short": 1},
        {"dues": "single", "records": "single"},
    )


def test_a_wrong_number_is_shown_again_and_the_other_clauses_are_saved(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    wrong = {"dues:_verdict": "no", "dues:short__other": "两次", "dues:_remark": "没有按月交"}
    response = client.post(
        address("assessment", row),
        conforming(page, **wrong, **{"records:_verdict": "yes", "do": "submit"}),
    )
    shown = {each.row.line.key: each.row for each in response.context["lines"]}["dues"]
    box = shown.questions[0].boxes[0].value
    assert (response.status_code, shown.remark, box) == (422, "没有按月交", "两次")
    assert coverage(row) == {"records": "single"}


def test_submit_with_an_open_clause_names_it_and_saves_the_rest(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    sent = conforming(page, **{"dues:_verdict": "na", "do": "submit"})
    response = client.post(address("assessment", row), sent)
    wrong = [(each.row.line.key, list(each.row.errors)) for each in response.context["wrong"]]
    assert (response.status_code, wrong, coverage(row)) == (
        422,
        [("dues", ["_remark"])],
        {"dues": "draft"},
    )


def test_the_rest_conforms_in_one_press(client, county):
    cycle = make_cycle(owner=county.county)
    row = make_assessment(cycle=cycle, branch=county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    client.post(address("assessment", row), conforming(page, do="rest"))
    assert coverage(row) == dict.fromkeys(["setup", "records", "dues", "falsified"], "rest")


def test_after_a_return_the_page_opens_the_marked_clause_only(client, county, cycle):
    row = submitted(client, county, of_branch(cycle, county.branches[0]))
    enter(client, county.secretary)
    key = {"client_key": str(uuid.uuid4())}
    marked = {"do": "return", "reason": "对不上", "mark": "setup", "setup:_why": "补任职文件"} | key
    client.post(address("check", row), marked)
    page = enter(client, county.clerk).get(address("assessment", row))
    open_ones = [(s.row.line.key, s.row.item.mark) for s in page.context["attention"]]
    assert (page.context["reason"], open_ones) == ("对不上", [("setup", "补任职文件")])


def test_a_return_without_marks_is_shown_again_with_its_reason(client, county, cycle):
    row = submitted(client, county, of_branch(cycle, county.branches[0]))
    enter(client, county.secretary)
    response = client.post(address("check", row), {"do": "return", "reason": "对不上"})
    row.refresh_from_db()
    assert (response.status_code, response.context["typed_reason"], row.stage) == (
        422,
        "对不上",
        Stage.SUBMITTED,
    )


def test_a_correction_typed_beside_the_pass_counts(client, county, cycle):
    row = submitted(client, county, of_branch(cycle, county.branches[0]))
    page = enter(client, county.secretary).get(address("check", row))
    one = next(e for e in page.context["others"] if e.shown.row.line.key == "records")
    sent = {
        "do": "pass",
        "records:_was": one.correction.was,
        "records:_verdict": "no",
        "records:short": "2",
        "records:_remark": "抽查缺两次",
    }
    client.post(address("check", row), sent)
    row.refresh_from_db()
    first_check = Answer.objects.get(sheet__source=Source.FIRST_CHECK)
    assert (row.stage, first_check.measures) == (Stage.PASSED, {"short": 2})


def test_a_correction_without_a_reason_holds_the_pass_back(client, county, cycle):
    row = submitted(client, county, of_branch(cycle, county.branches[0]))
    enter(client, county.secretary)
    sent = {"do": "pass", "records:_was": "", "records:_verdict": "no", "records:short": "2"}
    response = client.post(address("check", row), sent)
    row.refresh_from_db()
    assert (response.status_code, row.stage) == (422, Stage.SUBMITTED)


def test_exceptions_stand_first_for_the_reviewer(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    submitted(client, county, row, **{"dues:_verdict": "no", "dues:short": "1"})
    page = enter(client, county.secretary).get(address("check", row))
    assert [each.shown.row.line.key for each in page.context["first"]] == ["dues", "meetings"]


def test_the_batch_submits_the_unchanged_in_one_press(client, county, cycle):
    rows = [of_branch(cycle, branch) for branch in county.branches]
    enter(client, county.clerk)
    for row in rows:
        autosave(client, row, **{"dues:_verdict": "yes"})
    page = client.get(reverse("inspections:assessments"))
    ready = [each.assessment.pk for each in page.context["ready"]]
    client.post(
        reverse("inspections:assessments_submit"),
        {"ids": ready, "cycle": cycle.pk, "client_key": str(uuid.uuid4())},
    )
    assert Assessment.objects.filter(cycle=cycle, stage=Stage.SUBMITTED).count() == 2


def test_the_batch_with_a_wrong_day_submits_nothing_and_keeps_the_ticks(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    autosave(client, row, **{"dues:_verdict": "yes"})
    sent = {"ids": [row.pk], "cycle": cycle.pk, "discussed_on": "2026-02-30"}
    response = client.post(reverse("inspections:assessments_submit"), sent)
    row.refresh_from_db()
    assert (response.status_code, response.context["ticked"], row.stage) == (
        422,
        {row.pk},
        Stage.DRAFTING,
    )


def test_an_unchanged_branch_takes_at_most_six_actions(client, county, cycle):
    """Open it, one answer for the clause of the period, submit: three."""
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    actions = ["open", *page.context["waiting"], "submit"]
    assert len(actions) == 3


def test_the_grid_answers_the_clauses_of_the_period_for_all_branches(client, county, cycle):
    enter(client, county.clerk)
    page = client.get(reverse("inspections:assessments_grid"))
    names = [name for row in page.context["rows"] for name, _code in row.cells]
    client.post(reverse("inspections:assessments_grid"), {"ok": names, "cycle": cycle.pk})
    assert [coverage(of_branch(cycle, b)) for b in county.branches] == [{"dues": "single"}] * 2


def test_the_county_sees_its_units_with_counts(client, county, cycle):
    page = enter(client, county.officer).get(reverse("inspections:assessments"))
    shown = [(row.unit.short_name, row.total, row.pending) for row in page.context["units"]]
    assert shown == [("柳湾镇", 2, 2), ("石埠镇", 2, 2)]


def test_the_filter_in_the_address_narrows_the_table(client, county, cycle):
    submitted(client, county, of_branch(cycle, county.branches[0]))
    page = enter(client, county.officer).get(
        reverse("inspections:assessments"), {"unit": county.town.pk, "stage": "submitted"}
    )
    assert [row.branch.short_name for row in page.context["rows"]] == ["双井村党支部"]


@pytest.mark.parametrize("query", ["cycle=abc", "unit=1e9", "stage=x", "page=-1", "unit=9" * 9])
def test_an_odd_address_shows_the_whole_table(client, county, cycle, query):
    response = enter(client, county.officer).get(f"{reverse('inspections:assessments')}?{query}")
    assert response.status_code == 200


def test_a_chase_tells_each_person_once_a_day(client, county, cycle):
    rows = [of_branch(cycle, branch).pk for branch in county.branches]
    enter(client, county.secretary)
    for _press in range(2):
        client.post(reverse("inspections:assessments_chase"), {"ids": rows, "cycle": cycle.pk})
    told = Notice.objects.filter(code="assessment.chased").values_list("user__name", flat=True)
    assert sorted(told) == ["张林", "王宁"]


def test_batch_pass_from_the_table_leaves_exceptions_to_be_read(client, county, cycle):
    plain = submitted(client, county, of_branch(cycle, county.branches[0]))
    other = of_branch(cycle, county.branches[1])
    submitted(client, county, other, **{"dues:_verdict": "no", "dues:short": "1"})
    enter(client, county.secretary).post(
        reverse("inspections:assessments_pass"), {"ids": [plain.pk, other.pk], "cycle": cycle.pk}
    )
    stages = Assessment.objects.filter(pk__in=[plain.pk, other.pk]).order_by("pk")
    assert list(stages.values_list("stage", flat=True)) == [Stage.PASSED, Stage.SUBMITTED]


def test_the_export_has_the_rows_of_the_screen_and_is_logged(client, county, cycle, tmp_path):
    enter(client, county.officer)
    query = {"unit": county.town.pk}
    response = client.get(reverse("inspections:assessments_export"), query)
    table = saved(response, tmp_path)
    names = [line[0] for line in table[3:5]]
    assert names == ["双井村党支部", "上坝村党支部"]
    assert AccessLog.objects.get().what == "assessments.exported"


def saved(response, folder):
    path = folder / "file.xlsx"
    path.write_bytes(b"".join(response.streaming_content))
    return read(path).first.rows


@pytest.mark.parametrize("many", [1, 3])
def test_the_work_table_costs_the_same_queries_for_one_row_and_for_three(
    client, county, many, django_assert_num_queries
):
    cycle = make_cycle(owner=county.county)
    for branch in (*county.branches, make_branch(parent=county.town))[:many]:
        prior = make_prior(cycle=cycle, branch=branch, by=county.clerk.user)
        make_assessment(cycle=cycle, branch=branch, prior=prior)
    enter(client, county.clerk)
    client.get(reverse("inspections:assessments"))
    with django_assert_num_queries(27):
        client.get(reverse("inspections:assessments"))


def photo():
    """A small picture, as a phone would send it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return SimpleUploadedFile("会议记录.jpg", out.getvalue(), content_type="image/jpeg")


def test_a_file_is_uploaded_once_and_cited_for_two_clauses(
    client, county, cycle, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    sent = {"upload": photo(), "also": "records", "client_key": str(uuid.uuid4())}
    response = client.post(reverse("inspections:assessment_evidence", args=[row.pk, "dues"]), sent)
    cited = Evidence.objects.order_by("answers__clause_key").values_list(
        "name", "answers__clause_key"
    )
    assert (response.status_code, list(cited)) == (
        302,
        [("会议记录.jpg", "dues"), ("会议记录.jpg", "records")],
    )


def test_the_file_of_a_stranger_cannot_be_cited(client, county, cycle):
    foreign = Evidence.objects.create(
        organization=county.other,
        name="x.pdf",
        content_type="application/pdf",
        suffix=".pdf",
        sha256="0" * 64,
        size=1,
        uploaded_at=timezone.now(),
        uploaded_by=county.stranger.user,
    )
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    page = reverse("inspections:assessment_evidence", args=[row.pk, "dues"])
    client.post(page, {"files": [str(foreign.pk), "not-a-uuid"]})
    assert list(said(row, "dues").evidence.all()) == []


def test_a_conforming_answer_keeps_the_files_behind_it(client, county, cycle, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    page = reverse("inspections:assessment_evidence", args=[row.pk, "dues"])
    client.post(page, {"upload": photo()})
    autosave(client, row, **{"dues:_verdict": "yes"})
    assert said(row, "dues").evidence.count() == 1


def planned(**more):
    days = {
        "starts_on": "2027-01-01", "ends_on": "2027-12-31",
        "self_from": "2027-10-01", "self_to": "2027-11-20",
    }  # fmt: skip
    return {"name": "2027年度", "kind": "accepted"} | days | more


def test_a_cycle_is_planned_opened_and_closed(client, county):
    edition = make_small_edition(owner=county.county)
    enter(client, county.officer)
    client.post(reverse("inspections:cycle_create"), planned(edition=edition.pk))
    cycle = Cycle.objects.get()
    steps = [cycle.state]
    for name in ("cycle_open", "cycle_close"):
        client.post(reverse(f"inspections:{name}", args=[cycle.pk]))
        cycle.refresh_from_db()
        steps.append(cycle.state)
    assert steps == [CycleState.PLANNED, CycleState.OPEN, CycleState.CLOSED]
    assert cycle.assessments.count() == 4


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"self_to": "2027-09-01"}, "self_to"),
        ({"decide_from": "2027-12-01"}, "decide_to"),
        ({"self_from": "", "self_to": ""}, "self_from"),
        ({"name": " "}, "name"),
    ],
)
def test_a_wrong_plan_is_shown_again_at_the_field(client, county, wrong, field):
    edition = make_small_edition(owner=county.county)
    enter(client, county.officer)
    response = client.post(
        reverse("inspections:cycle_create"), planned(edition=edition.pk, **wrong)
    )
    assert (response.status_code, field in response.context["form"].errors) == (422, True)


def test_units_see_a_cycle_once_it_is_open(client, county):
    cycle = make_cycle(owner=county.county, state=CycleState.PLANNED)
    enter(client, county.clerk)
    before = client.get(reverse("inspections:assessments")).context.get("cycle")
    Cycle.objects.filter(pk=cycle.pk).update(state=CycleState.OPEN)
    after = client.get(reverse("inspections:assessments")).context.get("cycle")
    assert (before, after) == (None, cycle)


@pytest.mark.parametrize("who", ["secretary", "clerk", "branch_clerk", "leader"])
def test_only_county_officers_plan_cycles(client, county, who):
    assert enter(client, getattr(county, who)).get(reverse("inspections:cycles")).status_code == 403


def test_the_field_of_a_branch_decides_its_sheet(client, county):
    cycle = make_cycle(owner=county.county)
    organ = make_branch(parent=county.town, field=Field.ORGAN)
    row = make_assessment(cycle=cycle, branch=organ)
    assert enter(client, county.clerk).get(address("assessment", row)).context["total"] == 0
