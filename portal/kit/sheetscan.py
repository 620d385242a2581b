"""What must be true of an uploaded workbook before a reader may open it. Runs in the limited child: standard library only.

A workbook of 1.7 kB can cost its reader gigabytes, so sizes are counted while unpacking, never read from the
directory, and the few things that explode later (document types, endless rows, merges over the whole sheet) are
looked for in the bytes as they pass.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

WORKBOOK, DOCUMENT = "xl/workbook.xml", "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
CHUNK = 1 << 18
OVERLAP = 256
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    KeyError,
    OSError,
    ValueError,
    NotImplementedError,
)
# Ratios say nothing about small files: an empty styled sheet shrinks a hundredfold.
RATIO_FLOOR = 5 << 20
# WPS keeps tens of thousands of formatted empty rows; a million is an accident or an attack.
ROW_TAGS = 200_000
MERGED_CELLS = 200_000
DOCTYPE = re.compile(
    rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00D\x00O\x00C|\x00<\x00!\x00D\x00O\x00C", re.IGNORECASE
)
MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=\"\$?([A-Za-z]{1,3})\$?([0-9]{1,7}):\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\""
)


class Bad(Exception):
    """A refusal on its way to the parent, which puts it into the reader's language."""

    def __init__(self, msgid: str, **params: Any) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.params = params


def _(msgid: str) -> str:
    # Marks sentences for the catalogue as gettext_noop does, without loading Django into the child.
    return msgid


NOT_A_WORKBOOK = _("This is not an .xlsx workbook. Open it in WPS or Excel and save it as .xlsx.")
NOT_A_KIND = {
    WORKBOOK: NOT_A_WORKBOOK,
    DOCUMENT: _("This is not a .docx document. Open it in WPS or Word and save it as .docx."),
}
DAMAGED = _(
    "The file is damaged and cannot be read. Open it in WPS or Office, save it again and upload that."
)
TOO_LARGE = _("The file unpacks to more than %(limit)s MB. Split it and upload the parts.")


def scan(path: Path, limits: dict[str, int], *, main_part: str = WORKBOOK) -> None:
    """Raises Bad unless the file is a harmless .xlsx (or, by its main part, .docx) within the limits."""
    _check_kind(path, main_part)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive, limits, main_part)
            _unpack(archive, path.stat().st_size, limits)
    except BROKEN as wrong:
        raise Bad(DAMAGED) from wrong


def _check_kind(path: Path, main_part: str) -> None:
    with path.open("rb") as file:
        head = file.read(8)
        if not head:
            raise Bad(_("The file is empty."))
        if head == OLE and holds(file, "EncryptedPackage".encode("utf-16-le")):
            raise Bad(_("The file is encrypted. Remove its password and upload it again."))
        if head == OLE and main_part == DOCUMENT:
            raise Bad(
                _("This is an old .doc or .wps document. Save it as .docx in WPS and upload that.")
            )
        if head == OLE:
            raise Bad(
                _("This is an old .xls or .et workbook. Save it as .xlsx in WPS and upload that.")
            )
        if not head.startswith(ZIP):
            raise Bad(NOT_A_KIND[main_part])


def holds(file: BinaryIO, needle: bytes) -> bool:
    tail = b""
    for chunk in iter(lambda: file.read(CHUNK), b""):
        if needle in tail + chunk:
            return True
        tail = chunk[-len(needle) :]
    return False


def _check_members(archive: zipfile.ZipFile, limits: dict[str, int], main_part: str) -> None:
    members = archive.infolist()
    if len(members) > limits["members"]:
        raise Bad(
            _("The file has %(count)s parts inside; that is not a normal office file."),
            count=len(members),
        )
    names = {member.filename.lower().lstrip("/") for member in members}
    if any(member.flag_bits & 0x1 for member in members):
        raise Bad(_("The file is encrypted. Remove its password and upload it again."))
    if "xl/workbook.bin" in names:
        raise Bad(_("This is an .xlsb workbook. Save it as .xlsx in WPS or Excel and upload that."))
    if main_part not in names:
        raise Bad(NOT_A_KIND[main_part])
    if any(name.endswith("vbaproject.bin") or "macrosheets/" in name for name in names):
        raise Bad(_("The file contains macros. Save it without macros and upload that."))


def _unpack(archive: zipfile.ZipFile, packed: int, limits: dict[str, int]) -> None:
    total = 0
    for member in archive.infolist():
        counts = {"rows": 0, "cells": 0, "merged": 0}
        for chunk, window in _chunks(archive, member):
            total += len(chunk)
            if total > limits["unpacked"]:
                raise Bad(TOO_LARGE, limit=limits["unpacked"] >> 20)
            if total > RATIO_FLOOR and total > packed * limits["ratio"]:
                raise Bad(
                    _(
                        "The file unpacks to far more than its size; that is not a normal office file."
                    )
                )
            if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                _look(chunk, window, counts)
                _check_counts(counts, limits)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk, and the chunk together with the end of the one before it."""
    tail = b""
    with archive.open(member) as part:
        for chunk in iter(lambda: part.read(CHUNK), b""):
            window = tail + chunk
            yield chunk, window
            tail = window[-OVERLAP:]


def _look(chunk: bytes, window: bytes, counts: dict[str, int]) -> None:
    if DOCTYPE.search(window):
        raise Bad(
            _("The file declares a document type, which no office program does. It is not read.")
        )
    counts["rows"] += chunk.count(b"<row")
    counts["cells"] += chunk.count(b"<c ") + chunk.count(b"<c>")
    for found in MERGE.finditer(window):
        counts["merged"] += _area(*found.groups())


def _check_counts(counts: dict[str, int], limits: dict[str, int]) -> None:
    # Formatted empty cells count too: readers pay for them all the same.
    most_cells = 2 * limits["rows"] * limits["columns"]
    if counts["rows"] > ROW_TAGS:
        raise Bad(
            _(
                "The sheet has more than %(limit)s rows, nearly all of them empty. Delete the empty rows below the table."
            ),
            limit=ROW_TAGS,
        )
    if counts["cells"] > most_cells:
        raise Bad(
            _("The sheet has more than %(limit)s cells. Split it and upload the parts."),
            limit=most_cells,
        )
    if counts["merged"] > MERGED_CELLS:
        raise Bad(
            _(
                "Cells are merged over the whole sheet. Undo the merge and upload the workbook again."
            )
        )


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (abs(column_number(right.decode()) - column_number(left.decode())) + 1) * (
        abs(int(bottom) - int(top)) + 1
    )


def column_number(letters: str) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
