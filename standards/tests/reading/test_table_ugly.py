"""Layouts seen in real files: columns for deductions and additions, for grades, for steps, boxes to tick, stars."""

import pytest

from portal.kit import layouts
from standards.reading import table
from standards.reading.table import TableRefused


def sheet(*rows, merged=(), name="表"):
    return layouts.grid(name, [list(row) for row in rows], merged)


def read(*rows, merged=(), kind="xlsx"):
    return table.read(layouts.Layout(kind, [sheet(*rows, merged=merged)]))


def lines(found):
    return [(line.text, line.points, line.rule_text) for line in found.lines]


def test_additions_beside_deductions_say_that_they_add():
    found = read(
        ["项目", "考核内容", "分值", "扣分", "加分", "得分"],
        ["制度", "三会一课", "10", "少一次扣1分", "创新形式每次1分", ""],
        ["", "报表报送", "5", "迟报一次扣0.5分", "", ""],
        ["活动", "志愿服务", "10", "少一次扣2分", "每多一次加0.5分", ""],
    )
    assert lines(found) == [
        ("三会一课", 1000, "少一次扣1分\n加分：创新形式每次1分"),
        ("报表报送", 500, "迟报一次扣0.5分"),
        ("志愿服务", 1000, "少一次扣2分\n每多一次加0.5分"),
    ]


def test_amounts_beside_their_cases_are_not_the_points_of_the_line():
    found = read(
        ["序号", "考核内容", "标准分", "扣分项", "", "加分项", "", "得分"],
        ["", "", "", "情形", "分值", "情形", "分值", ""],
        ["1", "三会一课", "10", "缺一次", "-1", "有创新", "+1", ""],
        ["2", "报表报送", "5", "迟报一次", "0.5", "", "", ""],
        merged=[[0, c, 1, c] for c in (0, 1, 2, 7)] + [[0, 3, 0, 4], [0, 5, 0, 6]],
    )
    assert lines(found) == [
        ("三会一课", 1000, "缺一次扣1分\n加分：有创新加1分"),
        ("报表报送", 500, "迟报一次扣0.5分"),
    ]


def test_pure_deductions_have_no_points_and_say_so():
    found = read(
        ["考核内容", "扣分情形", "扣分分值"], ["信息报送", "迟报一次", "0.1"], ["", "漏报一次", "0.5"],
        ["纪律", "受处分一人", "1"],
    )  # fmt: skip
    assert lines(found) == [
        ("信息报送", None, "迟报一次扣0.1分\n漏报一次扣0.5分"), ("纪律", None, "受处分一人扣1分"),
    ]  # fmt: skip
    assert [remark.zh for remark in found.remarks] == [
        "没有读到分值：信息报送", "没有读到分值：纪律",
    ]  # fmt: skip


def test_a_column_for_each_grade_with_its_points_below():
    found = read(
        ["项目", "内容", "分值", "评分标准", "", "", ""], ["", "", "", "好", "较好", "一般", "差"],
        ["组织", "班子", "10", "10", "8", "6", "0"], ["", "党费", "5", "5", "4", "3", "0"],
        merged=[[0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 1, 2], [0, 3, 0, 6]],
    )  # fmt: skip
    assert lines(found) == [
        ("班子", 1000, "好得10分；较好得8分；一般得6分；差得0分"),
        ("党费", 500, "好得5分；较好得4分；一般得3分；差得0分"),
    ]


def test_a_column_for_each_grade_with_its_points_above():
    found = read(
        ["项目", "内容", "优（4分）", "良（3分）", "中（2分）", "差（0分）"],
        ["场所", "面积达标", "60平方米以上", "40平方米以上", "20平方米以上", "20平方米以下"],
        ["", "标识", "齐全", "基本齐全", "不齐全", "没有"],
    )
    assert lines(found) == [
        ("面积达标", 400, "60平方米以上得4分；40平方米以上得3分；20平方米以上得2分；20平方米以下得0分"),
        ("标识", 400, "齐全得4分；基本齐全得3分；不齐全得2分；没有得0分"),
    ]  # fmt: skip
    assert (found.total, found.remarks) == (None, [])


@pytest.mark.parametrize(
    ("heading", "boxes"),
    [
        (["自查", "检查结果"], ["□", "□是 □否"]), (["达到", "未达到"], ["☐", "☐"]), (["落实", "实际"], ["□有□无", "√"]),
        (["结论", "情况"], ["□达标 □基本达标 □不达标", "□完全符合 □不符合"]),
    ],
)  # fmt: skip
def test_boxes_to_tick_are_no_demands(heading, boxes):
    found = read(
        ["组别", "标准", *heading, "分值"], ["组织", "□1.支部设置规范", *boxes, "5"],
        ["", "☐2.按期换届", *boxes, "5"], ["", "3.每月开展□支委会 □党课", *boxes, "10"],
    )  # fmt: skip
    assert [(line.number, line.text, line.points) for line in found.lines] == [
        ("1", "支部设置规范", 500), ("2", "按期换届", 500), ("3", "每月开展□支委会 □党课", 1000),
    ]  # fmt: skip


def test_a_star_for_each_part_of_one_sheet():
    head = ["评定内容", "评分标准", "评定方法", "记录"]
    found = read(
        ["组织星（100分）"], head, ["班子结构合理（50分）", "平均年龄每超1岁扣2分", "查名册", ""],
        ["会议正常（50分）", "少一次扣5分", "查记录", ""], ["产业星（100分）"], head,
        ["主导产业（100分）", "无主导产业不得分", "实地看", ""], merged=[[0, 0, 0, 3], [4, 0, 4, 3]],
    )  # fmt: skip
    assert [(g.title, g.points, g.sum) for g in found.groups] == [
        ("组织星", 10000, 10000), ("产业星", 10000, 10000),
    ]  # fmt: skip
    assert found.remarks == []


def test_points_of_every_level_in_a_column_of_their_own():
    found = read(
        ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "四级指标", "分值", "评分标准", "自评", "专家评"],
        ["基础条件", "60", "法人资格", "20", "法定代表人", "20", "产生程序合法", "12", "合法12分，不合法0分", "", ""],
        ["", "", "", "", "", "", "按规定登记", "8", "未登记0分", "", ""],
        ["", "", "章程", "40", "制定", "40", "表决通过", "40", "未通过0分", "", ""],
        ["内部治理", "40", "组织机构", "40", "党组织", "40", "应建已建", "40", "未建0分", "", ""],
    )  # fmt: skip
    assert [(g.title, g.points, [(x.subgroup, x.text, x.points) for x in g.lines]) for g in found.groups] == [
        ("基础条件", 6000, [
            ("法人资格 · 法定代表人", "产生程序合法", 1200), ("法人资格 · 法定代表人", "按规定登记", 800),
            ("章程 · 制定", "表决通过", 4000),
        ]),
        ("内部治理", 4000, [("组织机构 · 党组织", "应建已建", 4000)]),
    ]  # fmt: skip
    assert found.remarks == []


def test_steps_as_columns_are_turned_and_keep_their_places():
    found = read(
        ["支部质量体系考核表"], ["程序步骤", "第一步 学习", "第二步 计划", "第三步 活动"],
        ["考核内容", "按月学习", "制定年度计划", "开展主题党日"], ["分值", "20", "20", "60"],
        ["评分标准", "少一次扣2分", "无计划不得分", "少一次扣5分"], ["注：由考核组填写。"],
    )  # fmt: skip
    assert (found.title, [g.title for g in found.groups]) == (
        "支部质量体系考核表", ["第一步学习", "第二步计划", "第三步活动"],
    )  # fmt: skip
    assert lines(found) == [
        ("按月学习", 2000, "少一次扣2分"), ("制定年度计划", 2000, "无计划不得分"), ("开展主题党日", 6000, "少一次扣5分"),
    ]  # fmt: skip
    assert [line.source.cell for line in found.lines] == ["B3", "C3", "D3"]


def test_a_turned_table_may_have_merged_groups():
    found = read(
        ["项目", "组织", "", "作用"], ["内容", "换届", "党费", "示范岗"], ["分值", "20", "30", "50"],
        ["评分标准", "未换届不得分", "少1人扣1分", "未设不得分"], merged=[[0, 1, 0, 2]],
    )  # fmt: skip
    assert [(g.title, g.sum) for g in found.groups] == [("组织", 5000), ("作用", 5000)]


def test_two_halves_side_by_side_are_read_one_after_the_other():
    half = ["项目", "内容", "分值", "评分标准"]
    found = read(
        ["支部考核表"], half + half, ["组织", "换届", "10", "未换届不得分", "作用", "示范岗", "20", "未设不得分"],
        ["", "党费", "10", "少1人扣1分", "", "志愿", "20", "少1次扣1分"], ["", "", "", "", "合计", "", "60", ""],
        merged=[[0, 0, 0, 7]],
    )  # fmt: skip
    assert [(g.title, [line.text for line in g.lines]) for g in found.groups] == [
        ("组织", ["换届", "党费"]), ("作用", ["示范岗", "志愿"]),
    ]  # fmt: skip
    assert (found.title, found.total, found.remarks) == ("支部考核表", 6000, [])


def test_demands_that_say_their_points_need_no_other_column():
    found = read(
        ["项目", "内容", "得分"], ["政治素质好（20分）", "1.坚持学习（5分）", ""], ["", "2.团结协作（15分）", ""],
        ["工作业绩好（10分）", "3.业绩突出（10分）", ""],
    )  # fmt: skip
    assert [(g.title, [(x.text, x.points) for x in g.lines]) for g in found.groups] == [
        ("政治素质好", [("坚持学习", 500), ("团结协作", 1500)]), ("工作业绩好", [("业绩突出", 1000)]),
    ]  # fmt: skip


def test_weights_in_percent_are_left_to_a_person():
    found = read(
        ["一级指标", "权重", "二级指标", "权重", "评分标准"], ["组织", "40%", "换届", "60%", "未换届不得分"],
        ["", "", "党费", "40%", "少1人扣1分"],
    )  # fmt: skip
    assert [line.points for line in found.lines] == [None, None]
    assert len(found.remarks) == 4


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "职务", "优秀", "合格"], ["某甲", "书记", "√", ""], ["某乙", "委员", "", "√"]],
        [["季度", "第一季度", "第二季度"], ["支部", "12", "13"], ["党员", "120", "121"]],
        [["序号", "支部名称", "自评得分", "考核得分", "等次"], ["1", "甲", "90", "91", "好"]],
    ],
)
def test_what_only_looks_like_a_standard_is_refused(rows):
    with pytest.raises(TableRefused):
        read(*rows)


def test_a_title_that_begins_with_first_keeps_it():
    found = read(
        ["项目", "内容", "分值", "评分标准"], ["第一议题", "每月落实", "60", "少一次扣1分"], ["第二部分 党费", "按月收缴", "40", "少一人扣1分"],
    )  # fmt: skip
    assert [g.title for g in found.groups] == ["第一议题", "党费"]


def test_a_row_of_its_own_may_hold_the_rule_of_the_demand_above():
    found = read(
        ["序号", "考核内容", "分值"], ["1", "按期换届", "40"], ["", "评分标准：未按期换届不得分", ""], ["", "检查方式：查资料", ""],
        ["2", "党费收缴", "60"], ["", "评分标准：少1人扣1分", ""], merged=[[2, 1, 2, 2], [5, 1, 5, 2]],
    )  # fmt: skip
    assert lines(found) == [
        ("按期换届", 4000, "未按期换届不得分"),
        ("党费收缴", 6000, "少1人扣1分"),
    ]
    assert (found.lines[0].method, found.remarks) == ("查资料", [])


def test_points_and_rule_in_one_column():
    found = read(
        ["考核项目", "考核内容", "分值及评分标准"], ["组织", "按期换届", "40分。未换届不得分"], ["", "党费", "60分。少1人扣1分"],
    )  # fmt: skip
    assert lines(found) == [("按期换届", 4000, "未换届不得分"), ("党费", 6000, "少1人扣1分")]


@pytest.mark.parametrize(
    ("printed", "points"),
    [("15（每项5分）", 1500), ("≤10", 1000), ("10分（其中党课4分）", 1000), ("２0.０", 2000), ("5分/次", None), ("若干", None)],
)  # fmt: skip
def test_points_as_they_are_printed(printed, points):
    found = read(
        ["项目", "内容", "分值", "评分标准"], ["组织", "换届", printed, "未换届不得分"], ["", "党费", "5", "少1人扣1分"],
    )  # fmt: skip
    assert found.lines[0].points == points


@pytest.mark.parametrize("below", ["-", "."])
@pytest.mark.parametrize("own_column", [True, False])
def test_what_is_numbered_below_a_number_is_its_group(below, own_column):
    rows = [
        ("1", "组织建设", "50", ""), (f"1{below}1", "换届", "20", "未换届不得分"), (f"1{below}2", "党费", "30", "少1人扣1分"),
        ("2", "作用", "50", ""), (f"2{below}1", "示范岗", "50", "未设不得分"),
    ]  # fmt: skip
    if own_column:
        found = read(["序号", "考核内容", "分值", "评分标准"], *map(list, rows))
    else:
        found = read(
            ["考核内容", "分值", "评分标准"], *([f"{n}、{t}", p, r] for n, t, p, r in rows)
        )
    assert [(g.title, g.points, g.sum) for g in found.groups] == [
        ("组织建设", 5000, 5000), ("作用", 5000, 5000),
    ]  # fmt: skip


def test_what_the_inspectors_conclude_is_no_clause():
    found = read(
        ["项目", "内容", "分值", "评分标准"], ["组织", "换届", "100", "未换届不得分"], ["考核结论", "合格□ 不合格□", "", ""],
        ["等次：优秀（90分以上）、合格（60分以上）", "", "", ""], ["考核组意见", "签字：   年  月  日", "", ""], ["被考核支部意见"],
        merged=[[3, 0, 3, 3], [4, 1, 4, 3]],
    )  # fmt: skip
    assert (lines(found), found.notes) == (
        [("换届", 10000, "未换届不得分")], ["等次：优秀（90分以上）、合格（60分以上）"],
    )  # fmt: skip


@pytest.mark.parametrize("got", [[], [""]])
def test_a_frame_of_one_column_is_read_as_paragraphs(got):
    found = read(
        ["党支部考核标准", *got], ["考核内容及评分标准", *(["得分"] if got else [])], ["一、组织建设（50分）", *got],
        ["1.换届（20分）。未换届不得分。\n2.党费（30分）。少1人扣1分。", *got], ["二、作用发挥（50分）", *got],
        ["3.示范岗（50分）。未设不得分。", *got],
    )  # fmt: skip
    assert [(g.title, g.points, [(x.text, x.points, x.rule_text) for x in g.lines]) for g in found.groups] == [
        ("组织建设", 5000, [("换届", 2000, "未换届不得分。"), ("党费", 3000, "少1人扣1分。")]),
        ("作用发挥", 5000, [("示范岗", 5000, "未设不得分。")]),
    ]  # fmt: skip


FILLED_IN = ["填报单位：", "", "", "填报时间：", ""]


@pytest.mark.parametrize("two_rows", [True, False])
@pytest.mark.parametrize("other", ["机关", "兩新"])
def test_of_a_column_per_field_one_is_read_and_the_table_says_so(two_rows, other):
    if two_rows:
        head = [FILLED_IN, ["项目", "内容", "分值", "", "评分标准"], ["", "", "农村", other, ""]]
        merged = [[1, 0, 2, 0], [1, 1, 2, 1], [1, 2, 1, 3], [1, 4, 2, 4]]
    else:
        head, merged = [["项目", "内容", "农村分值", f"{other}分值", "评分标准"]], []
    found = read(
        *head, ["组织", "换届", "60", "40", "未换届不得分"], ["", "党费", "40", "60", "少1人扣1分"], merged=merged
    )  # fmt: skip
    assert lines(found) == [("换届", 6000, "未换届不得分"), ("党费", 4000, "少1人扣1分")]
    fields = f"农村、{other.replace('兩', '两')}"
    assert [
        f"分值按领域分栏（{fields}），只读入了“农村”一栏。" in remark.zh for remark in found.remarks
    ] == [True]


def test_a_column_of_minus_signs_earns_nothing():
    found = read(
        ["考核内容", "分值", "评分标准"],
        ["换届", "-5", "未换届扣5分"],
        ["党费", "-3", "少1人扣1分"],
    )
    assert [(g.kind, len(g.lines)) for g in found.groups] == [("deduct", 2)]
    assert found.sum == 0


def test_text_below_the_table_that_decides_a_tier_is_told():
    rows = sheet(
        ["内容", "分值", "评分标准"], ["换届", "60", "未换届不得分"], ["党费", "40", "少1人扣1分"]
    )
    below = ["考核组成员名单", "得分90分及以上为优秀。", "有下列情形之一的，直接评为不合格："]
    found = table.read(layouts.Layout("docx", [rows, *below]))
    assert [remark.zh for remark in found.remarks] == [
        "表格下面有2行文字没有读入，请核对：“得分90分及以上为优秀。”等。"
    ]
