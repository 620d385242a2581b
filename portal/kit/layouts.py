"""Tables as they look on paper, from a workbook, a Word document or pasted text: merged cells resolved, nothing hidden lost.

`portal.kit.sheets` gives values by row and column; here a cell that covers three rows is seen in all three, and it is
known where it begins. Files from outside are opened in the limited child only.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext_noop as _

from portal.kit.normal import FOREIGN, loose, visible
from portal.kit.pasted import whole_rows
from portal.kit.pasted_numbers import with_numbers
from portal.kit.sheets import STANDARD, Limits, SheetRefused, messages, run_child
from portal.kit.uploads import INSTEAD, NOT_TAKEN

KINDS = {".xlsx": "xlsx", ".docx": "docx"}
PLAIN = (".txt", ".tsv", ".md")
ALLOWED = "XLSX、DOCX、TXT"
MOST_PASTED = 400_000
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Corner = tuple[int, int]


@dataclass
class Grid:
    """text[r][c] is what is seen there; corner[r][c] is where the cell begins that covers the place."""

    name: str
    text: list[list[str]]
    corner: list[list[Corner]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        return max(map(len, self.text), default=0)

    def row(self, at: int) -> list[str]:
        return self.text[at]


@dataclass
class Layout:
    """What a reader sees, from top to bottom: paragraphs (str) and tables (Grid). kind: xlsx, docx or text.

    tracked: the document has tracked changes, which are taken as accepted.
    """

    kind: str
    blocks: list[str | Grid] = field(default_factory=list)
    tracked: bool = False

    @property
    def grids(self) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid)]


def read(path: str | Path, *, name: str = "", limits: Limits = STANDARD) -> Layout:
    """`name`: what its sender calls the file. Raises Refusal with the sentence that says what to send instead."""
    path = Path(path)
    suffix = PurePosixPath(loose(name or path.name).rstrip(". ")).suffix.lower()
    if suffix in PLAIN:
        return paste(_decoded(path))
    if suffix not in KINDS:
        raise SheetRefused(INSTEAD.get(suffix, NOT_TAKEN), {"allowed": ALLOWED})
    layout = Layout(KINDS[suffix])
    with tempfile.TemporaryFile() as answer:
        request = {"path": str(path.resolve()), "kind": layout.kind}
        run_child("layout", request, limits=limits, answer=answer)
        layout.blocks = _blocks(_without_marks(layout, messages(answer)))
    if not any(isinstance(block, Grid) or block for block in layout.blocks):
        raise SheetRefused(_("The file has no content."))
    return layout


def paste(text: str) -> Layout:
    """Cells copied from a program that draws tables come with tabs between them; other text is lines."""
    if len(text) > MOST_PASTED:
        raise SheetRefused(
            _("The text has more than %(limit)s characters. Paste the table in parts."),
            {"limit": MOST_PASTED},
        )
    text = FOREIGN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise SheetRefused(_("The text is empty. Paste the scoring table into it."))
    if "\t" not in text:
        return Layout("text", [visible(line) for line in text.split("\n")])
    rows = [
        [visible(cell) for cell in row]
        for row in csv.reader(io.StringIO(text), delimiter="\t", strict=False)
    ]
    return Layout("text", [grid("", whole_rows(with_numbers(rows)), [])])


def grid(
    name: str, rows: Sequence[Sequence[str]], merged: Iterable[Sequence[int]], **more: Any
) -> Grid:
    """Rows of texts with areas [top, left, bottom, right] that show what stands in their first cell, else in any."""
    width = max(map(len, rows), default=0)
    text = [[*row, *[""] * (width - len(row))] for row in rows]
    corner = [[(r, c) for c in range(width)] for r in range(len(rows))]
    for top, left, bottom, right in merged:
        if top >= len(text) or left >= width:
            continue
        area = [
            (r, c)
            for r in range(top, min(bottom + 1, len(text)))
            for c in range(left, min(right + 1, width))
        ]
        shown = next(filter(None, (text[r][c] for r, c in area)), "")
        for r, c in area:
            text[r][c], corner[r][c] = shown, (top, left)
    return Grid(name, text, corner, **more)


def _without_marks(layout: Layout, found: Iterable[Any]) -> Iterator[Any]:
    for message in found:
        if isinstance(message, dict) and "tracked" in message:
            layout.tracked = message["tracked"]
        else:
            yield message


def _blocks(found: Iterable[Any]) -> list[str | Grid]:
    blocks: list[str | Grid] = []
    rows: list[list[str]] = []
    head: dict[str, Any] = {}
    for message in found:
        if isinstance(message, list):
            rows.append([visible(cell) for cell in message])
        elif "line" in message:
            blocks.append(visible(message["line"]))
        elif "sheet" in message:
            head, rows = message, []
        elif "merged" in message:
            _as_shares(rows, message.get("shares", ()))
            blocks.append(
                grid(
                    head["sheet"], _without_blank_end(rows), message["merged"], hidden=head["hidden"],
                    hidden_rows=frozenset(message["hidden_rows"]),
                    hidden_columns=frozenset(message["hidden_columns"]),
                )
            )  # fmt: skip
    return [block for block in blocks if isinstance(block, str) or block.text]


def _as_shares(rows: list[list[str]], places: Iterable[Sequence[int]]) -> None:
    for r, c in places:
        if r < len(rows) and c < len(rows[r]) and NUMBER.fullmatch(rows[r][c]):
            rows[r][c] = f"{float(rows[r][c]) * 100:.10g}%"


def _without_blank_end(rows: list[list[str]]) -> list[list[str]]:
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _decoded(path: Path) -> str:
    content = path.read_bytes()[: 4 * MOST_PASTED]
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused(_("The text is neither UTF-8 nor GB18030. Save it as UTF-8 and try again."))
