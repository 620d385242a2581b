"""A printable ledger as a stream: rows leave as they are read; openpyxl makes the workbook around them.

The sheet is written into the archive before its frame is complete (how many rows, which merged cells), so the frame is
made twice by the same steps: once for what stands before the rows, at the end for what stands behind them.
"""

import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from portal.kit.celltext import safe_cell
from portal.kit.pages import (
    FIRST_ROW,
    HEAD_FONT,
    Look,
    Page,
    freeze,
    set_printing,
    set_widths,
    write_head,
    write_notes,
    written_body,
)
from portal.kit.table import Column

SHEET = "xl/worksheets/sheet1.xml"
# Programs that look at a file's first entry know a workbook by it.
FIRST_PART = "docProps/app.xml"
ROWS_AT_ONCE = 200
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_ROWS = b"<sheetData></sheetData>"
# Of the empty sheet; readers that believe it would see one cell.
DIMENSION = re.compile(rb"<dimension [^>]*/>")


class RowPage(Page):
    """A page whose rows are kept as text until taken; openpyxl knows of its columns, merged cells and styles alone."""

    def __init__(self, workbook: Workbook, title: str) -> None:
        super().__init__(workbook, title)
        self.waiting: list[str] = []

    def cell(self, value: Any, look: Look) -> str:
        """The cell without its place."""
        return content(value, self._style(look))

    def add(self, cells: Sequence[str | None], height: float | None = None) -> None:
        self.row += 1
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        said = "".join(
            f'<c r="{letter(at)}{self.row}"{cell}' for at, cell in enumerate(cells, 1) if cell
        )
        self.waiting.append(f'<row r="{self.row}"{tall}>{said}</row>')

    def taken(self) -> bytes:
        text = "".join(self.waiting)
        self.waiting.clear()
        return text.encode()

    def _styled(self, look: Look) -> int:
        return self.sheet.parent._cell_styles.add(super()._styled(look))


class Sink(io.RawIOBase):
    """What an archive writes, until it is taken; an archive that is sent cannot be gone back in."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def streamed(
    *, title: str, columns: Sequence[Column], rows: Iterable[Any], unit_line: Sequence[str] = (),
    notes: Sequence[str] = (), filters: str = "", sheet_title: str = "",
) -> Iterator[bytes]:  # fmt: skip
    """The bytes of the workbook piece by piece; returns the number of rows. What `workbooks.ledger` says of it holds."""
    sink = Sink()
    page = framed(sheet_title or title, columns, filters)
    parts = parts_of(framed(sheet_title or title, columns, filters).sheet.parent)
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        archive.writestr(FIRST_PART, parts[FIRST_PART])
        yield sink.taken()
        with archive.open(SHEET, "w") as member:
            member.write(before_rows(parts[SHEET]))
            write_head(page, title, unit_line, heads(columns), columns)
            overflow: list[tuple[str, str]] = []
            for _row in written_body(page, columns, rows, overflow):
                if len(page.waiting) >= ROWS_AT_ONCE:
                    member.write(page.taken())
                    yield sink.taken()
            count = page.row - FIRST_ROW + 1
            page.sheet.auto_filter.ref = (
                f"A3:{get_column_letter(len(columns))}{max(page.row, FIRST_ROW)}"
            )
            write_notes(page, notes, columns)
            member.write(page.taken())
            write_overflow(page.sheet.parent, overflow)
            parts = parts_of(page.sheet.parent)
            member.write(behind_rows(parts[SHEET]))
        for name, part in parts.items():
            if name not in (SHEET, FIRST_PART):
                archive.writestr(name, part)
    yield sink.taken()
    return count


def poured(stream: Iterator[bytes], out: Any) -> int:
    """All of the stream into a path or a binary file; the number of rows."""
    if isinstance(out, str | os.PathLike):
        with open(out, "wb") as file:
            return poured(stream, file)
    while True:
        try:
            out.write(next(stream))
        except StopIteration as end:
            return end.value


def download(stream: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """The first bytes leave before the rows are read; whoever must be asked or told comes before it."""
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return StreamingHttpResponse(stream, content_type=WORKBOOK, headers=headers)


# ---- the workbook around the rows ----


def framed(sheet_title: str, columns: Sequence[Column], filters: str) -> RowPage:
    workbook = Workbook()
    workbook.remove(workbook.active)
    page = RowPage(workbook, sheet_title)
    set_widths(page, columns)
    set_printing(page, filters)
    freeze(page, columns)
    return page


def heads(columns: Sequence[Column]) -> list[tuple[str, Any]]:
    return [(str(column.header), HEAD_FONT) for column in columns]


def parts_of(workbook: Workbook) -> dict[str, bytes]:
    packed = io.BytesIO()
    workbook.save(packed)
    with ZipFile(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def before_rows(sheet: bytes) -> bytes:
    return DIMENSION.sub(b"", sheet.partition(NO_ROWS)[0]) + b"<sheetData>"


def behind_rows(sheet: bytes) -> bytes:
    return b"</sheetData>" + sheet.partition(NO_ROWS)[2]


def write_overflow(workbook: Workbook, overflow: Sequence[tuple[str, str]]) -> None:
    if not overflow:
        return
    page = Page(workbook, gettext("Continuations"))
    page.sheet.column_dimensions["B"].width = 120
    head, body = Look(font=HEAD_FONT), Look(align="left")
    page.add([page.cell(gettext("Cell"), head), page.cell(gettext("Continuation"), head)])
    for place, rest in overflow:
        for part in pieces(rest):
            page.add([page.cell(place, body), page.cell(part, body)])


def pieces(text: str) -> Iterator[str]:
    while text:
        safe = safe_cell(text)
        yield safe.value
        text = safe.rest


# ---- cells as text ----


def content(value: Any, style: int) -> str:
    """A cell behind its place; a text stays a text, whatever it begins with."""
    if value is None:
        return f' s="{style}"/>'
    if isinstance(value, str):
        return f' s="{style}" t="inlineStr"><is><t{kept(value)}>{escape(value)}</t></is></c>'
    if isinstance(value, bool):
        return f' s="{style}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float | Decimal):
        return f' s="{style}"><v>{value}</v></c>'
    return f' s="{style}"><v>{to_excel(value)}</v></c>'


def kept(text: str) -> str:
    """Blanks at the ends and line ends are dropped unless said otherwise."""
    return ' xml:space="preserve"' if "\n" in text or text != text.strip() else ""


@cache
def letter(column: int) -> str:
    return get_column_letter(column)
