from datetime import date

import pytest
from django.utils.translation import gettext_lazy

from portal.kit import table
from portal.kit.table import Column, TableRefused

NAME = Column(key="name", header="党组织名称", aliases=("支部名称",), required=True)
COUNT = Column(key="count", header="党员人数（人）", kind="integer")
FOUNDED = Column(key="founded", header="成立日期", kind="date")
COLUMNS = [NAME, COUNT, FOUNDED]


def test_headings_are_found_below_merged_titles_in_any_order():
    rows = [
        ["安禾县党组织花名册", None, None],
        ["填报单位：", None, "日期："],
        ["成立日期", "党组织名称", "党员人数（人）"],
        ["2026.1.1", "双井", 3],
    ]
    found = table.find_header(rows, COLUMNS)
    assert (found.header_row, found.mapping) == (3, {"founded": 0, "name": 1, "count": 2})
    assert [found.column_number(key) for key in ("name", "nothing")] == [2, 0]


@pytest.mark.parametrize(
    "spelling",
    ["党组织\n名称*", " 党 组织 名称", "＊党组织名称", "支部名称：", "党组织名称（全称）"],
)
def test_a_heading_is_matched_in_any_width_spacing_and_with_its_asterisk(spelling):
    assert table.find_header(
        [[spelling, "党员人数(人)", "成立日期〔年月日〕"]], COLUMNS
    ).mapping == {"name": 0, "count": 1, "founded": 2}


def test_headings_of_two_tiers_are_read_as_one():
    rows = [
        ["党组织名称", "基本情况", None],
        [None, "党员人数（人）", "成立日期"],
        ["双井", 1, None],
    ]
    found = table.find_header(rows, COLUMNS)
    assert (found.row, found.mapping) == (1, {"name": 0, "count": 1, "founded": 2})


def test_a_renamed_column_is_named_with_its_nearest_heading():
    found = table.find_header(
        [["党组织的名称", "党员人数（人）", "成立日期", "备注", "错误说明"]], COLUMNS
    )
    assert (found.unknown, found.missing, found.near) == (
        ["党组织的名称", "备注"],
        [NAME],
        {"党组织的名称": "党组织名称"},
    )
    with pytest.raises(TableRefused) as refused:
        table.complete(found)
    assert refused.value.params == {"names": "党组织名称", "pairs": "党组织的名称 → 党组织名称"}


def test_a_column_that_stands_twice_is_refused():
    found = table.find_header([["党组织名称", "党组织名称", "成立日期"]], COLUMNS)
    with pytest.raises(TableRefused) as refused:
        table.complete(found)
    assert refused.value.params == {"names": "党组织名称"}


def test_a_sheet_without_headings_is_refused():
    with pytest.raises(TableRefused):
        table.find_header([["完全", "无关"], []], COLUMNS)


def test_a_lazy_heading_answers_to_its_english_name_too():
    columns = [
        Column(key="a", header=gettext_lazy("Unit")),
        Column(key="b", header=gettext_lazy("Remark")),
    ]
    assert table.find_header([["unit", "REMARK"]], columns).mapping == {"a": 0, "b": 1}


def test_rows_keep_their_excel_numbers_and_blank_rows_and_our_own_remark_are_left_out():
    rows = [
        ["党组织名称", "党员人数（人）"],
        ["双井", 3],
        [None, "\u3000"],
        ["上坝"],
        ["注：以上为示例"],
    ]
    found = table.find_header(rows, COLUMNS)
    assert list(table.records(rows, found, limit=9)) == [
        (2, {"name": "双井", "count": 3}),
        (4, {"name": "上坝", "count": None}),
    ]


def test_one_row_over_the_limit_is_refused():
    rows = [["党组织名称", "成立日期"], ["a"], ["b"], ["c"]]
    with pytest.raises(TableRefused) as refused:
        list(table.records(rows, table.find_header(rows, COLUMNS), limit=2))
    assert refused.value.params == {"limit": 2}


def test_good_cells_and_bad_cells_of_one_row_are_told_apart():
    values, bad = table.check(COLUMNS, {"name": None, "count": "３", "founded": "2025.2.30"})
    assert values == {"count": 3}
    assert {key: refusal.msgid for key, refusal in bad.items()} == {
        "name": "Must not be empty.",
        "founded": "There is no such day as %(value)s.",
    }


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (Column(key="a", header="a", kind="points", most=1000), "0.5", 50),
        (Column(key="a", header="a", kind="decimal"), "3.5", 3.5),
        (Column(key="a", header="a", kind="boolean"), "√", True),
        (Column(key="a", header="a", kind="choice", choices=lambda: {"村": "v"}), "村", "v"),
        (Column(key="a", header="a", kind="lines"), "一\r\n二", "一\n二"),
        (Column(key="a", header="a", kind="date", month_ok=True), "1998.07", date(1998, 7, 1)),
        (Column(key="a", header="a", kind="code"), 7.0, "7"),
    ],
)
def test_each_kind_of_column_parses_its_cells(column, cell, value):
    assert table.parse(column, cell) == value


def test_bounds_of_a_date_column_may_be_asked_on_the_day():
    column = Column(key="a", header="a", kind="date", most=lambda: date(2026, 1, 1))
    with pytest.raises(table.CellBad):
        table.parse(column, "2026.1.2")
