"""Files as they look; and every file that may not be read gets a sentence, in time and within the memory."""

import resource
import zipfile

import openpyxl
import pytest

from portal.kit import layouts
from portal.kit.layouts import grid, paste
from portal.kit.refusal import Refusal
from portal.kit.sheetscan import DAMAGED, NOT_A_KIND, WORKBOOK
from portal.kit.tests import bombs
from portal.kit.tests.documents import C, document
from portal.kit.uploads import INSTEAD, NOT_TAKEN

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "The file is encrypted. Remove its password and upload it again."
MACROS = "The file contains macros. Save it without macros and upload that."
DOCTYPE = "The file declares a document type, which no office program does. It is not read."
MEMORY = "Reading the workbook takes too much memory; something probably stands far right of or far below the table. Copy the table alone into a new workbook."
BOMB = "The file unpacks to far more than its size; that is not a normal office file."


def workbook(path, *rows, merged=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(path)
    return path


def rewritten(path, name, content):
    """The archive with one part replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, old in (parts | {name: content}).items():
            archive.writestr(one, old)
    return path


def test_a_merged_cell_is_seen_wherever_it_covers(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", ["项目", "内容"], ["组织", "换届"], [None, 2.5], merged=["A2:A3"]
    )
    (found,) = layouts.read(path).grids
    assert found.text == [["项目", "内容"], ["组织", "换届"], ["组织", "2.5"]]
    assert [row[0] for row in found.corner] == [(0, 0), (1, 0), (1, 0)]


def test_what_a_workbook_hides_is_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.active.append(["丙", "丁"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("旧").sheet_state = "hidden"
    book["旧"].append(["戊"])
    book.save(tmp_path / "a.xlsx")
    first, second = layouts.read(tmp_path / "a.xlsx").grids
    assert (first.hidden_rows, first.hidden_columns, first.hidden, second.hidden) == (
        frozenset({1}), frozenset({1}), False, True,
    )  # fmt: skip


def test_a_document_is_its_paragraphs_and_tables_in_order(tmp_path):
    rows = [
        [C("甲", span=2), "乙"],
        [C("丙", merge="down"), "丁", "戊"],
        [C(merge="up"), "己\n庚", ""],
    ]
    found = layouts.read(document(tmp_path / "a.docx", "题目", rows, "", "注")).blocks
    assert [found[0], *found[2:]] == ["题目", "", "注"]
    assert found[1].text == [["甲", "甲", "乙"], ["丙", "丁", "戊"], ["丙", "己\n庚", ""]]


def test_a_table_in_a_cell_is_read_in_it_and_by_itself(tmp_path):
    path = document(tmp_path / "a.docx", [["甲", C("乙", inner=[["丙", "丁"]])]])
    assert [one.text for one in layouts.read(path).grids] == [[["甲", "乙\n丙 丁"]], [["丙", "丁"]]]


def test_what_a_reader_of_the_document_does_not_see_is_not_read(tmp_path):
    raw = (
        "<w:p><w:del><w:r><w:t>删</w:t></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert layouts.read(document(tmp_path / "a.docx", raw=raw)).blocks == ["增", "控件"]


def test_pasted_cells_are_a_table_and_other_text_is_lines():
    (found,) = paste('项目\t内容\n"一\n二"\t三\n').grids
    assert found.text == [["项目", "内容"], ["一\n二", "三"]]
    assert paste("一、组织\r\n1.换届").blocks == ["一、组织", "1.换届"]


@pytest.mark.parametrize(
    ("pasted", "rows"),
    [
        ("项目\t内容\t分值\n组织\t1.\t换届\t5", [["组织", "1.换届", "5"]]),
        ("项目\t内容\t标准\n组织\t1.\t换届\n2.\t改选\t①\t逾期\n②\t漏选", [["组织", "1.换届\n2.改选", "①逾期\n②漏选"]]),
        ("序号\t内容\t分值\n1.\t换届\t5\n2.\t\t改选\t5", [["1.", "换届", "5"], ["2.", "改选", "5"]]),
        ("序号\t项目\t内容\n1\t组织\t换届\n2\t\t改选", [["1", "组织", "换届"], ["2", "", "改选"]]),
        ("项目\t内容\t分值\n组织\t换届\t一、甲\n二、\t乙\t5", [["组织", "换届", "一、甲"], ["二、乙", "5", ""]]),
    ],
)  # fmt: skip
def test_numbers_that_word_puts_into_cells_of_their_own_stay_with_their_text(pasted, rows):
    assert paste(pasted).grids[0].text[1:] == rows


def test_text_in_the_old_encoding_is_read(tmp_path):
    (tmp_path / "a.txt").write_bytes("项目\t内容".encode("gb18030"))
    assert layouts.read(tmp_path / "a.txt").grids[0].text == [["项目", "内容"]]


def test_an_area_beyond_the_table_is_cut():
    assert grid("", [["甲", "乙"]], [[0, 0, 9, 9], [5, 5, 6, 6]]).text == [["甲", "甲"]]


def written(content):
    return lambda path: path.write_bytes(content)


def nested(path):
    rows = [["底"]]
    for _depth in range(12):
        rows = [[C(inner=rows)]]
    document(path, rows)


def bomb(path):
    document(path, "甲")
    rewritten(path, "word/media/a.xml", b" " * (80 << 20))


def deep(path):
    document(path, raw="<w:p>" + "<w:x>" * 50_000 + "</w:x>" * 50_000 + "</w:p>")


def many_elements(path):
    document(path, raw="<w:p><w:r><w:t>组</w:t></w:r></w:p>" * 600_000)


def flagged(path):
    document(path, "甲")
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)


BAD = [
    ("empty.xlsx", written(b""), "The file is empty."),
    ("empty.docx", written(b""), "The file is empty."),
    ("text.xlsx", written("评分表".encode()), NOT_A_KIND[WORKBOOK]),
    ("pdf.docx", written(b"%PDF-1.7"), NOT_A_KIND["word/document.xml"]),
    ("old.doc", written(OLE), INSTEAD[".doc"]),
    ("old.wps", written(OLE), INSTEAD[".wps"]),
    ("old.xls", written(OLE), INSTEAD[".xls"]),
    ("old.et", written(OLE), INSTEAD[".et"]),
    ("macro.docm", written(b"PK"), INSTEAD[".docm"]),
    ("macro.xlsm", written(b"PK"), INSTEAD[".xlsm"]),
    ("a.zip", written(b"PK"), INSTEAD[".zip"]),
    ("a.pdf", written(b"%PDF"), NOT_TAKEN),
    ("noname", written(b"x"), NOT_TAKEN),
    ("renamed.docx", written(OLE), INSTEAD[".doc"]),
    ("renamed.xlsx", written(OLE), INSTEAD[".xls"]),
    ("locked.docx", written(OLE + "EncryptedPackage".encode("utf-16-le")), ENCRYPTED),
    ("locked.xlsx", written(OLE + "EncryptedPackage".encode("utf-16-le")), ENCRYPTED),
    ("flagged.docx", flagged, ENCRYPTED),
    ("vba.docx", lambda p: bombs.add(document(p, "甲"), "word/vbaProject.bin"), MACROS),
    ("book.docx", lambda p: workbook(p, ["甲"]), NOT_A_KIND["word/document.xml"]),
    ("document.xlsx", lambda p: document(p, "甲"), NOT_A_KIND[WORKBOOK]),
    ("cut.docx", lambda p: p.write_bytes(document(p, "甲" * 999).read_bytes()[:-200]), DAMAGED),
    ("cut.xlsx", lambda p: p.write_bytes(workbook(p, ["甲"]).read_bytes()[:-200]), DAMAGED),
    ("bomb.docx", bomb, BOMB),
    ("xxe.docx", lambda p: rewritten(document(p, "甲"), "word/document.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'), DOCTYPE),
    ("laughs.docx", lambda p: rewritten(document(p, "甲"), "word/document.xml", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")), DOCTYPE),
    ("xxe.xlsx", lambda p: bombs.book(p, bombs.row(1, bombs.cell("A1")), prolog='<!DOCTYPE a SYSTEM "http://example.invalid/">'), DOCTYPE),
    ("unclosed.docx", lambda p: rewritten(document(p, "甲"), "word/document.xml", b"<w:document>"), DAMAGED),
    ("bodyless.docx", lambda p: rewritten(document(p, "甲"), "word/document.xml", b"<a/>"), DAMAGED),
    ("nested.docx", nested, "The tables of the document stand too deep in one another."),
    ("deep.docx", deep, DAMAGED),
    ("wide.docx", lambda p: document(p, [["甲"] * 90]), "The sheet has %(count)s columns; at most %(limit)s are read. Delete what stands to the right of the table."),
    ("wide.xlsx", lambda p: workbook(p, ["甲"] * 90), "The sheet has %(count)s columns; at most %(limit)s are read. Delete what stands to the right of the table."),
    ("blank.docx", document, "The file has no content."),
    ("blank.xlsx", lambda p: workbook(p), "The file has no content."),
    ("blank.txt", written(b" \n \t"), "The text is empty. Paste the scoring table into it."),
    ("strange.txt", written(b"\xff\xfe\xfd\xff"), "The text is neither UTF-8 nor GB18030. Save it as UTF-8 and try again."),
    ("long.txt", written(b"a" * 400_001), "The text has more than %(limit)s characters. Paste the table in parts."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "msgid"), BAD, ids=[name for name, _make, _msgid in BAD])
def test_a_file_that_may_not_be_read_gets_its_sentence(tmp_path, name, make, msgid):
    make(tmp_path / name)
    with pytest.raises(Refusal) as refusal:
        layouts.read(tmp_path / name)
    assert refusal.value.msgid == msgid


def test_a_document_larger_than_the_memory_is_refused_and_harms_nobody(tmp_path):
    many_elements(tmp_path / "a.docx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refusal) as refusal:
        layouts.read(tmp_path / "a.docx", limits=layouts.Limits(ratio=10_000, memory=200 << 20))
    assert refusal.value.msgid in (MEMORY, BOMB)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10


def test_an_area_without_a_text_in_its_corner_shows_the_one_it_holds():
    assert grid("", [["", "乙"], ["甲", "丙"]], [[0, 0, 1, 0]]).text == [["甲", "乙"], ["甲", "丙"]]


def test_a_share_is_seen_as_one(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([0.05, 0.5, 0.05, "另"])
    book.active["A1"].number_format = "0%"
    book.active["B1"].number_format = "0.0%"
    book.active["D1"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    assert layouts.read(tmp_path / "a.xlsx").grids[0].text == [["5%", "50%", "0.05", "另"]]


def test_marks_that_draw_nothing_are_dropped(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ["分值\u200b", "党\u00ad员", "甲\r\n乙"])
    assert layouts.read(path).grids[0].text == [["分值", "党员", "甲\n乙"]]
