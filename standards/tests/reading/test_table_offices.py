"""Layouts of real offices: groups in vertical print, one column for the demand and its scoring, titles above lettered lines."""

import pytest

from standards.tests.reading.drawn import paste, read, shape


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


@pytest.mark.parametrize("typed_twice", [False, True])
def test_lines_that_span_the_column_of_groups_stand_in_none(typed_twice):
    wide = [[1, 1, 1, 2], [4, 1, 4, 2], [5, 1, 5, 2]]
    found = read(
        ["序号", "考评内容", "", "分值", "评分标准"], ["1", "班子团结有力", "班子团结有力" if typed_twice else "", "4", "有反映的酌情扣1-2分"],
        ["2", "结对帮扶 5分", "①有计划", "2", "缺计划扣1分"], ["", "", "②有走访记录", "3", "少一户扣1分"],
        ["3", "统计年报准确及时", "统计年报准确及时" if typed_twice else "", "4", "每迟报一次扣1分"], ["4", "加分项", "加分项" if typed_twice else "", "3", "受表彰的每次加1分"],
        merged=[[0, 1, 0, 2], [2, 0, 3, 0], [2, 1, 3, 1], *([] if typed_twice else wide)],
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


@pytest.mark.parametrize(
    "title",
    [
        "组织建设（5分，占5%）",
        "组织建设（共5分，每项单独计分）",
        "组织建设（5分/100分）",
        "组织建设5分（占5%）",
    ],
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


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("heading", ["评价指标及分值", ""])
def test_words_on_scoring_here_and_there_behind_the_demands(heading, merged):
    found = read(
        ["类别", "评价指标及分值", heading, "", "得分"], ["廉政教育（5分）", "1.开展教育（1分）；开展谈话（1分）。（2分）", "按分项打分", "做到就得满分，没有得0分", ""],
        ["", "2.专题研究不少于2次；（2分）", "有1次得1分", "", ""], ["", "3.报告责任落实情况；（1分）", "", "", ""],
        merged=[*([[0, 1, 0, 3 if heading else 1]] if merged else []), [1, 0, 3, 0], [1, 3, 3, 3]],
    )  # fmt: skip
    whole = "做到就得满分，没有得0分"
    assert shape(found) == [
        ("廉政教育", 500, [("开展教育（1分）；开展谈话（1分）。", 200, f"按分项打分\n{whole}"),
                        ("专题研究不少于2次", 200, f"有1次得1分\n{whole}"), ("报告责任落实情况", 100, whole)]),
    ]  # fmt: skip
    assert found.remarks == []


@pytest.mark.parametrize("name", ["考核分值", "评定分值", "分值（分）"])
def test_a_column_of_points_with_the_name_of_a_result(name):
    found = read(
        ["项目", "评分项", "评分说明", name, "考核分"],
        ["制度", "1.深入学习", "少一次扣0.2分", "2分", ""],
        ["", "2.传达精神", "未传达扣1分", "3分", ""],
    )
    assert [line.points for line in found.lines] == [200, 300]


def test_points_of_a_group_in_bare_brackets_when_they_fit():
    rows = [
        ["(一)从严治党(11)", "", ""],
        ["做好信访工作", "6", "每例扣3分"],
        ["公开企务", "5", "不公开不得分"],
    ]
    found = read(
        ["考核内容", "分值", "扣分标准"],
        *rows,
        ["(二)队伍建设(9)", "", ""],
        ["党员教育", "4", "酌情扣分"],
    )
    assert [(group.title, group.points) for group in found.groups] == [
        ("从严治党", 1100),
        ("队伍建设(9)", None),
    ]


def test_the_last_sum_may_be_called_a_subtotal():
    rows = [
        ["一、思想（5分）", "", ""],
        ["学习", "5", "缺一次扣1分"],
        ["二、组织（6分）", "", ""],
        ["换届", "6", "未换届不得分"],
    ]
    found = read(["考核内容", "分值", "扣分标准"], *rows, ["小计", "11", ""])
    assert (found.total, found.remarks) == (1100, [])


def test_blanks_to_write_in_are_no_words():
    found = read(
        ["项目", "评分标准", "得分"],
        ["有班子（10分）", "班子不健全的扣3分（）；无党务人员的扣2分（ ）。", ""],
        ["有队伍（5分）", "没有名单的扣2分____。", ""],
    )
    assert [(line.text, line.points, line.rule_text) for line in found.lines] == [
        ("有班子", 1000, "班子不健全的扣3分；无党务人员的扣2分。"), ("有队伍", 500, "没有名单的扣2分。"),
    ]  # fmt: skip


def test_one_column_of_names_over_the_whole_table_names_no_group():
    found = read(
        ["类别", "项目", "内容", "分值"], ["好班子\n︻9分︼", "班子健全（5分）", "按期换届", "5"], ["", "班子团结（3分）", "经常谈心", "2"],
        ["", "", "民主议事", "2"], ["加分项", "", "获得表彰加1分", ""], merged=[[1, 0, 3, 0], [2, 1, 3, 1], [4, 0, 4, 1]],
    )  # fmt: skip
    assert [(group.title, group.points) for group in found.groups] == [
        ("班子健全", 500),
        ("班子团结", 300),
        ("加分项", None),
    ]
    assert (found.total, found.notes) == (900, ["全部条目属于“好班子（9分）”。"])
    assert [remark.zh for remark in found.remarks] == ["“班子团结”写明3分，各条目合计4分。"]


def test_the_only_clause_below_a_title_is_worth_what_the_title_says():
    found = read(
        ["项目", "内容", "评分标准"],
        ["组织建设（5分）", "按期换届", "未换届不得分"],
        ["队伍建设（4分）", "名册健全", "缺一人扣0.5分"],
        ["", "按月交费", "缺一人扣0.5分"],
    )
    assert [line.points for line in found.lines] == [500, None, None]


def test_lines_with_letters_below_a_line_that_is_only_a_title():
    found = paste("支部考核细则", "（一）党务工作（12分）", "1、班子建设", "A、班子团结有力的记5分，有矛盾的酌情扣分。", "B、按时换届的记5分，否则不记分。",
                  "2、台账齐全（2分）。缺一项扣0.5分。", "（二）廉政建设（3分）", "受通报批评的每次扣0.5分。")  # fmt: skip
    assert [(line.subgroup, line.number, line.points) for line in found.lines] == [
        ("班子建设", "A", 500), ("班子建设", "B", 500), ("", "2", 200), ("", "", 300),
    ]  # fmt: skip
    assert found.remarks == []


def test_lines_in_brackets_below_a_demand_are_its_rule_below_a_title_they_are_clauses():
    found = paste("支部考核细则", "一、组织建设（10分）", "1.按期换届（5分）", "（1）未按期换届的扣2分；", "（2）程序不规范的扣1分。",
                  "2.队伍建设", "（1）名册健全（2分）。缺一人扣0.5分。", "（2）按月交费（1分）。缺一人扣0.5分。", "3.述职评议（2分）。未评议不得分。")  # fmt: skip
    assert [(line.subgroup, line.text, line.points, line.rule_text) for line in found.lines] == [
        ("", "按期换届", 500, "（1）未按期换届的扣2分；\n（2）程序不规范的扣1分。"), ("队伍建设", "名册健全", 200, "缺一人扣0.5分。"),
        ("队伍建设", "按月交费", 100, "缺一人扣0.5分。"), ("", "述职评议", 200, "未评议不得分。"),
    ]  # fmt: skip
    assert found.remarks == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("2011年度党总支（直属支部）工作\n考核评分表", "2011年度党总支（直属支部）工作考核评分表"),
        ("某县机关党支部“五好”\n创建考核评分标准（试行）", "某县机关党支部“五好”创建考核评分标准"),
        ("中共某县委组织部\n考核评分标准", "考核评分标准"),
        ("考核办法（试行）\n支部考核评分标准", "支部考核评分标准"),
    ],
)  # fmt: skip
def test_a_title_typed_on_several_lines_of_one_cell(typed, title):
    found = read(
        [typed, "", "", ""],
        ["项目", "内容", "分值", "评分标准"],
        ["组织", "按期换届", "5", "未换届不得分"],
        ["队伍", "名册健全", "4", "缺一人扣1分"],
        merged=[[0, 0, 0, 3]],
    )
    assert found.title == title


@pytest.mark.parametrize(
    "line", [["单位（盖章）：", "", "", "", "考评时间：  年  月  日", ""], ["村名：", "", "", "考核人：", "", ""], ["被考核单位:", "", "", "", "2024年度", ""]]
)  # fmt: skip
def test_a_line_to_fill_in_above_the_heading_is_none_of_it(line):
    found = read(
        line, ["序号", "考评内容", "", "分值", "具体操作", "得分"], ["1", "班子（6分）", "班子团结", "4", "有反映的扣2分", ""],
        ["2", "", "按期换届", "2", "未换届不得分", ""], merged=[[0, 0, 0, 2], [1, 1, 1, 2]],
    )  # fmt: skip
    assert [(line.text, line.points, line.rule_text) for line in found.lines] == [
        ("班子团结", 400, "有反映的扣2分"), ("按期换届", 200, "未换届不得分"),
    ]  # fmt: skip
    assert found.heading == 2


@pytest.mark.parametrize("marks", [("一", "二"), ("（一）", "（二）"), ("第一部分", "第二部分")])
@pytest.mark.parametrize("inside", [False, True], ids=["own column", "before the title"])
def test_rows_of_groups_do_not_turn_the_columns_round(marks, inside):
    def titled(at, title):
        mark = marks[at] + ("、" if inside and "（" not in marks[at] else "")
        return ["", mark + title] if inside else [mark, title]

    found = read(
        ["序号", "检查项目", "检查内容", "检查办法", "评分标准", "标准分", "得分"],
        [*titled(0, "组织建设"), "", "", "", "8", ""], ["1", "换届", "支委会按期换届", "查看资料", "未换届不得分", "5", ""],
        ["2", "班子", "支委班子健全", "查看资料", "缺一人扣1分", "3", ""],
        [*titled(1, "队伍建设"), "", "", "", "4", ""], ["1", "教育", "每月学习1次", "查看记录", "少一次扣1分", "4", ""],
    )  # fmt: skip
    assert shape(found) == [
        ("组织建设", 800, [("支委会按期换届", 500, "未换届不得分"), ("支委班子健全", 300, "缺一人扣1分")]),
        ("队伍建设", 400, [("每月学习1次", 400, "少一次扣1分")]),
    ]  # fmt: skip
    assert [line.subgroup for line in found.lines] == ["换届", "班子", "教育"]


def test_a_first_column_called_a_standard_names_the_groups():
    found = read(
        ["考评标准", "考评标准内涵", "考评要素", "得分"], ["1.支部班子好\n(5分)", "贯彻执行路线，求真务实。", "1.支部设置合理。（2分）\n2.工作有思路。（3分）", ""],
        ["2.工作机制好(4分)", "制度健全，机制顺畅。", "1.有年度计划。（2分）", ""], ["", "", "2.坚持三会一课。（2分）", ""],
        merged=[[2, 0, 3, 0], [2, 1, 3, 1]],
    )  # fmt: skip
    assert shape(found) == [
        ("支部班子好", 500, [("支部设置合理。", 200, ""), ("工作有思路。", 300, "")]),
        ("工作机制好", 400, [("有年度计划。", 200, ""), ("坚持三会一课。", 200, "")]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["计(扣)分办法", "评(扣)分标准", "考核（评分）细则", "加(减)分标准"]
)
def test_a_heading_with_a_word_in_brackets(name):
    found = read(
        ["项目", "标准及要求", "分值", name],
        ["组织", "领导关系明确", "2", "由考评组评定"],
        ["", "班子健全", "3", "缺一人扣1分"],
    )
    assert [(line.text, line.rule_text) for line in found.lines] == [
        ("领导关系明确", "由考评组评定"),
        ("班子健全", "缺一人扣1分"),
    ]


def test_levels_in_one_cell_are_worth_the_best_where_the_group_says_so():
    found = read(
        ["项目（分值）", "序号", "评价要素", "评价内容及分值", "得分"], ["支部班子（5分）", "1", "班子配备", "健全（2分）；比较健全（1分）；不健全（0分）", ""],
        ["", "2", "支部书记", "作用明显（3分）；作用较好（2分）；作用一般（1分）", ""],
        ["机制（6分）", "3", "三会一课", "有计划（3分）；有记录（2分）；有总结（1分）", ""], merged=[[1, 0, 2, 0]],
    )  # fmt: skip
    assert [line.points for line in found.lines] == [200, 300, 600]
    assert found.remarks == []


@pytest.mark.parametrize("numbers", ["123", "①②③", "１２３"])
def test_columns_headed_by_numbers_are_to_fill_in(numbers):
    found = read(
        ["类别", "考核内容", "考核标准", "分值", *numbers, "得分"], ["制度（5分）", "1.建立制度", "不健全扣1-3分", "5", "", "", "", ""],
        ["班子（11分）", "2.坚持学习", "不学扣2分", "6", "", "", "", ""], ["", "3.廉洁自律", "出现违纪扣5分", "5", "", "", "", ""],
    )  # fmt: skip
    assert [(group.title, group.points) for group in found.groups] == [
        ("制度", 500),
        ("班子", 1100),
    ]
    assert [line.points for line in found.lines] == [500, 600, 500]
    assert found.remarks == []


@pytest.mark.parametrize("name", ["考核办法及标准", "检查方式和评分标准", "检查方法、扣分细则"])
def test_one_column_for_where_to_look_and_how_to_score(name):
    found = read(
        ["考核内容", "分值", name, "得分"],
        ["1.支委健全", "5", "查资料。每缺1人扣1分", ""],
        ["2.按月收费", "3", "少1人扣0.5分", ""],
        ["3.发展党员", "2", "查档案，缺一份扣1分", ""],
    )
    assert [(line.text, line.rule_text, line.method) for line in found.lines] == [
        ("支委健全", "每缺1人扣1分", "查资料"), ("按月收费", "少1人扣0.5分", ""), ("发展党员", "缺一份扣1分", "查档案"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "title"),
    [("一\n班子建设及保障\n5 分", "班子建设及保障"), ("一\n岗\n双\n责\n（5分）", "一岗双责")],
)
def test_a_number_on_a_line_of_its_own_above_the_title_of_a_group(typed, title):
    found = read(
        ["一级指标", "考评要点", "权重", "计分标准"],
        [typed, "按期换届", "5", "未换届扣2分"],
        ["二、党员教育", "每月学习", "4", "缺一次扣1分"],
    )
    assert [(group.title, group.points) for group in found.groups] == [
        (title, 500),
        ("党员教育", None),
    ]


def test_a_column_that_is_passed_over_and_scores_is_told():
    head = ["项目", "内容", "分值", "评分标准", "备注", "得分"]
    found = read(
        head,
        ["组织", "按期换届", "5", "未换届不得分", "", ""],
        ["", "名册健全", "3", "缺一人扣1分", "由乡镇提供", ""],
        ["队伍", "按月交费", "4", "缺一人扣1分", "拖欠半年的不得分", ""],
    )
    assert [remark.zh for remark in found.remarks] == [
        "“备注”一栏没有读入，里面有评分的话：“拖欠半年的不得分”。"
    ]
    assert found.remarks[0].path == "表!E4"
