"""One sheet written row by row in the look of county ledgers: three heading rows, a grid, A4 landscape.

Fonts are named, not embedded: WPS and Excel have them. Rows may come from a generator; only the current one is held.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from portal.kit.celltext import Safe, line_count, row_height, safe_cell, safe_text, safe_title
from portal.kit.table import Column
from portal.kit.values import plain

TITLE_FONT = Font(name="方正小标宋简体", size=20)
LINE_FONT = Font(name="仿宋_GB2312", size=12)
HEAD_FONT = Font(name="黑体", size=11)
MUST_FONT = Font(name="黑体", size=11, color="FFA61B1B")
BODY_FONT = Font(name="仿宋_GB2312", size=11)
THIN = Side(style="thin", color="FF000000")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
GREY = PatternFill("solid", fgColor="FFF2F3F5")
DAY, MOMENT = 'yyyy"."mm"."dd', 'yyyy"."mm"."dd hh:mm'
FORMATS = {
    "date": DAY,
    "text": "@",
    "lines": "@",
    "code": "@",
    "choice": "@",
    "boolean": "@",
    "integer": "0",
}
FIRST_ROW = 4


@dataclass(frozen=True)
class Look:
    """How a cell looks; cells of one look share one style."""

    font: Font = BODY_FONT
    align: str = "center"
    grid: bool = True
    number_format: str = "General"
    quoted: bool = False
    fill: PatternFill | None = None
    locked: bool = True


class Page:
    """One sheet being written row by row."""

    def __init__(self, workbook: Workbook, title: str) -> None:
        self.sheet = workbook.create_sheet(safe_title(title, workbook.sheetnames))
        self.styles: dict[int, tuple[Look, Any]] = {}
        self.row = 0

    def add(self, cells: Sequence[Cell | None], height: float | None = None) -> None:
        self.row += 1
        if height:
            self.sheet.row_dimensions[self.row].height = height
        self.sheet.append(cells)
        # A written row needs its dimension no more, and a hundred thousand of them cost as many kilobytes.
        self.sheet.row_dimensions.pop(self.row, None)

    def cell(self, value: Any, look: Look) -> Cell:
        cell = WriteOnlyCell(self.sheet)
        cell.value = value
        if isinstance(value, str):
            # Else openpyxl takes "=…" for a formula and "#N/A" for an error.
            cell.data_type = "s"
        cell._style = self._style(look)
        return cell

    def merge(self, row: int, first: int, last: int) -> None:
        if last > first:
            self.sheet.merged_cells.add(
                f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}"
            )

    def _style(self, look: Look) -> Any:
        # Looks are few and long-lived; comparing fonts for equality at every cell would be most of the work.
        known = self.styles.get(id(look))
        if known is None:
            known = self.styles[id(look)] = (look, self._styled(look))
        return known[1]

    def _styled(self, look: Look) -> Any:
        model = WriteOnlyCell(self.sheet)
        model.font = look.font
        model.alignment = Alignment(horizontal=look.align, vertical="center", wrap_text=True)
        model.number_format = look.number_format
        model.protection = Protection(locked=look.locked)
        if look.grid:
            model.border = GRID
        if look.fill:
            model.fill = look.fill
        if look.quoted:
            model.quotePrefix = True
        return model._style


class _ColumnLooks:
    """The looks of one column's cells."""

    def __init__(
        self, column: Column, *, locked: bool = True, fill: PatternFill | None = None
    ) -> None:
        self.column, self.locked, self.fill = column, locked, fill

    @cached_property
    def plain(self) -> Look:
        return self._look(FORMATS.get(self.column.kind, "General"))

    @cached_property
    def quoted(self) -> Look:
        return self._look("@", quoted=True)

    @cached_property
    def moment(self) -> Look:
        return self._look(MOMENT)

    @cached_property
    def day(self) -> Look:
        return self._look(DAY)

    def of(self, safe: Safe) -> Look:
        if safe.quoted:
            return self.quoted
        if isinstance(safe.value, datetime):
            return self.moment
        return self.day if isinstance(safe.value, date) else self.plain

    def _look(self, number_format: str, *, quoted: bool = False) -> Look:
        return Look(
            align=_align(self.column), number_format=number_format, quoted=quoted, fill=self.fill, locked=self.locked,
        )  # fmt: skip


def set_widths(page: Page, columns: Sequence[Column], *, unlocked: bool = False) -> None:
    for number, column in enumerate(columns, 1):
        dimension = page.sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.hidden = column.hidden
        dimension.number_format = FORMATS.get(column.kind, "General")
        if unlocked and not column.locked:
            dimension.protection = Protection(locked=False)


def set_printing(page: Page, filters: str) -> None:
    sheet = page.sheet
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.59
    sheet.page_margins.top = sheet.page_margins.bottom = 0.71
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = "3:3"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    if filters:
        # A footer holds 255 characters in all, and & begins a code in it.
        sheet.oddFooter.left.text = safe_text(filters).replace("\n", " ")[:100].replace("&", "&&")


def freeze(page: Page, columns: Sequence[Column]) -> None:
    page.sheet.freeze_panes = "C4" if len(columns) > 2 else "A4"


def write_head(
    page: Page, title: str, unit_line: Sequence[str], heads: Sequence[tuple[str, Font]], columns: Sequence[Column]
) -> None:  # fmt: skip
    width = len(columns)
    page.merge(1, 1, width)
    page.add([page.cell(safe_text(title), Look(font=TITLE_FONT, grid=False))], height=36)
    page.add(_unit_cells(page, [safe_text(part) for part in unit_line], width), height=22)
    needed = max(
        (line_count(text, column.width) for (text, _), column in zip(heads, columns, strict=True)),
        default=1,
    )
    page.add(
        [page.cell(safe_text(text), Look(font=font)) for text, font in heads],
        height=max(30, 15 * needed),
    )


def _unit_cells(page: Page, parts: Sequence[str], width: int) -> list[Cell | None]:
    """One to three texts spread over the width: left, middle, right."""
    cells: list[Cell | None] = [None] * width
    parts = list(parts)[: min(3, width)] or [""]
    starts = [round(at * width / len(parts)) for at in range(len(parts))] + [width]
    sides = ("left", "center", "right") if len(parts) == 3 else ("left", "right")
    for at, text in enumerate(parts):
        look = Look(font=LINE_FONT, grid=False, align=sides[at])
        cells[starts[at]] = page.cell(text, look)
        page.merge(2, starts[at] + 1, starts[at + 1])
    return cells


def write_body(
    page: Page, columns: Sequence[Column], rows: Iterable[Any], *, locking: bool = False
) -> None:
    for _row in written_body(page, columns, rows, [], locking=locking):
        pass


def written_body(
    page: Page, columns: Sequence[Column], rows: Iterable[Any], overflow: list[tuple[str, str]], *, locking: bool = False
) -> Iterator[int]:  # fmt: skip
    """Its number for each row once it is written. overflow: place and text of what did not fit into its cell."""
    looks = [
        _ColumnLooks(
            column,
            locked=column.locked or not locking,
            fill=GREY if locking and column.locked else None,
        )
        for column in columns
    ]
    labels = [{code: str(label) for label, code in column.listed().items()} for column in columns]
    for row in rows:
        cells, texts = [], []
        for at, column in enumerate(columns):
            safe = _fitted(
                safe_cell(_shown(column, _value(column, at, row), labels[at])),
                page.row + 1,
                at,
                overflow,
            )
            cells.append(page.cell(safe.value, looks[at].of(safe)))
            if not column.hidden:
                texts.append((_as_read(safe.value), column.width))
        page.add(cells, height=row_height(texts))
        yield page.row


def _value(column: Column, at: int, row: Any) -> Any:
    if column.value:
        return column.value(row)
    return row.get(column.key) if isinstance(row, Mapping) else row[at]


def _shown(column: Column, value: Any, labels: Mapping[Any, str]) -> Any:
    if column.kind == "boolean" and isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if column.kind == "points" and isinstance(value, int):
        return value / 100
    if column.kind == "choice" and value in labels:
        return labels[value]
    return str(value) if column.kind == "code" and value is not None else value


def _fitted(safe: Safe, row: int, at: int, overflow: list[tuple[str, str]]) -> Safe:
    if not safe.rest:
        return safe
    place = f"{get_column_letter(at + 1)}{row}"
    overflow.append((place, safe.rest))
    return safe._replace(
        value=safe.value
        + gettext("… (continued on the sheet “Continuations”, %(place)s)") % {"place": place}
    )


def _as_read(value: Any) -> str:
    return f"{value:%Y.%m.%d}" if isinstance(value, date) else plain(value)


def write_notes(page: Page, notes: Sequence[str], columns: Sequence[Column]) -> None:
    width = sum(column.width for column in columns if not column.hidden)
    look = Look(font=BODY_FONT, grid=False, align="left")
    for note in notes:
        text = safe_text(note if note.startswith("注") else f"注：{note}")
        page.merge(page.row + 1, 1, len(columns))
        page.add([page.cell(text, look)], height=row_height([(text, width)]))


def _align(column: Column) -> str:
    if column.centred is not None:
        return "center" if column.centred else "left"
    return "center" if column.kind not in ("text", "lines") or column.width <= 12 else "left"
