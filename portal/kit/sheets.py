"""Reading uploaded workbooks, safely: the parent's side of `portal.kit.sheetchild`."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from portal.kit.refusal import Refusal
from portal.kit.sheetscan import DAMAGED

ROOT = Path(__file__).resolve().parents[2]
OUT_OF_MEMORY = 3


class SheetRefused(Refusal):
    """The workbook cannot be read, with the sentence that says what to do about it."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """rows: data rows per sheet. unpacked, memory: bytes. seconds: of processor time and of waiting."""

    rows: int = 5_000
    columns: int = 60
    sheets: int = 30
    members: int = 1_000
    unpacked: int = 50 << 20
    ratio: int = 200
    chars: int = 20_000_000
    memory: int = 512 << 20
    seconds: int = 30


STANDARD = Limits()
# 50,000 units with 20 columns need some 60 MB of XML; the other ceilings stand.
ORGANIZATIONS = Limits(rows=50_000, unpacked=160 << 20)


@dataclass
class Sheet:
    """rows[i][j] is what Excel shows at row i + 1, column j + 1: str, int, float, bool, date, datetime or None."""

    name: str
    hidden: bool = False
    rows: list[list[Any]] = field(default_factory=list)


@dataclass
class Workbook:
    sheets: list[Sheet]

    @property
    def first(self) -> Sheet:
        """The first sheet one can see that holds anything."""
        seen = [sheet for sheet in self.sheets if not sheet.hidden]
        return next((sheet for sheet in seen if sheet.rows), (seen or self.sheets)[0])


def read(path: str | Path, *, limits: Limits = STANDARD) -> Workbook:
    """The cells of every sheet. Raises SheetRefused."""
    with tempfile.TemporaryFile() as answer:
        run_child("read", {"path": str(Path(path).resolve())}, limits=limits, answer=answer)
        sheets: list[Sheet] = []
        for message in messages(answer):
            if isinstance(message, list):
                sheets[-1].rows.append([_value(cell) for cell in message])
            elif "sheet" in message:
                sheets.append(Sheet(message["sheet"], message["hidden"]))
    for sheet in sheets:
        _drop_blank_end(sheet.rows)
    if not any(sheet.rows for sheet in sheets):
        raise SheetRefused(_("The workbook has no content."))
    return Workbook(sheets)


def run_child(verb: str, request: dict[str, Any], *, limits: Limits, answer: Any) -> None:
    """Runs the limited child and leaves its answer, rewound, in the file. Raises SheetRefused if it did not finish."""
    command = [sys.executable, "-m", "portal.kit.sheetchild", verb]
    given = json.dumps({**request, "limits": asdict(limits)}).encode()
    try:
        done = subprocess.run(
            command, input=given, stdout=answer, stderr=subprocess.DEVNULL, cwd=ROOT, timeout=limits.seconds,
            env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise SheetRefused(
            _("Reading the workbook took too long. Copy the table alone into a new workbook.")
        ) from late
    if done.returncode:
        raise SheetRefused(_died(done.returncode, verb))
    answer.seek(0)


def check_answer(answer: Any) -> None:
    """Raises SheetRefused when the child's answer is a refusal or breaks off."""
    for _message in messages(answer):
        pass


def _died(code: int, verb: str) -> str:
    if verb == "mark":
        return _(
            "The workbook is too large to be handed back with its errors marked. Use the list of errors instead."
        )
    if code < 0 or code == OUT_OF_MEMORY:
        return _(
            "Reading the workbook takes too much memory; something probably stands far right of or far below the table. Copy the table alone into a new workbook."
        )
    return DAMAGED


def messages(answer: Any) -> Iterator[Any]:
    ended = False
    for line in answer:
        message = json.loads(line)
        if isinstance(message, dict) and "refused" in message:
            raise SheetRefused(message["refused"], message["params"])
        ended = ended or message == {"end": True}
        yield message
    if not ended:
        raise SheetRefused(DAMAGED)


def _value(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    if "t" in cell:
        return datetime.fromisoformat(cell["t"])
    return date.fromisoformat(cell["d"])


def _drop_blank_end(rows: list[list[Any]]) -> None:
    while rows and not any(
        isinstance(cell, (int, float, date)) or (cell and cell.strip()) for cell in rows[-1]
    ):
        rows.pop()
