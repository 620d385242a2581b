"""加分项 | 加分内容 | 加分分值 | 加分标准 inside a table: headings for the same columns, so all they say is which list begins."""

import re
from dataclasses import replace

from portal.kit.layouts import Grid
from standards.reading.tableroles import EITHER, LEVEL, NUMBER, RULE, role_of
from standards.reading.tabletext import PLAIN, is_number, kind_of, plain

OWN = re.compile(r"^(?:加分|扣分|减分|奖分|奖励|附加|否决)(?=.)")
LONGEST = 10
FEWEST = 3
ALIKE = ({LEVEL, EITHER}, {RULE, EITHER}, {LEVEL, NUMBER})


def titled(grid: Grid) -> Grid:
    """The grid with such rows as the titles they are."""
    first = next((at for at, row in enumerate(grid.text) if _heads(row)), None)
    if first is None:
        return grid
    found = {at for at in range(first + 1, len(grid.text)) if _again(grid, first, at)}
    if not found:
        return grid
    text = [
        [row[0], *[""] * (len(row) - 1)] if at in found else row for at, row in enumerate(grid.text)
    ]
    return replace(grid, text=text)


def _heads(row: list[str]) -> bool:
    named = [role_of(text) for text in row if text]
    return len(named) >= FEWEST and None not in named and bool({LEVEL, EITHER} & set(named))


def _again(grid: Grid, first: int, at: int) -> bool:
    row, head = grid.text[at], grid.text[first]
    opens = kind_of(row[0]) != PLAIN and len(plain(row[0])) <= LONGEST
    rest = [(text, name) for text, name in zip(row[1:], head[1:], strict=True) if text]
    alike = all(_suits(text, name) for text, name in rest)
    return opens and len(rest) + 1 >= FEWEST and alike


def _suits(text: str, name: str) -> bool:
    if is_number(text) or len(plain(text)) > LONGEST:
        return False
    own = {role_of(OWN.sub("", plain(text))), role_of(text)} - {None}
    held = role_of(name)
    return held in own or any(held in pair and own & pair for pair in ALIKE)
