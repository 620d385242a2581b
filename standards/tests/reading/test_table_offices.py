"""Layouts of real offices: groups in vertical print, the demand and its scoring in one cell, points said twice."""

import pytest

from portal.kit import layouts
from standards.reading import table


def sheet(*rows, merged=(), name="表"):
    return layouts.grid(name, [list(row) for row in rows], merged)


def read(*rows, merged=(), kind="xlsx"):
    return table.read(layouts.Layout(kind, [sheet(*rows, merged=merged)]))


def shape(found):
    return [
        (g.title, g.points, [(line.text, line.points, line.rule_text) for line in g.lines])
        for g in found.groups
    ]


@pytest.mark.parametrize(
    "title",
    [
        "队\n伍\n建\n设\n︵\n7分\n︶", "队\n伍\n建\n设\n︻\n7分\n︼", "队伍建设﹙7分﹚", "队伍\n建设\n7分",
        "队  伍   建  设7分", "队伍建设︹７分︺",
    ],
)  # fmt: skip
def test_a_group_in_vertical_print_says_its_points(title):
    found = read(
        ["项目", "内容", "分值", "评分标准"], [title, "党费按月收缴", "4", "每少1个月扣1分"],
        ["", "发展党员程序规范", "3", "缺一份材料扣1分"], merged=[[1, 0, 2, 0]],
    )  # fmt: skip
    assert shape(found) == [
        (
            "队伍建设", 700,
            [("党费按月收缴", 400, "每少1个月扣1分"), ("发展党员程序规范", 300, "缺一份材料扣1分")],
        )
    ]  # fmt: skip
    assert found.remarks == []


ONE_CELL = [
    ("村务按季公开", 400, "少公开一次扣1分。"),
    ("谈心谈话每年2次，有记录", 300, "未开展不得分，没有记录扣1分。"),
    ("党员名册健全", 300, "缺一人扣0.5分。"),
]


@pytest.mark.parametrize(
    "name", ["考核要点及分值分解", "评分标准", "考核标准", "具体内容与扣分办法", "评分细则"]
)
@pytest.mark.parametrize("amounts", ["before", "behind"])
def test_the_demand_and_its_scoring_in_one_column_beside_a_group(name, amounts):
    cells = [
        "村务按季公开，少公开一次扣1分。",
        "谈心谈话每年2次，有记录。未开展不得分，没有记录扣1分。",
        "党员名册健全。缺一人扣0.5分。",
    ]
    rows = [
        ["类别", "序号", "分值", name],
        *[["", str(at), str(ONE_CELL[at - 1][1] // 100), cell] for at, cell in enumerate(cells, 1)],
    ]
    rows[1][0], rows[3][0] = "制度   落实\n7分", "队伍 建设3分"
    if amounts == "behind":
        rows = [[*row[:2], row[3], row[2]] for row in rows]
    found = read(*rows, merged=[[1, 0, 2, 0]])
    assert shape(found) == [("制度落实", 700, ONE_CELL[:2]), ("队伍建设", 300, ONE_CELL[2:])]
    assert [line.number for line in found.lines] == ["1", "2", "3"]
    assert found.remarks == []


def test_a_demand_over_several_rules_with_points_of_their_own_stays_the_demand():
    found = read(
        ["考核内容", "评分标准", "分值"], ["三会一课", "支委会每少一次扣0.5分", "3"], ["", "党课每少一次扣1分", "3"],
        ["按期换届", "未换届的，扣2分", "2"], ["", "程序不规范扣1分", "1"],
    )  # fmt: skip
    assert [(line.text, line.rule_text) for line in found.lines] == [
        ("三会一课", "支委会每少一次扣0.5分"), ("三会一课", "党课每少一次扣1分"),
        ("按期换届", "未换届的，扣2分"), ("按期换届", "程序不规范扣1分"),
    ]  # fmt: skip


def test_lines_that_span_the_column_of_groups_stand_in_none():
    found = read(
        ["序号", "考评内容", "", "分值", "评分标准"], ["1", "班子团结有力", "", "4", "有反映的酌情扣1-2分"],
        ["2", "结对帮扶 5分", "①有计划", "2", "缺计划扣1分"], ["", "", "②有走访记录", "3", "少一户扣1分"],
        ["3", "统计年报准确及时", "", "4", "每迟报一次扣1分"], ["4", "加分项", "", "3", "受表彰的每次加1分"],
        merged=[[0, 1, 0, 2], [1, 1, 1, 2], [4, 1, 4, 2], [5, 1, 5, 2], [2, 0, 3, 0], [2, 1, 3, 1]],
    )  # fmt: skip
    assert [(g.title, g.kind, g.points) for g in found.groups] == [
        ("", "plain", None), ("结对帮扶", "plain", 500), ("加分项", "bonus", None),
    ]  # fmt: skip
    assert [line.text for line in found.lines[:4]] == [
        "班子团结有力",
        "统计年报准确及时",
        "①有计划",
        "②有走访记录",
    ]
    assert found.remarks == []
