import io

import openpyxl
import pytest
from django.utils import translation

from branches.tests.make import make_organization
from standards.score_sheet import Filled, paper, write_blank
from standards.tests.make import make_chapter, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = make_edition(owner=make_organization(name="安禾县委组织部"), name="标准")
    first, second = (make_chapter(edition=edition, title=title) for title in ("组织", "活动"))
    for key, chapter, points in (("a", first, 4_000), ("b", first, 2_550), ("c", second, 3_450)):
        make_clause(
            edition=edition, chapter=chapter, key=key, code=key, text="要求",
            points={"rural": points}, mandatory=key == "a",
        )  # fmt: skip
    return put_in_force(edition)


def test_the_blank_sheet_lists_its_clauses_under_their_chapters(edition):
    sheet = paper(edition, field="rural", label="农村")
    rows = [(row.number, row.chapter, row.span, row.text, row.points) for row in sheet["rows"]]
    assert rows == [
        (1, "组织", 2, "★a 要求", "40"),
        (2, "组织", 0, "b 要求", "25.5"),
        (3, "活动", 1, "c 要求", "34.5"),
    ]
    assert sheet["total"] == "100"


def test_a_filled_sheet_shows_the_three_scores_side_by_side(edition):
    known = {"b": Filled(self_points=2_550, check_points=2_500, remark="缺记录")}
    row = paper(edition, field="rural", label="农村", filled=known)["rows"][1]
    shown = (row.self_points, row.check_points, row.acceptance_points, row.remark)
    assert shown == ("25.5", "25", "", "缺记录")


def test_a_clause_without_words_for_its_rule_prints_the_rule(edition):
    with translation.override("en"):
        rules = {row.rule for row in paper(edition, field="rural", label="")["rows"]}
    assert rules == {"Judged by a person, with a reason."}


def test_the_workbook_prints_on_a4_with_its_headings_on_every_page(edition):
    out = io.BytesIO()
    with translation.override("en"):
        count = write_blank(out, edition, field="rural", label="Village")
    sheet = openpyxl.load_workbook(out).active
    heads = [cell.value for cell in sheet[3]]
    assert (count, sheet.page_setup.paperSize, sheet.print_title_rows, heads) == (
        3,
        9,
        "$3:$3",
        ["No.", "Chapter", "Clause", "Points", "Scoring rule", "Self-assessed", "First check",
         "Acceptance", "Remark"],
    )  # fmt: skip
