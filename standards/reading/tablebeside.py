"""What stands beside a table, behind a blank column: a second table, or the levels and boxes explained in a few rows."""

from dataclasses import replace

from portal.kit.layouts import Grid
from standards.reading import tableheads as heads
from standards.reading.tablecell import lone
from standards.reading.tablelists import heading_of

FEWEST_ROWS = 2
SHARE = 0.6


def apart(grid: Grid) -> list[str | Grid]:
    """The grid as it is; or the table on the left, and before it a note of what stands beside it or behind it that table."""
    middle = _blank_column(grid)
    if middle is None:
        return [grid]
    left, right = side(grid, 0, middle), side(grid, middle + 1, grid.width)
    if heads.find(left) is None:
        return [grid]
    if heads.find(right) is not None or heading_of(right) >= 0:
        return [left, right] if _dense(right) else [grid]
    few = len(_filled(right)) <= SHARE * len(_filled(left))
    return [_note(right), left] if few and _dense(right) else [grid]


def side(grid: Grid, first: int, last: int, *, top: int = 0) -> Grid:
    """Some columns alone; the others, and what stands above `top`, are blank."""
    rows = range(len(grid.text))
    text = [
        [text if first <= c < last and r >= top else "" for c, text in enumerate(grid.text[r])]
        for r in rows
    ]
    # What reaches in from the other side is said there already.
    for r in rows:
        for c in range(first, last):
            if grid.corner[r][c][1] < first:
                text[r][c] = ""
    return replace(grid, text=text)


def _blank_column(grid: Grid) -> int | None:
    """The first column that holds nothing but parts of lines over the whole width, with columns on either side."""
    said = [at for at in _filled(grid) if not lone(grid, at)]
    first = next((c for c in range(grid.width) if any(grid.text[at][c] for at in said)), 0)
    for column in range(first + 2, grid.width - 2):
        if (
            said
            and not any(grid.text[at][column] for at in said)
            and column not in grid.hidden_columns
        ):
            return column
    return None


def _filled(grid: Grid) -> list[int]:
    return [at for at, row in enumerate(grid.text) if any(row) and at not in grid.hidden_rows]


def _dense(grid: Grid) -> bool:
    """Rows below one another without a gap, each of several cells: no column that is filled in here and there."""
    rows = [at for at in _filled(grid) if not lone(grid, at)]
    several = len(rows) > FEWEST_ROWS
    return several and rows[-1] - rows[0] - len(rows) < FEWEST_ROWS


def _note(grid: Grid) -> str:
    rows = [list(dict.fromkeys(filter(None, grid.text[at]))) for at in _filled(grid)]
    return "备注：" + "；".join(" ".join(" ".join(row).split()) for row in rows)
