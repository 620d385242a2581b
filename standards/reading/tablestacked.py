"""A demand above its rule: 内容 | … in one row, 标准 | … in the next, beside one number and one amount.

The rows of a demand become one, its cell says 评分标准：… behind the demand, as others do from the start.
"""

import re
from dataclasses import replace

from portal.kit.layouts import Grid
from standards.reading.tablecell import lone
from standards.reading.tableoutline import labelled
from standards.reading.tabletext import plain

_OF = r"(?:考核|考评|评价|检查|评定|验收|测评|具体|工作)?"
DEMAND, RULE, METHOD, EVIDENCE = "", "评分标准：", "检查方式：", "佐证材料："
LABELS = (
    (DEMAND, re.compile(rf"{_OF}(?:内容|要求|指标|目标|任务|要点)$")),
    (RULE, re.compile(rf"(?:{_OF}(?:标准|细则|办法)|(?:评分|计分|扣分|赋分|打分)(?:标准|细则|办法|方法|规则|情形))$")),
    (METHOD, re.compile(rf"{_OF}(?:方式|方法|途径)$")),
    (EVIDENCE, re.compile(r"(?:佐证|印证|备查|查阅|支撑|证明)?(?:材料|资料)$")),
)  # fmt: skip
FEWEST = 2
SHARE = 0.8


def unstacked(grid: Grid) -> Grid:
    """The grid as it is, or with each rule behind the demand it stands below."""
    for column in range(grid.width - 1):
        found = _labels(grid, column)
        if found:
            return _joined(
                grid,
                {at: (label, grid.text[at][column + 1]) for at, label in found.items()},
                column,
            )
    return grid


def _labels(grid: Grid, column: int) -> dict[int, str]:
    """Row -> label, where the column holds nothing else: at least two demands and two rules."""
    rows = [at for at in range(len(grid.text)) if grid.text[at][column] and not lone(grid, at)]
    found = {
        at: label
        for at in rows
        if (label := _label(grid.text[at][column])) is not None and _beside(grid, at, column)
    }
    said = list(found.values())
    enough = said.count(DEMAND) >= FEWEST and said.count(RULE) >= FEWEST
    return found if enough and len(found) >= SHARE * (len(rows) - 1) else {}


def _label(text: str) -> str | None:
    return next(
        (label for label, pattern in LABELS if pattern.match(plain(text).strip(":："))), None
    )


def _beside(grid: Grid, at: int, column: int) -> bool:
    """Words of its own stand to the right of the label."""
    return bool(grid.text[at][column + 1]) and grid.corner[at][column + 1] == (at, column + 1)


def _joined(grid: Grid, said: dict[int, tuple[str, str]], column: int) -> Grid:
    text = [list(row) for row in grid.text]
    demand = -1
    for at, (label, words) in sorted(said.items()):
        text[at][column] = ""
        if label == DEMAND:
            demand = at
        elif demand >= 0 and _one_clause(grid, demand, at, column):
            text[demand][column + 1] += "\n" + (words if labelled(words)[0] else label + words)
            _fold(text, demand, at, column)
    return replace(grid, text=text)


def _one_clause(grid: Grid, demand: int, at: int, column: int) -> bool:
    """No other row of words stands between them."""
    return not any(any(grid.text[row]) and lone(grid, row) for row in range(demand + 1, at))


def _fold(text: list[list[str]], demand: int, at: int, column: int) -> None:
    """What only the second row says, its points perhaps, is said by the first."""
    for place, words in enumerate(text[at]):
        if place != column + 1 and words and not text[demand][place]:
            text[demand][place] = words
    text[at] = [""] * len(text[at])
