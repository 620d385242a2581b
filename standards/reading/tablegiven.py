"""考核分 as the only column of amounts: what each line is worth, and no score that somebody filled in."""

import re

from standards.reading.tablecontent import Content
from standards.reading.tableroles import IGNORED, LEVEL, POINTS, heading
from standards.reading.tabletext import plain

GIVEN = re.compile(r"(?:评议|考核|考评|检查|验收|评定)分数?")
# Beside 自评分 and 得分 it is one more score.
SCORED = re.compile(r"自评|自查|自检|得分|实得|初评|复评|终评|复核|审核|初验|扣分(?:数|值|情况)")
_WON = re.compile(r"(?!.*自[评查检]).*(?:得分|实得)")


def settle(roles: dict[int, str], contents: dict[int, Content], names: dict[int, str]) -> None:
    """Every line has its amount there, and no other column says what it is worth or what it got."""
    if POINTS in roles.values():
        return
    demands = [contents[column] for column, role in roles.items() if role == LEVEL]
    longest = max(demands, key=lambda content: content.filled, default=None)
    found = [
        c for c, role in roles.items() if role == IGNORED and GIVEN.fullmatch(heading(names[c]))
    ]
    if len(found) != 1 or longest is None or longest.bracketed >= 0.5:
        return
    if _scored_beside(found[0], contents, names):
        return
    amounts = contents[found[0]]
    if amounts.numeric > 0.9 and amounts.filled >= 0.9 * longest.filled:
        roles[found[0]] = POINTS


def _scored_beside(given: int, contents: dict[int, Content], names: dict[int, str]) -> bool:
    """自评分 beside 考核分, or beside 考核分数 a 自评分 that is filled in; an empty 考核得分 waits for the score itself."""
    scored = [column for column, name in names.items() if SCORED.search(plain(name))]
    if any(_WON.match(plain(names[column])) for column in scored):
        return any(contents[column].filled for column in scored)
    plainly = heading(names[given]).endswith("数")
    return any(contents[column].filled or not plainly for column in scored)


def named(roles: dict[int, str], names: dict[int, str]) -> str:
    """The name of such a column, where the points were taken from one."""
    held = (names.get(c, "") for c, role in roles.items() if role == POINTS)
    return next((name for name in held if GIVEN.fullmatch(heading(name))), "")
