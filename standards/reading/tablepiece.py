"""A clause while the rows that belong to it are gathered."""

import re
from dataclasses import dataclass, field

from portal.kit.layouts import Grid
from standards.reading.tablecell import Cell
from standards.reading.tablerows import Row
from standards.reading.tableshape import Group
from standards.reading.tablesplit import split_rule
from standards.reading.tabletext import one_line, scores
from standards.reading.tablewrapped import joined_lines

# 扣3分（　）: what was lost is written into it.
FILL_IN = re.compile(r"[(（]\s*[)）]|[_＿]{2,}分?")

UNIT_END = re.compile(r"(?<=[^\n][部委办局科室站院])[ \u3000]*\n\s*")


@dataclass
class Piece:
    group: Group
    row: Row
    subgroup: str
    grid: Grid
    texts: list[Cell] = field(default_factory=list)
    points: Cell = Cell()
    rules: list[Cell] = field(default_factory=list)
    method: list[Cell] = field(default_factory=list)
    evidence: list[Cell] = field(default_factory=list)
    cadence: list[Cell] = field(default_factory=list)
    checker: list[Cell] = field(default_factory=list)
    unit: list[Cell] = field(default_factory=list)
    basis: list[Cell] = field(default_factory=list)
    made: int = 0


def listed(cells: list[Cell]) -> str:
    """Units and documents one after the other; 组 / 织部 over two lines is one, 组织部 / 宣传部 are two."""
    said = (one_line(UNIT_END.sub("、", cell.text)) for cell in cells)
    return "、".join(dict.fromkeys(said))


def joined(cells: list[Cell]) -> str:
    return joined_lines("\n".join(FILL_IN.sub("", cell.text) for cell in cells))


def scoring(method: list[Cell]) -> str:
    """实地查看，没有挂牌不给分: what stands in the column of checks and scores."""
    words = joined(method)
    return split_rule(words)[1] if scores(words) else ""
