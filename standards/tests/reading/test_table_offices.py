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


def clauses(*cells, amounts=None):
    """Each cell as the demand of a table without a column of rules."""
    rows = [
        ["制度建设", cell, *([amounts[at]] if amounts else []), ""] for at, cell in enumerate(cells)
    ]
    head = ["项目", "考核内容", *(["分值"] if amounts else []), "得分"]
    found = read(head, *rows)
    return [(line.text, line.points, line.rule_text) for line in found.lines], [
        r.zh for r in found.remarks
    ]


@pytest.mark.parametrize(
    ("cell", "text", "rule"),
    [
        ("会议室有桌椅、投影仪（3分，每少一样扣1分）", "会议室有桌椅、投影仪", "每少一样扣1分"),
        ("会议室有桌椅、投影仪（3分；每少一样扣1分）。", "会议室有桌椅、投影仪", "每少一样扣1分"),
        ("会议室有桌椅、投影仪（3分）（每少一样扣1分）", "会议室有桌椅、投影仪", "每少一样扣1分"),
        ("会议室有桌椅，有投影仪【满分3分，缺少的，不得分】", "会议室有桌椅，有投影仪", "缺少的，不得分"),
        ("1.会议室有桌椅、投影仪，设备能用（3分：每少一样扣1分，不能用扣0.5分）", "会议室有桌椅、投影仪，设备能用", "每少一样扣1分，不能用扣0.5分"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("amounts", [None, ["3", "2"]])
def test_the_scoring_in_the_brackets_of_the_points(cell, text, rule, amounts):
    other = "村务按季公开" if amounts else "村务按季公开（2分）"
    found, remarks = clauses(cell, other, amounts=amounts)
    assert found == [(text, 300, rule), ("村务按季公开", 200, "")]
    assert remarks == []


@pytest.mark.parametrize(
    ("cell", "text", "rule"),
    [
        ("对不按规定办事的（含越权审批，以及拖着不办的），每起扣1分", "对不按规定办事的（含越权审批，以及拖着不办的）", "对不按规定办事的（含越权审批，以及拖着不办的），每起扣1分"),
        ("谈心谈话（书记与委员，委员与党员）每少一次扣1分", "谈心谈话（书记与委员，委员与党员）每少一次扣1分", "谈心谈话（书记与委员，委员与党员）每少一次扣1分"),
        ("学习《准则》《条例》“逐条学，逐条议”，每少一次扣1分", "学习《准则》《条例》“逐条学，逐条议”", "每少一次扣1分"),
        ("村务按季公开（少一次扣1分）", "村务按季公开", "少一次扣1分"),
        ("村务按季公开（内容真实；少一次的，扣1分）。", "村务按季公开", "内容真实；少一次的，扣1分"),
        ("公示栏内容齐全（2分，每少一项扣1分）；标语2条以上（1分）", "公示栏内容齐全（2分，每少一项扣1分）；标语2条以上（1分）", ""),
    ],
)  # fmt: skip
def test_nothing_is_cut_inside_brackets(cell, text, rule):
    found, remarks = clauses(cell, "党员名册健全", amounts=["3", "2"])
    assert found == [(text, 300, rule), ("党员名册健全", 200, "")]
    assert remarks == []


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1.开展廉政教育（1分）；开展任前谈话（1分）。（2分）", "开展廉政教育（1分）；开展任前谈话（1分）。"),
        ("经常谈心（1分）、及时约谈（1分），督促整改。（2分）", "经常谈心（1分）、及时约谈（1分），督促整改。"),
        ("加强教育（2分）：开展廉政教育（1分）；开展任前谈话（1分）", "加强教育：开展廉政教育（1分）；开展任前谈话（1分）"),
        ("开展廉政教育（1分）；开展任前谈话（1分）", "开展廉政教育（1分）；开展任前谈话（1分）"),
        ("开展廉政教育。（1分）开展任前谈话。（1分）", "开展廉政教育。（1分）开展任前谈话。（1分）"),
    ],
)  # fmt: skip
def test_points_that_are_the_sum_of_the_others_are_said_twice(cell, text):
    found, remarks = clauses(cell, "村务按季公开（3分）")
    assert found == [(text, 200, ""), ("村务按季公开", 300, "")]
    assert remarks == []


def test_three_demands_of_which_one_is_worth_the_others_are_worth_all():
    found, _remarks = clauses("有计划（1分），有方案（1分），有总结（2分）", "村务按季公开（3分）")
    assert [points for _text, points, _rule in found] == [400, 300]


@pytest.mark.parametrize(
    "title", ["组织建设（5分，占5%）", "组织建设（共5分，每项单独计分）", "组织建设（5分/100分）"]
)
def test_a_group_says_more_than_its_points(title):
    found = read(
        ["项目", "内容", "分值", "评分标准"],
        [title, "按期换届", "5", "未换届不得分"],
        ["队伍", "发展党员", "4", "缺一份扣1分"],
    )
    assert [(group.title, group.points) for group in found.groups] == [
        ("组织建设", 500),
        ("队伍", None),
    ]


def test_the_scoring_that_stands_in_the_column_of_checks():
    found = read(
        ["项目", "考核内容", "检查方式", "分值"], ["阵地", "挂有党员活动室牌子", "实地查看，没有挂牌不给分。", "2"],
        ["", "图书200册以上", "现场清点。不足的酌情扣分。", "3"], ["", "远教设备能用", "现场查看", "2"],
    )  # fmt: skip
    assert [(line.text, line.rule_text, line.method) for line in found.lines] == [
        ("挂有党员活动室牌子", "没有挂牌不给分。", "实地查看，没有挂牌不给分。"),
        ("图书200册以上", "不足的酌情扣分。", "现场清点。不足的酌情扣分。"),
        ("远教设备能用", "", "现场查看"),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["评价指标及分值", ""])
def test_words_on_scoring_here_and_there_behind_the_demands(heading):
    found = read(
        ["类别", "评价指标及分值", heading, "", "得分"], ["廉政教育（5分）", "1.开展教育（1分）；开展谈话（1分）。（2分）", "按分项打分", "做到就得满分，没有得0分", ""],
        ["", "2.专题研究不少于2次；（2分）", "有1次得1分", "", ""], ["", "3.报告责任落实情况；（1分）", "", "", ""],
        merged=[[0, 1, 0, 3 if heading else 1], [1, 0, 3, 0], [1, 3, 3, 3]],
    )  # fmt: skip
    whole = "做到就得满分，没有得0分"
    assert shape(found) == [
        ("廉政教育", 500, [("开展教育（1分）；开展谈话（1分）。", 200, f"按分项打分\n{whole}"),
                        ("专题研究不少于2次", 200, f"有1次得1分\n{whole}"), ("报告责任落实情况", 100, whole)]),
    ]  # fmt: skip
    assert found.remarks == []


PARAGRAPHS = [
    "加强阵地建设（3分）：没有悬挂党旗的扣1分；没有开辟宣传栏的扣1分。",
    "加强队伍建设（4分）：建立并落实学习、例会、公开制度，每缺一项扣1分。",
]


@pytest.mark.parametrize(
    "numbers",
    [("1.", "2."), ("（3）", "（4）"), ("①", "②"), ("9、", "10、"), ("⑥", "⑦"), ("(一)", "(二)")],
)
@pytest.mark.parametrize("between", ["\n", ""])
def test_one_cell_of_paragraphs_with_points_and_rules_of_their_own(numbers, between):
    shown = numbers if numbers[0] in "①⑥" else ("", "")
    cell = between.join(number + text for number, text in zip(numbers, PARAGRAPHS, strict=True))
    found = read(
        ["项目", "考评内容和标准", "自评"],
        ["有阵地（7分）", cell, ""],
        ["有队伍（2分）", "党员名册健全（2分）：缺一人扣0.5分。", ""],
    )
    assert shape(found) == [
        ("有阵地", 700, [(f"{shown[0]}加强阵地建设", 300, "没有悬挂党旗的扣1分；没有开辟宣传栏的扣1分。"),
                       (f"{shown[1]}加强队伍建设", 400, "建立并落实学习、例会、公开制度，每缺一项扣1分。")]),
        ("有队伍", 200, [("党员名册健全", 200, "缺一人扣0.5分。")]),
    ]  # fmt: skip
    assert found.remarks == []


def test_a_heading_whose_first_sentence_scores_nothing_keeps_it():
    found, _remarks = clauses(
        "制度建设（3分）：建立学习制度。每缺一次扣1分。", "村务按季公开（2分）"
    )
    assert found[0] == ("制度建设：建立学习制度", 300, "每缺一次扣1分。")


BESIDE = [
    ("①支委会设委员3至5人。（2分）", "①超过人数的扣1分，未设书记的不得分。"),
    ("②有缺额及时补选。（2分）", "②未及时补选的扣1分。"),
]


@pytest.mark.parametrize("between", ["\n", " "])
def test_numbered_demands_with_points_beside_rules_of_the_same_numbers(between):
    demands, rules = (between.join(side) for side in zip(*BESIDE, strict=True))
    found = read(
        ["项目", "考核内容", "评分说明", "得分"],
        ["班子健全\n（4分）", demands, rules, ""],
        ["其他", "名册健全（1分）", "缺一人扣0.5分", ""],
    )
    assert shape(found)[0] == (
        "班子健全", 400, [("①支委会设委员3至5人。", 200, "①超过人数的扣1分，未设书记的不得分。"),
                        ("②有缺额及时补选。", 200, "②未及时补选的扣1分。")],
    )  # fmt: skip


@pytest.mark.parametrize(
    "rules", ["①超过人数的扣1分。", "①超过人数的扣1分。③未及时补选的扣1分。", "超过人数的扣1分。②未及时补选的扣1分。", "①②缺一项扣1分。"]
)  # fmt: skip
def test_rules_that_do_not_fit_their_demands_stay_with_all_of_them(rules):
    demands = "\n".join(demand for demand, _rule in BESIDE)
    found = read(
        ["项目", "考核内容", "评分说明", "得分"],
        ["班子健全\n（4分）", demands, rules, ""],
        ["其他", "名册健全（1分）", "缺一人扣0.5分", ""],
    )
    assert shape(found)[0][2] == [(demands, 400, rules)]
