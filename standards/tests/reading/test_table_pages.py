"""Tables cut by pages, several tables of one file, sums in any cell: nothing is lost or read twice without a word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kit import layouts
from standards.reading import table
from standards.tests.reading.test_table import laid_out

HEAD = ["项目", "内容", "分值", "评分标准"]


def sheet(*rows, merged=(), name="表"):
    return layouts.grid(name, [list(row) for row in rows], merged)


def read(*blocks, kind="docx"):
    return table.read(layouts.Layout(kind, list(blocks)))


def one(*rows, merged=(), kind="xlsx"):
    return read(sheet(*rows, merged=merged), kind=kind)


def shape(found):
    return [(g.title, [(line.text, line.points) for line in g.lines]) for g in found.groups]


FIRST = sheet(HEAD, ["组织", "按期换届", "4", "未换届不得分"], name="1")
SECOND = sheet(HEAD, ["作用", "示范岗", "6", "未设立不得分"], ["合计", "", "10", ""], name="2")
BOTH = [("组织", [("按期换届", 400)]), ("作用", [("示范岗", 600)])]


@pytest.mark.parametrize(
    "between",
    [
        [], ["续表"], ["（续上表）"], ["续上表："], ["接上页"], ["[续表1]"], ["（转下页）", "（接上页）"], ["續表"],
        ["支部考核表（续）"], ["支部考核表", "第 2 页 共 3 页"], ["- 2 -", "续表二"], ["— 12 —"], ["·12·"], ["－１２－"],
    ],
)  # fmt: skip
def test_tables_with_the_same_headings_are_pages_of_one(between):
    found = read("支部考核表", FIRST, *between, SECOND)
    assert (found.title, shape(found), found.total, found.remarks) == (
        "支部考核表", BOTH, 1000, [],
    )  # fmt: skip


def test_tables_with_titles_of_their_own_are_several_and_none_is_lost():
    layout = layouts.Layout("docx", ["农村支部考核表", FIRST, "机关支部考核表", SECOND])
    assert [found.title for _name, found in table.read_all(layout)] == [
        "农村支部考核表",
        "机关支部考核表",
    ]
    assert [remark.zh for remark in table.read(layout).remarks] == [
        "文件里还有别的评分表，没有读入：机关支部考核表。"
    ]


def test_a_page_goes_on_in_the_group_of_the_one_before():
    first = sheet(
        HEAD, ["一、组织（10分）"], ["", "按期换届", "4", "未换届不得分"], merged=[[1, 0, 1, 3]], name="1"
    )  # fmt: skip
    second = sheet(HEAD, ["", "党费", "6", "少一人扣1分"], name="2")
    found = read("支部考核表", first, "续表", second)
    assert shape(found) == [("组织", [("按期换届", 400), ("党费", 600)])]


@pytest.mark.parametrize("number", ["- 112 -", "— 7 —", "－１２－", "·8·", "第7页", "112"])
@pytest.mark.parametrize("again", [True, False])
def test_a_page_number_between_two_pages_of_a_sheet_names_nothing(number, again):
    found = one(
        ["支部考核表"], HEAD, ["基本\n队伍", "书记一肩挑", "4", "未实行不得分"], [number], *([HEAD] if again else []),
        ["基本\n队伍", "建立后备库", "3", "未建库不得分"], ["基本\n活动", "开展党日", "3", "少一次扣1分"], [number],
        merged=[[at, 0, at, 3] for at in (0, 3, 6 + again)],
    )  # fmt: skip
    assert (found.title, shape(found), found.remarks) == (
        "支部考核表",
        [("基本队伍", [("书记一肩挑", 400), ("建立后备库", 300)]), ("基本活动", [("开展党日", 300)])],
        [],
    )  # fmt: skip


def test_a_group_may_be_blank_at_the_top_of_the_next_page():
    second = sheet(HEAD, ["", "党费", "6", "少一人扣1分"], name="2")
    assert shape(read("支部考核表", FIRST, "（续上表）", second)) == [
        ("组织", [("按期换届", 400), ("党费", 600)])
    ]


def test_the_word_of_a_page_in_a_sheet_is_neither_group_nor_title():
    found = one(
        ["支部考核表"], HEAD, ["组织", "按期换届", "4", "未换届不得分"],
        ["第1页 共2页"], ["支部考核表"], ["续表"], HEAD, ["", "党费", "6", "少一人扣1分"], ["（续上表）", "", "", ""],
        merged=[[r, 0, r, 3] for r in (0, 3, 4, 5)],
    )  # fmt: skip
    assert (found.title, shape(found)) == (
        "支部考核表", [("组织", [("按期换届", 400), ("党费", 600)])],
    )  # fmt: skip


def test_a_sheet_that_says_it_goes_on_is_no_group():
    first = sheet(["支部考核表"], *FIRST.text, merged=[[0, 0, 0, 3]], name="Sheet1")
    second = sheet(["续表"], *SECOND.text, merged=[[0, 0, 0, 3]], name="Sheet2")
    assert shape(read(first, second, kind="xlsx")) == BOTH


LINES = [["组织", "按期换届", "40", "未换届不得分"], ["", "党费", "60", "少一人扣1分"]]


@pytest.mark.parametrize(
    "word", ["合计", "总分", "总得分", "总 计", "小计", "考核得分合计", "合计得分：", "最后得分"]
)
@pytest.mark.parametrize("column", [0, 1, 2, 3])
def test_a_sum_is_a_sum_in_whatever_cell(word, column):
    last = ["", "", "", ""]
    last[column] = word
    last[2 if column != 2 else 3] = "100"
    found = one(HEAD, *LINES, last, merged=[[1, 0, 3, 0]] if column else [[1, 0, 2, 0]])
    assert (shape(found), found.remarks) == ([("组织", [("按期换届", 4000), ("党费", 6000)])], [])


@pytest.mark.parametrize("columns", [(0, 1), (0, 2), (1, 2), (1, 3), (0, 3)])
def test_a_sum_may_be_merged_over_columns(columns):
    left, right = columns
    last = ["", "", "", ""]
    last[left] = "总得分（100分）"
    found = one(HEAD, *LINES, last, merged=[[1, 0, 2, 0], [3, left, 3, right]])
    assert (shape(found), found.total) == ([("组织", [("按期换届", 4000), ("党费", 6000)])], 10000)


def test_the_sum_of_a_group_is_told_when_it_differs():
    found = one(HEAD, *LINES, ["组织小计", "", "90", ""], ["总计", "", "100", ""])
    assert [remark.zh for remark in found.remarks] == [
        "“组织”写明90分，各条目合计100分。",
    ]
    assert found.total == 10000


def test_a_demand_that_begins_like_a_sum_is_a_demand():
    found = one(
        HEAD, *LINES, ["作用", "合计服务时间每年不少于20小时", "10", "少1小时扣1分"], ["", "总分部建设", "5", "无总结扣1分"],
    )  # fmt: skip
    assert len(found.lines) == 4


TWO_ROWS = [
    ["序号", "验收标准（分值）", "", "扣分标准", "得分"], ["", "项目", "标准", "", ""],
    ["1", "基本组织（20分）", "支部设置规范（10分）", "不规范的不得分", ""], ["2", "", "台账完备（10分）", "无台账不得分", ""],
    ["3", "基本制度（12分）", "按月召开支委会（12分）", "每少1次扣1分", ""],
]  # fmt: skip
AREAS = [[0, 0, 1, 0], [0, 1, 0, 2], [0, 4, 1, 4], [2, 1, 3, 1]]


@pytest.mark.parametrize("above", ["二、验收内容", "三、考核内容和评分标准", "二、评分细则："])
def test_a_heading_of_the_document_is_no_group(above):
    found = read("支部验收表", above, sheet(*TWO_ROWS, merged=AREAS))
    assert shape(found) == [
        ("基本组织", [("支部设置规范", 1000), ("台账完备", 1000)]),
        ("基本制度", [("按月召开支委会", 1200)]),
    ]


def test_a_paragraph_with_points_is_a_group_over_the_column_of_projects():
    found = read("支部验收表", "一、党建工作（32分）", sheet(*TWO_ROWS, merged=AREAS))
    assert [(g.title, g.points) for g in found.groups] == [("党建工作", 3200)]
    assert {line.subgroup for line in found.lines} == {"基本组织", "基本制度"}


@pytest.mark.parametrize(
    ("total", "told"),
    [("100", []), ("110", []), ("120", ["评分表写明总分120分，各条目合计100分。"])],
)
def test_the_total_is_compared_without_the_bonus_or_with_it(total, told):
    found = one(
        HEAD, *LINES, ["加分项（10分）", "获得表彰", "", "省级加5分，市级加3分"], ["", "经验推广", "", "加5分"],
        ["合计", "", total, ""],
    )  # fmt: skip
    assert [remark.zh for remark in found.remarks] == told


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("支部考核表（试行）", "支部考核表"), ("支部考核表（2026年度 满分60分）", "支部考核表"),
        ("支部考核表（县直机关工委印）", "支部考核表"), ("支部考核细则（试行）（满分100分）", "支部考核细则"),
        ("支部考核细则（2026年修订）", "支部考核细则"), ("支部考核表（征求意见稿）", "支部考核表"),
        ("支部考核表（2026年）", "支部考核表"), ("支部考核表（农村）", "支部考核表（农村）"),
        ("支部考核表（含加分项）", "支部考核表（含加分项）"), ("支部考核表（机关类）（试行）", "支部考核表（机关类）"),
    ],
)  # fmt: skip
def test_a_title_is_without_what_says_how_it_was_issued(printed, title):
    assert one([printed], HEAD, *LINES, merged=[[0, 0, 0, 3]]).title == title
    assert read(printed, sheet(HEAD, *LINES)).title == title


def test_the_qualifier_may_stand_in_a_line_of_its_own():
    assert read("支部考核表", "（试行）", sheet(HEAD, *LINES)).title == "支部考核表"


OTHER = ["考核项目", "考核要点", "标准分", "扣分办法", "检查方式"]


def test_a_sheet_with_two_tables_one_below_the_other_is_two():
    grid = sheet(
        ["农村支部考核表"], HEAD, *LINES, ["合计", "", "100", ""], [], ["机关支部考核表"], OTHER,
        ["政治", "学习", "100", "少一次扣1分", "查资料"], ["总分", "", "100", "", ""],
    )  # fmt: skip
    found = table.read_all(layouts.Layout("xlsx", [grid]))
    assert [(t.title, t.total, shape(t)) for _name, t in found] == [
        ("农村支部考核表", 10000, [("组织", [("按期换届", 4000), ("党费", 6000)])]),
        ("机关支部考核表", 10000, [("政治", [("学习", 10000)])]),
    ]
    assert found[1][1].lines[0].source.cell == "B9"


def test_the_same_headings_below_another_title_are_another_table():
    grid = sheet(["农村支部考核表"], HEAD, *LINES, ["机关支部考核表"], HEAD, *LINES)
    found = table.read_all(layouts.Layout("xlsx", [grid]))
    assert [t.title for _name, t in found] == ["农村支部考核表", "机关支部考核表"]


def test_a_list_of_bonuses_with_other_headings_below_belongs_to_the_table():
    found = one(
        ["支部考核表"], HEAD, *LINES, ["加分项"], ["序号", "加分内容", "加分标准"], ["1", "获得表彰", "省级加5分"],
    )  # fmt: skip
    assert [(g.title, g.kind) for g in found.groups] == [("组织", "plain"), ("加分项", "bonus")]
    assert found.groups[1].lines[0].rule_text == "省级加5分"


def test_a_hidden_sheet_that_scores_is_named():
    hidden = layouts.grid("旧表", [HEAD, *LINES], [], hidden=True)
    assert [remark.zh for remark in read(sheet(HEAD, *LINES), hidden, kind="xlsx").remarks] == [
        "隐藏的工作表里也有评分表，没有读入：旧表。"
    ]


def test_a_clause_cut_by_the_page_is_one():
    first = sheet(HEAD, ["组织", "按期换届", "4", "未换届不得分；"], name="1")
    second = sheet(
        HEAD, ["", "", "", "程序不规范扣2分"], ["", "党费", "6", "少一人扣1分"], name="2"
    )
    found = read("支部考核表", first, "续表", second)
    assert [(line.text, line.points, line.rule_text) for line in found.lines] == [
        ("按期换届", 400, "未换届不得分；\n程序不规范扣2分"), ("党费", 600, "少一人扣1分"),
    ]  # fmt: skip
    assert [(line.source.sheet, line.source.cell) for line in found.lines] == [
        ("1", "B2"),
        ("2", "B3"),
    ]


def test_numbered_tables_within_a_hundred_points_are_groups_of_one():
    one, two = (
        sheet(HEAD[1:], ["换届", "40", "未换届不得分"], name="1"),
        sheet(HEAD[1:], ["示范岗", "60", "未设不得分"], name="2"),
    )
    found = read(
        "党支部考核标准", "表1 组织建设评分表（40分）", one, "表2 作用发挥评分表（60分）", two
    )
    assert (found.title, shape(found), found.remarks) == (
        "党支部考核标准", [("组织建设", [("换届", 4000)]), ("作用发挥", [("示范岗", 6000)])], [],
    )  # fmt: skip


def test_numbered_tables_of_a_hundred_points_each_are_several():
    one, two = (
        sheet(HEAD, ["组织", "换届", "100", "未换届不得分"], name="1"),
        sheet(HEAD, ["组织", "述职", "100", "未述职不得分"], name="2"),
    )
    layout = layouts.Layout("docx", ["附表1 农村支部考核表", one, "附表2 机关支部考核表", two])
    assert len(table.read_all(layout)) == 2


@st.composite
def cut_by_a_page(draw):
    """A standard in any layout as two tables of a document, with or without its headings on the second page."""
    standard, rows, merged = draw(laid_out())
    at = draw(st.integers(4, len(rows) - 2))
    between = draw(st.sampled_from([[], ["续表"], ["（续上表）"], ["", "接上页："]]))
    head = draw(st.booleans())
    width = max(map(len, rows))
    below = [row + [""] * (width - len(row)) for row in rows[at:]]
    shift = at - head
    upper = [[a - 1, b, min(c, at - 1) - 1, d] for a, b, c, d in merged if 0 < a < at]
    lower = [[max(a, at) - shift, b, c - shift, d] for a, b, c, d in merged if c >= at]
    first = sheet(*rows[1:at], merged=upper, name="1")
    second = sheet(*[rows[1]] * head, *below, merged=lower, name="2")
    return standard, [rows[0][0], first, *between, second]


@settings(max_examples=150, deadline=None)
@given(cut_by_a_page())
def test_a_standard_cut_anywhere_is_read_as_the_whole(case):
    standard, blocks = case
    found = read(*blocks)
    assert [
        (g.title, [(line.text, line.points, line.rule_text) for line in g.lines])
        for g in found.groups
    ] == standard
    assert found.title == "某某党支部考核评分表"


def kinds(found):
    return [(g.title, g.kind, [line.text for line in g.lines]) for g in found.groups]


WHOLE = [HEAD, *LINES]
PLAIN_GROUP = ("组织", "plain", ["按期换届", "党费"])


def test_lists_without_points_belong_to_the_standard_they_follow():
    found = read(
        "党支部考核标准", sheet(*WHOLE, name="1"),
        "加分项目", sheet(["序号", "加分内容", "加分标准"], ["1", "表彰", "省级加5分"], name="2"),
        "一票否决清单", sheet(["序号", "否决情形"], ["1", "发生事故的"], ["2", "弄虚作假的"], name="3"),
    )  # fmt: skip
    assert kinds(found) == [
        PLAIN_GROUP, ("加分项目", "bonus", ["表彰"]), ("一票否决清单", "veto", ["发生事故的", "弄虚作假的"]),
    ]  # fmt: skip


@pytest.mark.parametrize("head", [["序号", "情形"], ["序号", "否决情形", "后果"]])
def test_a_sheet_of_vetoes_belongs_to_the_standard(head):
    rows = [
        ["1", "发生事故的", "取消资格"][: len(head)],
        ["2", "弄虚作假的", "取消资格"][: len(head)],
    ]
    found = read(
        sheet(["党支部考核标准"], *WHOLE, name="考核"),
        sheet(["一票否决事项"], head, *rows, name="否决"),
        kind="xlsx",
    )
    assert kinds(found) == [PLAIN_GROUP, ("一票否决事项", "veto", ["发生事故的", "弄虚作假的"])]


def test_a_list_of_vetoes_with_headings_of_its_own_in_the_same_sheet():
    found = one(
        *WHOLE, ["一票否决事项"], ["序号", "否决情形", "后果", ""], ["1", "发生事故的", "取消资格", ""], merged=[[3, 0, 3, 3]],
    )  # fmt: skip
    assert kinds(found) == [PLAIN_GROUP, ("一票否决事项", "veto", ["发生事故的"])]


def test_a_summary_of_results_below_is_no_part_of_the_standard():
    found = one(
        ["党支部考核标准"], *WHOLE, ["合计", "", "100", ""], [], ["考核结果汇总表"], ["序号", "支部名称", "得分", "等次"],
        ["1", "甲", "90", "好"], ["2", "乙", "80", "较好"],
    )  # fmt: skip
    assert (kinds(found), found.total, found.remarks) == ([PLAIN_GROUP], 10000, [])


def test_the_scale_below_the_lines_is_a_note():
    found = one(
        *WHOLE,
        ["等次", "分数线", "", ""],
        ["优秀", "90分以上", "", ""],
        ["合格", "60-89分", "", ""],
    )
    assert (kinds(found), found.notes) == ([PLAIN_GROUP], ["优秀 90分以上", "合格 60-89分"])


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_titles_that_only_count_on_are_those_of_one_table(kind):
    blocks = [
        sheet(["支部考核表（一）"], *FIRST.text, name="1"), sheet(["支部考核表（二）"], *SECOND.text, name="2"),
    ]  # fmt: skip
    found = read(*blocks, kind=kind)
    assert shape(found) == BOTH
    assert found.title == "支部考核表"


def test_paragraphs_may_hold_several_standards():
    layout = layouts.paste(
        "农村党支部考核标准\n（试行）\n一、组织（100分）\n1.换届（100分）。未换届不得分。\n"
        "机关党支部考核标准\n一、政治（100分）\n1.学习（100分）。少一次扣1分。"
    )
    assert [(t.title, shape(t)) for _name, t in table.read_all(layout)] == [
        ("农村党支部考核标准", [("组织", [("换届", 10000)])]),
        ("机关党支部考核标准", [("政治", [("学习", 10000)])]),
    ]
