"""Layouts seen in real files, second part: prose before the table, lists with headings of their own, what stands beside it."""

import pytest

from portal.kit import layouts
from standards.reading import table, tablesplit

HEAD = ["项目", "内容", "分值", "评分标准"]


def sheet(*rows, merged=(), name="表"):
    return layouts.grid(name, [list(row) for row in rows], merged)


def read(*blocks, kind="xlsx"):
    return table.read(layouts.Layout(kind, list(blocks)))


def shape(found):
    return [
        (g.title, g.kind, g.points, [(line.text, line.points) for line in g.lines])
        for g in found.groups
    ]


def test_a_chapter_of_the_prose_before_the_title_is_no_group():
    found = read(
        "考核办法", "第四章 结果运用", "第八条 考核结果作为评先评优的依据。", "附件", "支部考核评价表",
        sheet(["一级指标", "二级指标", "分值", "评分标准"], ["组织建设(5分)", "按期换届", "5", "未换届不得分"],
              ["队伍建设(4分)", "党费按月收缴", "4", "每少1个月扣1分"], name="1"),
        kind="docx",
    )  # fmt: skip
    assert found.title == "支部考核评价表"
    assert shape(found) == [
        ("组织建设", "plain", 500, [("按期换届", 500)]),
        ("队伍建设", "plain", 400, [("党费按月收缴", 400)]),
    ]


def test_a_heading_right_above_the_title_stays_a_group():
    rows = sheet(["内容", "分值", "评分标准"], ["按期换届", "5", "未换届不得分"], name="1")
    found = read("支部考核", "一、组织建设（5分）", "评分表", rows, kind="docx")
    assert shape(found) == [("组织建设", "plain", 500, [("按期换届", 500)])]


def test_the_title_typed_again_on_the_next_page_is_no_group():
    found = read(
        sheet(
            ["支部考核评分表", "", "", ""], HEAD, ["组织建设", "按期换届", "5", "未换届不得分"],
            ["支部考核评分表（续）", "", "", ""], HEAD, ["组织建设（续）", "支委健全", "4", "每缺1人扣1分"],
            ["队伍建设", "党费按月收缴", "4", "每少1个月扣1分"],
            merged=[[0, 0, 0, 3], [3, 0, 3, 3]],
        )
    )  # fmt: skip
    assert shape(found) == [
        ("组织建设", "plain", None, [("按期换届", 500), ("支委健全", 400)]),
        ("队伍建设", "plain", None, [("党费按月收缴", 400)]),
    ]


def test_the_basic_score_holds_the_groups_of_its_first_column():
    found = read(
        sheet(
            ["一、基础分（9分）", "", "", ""], HEAD, ["组织建设（5分）", "按期换届", "5", "未换届不得分"],
            ["队伍建设（4分）", "党费按月收缴", "4", "每少1个月扣1分"], merged=[[0, 0, 0, 3]],
        )
    )  # fmt: skip
    assert shape(found) == [
        ("组织建设", "plain", 500, [("按期换届", 500)]),
        ("队伍建设", "plain", 400, [("党费按月收缴", 400)]),
    ]


def test_lists_with_headings_of_their_own_below_the_table():
    found = read(
        sheet(
            ["序号", "考核内容", "分值", "评分标准", "得分"], ["1", "按期换届", "5", "未换届不得分", ""],
            ["2", "党费按月收缴", "4", "每少1个月扣1分", ""],
            ["二、加分项（最高加8分）", "", "", "", ""], ["序号", "加分情形", "", "加分标准", "最高分"],
            ["1", "获得表彰", "", "每次加1分", "5"], ["2", "交流经验", "", "每次加0.5分", "3"],
            ["三、一票否决项", "", "", "", ""],
            ["序号", "否决情形（有下列情形之一的，直接评定为不合格）", "", "", "有/无"],
            ["1", "弄虚作假的", "", "", ""], ["2", "发生重大安全责任事故的", "", "", ""],
            merged=[[3, 0, 3, 4], [4, 1, 4, 2], [5, 1, 5, 2], [6, 1, 6, 2], [7, 0, 7, 4]]
            + [[at, 1, at, 3] for at in (8, 9, 10)],
        )
    )  # fmt: skip
    assert shape(found) == [
        ("", "plain", None, [("按期换届", 500), ("党费按月收缴", 400)]),
        ("加分项", "bonus", 800, [("获得表彰", 500), ("交流经验", 300)]),
        ("一票否决项", "veto", None, [("弄虚作假的", None), ("发生重大安全责任事故的", None)]),
    ]
    assert [line.number for line in found.lines] == ["1", "2", "1", "2", "1", "2"]
    assert [line.rule_text for line in found.lines[2:4]] == ["每次加1分", "每次加0.5分"]
    assert found.remarks == []


BASE = [
    ["项目", "内容", "分值", "评分标准"], ["组织", "按期换届", "5", "未换届不得分"], ["", "支委健全", "4", "每缺1人扣1分"],
    ["队伍", "党费按月收缴", "4", "每少1个月扣1分"], ["", "发展党员", "4", "缺一份扣1分"], ["", "学时达标", "3", "每人扣0.1分"],
]  # fmt: skip
BASE_SHAPE = [
    ("组织", "plain", None, [("按期换届", 500), ("支委健全", 400)]),
    ("队伍", "plain", None, [("党费按月收缴", 400), ("发展党员", 400), ("学时达标", 300)]),
]


def beside(*rows):
    right = [*rows, *[[""] * len(rows[0])] * (len(BASE) - len(rows))]
    wide = [[*left, "", *more] for left, more in zip(BASE, right, strict=True)]
    width = len(wide[0])
    title = ["支部考核评分表", *[""] * (width - 1)]
    return sheet(title, *wide, merged=[[0, 0, 0, width - 1]])


def test_levels_explained_beside_the_table_are_a_note():
    found = read(beside(["等次", "分数"], ["优秀", "90分以上"], ["合格", "60分以上"]))
    assert (found.title, shape(found)) == ("支部考核评分表", BASE_SHAPE)
    assert found.notes == ["备注：等次 分数；优秀 90分以上；合格 60分以上"]


def test_a_bonus_list_beside_the_table_is_read_behind_it():
    found = read(
        beside(["序号", "加分情形", "加分标准", "最高分"], ["1", "获得表彰", "每次加1分", "5"], ["2", "交流经验", "每次加0.5分", "3"])
    )  # fmt: skip
    bonus = [group for group in shape(found) if group[1] == "bonus"]
    assert shape(found)[:2] == BASE_SHAPE
    assert [group[3] for group in bonus] == [[("获得表彰", 500), ("交流经验", 300)]]


def test_a_blank_column_inside_a_table_cuts_nothing():
    found = read(sheet(*[[*row[:2], "", *row[2:]] for row in BASE]))
    assert shape(found) == BASE_SHAPE


RULED = [
    ("按期换届", 600, "未换届不得分。"),
    ("主题党日每月1次", 400, "每少一次扣0.5分；走过场的，每次扣1分"),
]


@pytest.mark.parametrize(
    "cells",
    [
        ["1.按期换届（6分）\n评分标准：未换届不得分。", "2.主题党日每月1次（4分）。扣分情形：每少一次扣0.5分；走过场的，每次扣1分"],
        ["1.按期换届（6分）\n评分标准：未换届不得分。\n2.主题党日每月1次（4分）\n【评分标准】：每少一次扣0.5分；走过场的，每次扣1分"],
    ],
)  # fmt: skip
def test_demand_points_and_rule_in_one_cell(cells):
    rows = [["组织建设\n（10分）", cells[0], ""], *([["", cell, ""] for cell in cells[1:]])]
    found = read(
        sheet(["项目", "考核内容及评分标准", "自评得分"], *rows, ["加分项", "受表彰的，每次加1分。", ""],
              ["一票否决", "发生重大事故的，定为不合格。", ""])
    )  # fmt: skip
    assert [(group.title, group.kind, group.points) for group in found.groups] == [
        ("组织建设", "plain", 1000), ("加分项", "bonus", None), ("一票否决", "veto", None),
    ]  # fmt: skip
    lines = found.groups[0].lines
    assert [(line.text, line.points, line.rule_text) for line in lines] == RULED
    assert [line.number for line in lines] == ["1", "2"]
    assert found.remarks == []


def test_numbered_parts_that_share_a_rule_stay_one_clause():
    found = read(
        sheet(["项目", "考核内容", "评分标准"], ["组织", "1.会议记录齐全（3分）\n2.台账齐全（2分）", "缺一项扣1分"],
              ["队伍", "党费按月收缴（4分）", "每少1个月扣1分"])
    )  # fmt: skip
    assert [(line.points, line.rule_text) for line in found.lines] == [
        (500, "缺一项扣1分"), (400, "每少1个月扣1分"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "labels", [("内容", "标准"), ("考核内容", "评分标准"), ("要求：", "计分办法：")]
)
@pytest.mark.parametrize("below", [False, True], ids=["merged", "points below"])
def test_a_rule_in_the_row_below_its_demand(labels, below):
    rows, merged = [], [[0, 2, 0, 3]]
    for at, (text, amount, rule) in enumerate(RULED):
        shown = str(amount // 100)
        top = 2 * at + 1
        rows += [
            ["组织建设" if not at else "", str(at + 1), labels[0], text, "" if below else shown],
            ["", "", labels[1], rule, shown if below else ""],
        ]
        merged += [] if below else [[top, column, top + 1, column] for column in (1, 4)]
    merged.append([1, 0, 4, 0])
    head = ["考核项目", "序号", "考核内容及评分标准", "", "分值"]
    found = read(sheet(head, *rows, merged=merged))
    assert shape(found) == [("组织建设", "plain", None, [(t, p) for t, p, _rule in RULED])]
    assert [(line.number, line.rule_text) for line in found.lines] == [
        (str(at), rule) for at, (_text, _points, rule) in enumerate(RULED, 1)
    ]
    assert [line.source.cell for line in found.lines] == ["D2", "D4"]
    assert found.remarks == []


NUMBERED = ["条线", "分值", "序号", "考核细则", "扣分"]
FARMS = [
    ["农业", "6", "1", "灌渠清淤不及时的，每处扣1分。", ""], ["", "", "2", "良种推广未达标的，扣2分。", ""], ["", "", "3", "台账缺失的，每本扣0.5分。", ""],
    ["林业", "4", "1", "林道堵塞的，每次扣1分。", ""], ["", "", "2", "苗木成活率不达标的，扣2分。", ""],
]  # fmt: skip
OVER = [[r, c, r + n, c] for r, n in ((1, 2), (4, 1)) for c in (0, 1)]


@pytest.mark.parametrize("merged", [OVER, []])
def test_numbers_between_the_group_and_its_rules_make_each_a_clause(merged):
    found = read(sheet(NUMBERED, *FARMS, merged=merged))
    assert [(g.title, g.points, [line.number for line in g.lines]) for g in found.groups] == [
        ("农业", 600, ["1", "2", "3"]), ("林业", 400, ["1", "2"]),
    ]  # fmt: skip
    assert found.lines[1].rule_text == "良种推广未达标的，扣2分。"
    assert {line.points for line in found.lines} == {None}


def test_numbers_before_the_demand_leave_several_rules_to_it():
    rows = [["1", "灌渠畅通", "6", FARMS[0][3]], ["", "", "", FARMS[1][3]], ["2", "林道畅通", "4", FARMS[3][3]]]  # fmt: skip
    found = read(sheet(["序号", "考核内容", "分值", "考核细则"], *rows))
    assert [(line.text, line.points) for line in found.lines] == [
        ("灌渠畅通", 600), ("林道畅通", 400),
    ]  # fmt: skip


@pytest.mark.parametrize(("other", "together"), [("片区考核表", True), ("另一张考核表", False)])
def test_sheets_of_one_title_may_differ_in_what_is_for_filling_in(other, together):
    more = [["水利", "无", "1", "泵站无人值守的，每次扣1分。", ""], ["", "", "2", "堤坝失修的，每处扣2分。", ""], ["", "", "3", "未巡河的，扣1分。", ""]]  # fmt: skip
    first = sheet(["片区考核表", *[""] * 4], NUMBERED, *FARMS, name="常规", merged=[[0, 0, 0, 4]])
    next_ = sheet([other, *[""] * 4], [*NUMBERED[:4], "加（扣）分"], *more, name="其他", merged=[[0, 0, 0, 4]])  # fmt: skip
    assert len(read(first, next_).lines) == (8 if together else 5)


def test_points_within_the_demands_in_any_wording_need_no_column():
    found = read(
        sheet(
            ["分类", "考评项目", "自评得分", "审核得分"], ["组织", "年初有计划（4分）；\n年底有总结（4分）", "", ""],
            ["", "每年办活动三次以上，一次3分", "", ""], ["宣传", "稿件被报社采用的，一篇2分", "", ""], ["", "作品参加展览的，一件1分", "", ""],
            merged=[[1, 0, 2, 0], [3, 0, 4, 0]],
        )
    )  # fmt: skip
    assert [(g.title, [line.points for line in g.lines]) for g in found.groups] == [
        ("组织", [800, None]), ("宣传", [None, None]),
    ]  # fmt: skip


def test_amounts_side_by_side_before_the_last_are_no_points_of_the_line():
    found = read(sheet(["类别", "内容", "评分标准"], ["加分", "获镇、县、市表扬，分别加2、4、6分", "每次都算，加2分"], ["管理", "按期公开，5分", "少一次扣1分"]))  # fmt: skip
    assert [line.points for line in found.lines] == [None, 500]


def test_a_numeral_with_its_comma_in_the_column_of_numbers_opens_a_group():
    found = read(
        sheet(
            ["序号", "考核项目", "分值", "评分标准"],
            ["一、", "日常养护", "6", ""], ["1", "灌渠畅通", "6", "淤塞一处扣1分"],
            ["二、", "专项整治", "4", ""], ["1", "林道畅通", "4", "堵塞一次扣1分"],
        )
    )  # fmt: skip
    assert shape(found) == [
        ("日常养护", "plain", 600, [("灌渠畅通", 600)]), ("专项整治", "plain", 400, [("林道畅通", 400)]),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["二级指标★为重点", "二级指标\n※重点", "二级指标"])
def test_what_a_star_means_is_no_part_of_the_heading(name):
    found = read(
        sheet(
            ["评估项目", "评估项目", "评估内容", "评分标准", "分值"], ["一级指标", name, "评估内容", "评分标准", "分值"],
            ["养护", "灌渠", "灌渠畅通", "淤塞一处扣1分", "6"], ["养护", "林道★", "林道畅通", "堵塞一次扣1分", "4"],
            merged=[[0, 0, 0, 1], [0, 2, 1, 2], [0, 3, 1, 3], [0, 4, 1, 4]],
        )
    )  # fmt: skip
    assert [line.points for line in found.lines] == [600, 400]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("渠口无警示牌，扣2分。", "渠口无警示牌，扣2分。"),
        ("渠口有警示牌，扣2分。", "扣2分。"),
        ("渠口有警示牌，缺一块扣1分。", "缺一块扣1分。"),
        ("供水户报修的，一件2分；\n被县里转办的，一件再加3分", "供水户报修的，一件2分；\n被县里转办的，一件再加3分"),
        ("渠口整洁；\n被县里表扬的，一件加3分", "被县里表扬的，一件加3分"),
    ],
)  # fmt: skip
def test_a_loss_keeps_its_condition_and_the_first_of_several_rules_the_rest(cell, rule):
    assert tablesplit.split_rule(cell)[1] == rule
