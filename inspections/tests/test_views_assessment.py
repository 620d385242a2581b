"""The form of one branch: autosave, drafts, wrong input, files."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from branches.models import Evidence, Field
from branches.tests.make import make_branch
from inspections.models import Sheet, Source, Stage
from inspections.tests.filing_pages import (
    address,
    autosave,
    conforming,
    coverage,
    enter,
    of_branch,
    said,
)
from inspections.tests.make import (
    FLAG_RULE,
    make_assessment,
    make_cycle,
)
from standards.tests.make import make_clause, make_edition, put_in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


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


def test_an_unchanged_branch_takes_at_most_six_actions(client, county, cycle):
    """Open it, one answer for the clause of the period, submit: three."""
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    actions = ["open", *page.context["waiting"], "submit"]
    assert len(actions) == 3


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


def test_the_field_of_a_branch_decides_its_sheet(client, county):
    cycle = make_cycle(owner=county.county)
    organ = make_branch(parent=county.town, field=Field.ORGAN)
    row = make_assessment(cycle=cycle, branch=organ)
    assert enter(client, county.clerk).get(address("assessment", row)).context["total"] == 0


def test_the_form_unfolds_the_filled_example_where_a_clause_has_one(client, county):
    edition = make_edition(owner=county.county)
    make_clause(
        edition=edition, key="setup", rule=FLAG_RULE, good_example="批复：柳委组〔2026〕3号"
    )
    make_clause(edition=edition, key="records", rule=FLAG_RULE)
    cycle = make_cycle(owner=county.county, edition=put_in_force(edition))
    row = make_assessment(cycle=cycle, branch=county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row)).content.decode()
    assert (page.count("批复：柳委组〔2026〕3号"), page.count('<details class="no-print">')) == (
        1,
        1,
    )


def test_where_one_tick_is_all_there_is_to_say_not_conforming_says_it(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    soles = [shown.row for shown in page.context["lines"] if shown.row.sole]
    key = soles[0].line.key
    sent = {f"{key}:_verdict": "no", "dues:_verdict": "yes", "do": "submit"}
    client.post(address("assessment", row), conforming(page, **sent))
    row.refresh_from_db()
    assert (row.stage, bool(said(row, key).measures)) == (Stage.SUBMITTED, True)


def test_the_form_unfolds_work_steps_and_the_blank_form_where_a_clause_has_them(client, county):
    edition = make_edition(owner=county.county)
    carried = {"work_steps": "清点人数\n逐项表决", "blank_form": "签到表\n序号\n姓名"}
    make_clause(edition=edition, key="setup", rule=FLAG_RULE, **carried)
    make_clause(edition=edition, key="records", rule=FLAG_RULE)
    cycle = make_cycle(owner=county.county, edition=put_in_force(edition))
    row = make_assessment(cycle=cycle, branch=county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row)).content.decode()
    sheet = reverse("standards:blank_form", args=[edition.pk, "setup"])
    said = ("逐项表决", f'"{sheet}"', '<details class="no-print">')
    assert [page.count(each) for each in said] == [1, 1, 1]


@pytest.mark.parametrize(
    ("unit", "words"), [("branches", "支委会研究日期"), ("town", "会议研究日期")]
)
def test_the_form_asks_a_committee_for_its_own_meeting(client, county, unit, words):
    filer = county.town if unit == "town" else county.branches[0]
    edition = make_edition(owner=county.county)
    make_clause(edition=edition, key="setup", rule=FLAG_RULE, points={filer.field: 10_000})
    cycle = make_cycle(owner=county.county, edition=put_in_force(edition))
    row = make_assessment(cycle=cycle, branch=filer)
    page = enter(client, county.clerk).get(address("assessment", row)).content.decode()
    assert f'for="discussed">{words}' in page
