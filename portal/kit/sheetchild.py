"""The child process that opens workbooks from outside: `python -m portal.kit.sheetchild read|mark|check|layout`, request on stdin.

It limits itself before it touches the file, speaks JSON lines on stdout and knows no secrets: the parent gives it
an empty environment. If it is killed or runs out of memory, the parent refuses the workbook and nothing else happens.
"""

import json
import math
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from portal.kit.sheetscan import DAMAGED, Bad, _, scan

HEADING_ROWS = 20


def main() -> None:
    request = json.load(sys.stdin)
    limit_myself(request["limits"])
    try:
        VERBS[sys.argv[1]](Path(request["path"]), request)
        say({"end": True})
    except Bad as bad:
        say({"refused": bad.msgid, "params": bad.params})
    except MemoryError:
        raise SystemExit(3) from None


def limit_myself(limits: dict[str, int]) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, limits["memory"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def check(path: Path, request: dict[str, Any]) -> None:
    scan(path, request["limits"], main_part=request["main_part"])


def mark_errors(path: Path, request: dict[str, Any]) -> None:
    # openpyxl is wanted for marking only and doubles the start-up time.
    from portal.kit.sheetmark import mark

    scan(path, request["limits"])
    mark(path, Path(request["out"]), request["marks"])


def read(path: Path, request: dict[str, Any]) -> None:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    limits = request["limits"]
    scan(path, limits)
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        budget = {"chars": limits["chars"]}
        for sheet in sheets[: limits["sheets"]]:
            say({"sheet": sheet.name, "hidden": sheet.visible != SheetVisibleEnum.Visible})
            for row in rows(book.get_sheet_by_name(sheet.name), limits):
                spend(budget, row, limits)
                say(row)
    except (CalamineError, ValueError, OSError, IndexError, KeyError) as wrong:
        raise Bad(DAMAGED) from wrong


def layout(path: Path, request: dict[str, Any]) -> None:
    # Imported here: they take cells through the functions below.
    from portal.kit import layout_docx, layout_xlsx

    kinds = {"xlsx": layout_xlsx, "docx": layout_docx}
    for message in kinds[request["kind"]].messages(path, request["limits"]):
        say(message)


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


def say(message: Any) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True, allow_nan=False) + "\n")


VERBS = {"read": read, "mark": mark_errors, "check": check, "layout": layout}

if __name__ == "__main__":
    main()
