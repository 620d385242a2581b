"""Marking the errors in a user's own workbook. Runs in the limited child, after the file has been scanned."""

from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

RED = PatternFill("solid", fgColor="FFFDECEC")
DARK_RED = "FF9F1239"
WIDEST = 200


def mark(path: Path, out: Path, marks: dict[str, Any]) -> None:
    """marks: errors [[row, column, sentence]], header_row, sheet, title of the column of errors, author of comments."""
    workbook = load_workbook(path)
    sheet = (
        workbook[marks["sheet"]] if marks["sheet"] in workbook.sheetnames else _first_seen(workbook)
    )
    column = _error_column(sheet, marks["header_row"], marks["title"])
    _wipe(sheet, column, marks)
    by_row: dict[int, list[str]] = {}
    for row, at, sentence in sorted(marks["errors"]):
        name = _heading(sheet, marks["header_row"], at)
        by_row.setdefault(row, []).append(f"{name}：{sentence}" if name else sentence)
        if at:
            _redden(sheet.cell(row, at), sentence, marks["author"])
    _head(sheet, marks["header_row"], column, marks["title"])
    for row, sentences in by_row.items():
        _tell(sheet.cell(row, column), "；".join(sentences))
    workbook.save(out)


def _first_seen(workbook: Any) -> Any:
    seen = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    return next(
        (sheet for sheet in seen if sheet.max_row > 1 or sheet["A1"].value is not None),
        workbook.worksheets[0],
    )


def _error_column(sheet: Any, header_row: int, title: str) -> int:
    """The column of errors of an earlier round, else the one right of the last heading."""
    last = 0
    for column in range(1, WIDEST):
        value = sheet.cell(header_row, column).value
        if value == title:
            return column
        if value is not None or sheet.cell(header_row + 1, column).value is not None:
            last = column
    return last + 1


def _wipe(sheet: Any, column: int, marks: dict[str, Any]) -> None:
    """The marks of an earlier round: what is right now must not stay red."""
    # The cells there are, not the rectangle around them: one formatted cell far below makes that enormous.
    for cell in list(sheet._cells.values()):
        if cell.row <= marks["header_row"] or type(cell).__name__ == "MergedCell":
            continue
        if cell.comment and cell.comment.author == marks["author"]:
            cell.comment, cell.fill = None, PatternFill()
            cell.font = _coloured(cell.font, "FF000000")
        if cell.column == column:
            cell.value = None


def _heading(sheet: Any, header_row: int, column: int) -> str:
    for row in (header_row, header_row - 1):
        if column and row > 0 and sheet.cell(row, column).value:
            return " ".join(str(sheet.cell(row, column).value).split()).rstrip("*＊")
    return ""


def _redden(cell: Any, sentence: str, author: str) -> None:
    if type(cell).__name__ == "MergedCell":
        return
    cell.fill = RED
    cell.font = _coloured(cell.font, DARK_RED)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(before + sentence, author, width=260, height=90)


def _coloured(font: Font, colour: str) -> Font:
    changed = copy(font)
    changed.color = colour
    return changed


def _head(sheet: Any, header_row: int, column: int, title: str) -> None:
    cell = sheet.cell(header_row, column, title)
    cell.font = Font(name="黑体", size=11, color=DARK_RED)
    cell.alignment = Alignment(horizontal="center", vertical="center")
    sheet.column_dimensions[get_column_letter(column)].width = 48


def _tell(cell: Any, text: str) -> None:
    cell.value = text
    # A sentence that quotes a typed formula must not become one.
    cell.data_type = "s"
    cell.font = Font(color=DARK_RED)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
