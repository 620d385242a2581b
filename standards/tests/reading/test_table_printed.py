"""Layouts as strangers print them: two levels of groups on two pages, one column for everything, numbers without a mark."""

from standards.tests.reading.drawn import groups, sheet
from standards.tests.reading.drawn import read_sheets as read


def lines(found):
    return [(line.number, line.text, line.points) for line in found.lines]


def test_the_line_to_fill_in_above_two_rows_of_headings_is_none_of_them():
    found = read(
        sheet(
            ["填报单位：（盖章）", "", "", "年　月　日"],
            ["考核项目", "", "考核内容", "分值", "评分标准"],
            ["名称", "分值", "", "", ""],
            ["制度", "5", "建立台账", "3", "未建立不得分"],
            ["", "", "按月公示", "2", "每少1次扣0.5分"],
            merged=[[1, 0, 1, 1], [1, 2, 2, 2], [1, 3, 2, 3], [1, 4, 2, 4], [3, 0, 4, 0]],
        )
    )
    assert groups(found) == [("制度", 500, ["建立台账", "按月公示"])]


def test_the_same_name_below_two_groups_does_not_join_them():
    head = ["类别", "", "内容", "评分标准", "分值"]
    found = read(
        sheet(
            head,
            ["组织建设（4分）", "关键指标", "按期换届", "未换届不得分", "2"],
            ["", "日常指标", "支委健全", "每缺1人扣1分", "2"],
            ["学习教育（3分）", "日常指标", "每月学习1次", "每少1次扣0.5分", "2"],
            ["", "", "有笔记", "无笔记扣1分", "1"],
            merged=[[0, 0, 0, 1], [1, 0, 2, 0], [3, 0, 4, 0], [3, 1, 4, 1]],
        )
    )
    assert groups(found) == [
        ("组织建设", 400, ["按期换届", "支委健全"]),
        ("学习教育", 300, ["每月学习1次", "有笔记"]),
    ]


def test_a_second_page_on_which_the_inner_name_goes_on_keeps_the_groups():
    head = ["类别", "", "内容", "评分标准", "分值"]
    first = sheet(
        head,
        ["组织建设", "关键指标", "按期换届", "未换届不得分", "2"],
        ["", "日常指标", "支委健全", "每缺1人扣1分", "2"],
        merged=[[0, 0, 0, 1], [1, 0, 2, 0]],
        name="1",
    )
    second = sheet(
        head,
        ["组织建设", "日常指标", "党费按月收缴", "每少1个月扣0.5分", "2"],
        ["", "", "台账齐全", "缺一项扣0.5分", "2"],
        ["学习教育", "日常指标", "每月学习1次", "每少1次扣0.5分", "2"],
        ["", "", "有笔记", "无笔记扣1分", "1"],
        merged=[[0, 0, 0, 1], [1, 0, 2, 0], [1, 1, 2, 1], [3, 0, 4, 0], [3, 1, 4, 1]],
        name="2",
    )
    assert [title for title, *_ in groups(read(first, second, kind="docx"))] == [
        "组织建设",
        "学习教育",
    ]


def test_clauses_alone_in_the_only_filled_column_say_their_points_themselves():
    found = read(
        sheet(
            ["考核项目及评分标准", "分值", "得分"],
            ["一、组织建设（3分）", "", ""],
            ["1.签订责任书，1分。", "", ""],
            ["2.每季度研究1次，得2分，每少1次扣0.5分。", "", ""],
            ["二、应急值守（1分）", "", ""],
            ["1.未制定预案，减0.5分。", "", ""],
            ["2.未组织演练，减0.5分。", "", ""],
            merged=[[1, 0, 1, 2], [4, 0, 4, 2]],
        )
    )
    assert [(g.title, g.points, [line.points for line in g.lines]) for g in found.groups] == [
        ("组织建设", 300, [100, 200]),
        ("应急值守", 100, [50, 50]),
    ]


def test_numbers_without_a_mark_are_no_part_of_the_demand():
    found = read(
        sheet(
            ["考核内容", "评分标准", "分值"],
            ["1建立健全制度", "制度不健全扣1分", "2"],
            ["2信息报送每月不少于2篇", "每少1篇扣0.2分", "3"],
            ["3党课每季度1次", "每少1次扣0.5分", "2"],
        )
    )
    assert lines(found) == [
        ("1", "建立健全制度", 200),
        ("2", "信息报送每月不少于2篇", 300),
        ("3", "党课每季度1次", 200),
    ]


def test_amounts_that_do_not_count_on_stay_in_the_demand():
    found = read(
        sheet(
            ["考核内容", "评分标准", "分值"],
            ["1名书记到岗", "未到岗不得分", "2"],
            ["2名委员到岗", "每缺1人扣1分", "3"],
            ["1间活动室", "没有的不得分", "2"],
            ["4面制度牌", "每缺1面扣0.5分", "2"],
        )
    )
    assert [line.text for line in found.lines][0] == "1名书记到岗"


def test_what_the_demand_is_good_for_before_its_rule():
    found = read(
        sheet(
            ["项目", "考核内容及标准", "得分"],
            ["学习", "党员参学情况良好的20分，每缺1人扣2分", ""],
            ["", "笔记完整 10分（每缺一篇扣2分）", ""],
        )
    )
    assert [(line.text, line.points, line.rule_text) for line in found.lines] == [
        ("党员参学情况良好", 2000, "每缺1人扣2分"),
        ("笔记完整", 1000, "每缺一篇扣2分"),
    ]
