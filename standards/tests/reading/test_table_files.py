"""Whole files: what is no scoring table is refused with the reason, and several standards are kept apart."""

import pytest
from django.core.management import CommandError, call_command

from portal.kit import layouts
from portal.kit.tests.documents import document
from standards.reading import table
from standards.reading.table import TableRefused

HEAD = ["序号", "项目", "考核内容", "分值", "评分标准"]
TERMS = ["1", "组织", "支委按期换届", "5", "逾期不得分"]
CLASSES = ["2", "组织", "党课每季度一次", "5", "少一次扣1分"]
DUES = ["3", "队伍", "党费按月交纳", "5", "一人未交扣0.5分"]


def sheet(name, *rows, hidden=False):
    grid = layouts.grid(name, [list(row) for row in rows], ())
    grid.hidden = hidden
    return grid


def titles(kind, *blocks):
    found = table.read_all(layouts.Layout(kind, list(blocks)))
    return [(one.title, len(one.lines)) for _name, one in found]


@pytest.mark.parametrize(
    ("grids", "said"),
    [
        ([sheet("表", HEAD)], "Below the headings (序号、项目、考核内容、分值、评分标准)"),
        ([sheet("表", HEAD, ["合计", "", "", "100", ""])], "Below the headings"),
        (
            [sheet("表", HEAD, TERMS, hidden=True), sheet("说明", ["另见"])],
            "on a hidden sheet (表)",
        ),
        ([sheet("表", ["姓名", "电话"], ["王某", "1380"])], "No scoring table was found"),
    ],
)
def test_a_refusal_says_what_is_missing(grids, said):
    with pytest.raises(TableRefused) as refusal:
        table.read(layouts.Layout("xlsx", grids))
    assert said in refusal.value.msgid % refusal.value.params


def test_sheets_for_two_kinds_of_branches_are_two_standards():
    assert titles(
        "xlsx",
        sheet("农村", ["农村党支部考核表"], HEAD, TERMS, CLASSES),
        sheet("机关", ["机关党支部考核表"], HEAD, TERMS, DUES),
    ) == [("农村党支部考核表", 2), ("机关党支部考核表", 2)]


def test_a_sheet_that_says_the_same_lines_again_is_no_next_page():
    pages = sheet("甲", HEAD, TERMS, CLASSES), sheet("乙", HEAD, DUES)
    again = sheet("丙", HEAD, TERMS, CLASSES)
    assert titles("xlsx", *pages) == [("", 3)]
    assert titles("xlsx", *pages, again) == [("", 3), ("", 2)]


def test_what_stands_above_another_table_is_no_part_of_the_title():
    people = sheet("1", ["姓名", "电话"], ["王某", "1380"])
    scored = sheet("2", HEAD, TERMS, CLASSES)
    assert titles("docx", "工作简讯", people, "附件2：党支部评分表", scored) == [
        ("党支部评分表", 2)
    ]


def test_headings_of_the_paper_before_the_attachment_open_no_group():
    scored = sheet("1", HEAD[:1] + HEAD[2:], TERMS[:1] + TERMS[2:])
    prose = ["某县考核办法", "一、总体要求", "二、有关要求", "各党委要认真组织。"]
    found = table.read(layouts.Layout("docx", [*prose, "附件1", scored]))
    assert [group.title for group in found.groups] == [""]
    found = table.read(layouts.Layout("docx", [*prose, "三、组织建设", scored]))
    assert [group.title for group in found.groups] == ["组织建设"]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    path = document(tmp_path / "one.docx", "考核表", [HEAD, TERMS])
    with pytest.raises(CommandError, match="没有工作表“总表”，文件里有："):
        call_command("read_standard", str(path), sheet="总表")
    other = document(
        tmp_path / "two.docx", [["姓名", "电话"], ["王某", "1380"]], "考核表", [HEAD, TERMS]
    )
    with pytest.raises(CommandError, match="工作表“1”里没有找到评分表"):
        call_command("read_standard", str(other), sheet="1")


def test_a_page_with_fewer_columns_than_the_one_before_is_read():
    wide = sheet("1", [*HEAD, ""], [*TERMS, "见台账"], [*CLASSES, "见记录"])
    narrow = sheet("2", HEAD, DUES)
    assert titles("docx", "支部考核表", wide, "续表", narrow) == [("支部考核表", 3)]


def numbered(number, *lines):
    marks = f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return "".join(f"<w:p>{marks}<w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


def test_lines_that_the_document_numbers_by_itself_are_clauses(tmp_path):
    cells = (
        "<w:p><w:r><w:t>组织</w:t></w:r></w:p>",
        numbered(1, "支委按期换届（5分）", "党课每季度一次（5分）"),
        "<w:p><w:r><w:t>10</w:t></w:r></w:p>",
        numbered(2, "逾期不得分", "少一次扣1分"),
    )
    head = ("项目", "考核内容", "分值", "评分标准")
    rows = [[f"<w:p><w:r><w:t>{name}</w:t></w:r></w:p>" for name in head], cells]
    drawn = "".join(f"<w:tr>{''.join(f'<w:tc>{one}</w:tc>' for one in row)}</w:tr>" for row in rows)
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        for at in (1, 2)
    ) + "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in (1, 2))
    path = document(tmp_path / "one.docx", raw=f"<w:tbl>{drawn}</w:tbl>", numbering=lists)
    assert [
        (line.number, line.text, line.points, line.rule_text)
        for line in table.read(layouts.read(path)).lines
    ] == [("1", "支委按期换届", 500, "逾期不得分"), ("2", "党课每季度一次", 500, "少一次扣1分")]


def test_columns_that_are_hidden_are_told():
    hidden = sheet("表", HEAD, TERMS, CLASSES)
    hidden.hidden_columns = frozenset({4, 7})
    found = table.read(layouts.Layout("xlsx", [hidden]))
    assert [line.rule_text for line in found.lines] == ["", ""]
    assert [(one.path, one.zh) for one in found.remarks][:1] == [
        ("表!E1", "有1列是隐藏列，没有读入：E列。")
    ]


def test_tracked_changes_are_told():
    layout = layouts.Layout("docx", ["考核表", sheet("1", HEAD, TERMS)], tracked=True)
    assert [one.zh for one in table.read(layout).remarks] == [
        "文档里有修订，按接受修订后的文字读入。"
    ]
