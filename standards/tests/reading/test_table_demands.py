"""What one cell says: a demand with its scoring behind it, points in brackets or in words, several demands."""

import pytest

from standards.tests.reading.drawn import clauses, read, shape


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
    "cell",
    [
        "党员受到党纪处分的，或被行政拘留的，每例扣3分；不参加学习的，每例扣1分。",
        "党员受到党纪处分，或被行政拘留的，每例扣3分。",
        "阵地管理不到位，党旗破损的，每处扣0.5分；制度不上墙的，每项扣0.5分。",
        "发生较大安全责任事故，造成人员受伤的，扣2分。",
        "违反财务管理规定，公款私存的，每笔扣1分。",
        "办事公开内容不真实，群众反映强烈，经查属实的，每次扣2分。",
        "委员因失职受到处理，造成不良影响的，每人扣1分。",
    ],
)
def test_a_condition_of_several_clauses_is_not_cut(cell):
    found = read(
        ["序号", "考核内容及评分办法", "自评分"],
        ["1", cell, ""],
        ["2", "未报送总结的，扣1分。", ""],
    )
    assert found.lines[0].rule_text == cell


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
    cell = between.join(number + text for number, text in zip(numbers, PARAGRAPHS, strict=True))
    found = read(
        ["项目", "考评内容和标准", "自评"],
        ["有阵地（7分）", cell, ""],
        ["有队伍（2分）", "党员名册健全（2分）：缺一人扣0.5分。", ""],
    )
    assert shape(found) == [
        ("有阵地", 700, [("加强阵地建设", 300, "没有悬挂党旗的扣1分；没有开辟宣传栏的扣1分。"),
                       ("加强队伍建设", 400, "建立并落实学习、例会、公开制度，每缺一项扣1分。")]),
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
        "班子健全", 400, [("支委会设委员3至5人。", 200, "超过人数的扣1分，未设书记的不得分。"),
                        ("有缺额及时补选。", 200, "未及时补选的扣1分。")],
    )  # fmt: skip


def test_marks_that_cut_nothing_stay():
    found, _remarks = clauses(
        "①支委健全，②分工明确（2分）", "①按期换届；②程序规范。缺一项扣1分", "① 党员名册健全（2分）"
    )
    assert [text for text, _points, _rule in found] == [
        "①支委健全，②分工明确", "①按期换届；②程序规范", "① 党员名册健全",
    ]  # fmt: skip


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


EARNED = [("班子团结有力计4分。不团结的每次扣1分。", "班子团结有力", "不团结的每次扣1分。"),
          ("参会率达95%以上得4分，每低1个百分点扣0.5分。", "参会率达95%以上", "每低1个百分点扣0.5分。"),
          ("制度健全、记录齐全，档案规范的记4分。", None, None), ("有专栏并常更换的记4分，否则每次扣1分。", None, None),
          ("发展1名计2分。交纳党费计2分（本项共计4分）。", None, None)]  # fmt: skip


@pytest.mark.parametrize(("cell", "text", "rule"), EARNED)
def test_what_a_demand_earns_may_be_said_in_words(cell, text, rule):
    found, remarks = clauses(cell, "党员名册健全", amounts=["4分", "2分"])
    assert found == [(text or cell, 400, rule or cell), ("党员名册健全", 200, "")]
    assert remarks == []


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("有专栏并常更换的记4分，否则不记分。", 400), ("参会率95%以上计4分，每低1%扣0.5分。", 400), ("每走访一户得1分。", None),
        ("班子健全，有书记得4分，有委员得2分。", None), ("受到表彰的加4分。", None), ("谈心、走访各计2分。", None),
    ],
)  # fmt: skip
def test_without_a_column_the_one_amount_to_earn_is_the_worth(cell, points):
    found, _remarks = clauses(cell, "党员名册健全（2分）")
    assert found[0][1] == points


def test_a_column_of_the_sum_beside_numbered_demands_that_say_their_own():
    found, remarks = clauses(
        "1.按期换届（2分）。未换届不得分。2.支委健全（3分）。每缺1人扣1分。",
        "党员名册健全",
        amounts=["5", "2"],
    )
    assert found[:2] == [("按期换届", 200, "未换届不得分。"), ("支委健全", 300, "每缺1人扣1分。")]
    assert remarks == []


def test_demands_that_do_not_come_to_the_column_stay_one():
    cell = "1.按期换届（2分）。未换届不得分。2.支委健全（3分）。每缺1人扣1分。"
    found, _remarks = clauses(cell, "党员名册健全", amounts=["6", "2"])
    assert [points for _text, points, _rule in found] == [600, 200]


@pytest.mark.parametrize(
    ("cell", "text", "rule"),
    [
        ("班子健全、职责明确 20分(每缺一名支委扣5分，职责不清扣10分)", "班子健全、职责明确", "每缺一名支委扣5分，职责不清扣10分"),
        ("团结协作、作用明显20分（好20分，较好15分，一般10分，差0分）", "团结协作、作用明显", "好20分，较好15分，一般10分，差0分"),
        ("团结协作、作用明显（20分）（好20分，较好15分，一般10分）", "团结协作、作用明显", "好20分，较好15分，一般10分"),
    ],
)  # fmt: skip
def test_points_without_brackets_before_the_rule_in_brackets(cell, text, rule):
    found, remarks = clauses(cell, "党员作用好 10分（好10分，一般5分）")
    assert found == [(text, 2000, rule), ("党员作用好", 1000, "好10分，一般5分")]
    assert remarks == []


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("支委班子：健全（2分）；比较健全（1分）；不健全（0分）", 200), ("制度健全的得3分，较健全的得2分，不健全的不得分", 300), ("优秀得5分，良好得4分，一般得2分", 500),
        ("有计划得3分，有记录得2分，有总结得1分", None), ("省级得3分，市级得2分，每增加1次得1分", None),
    ],
)  # fmt: skip
def test_levels_are_worth_the_best_of_them(cell, points):
    found, _remarks = clauses(cell, "党员名册健全（2分）")
    assert found[0][1] == points


@pytest.mark.parametrize(
    "cell",
    ["1.按期换届（2分）；2.支委健全（3分）", "作用明显 5分（好5分，差0分）", "按期换届（5分）"],
)
def test_points_of_the_words_that_are_not_those_of_the_column_are_told(cell):
    found, remarks = clauses(cell, "党员名册健全", amounts=["6", "2"])
    assert found[0][1] == 600
    assert remarks == ["分值栏是6分，条目文字里写的是5分；按分值栏读入。"]


@pytest.mark.parametrize("cell", ["换届、述职（各3分）", "明显（6分）；较好（4分）；一般（1分）"])
def test_shares_and_levels_are_not_summed_against_the_column(cell):
    found, remarks = clauses(cell, "党员名册健全", amounts=["6", "2"])
    assert (found[0][1], remarks) == (600, [])


def test_points_before_the_rule_in_any_writing():
    cells = [
        "5分。未换届不得分",
        "满分5分，缺1人扣2分",
        "（4分）少1人扣0.5分",
        "6分\n缺1份材料扣1分",
        "（满分3分）：不学的扣1分",
    ]
    found = read(
        ["考核指标", "考核内容", "评分标准"],
        *[["组织" if not at else "", f"要求{at}做到位", cell] for at, cell in enumerate(cells)],
    )
    assert [(line.points, line.rule_text) for line in found.lines] == [
        (500, "未换届不得分"), (500, "缺1人扣2分"), (400, "少1人扣0.5分"), (600, "缺1份材料扣1分"), (300, "不学的扣1分"),
    ]  # fmt: skip


def test_a_weight_over_several_demands_does_not_make_them_one():
    found = read(
        ["项目", "权重", "考核内容", "评分标准"], ["组织", "30%", "按期换届", "未换届扣5分"], ["", "", "班子健全", "缺1人扣2分"],
        ["队伍", "70%", "按月收费", "少1人扣0.5分"], merged=[[1, 0, 2, 0], [1, 1, 2, 1]],
    )  # fmt: skip
    assert [(line.text, line.points) for line in found.lines] == [
        ("按期换届", None),
        ("班子健全", None),
        ("按月收费", None),
    ]
    assert found.remarks[0].zh == "“30%”是权重，不是分值，没有读入；请人工填写各条目的分值。"


def test_each_numbered_demand_with_points_and_rule_in_one_bracket_is_a_clause():
    found, _ = clauses(
        "1.公开栏上墙（2分）。2.每季度公开一次（4分，少一次扣1分）。",
        "①活动室不少于40平方米（3分，不足40平方米的不得分）；②有报刊（2分）",
    )
    assert found == [
        ("公开栏上墙。", 200, ""),
        ("每季度公开一次", 400, "少一次扣1分"),
        ("活动室不少于40平方米", 300, "不足40平方米的不得分"),
        ("有报刊", 200, ""),
    ]


def test_a_demand_is_cut_from_what_is_taken_off():
    found, _ = clauses(
        "（1）党员大会按季召开。少一次减1分，减完为止。", "未订计划，减0.5分", amounts=["4", "2"]
    )
    assert found == [
        ("党员大会按季召开", 400, "少一次减1分，减完为止。"),
        ("未订计划", 200, "未订计划，减0.5分"),
    ]


def test_a_rule_in_the_bracket_of_one_part_is_not_cut_off_for_all_of_them():
    cells = (
        "台账健全（2分）、每季度研究1次（2分，少1次扣0.5分）",
        "台账健全2分，每季度研究1次2分（少1次扣0.5分）",
        "党员大会每季度1次（2分）、支委会每月1次（2分），每缺1次扣0.5分",
        "每季度研究1次（4分）（少1次扣1分）",
    )
    found, _ = clauses(*cells, amounts=["4", "4", "4", "4"])
    assert found == [
        *((cell, 400, "") for cell in cells[:3]),
        ("每季度研究1次", 400, "少1次扣1分"),
    ]
