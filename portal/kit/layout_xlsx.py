"""A workbook as it looks, for the limited child: cells, merged areas, shares, hidden rows and columns."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from portal.kit.sheetcells import jsonable, rows, spend
from portal.kit.sheetscan import DAMAGED, Bad, column_number, scan

MOST_MERGES = 20_000
MOST_SHARES = 20_000
STYLES = "xl/styles.xml"
# 0% and 0.00% of the formats every workbook has.
SHARES = {"9", "10"}
CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def messages(path: Path, limits: dict[str, int]) -> Iterator[Any]:
    """Per sheet: its name, its rows as texts, what is merged, hidden or a share (row and column from 0)."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    scan(path, limits)
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        parts = _parts(path)
        shares = _share_styles(path)
        budget = {"chars": limits["chars"]}
        for meta in sheets[: limits["sheets"]]:
            sheet = book.get_sheet_by_name(meta.name)
            yield {"sheet": meta.name, "hidden": meta.visible != SheetVisibleEnum.Visible}
            for row in rows(sheet, limits):
                spend(budget, row, limits)
                yield [_shown(cell) for cell in row]
            merged = [[*start, *end] for start, end in (sheet.merged_cell_ranges or [])]
            part = parts.get(meta.name, "")
            yield {"merged": merged[:MOST_MERGES], **_unsaid(path, part, shares)}
    except (CalamineError, ValueError, OSError, IndexError, KeyError, SyntaxError) as wrong:
        raise Bad(DAMAGED) from wrong


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dict):
        return str(cell.get("d") or cell["t"])[:10]
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return str(jsonable(cell))


def _parts(path: Path) -> dict[str, str]:
    """Sheet name -> the part of the archive that holds it."""
    with zipfile.ZipFile(path) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    return {
        sheet.get("name", ""): posixpath.normpath(
            posixpath.join("/xl", targets.get(sheet.get(RELATION), ""))
        ).lstrip("/")
        for sheet in book.iter()
        if sheet.tag.endswith("}sheet")
    }


def _share_styles(path: Path) -> set[str]:
    """The cell styles that show 0.05 as 5%."""
    with zipfile.ZipFile(path) as archive:
        if STYLES not in archive.namelist():
            return set()
        root = ElementTree.fromstring(archive.read(STYLES))
    own = {
        one.get("numFmtId")
        for one in root.iter()
        if one.tag.endswith("}numFmt") and "%" in one.get("formatCode", "")
    }
    cells = next((one for one in root if one.tag.endswith("}cellXfs")), ())
    return {str(at) for at, one in enumerate(cells) if one.get("numFmtId") in own | SHARES}


def _unsaid(path: Path, part: str, shares: set[str]) -> dict[str, list[Any]]:
    """The reader of cells does not tell what is hidden or a share, so the sheet is gone through once more."""
    found: dict[str, list[Any]] = {"hidden_rows": [], "hidden_columns": [], "shares": []}
    with zipfile.ZipFile(path) as archive:
        if part not in archive.namelist():
            return found
        with archive.open(part) as sheet:
            for _event, element in ElementTree.iterparse(sheet):
                _note(element, found, shares)
                element.clear()
    return found


def _note(element: Element, found: dict[str, list[Any]], shares: set[str]) -> None:
    if element.get("s") in shares and element.tag.endswith("}c"):
        if (where := CELL.fullmatch(element.get("r", ""))) and len(found["shares"]) < MOST_SHARES:
            found["shares"].append([int(where[2]) - 1, column_number(where[1]) - 1])
        return
    if element.get("hidden") not in ("1", "true"):
        return
    if element.tag.endswith("}row"):
        found["hidden_rows"].append(int(element.get("r", "0")) - 1)
    elif element.tag.endswith("}col"):
        first, last = int(element.get("min", "1")), int(element.get("max", "1"))
        found["hidden_columns"] += range(first - 1, min(last, column_number("BH")))
