"""Export and import again: every rule shape, a changed cell, and what is wrong with a row."""

import io
import json
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.tests.make import make_county
from standards import actions, importing
from standards.rules.parse import RuleError, canonical
from standards.sheets import digest
from standards.tests.make import enter, make_clause, make_edition, make_example, put_in_force
from standards.tests.workbooks_made import column, exported, put, table, upload

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def built(lasting):
    """A county with the example in force, a draft of the whole of it, and one of its first clauses."""
    place = make_county()
    example = make_example(owner=place.county)
    whole, first = (
        actions.create_draft(
            place.officer, place.county, now=NOW, client_key=uuid4(), from_edition=example
        )
        for _ in range(2)
    )
    kept = first.clauses.order_by("position")[:7]
    first.clauses.exclude(pk__in=[clause.pk for clause in kept]).delete()
    return SimpleNamespace(place=place, whole=whole, first=first)


@pytest.fixture
def world(built):
    return deepcopy(built)


@pytest.fixture
def place(world):
    return world.place


@pytest.fixture
def whole(world):
    return world.whole


@pytest.fixture
def draft(world):
    return world.first


def every_rule():
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            if isinstance(case, dict) and isinstance(case.get("rule"), dict):
                yield case["rule"]


def sound_rules():
    """The rules of the shape cases that parse, each once."""
    seen = []
    for rule in every_rule():
        try:
            plain = canonical(rule)
        except RuleError:
            continue
        if plain not in seen:
            seen.append(plain)
    return seen


@pytest.mark.one_engine
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_exported_comes_back_unchanged(place, whole, language):
    with translation.override(language):
        kept = upload(place, whole, exported(whole))
    assert (kept.counts, kept.rows["sentences"], kept.rows["absent"], kept.rows["chapters"]) == (
        {"new": 0, "changed": 0, "unchanged": whole.clauses.count(), "wrong": 0},
        [],
        [],
        {},
    )


@pytest.mark.one_engine
def test_an_export_in_one_language_is_read_in_the_other(place, whole):
    with translation.override("en"):
        workbook = exported(whole)
    with translation.override("zh-hans"):
        assert upload(place, whole, workbook).counts["unchanged"] == whole.clauses.count()


@pytest.mark.one_engine
def test_every_rule_shape_survives_the_workbook(place):
    edition = make_edition(owner=place.county)
    rules = sound_rules()
    for at, rule in enumerate(rules):
        make_clause(edition=edition, key=f"r{at}", rule=rule, points={"rural": 600})
    workbook = exported(edition)
    edition.clauses.update(rule=None)
    with translation.override("en"):
        kept = upload(place, edition, workbook)
    read = {row["key"]: row["values"].get("rule") for row in kept.rows["rows"]}
    sound = {row["key"] for row in kept.rows["rows"] if row["state"] != "wrong"}
    assert len(sound) > 50
    assert {key: read[key] for key in sound} == {
        f"r{at}": rule for at, rule in enumerate(rules) if f"r{at}" in sound
    }


def test_the_workbook_has_its_four_sheets_and_prints_on_a4(draft):
    with translation.override("en"):
        workbook = exported(draft)
    first = workbook.worksheets[0]
    assert (workbook.sheetnames, first.page_setup.paperSize, first.print_title_rows) == (
        ["Clauses of the standard", "Options", "Tiers", "How to fill it in"],
        9,
        "$3:$3",
    )


def test_a_changed_cell_changes_that_clause_only(place, draft):
    with translation.override("en"):
        workbook = exported(draft)
        put(workbook, 4, "Demand", "改写的要求")
        put(workbook, 4, "Points: Village", "２．５")
        kept = upload(place, draft, workbook)
    importing.confirm(place.officer, kept, now=NOW)
    clause = draft.clauses.get(key="organization.setup")
    points = clause.points.get(field="rural").points
    assert (kept.counts["changed"], kept.rows["rows"][0]["changed"], clause.text, points) == (
        1,
        ["Demand", "Points"],
        "改写的要求",
        250,
    )


def test_an_emptied_points_cell_takes_the_clause_off_that_sheet(place, draft):
    with translation.override("en"):
        workbook = exported(draft)
        put(workbook, 4, "Points: School", None)
        importing.confirm(place.officer, upload(place, draft, workbook), now=NOW)
    clause = draft.clauses.get(key="organization.setup")
    assert clause.points.filter(field="school").exists() is False


def test_answers_and_tiers_are_read_from_their_sheets(place, draft):
    with translation.override("en"):
        workbook = exported(draft)
        workbook["Options"].cell(7, 3).value = "可以倒扣，最多倒扣到本项分值"
        workbook["Tiers"].cell(4, 4).value = 92
        importing.confirm(place.officer, upload(place, draft, workbook), now=NOW)
    draft.refresh_from_db()
    assert (draft.options["below_zero"], draft.tiers[0]["floor"]) == (True, "92")


def test_an_answer_that_is_not_offered_is_told(place, draft):
    with translation.override("en"):
        workbook = exported(draft)
        workbook["Options"].cell(4, 3).value = "看情况"
        kept = upload(place, draft, workbook)
    assert kept.rows["sentences"] == ["Question a: “看情况” is not among the answers."]


def test_new_rows_stand_where_the_file_has_them(place, draft):
    with translation.override("en"):
        workbook = exported(draft)
        sheet = workbook.worksheets[0]
        sheet.insert_rows(5)
        for name, value in (("Chapter", "基本组织"), ("Clause no.", "1.1a"), ("Demand", "新条目")):
            sheet.cell(5, column(sheet, name)).value = value
        importing.confirm(place.officer, upload(place, draft, workbook), now=NOW)
    codes = draft.clauses.order_by("position").values_list("code", flat=True)
    assert list(codes[:3]) == ["1.1", "1.1a", "1.2"]


WRONG_CELLS = [
    ("Demand", None, "Must not be empty."),
    ("Machine rule", "计量 ok 是否 名称=甲\n有无 no", "Line 2: There is no measure “no”."),
    ("Method", "查、闻", "“闻” is no way of checking."),
    ("Points: Village", "三", "“三” is not a number of points."),
    ("Applies when", "full_members ~ 7", None),
    ("Mandatory", "也许", "“也许” is neither 是 nor 否."),
]


def test_a_wrong_cell_leaves_its_row_out_and_is_marked_in_the_users_file(place, draft):
    """One in each of the first rows; the last row is right."""
    with translation.override("en"):
        workbook = exported(draft)
        for row, (name, value, _) in enumerate(WRONG_CELLS, start=4):
            put(workbook, row, name, value)
        kept = upload(place, draft, workbook)
    marked = openpyxl.load_workbook(io.BytesIO(bytes(kept.returned))).worksheets[0]
    told, seen = [list(row["sentences"].values()) for row in kept.rows["rows"]], []
    for at, (name, _, _) in enumerate(WRONG_CELLS):
        cell = marked.cell(4 + at, column(marked, name))
        assert told[at][0] in cell.comment.text
        seen.append((kept.rows["rows"][at]["state"], cell.fill.fgColor.rgb, len(told[at])))
    assert (kept.counts["wrong"], kept.counts["unchanged"]) == (len(WRONG_CELLS), 1)
    assert seen == [("wrong", "FFFDECEC", 1)] * len(WRONG_CELLS)
    assert [sentence for _, _, sentence in WRONG_CELLS] == [
        sentence and told[at][0] for at, (_, _, sentence) in enumerate(WRONG_CELLS)
    ]


def test_rows_twice_in_the_file_are_wrong_the_second_time(place, draft):
    with translation.override("en"):
        workbook = exported(draft)
        put(workbook, 5, "System number", "organization.setup")
        kept = upload(place, draft, workbook)
    assert [row["sentences"] for row in kept.rows["rows"]] == [
        {"key": "This clause stands in the file twice."}
    ]


def test_clauses_the_table_does_not_have_stay_unless_they_are_to_go(place, draft):
    before = draft.clauses.count()
    with translation.override("en"):
        workbook = exported(draft)
        workbook.worksheets[0].delete_rows(4)
        kept = upload(place, draft, workbook)
    absent = kept.rows["absent"]
    importing.confirm(place.officer, kept, now=NOW, remove_absent=True)
    assert (absent, draft.clauses.count()) == (["organization.setup"], before - 1)


def test_a_preview_changes_nothing(place, draft):
    before = digest(draft)
    with translation.override("en"):
        workbook = exported(draft)
        put(workbook, 4, "Demand", "改写")
        upload(place, draft, workbook)
    assert digest(draft) == before


def test_only_officers_upload_and_only_into_drafts(place, draft):
    issued = draft.owner.editions.get(state="issued")
    made = table(["章节", "条目", "分值"], ["组织", "按期换届", 100])
    with pytest.raises(Refused):
        upload(place, issued, made)
    place.officer = place.leader
    with pytest.raises(Refused):
        upload(place, draft, made)


def test_everybody_who_reads_an_edition_may_export_it(place, draft):
    issued = put_in_force(draft)
    page = reverse("standards:export", args=[issued.pk])
    assert enter(place.branch_clerk).get(page).status_code == 200
