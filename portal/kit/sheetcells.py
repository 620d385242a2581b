"""Cells on their way out of the limited child: as JSON, and within what a table may hold."""

import math
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from portal.kit.sheetscan import Bad, _

HEADING_ROWS = 20


def rows(sheet: Any, limits: dict[str, int]) -> Iterator[list[Any]]:
    """Rows from row 1 on, so that an index says where Excel shows the row."""
    if sheet.start is None:
        return
    check_extent(sheet.end, limits)
    # The reader gives the empty rows above the first cell, but not the empty columns left of it.
    first_column = sheet.start[1]
    for cells in sheet.iter_rows():
        row = [None] * first_column + [jsonable(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        yield row


def check_extent(end: tuple[int, int], limits: dict[str, int]) -> None:
    if end[0] >= limits["rows"] + HEADING_ROWS:
        raise Bad(
            _(
                "The sheet reaches down to row %(row)s; at most %(limit)s rows are read. Delete what stands below the table, or split it."
            ),
            row=end[0] + 1,
            limit=limits["rows"],
        )
    if end[1] >= limits["columns"]:
        raise Bad(
            _(
                "The sheet has %(count)s columns; at most %(limit)s are read. Delete what stands to the right of the table."
            ),
            count=end[1] + 1,
            limit=limits["columns"],
        )


def spend(budget: dict[str, int], row: list[Any], limits: dict[str, int]) -> None:
    # One long shared text can be pointed at from every cell: the file stays small, the answer would not.
    budget["chars"] -= sum(len(cell) for cell in row if isinstance(cell, str)) + len(row)
    if budget["chars"] < 0:
        raise Bad(
            _(
                "The workbook holds more than %(limit)s million characters. Split it and upload the parts."
            ),
            limit=limits["chars"] // 1_000_000,
        )


def jsonable(cell: Any) -> Any:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return str(cell)
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return cell if isinstance(cell, (str, bool, int)) else str(cell)
