"""What columns hold where their headings say little: numbers that begin again, 分类 beside 项目, a heading with a remark."""

from standards.tests.reading.drawn import read, shape


def test_numbers_that_begin_again_in_each_group_are_no_points():
    found = read(
        ["一", "组织设置", "7", ""],
        ["1", "支委按期换届", "4", "逾期不得分"],
        ["2", "党小组划分合理", "3", "划分不合理扣1分"],
        ["二", "组织生活", "8", ""],
        ["1", "党课每季度一次", "4", "少一次扣1分"],
        ["2", "主题党日每月一次", "4", "少一次扣0.4分"],
    )
    assert shape(found) == [
        ("组织设置", 700, [("支委按期换届", 400, "逾期不得分"), ("党小组划分合理", 300, "划分不合理扣1分")]),
        ("组织生活", 800, [("党课每季度一次", 400, "少一次扣1分"), ("主题党日每月一次", 400, "少一次扣0.4分")]),
    ]  # fmt: skip


def test_of_two_columns_with_one_row_each_the_left_one_names_the_groups():
    found = read(
        ["序号", "分类", "项目", "考核标准", "分值", "计分方法"],
        ["1", "班子", "中心组学习", "每月学习一次", "6", "少一次扣0.5分"],
        ["2", "队伍", "党员轮训", "每人每年一期", "5", "一人未参加扣0.5分"],
        ["3", "阵地", "活动场所", "有标牌", "4", "没有的不得分"],
    )
    assert [(g.title, g.lines[0].subgroup, g.lines[0].text) for g in found.groups] == [
        ("班子", "中心组学习", "每月学习一次"),
        ("队伍", "党员轮训", "每人每年一期"),
        ("阵地", "活动场所", "有标牌"),
    ]


def test_a_heading_with_a_long_remark_is_one_on_each_page():
    heading = [
        "指标",
        "基础分",
        "考核内容及计分办法\n（各项扣完为止，加分项目上不封顶，材料以年底归档为准）",
        "得分",
    ]
    found = read(
        heading,
        ["班子", "4", "支委职责分工明确。有一项不明确扣1分", ""],
        heading,
        ["队伍", "3", "党员组织关系按时接转。迟转一人扣0.5分", ""],
    )
    assert shape(found) == [
        ("班子", None, [("支委职责分工明确", 400, "有一项不明确扣1分")]),
        ("队伍", None, [("党员组织关系按时接转", 300, "迟转一人扣0.5分")]),
    ]
