"""A county's own table is read exactly: the six ugly ones, and any standard in any of many layouts."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kit import layouts
from standards.reading import table, tablejson
from standards.reading.table import TableRefused
from standards.tests.reading.make_tables import TABLES

FOLDER = Path(__file__).parent / "tables"


def read(*rows, merged=(), kind="xlsx", sheet="表"):
    return table.read(layouts.Layout(kind, [layouts.grid(sheet, [list(r) for r in rows], merged)]))


@pytest.mark.parametrize("name", TABLES)
def test_each_ugly_table_is_read_as_a_person_reads_it(name):
    expected = json.loads((FOLDER / name).with_suffix(".json").read_text(encoding="utf-8"))
    assert tablejson.data(table.read(layouts.read(FOLDER / name))) == expected


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_those_of_the_script(tmp_path, name):
    TABLES[name](tmp_path / name)
    assert layouts.read(tmp_path / name) == layouts.read(FOLDER / name)


DEMANDS = [
    "支部委员会按期换届", "党员名册健全", "按月足额交纳党费", "支部党员大会正常召开", "党课学习有计划、有记录",
    "主题党日主题鲜明", "谈心谈话经常开展", "发展党员程序规范", "民主评议党员按时开展", "活动阵地功能齐全",
    "党务公开及时", "服务群众机制健全", "流动党员管理到位", "“三资”管理规范", "村规民约完善", "年度述职评议落实",
]  # fmt: skip
RULES = [
    "每少一次扣0.5分，扣完为止。", "未达到的不得分。", "60%以下扣2分，每低10个百分点再扣1分。", "酌情扣1-3分。",
    "好得5分，较好得3分，一般得1分。", "无台账不得分，不完整扣1分。", "①缺一项扣1分；②弄虚作假的不得分。",
]  # fmt: skip
GROUPS = ["组织建设", "队伍建设", "制度落实", "作用发挥", "基础保障"]
HEADINGS = {
    "group": ["考核项目", "一级指标", "类 别", "板块"],
    "text": ["考核内容", "内容及要求", "考核要点", "二级指标"],
    "points": ["分值", "标准分", "分 值（分）", "满分"],
    "rule": ["评分标准", "评分细则", "计分办法", "扣分标准"],
    "method": ["检查方式", "考核方法"],
    "got": ["自评得分", "得分", "备注"],
}
WIDE = str.maketrans("0123456789()", "０１２３４５６７８９（）")


@st.composite
def standards(draw):
    """Groups of (demand, points, rule): no demand twice."""
    demands = draw(st.permutations(DEMANDS))
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    found, at = [], 0
    for title, size in zip(draw(st.permutations(GROUPS)), sizes, strict=False):
        lines = [
            (
                demand,
                draw(st.sampled_from([50, 100, 150, 200, 300, 500, 1000])),
                draw(st.sampled_from(RULES)),
            )
            for demand in demands[at : at + size]
        ]
        found.append((title, lines))
        at += size
    return found


@st.composite
def laid_out(draw):
    standard = draw(standards())
    style = draw(st.sampled_from(["merged", "blank", "repeated", "row"]))
    order = draw(st.permutations(["text", "points", "rule", "got", "method"]))
    columns = order if style == "row" else draw(st.permutations(["group", *order]))
    wide, inside, numbered = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    rows, merged = [["某某党支部考核评分表"]], [[0, 0, 0, len(columns) - 1]]
    rows.append([draw(st.sampled_from(HEADINGS[c])) for c in columns])
    for number, (title, lines) in enumerate(standard):
        named = f"{'一二三四五'[number]}、{title}" if numbered or style == "row" else title
        named += f"（{number_of(sum(p for _d, p, _r in lines))}分）" if inside else ""
        if style == "row":
            merged.append([len(rows), 0, len(rows), len(columns) - 1])
            rows.append([named])
        start = len(rows)
        for at, (demand, points, rule) in enumerate(lines):
            cells = {
                "group": named if at == 0 or style == "repeated" else "",
                "text": demand, "points": number_of(points), "rule": rule, "method": "查资料", "got": "",
            }  # fmt: skip
            rows.append(
                [cells[c].translate(WIDE) if wide and c == "points" else cells[c] for c in columns]
            )
        if style == "merged" and len(lines) > 1:
            column = columns.index("group")
            merged.append([start, column, len(rows) - 1, column])
    if draw(st.booleans()):
        total = ["" for _ in columns]
        total[columns.index("points")] = number_of(
            sum(p for _t, lines in standard for _d, p, _r in lines)
        )
        total[columns.index("text")] = "合 计"
        rows.append(total)
    rows.append(["注：本表由考核组填写。"])
    rows.append(["考核人签字："])
    return standard, rows, merged


def number_of(centipoints):
    return f"{centipoints / 100:g}"


@settings(max_examples=300, deadline=None)
@given(laid_out())
def test_a_standard_reads_the_same_in_any_layout(case):
    standard, rows, merged = case
    found = read(*rows, merged=merged)
    assert [
        (g.title, [(line.text, line.points, line.rule_text) for line in g.lines])
        for g in found.groups
    ] == standard
    assert (found.title, found.notes, found.remarks) == (
        "某某党支部考核评分表", ["注：本表由考核组填写。"], [],
    )  # fmt: skip


HEAD = ["项目", "内容", "分值", "评分标准"]


def test_points_that_do_not_add_up_are_told_and_left_alone():
    found = read(
        HEAD,
        ["组织（10分）", "按期换届", "4", "未换届不得分"],
        ["", "党费收缴", "5", "少一人扣1分"],
        ["合计", "", "12", ""],
    )
    assert [line.points for line in found.lines] == [400, 500]
    assert [remark.zh for remark in found.remarks] == [
        "“组织”写明10分，各条目合计9分。",
        "评分表写明总分12分，各条目合计9分。",
    ]


def test_points_that_are_no_number_are_left_to_a_person():
    found = read(
        HEAD, ["组织", "按期换届", "若干", "未换届不得分"], ["", "党费收缴", "5", "少一人扣1分"]
    )
    assert found.lines[0].points is None
    assert [remark.path for remark in found.remarks] == ["表!C2", "表!B2"]


def test_a_demand_that_says_other_points_than_its_column_is_told():
    found = read(
        HEAD, ["组织", "按期换届（3分）", "4", "未换届不得分"], ["", "党费收缴", "5", "少一人扣1分"]
    )
    assert (found.lines[0].text, found.lines[0].points) == ("按期换届（3分）", 400)
    assert [remark.path for remark in found.remarks] == ["表!B2"]


def test_points_over_several_demands_make_one_clause():
    found = read(
        HEAD, ["三会一课", "支委会每月一次", "6", "少一次扣0.5分"], ["", "党课每季度一次", "", "少一次扣1分"],
        ["主题党日", "每月一次", "4", "少一次扣0.5分"], merged=[[1, 0, 2, 0], [1, 2, 2, 2]],
    )  # fmt: skip
    assert [(line.text, line.points, line.rule_text) for line in found.lines] == [
        ("支委会每月一次\n党课每季度一次", 600, "少一次扣0.5分\n少一次扣1分"),
        ("每月一次", 400, "少一次扣0.5分"),
    ]


def test_a_demand_over_several_scored_rows_makes_several_clauses():
    found = read(
        HEAD, ["三会一课", "会议正常", "6", "少一次扣0.5分"], ["", "", "2", "无记录不得分"], merged=[[1, 0, 2, 0], [1, 1, 2, 1]],
    )  # fmt: skip
    assert [(line.text, line.points) for line in found.lines] == [
        ("会议正常", 600),
        ("会议正常", 200),
    ]


def test_points_of_the_group_in_a_column_of_their_own():
    found = read(
        ["项目", "分值", "考核内容", "分值", "评分标准"],
        ["组织", "10", "按期换届", "4", "未换届不得分"], ["", "", "党费收缴", "6", "少一人扣1分"],
        ["作用", "5", "示范岗", "5", "未设立不得分"], merged=[[1, 0, 2, 0], [1, 1, 2, 1]],
    )  # fmt: skip
    assert [(g.title, g.points, g.sum) for g in found.groups] == [
        ("组织", 1000, 1000),
        ("作用", 500, 500),
    ]


def test_four_levels_of_indicators():
    found = read(
        ["一级指标", "二级指标", "三级指标", "四级指标", "分值", "评分标准"],
        ["政治", "学习", "集中学习", "每月学习不少于4小时", "5", "每少1小时扣0.2分"],
        ["", "", "个人自学", "有笔记", "3", "无笔记不得分"],
        ["服务", "群众", "走访", "每季度走访一次", "2", "少一次扣0.5分"],
    )  # fmt: skip
    assert [(g.title, [(line.subgroup, line.text) for line in g.lines]) for g in found.groups] == [
        ("政治", [("学习 · 集中学习", "每月学习不少于4小时"), ("学习 · 个人自学", "有笔记")]),
        ("服务", [("群众 · 走访", "每季度走访一次")]),
    ]


def test_a_demand_with_its_scoring_behind_it_is_cut_in_two():
    found = read(
        ["项目", "考核内容", "分值"],
        ["组织", "按期换届。未按期换届的不得分。", "5"],
        ["", "党费按月收缴，每少一人扣1分", "5"],
    )
    assert [(line.text, line.rule_text) for line in found.lines] == [
        ("按期换届", "未按期换届的不得分。"),
        ("党费按月收缴", "每少一人扣1分"),
    ]


def test_sheets_of_a_hundred_points_each_are_several_standards():
    one = layouts.grid("农村", [HEAD, ["组织", "按期换届", "100", "未换届不得分"]], [])
    two = layouts.grid(
        "机关",
        [HEAD, ["组织", "按期换届", "60", "未换届不得分"], ["", "述职", "40", "未述职不得分"]],
        [],
    )
    layout = layouts.Layout("xlsx", [one, two])
    found = table.read(layout)
    assert (len(found.lines), [remark.zh for remark in found.remarks]) == (
        2, ["文件里还有别的评分表，没有读入：农村。"],
    )  # fmt: skip
    assert len(table.read(layout, sheet="农村").lines) == 1


def test_sheets_that_make_a_hundred_together_are_one_standard():
    one = layouts.grid("组织建设", [HEAD[1:], ["按期换届", "60", "未换届不得分"]], [])
    two = layouts.grid("作用发挥", [HEAD[1:], ["示范岗", "40", "未设立不得分"]], [])
    found = table.read(layouts.Layout("xlsx", [one, two]))
    assert [(g.title, g.sum) for g in found.groups] == [("组织建设", 6000), ("作用发挥", 4000)]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "职务", "电话"], ["某甲", "书记", "0000"], ["某乙", "委员", "0000"]],
        [["今天天气很好。"]],
        [["序号", "单位", "人数"], ["1", "某村", "30"], ["2", "某社区", "40"]],
    ],
)
def test_a_file_without_a_scoring_table_is_refused(rows):
    with pytest.raises(TableRefused):
        read(*rows)


def test_bonus_and_veto_lists_named_in_the_column_of_numbers():
    found = read(
        ["序号", "项目", "内容", "分值", "评分标准"],
        ["1", "组织", "按期换届", "10", "未换届不得分"], ["2", "特色工作", "特色工作", "10", "酌情扣分"],
        ["加分项", "获得表彰的", "", "", "省级加3分，市级加2分"], ["", "经验被推广的", "", "", "加1分"],
        ["否决项", "弄虚作假的", "", "", "取消评星资格"],
        merged=[[2, 1, 2, 2], [3, 0, 4, 0], [3, 1, 3, 2], [4, 1, 4, 2], [5, 1, 5, 2]],
    )  # fmt: skip
    assert [(g.title, g.kind, [line.text for line in g.lines]) for g in found.groups] == [
        ("组织", "plain", ["按期换届"]), ("特色工作", "plain", ["特色工作"]),
        ("加分项", "bonus", ["获得表彰的", "经验被推广的"]), ("否决项", "veto", ["弄虚作假的"]),
    ]  # fmt: skip


def test_points_before_the_rule_when_the_table_has_no_column_for_them():
    found = read(
        ["星级", "评定内容", "评定标准", "评定办法"],
        ["产业星（50分）", "主导产业明显", "30分。无主导产业不得分", "实地查看"], ["", "收入增长", "20分。酌情扣分", "查统计表"],
    )  # fmt: skip
    assert [(line.points, line.rule_text, line.method) for line in found.lines] == [
        (3000, "无主导产业不得分", "实地查看"), (2000, "酌情扣分", "查统计表"),
    ]  # fmt: skip
    assert found.remarks == []


def test_a_table_cut_by_a_page_goes_on_without_its_heading():
    first = layouts.grid("1", [HEAD, ["组织", "按期换届", "4", "未换届不得分"]], [])
    second = layouts.grid(
        "2", [["作用", "示范岗", "6", "未设立不得分"], ["合计", "", "10", ""]], []
    )
    found = table.read(layouts.Layout("docx", ["考核表", first, "", second]))
    assert [(g.title, g.sum) for g in found.groups] == [("组织", 400), ("作用", 600)]
    assert found.total == 1000


def outline(*lines):
    return table.read(layouts.paste("\n".join(lines)))


def test_groups_with_their_points_right_behind_the_title():
    found = read(
        HEAD,
        ["组织建设３０分", "换届", "30", "未换届不得分"],
        ["队伍建设20分", "培训", "20", "少1人扣1分"],
    )
    assert [(g.title, g.points) for g in found.groups] == [("组织建设", 3000), ("队伍建设", 2000)]


def test_a_list_of_cases_in_one_row_becomes_a_line_each():
    found = read(
        HEAD, ["组织", "换届", "30", "未换届不得分"], ["作用", "示范岗", "20", "未设不得分"],
        ["一票否决：1.发生事故的；2.弄虚作假的。"], ["考核人（签名）：　　负责人（签名）："],
        merged=[[3, 0, 3, 3], [4, 0, 4, 3]],
    )  # fmt: skip
    assert [(line.number, line.text) for line in found.groups[-1].lines] == [
        ("1", "发生事故的"), ("2", "弄虚作假的。"),
    ]  # fmt: skip


def test_a_column_called_a_rule_that_never_scores_is_the_demand():
    found = read(
        ["项目", "评分要点", "分值"], ["班子好（20分）", "1.班子健全，团结协作。", "5"], ["", "2.坚持民主集中制。", "15"],
        merged=[[1, 0, 2, 0]],
    )  # fmt: skip
    assert [(g.title, [line.text for line in g.lines]) for g in found.groups] == [
        ("班子好", ["班子健全，团结协作。", "坚持民主集中制。"]),
    ]  # fmt: skip


def test_a_summary_of_results_is_no_standard():
    summary = layouts.grid(
        "汇总",
        [["序号", "支部名称", "得分", "排名"], ["1", "甲", "90", "1"], ["2", "乙", "80", "2"]],
        [],
    )
    scored = layouts.grid("农村", [HEAD, ["组织", "换届", "100", "未换届不得分"]], [])
    found = table.read(layouts.Layout("xlsx", [summary, scored]))
    assert ([line.text for line in found.lines], found.remarks) == (["换届"], [])


def test_an_outline_may_number_its_groups_in_brackets_or_not_at_all():
    bracketed = outline(
        "考核细则",
        "（一）政治引领（25分）",
        "1、学习（25分）每少1次扣1分。",
        "（二）作用（5分）",
        "2、志愿服务（5分）",
    )
    plain = outline("考核细则", "1.学习（20分）。少一次扣1分。", "2.服务（10分）")
    assert [(g.title, g.points, g.sum) for g in bracketed.groups] == [
        ("政治引领", 2500, 2500), ("作用", 500, 500),
    ]  # fmt: skip
    assert [(line.text, line.points) for line in plain.lines] == [("学习", 2000), ("服务", 1000)]


def test_numbered_sentences_that_score_nothing_are_no_standard():
    with pytest.raises(TableRefused):
        outline("一、今天", "1.天气很好。", "2.明天有雨。")


def test_a_heading_of_two_rows_in_traditional_characters_over_numbered_sections():
    found = read(
        ["項目", "考評內容", "考評標準", "分值", "得分", ""], ["", "", "", "", "自評", "考評"],
        ["一、班子建設 （30分）"], ["1", "述職評議（30分）", "未開展不得分", "30", "", ""],
        ["二、加分項目（不超過10分）"], ["2", "創新工作", "獲國家級表彰加5分，省級加3分", "", "", ""],
        ["合計", "", "", "30", "", ""],
        merged=[[0, c, 1, c] for c in range(4)] + [[0, 4, 0, 5], [2, 0, 2, 5], [4, 0, 4, 5], [5, 2, 5, 3]],
    )  # fmt: skip
    assert [(g.title, g.kind, g.points, [(line.number, line.text) for line in g.lines]) for g in found.groups] == [
        ("班子建設", "plain", 3000, [("1", "述職評議")]), ("加分項目", "bonus", 1000, [("2", "創新工作")]),
    ]  # fmt: skip
    assert (found.total, found.remarks) == (3000, [])


def test_a_heading_repeated_by_a_page_is_no_clause():
    head = ["考核项目", "考核要素", "标准分值", "考核评分标准及扣分办法", "佐证材料"]
    found = read(
        head, ["组织", "按期换届", "10", "未按期换届不得分；程序不规范每处扣1分。", "批复"], head,
        ["组织", "三会一课", "10", "每缺一次扣1分。", "会议记录"],
    )  # fmt: skip
    assert [(line.text, line.evidence) for line in found.lines] == [
        ("按期换届", "批复"),
        ("三会一课", "会议记录"),
    ]


def test_a_sheet_of_millions_of_characters_is_refused_at_once():
    with pytest.raises(TableRefused):
        read(*[["甲乙丙丁" * 1000] * 50] * 200)
