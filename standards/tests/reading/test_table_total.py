"""The total that a paragraph above the table says, held against the sum of its clauses."""

import pytest

from portal.kit import layouts
from standards.reading import table

TITLE = "党支部建设评价标准"
ROWS = [
    ["项目", "内容", "分值", "评分标准"],
    ["组织", "按期换届", "4", "未换届不得分"],
    ["作用", "示范岗", "6", "未设立不得分"],
]


def below(*lines, kind="docx"):
    return table.read(layouts.Layout(kind, [TITLE, *lines, layouts.grid("1", ROWS, ())]))


def said(found):
    return [remark.zh for remark in found.remarks]


@pytest.mark.parametrize(
    "line",
    [
        "评价满分10分。各项扣分以该项分值为限。", "为加强支部建设，制定本标准，总分10分。", "总分为１０分，扣完为止",
        "本标准总分值：10分", "考核實行量化打分，滿分10分", "共两部分，总计10分；考核结果予以通报",
    ],
)  # fmt: skip
def test_a_paragraph_above_says_the_total(line):
    found = below(line)
    assert (found.title, found.total, said(found)) == (TITLE, 1000, [])


def test_a_row_above_the_heading_says_it_as_well():
    rows = [[TITLE, "", "", ""], ["评价满分10分", "", "", ""], *ROWS]
    merged = [(0, 0, 0, 3), (1, 0, 1, 3)]
    grid = layouts.grid("表", rows, merged)
    assert table.read(layouts.Layout("xlsx", [grid])).total == 1000


@pytest.mark.parametrize(
    "behind", ["（共10分，单项分值扣完为止）", "（满分10分；扣分以各项分值为限）"]
)
@pytest.mark.parametrize("broken", [False, True])
def test_a_title_says_the_total_and_more(behind, broken):
    lines = [TITLE, behind] if broken else [TITLE + behind]
    grid = layouts.grid("1", ROWS, ())
    found = table.read(layouts.Layout("docx", [*lines, grid]))
    assert (found.title, found.total, found.notes, said(found)) == (TITLE, 1000, [behind], [])


@pytest.mark.parametrize("number", ["县委组发〔2026〕15号", "〔2026〕8号"])
def test_the_number_of_a_document_begins_no_title(number):
    grid = layouts.grid("1", ROWS, ())
    assert table.read(layouts.Layout("docx", [number, TITLE, grid])).title == TITLE


def test_a_total_that_differs_from_the_sum_is_told():
    assert said(below("实行百分制考核。")) == ["评分表写明总分100分，各条目合计10分。"]


@pytest.mark.parametrize(
    "line",
    [
        "总分90分以上的为优秀", "每项满分10分", "各部分满分10分", "加分项总分10分", "总分80分至89分为良好",
        "农村支部总分100分，机关支部总分120分", "年度考核中占总分10分", "一、组织建设（满分10分）", "得分不低于总分60分",
    ],
)  # fmt: skip
def test_a_threshold_or_a_part_is_no_total(line):
    found = below(line)
    assert found.total is None
    assert not [one for one in said(found) if "总分" in one]


def test_pasted_lines_have_one_too():
    text = f"{TITLE}\n总分12分。\n一、组织建设（10分）\n1.按期换届（4分）。未换届不得分\n2.示范岗（6分）。未设立不得分"
    found = table.read(layouts.paste(text))
    assert (found.total, said(found)) == (1200, ["评分表写明总分12分，各条目合计10分。"])
