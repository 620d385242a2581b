"""One sheet may hold several tables, one below another: cut where another heading begins.

A piece keeps the places of its rows, so that a clause still names its cell; what the others hold is blank in it.
"""

import re
from collections.abc import Iterator, Sequence

from portal.kit.layouts import Grid
from standards.reading import tableroles as roles
from standards.reading.tableabove import TITLE, opens_section, same_title
from standards.reading.tablebeside import side
from standards.reading.tablecell import lone
from standards.reading.tablekindrows import titled
from standards.reading.tablelists import heads_list
from standards.reading.tabletext import NOTES, SIGNED, continues, is_number, plain, sums

FEWEST = 3
SHORT = 10
RESULTS = re.compile(r"(?:汇总|结果|统计|名单|名册|花名册|一览|签到|登记|公示)表?(?:\(.*\))?$")
FIRST_ROWS = 12
MOST_CUTS = 40
MOST_TURNED = 12


class Turned(Grid):
    """A grid whose rows are the columns of its file."""


def cut(grid: Grid) -> list[str | Grid]:
    """The grid as it is, or its tables with the lines that stand between them."""
    grid = titled(grid)
    starts = [
        start for first, start, at in _later_headings(grid) if _another(grid, first, start, at)
    ]
    if not starts:
        return _halves(grid)
    bounds = [0, *starts[:MOST_CUTS], len(grid.text)]
    return [_piece(grid, top, bottom) for top, bottom in zip(bounds, bounds[1:], strict=False)]


def _halves(grid: Grid) -> list[str | Grid]:
    """Two columns of print: the same headings twice in one row, read the left side first."""
    for at, row in enumerate(grid.text[:FIRST_ROWS]):
        named = [column for column, text in enumerate(row) if text]
        if not named or (named[-1] + 1 - named[0]) % 2:
            continue
        first, last = named[0], named[-1] + 1
        middle = (first + last) // 2
        names = [plain(text) for text in row]
        if names[first:middle] == names[middle:last] and _heading(grid, at):
            return [side(grid, 0, middle), side(grid, middle, grid.width, top=at)]
    return [grid]


def upright(grid: Grid) -> list[str | Grid]:
    """A table whose headings stand in its first column, turned, with the lines above and below it."""
    said = [at for at in range(len(grid.text)) if any(grid.text[at]) and not lone(grid, at)]
    if len(said) < 2 or len(said) > MOST_TURNED:
        return [grid]
    top, bottom = said[0], said[-1] + 1
    text = [list(column) for column in zip(*grid.text[top:bottom], strict=True)]
    corner = [list(column) for column in zip(*grid.corner[top:bottom], strict=True)]
    corner = [[(column, row) for row, column in cells] for cells in corner]
    turned = Turned(grid.name, text, corner, hidden=grid.hidden)
    # Places of rows above the table are kept as columns.
    turned.text = [[""] * top + row for row in text]
    turned.corner = [
        [(at, column) for column in range(top)] + cells for at, cells in enumerate(corner)
    ]
    if not any(_heading(turned, at) for at in range(min(2, len(text)))):
        return [grid]
    above = [lone(grid, at) for at in range(top) if lone(grid, at)]
    below = [lone(grid, at) for at in range(bottom, len(grid.text)) if lone(grid, at)]
    return [*above, turned, *below]


def _later_headings(grid: Grid) -> Iterator[tuple[int, int, int]]:
    """The first heading row; where the lines above a later one begin; and the later one."""
    found = [
        at
        for at in range(len(grid.text))
        if at not in grid.hidden_rows
        and (_heading(grid, at) or heads_list(grid, at) or _of_results(grid, at))
    ]
    if found and heads_list(grid, found[0]):
        # The table above may have headings of which one is strange.
        found.insert(
            0, next(at for at, row in enumerate(grid.text) if any(row) and not lone(grid, at))
        )
    for before, at in zip(found, found[1:], strict=False):
        if at - before > 1:
            yield found[0], _lines_above(grid, at, before), at


def _heading(grid: Grid, at: int) -> bool:
    """A row of nothing but known headings, among them what a scoring table needs."""
    cells = {grid.corner[at][c]: grid.text[at][c] for c in range(grid.width) if grid.text[at][c]}
    if len(cells) < FEWEST or any(is_number(text) for text in cells.values()):
        return False
    found = [roles.role_of(text) for text in cells.values()]
    words = {roles.LEVEL, roles.EITHER}
    scoring = {roles.POINTS, roles.RULE, roles.EITHER}
    return (
        None not in found
        and bool(words & set(found))
        and bool(scoring & set(found))
        and len(set(found)) > 1
    )


def _of_results(grid: Grid, at: int) -> bool:
    """The heading of another kind of table, below a title such as 考核结果汇总表."""
    cells = {grid.corner[at][c]: grid.text[at][c] for c in range(grid.width) if grid.text[at][c]}
    short = len(cells) >= FEWEST and all(len(plain(text)) <= SHORT for text in cells.values())
    if at == 0 or not short or any(is_number(text) for text in cells.values()):
        return False
    return bool(RESULTS.search(plain(lone(grid, at - 1))))


def _lines_above(grid: Grid, at: int, before: int) -> int:
    """The first of the titles right above a heading."""
    top = at
    for row in range(at - 1, before, -1):
        text = lone(grid, row)
        if any(grid.text[row]) and (not text or _closes(text)):
            break
        top = row if text else top
    return top


def _closes(text: str) -> bool:
    tight = plain(text)
    return (
        sums(text)
        or bool(NOTES.match(tight))
        or bool(SIGNED.search(tight) and not TITLE.search(tight))
    )


def _another(grid: Grid, first: int, start: int, at: int) -> bool:
    """Other headings, or the same ones below a title of their own; a page only repeats them."""
    titles = [lone(grid, row) for row in range(start, at) if lone(grid, row)]
    if any(map(continues, titles)):
        return False
    above = [lone(grid, row) for row in range(first) if lone(grid, row)]
    fresh = [
        text
        for text in titles
        if TITLE.search(plain(text))
        and not opens_section(text)
        and not any(same_title(text, old) for old in above)
    ]
    return bool(fresh) or _names(grid.text[at]) != _names(grid.text[first])


def _names(row: Sequence[str]) -> set[str]:
    return {plain(text) for text in row if text}


def _piece(grid: Grid, top: int, bottom: int) -> Grid:
    text = [row if top <= at < bottom else [""] * len(row) for at, row in enumerate(grid.text)]
    corner = [
        cells if top <= at < bottom else [(at, column) for column in range(len(cells))]
        for at, cells in enumerate(grid.corner)
    ]
    return Grid(
        grid.name, text[:bottom], corner[:bottom], hidden=grid.hidden,
        hidden_rows=frozenset(at for at in grid.hidden_rows if top <= at < bottom),
        hidden_columns=grid.hidden_columns,
    )  # fmt: skip
