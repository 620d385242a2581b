"""Layouts as strangers print them, second part: cells that share their rules, pages, pasted text, signs and sums."""

from portal.kit import layouts
from standards.reading import table
from standards.tests.reading.drawn import groups, sheet
from standards.tests.reading.drawn import read_sheets as read

HEAD = ["项目", "考核内容", "分值", "评分标准"]


def rules(found):
    return [(line.text, line.points, line.rule_text) for line in found.lines]


def test_a_demand_without_a_number_among_the_rules_has_none():
    found = read(
        sheet(
            HEAD,
            ["组织", "①支委健全（2分）\n②按期换届（2分）\n③分工明确（2分）", "6", "①每缺1人扣1分\n③分工不明确扣1分"],
            ["学习", "每月学习1次", "3", "每少1次扣0.5分"],
        )
    )  # fmt: skip
    assert rules(found)[:3] == [
        ("支委健全", 200, "每缺1人扣1分"),
        ("按期换届", 200, ""),
        ("分工明确", 200, "分工不明确扣1分"),
    ]


def shared(*demands, rule):
    body = [
        ["组织" if not at else "", one, "2", "" if at else rule] for at, one in enumerate(demands)
    ]
    merged = [[1, 0, len(demands), 0], [1, 3, len(demands), 3]]
    return read(sheet(HEAD, *body, merged=merged))


def test_the_numbered_rules_of_a_merged_cell_belong_to_the_demands_of_their_numbers():
    found = shared("1.支委健全", "2.按期换届", rule="1.每缺1人扣1分\n2.未换届不得分")
    assert rules(found) == [("支委健全", 200, "每缺1人扣1分"), ("按期换届", 200, "未换届不得分")]
    assert not [remark for remark in found.remarks if "合并" in remark.zh]


def test_where_the_demands_have_no_numbers_the_order_decides_and_is_told():
    found = shared("支委健全", "按期换届", rule="①每缺1人扣1分\n②未换届不得分")
    assert [rule for _text, _points, rule in rules(found)] == ["每缺1人扣1分", "未换届不得分"]
    assert "已按次序分给各条，请核对" in found.remarks[0].zh


def test_more_rules_than_demands_in_a_merged_cell_are_told():
    found = shared("支委健全", "按期换届", rule="①每缺1人扣1分\n②未换届不得分\n③未公示扣1分")
    assert len({rule for _text, _points, rule in rules(found)}) == 1
    assert "请按条分开" in found.remarks[0].zh


def test_line_ends_within_words_are_those_of_the_print():
    found = read(
        sheet(
            HEAD,
            ["组织", "支委会\n健全，\n分工明\n确", "5", "支委会未\n健全的扣\n2分，分\n工不明确\n的扣1分。"],
            ["学习", "每月学习1次", "3", "每少1\n次扣0.\n5分"],
            ["阵地", "有党旗\n有桌椅", "2", "没有党旗扣1分\n没有桌椅扣1分"],
        )
    )  # fmt: skip
    assert rules(found) == [
        ("支委会健全，分工明确", 500, "支委会未健全的扣2分，分工不明确的扣1分。"),
        ("每月学习1次", 300, "每少1次扣0.5分"),
        ("有党旗\n有桌椅", 200, "没有党旗扣1分\n没有桌椅扣1分"),
    ]


def test_a_group_beside_a_demand_over_two_columns_is_kept():
    found = read(
        sheet(
            ["项目", "内容", "要求", "分值", "评分标准"],
            ["组织", "支委", "健全", "5", "每缺1人扣1分"],
            ["", "按期换届", "", "3", "未换届不得分"],
            ["学习", "每月学习1次", "", "3", "每少1次扣0.5分"],
            merged=[[1, 0, 2, 0], [2, 1, 2, 2], [3, 1, 3, 2]],
        )
    )
    assert groups(found) == [
        ("组织", None, ["健全", "按期换届"]),
        ("学习", None, ["每月学习1次"]),
    ]


def test_three_levels_of_numbers_are_a_group_what_stands_between_and_a_clause():
    found = read(
        sheet(
            ["编号", "指标", "分值", "评分标准"],
            ["1", "组织建设", "4", ""],
            ["1.1", "班子建设", "2", ""],
            ["1.1.1", "支委健全", "2", "每缺1人扣1分"],
            ["1.2", "队伍建设", "2", ""],
            ["1.2.1", "名册齐全", "2", "缺1人扣0.5分"],
            ["2", "学习教育", "3", ""],
            ["2.1", "每月学习1次", "3", "每少1次扣0.5分"],
        )
    )
    assert groups(found) == [
        ("组织建设", 400, ["支委健全", "名册齐全"]),
        ("学习教育", 300, ["每月学习1次"]),
    ]
    assert [line.subgroup for line in found.lines] == ["班子建设", "队伍建设", ""]


def test_paragraphs_of_a_cell_pasted_as_lines_of_their_own():
    pasted = (
        "支部考核评分表\n项目\t考核内容\t分值\t评分标准\t得分\n"
        "组织\n（5分）\t①支委健全\n②按期换届\t5\t①每缺1人扣1分\n②未换届不得分\t\n"
        "学习\t每月学习1次\t3\t每少1次扣0.5分\t\n"
    )
    found = table.read(layouts.paste(pasted))
    assert groups(found) == [
        ("组织", 500, ["①支委健全\n②按期换届"]),
        ("学习", None, ["每月学习1次"]),
    ]
    assert [line.points for line in found.lines] == [500, 300]


def test_cells_pasted_one_below_the_other_without_numbers():
    cells = ["支部考核评分表", "项目", "考核内容", "分值", "评分标准", "得分"]
    cells += ["组织", "支委健全", "5", "每缺1人扣1分", "按期换届", "3", "未换届不得分"]
    cells += ["学习", "每月学习1次", "3", "每少1次扣0.5分", "合计", "11"]
    found = table.read(layouts.paste("\n".join(cells)))
    assert groups(found) == [
        ("组织", None, ["支委健全", "按期换届"]),
        ("学习", None, ["每月学习1次"]),
    ]


def test_amounts_alone_below_what_they_sum_up_are_no_clause():
    found = read(
        sheet(
            ["类别", "内容", "分值", "评分标准"],
            ["组织", "支委健全", "5分", "每缺1人扣1分"],
            ["", "按期换届", "3分", "未换届不得分"],
            ["", "", "8分", ""],
        )
    )
    assert groups(found) == [("组织", None, ["支委健全", "按期换届"])]
    assert found.total == 800


def test_what_each_case_costs_stands_under_a_bare_heading():
    found = read(
        sheet(
            ["项目", "扣分情形", "扣分"],
            ["组织建设（8分）", "支委长期不健全", "3"],
            ["", "未按期换届选举", "5"],
            ["学习教育（6分）", "每少学习1次的", "1"],
            merged=[[1, 0, 2, 0]],
        )
    )
    assert rules(found) == [
        ("组织建设", 800, "支委长期不健全扣3分\n未按期换届选举扣5分"),
        ("学习教育", 600, "每少学习1次的扣1分"),
    ]


def test_rows_that_fall_to_nothing_are_the_levels_of_their_group():
    found = read(
        sheet(
            ["指标", "标准", "分值"],
            ["阵地建设", "独立使用", "5"],
            ["", "与人合用", "3"],
            ["", "没有阵地", "0"],
            ["学习教育", "制度健全", "4"],
            ["", "制度不全", "0"],
            merged=[[1, 0, 3, 0], [4, 0, 5, 0]],
        )
    )
    assert rules(found) == [
        ("阵地建设", 500, "独立使用得5分；与人合用得3分；没有阵地得0分"),
        ("学习教育", 400, "制度健全得4分；制度不全得0分"),
    ]


def test_a_range_below_a_grade_stays_a_range():
    found = read(
        sheet(["考核内容", "分值", "好", "一般", "差"], ["作用发挥", "10", "9-10", "6-8", "0—5"])
    )
    assert rules(found) == [("作用发挥", 1000, "好得9-10分；一般得6-8分；差得0—5分")]


def test_footnotes_below_the_last_clause_are_kept():
    found = read(
        sheet(
            [*HEAD, "得分"],
            ["组织", "支委健全①", "5", "每缺1人扣1分", ""],
            ["", "按期换届", "3", "未换届不得分", ""],
            ["①书记除外。", "", "", "", ""],
            merged=[[1, 0, 2, 0], [3, 0, 3, 4]],
        )
    )
    assert found.notes == ["①书记除外。"]


def test_the_only_clause_without_points_is_told_what_is_left_of_its_group():
    found = read(
        sheet(
            HEAD,
            ["组织（8分）", "支委健全", "5", "每缺1人扣1分"],
            ["", "按期换届", "", "未换届不得分"],
            ["学习（3分）", "每月学习1次", "3", "每少1次扣0.5分"],
            merged=[[1, 0, 2, 0]],
        )
    )
    assert [remark.zh for remark in found.remarks] == ["没有读到分值：按期换届（“组织”还余3分）"]


def test_breaks_of_a_web_page_within_cells():
    drawn = "| 项目 | 考核内容 | 分值 | 评分标准 |\n|---|---|---|---|\n"
    found = table.read(
        layouts.paste(f"{drawn}| 组织 | 支委健全 | 5 | 每缺1人扣1分<br>分工不明扣1分 |\n")
    )
    assert found.lines[0].rule_text == "每缺1人扣1分\n分工不明扣1分"


def test_a_rule_that_the_page_cut_before_its_amount():
    head = [*HEAD, "得分"]
    first = sheet(head, ["组织", "支委健全", "5", "每缺1人扣1分；未换届的", ""], name="1")
    second = sheet(
        ["", "", "", "扣2分。", ""], ["学习", "每月学习1次", "5", "每少1次扣0.5分", ""], name="2"
    )
    assert read(first, second, kind="docx").lines[0].rule_text == "每缺1人扣1分；未换届的扣2分。"


def test_headings_of_a_list_inside_the_table_only_name_it():
    found = read(
        sheet(
            HEAD,
            ["组织", "支委健全", "5", "每缺1人扣1分"],
            ["学习", "每月学习1次", "5", "每少1次扣0.5分"],
            ["加分项", "加分内容", "加分分值", "加分标准"],
            ["1", "受市级表彰", "3", "每次加3分"],
            ["扣分项", "扣分内容", "扣分分值", "扣分标准"],
            ["1", "受通报批评", "2", "每次扣1分"],
        )
    )
    assert [(g.title, g.kind) for g in found.groups[2:]] == [
        ("加分项", "bonus"),
        ("扣分项", "deduct"),
    ]
    assert [line.rule_text for line in found.lines[2:]] == ["每次加3分", "每次扣1分"]


def test_roman_numbers_and_amounts_in_another_column_make_titles():
    found = read(
        sheet(
            ["序号", "指标", "分值", "评分标准"],
            ["Ⅰ", "组织建设", "5", ""],
            ["1", "支委健全", "5", "每缺1人扣1分"],
            ["Ⅱ", "学习教育", "", "3分"],
            ["1", "每月学习1次", "3", "每少1次扣0.5分"],
        )
    )
    assert groups(found) == [
        ("组织建设", 500, ["支委健全"]),
        ("学习教育", 300, ["每月学习1次"]),
    ]


def test_one_rule_for_any_of_several_demands_is_each_of_theirs():
    found = read(
        sheet(
            HEAD,
            ["组织", "1.按期换届；（2分）\n2.支委健全。（3分）", "5", "每有一项不符合扣2分，扣完为止"],
            ["学习", "每月学习1次", "3", "每少1次扣0.5分"],
        )
    )  # fmt: skip
    assert [(line.text, line.points, line.rule_text) for line in found.lines[:2]] == [
        ("按期换届", 200, "每有一项不符合扣2分，扣完为止"),
        ("支委健全。", 300, "每有一项不符合扣2分，扣完为止"),
    ]


def test_amounts_with_signs_say_what_happens():
    found = read(
        sheet(
            ["序号", "考核事项", "分值"],
            ["1", "发生越级上访", "-2/次"],
            ["2", "信息被采用", "+0.5/篇"],
            ["3", "受到党纪处分的", "-10"],
        )
    )
    assert [(line.points, line.rule_text) for line in found.lines] == [
        (None, "每次扣2分"),
        (None, "每篇加0.5分"),
        (None, "扣10分"),
    ]


def test_blank_lines_between_pasted_rows():
    found = table.read(
        layouts.paste(
            "考核内容\t分值\t评分标准\n\n支委健全\t5\t每缺1人扣1分\n\n按期换届\t3\t未换届不得分\n"
        )
    )
    assert [line.text for line in found.lines] == ["支委健全", "按期换届"]


def test_a_numbered_demand_that_its_parts_make_up_is_no_clause_of_its_own():
    found = read(
        sheet(
            ["序号", "考核内容", "分值", "评分标准"],
            ["1", "三会一课", "4", ""],
            ["", "（1）党员大会每季度1次", "2", "每少1次扣0.5分"],
            ["", "（2）支委会每月1次", "2", "每少1次扣0.2分"],
            ["2", "按期换届", "3", "未换届不得分"],
        )
    )
    assert [(line.subgroup, line.text, line.points) for line in found.lines] == [
        ("三会一课", "党员大会每季度1次", 200),
        ("三会一课", "支委会每月1次", 200),
        ("", "按期换届", 300),
    ]


def test_what_earns_nothing_in_a_column_of_its_own_is_said_with_it():
    found = read(
        sheet(
            ["考核内容", "分值", "扣分情形", "不得分情形"],
            ["支委健全", "5", "每缺1人扣1分", "未成立支委会"],
            ["按月学习", "3", "每少1次扣0.5分", ""],
        )
    )
    assert [line.rule_text for line in found.lines] == [
        "每缺1人扣1分\n未成立支委会的，不得分",
        "每少1次扣0.5分",
    ]


def test_numbered_rules_in_a_row_below_their_demands():
    found = read(
        sheet(
            ["考核内容", "分值", "得分"],
            ["1.支委健全", "5", ""],
            ["2.按期换届", "3", ""],
            ["评分标准：1.每缺1人扣1分；2.未换届不得分。", "", ""],
            ["3.有笔记", "1", ""],
            ["评分标准：无笔记扣1分。", "", ""],
            merged=[[3, 0, 3, 2], [5, 0, 5, 2]],
        )
    )
    assert rules(found) == [
        ("支委健全", 500, "每缺1人扣1分；"),
        ("按期换届", 300, "未换届不得分。"),
        ("有笔记", 100, "无笔记扣1分。"),
    ]


def test_ditto_in_the_column_of_groups_and_bare_brackets_for_points():
    found = read(
        sheet(
            ["项目", "考核内容及分值", "评分标准"],
            ["组织", "支委健全（5）", "每缺1人扣1分"],
            ["同上", "按期换届（3）", "未换届不得分"],
            ["学习", "有笔记（1）", "无笔记扣1分"],
        )
    )
    assert groups(found) == [
        ("组织", None, ["支委健全", "按期换届"]),
        ("学习", None, ["有笔记"]),
    ]
    assert [line.points for line in found.lines] == [500, 300, 100]


def test_the_lines_to_fill_in_again_on_the_next_page_are_no_clause():
    found = read(
        sheet(
            ["支部考核细则", "", "", ""], ["单位：", "", "时间：", ""], HEAD, ["组织", "支委健全", "5", "每缺1人扣1分"],
            ["支部考核细则", "", "", ""], ["单位：", "", "时间：", ""], HEAD, ["组织", "按期换届", "3", "未换届不得分"],
            ["学习", "有笔记", "1", "无笔记扣1分"],
        )
    )  # fmt: skip
    assert groups(found) == [
        ("组织", None, ["支委健全", "按期换届"]),
        ("学习", None, ["有笔记"]),
    ]
