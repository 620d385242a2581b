"""A Word document as it looks, for the limited child: its paragraphs, and its tables cell by cell.

Standard library only. Tracked changes are taken as accepted; hidden text and the second copy that text boxes keep are
not what a reader sees, so they are left out. Numbers of automatic lists are seen, so they are written out.
"""

import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from portal.kit import docx_numbers
from portal.kit.docx_words import W, deleted, native, on
from portal.kit.sheetcells import HEADING_ROWS, check_extent, spend
from portal.kit.sheetscan import DAMAGED, DOCUMENT, Bad, _, scan

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WRAPPERS = {
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
}
UNSEEN = {f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "instrText", "rt")}
FALLBACK = "Fallback"
TEXTS = (f"{W}t", f"{M}t")
FRACTION = (f"{M}num", f"{M}den")
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
NOTES = ("footnote", "endnote")
TRACKED = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")}
BOX = f"{W}txbxContent"
DEEPEST = 8
TOO_DEEP = _("The tables of the document stand too deep in one another.")


def messages(path: Path, limits: dict[str, int]) -> Iterator[Any]:
    """Paragraphs and tables in their order; a table inside a cell follows the table around it."""
    scan(path, limits, main_part=DOCUMENT)
    try:
        body, notes = _read(path)
        budget = {"chars": limits["chars"]}
        count = 0
        if any(element.tag in TRACKED for element in body.iter()):
            yield {"tracked": True}
        for block in chain(_joined(_flow(body)), notes):
            if isinstance(block, str):
                yield _spent({"line": block}, budget, limits)
                continue
            for table in _tables(block):
                count += 1
                yield {"sheet": str(count), "hidden": False}
                yield from _table(table, budget, limits)
    except (ElementTree.ParseError, KeyError, ValueError, OSError, zipfile.BadZipFile) as wrong:
        raise Bad(DAMAGED) from wrong


def _read(path: Path) -> tuple[Element, list[str]]:
    """What the document holds, and the notes below its pages."""
    with zipfile.ZipFile(path) as archive:
        with archive.open(DOCUMENT) as part:
            body = native(ElementTree.parse(part).getroot()).find(f"{W}body")
        if body is None:
            raise Bad(DAMAGED)
        docx_numbers.mark(body, archive)
        return body, [note for kind in NOTES for note in _notes(body, archive, kind)]


def _notes(body: Element, archive: zipfile.ZipFile, kind: str) -> Iterator[str]:
    """In the order in which the text refers to them."""
    asked = [one.get(f"{W}id") for one in body.iter(f"{W}{kind}Reference")]
    root = docx_numbers.part_of(archive, f"word/{kind}s.xml") if asked else None
    found = {} if root is None else {one.get(f"{W}id"): one for one in root.iter(f"{W}{kind}")}
    for note in filter(None, map(found.get, asked)):
        lines = (line for line in _joined(_children(note, f"{W}p")) if isinstance(line, str))
        if text := " ".join(filter(None, lines)):
            yield f"注：{text}"


def _flow(element: Element, depth: int = 1) -> Iterator[Element]:
    """Paragraphs and tables one below the other, also those of text boxes and of a table that is but a frame."""
    if depth > DEEPEST:
        raise Bad(TOO_DEEP)
    for block in _children(element, f"{W}p", f"{W}tbl"):
        frame = _framed(block) if block.tag == f"{W}tbl" else None
        if frame is not None:
            yield from _flow(frame, depth + 1)
            continue
        yield block
        if block.tag == f"{W}p":
            for box in _boxes(block):
                yield from _flow(box, depth + 1)


def _framed(table: Element) -> Element | None:
    """The only cell of a table that holds another."""
    cells = [cell for row in _children(table, f"{W}tr") for cell in _children(row, f"{W}tc")]
    holds = len(cells) == 1 and next(_children(cells[0], f"{W}tbl"), None) is not None
    return cells[0] if holds else None


def _boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == BOX:
            yield child
        elif child.tag not in UNSEEN and not child.tag.endswith(FALLBACK):
            yield from _boxes(child)


def _joined(blocks: Iterable[Element]) -> Iterator[str | Element]:
    """Paragraphs as texts; one whose end was taken away runs on into the next, under the number of that one."""
    before = ""
    for block in blocks:
        if block.tag == f"{W}p":
            text = before + "".join(_pieces(block)).strip()
            before = text if deleted(block) else ""
            if not deleted(block):
                yield (_number_of(block) + text).strip() if text else ""
            continue
        if before:
            yield before
        before = ""
        yield block
    if before:
        yield before


def _children(element: Element, *tags: str) -> Iterator[Element]:
    """Children of the given kinds, also those in content controls and tracked insertions."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from _children(child, *tags)


def _tables(table: Element, depth: int = 1) -> Iterator[Element]:
    if depth > DEEPEST:
        raise Bad(TOO_DEEP)
    yield table
    for row in _children(table, f"{W}tr"):
        for cell in _children(row, f"{W}tc"):
            for inner in _children(cell, f"{W}tbl"):
                yield from _tables(inner, depth + 1)


def _table(table: Element, budget: dict, limits: dict[str, int]) -> Iterator[Any]:
    merged: list[list[int]] = []
    hidden: list[int] = []
    open_areas: dict[int, list[int]] = {}
    at = 0
    for row in _children(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        if on(row.find(f"{W}trPr/{W}hidden")):
            hidden.append(at)
        texts = _row(row, at, merged, open_areas)
        check_extent((at - HEADING_ROWS, len(texts) - 1), limits)
        yield _spent(texts, budget, limits)
        at += 1
    yield {"merged": merged, "hidden_rows": hidden, "hidden_columns": []}


def _row(
    row: Element, at: int, merged: list[list[int]], open_areas: dict[int, list[int]]
) -> list[str]:
    """The texts of one row. `open_areas`: first column -> the cell above that may still grow downwards."""
    texts = [""] * _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _children(row, f"{W}tc"):
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            continue
        column, width = len(texts), _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        grown = merge is not None and merge.get(f"{W}val", "continue") != "restart"
        if grown and column in open_areas:
            open_areas[column][2] = at
            texts += [""] * width
            continue
        area = [at, column, at, column + width - 1]
        open_areas.pop(column, None)
        if merge is not None:
            open_areas[column] = area
        if merge is not None or width > 1:
            merged.append(area)
        texts += [_cell(cell), *[""] * (width - 1)]
    return texts


def _cell(cell: Element) -> str:
    """A number alone is seen where nothing stands behind any, as in a column of numbers."""
    boxes = map(_lines, _boxes(cell))
    numbers = (_number_of(paragraph).strip() for paragraph in _children(cell, f"{W}p"))
    return _lines(cell) or "\n".join(boxes).strip() or "\n".join(filter(None, numbers))


def _lines(cell: Element) -> str:
    lines = []
    for block in _joined(_children(cell, f"{W}p", f"{W}tbl")):
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += [
                " ".join(filter(None, (_cell(inner) for inner in _children(row, f"{W}tc"))))
                for row in _children(block, f"{W}tr")
            ]
    return "\n".join(lines).strip()


def _number_of(paragraph: Element) -> str:
    return paragraph.get(docx_numbers.LABEL, "")


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in TEXTS:
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        elif child.tag == f"{M}f":
            yield "/".join("".join(_pieces(part)) for part in child if part.tag in FRACTION)
        elif child.tag not in UNSEEN and not child.tag.endswith(FALLBACK) and not _vanishes(child):
            yield from _pieces(child)


def _vanishes(run: Element) -> bool:
    return run.tag == f"{W}r" and on(run.find(f"{W}rPr/{W}vanish"))


def _number(element: Element | None, otherwise: int) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), 200) if value.isdecimal() else otherwise


def _spent(message: Any, budget: dict, limits: dict[str, int]) -> Any:
    spend(budget, message if isinstance(message, list) else [message["line"]], limits)
    return message
