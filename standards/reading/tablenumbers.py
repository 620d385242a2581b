"""1建立制度, 2公开党务 one below the other: numbers without a mark, which only the whole table tells from amounts."""

import re

from standards.reading.tableshape import Line, Table
from standards.reading.tabletext import PLAIN, narrow

GLUED = re.compile(r"^\s*(\d{1,2})\s*(?=[\u4e00-\u9fff“《])")
FEWEST = 3


def take_numbers(table: Table) -> None:
    """Each line of a group has one, and they count from one on, perhaps anew below each heading."""
    lines = [line for group in table.groups if group.kind == PLAIN for line in group.lines]
    values = [_value(line) for line in lines]
    if len(lines) < FEWEST or None in values or not _counting(values):
        return
    for line, value in zip(lines, values, strict=True):
        line.number = line.number or str(value)
        line.text = line.text[GLUED.match(narrow(line.text)).end() :]


def _value(line: Line) -> int | None:
    found = GLUED.match(narrow(line.text))
    return int(found[1]) if found else None


def _counting(values: list[int]) -> bool:
    on = [value == before + 1 for before, value in zip([0, *values], values, strict=False)]
    return 2 * sum(on) > len(values) and all(
        follows or value == 1 for follows, value in zip(on, values, strict=True)
    )
