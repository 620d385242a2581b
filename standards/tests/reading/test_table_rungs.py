"""Levels in one cell: the line is worth the best of them, and its text is its rule."""

import pytest

from standards.tests.reading.drawn import clauses, paste, read

LEVELS = [
    ("支委班子：齐全（3分）；比较齐全（2分）；不齐全（0分）", 300),
    ("台账记录规范（2分）；有缺漏（1分）；没有台账（0分）。", 200),
    ("每月集中学习1次（含观看专题片1次）（5分）；每季度1次（2.5分）；不组织（0分）", 500),
    ("党员满意率95%以上（8分），85%以上（5分），85%以下（0分）", 800),
    ("换届及时2分；拖延半年以内1分；未换届0分", 200),
    ("党日活动，每月1次，4分；缺1至3次，2分；缺4次以上，0分", 400),
    ("A.书记作用突出（3分）B.书记作用尚可（1分）C.书记不起作用（0分）", 300),
    ("1.书记作用突出（3分）；2.书记作用尚可（1分）；3.书记不起作用（0分）", 300),
    ("支委班子（3分）：齐全（3分）；不齐全（1分）；没有（0分）", 300),
    ("挂牌（2分）；未挂牌（不得分）", 200),
    ("支委班子\nA.齐全（3分）\nB.缺人（1分）\nC.没有（0分）", 300),
    ("齐全（3分）；有缺额（2分）；没有（0分）。未按期换届的不得分。", 300),
    ("齐全3分；有缺额2分；没有0分。未按期换届的不得分。", 300),
    ("无计划（0分）；有计划无总结（1分）；计划总结齐全（2分）", 200),
    ("服务作用明显（3分）；服务作用较好（2分）；服务作用一般（1分）", 300),
]


@pytest.mark.parametrize(("cell", "points"), LEVELS)
@pytest.mark.parametrize("column", [False, True])
def test_levels_are_the_text_and_the_rule_and_worth_the_best(cell, points, column):
    amounts = [str(points / 100).removesuffix(".0"), "2"] if column else None
    found, remarks = clauses(cell, "党员名册健全（2分）", amounts=amounts)
    assert found == [(cell, points, cell), ("党员名册健全", 200, "")]
    assert remarks == []


@pytest.mark.parametrize(("cell", "points"), LEVELS[:4])
def test_levels_in_a_column_of_their_own_say_what_the_demand_is_worth(cell, points):
    found = read(["项目", "内容", "评分标准"], ["班子", "配强班子", cell], ["", "管好党员", cell])
    assert [(line.text, line.points, line.rule_text) for line in found.lines] == [
        ("配强班子", points, cell), ("管好党员", points, cell),
    ]  # fmt: skip


def test_levels_in_numbered_paragraphs():
    cell = "齐全（3分）；比较齐全（2分）；不齐全（0分）"
    found = paste(
        "支部考核细则",
        "一、班子（5分）",
        f"1.支委班子：{cell}",
        "2.按期换届（2分）。未换届不得分。",
    )
    assert [(line.text, line.points, line.rule_text) for line in found.lines] == [
        (f"支委班子：{cell}", 300, f"支委班子：{cell}"), ("按期换届", 200, "未换届不得分。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("有计划（3分）；有记录（2分）；有总结（1分）", 600), ("支委健全（3分）；制度健全（2分）", 500),
        ("作用明显20分（好20分，一般10分，差0分）", 2000),
    ],
)  # fmt: skip
def test_parts_and_levels_behind_a_demand_are_none(cell, points):
    found, _remarks = clauses(cell, "党员名册健全（2分）")
    assert (found[0][1], found[0][2] == cell) == (points, False)


def test_levels_taken_because_the_group_says_so_are_the_rule_as_well():
    cell = "书记带头（3分）；书记参加（2分）；书记请假（1分）"
    found = read(
        ["项目（分值）", "评价内容及分值", "得分"], ["班子（5分）", cell, ""],
        ["", "按期换届（2分）；拖延（1分）；未换届（0分）", ""], ["阵地（2分）", "挂牌（2分）", ""],
    )  # fmt: skip
    assert [(line.points, bool(line.rule_text)) for line in found.lines] == [
        (300, True), (200, True), (200, False),
    ]  # fmt: skip
    assert found.remarks == []


@pytest.mark.parametrize("name", ["评价内容及分值", "评分标准", "考核标准"])
def test_several_rows_of_levels_beside_one_element_are_clauses_of_their_own(name):
    cells = [cell for cell, _points in LEVELS[:4]]
    found = read(
        ["项目\n（分值）", "序号", "评价要素", name, "得分"],
        ["班子\n（5分）", "1", "班子配备", cells[0], ""], ["", "", "", cells[1], ""],
        ["党员\n（13分）", "2", "学习", cells[2], ""], ["", "3", "评议", cells[3], ""],
        ["总分", "", "", "18分", ""],
        merged=[[1, 0, 2, 0], [1, 1, 2, 1], [1, 2, 2, 2], [3, 0, 4, 0], [5, 0, 5, 2]],
    )  # fmt: skip
    assert [(group.title, group.points) for group in found.groups] == [
        ("班子", 500),
        ("党员", 1300),
    ]
    assert [(line.points, line.rule_text) for line in found.lines] == [
        (points, cell) for cell, points in LEVELS[:4]
    ]  # fmt: skip
    assert (found.total, found.remarks) == (1800, [])


@pytest.mark.parametrize("name", ["评价内容及分值", "考核指标及分值", "评价要素和分值"])
def test_a_column_of_demands_and_points_holds_demands_at_once_with_their_levels(name):
    cells = [cell for cell, _points in LEVELS[:2]]
    found = read(["项目", name, "得分"], ["班子（5分）", cells[0], ""], ["", cells[1], ""])
    assert [(line.text, line.points) for line in found.lines] == LEVELS[:2]
    assert [group.points for group in found.groups] == [500]


def test_levels_in_rows_below_one_name_are_one_clause():
    found = read(
        ["项目", "评价要素", "评价等级", "分值"], ["班子（5分）", "支委班子", "齐全", "3"], ["", "", "缺一人", "2"], ["", "", "缺两人以上", "0"],
        ["", "挂牌", "已挂", "2"], ["", "", "未挂", "0"], ["队伍（4分）", "名册", "有名册", "2"], ["", "", "有照片", "2"],
        merged=[[1, 0, 5, 0], [1, 1, 3, 1], [4, 1, 5, 1], [6, 0, 7, 0], [6, 1, 7, 1]],
    )  # fmt: skip
    assert [(line.text, line.points, line.rule_text) for line in found.lines] == [
        ("支委班子", 300, "齐全得3分；缺一人得2分；缺两人以上得0分"), ("挂牌", 200, "已挂得2分；未挂得0分"),
        ("有名册", 200, ""), ("有照片", 200, ""),
    ]  # fmt: skip
    assert found.remarks == []
