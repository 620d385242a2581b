"""The child process that opens workbooks from outside: `python -m portal.kit.sheetchild read|mark|check|layout`, request on stdin.

It limits itself before it touches the file, speaks JSON lines on stdout and knows no secrets: the parent gives it
an empty environment. If it is killed or runs out of memory, the parent refuses the workbook and nothing else happens.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from portal.kit.sheetcells import rows, spend
from portal.kit.sheetscan import DAMAGED, Bad, scan


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
    # Wanted for layouts only; the readers of values should not pay for them.
    from portal.kit import layout_docx, layout_xlsx

    kinds = {"xlsx": layout_xlsx, "docx": layout_docx}
    for message in kinds[request["kind"]].messages(path, request["limits"]):
        say(message)


def say(message: Any) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True, allow_nan=False) + "\n")


VERBS = {"read": read, "mark": mark_errors, "check": check, "layout": layout}

if __name__ == "__main__":
    main()
