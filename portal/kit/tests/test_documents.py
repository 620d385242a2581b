"""Word documents as they look: automatic numbers, tracked changes, text boxes, frames, formulas."""

import pytest

from portal.kit import layouts
from portal.kit.docx_numerals import written
from portal.kit.tests.documents import document

GONE = '<w:rPr><w:del w:id="1"/></w:rPr>'


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def line(text, *, number=None, level=0, style="", gone=False):
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        marks += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{marks}{GONE if gone else ''}</w:pPr>{run(text) if text else ''}</w:p>"


def level(at, form, text, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels, nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{one}</w:tr>' for one in rows)}</w:tbl>"


def cell(*lines, marks=""):
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{''.join(lines)}</w:tc>"


def read(tmp_path, *raw, **more):
    return layouts.read(document(tmp_path / "a.docx", raw="".join(raw), **more)).blocks


OUTLINE = lists(
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
)


def test_numbers_of_a_list_begin_again_below_each_heading(tmp_path):
    said = read(
        tmp_path,
        line("组织", number=1), line("换届", number=1, level=2), line("改选", number=1, level=2),
        line("队伍", number=1), line("党费", number=1, level=2), line("另见"),
        numbering=OUTLINE,
    )  # fmt: skip
    assert said == ["一、组织", "1.换届", "2.改选", "二、队伍", "1.党费", "另见"]


def test_a_list_may_begin_anew_and_another_go_on(tmp_path):
    anew = "".join(
        f'<w:num w:numId="{one}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for one, more in (
            (1, ""),
            (2, ""),
            (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        )
    )
    said = read(
        tmp_path,
        line("甲", number=1), line("乙", number=2), line("丙", number=3), line("丁", number=3),
        line("戊", number=0), line("己", number=9),
        numbering=lists(level(0, "decimal", "%1)"), nums=anew),
    )  # fmt: skip
    assert said == ["1)甲", "2)乙", "1)丙", "2)丁", "戊", "己"]


def test_numbers_of_styles_and_of_several_levels(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="B"/></w:style>'
    )
    several = lists(
        level(0, "decimal", "第%1条", '<w:pStyle w:val="A"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="B"/>'),
    )
    said = read(
        tmp_path, line("甲", style="A"), line("乙", style="B"), line("丙", style="C"),
        numbering=several, styles=styles,
    )  # fmt: skip
    assert said == ["第1条 甲", "1.1 乙", "1.2 丙"]


def test_a_column_of_numbers_and_a_cell_of_numbered_lines(tmp_path):
    two = (
        OUTLINE.replace('w:abstractNumId="0"', 'w:abstractNumId="1"').replace(
            'w:abstractNumId w:val="0"', 'w:abstractNumId w:val="1"'
        )
    ).replace('w:numId="1"', 'w:numId="2"')
    numbering = lists(level(0, "decimal", "%1")) + two
    numbered = [
        cell(
            line("换届", number=2, level=2),
            line("改选", number=2, level=2),
            line("", number=2, level=2),
        )
    ]
    (found,) = read(
        tmp_path,
        table(cell(line("", number=1)) + numbered[0], cell(line("", number=1)) + cell(line("甲"))),
        numbering=numbering,
    )
    assert found.text == [["1", "1.换届\n2.改选"], ["2", "甲"]]


def test_bullets_and_what_is_merged_away_have_no_number(tmp_path):
    bullets = lists(level(0, "bullet", "\uf06c"), level(1, "decimal", "%2."))
    (found,) = read(
        tmp_path,
        table(
            cell(line("甲", number=1, level=1), marks='<w:vMerge w:val="restart"/>'),
            cell(line("", number=1, level=1), marks="<w:vMerge/>"),
            cell(line("乙", number=1, level=1), line("丙", number=1)),
        ),
        numbering=bullets,
    )
    assert found.text == [["1.甲"], ["1.甲"], ["2.乙\n丙"]]


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("chineseCounting", 10, "十"), ("chineseCountingThousand", 21, "二十一"), ("japaneseCounting", 105, "一百零五"),
        ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircleChinese", 21, "21"), ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographTraditional", 2, "乙"), ("upperLetter", 27, "AA"),
        ("lowerRoman", 9, "ix"), ("decimalZero", 7, "07"), ("decimalFullWidth", 12, "１２"), ("unheardOf", 4, "4"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_writes_them(form, value, shown):
    assert written(value, form) == shown


def test_tracked_changes_are_taken_as_accepted(tmp_path):
    said = read(
        tmp_path,
        line("每季度召开", gone=True), line("1次"), line("", gone=True), line("尾"),
        table(
            cell(line("甲")) + cell(line("旧"), marks='<w:cellDel w:id="1"/>') + cell(line("乙")),
            f'<w:trPr><w:del w:id="2"/></w:trPr>{cell(line("丙"))}{cell(line("丁"))}',
            f'<w:trPr><w:ins w:id="3"/></w:trPr>{cell(line("戊"))}{cell(line("己"))}',
        ),
    )  # fmt: skip
    assert [*said[:2], said[2].text] == ["每季度召开1次", "尾", [["甲", "乙"], ["戊", "己"]]]


@pytest.mark.parametrize(("raw", "told"), [(line("甲"), False), (line("甲", gone=True), True)])
def test_tracked_changes_are_told(tmp_path, raw, told):
    assert layouts.read(document(tmp_path / "a.docx", "题目", raw=raw)).tracked is told


def test_a_deleted_paragraph_is_not_counted(tmp_path):
    said = read(
        tmp_path,
        line("甲", number=1, level=2), line("", number=1, level=2, gone=True), line("乙", number=1, level=2),
        numbering=OUTLINE,
    )  # fmt: skip
    assert said == ["1.甲", "2.乙"]


def box(content):
    held = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{held}</mc:Choice>"
        f"<mc:Fallback>{held}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def test_text_boxes_are_read_once(tmp_path):
    said = read(
        tmp_path,
        box(line("题目") + table(cell(line("甲")))),
        table(cell(box(line("乙"))) + cell(line("丙"), box(line("图例")))),
    )
    assert [one if isinstance(one, str) else one.text for one in said] == [
        "", "题目", [["甲"]], [["乙", "丙"]],
    ]  # fmt: skip


def test_a_table_that_is_but_a_frame_is_its_content(tmp_path):
    said = read(tmp_path, table(cell(line("题目"), table(cell(line("甲")) + cell(line("乙"))))))
    assert [said[0], said[1].text] == ["题目", [["甲", "乙"]]]


def test_formulas_are_read_and_readings_above_the_line_are_not(tmp_path):
    formula = (
        "<w:p><m:oMath><m:r><m:t>得分=</m:t></m:r><m:f><m:num><m:r><m:t>完成数</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>任务数</m:t></m:r></m:den></m:f></m:oMath></w:p>"
    )
    ruby = f"<w:p><w:r><w:ruby><w:rt>{run('mei')}</w:rt><w:rubyBase>{run('每')}</w:rubyBase></w:ruby></w:r></w:p>"
    assert read(tmp_path, formula, ruby) == ["得分=完成数/任务数", "每"]


def test_a_list_that_runs_in_circles_is_read(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="A" w:default="1"><w:basedOn w:val="A"/></w:style>'
    )
    assert read(tmp_path, line("甲"), numbering=OUTLINE, styles=styles) == ["甲"]


def test_notes_below_the_page_stand_at_the_end(tmp_path):
    notes = "".join(
        f'<w:footnote w:id="{at}">{line(text)}</w:footnote>'
        for at, text in ((0, ""), (2, "延期须经批准。"), (3, "没有用到"))
    )
    asked = '<w:p><w:r><w:t>换届</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert read(tmp_path, asked, line("尾"), footnotes=notes) == [
        "换届",
        "尾",
        "注：延期须经批准。",
    ]
