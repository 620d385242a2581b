"""Rosters as they come: titles above, other headings, spellings of ledgers, names that look alike."""

from datetime import date

import pytest

from branches.rosters.alike import skeleton
from branches.rosters.read import RosterRefused, read_rows
from branches.tests.rosters_made import branch_row, plan_of


def test_titles_spaces_aliases_and_other_orders_of_columns_are_read():
    roster = read_rows(
        "Sheet1",
        [
            ["安禾县基层党组织名册"],
            ["填报单位：安禾县", None, None, "2026.11.3"],
            [
                "序号",
                "党 组 织\n名称",
                "上级党组织",
                "组织类别",
                "支部类型",
                "显示排序",
                "成立时间",
                "党员人数",
            ],
            [1, " 新庄村　党支部 ", "柳湾镇", "支部", "村", "３", 45658, "12人"],
        ],
    )
    assert roster.found.unknown == ["序号", "党员人数"]
    assert roster.records[0].values == {
        "name": "新庄村党支部",
        "parent": "柳湾镇",
        "kind": "branch",
        "field": "rural",
        "position": 3,
        "founded_on": date(2025, 1, 1),
    }


def test_dates_and_counts_are_read_in_the_spellings_of_ledgers():
    head = ["组织全称", "上级组织", "届满日期", "活动场所面积", "党小组数"]
    rows = [
        ["甲", "乙", "2026.11.3", "120㎡", "无"],
        ["丙", "乙", "2026年11月3日", 120.0, "２个"],
        ["丁", "乙", date(2026, 11, 3), "120平方米", 0],
    ]
    records = read_rows("x", [head, *rows]).records
    assert [record.bad for record in records] == [{}, {}, {}]
    assert [record.values["term_ends_on"] for record in records] == [date(2026, 11, 3)] * 3
    assert [record.values["premises_area"] for record in records] == [120] * 3
    assert [record.values["cells"] for record in records] == [0, 2, 0]


@pytest.mark.parametrize("column", ["身份证号", "公民身份号码", "党员姓名", "出生年月"])
def test_a_table_with_columns_about_persons_is_refused(column):
    with pytest.raises(RosterRefused) as refused:
        read_rows("x", [["组织全称", "上级组织", column], ["甲", "乙", "1"]])
    assert refused.value.params == {"names": column}


@pytest.mark.parametrize(
    ("one", "other"),
    [("柳灣鎮黨委", "柳湾镇党委"), ("双井村党攴部", "双井村党支部"), ("ＡＢ支部", "ab支部")],
)
def test_names_that_only_look_alike_have_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.django_db
def test_a_name_that_looks_like_another_is_warned_about_and_taken(county):
    plan = plan_of(county, branch_row("雙井村黨支部"))
    assert plan.rows[0].status == "new"
    assert plan.rows[0].warnings[0][1] == {"name": "双井村党支部"}
