import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kit import sheets, table, workbooks
from portal.kit.table import Column
from portal.kit.tests import bombs

WIDTHS = (5, 16, 28, 8, 26, 12, 8, 11, 22, 8, 11, 8)
NAME = Column(key="name", header="党组织", required=True, width=16, example="双井村党支部")
PROBLEM = Column(key="problem", header="问题", kind="lines", width=28, longest=40_000)
DUE = Column(key="due", header="时限", kind="date", width=11)
CODE = Column(key="code", header="编号", kind="code", width=10)
STATE = Column(
    key="state",
    header="状态",
    kind="choice",
    width=8,
    choices={"整改中": "open", "已销号": "closed"},
)
COLUMNS = [NAME, PROBLEM, DUE, CODE, STATE]
SYSTEM_ID = Column(key="id", header="系统编号", kind="code", hidden=True, locked=True)


def written(tmp_path, rows, columns=COLUMNS, **more):
    path = tmp_path / "ledger.xlsx"
    more.setdefault("title", "安禾县整改台账")
    count = workbooks.ledger(path, columns=columns, rows=rows, **more)
    return path, count


def test_a_ledger_has_the_measures_of_county_ledgers(tmp_path):
    rows = (
        {
            "name": "双井",
            "problem": "字" * 30,
            "due": date(2026, 11, 3),
            "code": "007",
            "state": "open",
        }
        for _ in range(2)
    )
    path, count = written(
        tmp_path,
        rows,
        unit_line=("填报单位：柳湾镇", "填报人/电话：", "填报日期："),
        filters="A&B",
        notes=["示例"],
    )
    sheet = openpyxl.load_workbook(path).active
    assert count == 2
    assert [sheet.row_dimensions[at].height for at in (1, 2, 3, 4)] == [36, 22, 30, 51]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:E1", "A2:B2", "A6:E6", "D2:E2"]
    assert [cell.value for cell in sheet[2]][::2] == ["填报单位：柳湾镇", "填报人/电话：", None]
    assert (
        sheet["A1"].font.name,
        sheet["A1"].font.size,
        sheet["A3"].font.name,
        sheet["B4"].font.name,
    ) == ("方正小标宋简体", 20, "黑体", "仿宋_GB2312")
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == (
        "C4",
        "A3:E5",
        "$3:$3",
    )
    page, margins = sheet.page_setup, sheet.page_margins
    assert (page.paperSize, page.orientation, page.fitToWidth, page.fitToHeight) == (
        9,
        "landscape",
        1,
        0,
    )
    assert (margins.left, margins.top, sheet.print_options.horizontalCentered) == (0.59, 0.71, True)
    assert (sheet.oddFooter.center.text, sheet.oddFooter.left.text) == ("第 &P 页 共 &N 页", "A&&B")
    assert (sheet["C4"].value, sheet["C4"].number_format) == (
        datetime.fromisoformat("2026-11-03"),
        'yyyy"."mm"."dd',
    )
    assert (sheet["D4"].value, sheet["D4"].number_format, sheet["E4"].value, sheet["A6"].value) == (
        "007",
        "@",
        "整改中",
        "注：示例",
    )
    assert (
        sheet["B4"].alignment.horizontal,
        sheet["C4"].alignment.horizontal,
        sheet["B4"].border.left.style,
    ) == ("left", "center", "thin")
    assert sheet.title == "安禾县整改台账"


def test_what_looks_like_a_formula_stays_text(tmp_path):
    path, _ = written(tmp_path, [["=HYPERLINK(1)", "+1", None, "-2", "@x"]])
    cells = openpyxl.load_workbook(path).active[4]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells if cell.value] == [
        ("=HYPERLINK(1)", "s", True), ("+1", "s", True), ("-2", "s", True), ("@x", "s", True),
    ]  # fmt: skip


def test_every_kind_of_value_is_written_as_itself(tmp_path):
    columns = [
        Column(key="a", header="分数", kind="points"), Column(key="b", header="是否", kind="boolean"),
        Column(key="c", header="时间"), Column(key="d", header="人数", kind="integer", value=lambda row: row[3] + 1),
    ]  # fmt: skip
    path, _ = written(
        tmp_path,
        [[8650, True, datetime(2026, 11, 21, 1, 30, tzinfo=UTC), 4], [None, None, None, 0]],
        columns,
    )
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[4]] == [
        86.5,
        "Yes",
        datetime.fromisoformat("2026-11-21 09:30"),
        5,
    ]
    assert [cell.value for cell in sheet[5]] == [None, None, None, 1]
    assert sheet["C4"].number_format == 'yyyy"."mm"."dd hh:mm'


def test_text_longer_than_a_cell_continues_on_a_sheet_of_its_own(tmp_path):
    text = "长" * 70_000
    path, _ = written(tmp_path, [["双井", text, None, None, None]])
    book = openpyxl.load_workbook(path)
    continued = [row[1].value for row in book.worksheets[1].iter_rows(min_row=2)]
    head = book.worksheets[0]["B4"].value
    assert (head[:32_000] + "".join(continued), book.worksheets[1]["A2"].value) == (text, "B4")
    assert head[32_000:] == "… (continued on the sheet “Continuations”, B4)"


def test_a_ledger_without_rows_still_opens(tmp_path):
    path, count = written(tmp_path, [], title="a/b:c" * 20)
    assert (count, openpyxl.load_workbook(path).active.auto_filter.ref) == (0, "A3:E4")


def test_a_ledger_can_be_written_to_a_stream():
    stream = BytesIO()
    workbooks.ledger(
        stream, title="台账", columns=[NAME], rows=[["双井"]], unit_line=("a", "b", "c")
    )
    assert openpyxl.load_workbook(stream).active["A4"].value == "双井"


def read_back(path, columns=COLUMNS):
    rows = sheets.read(path).first.rows
    found = table.find_header(rows, columns)
    return [table.check(columns, record.raw) for record in table.records(rows, found, limit=5_000)]


def test_a_ledger_reads_back_as_it_was_written(tmp_path):
    row = {
        "name": "𠮷\ue000村_x000D_",
        "problem": "=一\n二",
        "due": date(2026, 11, 3),
        "code": "007",
        "state": "closed",
    }
    path, _ = written(tmp_path, [row], unit_line=("单位",), notes=["注：说明"])
    assert read_back(path) == [(row, {})]


@settings(max_examples=15)
@given(st.text(min_size=1), st.dates(date(1921, 1, 1), date(2100, 1, 1)))
def test_no_text_makes_a_workbook_that_cannot_be_opened(tmp_path_factory, text, day):
    path, _ = written(
        tmp_path_factory.mktemp("x"), [["双井", text, day, text, "open"]], title=text, filters=text
    )
    assert openpyxl.load_workbook(path).active["C4"].value == datetime.combine(
        day, datetime.min.time()
    )


def test_a_template_locks_what_is_given_and_lists_what_may_be_chosen(tmp_path):
    path = tmp_path / "template.xlsx"
    locked = Column(key="name", header="党组织", required=True, locked=True, width=16)
    many = Column(
        key="kind", header="类别", kind="choice", choices={f"第{at}类": at for at in range(100)}
    )
    columns = [SYSTEM_ID, locked, DUE, many]
    workbooks.template(
        path,
        title="花名册导入模板",
        columns=columns,
        rows=[["17", "双井", None, 3]],
        guide=["一、勿改表头"],
    )
    book = openpyxl.load_workbook(path)
    sheet, manual, lists = book.worksheets
    assert (manual.title, lists.sheet_state, sheet.protection.sheet) == (
        "Instructions",
        "hidden",
        True,
    )
    assert [cell.value for cell in sheet[3]] == ["系统编号", "党组织*", "时限", "类别"]
    assert [cell.value for cell in sheet[4]] == ["17", "双井", None, "第3类"]
    assert [cell.protection.locked for cell in sheet[4]] == [True, True, False, False]
    assert (
        sheet.column_dimensions["A"].hidden,
        sheet.column_dimensions["C"].protection.locked,
    ) == (True, False)
    rule = sheet.data_validations.dataValidation[0]
    assert (rule.formula1, str(rule.sqref), lists["D100"].value) == (
        "'Choice lists'!$D$1:$D$100",
        "D4:D5003",
        "第99类",
    )
    assert [manual.cell(row, 1).value for row in (3, 4, 5, 6)] == [
        "党组织",
        "时限",
        "类别",
        "一、勿改表头",
    ]


def test_a_template_that_is_filled_in_is_read_by_its_own_columns(tmp_path):
    path = tmp_path / "template.xlsx"
    workbooks.template(path, title="模板", columns=COLUMNS)
    book = openpyxl.load_workbook(path)
    for at, value in enumerate(["上坝", "无", "2026.11.3", 12, "已 销号"], 1):
        book.worksheets[0].cell(4, at).value = value
    book.save(path)
    assert read_back(path) == [
        (
            {
                "name": "上坝",
                "problem": "无",
                "due": date(2026, 11, 3),
                "code": "12",
                "state": "closed",
            },
            {},
        )
    ]


def test_a_refused_file_comes_back_with_its_errors_marked(tmp_path):
    path, _ = written(tmp_path, [["双井", "=1", None, "x", None], ["上坝", None, None, None, None]])
    workbooks.returned(
        path,
        tmp_path / "out.xlsx",
        {(4, 3): "不能为空", (4, 4): "=没有此编号", (5, 0): "重复"},
        header_row=3,
    )
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert [sheet.cell(row, 6).value for row in (3, 4, 5)] == [
        "错误说明",
        "时限：不能为空；编号：=没有此编号",
        "重复",
    ]
    assert (sheet["C4"].fill.fgColor.rgb, sheet["C4"].comment.text, sheet["A4"].fill.fill_type) == (
        "FFFDECEC",
        "不能为空",
        None,
    )
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=1", "s")


def test_marks_of_an_earlier_round_are_gone_from_the_next(tmp_path):
    path, _ = written(tmp_path, [["双井", None, None, "x", None]])
    workbooks.returned(path, tmp_path / "one.xlsx", {(4, 3): "不能为空"}, header_row=3)
    workbooks.returned(tmp_path / "one.xlsx", tmp_path / "two.xlsx", {(4, 4): "没有"}, header_row=3)
    sheet = openpyxl.load_workbook(tmp_path / "two.xlsx").active
    assert (
        sheet.max_column,
        sheet["F4"].value,
        sheet["C4"].comment,
        sheet["C4"].fill.fill_type,
    ) == (6, "编号：没有", None, None)
    assert table.find_header(sheets.read(tmp_path / "two.xlsx").first.rows, COLUMNS).unknown == []


def test_a_dangerous_file_is_not_marked_either(tmp_path):
    path = bombs.book(tmp_path / "a.xlsx", "<row/>" * 300_000)
    with pytest.raises(sheets.SheetRefused):
        workbooks.returned(path, tmp_path / "out.xlsx", {(1, 1): "x"}, header_row=1)
    assert (tmp_path / "out.xlsx").exists() is False


def test_a_stray_format_in_the_last_cell_does_not_stop_the_marking(tmp_path):
    rows = bombs.row(1, bombs.cell("A1")) + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    workbooks.returned(
        bombs.book(tmp_path / "a.xlsx", rows), tmp_path / "out.xlsx", {(2, 1): "x"}, header_row=1
    )
    assert zipfile.is_zipfile(tmp_path / "out.xlsx")


def test_twelve_columns_of_the_usual_ledger_fit_on_one_page_wide():
    assert sum(WIDTHS) <= 165
