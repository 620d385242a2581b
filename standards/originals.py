"""The cells of a clause as they stood in its file, kept beside the row: who checks a reading has the table at hand."""

from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter

from portal.kit.layouts import Grid, Layout
from portal.kit.normal import folded

LONGEST_CELL = 4_000
FIRST_SIGNS = 6  # of the clause: it is the right place where they stand in it


def attach(rows: Iterable[dict[str, Any]], layout: Layout, *, heading: int) -> None:
    """`heading`: the heading row as Excel numbers it, 0 for none."""
    grids = {grid.name: grid for grid in layout.grids}
    for row in rows:
        source = row["source"]
        cells = _of_grid(grids.get(source["sheet"]), source["cell"], heading)
        signs = folded(row["text"].rpartition("：")[2])[:FIRST_SIGNS]
        if cells and signs in folded("".join(text for _head, text in cells)):
            row["original"] = [source | {"cells": cells}]


def joined(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of rows that became one clause."""
    return [block for row in rows for block in row.get("original", [])]


def _of_grid(grid: Grid | None, cell: str, heading: int) -> list[list[str]]:
    """Heading and text of each filled cell of the rows the clause covers."""
    if grid is None or cell.isdigit():
        return []
    letters, number = coordinate_from_string(cell)
    top, left = number - 1, column_index_from_string(letters) - 1
    if top >= len(grid.text) or left >= grid.width:
        return []
    covered = [
        at
        for at in range(top, len(grid.text))
        if at == top or grid.corner[at][left] == grid.corner[top][left]
    ]
    found = [
        (_head(grid, column, heading), _text(grid, column, covered)) for column in _own(grid, top)
    ]
    return [[head, text] for head, text in found if text]


def _own(grid: Grid, row: int) -> list[int]:
    """The columns of a row; a cell over several of them is one."""
    corners = grid.corner[row]
    return [at for at in range(grid.width) if not at or corners[at] != corners[at - 1]]


def _head(grid: Grid, column: int, heading: int) -> str:
    named = grid.text[heading - 1][column] if 0 < heading <= len(grid.text) else ""
    return "".join(named.split()) or get_column_letter(column + 1)


def _text(grid: Grid, column: int, rows: Iterable[int]) -> str:
    """What stands in a column, each cell once."""
    cells = {grid.corner[at][column]: grid.text[at][column] for at in rows}
    return "\n".join(filter(None, cells.values()))[:LONGEST_CELL]
