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


def test_numbers_below_one_wide_heading_are_a_second_row_of_headings():
    above = ["考核指标", "考核指标", "工作内容", "评分标准", "扣分"]
    below = ["（一）", "（二）", "工作内容", "评分标准", "扣分"]
    merged = [
        [top, 0, top, 1] if wide else [top, at, top + 1, at]
        for top in (0, 4)
        for wide, at in ((True, 0), (False, 2), (False, 3), (False, 4))
    ]
    found = read(
        above, below,
        ["组织\n（5分）", "例会\n（3分）", "每季度召开例会1次", "少一次扣1分", ""],
        ["", "台账\n（2分）", "台账齐全", "无台账不得分", ""],
        above, below,
        ["阵地\n（4分）", "场所\n（4分）", "有固定场所和标牌", "缺标牌扣1分", ""],
        merged=[*merged, [2, 0, 3, 0]],
    )  # fmt: skip
    assert shape(found) == [
        ("组织", 500, [("每季度召开例会1次", 300, "少一次扣1分"), ("台账齐全", 200, "无台账不得分")]),
        ("阵地", 400, [("有固定场所和标牌", 400, "缺标牌扣1分")]),
    ]  # fmt: skip


def test_a_column_of_several_numbered_demands_is_the_finest_whatever_stands_beside_it():
    found = read(
        ["考评标准", "标准内涵", "考评要素", "得分"],
        ["1.班子好\n（6分）", "团结协作，有凝聚力。", "1.支委分工明确（2分）\n2.每季度研究工作1次（4分，少一次扣1分）", ""],
        ["2.队伍好\n（5分）", "作用突出。", "1.党员亮明身份（3分）\n2.党员无违纪（2分），有1人违纪不得分\n3.经验被推广（一次0.5分）", ""],
    )  # fmt: skip
    assert shape(found) == [
        ("班子好", 600, [("支委分工明确", 200, ""), ("每季度研究工作1次", 400, "少一次扣1分")]),
        ("队伍好", 500, [("党员亮明身份", 300, ""), ("党员无违纪", 200, "有1人违纪不得分"), ("经验被推广（一次0.5分）", None, "")]),
    ]  # fmt: skip
    assert [line.subgroup for line in found.lines[:2]] == ["团结协作，有凝聚力。"] * 2
    assert any(r.zh == "没有读到分值：经验被推广（一次0.5分）" for r in found.remarks)


def test_numbered_demands_beside_numbered_losses_are_a_clause_each():
    found = read(
        ["项目", "考核标准", "减分标准", "得分"],
        [
            "引领",
            "1.队伍稳定。\n2.学习每月一次。",
            "1.有上访-5分。\n2.少一次-2分，无记录-1分。",
            "",
        ],
        ["保障", "1.岗区划分合理。\n2.资料齐全。", "1.未划分-3分。\n2.资料缺一份-1分。", ""],
    )
    assert shape(found) == [
        ("引领", None, [("队伍稳定。", None, "有上访-5分。"), ("学习每月一次。", None, "少一次-2分，无记录-1分。")]),
        ("保障", None, [("岗区划分合理。", None, "未划分-3分。"), ("资料齐全。", None, "资料缺一份-1分。")]),
    ]  # fmt: skip


def test_how_much_a_case_costs_in_the_column_beside_it_goes_behind_the_case():
    found = read(
        ["类别", "基础分", "扣分", "扣分", "加分", "加分"],
        ["类别", "基础分", "扣分情形", "扣分标准", "加分情形", "加分标准"],
        ["生活", "30", "未按时开会", "2分/次", "形式被推广", "3分/次"],
        ["", "", "记录不全", "1分/次", "", ""],
        ["教育", "20", "学时未满", "0.5分/人", "受到表彰", "2分/人"],
        merged=[[0, 2, 0, 3], [0, 4, 0, 5], [0, 0, 1, 0], [0, 1, 1, 1]],
    )
    assert shape(found) == [
        ("生活", 3000, [("未按时开会", None, "扣2分/次"), ("形式被推广", None, "加3分/次"), ("记录不全", None, "扣1分/次")]),
        ("教育", 2000, [("学时未满", None, "扣0.5分/人"), ("受到表彰", None, "加2分/人")]),
    ]  # fmt: skip


def test_a_name_said_again_in_the_next_group_does_not_turn_the_columns_round():
    found = read(
        ["分类", "项目", "考核要点", "分值", "计分方法"],
        ["班子", "日常管理", "例会按期召开", "6", "少一次扣0.5分"],
        ["队伍", "日常管理", "党员名册更新", "5", "一人未更新扣0.5分"],
        ["阵地", "设施", "有标牌", "4", "没有的不得分"],
        ["经费", "使用", "按规定列支", "4", "一笔不符扣1分"],
        ["宣传", "信息", "按月报送信息", "4", "少一次扣1分"],
    )
    assert [group.title for group in found.groups] == ["班子", "队伍", "阵地", "经费", "宣传"]
    assert [line.subgroup for line in found.lines][:2] == ["日常管理", "日常管理"]
