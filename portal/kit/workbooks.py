"""Writing workbooks: printable ledgers, import templates, and a refused file handed back with its errors marked."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from portal.kit.celltext import file_name, row_height, safe_cell, safe_text, safe_title
from portal.kit.pages import (
    FIRST_ROW,
    HEAD_FONT,
    MUST_FONT,
    TITLE_FONT,
    Look,
    Page,
    freeze,
    set_printing,
    set_widths,
    write_body,
    write_head,
)
from portal.kit.sheets import STANDARD, Limits, check_answer, run_child
from portal.kit.streaming import poured, streamed
from portal.kit.table import ERRORS_HEADER, Column

__all__ = [
    "Limits",
    "file_name",
    "ledger",
    "returned",
    "safe_cell",
    "safe_text",
    "safe_title",
    "template",
]

TEMPLATE_ROWS = 5_000


def ledger(
    out: Any, *, title: str, columns: Sequence[Column], rows: Iterable[Any], unit_line: Sequence[str] = (),
    notes: Sequence[str] = (), filters: str = "", sheet_title: str = "",
) -> int:  # fmt: skip
    """Writes a printable ledger to a path or stream and returns its number of rows.

    A row is whatever the columns' `value` functions take, or a mapping by key, or a sequence in column order.
    unit_line: 填报单位 (left), 填报人/电话 (middle), 填报日期 (right). filters: what the list was narrowed to, by whom
    and when, printed at the foot of each page. Text over 32,000 characters continues on a sheet of its own.
    """
    return poured(
        streamed(
            title=title, columns=columns, rows=rows, unit_line=unit_line, notes=notes, filters=filters,
            sheet_title=sheet_title,
        ),
        out,
    )  # fmt: skip


def template(
    out: Any, *, title: str, columns: Sequence[Column], rows: Iterable[Any] = (), guide: Sequence[str] = (), sheet_title: str = "",
) -> None:  # fmt: skip
    """Writes an import template: sheet 1 to fill in, sheet 2 the instructions, lists on a hidden third.

    Columns with `locked` are grey and protected when rows are given, those with `hidden` are out of sight.
    """
    workbook = Workbook(write_only=True)
    page = Page(workbook, sheet_title or title)
    manual = Page(workbook, gettext("Instructions"))
    lists = Page(workbook, gettext("Choice lists"))
    lists.sheet.sheet_state = "hidden"
    prefilled = list(rows)
    locked = bool(prefilled) and any(column.locked for column in columns)
    set_widths(page, columns, unlocked=locked)
    set_printing(page, "")
    freeze(page, columns)
    if locked:
        _protect(page)
    heads = [
        (f"{column.header}*", MUST_FONT) if column.required else (str(column.header), HEAD_FONT)
        for column in columns
    ]
    remark = gettext(
        "Columns marked * must be filled in. Do not change the headings or the grey columns. See sheet 2."
    )
    write_head(page, title, [remark], heads, columns)
    write_body(page, columns, prefilled, locking=locked)
    _add_lists(page, lists, columns)
    _write_manual(manual, title, columns, guide)
    workbook.save(out)


def returned(
    original: str | Path, out: str | Path, errors: Mapping[tuple[int, int], str], *, header_row: int, sheet: str = "",
    limits: Limits = STANDARD,
) -> None:  # fmt: skip
    """Writes the user's own workbook to `out` with bad cells red and commented and a last column 错误说明.

    errors: (row, column) as Excel numbers them -> sentence; column 0 speaks of the whole row. Raises SheetRefused.
    """
    marks = {
        "errors": [
            [row, column, safe_text(sentence)] for (row, column), sentence in errors.items()
        ],
        "header_row": header_row,
        "sheet": sheet,
        "title": ERRORS_HEADER,
        "author": gettext("Import check"),
    }
    request = {
        "path": str(Path(original).resolve()),
        "out": str(Path(out).resolve()),
        "marks": marks,
    }
    with tempfile.TemporaryFile() as answer:
        run_child("mark", request, limits=limits, answer=answer)
        check_answer(answer)


def _protect(page: Page) -> None:
    guard = page.sheet.protection
    guard.sheet = True
    guard.formatCells = guard.formatColumns = guard.formatRows = guard.insertRows = guard.sort = (
        guard.autoFilter
    ) = False


def _add_lists(page: Page, lists: Page, columns: Sequence[Column]) -> None:
    """Each list in a column of the hidden sheet: lists written into the cell rule itself end at 255 characters."""
    choices = [[str(label) for label in column.listed()] for column in columns]
    choices = [
        ["是", "否"] if column.kind == "boolean" else found
        for column, found in zip(columns, choices, strict=True)
    ]
    look = Look(grid=False, align="left")
    for at in range(max(map(len, choices), default=0)):
        lists.add([_listed(lists, found, at, look) for found in choices])
    for number, (column, found) in enumerate(zip(columns, choices, strict=True), 1):
        if found and not column.hidden:
            page.sheet.data_validations.append(
                _rule(lists.sheet.title, get_column_letter(number), len(found))
            )


def _listed(page: Page, texts: Sequence[str], at: int, look: Look) -> Cell | None:
    return page.cell(safe_text(texts[at]), look) if at < len(texts) else None


def _rule(sheet: str, letter: str, count: int) -> DataValidation:
    rule = DataValidation(
        type="list",
        formula1=f"'{sheet}'!${letter}$1:${letter}${count}",
        allow_blank=True,
        showErrorMessage=True,
    )
    rule.error = gettext("Choose from the list.")
    rule.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + TEMPLATE_ROWS - 1}")
    return rule


def _write_manual(page: Page, title: str, columns: Sequence[Column], guide: Sequence[str]) -> None:
    heads = [
        gettext("Column"),
        gettext("Required"),
        gettext("How to fill it in"),
        gettext("Example"),
    ]
    widths = (20, 8, 60, 30)
    for letter, width in zip("ABCD", widths, strict=True):
        page.sheet.column_dimensions[letter].width = width
    page.merge(1, 1, 4)
    page.add([page.cell(safe_text(title), Look(font=TITLE_FONT, grid=False))], height=36)
    head, left, middle = Look(font=HEAD_FONT), Look(align="left"), Look()
    page.add([page.cell(text, head) for text in heads], height=30)
    for column in columns:
        if not column.hidden:
            texts = [
                str(column.header),
                gettext("Yes") if column.required else "",
                _how(column),
                str(column.example),
            ]
            cells = [
                page.cell(safe_text(text), middle if at == 1 else left)
                for at, text in enumerate(texts)
            ]
            page.add(cells, height=row_height(list(zip(texts, widths, strict=True))))
    for line in guide:
        page.merge(page.row + 1, 1, 4)
        page.add(
            [page.cell(safe_text(line), Look(grid=False, align="left"))],
            height=row_height([(line, sum(widths))]),
        )


def _how(column: Column) -> str:
    kinds = {
        "date": gettext("A date, such as 2026.11.3"),
        "integer": gettext("A whole number"),
        "decimal": gettext("A number with at most 2 decimals"),
        "points": gettext("Points, at most 2 decimals"),
        "boolean": gettext("是 or 否"),
        "choice": gettext("Choose from the list: %(choices)s")
        % {"choices": "、".join(str(label) for label in list(column.listed())[:12])},
    }
    parts = [
        kinds.get(column.kind, ""),
        gettext("Given, do not change") if column.locked else "",
        str(column.hint),
    ]
    return "；".join(part for part in parts if part)
