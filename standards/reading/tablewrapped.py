"""Text copied out of a print keeps the line ends of its narrow cells, within words: 每少1 over 次扣0.5分."""

import re
from dataclasses import replace

from portal.kit.layouts import Grid, Layout
from standards.reading.tabletext import narrow

# What no line of a cell ends with, and what none begins with.
OPEN = re.compile(
    r"(?:[扣加减每未较]|[不无][能得应]?|[(（“《、]|[^\d][第各共]|\d[.．]|(?<![\d.．])\d+)$"
)
GOES_ON = re.compile(r"^(?:的|分(?=$|[，。；,;)）])|[%％、，。；,;)）”》]|[扣加减得]\d)")
NEW = re.compile(r"^\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）、.．](?!\d)|[①-⒛]|[-—·●])")
# As wide as printed: a Chinese character is two, a digit one.
EVEN = 2
SHORTEST = 4


def unwrapped(layout: Layout) -> Layout:
    blocks = [_grid(block) if isinstance(block, Grid) else block for block in layout.blocks]
    return replace(layout, blocks=blocks)


def _grid(grid: Grid) -> Grid:
    return replace(grid, text=[[joined_lines(text) for text in row] for row in grid.text])


def joined_lines(text: str) -> str:
    """Without the line ends that cut a word; where the lines are of one length, without any but those before a number."""
    if "\n" not in text:
        return text
    lines = [line.strip() for line in text.split("\n")]
    widths = [_width(line) for line in lines]
    cut = [_cut(a, b) for a, b in zip(lines, lines[1:], strict=False)]
    even = (
        len(lines) > 2
        and min(widths[:-1]) > SHORTEST
        and max(widths[:-1]) - min(widths[:-1]) <= EVEN
        and widths[-1] <= max(widths[:-1]) + 1
    )
    if not any(cut) and not (even and len(lines[-1]) == 1):
        return text
    whole = lines[0]
    for inside, line in zip(cut, lines[1:], strict=True):
        whole += line if inside or (even and not NEW.match(narrow(line))) else f"\n{line}"
    return whole


def _width(line: str) -> int:
    return sum(1 if char.isascii() else 2 for char in line)


def _cut(before: str, after: str) -> bool:
    """Words are cut where the first line cannot end, or the next cannot begin."""
    if not before or not after or NEW.match(narrow(after)) and not narrow(before)[-1:].isdigit():
        return False
    return bool(OPEN.search(narrow(before)) or GOES_ON.match(narrow(after)))
