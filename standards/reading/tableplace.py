"""Where a cell stands, in the words of its file."""

from openpyxl.utils import get_column_letter

from portal.kit.layouts import Corner, Grid
from standards.reading.tablecut import Turned


def place(grid: Grid, row: int, column: int) -> str:
    name = name_of(grid, (row, column))
    return f"{grid.name}!{name}" if grid.name else name


def name_of(grid: Grid, at: Corner) -> str:
    if isinstance(grid, Turned):
        at = (at[1], at[0])
    return f"{get_column_letter(at[1] + 1)}{at[0] + 1}"
