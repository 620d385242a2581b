"""Workbooks that bite: bombs of a few kilobytes, other files under an .xlsx name, tables of another kind."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from openpyxl import Workbook

from portal.kit.tests.bombs import add, book, cell, row
from portal.kit.tests.documents import document
from portal.tests.bad.doors import at, key
from portal.tests.bad.files import OLE, locked_zip, macros, photo, zipped

TINY = row(1, cell("A1"))


@dataclass(frozen=True)
class Import:
    name: str
    by: str
    at: Callable[[SimpleNamespace], str]
    said: Callable[[SimpleNamespace], dict[str, Any]]


IMPORTS = [
    Import("roster", "officer", at("branches:imports"),
           lambda world: {"owner": world.county.pk, "client_key": key(1)}),
    Import("edition", "officer", at("standards:upload", "edition.pk"),
           lambda world: {"client_key": key(2), "fields": ["rural"]}),
    Import("answers", "clerk", at("inspections:assessments_table"),
           lambda world: {"cycle": world.cycle.pk, "client_key": key(3)}),
]  # fmt: skip


def table(*rows: list[Any]) -> bytes:
    made = Workbook()
    for values in rows:
        made.active.append(values)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def of(*rows: list[Any]) -> Callable[[Path], bytes]:
    return lambda path: table(*rows)


def of_bytes(content: bytes) -> Callable[[Path], bytes]:
    return lambda path: content


def of_book(rows: str, **more: str) -> Callable[[Path], bytes]:
    return lambda path: book(path, rows, **more).read_bytes()


def of_document(*blocks: str | list) -> Callable[[Path], bytes]:
    return lambda path: document(path, *blocks).read_bytes()


def many_members(path: Path) -> bytes:
    book(path, TINY)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(3_000):
            archive.writestr(f"xl/media/{number}", b"")
    return path.read_bytes()


def cells_without_end(path: Path) -> bytes:
    line = "".join(cell(f"{letter}1") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return book(path, "".join(f'<row r="{n}">{line}</row>' for n in range(1, 58_000))).read_bytes()


def rows_without_end(path: Path) -> bytes:
    return book(path, "".join(f'<row r="{n}"/>' for n in range(1, 1_048_576))).read_bytes()


def cut(path: Path) -> bytes:
    whole = book(path, TINY).read_bytes()
    return whole[: len(whole) // 2]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WORKBOOKS: dict[str, Callable[[Path], bytes]] = {
    "empty": of_bytes(b""), "text": of_bytes("组织全称,上级组织".encode()), "CSV in GBK": of_bytes("组织全称,上级组织".encode("gbk")),
    "HTML": of_bytes(b"<html><table><tr><td>1</table>"), "old XLS": of_bytes(OLE),
    "encrypted": of_bytes(OLE + "EncryptedPackage".encode("utf-16-le")), "encrypted zip": of_bytes(locked_zip()),
    "PDF": of_bytes(b"%PDF-1.7"), "DOCX renamed": of_bytes(zipped(**{"word/document.xml": "<w/>"})),
    "cut in half": cut, "3,000 members": many_members, "XML cut": of_book("<row r='1'><c r='A1'><v>1</v>"),
    "no such shared text": of_book(row(1, cell("A1", "77", kind="s"))), "column ZZZZZ": of_book(row(1, cell("ZZZZZ1"))),
    "number that is none": of_book(row(1, cell("A1", "abc"))), "NaN": of_book(row(1, cell("A1", "NaN"))),
    "infinite": of_book(row(1, cell("A1", "1e999"))), "billion laughs": of_book(TINY, prolog=LAUGHS),
    "file from outside": of_book(TINY, prolog=OUTSIDE), "1.5 million cells": cells_without_end,
    "a million empty rows": rows_without_end, "last cell of the sheet": of_book(row(1_048_576, cell("XFD1048576"))),
    "merged whole": of_book(TINY, after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "one text of 60 MB": of_book(row(1, cell("A1", "0", kind="s")), strings=f"<si><t>{'字' * 20_000_000}</t></si>"),
    "macros": lambda path: add(book(path, TINY), "xl/vbaProject.bin").read_bytes(),
    "nothing in it": of_book(""), "another table": of(["商品", "数量"], ["铅笔", 3]),
    "title only": of(["安禾县名册"]), "first column twice": of(["组织全称", "组织全称"], ["甲", "乙"]),
    "header renamed": of(["单位", "上级", "类别"], ["新庄村党支部", "柳湾镇", "支部"]),
    "odd texts": of(["组织全称\u202e", "上级组织", "\u200b"], ["新\u202e", "=1+1", "#REF!"]),
    "100 columns": of([f"列{n}" for n in range(100)], list(range(100))),
}  # fmt: skip
PROGRAM, LOCKED = b"MZ" + bytes(900), OLE + "EncryptedPackage".encode("utf-16-le")
# What comes to the door of a scoring table by mistake, under the name it comes by.
TABLES: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "program": ("评分表.exe", of_bytes(PROGRAM)), "program as DOCX": ("评分表.docx", of_bytes(PROGRAM)),
    "program as XLSX": ("评分表.xlsx", of_bytes(PROGRAM)), "photo": ("评分表.jpg", of_bytes(photo())),
    "photo as DOCX": ("评分表.docx", of_bytes(photo())), "photo as XLSX": ("评分表.xlsx", of_bytes(photo())),
    "encrypted DOCX": ("评分表.docx", of_bytes(LOCKED)), "old DOC": ("评分表.doc", of_bytes(OLE)),
    "old XLS": ("评分表.xls", of_bytes(OLE)), "PDF": ("评分表.pdf", of_bytes(b"%PDF-1.7")),
    "no suffix": ("评分表", of_bytes(b"x")), "macros in DOCX": ("评分表.docx", of_bytes(macros())),
    "encrypted zip as DOCX": ("评分表.docx", of_bytes(locked_zip())), "empty DOCX": ("评分表.docx", of_document()),
    "letter without a table": ("通知.docx", of_document("关于开展考核的通知", "各镇党委：请于十日内报送。")),
    "DOCX of empty cells": ("评分表.docx", of_document([["", ""], ["", ""]])),
    "roster": ("名册.xlsx", of(["姓名", "电话"], ["某甲", "0000"], ["某乙", "0000"])),
    "heading only": ("评分表.xlsx", of(["序号", "考核内容", "分值", "评分标准"])),
    "half a DOCX": ("评分表.docx", lambda path: of_document("一、组织建设", [["序号", "内容", "分值"]])(path)[:200]),
}  # fmt: skip
