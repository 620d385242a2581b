"""A row of headings, and a second one below it: 考核指标 over （一） and （二）, 评分 over 标准."""

import re
from collections.abc import Sequence

from portal.kit.layouts import Grid
from standards.reading.tableroles import AMOUNT, EITHER, LEVEL, REMARK, heading, role_of
from standards.reading.tabletext import is_number, plain, scores

LONGEST_HEADING = 24
# 填报单位：（盖章） and 年　月　日 are there to be filled in.
TO_FILL_IN = re.compile(
    r"[:：]$|^[^:：]{2,8}(?:单位|支部|人员?|组|时间|日期|名称|书记)[:：]|^[\d_]*年[\d_]*月[\d_]*日$"
)
FIELD = re.compile(
    r"(?:农村|村级?|社区|机关|学校|高校|医院|公立医院|国企|国有企业|企业|非公企业|两新(?:组织)?|社会组织|离退休干部?|事业单位)(?:党支部|党组织|支部|类)?(?=(?:分值|分数|标准分|赋分)?$)"
)


def heads_row(grid: Grid, row: int, columns: Sequence[int]) -> bool:
    """Several short texts side by side."""
    counted = _counted(grid, row, columns)
    cells = {
        grid.corner[row][c]: grid.text[row][c]
        for c in columns
        if grid.text[row][c] and c not in counted
    }
    to_fill_in = [text for text in cells.values() if TO_FILL_IN.search(plain(text))]
    if len(to_fill_in) == len(cells) or not all(map(role_of, to_fill_in)):
        return False  # 填报单位：, 填报时间：
    return len(cells) >= 2 and all(
        len(heading(text)) <= LONGEST_HEADING
        and not is_number(text)
        and (role_of(text) is not None or not scores(REMARK.sub("", plain(text))))
        for text in cells.values()
    )


def _counted(grid: Grid, row: int, columns: Sequence[int]) -> list[int]:
    """1, 2, 3 … side by side head columns to fill in, one for each branch or month."""
    numbered = [c for c in columns if plain(grid.text[row][c]).isdecimal()]
    values = [int(plain(grid.text[row][c])) for c in numbered]
    return numbered if len(values) > 2 and values == list(range(1, len(values) + 1)) else []


def second(grid: Grid, upper: int, lower: int, columns: Sequence[int]) -> bool:
    """The row below belongs to the heading: cells span both, or most of its own cells are headings too."""
    if not heads_row(grid, lower, columns):
        return False
    spans = [c for c in columns if grid.corner[lower][c] == grid.corner[upper][c]]
    own = [grid.text[lower][c] for c in columns if c not in spans and grid.text[lower][c]]
    fields = [text for text in own if FIELD.search(plain(text))]
    known = [text for text in own if role_of(text) or (len(fields) > 1 and text in fields)]
    wide = [c for c in columns[1:] if grid.text[upper][c] and grid.corner[upper][c][1] < c]
    blank_above = [c for c in columns if not grid.text[upper][c] and grid.text[lower][c]]
    if any(is_number(text) for text in own):
        return False
    if (
        spans
        and own
        and all(_below_wide(grid, upper, c) for c in columns if grid.text[lower][c] in own)
    ):
        return True
    return bool(own) and (len(known) == len(own) or bool(known and (spans or wide or blank_above)))


def stacked(grid: Grid, upper: int, lower: int, column: int) -> str:
    above, below = grid.text[upper][column], grid.text[lower][column]
    if grid.corner[upper][column] == grid.corner[lower][column] or not below:
        return above
    both = above + below
    if role_of(both) == AMOUNT:
        return both
    # 评分 over 标准 is 评分标准; 考核情况 over 分值 is 分值.
    if role_of(below) in (None, EITHER) and role_of(both):
        return both
    return below if role_of(below) else both


def _below_wide(grid: Grid, upper: int, column: int) -> bool:
    """（一）, （二） below one 考核指标 that is merged over them."""
    corner = grid.corner[upper][column]
    return grid.corner[upper].count(corner) > 1 and role_of(grid.text[upper][column]) == LEVEL
