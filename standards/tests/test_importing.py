"""Export and import again: every rule shape, a county's own table, and what is wrong with a row."""

import io
import json
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.models import Field
from branches.tests.make import make_county
from standards import actions, importing
from standards.excel import write
from standards.models import EditionImport
from standards.rules.parse import RuleError, canonical
from standards.sheets import digest, sheets
from standards.tests.make import enter, issue, make_clause, make_edition, make_example

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases"


@pytest.fixture
def place():
    return make_county()


@pytest.fixture
def draft(place):
    example = make_example(owner=place.county)
    return actions.create_draft(
        place.officer, place.county, now=NOW, client_key=uuid4(), from_edition=example
    )


def exported(edition):
    out = io.BytesIO()
    write(out, edition)
    out.seek(0)
    return openpyxl.load_workbook(out)


def upload(place, edition, workbook, *, fields=("rural",), key=None):
    out = io.BytesIO()
    workbook.save(out)
    out.seek(0)
    return importing.upload(
        place.officer, edition, file=out, name="评分表.xlsx", fields=fields,
        client_key=key or uuid4(), now=NOW,
    )  # fmt: skip


def table(*rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


def column(sheet, name):
    return next(cell.column for cell in sheet[3] if cell.value == name)


def put(workbook, row, name, value):
    sheet = workbook.worksheets[0]
    sheet.cell(row, column(sheet, name)).value = value


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


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_exported_comes_back_unchanged(place, draft, language):
    with translation.override(language):
        kept = upload(place, draft, exported(draft))
    assert (kept.counts, kept.rows["sentences"], kept.rows["absent"], kept.rows["chapters"]) == (
        {"new": 0, "changed": 0, "unchanged": draft.clauses.count(), "wrong": 0},
        [],
        [],
        {},
    )


def test_an_export_in_one_language_is_read_in_the_other(place, draft):
    with translation.override("en"):
        workbook = exported(draft)
    with translation.override("zh-hans"):
        assert upload(place, draft, workbook).counts["unchanged"] == draft.clauses.count()


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


def test_a_countys_own_table_goes_in_as_it_is(place):
    edition = make_edition(owner=place.county)
    workbook = table(
        ["安禾县农村党支部标准化建设评分表"],
        ["序号", "章　节", "考核内容", "评分细则", "分值\n（100分）"],
        [1, "一、组织健全（60分）", "按期换届", "未按期换届的不得分", "４０"],
        [2, None, "班子配齐", "每缺1人扣5分", 20],
        [3, "二、活动正常（40分）", "三会一课", "每少一次扣2分", 30],
        [None, None, None, "记录不全的酌情扣分", 10],
        ["合计", None, None, None, 100],
    )
    workbook.active.merge_cells("A1:E1")
    kept = upload(place, edition, workbook, fields=["rural", "community"])
    importing.confirm(place.officer, kept, now=NOW)
    rows = edition.clauses.order_by("position").values_list(
        "code", "chapter__title", "text", "rule_text", "rule__steps__0__shape"
    )
    sums = {key: sum(line.maximum for line in lines) for key, lines in sheets(edition).items()}
    assert (list(rows), sums) == (
        [
            ("1", "组织健全", "按期换届", "未按期换届的不得分", "binary"),
            ("2", "组织健全", "班子配齐", "每缺1人扣5分", "step"),
            ("3", "活动正常", "三会一课", "每少一次扣2分", "step"),
            ("2.1", "活动正常", "三会一课", "记录不全的酌情扣分", "judged"),
        ],
        {"rural": 10_000, "community": 10_000},
    )


def test_a_countys_own_table_can_be_issued_at_once(place):
    edition = make_edition(owner=place.county)
    workbook = table(
        ["章节", "条目", "评分细则", "分值"],
        ["组织", "按期换届", "酌情扣分", 60],
        ["活动", "三会一课", "酌情扣分", 40],
    )
    importing.confirm(place.officer, upload(place, edition, workbook), now=NOW)
    assert issue(place, edition).state == "issued"


def test_points_may_stand_in_a_column_per_field(place):
    edition = make_edition(owner=place.county)
    workbook = table(
        ["章节", "条目", "评分细则", "农村分值", "机关"],
        ["组织", "按期换届", "酌情扣分", 100, 60],
        ["活动", "双报到", "酌情扣分", None, 40],
    )
    importing.confirm(place.officer, upload(place, edition, workbook), now=NOW)
    lines = {key: [line.maximum for line in lines] for key, lines in sheets(edition).items()}
    assert lines == {Field.RURAL: [10_000], Field.ORGAN: [6_000, 4_000]}


def test_titles_of_chapters_may_stand_in_rows_of_their_own(place):
    edition = make_edition(owner=place.county)
    workbook = table(
        ["序号", "条目", "评分细则", "分值"],
        ["一、组织健全（60分）"],
        [1, "按期换届", "酌情扣分", 60],
        ["二、活动正常（40分）"],
        [2, "三会一课", "酌情扣分", 40],
    )
    importing.confirm(place.officer, upload(place, edition, workbook), now=NOW)
    assert list(edition.chapters.order_by("position").values_list("title", flat=True)) == [
        "组织健全",
        "活动正常",
    ]


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


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("Demand", None, "Must not be empty."),
        ("Machine rule", "计量 ok 是否 名称=甲\n有无 no", "Line 2: There is no measure “no”."),
        ("Method", "查、闻", "“闻” is no way of checking."),
        ("Points: Village", "三", "“三” is not a number of points."),
        ("Applies when", "full_members ~ 7", None),
        ("Mandatory", "也许", "“也许” is neither 是 nor 否."),
    ],
)
def test_a_wrong_cell_leaves_its_row_out_and_is_marked_in_the_users_file(
    place, draft, name, value, sentence
):
    with translation.override("en"):
        workbook = exported(draft)
        put(workbook, 4, name, value)
        kept = upload(place, draft, workbook)
    row = kept.rows["rows"][0]
    marked = openpyxl.load_workbook(io.BytesIO(bytes(kept.returned))).worksheets[0]
    cell = marked.cell(4, column(marked, name))
    told = list(row["sentences"].values())[0]
    assert (kept.counts["wrong"], row["state"], cell.fill.fgColor.rgb) == (1, "wrong", "FFFDECEC")
    assert told in cell.comment.text and (sentence is None or told == sentence)


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


def test_confirming_twice_writes_once(place):
    edition = make_edition(owner=place.county)
    kept = upload(place, edition, table(["章节", "条目", "分值"], ["组织", "按期换届", 100]))
    for _ in range(2):
        importing.confirm(place.officer, kept, now=NOW)
    assert (edition.clauses.count(), Deed.objects.filter(verb="edition.import").count()) == (1, 1)


def test_the_same_client_key_keeps_one_upload(place):
    edition, key = make_edition(owner=place.county), uuid4()
    made = table(["章节", "条目", "分值"], ["组织", "按期换届", 100])
    assert upload(place, edition, made, key=key) == upload(place, edition, made, key=key)


def test_a_preview_changes_nothing(place, draft):
    before = digest(draft)
    with translation.override("en"):
        workbook = exported(draft)
        put(workbook, 4, "Demand", "改写")
        upload(place, draft, workbook)
    assert digest(draft) == before


def test_a_sheet_without_known_headings_is_refused(place):
    edition = make_edition(owner=place.county)
    with pytest.raises(Refused, match="^没有找到评分表。"):
        upload(place, edition, table(["甲", "乙"], [1, 2]))


def test_a_heading_without_clauses_is_refused(place):
    edition = make_edition(owner=place.county)
    with pytest.raises(Refused, match="表里只有表头，下面没有条目。"):
        upload(place, edition, table(["序号", "考核内容", "分值", "评分标准"]))
    assert EditionImport.objects.count() == 0


def test_a_table_without_any_points_says_so_once_and_above_all(place):
    edition = make_edition(owner=place.county)
    head = ["序号", "考核内容", "评分标准"]
    kept = upload(
        place, edition, table(head, [1, "支委会", "每少一次扣1分"], [2, "党课", "无记录的不得分"])
    )
    told = ["这张表的条目都没有写明分值。请在下面逐条填写，或在表中补上分值后重新上传。"]
    assert (kept.rows["sentences"], kept.counts["wrong"]) == (told, 2)
    importing.confirm(place.officer, kept, now=NOW)
    assert edition.clauses.count() == 0


def test_only_officers_upload_and_only_into_drafts(place, draft):
    issued = draft.owner.editions.get(state="issued")
    made = table(["章节", "条目", "分值"], ["组织", "按期换届", 100])
    with pytest.raises(Refused):
        upload(place, issued, made)
    place.officer = place.leader
    with pytest.raises(Refused):
        upload(place, draft, made)


def test_the_pages_lead_from_upload_to_the_draft(place):
    edition = make_edition(owner=place.county)
    out = io.BytesIO()
    table(["章节", "条目", "分值"], ["组织", "按期换届", 100], ["组织", "配齐班子", "一"]).save(out)
    out.seek(0)
    out.name = "评分表.xlsx"
    client = enter(place.officer)
    start = reverse("standards:upload", args=[edition.pk])
    sent = client.post(start, {"client_key": str(uuid4()), "file": out, "fields": ["rural"]})
    page = client.get(sent.url)
    marked = client.get(sent.url + "marked/")
    done = client.post(sent.url + "confirm/")
    assert (client.get(start).status_code, page.context["counts"]["wrong"], done.status_code) == (
        200,
        1,
        302,
    )
    assert (marked["Content-Type"], list(edition.clauses.values_list("text", flat=True))) == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ["按期换届"],
    )


def test_a_file_that_is_no_workbook_comes_back_with_its_reason(place):
    edition = make_edition(owner=place.county)
    out = io.BytesIO(b"no workbook")
    out.name = "a.xlsx"
    answer = enter(place.officer).post(
        reverse("standards:upload", args=[edition.pk]),
        {"client_key": str(uuid4()), "file": out, "fields": ["rural"]},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_everybody_who_reads_an_edition_may_export_it(place, draft):
    issued = draft.owner.editions.get(state="issued")
    page = reverse("standards:export", args=[issued.pk])
    assert enter(place.branch_clerk).get(page).status_code == 200
