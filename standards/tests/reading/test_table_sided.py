"""What takes points beside what adds them, and no other demand: each cell is a clause."""

import pytest

from standards.tests.reading.drawn import read

LOSSES = ["1、支委会每少一次扣1分。", "2、台账不健全，扣2分。", "1、党员违纪的，每人扣3分。"]
GAINS = ["", "经验被市级推广，加2分。", "党员被评为先进，每人加1分。"]
FOUND = [
    ("基础管理", 1000, [("支委会每少一次扣1分。", "支委会每少一次扣1分。"), ("台账不健全", "台账不健全，扣2分。"), ("经验被市级推广", "加2分。")]),
    ("党员作用", 2000, [("党员违纪的", "党员违纪的，每人扣3分。"), ("党员被评为先进", "每人加1分。")]),
]  # fmt: skip


def told(found):
    return [
        (g.title, g.points, [(line.text, line.rule_text) for line in g.lines]) for g in found.groups
    ]


@pytest.mark.parametrize(
    ("less", "more"),
    [("扣分项", "加分项"), ("扣分情形", "加分情形"), ("扣分标准", "加分标准"), ("扣分", "加分")],
)
@pytest.mark.parametrize("above", ["考核细则", ""])
@pytest.mark.parametrize("merged", [True, False])
def test_losses_beside_gains_are_clauses(less, more, above, merged):
    head = [["类别", above, above], ["类别", less, more]] if above else [["类别", less, more]]
    top = len(head)
    rows = [
        [name, *cells]
        for name, *cells in zip(
            ["基础管理\n10分", "", "党员作用（20分）"], LOSSES, GAINS, strict=True
        )
    ]
    joined = [[0, 0, 1, 0], [0, 1, 0, 2]] if above else []
    found = read(*head, *rows, merged=[*joined, *([[top, 0, top + 1, 0]] if merged else [])])
    assert told(found) == FOUND
    assert {remark.zh[:7] for remark in found.remarks} == {"没有读到分值："}


def test_amounts_of_their_own_go_behind_each_case():
    found = read(
        ["项目", "扣分情形", "扣分值", "加分情形", "加分值"], ["管理", "支委会缺一次", "1", "", ""], ["", "台账不健全", "2", "经验被推广", "2"],
        ["党员", "党员违纪", "3", "党员受表彰", "1"], merged=[[1, 0, 2, 0]],
    )  # fmt: skip
    assert [(line.text, line.rule_text) for line in found.lines] == [
        ("支委会缺一次扣1分", "支委会缺一次扣1分"), ("台账不健全扣2分", "台账不健全扣2分"), ("经验被推广加2分", "经验被推广加2分"),
        ("党员违纪扣3分", "党员违纪扣3分"), ("党员受表彰加1分", "党员受表彰加1分"),
    ]  # fmt: skip


def test_a_demand_in_each_row_keeps_both_as_its_rule():
    found = read(
        ["考核内容", "分值", "扣分标准", "加分标准"],
        ["按期换届", "5", "未换届扣5分", "提前完成加1分"],
        ["按月交费", "5", "少一人扣1分", ""],
    )
    assert [(line.text, line.points, line.rule_text) for line in found.lines] == [
        ("按期换届", 500, "未换届扣5分\n提前完成加1分"), ("按月交费", 500, "少一人扣1分"),
    ]  # fmt: skip


def test_demands_beside_the_group_keep_both_as_their_rule():
    found = read(
        ["类别", "考核内容", "扣分标准", "加分标准"], ["组织", "换届（5分）", "未换届扣5分", "提前完成加1分"], ["", "", "程序不规范扣1分", ""],
        ["队伍", "交费（5分）", "少一人扣1分", ""], ["", "", "迟交扣0.5分", ""], merged=[[1, 0, 2, 0], [1, 1, 2, 1], [3, 0, 4, 0], [3, 1, 4, 1]],
    )  # fmt: skip
    assert [(g.title, [(line.text, line.points) for line in g.lines]) for g in found.groups] == [
        ("组织", [("换届", 500)]), ("队伍", [("交费", 500)]),
    ]  # fmt: skip


def test_a_demand_over_several_rows_keeps_both_as_its_rule():
    found = read(
        ["考核内容", "扣分标准", "加分标准"], ["换届（5分）", "未换届扣5分", "提前完成加1分"], ["", "程序不规范扣1分", ""],
        ["交费（5分）", "少一人扣1分", ""], ["", "迟交扣0.5分", ""], merged=[[1, 0, 2, 0], [3, 0, 4, 0]],
    )  # fmt: skip
    assert [(line.text, line.points) for line in found.lines] == [("换届", 500), ("交费", 500)]


@pytest.mark.parametrize("name", ["一票否决项", "否决项"])
def test_vetoes_beside_them_are_a_list_of_their_own(name):
    found = read(
        ["类别", "扣分项", "加分项", name], ["管理", "支委会少一次扣1分", "经验被推广加1—2分", "弄虚作假的"], ["", "台账不全扣1分", "", ""],
        ["作用", "违纪扣3分", "党员受表彰，每人次加1—5分", "发生责任事故的"], merged=[[1, 0, 2, 0]],
    )  # fmt: skip
    assert [(g.title, g.kind, [line.text for line in g.lines]) for g in found.groups] == [
        ("管理", "plain", ["支委会少一次扣1分", "经验被推广加1—2分", "台账不全扣1分"]),
        (name, "veto", ["弄虚作假的", "发生责任事故的"]), ("作用", "plain", ["违纪扣3分", "党员受表彰"]),
    ]  # fmt: skip


def test_a_column_of_vetoes_behind_the_rules_says_so():
    found = read(
        ["考核内容", "分值", "评分标准", "一票否决项"],
        ["发展党员", "5", "缺一份材料扣1分", "违规发展党员的"],
        ["按月交费", "5", "少一人扣1分", ""],
    )
    assert [line.rule_text for line in found.lines] == [
        "缺一份材料扣1分\n一票否决：违规发展党员的", "少一人扣1分",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["基础管理\n10分", "基础管理 10分"])
def test_a_name_over_several_rules_says_its_points_below_it(name):
    found = read(
        ["类别", "考核细则", "得分"], [name, "1、支委会少一次扣1分。", ""], ["", "2、台账不全扣1分。", ""],
        ["党员作用\n20分", "违纪扣3分。", ""], merged=[[1, 0, 2, 0]],
    )  # fmt: skip
    assert [(line.text, line.points) for line in found.lines] == [
        ("基础管理", 1000),
        ("党员作用", 2000),
    ]
    assert found.remarks == []
