"""Rows copied from Word as text: a second paragraph of a cell begins a line of its own, without the cells before it."""

import re
from collections.abc import Sequence
from itertools import accumulate

LONGEST_RUN = 40
POINTS_ALONE = re.compile(r"^[(（\[【]\s*[^()（）]{0,6}\d+(?:\.\d+)?\s*分?[)）\]】]$")


def whole_rows(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Lines with too few cells are joined where together they are exactly one row; anything else stays."""
    width = max(map(len, rows), default=0)
    found: list[list[str]] = []
    at = 0
    while at < len(rows):
        run = _run(rows, at, width)
        found.append(_joined(run) if run else list(rows[at]))
        at += len(run) or 1
    return found


def _run(rows: Sequence[Sequence[str]], at: int, width: int) -> Sequence[Sequence[str]]:
    first = len(rows[at])
    titled = first == 1 and at + 1 < len(rows) and _only_points(rows[at + 1])
    if width < 3 or first in (0, width) or (first == 1 and not titled):
        return []
    run = rows[at : at + LONGEST_RUN]
    for taken, cuts in enumerate(accumulate(max(len(row) - 1, 0) for row in run), 1):
        if cuts >= width - 1:
            return run[:taken] if cuts == width - 1 and taken > 1 else []
    return []


def _only_points(row: Sequence[str]) -> bool:
    """组织建设 over （8分） in one cell."""
    return len(row) > 1 and bool(POINTS_ALONE.match(row[0].strip()))


def _joined(run: Sequence[Sequence[str]]) -> list[str]:
    whole = list(run[0])
    for row in filter(None, run[1:]):
        whole[-1] = "\n".join(filter(None, [whole[-1], row[0]]))
        whole += row[1:]
    return whole
