"""Files that are not what they say, or that no store of evidence should hold."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from PIL import Image

from portal.tests.bad.doors import at, key

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
CONTENT = "[Content_Types].xml"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Store:
    """A place that takes files: the name of its field and what goes with them."""

    name: str
    by: str
    at: Callable[[SimpleNamespace], str]
    field: str
    said: Callable[[SimpleNamespace], dict[str, Any]]


STORES = [
    Store("meeting", "branch_clerk", at("branches:meetings", "branch.pk"), "files",
          lambda world: {"kind": "committee_meeting", "held_on": "2026-11-03", "quorate": "on", "client_key": key(7)}),
    Store("progress", "branch_clerk", at("inspections:finding_progress", "findings.in_progress.pk"), "files",
          lambda world: {"note": "已补开会议", "client_key": key(5)}),
    Store("new finding", "officer", at("inspections:finding_new", "branch.pk"), "files",
          lambda world: {"source": "first_check", "text": "党费未按月收", "due_unit": "workdays", "client_key": key(6)}),
    Store("self-assessment", "branch_clerk", at("inspections:assessment_evidence", "typing.pk", "=dues"), "upload",
          lambda world: {"client_key": key(8)}),
    Store("clause on site", "leader", at("inspections:stop", "stop.pk"), "photos",
          lambda world: {"key": key(4), "verdict": "problem", "clause": "dues", "text": "党费未按月收"}),
    Store("photo of a phone", "leader", at("inspections:stop_photos", "stop.pk"), "photo",
          lambda world: {"key": key(9), "of": str(world.draft.client_key)}),
]  # fmt: skip


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def photo(side: int = 40) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG that says how large it is in a few bytes."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (header, b"IDAT" + zlib.compress(bytes(999)), b"IEND")
    framed = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


def locked_zip() -> bytes:
    content = bytearray(zipped(**{CONTENT: "<Types/>", "word/document.xml": "<w/>"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    return bytes(content)


def macros() -> bytes:
    return zipped(**{CONTENT: "<Types/>", "word/document.xml": "<w/>", "word/vbaProject.bin": "x"})


# At every place; the whole list at the first and the last of them.
WORST = {"empty", "SVG", "HTML as PDF", "program as JPG", "encrypted DOCX", "truncated JPEG", "50,000 x 50,000",
         "94 Han", "up", "override"}  # fmt: skip
REFUSED = {
    "empty": ("照片.jpg", b""), "one byte": ("照片.jpg", b"\xff"),
    "SVG": ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "HTML": ("页.html", b"<html><script>alert(1)</script>"), "HTML as PDF": ("页.pdf", b"<html>"),
    "SVG as JPG": ("图.jpg", b"<svg/>"), "XML": ("a.xml", b"<a/>"), "MHT": ("a.mht", b"MIME-Version: 1.0"),
    "script": ("a.js", b"alert(1)"), "program": ("a.exe", b"MZ" + bytes(99)), "program as JPG": ("a.jpg", b"MZ" + bytes(99)),
    "shortcut": ("a.lnk", b"L\0\0\0"), "zip": ("a.zip", zipped(a="b")), "rar": ("a.rar", b"Rar!\x1a\x07"),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c"), "zip as DOCX": ("a.docx", zipped(a="b")), "PDF as XLSX": ("a.xlsx", b"%PDF-1.7"),
    "DOCM": ("a.docm", macros()), "macros as DOCX": ("a.docx", macros()), "old DOC": ("a.doc", OLE),
    "old DOC as DOCX": ("a.docx", OLE), "encrypted DOCX": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
    "encrypted zip": ("a.docx", locked_zip()),
    "encrypted PDF": ("a.pdf", b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>"),
    "truncated JPEG": ("a.jpg", photo(200)[:900]), "50,000 x 50,000": ("a.png", claiming(50_000, 50_000)),
    "HEIC": ("a.heic", b"\0\0\0\x18ftypheic"), "HEIC as JPG": ("a.jpg", b"\0\0\0\x18ftypheic" + bytes(30)),
    "two suffixes": ("a.jpg.html", b"<html>"), "PHP before JPG": ("a.php;.jpg", b"<?php"), "no suffix": ("README", b"x"),
    "hidden file": (".htaccess", b"x"), "EICAR": ("a.com", EICAR), "EICAR as PDF": ("a.pdf", EICAR),
    "XLSX cut short": ("a.xlsx", zipped(**{"xl/workbook.xml": "<workbook/>"})[:60]),
}  # fmt: skip
# The content is a photo: only the name is odd, and it is text, never a path.
TAKEN = {
    "86 Han": "会" * 86 + ".jpg", "94 Han": "会" * 94 + ".jpg", "255 letters": "a" * 251 + ".jpg", "1,000": "长" * 1_000 + ".jpg",
    "up": "../../etc/passwd.jpg", "up in Windows": "..\\..\\x.jpg", "root": "/abs.jpg", "device": "CON.jpg",
    "percent": "%2e%2e%2fx.jpg", "quotes": "a\"b'c.jpg", "emoji": "📷.jpg", "override": "a\u202egpj.jpg", "spaces": "  .jpg",
}  # fmt: skip
