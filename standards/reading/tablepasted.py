"""A table pasted as text: cells between bars, in frames of ┌─┬─┐, behind blanks, or one below the other.

Text becomes a grid only where a line of headings is known and every row has as many cells as it; a cell
less is taken for a group that is not said again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from portal.kit.layouts import Grid, Layout, grid
from standards.reading.tablebelow import unnumbered
from standards.reading.tableroles import EITHER, LEVEL, NUMBER, POINTS, RULE, role_of
from standards.reading.tabletext import NOTES, SIGNED, plain, sums

BAR = re.compile(r"[|｜│┃║]")
FRAME = re.compile(r"[│┃║├┤┼┌┐└┘┬┴┣┫╋┏┓┗┛┳┻╔╗╚╝╠╣╬╦╩]")
DRAWN = frozenset("─━═-:： ")
BLANKS = (re.compile(r"\s{2,}"), re.compile(r"\s+"), re.compile(r","))
BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
FEWEST = 2
Rows = list[list[str]]


def gridded(layout: Layout) -> Layout:
    """The layout with its text as a grid between the lines above and below; unchanged where it is none."""
    lines = [
        line for block in layout.blocks if isinstance(block, str) for line in block.split("\n")
    ]
    if layout.grids or not lines:
        return layout
    lines = [line.strip() for line in lines if line.strip()]
    found = (
        _framed(lines) or _barred(lines) or _spaced(lines) or _listed(lines) or unnumbered(lines)
    )
    if found is None:
        return layout
    above, made, below = found
    return replace(layout, blocks=[*above, made, *below])


Found = tuple[list[str], Grid, list[str]]


def _heads(cells: Sequence[str]) -> bool:
    named = {role_of(text) for text in cells if text}
    return bool(named & {LEVEL, EITHER}) and bool(named & {POINTS, RULE})


def _between(lines: list[str], inside: Sequence[int], made: Grid) -> Found:
    return lines[: inside[0]], made, lines[inside[-1] + 1 :]


# --- bars and frames


def _barred(lines: list[str]) -> Found | None:
    """| 序号 | 考核内容 | 分值 |, with or without a line of --- below."""
    inside = [at for at, line in enumerate(lines) if len(BAR.findall(line)) > 1]
    rows = [_cells(BAR, lines[at]) for at in inside]
    rows = [row for row in rows if not all(_rule(text) or not text for text in row)]
    if len(rows) < FEWEST or len(set(map(len, rows))) > 1 or not any(map(_heads, rows)):
        return None
    return _between(lines, inside, grid("", rows, []))


def _cells(mark: re.Pattern, line: str) -> list[str]:
    cells = [BREAK.sub("\n", text).strip() for text in mark.split(line)]
    return cells[not cells[0] : len(cells) - (not cells[-1])] if len(cells) > 1 else cells


def _framed(lines: list[str]) -> Found | None:
    """Cells in a drawn frame go over several lines, up to the next ─ of their own column."""
    inside = [at for at, line in enumerate(lines) if FRAME.match(line)]
    drawn = [_segments(lines[at]) for at in inside]
    ruled = [at for at, row in enumerate(drawn) if any(map(_rule, row))]
    width = max(map(len, drawn), default=0)
    if len(ruled) < FEWEST or any(len(row) not in (1, width) for row in drawn):
        return None
    text: Rows = [[""] * width for _ in ruled[1:]]
    merged = [
        [first, column, last - 1, column]
        for column in range(width)
        for first, last in pairwise(_ends(drawn, ruled, column))
    ]
    for top, column, bottom, _ in merged:
        rows = drawn[ruled[top] : ruled[bottom + 1]]
        text[top][column] = "".join(
            row[column] for row in rows if len(row) == width and not _rule(row[column])
        )
    if not any(map(_heads, text)):
        return None
    above, made, below = _between(lines, inside, grid("", text, merged))
    wide = [
        (at, row[0]) for at, row in enumerate(drawn) if len(row) == 1 < width and not _rule(row[0])
    ]
    over = [text for at, text in wide if at < ruled[1]]
    return [*above, *over], made, [*(text for _at, text in wide if text not in over), *below]


def _segments(line: str) -> list[str]:
    return [text.strip() for text in FRAME.split(line)[1:-1]]


def _rule(text: str) -> bool:
    return bool(text) and DRAWN.issuperset(text) and text.strip(":： ") != ""


def _ends(drawn: Rows, ruled: Sequence[int], column: int) -> list[int]:
    """Between which of the drawn lines the cells of a column stand."""
    found = [
        at for at, row in enumerate(ruled) if _rule(drawn[row][min(column, len(drawn[row]) - 1)])
    ]
    return found if found and found[0] == 0 else [0, *found]


# --- blanks, and cells one below the other


def _spaced(lines: list[str]) -> Found | None:
    for mark in BLANKS:
        cells = [[text.strip() for text in mark.split(line)] for line in lines]
        head = next((at for at, row in enumerate(cells) if len(row) > 2 and _heads(row)), None)
        if head is None:
            continue
        end = next((at for at in range(head, len(lines)) if _ends_table(lines[at])), len(lines))
        rows = [_filled(row, cells[head]) for row in cells[head:end]]
        if len(rows) >= FEWEST and all(rows):
            return lines[:head], grid("", rows, []), lines[end:]
    return None


def _ends_table(line: str) -> bool:
    return sums(line) or bool(NOTES.match(plain(line)) or SIGNED.search(plain(line)))


def _filled(row: list[str], head: list[str]) -> list[str]:
    """The row as wide as the heading; nothing where it is not clear which cell is missing."""
    levels = [at for at, name in enumerate(head) if role_of(name) in (LEVEL, EITHER)]
    if len(row) == len(head):
        return row
    if len(row) != len(head) - 1 or len(levels) < 2:
        return []
    return [*row[: levels[0]], "", *row[levels[0] :]]


def _listed(lines: list[str]) -> Found | None:
    """序号, 考核内容, 分值 on a line each, and below them the cells of row 1, row 2 …"""
    head = next((at for at, line in enumerate(lines) if role_of(line) == NUMBER), None)
    first = lines.index("1", head) if head is not None and "1" in lines[head:] else 0
    names = lines[head:first] if first else []
    if not _heads(names):
        return None
    rows = list(_numbered(lines, first, names))
    end = first + sum(len(row) - (not all(row)) for row in rows)
    whole = end == len(lines) or _ends_table(lines[end])
    if len(rows) < FEWEST or not whole:
        return None
    return lines[:head], grid("", [names, *rows], []), lines[end:]


def _numbered(lines: list[str], at: int, names: list[str]) -> Iterator[list[str]]:
    number = 1
    while at < len(lines) and lines[at] == str(number):
        ends = (at + len(names), at + len(names) - 1)
        end = next((one for one in ends if _row_ends(lines, one, number + 1)), None)
        row = _filled(lines[at:end], names) if end else []
        if not row:
            return
        yield row
        at, number = end, number + 1


def _row_ends(lines: list[str], at: int, number: int) -> bool:
    return (
        at == len(lines) or at < len(lines) and (lines[at] == str(number) or _ends_table(lines[at]))
    )
