"""Bonus and veto lists with a heading of their own: 序号 | 加分情形 | 加分标准, 序号 | 否决情形."""

import re
from collections.abc import Sequence

from portal.kit.layouts import Grid
from standards.reading import tableroles as roles
from standards.reading.tablecell import lone
from standards.reading.tabletext import PLAIN, is_number, kind_of, plain

LONGEST_NAME = 40
_WHAT = r"(?:情形|情况|事项|项目?|内容|条件)$"
VETO = re.compile(rf"(?:一票)?否决{_WHAT}")
LISTED = (
    ("一票否决项", VETO),
    ("加分项", re.compile(rf"(?:加分|奖分|奖励){_WHAT}")),
)
WORDS = (roles.LEVEL, roles.RULE, roles.EITHER)


def heads_list(grid: Grid, at: int) -> bool:
    """序号 beside 加分情形, in words or below a line that say which list it is."""
    cells = {grid.corner[at][c]: grid.text[at][c] for c in range(grid.width) if grid.text[at][c]}
    texts = list(cells.values())
    if len(texts) < 2 or roles.role_of(texts[0]) != roles.NUMBER:
        return False
    if any(is_number(text) or len(plain(text)) > LONGEST_NAME for text in texts):
        return False
    named = any(roles.role_of(text) in WORDS for text in texts)
    return named and bool(_listed(texts) or kind_of(_line_above(grid, at)) != PLAIN)


def heading_of(grid: Grid) -> int:
    """The heading row of the list, below the lines that name it; -1 when there is none."""
    first = next(
        (at for at in range(len(grid.text)) if any(grid.text[at]) and not lone(grid, at)), -1
    )
    return first if first >= 0 and heads_list(grid, first) else -1


def title_of(grid: Grid) -> str:
    """加分项 for a list that has 加分情形 in its heading and no line above that names it."""
    at = heading_of(grid)
    return _listed(grid.text[at]) if at >= 0 else ""


def _listed(texts: Sequence[str]) -> str:
    """Where other demands stand beside it, 加分项 is a column of a table."""
    found = next(
        (name for name, pattern in LISTED for text in texts if pattern.match(roles.heading(text))),
        "",
    )
    demands = (text for text in texts if roles.role_of(text) == roles.LEVEL)
    return "" if any(not VETO.match(roles.heading(text)) for text in demands) else found


def _line_above(grid: Grid, at: int) -> str:
    return lone(grid, at - 1) if at else ""
