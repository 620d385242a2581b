"""The columns of words of a table from the coarse to the fine, and what a row says in the columns that are read."""

import re

from portal.kit.layouts import Corner, Grid
from standards.reading import tableheads as heads
from standards.reading import tableroles as roles
from standards.reading.tablecontent import headed_again
from standards.reading.tabletext import (
    GROUP_NUMBER,
    HAN_NUMBER,
    NOTES,
    PLAIN,
    SUB_NUMBER,
    kind_of,
    narrow,
    plain,
    sums,
)
from standards.reading.tablewithin import demands

GROUP_MARK = re.compile(
    rf"{HAN_NUMBER}|[(]{HAN_NUMBER}[)]|第{HAN_NUMBER}(?:部分|章|节|板块|类|项|篇)"
)


def levels_of(grid: Grid, head: heads.Head) -> tuple[int, ...]:
    """The columns of words from the coarsest to the finest: by how often their text changes, then by name."""
    columns = head.columns(roles.LEVEL)
    runs = {column: _runs(grid, head, column) for column in columns}
    found = sorted(columns, key=lambda column: (runs[column], _rank(head, column), column))
    for at in range(len(found) - 1):
        one, other = found[at : at + 2]
        # 日常管理 again in the next group makes 项目 no coarser than the 分类 to its left.
        near = other < one and runs[one] >= 0.8 * runs[other]
        near = near and _rank(head, other) <= _rank(head, one)
        if near or (other < one and _holds(grid, head, other, one)):
            found[at : at + 2] = other, one
    return tuple(found)


def _holds(grid: Grid, head: heads.Head, outer: int, inner: int) -> bool:
    """Merged cells beside merged cells: none of the inner ones reaches over two of the outer."""
    below = range(head.rows[1] + 1, len(grid.text))
    beside = [
        (grid.corner[at][outer], grid.corner[at][inner])
        for at in below
        if grid.text[at][outer] and grid.text[at][inner]
    ]
    pairs = set(beside)
    inside = {one for _outer, one in pairs}
    return len({one for one, _inner in pairs}) <= len(pairs) == len(inside) < len(beside)


def _rank(head: heads.Head, column: int) -> int:
    name = roles.heading(head.names.get(column, ""))
    return next((rank for rank, pattern in roles.RANKS if pattern.search(name)), roles.UNRANKED)


def _runs(grid: Grid, head: heads.Head, column: int) -> int:
    """How often another text begins; sums and rows with a single cell say nothing about columns."""
    count, before, corner = 0, "", (-1, -1)
    for at in range(head.rows[1] + 1, len(grid.text)):
        summed = any(map(sums, grid.text[at]))
        if summed or len(corners(grid, head, at)) < 2 or not grid.text[at][column]:
            continue
        if _names_a_group(grid, head, at) or headed_again(grid, at, head.rows[1]):
            continue
        if grid.text[at][column] != before and grid.corner[at][column] != corner:
            # Several numbered demands in one cell are as many.
            count += len(demands(grid.text[at][column]))
            before, corner = grid.text[at][column], grid.corner[at][column]
    return count


def _names_a_group(grid: Grid, head: heads.Head, at: int) -> bool:
    """一 | 组织建设, or 一、组织建设, and nothing of a clause but perhaps points."""
    columns = head.columns(roles.LEVEL)
    words = {grid.corner[at][c] for c in columns if grid.text[at][c]}
    first = grid.text[at][columns[0]]
    if len(words) != 1 or not first or any(grid.text[at][c] for c in head.columns(roles.RULE)):
        return False
    numbers = [plain(grid.text[at][c]).rstrip("、.．") for c in head.columns(roles.NUMBER)]
    marked = GROUP_NUMBER.match(narrow(first)) or SUB_NUMBER.match(narrow(first))
    return any(map(GROUP_MARK.fullmatch, numbers)) or bool(marked)


def corners(grid: Grid, head: heads.Head, at: int) -> dict[Corner, str]:
    """What the row says. A note or a title may stand in a column that is otherwise for filling in."""
    used = [column for column, role in head.roles.items() if role != roles.IGNORED]
    found = {grid.corner[at][c]: grid.text[at][c] for c in used if grid.text[at][c]}
    if found:
        return found
    stray = {grid.corner[at][c]: text for c, text in enumerate(grid.text[at]) if text}
    text = next(iter(stray.values()), "")
    said = NOTES.match(plain(text)) or GROUP_NUMBER.match(narrow(text)) or kind_of(text) != PLAIN
    return stray if len(stray) == 1 and said else {}
