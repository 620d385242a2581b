"""A ledger leaves while it is read, and is the same workbook to every program."""

import io
from datetime import date, datetime
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from portal.kit.streaming import FIRST_PART, ROWS_AT_ONCE, SHEET, download, poured, streamed
from portal.kit.table import Column

COLUMNS = [Column(key="name", header="名称"), Column(key="note", header="说明", kind="lines")]
ROWS = 1_000


def test_the_first_bytes_leave_before_any_row_is_read():
    read = []
    stream = streamed(title="台账", columns=COLUMNS, rows=noted(read))
    assert next(stream).startswith(b"PK")
    assert read == []


def test_no_more_rows_are_held_than_go_out_at_once():
    read, sent = [], 0
    for piece in streamed(title="台账", columns=COLUMNS, rows=noted(read)):
        assert len(read) - sent <= ROWS_AT_ONCE
        sent = len(read)
        assert isinstance(piece, bytes)
    assert sent == ROWS


def test_programs_know_it_by_its_first_entry_and_the_frame_counts_all_rows():
    book = whole(noted([]), notes=["口径"])
    with ZipFile(book) as archive:
        assert archive.namelist()[0] == FIRST_PART
        assert archive.testzip() is None
        assert b"<dimension" not in archive.read(SHEET)
    sheet = openpyxl.load_workbook(book).active
    assert sheet.auto_filter.ref == f"A3:B{ROWS + 3}"
    assert sheet.cell(ROWS + 4, 1).value == "注：口径"
    assert f"A{ROWS + 4}:B{ROWS + 4}" in {str(merged) for merged in sheet.merged_cells.ranges}


@pytest.mark.parametrize(
    "value",
    [
        "<新河>&“柳湾”]]>", " 前后有空格 ", "两行\n文字", "=1+1", "#N/A", "_x000D_", "𠮷",
        0, -3, 2.5, True, None, date(2026, 11, 3), datetime.fromisoformat("2026-11-03T09:30"),
    ],
)  # fmt: skip
def test_each_value_reads_back(value):
    sheet = openpyxl.load_workbook(whole([[value, value]])).active
    read = sheet["B4"].value
    assert (read.replace("_x005F_", "_") if isinstance(read, str) else read) == wanted(value)
    assert sheet["B4"].data_type != "f"


def test_readers_that_take_row_by_row_see_every_cell():
    book = whole(noted([]))
    fast = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    slow = openpyxl.load_workbook(book, read_only=True).active
    assert [row[0] for row in fast[3:]] == [row[0].value for row in slow.iter_rows(min_row=4)]
    assert len(fast) == ROWS + 3


def test_a_download_has_the_name_in_any_script():
    answer = download(iter([b"PK"]), "安禾县_整改台账.xlsx")
    assert answer.streaming
    assert "filename*=utf-8''%E5%AE%89" in answer["Content-Disposition"]


def wanted(value):
    """A sheet knows moments, and days are those at midnight."""
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return datetime.fromisoformat(str(value)) if is_day else value


def whole(rows, **more):
    book = io.BytesIO()
    poured(streamed(title="台账", columns=COLUMNS, rows=rows, **more), book)
    book.seek(0)
    return book


def noted(read):
    for number in range(ROWS):
        read.append(number)
        yield [f"第{number}行", "说明"]
