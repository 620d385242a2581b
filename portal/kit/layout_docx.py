"""A Word document as it looks, for the limited child: its paragraphs, and its tables cell by cell.

Standard library only. Tracked deletions, hidden text and the second copy that text boxes keep are not what a reader
sees, so they are left out.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from portal.kit.sheetcells import HEADING_ROWS, check_extent, spend
from portal.kit.sheetscan import DAMAGED, DOCUMENT, Bad, _, scan

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
WRAPPERS = {
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
}
UNSEEN = {f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "instrText")}
FALLBACK = "Fallback"
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
DEEPEST = 8
OFF = ("0", "false", "off")


def messages(path: Path, limits: dict[str, int]) -> Iterator[Any]:
    """Paragraphs and tables in their order; a table inside a cell follows the table around it."""
    scan(path, limits, main_part=DOCUMENT)
    try:
        body = _body(path)
        budget = {"chars": limits["chars"]}
        count = 0
        for block in _children(body, f"{W}p", f"{W}tbl"):
            if block.tag == f"{W}p":
                yield _spent({"line": _paragraph(block)}, budget, limits)
                continue
            for table in _tables(block):
                count += 1
                yield {"sheet": str(count), "hidden": False}
                yield from _table(table, budget, limits)
    except (ElementTree.ParseError, KeyError, ValueError, OSError, zipfile.BadZipFile) as wrong:
        raise Bad(DAMAGED) from wrong


def _body(path: Path) -> Element:
    with zipfile.ZipFile(path) as archive, archive.open(DOCUMENT) as part:
        root = ElementTree.parse(part).getroot()
    if root.tag == f"{STRICT}document":
        for element in root.iter():
            element.tag = element.tag.replace(STRICT, W)
            element.attrib = {k.replace(STRICT, W): v for k, v in element.attrib.items()}
    body = root.find(f"{W}body")
    if body is None:
        raise Bad(DAMAGED)
    return body


def _children(element: Element, *tags: str) -> Iterator[Element]:
    """Children of the given kinds, also those in content controls and tracked insertions."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from _children(child, *tags)


def _tables(table: Element, depth: int = 1) -> Iterator[Element]:
    if depth > DEEPEST:
        raise Bad(_("The tables of the document stand too deep in one another."))
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
        if _on(row.find(f"{W}trPr/{W}hidden")):
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
    lines = []
    for block in _children(cell, f"{W}p", f"{W}tbl"):
        if block.tag == f"{W}p":
            lines.append(_paragraph(block))
        else:
            lines += [
                " ".join(filter(None, (_cell(inner) for inner in _children(row, f"{W}tc"))))
                for row in _children(block, f"{W}tr")
            ]
    return "\n".join(lines).strip()


def _paragraph(paragraph: Element) -> str:
    return "".join(_pieces(paragraph)).strip()


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        elif child.tag not in UNSEEN and not child.tag.endswith(FALLBACK) and not _vanishes(child):
            yield from _pieces(child)


def _vanishes(run: Element) -> bool:
    return run.tag == f"{W}r" and _on(run.find(f"{W}rPr/{W}vanish"))


def _on(mark: Element | None) -> bool:
    return mark is not None and mark.get(f"{W}val", "1") not in OFF


def _number(element: Element | None, otherwise: int) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), 200) if value.isdecimal() else otherwise


def _spent(message: Any, budget: dict, limits: dict[str, int]) -> Any:
    spend(budget, message if isinstance(message, list) else [message["line"]], limits)
    return message
