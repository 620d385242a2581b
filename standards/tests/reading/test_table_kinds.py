"""Lists of several kinds under one heading: each line is known for what a column beside it, or its own text, says."""

import pytest

from portal.kit import layouts
from standards.reading import table
from standards.reading.understanding import understand
from standards.tests.reading.drawn import paste, read, sheet

HEAD = ["项目", "内容", "分值", "评分标准"]
PLAIN = [HEAD, ["组织", "按期换届", "6", "未换届不得分"], ["", "党费按月收缴", "4", "少一人扣1分"]]
LINES = [
    ("获得市级以上表彰的", "每次加2分"), ("被上级通报批评的", "每次扣1分"), ("信访处置不力的", "每起扣2分"),
    ("经验被推广的", "加1分"), ("发生重大责任事故的", "年度考核直接定为不合格"), ("弄虚作假的", "取消评先资格"),
]  # fmt: skip
APART = [
    ("加分项", "bonus", ["获得市级以上表彰的", "经验被推广的"]), ("扣分项", "deduct", ["被上级通报批评的", "信访处置不力的"]),
    ("一票否决项", "veto", ["发生重大责任事故的", "弄虚作假的"]),
]  # fmt: skip


def kinds(found):
    return [
        (g.title, g.kind, [line.text for line in g.lines])
        for g in found.groups
        if g.kind != "plain"
    ]


TITLES = [
    "加分项、扣分项和一票否决项",
    "加减分项及一票否决事项",
    "加分、扣分、否决项",
    "附表：加分项、扣分项和一票否决项",
]


@pytest.mark.parametrize("title", TITLES)
def test_each_line_below_one_heading_says_its_kind(title):
    rows = [["", text, "", rule] for text, rule in LINES]
    found = read(*PLAIN, [title], *rows, merged=[[3, 0, 3, 3]])
    assert (kinds(found), found.sum, found.remarks) == (APART, 1000, [])


@pytest.mark.parametrize("title", TITLES)
def test_a_table_of_its_own_below(title):
    rows = [
        ["序号", "考核项目", "计分说明"],
        *[[str(at), *line] for at, line in enumerate(LINES, 1)],
    ]
    layout = layouts.Layout("docx", ["支部考核表", sheet(*PLAIN), title, sheet(*rows)])
    assert (kinds(table.read(layout)), table.read(layout).remarks) == (APART, [])


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("name", ["考核分类", "类别"])
def test_a_column_beside_them_says_the_kinds(title, name):
    marks = ["加分项\n（5分）", "", "扣分项", "", "一票\n否决项", ""]
    texts = ["表彰", "推广", "通报", "信访", "事故", "作假"]
    rows = [
        [mark, str(at), text, "按规定计分"]
        for at, (mark, text) in enumerate(zip(marks, texts, strict=True), 1)
    ]
    grid = sheet(
        [name, "考核项目", "评分项", "评分说明", "分值"], ["基\n本\n项", "组织（6分）", "按期换届", "未换届不得分", "4"], ["", "", "班子健全", "缺一人扣1分", "2"], ["", "队伍（4分）", "按月收费", "少一人扣1分", "4"],
        ["合计", "", "", "", "10"], [title, "", "", "", ""], [name, "序号", "考核项目", "计分说明", ""], *[[*row, ""] for row in rows],
        merged=[[1, 0, 3, 0], [1, 1, 2, 1], [5, 0, 5, 4], *[[at, 0, at + 1, 0] for at in (7, 9, 11)], *[[at, 3, at, 4] for at in range(6, 13)]],
    )  # fmt: skip
    found = table.read(layouts.Layout("xlsx", [grid]))
    assert [(g.title, g.points) for g in found.groups] == [
        ("组织", 600), ("队伍", 400), ("加分项", 500), ("扣分项", None), ("一票否决项", None),
    ]  # fmt: skip
    assert kinds(found) == [
        ("加分项", "bonus", ["表彰", "推广"]), ("扣分项", "deduct", ["通报", "信访"]), ("一票否决项", "veto", ["事故", "作假"]),
    ]  # fmt: skip


def test_paragraphs_below_a_table():
    lines = [f"{at}.{text}，{rule}。" for at, (text, rule) in enumerate(LINES, 1)]
    layout = layouts.Layout(
        "docx", ["支部考核表", sheet(*PLAIN), "二、加分项、扣分项和一票否决项", *lines]
    )
    assert [(title, kind, len(said)) for title, kind, said in kinds(table.read(layout))] == [
        ("加分项", "bonus", 2), ("扣分项", "deduct", 2), ("一票否决项", "veto", 2),
    ]  # fmt: skip


def test_numbered_paragraphs():
    lines = [f"{at}.{text}，{rule}。" for at, (text, rule) in enumerate(LINES, 1)]
    found = paste(
        "支部考核表",
        "一、组织（10分）",
        "1.按期换届（10分）。未换届不得分。",
        "二、加分项、扣分项和一票否决项",
        *lines,
    )
    assert [(title, kind, len(said)) for title, kind, said in kinds(found)] == [
        ("加分项", "bonus", 2), ("扣分项", "deduct", 2), ("一票否决项", "veto", 2),
    ]  # fmt: skip


def test_what_says_no_kind_stays_under_the_heading_and_is_told():
    rows = [["", "获得表彰的", "", "加2分"], ["", "班子不团结的", "", "由党委研究决定"]]
    found = read(*PLAIN, ["加分项和扣分项"], *rows, merged=[[3, 0, 3, 3]])
    assert kinds(found) == [
        ("加分项", "bonus", ["获得表彰的"]), ("加分项和扣分项", "bonus", ["班子不团结的"]),
    ]  # fmt: skip
    assert [remark.zh for remark in found.remarks] == [
        "“加分项和扣分项”里的“班子不团结的”没有写明是加分、扣分还是一票否决，请核对。"
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("被评为市级先进的，加2分", "bonus"), ("弄虚作假骗取加分的，扣2分", "deduct"), ("年度被评为不合格的，倒扣3分", "deduct"),
        ("受处分的，本年度不得评为先进", "veto"), ("加2分，最高不超过5分，重复的不另扣", "bonus"), ("被认定为软弱涣散的，定为较差等次", "veto"),
        ("受到表彰的，奖励3分", "bonus"), ("拖欠报酬的减1分", "deduct"),
    ],
)  # fmt: skip
def test_what_a_line_says_first_with_an_amount_decides(text, kind):
    found = read(
        *PLAIN, ["加减分项和否决项"], ["", text, "", ""], ["", "无故不报的", "", "扣1分"], ["", "投稿的", "", "加1分"],
        ["", "出事故的", "", "一票否决"], merged=[[3, 0, 3, 3]],
    )  # fmt: skip
    assert [g.kind for g in found.groups for line in g.lines if text.startswith(line.text)] == [
        kind
    ]


@pytest.mark.parametrize("title", ["三、加减分项", "加、扣分事项", "加扣分项（±10分）"])
def test_a_heading_that_joins_both_is_no_plain_group(title):
    rows = [["", "获得表彰的", "", "加2分"], ["", "被通报的", "", "扣2分"]]
    found = read(*PLAIN, [title], *rows, merged=[[3, 0, 3, 3]])
    assert kinds(found) == [("加分项", "bonus", ["获得表彰的"]), ("扣分项", "deduct", ["被通报的"])]
    assert (found.sum, found.remarks) == (1000, [])


def test_lines_of_one_kind_keep_the_heading():
    rows = [["", "获得表彰的", "", "加2分"], ["", "经验被推广的", "", "加1分"]]
    found = read(*PLAIN, ["加分项和扣分项（5分）"], *rows, merged=[[3, 0, 3, 3]])
    assert [(g.title, g.kind, g.points) for g in found.groups[1:]] == [
        ("加分项和扣分项", "bonus", 500)
    ]


def test_a_list_below_another_of_its_width_has_headings_of_its_own():
    bonus = sheet(["序号", "加分内容", "加分标准"], ["1", "承办现场会", "每次加2分"], name="2")
    veto = sheet(
        ["序号", "情形", "结果"], ["1", "书记受到刑事处罚", "当年考核定为不合格"], name="3"
    )
    blocks = [sheet(*PLAIN, name="1"), "二、加分项", bonus, "三、一票否决项", veto]
    found = table.read(layouts.Layout("docx", blocks))
    assert kinds(found) == [
        ("加分项", "bonus", ["承办现场会"]),
        ("一票否决项", "veto", ["书记受到刑事处罚"]),
    ]
    assert found.groups[-1].lines[0].rule_text == "当年考核定为不合格"


@pytest.mark.parametrize(
    ("title", "line", "rule", "shapes"),
    [
        ("一票否决项", "发生重大责任事故的，直接评定为“后进”等次。", "", [("gate", "force_tier")]),
        ("一票否决项", "发生重大责任事故的。", "12.年度考核直接定为不合格。", [("gate", "force_tier")]),
        ("一票否决项", "发生重大责任事故的。", "", [("gate", "fail")]),
        ("加分项", "获评省级样板支部+5分，校级+2分", "", [("adjust", None)]),
    ],
)  # fmt: skip
def test_what_follows_may_stand_in_the_line_itself(title, line, rule, shapes):
    found = read(*PLAIN, [title], ["", line, "", rule], merged=[[3, 0, 3, 3]])
    last = list(understand(found))[-1].reading
    assert [(each["shape"], each.get("effect")) for each in last.rules] == shapes
