import subprocess
import sys
import time
import zipfile
from copy import copy
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from portal.kit import sheets
from portal.kit.sheets import SheetRefused
from portal.kit.tests import bombs
from portal.kit.tests.bombs import book, cell, row

TINY = row(1, cell("A1"))
BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def long_shared_text(path):
    """Written piece by piece: in one piece it would fill the memory of the test."""
    book(path, row(1, cell("A1", "0", kind="s")), strings=None)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(bombs.SHARED, "w") as part,
    ):
        part.write(f'{bombs.HEAD}<sst xmlns="{bombs.MAIN}"><si><t>'.encode())
        for _megabyte in range(300):
            part.write(b"a" * 1_000_000)
        part.write(b"</t></si></sst>")
    return path


def text_pointed_at_from_everywhere(path):
    rows = "".join(
        row(at, *(cell(f"{letter}{at}", "0", kind="s") for letter in "ABCDEFGHIJ"))
        for at in range(1, 401)
    )
    return book(path, rows, strings=f"<si><t>{'长' * 30_000}</t></si>")


def seventy_thousand_members(path):
    """In the directory of the archive; all are the same empty member."""
    with zipfile.ZipFile(book(path, TINY), "a") as archive:
        archive.writestr("x/0", b"")
        for number in range(1, 70_000):
            more = copy(archive.filelist[-1])
            more.filename = f"x/{number}"
            archive.filelist.append(more)
    return path


BOMBS = {
    "last cell of the sheet": (lambda path: book(path, TINY + row(1048576, cell("XFD1048576"))), "too much memory"),
    "column ZZZ": (lambda path: book(path, row(1, cell("ZZZ1"))), ""),
    "merge of everything": (lambda path: book(path, TINY, after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "merged"),
    "five million empty rows": (lambda path: book(path, "<row/>" * 5_000_000), "empty rows"),
    "a million and a half cells": (lambda path: book(path, ("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 1500), "cells"),
    "300 MB shared text": (long_shared_text, "more than"),
    "one text in 4,000 cells": (text_pointed_at_from_everywhere, "million characters"),
    "70,000 members": (seventy_thousand_members, "parts inside"),
    "billion laughs": (lambda path: book(path, TINY, prolog=BILLION_LAUGHS), "document type"),
    "external entity": (lambda path: book(path, TINY, prolog=XXE), "document type"),
    "macros": (lambda path: bombs.add(book(path, TINY), "xl/vbaProject.bin"), "macros"),
    "stray cell far below": (lambda path: book(path, TINY + row(60_000, cell("A60000"))), "down to row"),
    "stray cell far right": (lambda path: book(path, row(1, cell("A1"), cell("CZ1"))), "columns"),
    "nothing in it": (lambda path: book(path, ""), "no content"),
    "bad shared text index": (lambda path: book(path, row(1, cell("A1", "77", kind="s"))), ""),
    "number that is none": (lambda path: book(path, row(1, cell("A1", "abc"))), "damaged"),
    "cut XML": (lambda path: book(path, "<row r='1'><c r='A1'><v>1</v>"), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_dangerous_workbook_is_refused_within_seconds(tmp_path, name):
    build, word = BOMBS[name]
    path = build(tmp_path / "bomb.xlsx")
    before = time.monotonic()
    with pytest.raises(SheetRefused) as refused:
        sheets.read(path)
    # The limit that is promised; alone it takes one or two, in a busy suite more.
    took = time.monotonic() - before
    assert (word in refused.value.sentence, took < 30) == (True, True)


def ole(path, content=b""):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + content)
    return path


def written(path, content):
    path.write_bytes(content)
    return path


def without_book(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return path


def truncated(path):
    whole = book(path, TINY).read_bytes()
    return written(path, whole[: len(whole) // 2])


def locked_member(path):
    content = bytearray(book(path, TINY).read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    return written(path, bytes(content))


STRANGERS = {
    "empty": (lambda path: written(path, b""), "The file is empty."),
    "old xls": (ole, "This is an old .xls or .et workbook. Save it as .xlsx in WPS and upload that."),
    "encrypted": (lambda path: ole(path, "EncryptedPackage".encode("utf-16-le")), "The file is encrypted. Remove its password and upload it again."),
    "encrypted zip": (locked_member, "The file is encrypted. Remove its password and upload it again."),
    "html": (lambda path: written(path, b"<html><table>"), "This is not an .xlsx workbook. Open it in WPS or Excel and save it as .xlsx."),
    "gbk csv": (lambda path: written(path, "党组织,人数".encode("gbk")), "This is not an .xlsx workbook. Open it in WPS or Excel and save it as .xlsx."),
    "pdf": (lambda path: written(path, b"%PDF-1.7 PK"), "This is not an .xlsx workbook. Open it in WPS or Excel and save it as .xlsx."),
    "docx renamed": (without_book, "This is not an .xlsx workbook. Open it in WPS or Excel and save it as .xlsx."),
    "truncated": (truncated, "The file is damaged and cannot be read. Open it in WPS or Office, save it again and upload that."),
    "xlsb": (lambda path: bombs.add(book(path, TINY), "xl/workbook.bin"), "This is an .xlsb workbook. Save it as .xlsx in WPS or Excel and upload that."),
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGERS)
def test_a_file_that_is_no_plain_workbook_is_told_what_to_do(tmp_path, name):
    build, sentence = STRANGERS[name]
    with pytest.raises(SheetRefused) as refused:
        sheets.read(build(tmp_path / "stranger.xlsx"))
    assert refused.value.sentence == sentence


def test_cells_come_back_as_excel_shows_them(tmp_path):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["B2"], sheet["C2"], sheet["D2"], sheet["E2"] = "双井", 12, 1.5, True
    sheet["B4"], sheet["C4"], sheet["D4"] = (
        date(2026, 11, 3),
        datetime.fromisoformat("2026-11-03 09:30"),
        timedelta(hours=1),
    )
    workbook.create_sheet("选项").sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    book_read = sheets.read(tmp_path / "a.xlsx")
    assert book_read.first.rows == [
        [],
        [None, "双井", 12, 1.5, True],
        [],
        [None, date(2026, 11, 3), datetime.fromisoformat("2026-11-03 09:30"), "1:00:00"],
    ]
    assert [(sheet.name, sheet.hidden) for sheet in book_read.sheets] == [
        ("Sheet", False),
        ("选项", True),
    ]


@pytest.mark.parametrize(
    "spelling", ['yyyy"."mm"."dd', 'yyyy"年"m"月"d"日"', "[$-804]yyyy.mm.dd;@", "m/d/yy"]
)
def test_dates_are_recognised_in_the_formats_of_our_ledgers(tmp_path, spelling):
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = date(2026, 11, 3)
    workbook.active["A1"].number_format = spelling
    workbook.save(tmp_path / "a.xlsx")
    assert sheets.read(tmp_path / "a.xlsx").first.rows == [[date(2026, 11, 3)]]


def test_dates_of_the_1904_system_are_the_same_days(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.active["A1"] = date(2026, 11, 3)
    workbook.save(tmp_path / "a.xlsx")
    assert sheets.read(tmp_path / "a.xlsx").first.rows == [[date(2026, 11, 3)]]


def test_an_infinite_number_comes_back_as_text(tmp_path):
    assert sheets.read(book(tmp_path / "a.xlsx", row(1, cell("A1", "1e999")))).first.rows == [
        ["inf"]
    ]


def test_formatted_empty_rows_below_the_table_do_no_harm(tmp_path):
    rows = TINY + "".join(f'<row r="{at}"><c r="A{at}" s="0"/></row>' for at in range(2, 30_000))
    assert sheets.read(book(tmp_path / "a.xlsx", rows)).first.rows == [[1]]


def test_five_thousand_rows_are_read_and_the_next_is_refused(tmp_path):
    limits = sheets.Limits(rows=30)
    rows = "".join(row(at, cell(f"A{at}")) for at in range(1, 51))
    assert len(sheets.read(book(tmp_path / "a.xlsx", rows), limits=limits).first.rows) == 50
    with pytest.raises(SheetRefused) as refused:
        sheets.read(book(tmp_path / "a.xlsx", rows + row(51, cell("A51"))), limits=limits)
    assert refused.value.params == {"row": 51, "limit": 30}


MEASURE = """
import resource, sys, django
from django.conf import settings
settings.configure(USE_I18N=False)
from portal.kit import sheets
for path in sys.argv[1:]:
    try:
        sheets.read(path)
    except sheets.SheetRefused:
        pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)
"""


def test_neither_parent_nor_child_grows_past_the_ceiling(tmp_path):
    heavy = ["last cell of the sheet", "a million and a half cells", "one text in 4,000 cells"]
    paths = [BOMBS[name][0](tmp_path / f"{name}.xlsx") for name in heavy]
    # A process of its own: a child's peak includes that of the parent it was forked from.
    command = [sys.executable, "-c", MEASURE, *paths]
    peak = int(subprocess.run(command, cwd=sheets.ROOT, capture_output=True, check=True).stdout)
    assert peak < 512


def test_a_child_that_takes_too_long_is_ended(tmp_path):
    rows = "".join(row(at, cell(f"A{at}")) for at in range(1, 40))
    with pytest.raises(SheetRefused) as refused:
        sheets.read(book(tmp_path / "a.xlsx", rows), limits=sheets.Limits(seconds=0.001))
    assert (
        refused.value.sentence
        == "Reading the workbook took too long. Copy the table alone into a new workbook."
    )
