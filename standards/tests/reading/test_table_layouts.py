"""Layouts seen in real files, second part: prose before the table, lists with headings of their own, what stands beside it."""

from portal.kit import layouts
from standards.reading import table

HEAD = ["项目", "内容", "分值", "评分标准"]


def sheet(*rows, merged=(), name="表"):
    return layouts.grid(name, [list(row) for row in rows], merged)


def read(*blocks, kind="xlsx"):
    return table.read(layouts.Layout(kind, list(blocks)))


def shape(found):
    return [
        (g.title, g.kind, g.points, [(line.text, line.points) for line in g.lines])
        for g in found.groups
    ]


def test_a_chapter_of_the_prose_before_the_title_is_no_group():
    found = read(
        "考核办法", "第四章 结果运用", "第八条 考核结果作为评先评优的依据。", "附件", "支部考核评价表",
        sheet(["一级指标", "二级指标", "分值", "评分标准"], ["组织建设(5分)", "按期换届", "5", "未换届不得分"],
              ["队伍建设(4分)", "党费按月收缴", "4", "每少1个月扣1分"], name="1"),
        kind="docx",
    )  # fmt: skip
    assert found.title == "支部考核评价表"
    assert shape(found) == [
        ("组织建设", "plain", 500, [("按期换届", 500)]),
        ("队伍建设", "plain", 400, [("党费按月收缴", 400)]),
    ]


def test_a_heading_right_above_the_title_stays_a_group():
    rows = sheet(["内容", "分值", "评分标准"], ["按期换届", "5", "未换届不得分"], name="1")
    found = read("支部考核", "一、组织建设（5分）", "评分表", rows, kind="docx")
    assert shape(found) == [("组织建设", "plain", 500, [("按期换届", 500)])]


def test_the_title_typed_again_on_the_next_page_is_no_group():
    found = read(
        sheet(
            ["支部考核评分表", "", "", ""], HEAD, ["组织建设", "按期换届", "5", "未换届不得分"],
            ["支部考核评分表（续）", "", "", ""], HEAD, ["组织建设（续）", "支委健全", "4", "每缺1人扣1分"],
            ["队伍建设", "党费按月收缴", "4", "每少1个月扣1分"],
            merged=[[0, 0, 0, 3], [3, 0, 3, 3]],
        )
    )  # fmt: skip
    assert shape(found) == [
        ("组织建设", "plain", None, [("按期换届", 500), ("支委健全", 400)]),
        ("队伍建设", "plain", None, [("党费按月收缴", 400)]),
    ]


def test_the_basic_score_holds_the_groups_of_its_first_column():
    found = read(
        sheet(
            ["一、基础分（9分）", "", "", ""], HEAD, ["组织建设（5分）", "按期换届", "5", "未换届不得分"],
            ["队伍建设（4分）", "党费按月收缴", "4", "每少1个月扣1分"], merged=[[0, 0, 0, 3]],
        )
    )  # fmt: skip
    assert shape(found) == [
        ("组织建设", "plain", 500, [("按期换届", 500)]),
        ("队伍建设", "plain", 400, [("党费按月收缴", 400)]),
    ]
