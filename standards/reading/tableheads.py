"""Which column of a table holds what: by the name above it, and by what stands in it where the name says little."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portal.kit.layouts import Grid
from standards.reading import tablegiven
from standards.reading.tablecontent import Content, content_of
from standards.reading.tableheadings import FIELD, heads_row, second, stacked
from standards.reading.tablelists import heading_of
from standards.reading.tableroles import (
    AMOUNT,
    BASIS,
    EITHER,
    EVIDENCE,
    GRADE,
    IGNORED,
    LEVEL,
    METHOD,
    NUMBER,
    POINTS,
    RULE,
    WITH_RULE,
    heading,
    role_of,
)
from standards.reading.tabletext import brackets, is_number, plain

SEARCHED = 40
SHORT_AMOUNT = 8
DEDUCTS = re.compile(r"扣|减")
BOTH_WAYS = re.compile(r"^(?:扣分|加分|减分|奖分|(?:一票)?否决)")
DEMANDED = re.compile("内容|要求|要点|标准|任务|条目|职责")


@dataclass
class Head:
    """rows: the heading rows (first, last), (-1, -1) when there are none. roles: column -> what it holds.

    levels: the columns of words from the coarse to the fine, when another page of the table has shown it.
    inside: the demands themselves say their points. sided: each cell of 扣分项 and 加分项 is a clause. fields: columns of points that hold for one field of branches each.
    """

    rows: tuple[int, int]
    roles: dict[int, str]
    names: dict[int, str] = field(default_factory=dict)
    total: int | None = None
    levels: tuple[int, ...] = ()
    inside: bool = False
    sided: bool = False
    fields: tuple[str, ...] = ()

    def columns(self, *roles: str) -> list[int]:
        return sorted(column for column, role in self.roles.items() if role in roles)

    @property
    def signature(self) -> tuple[str, ...]:
        return tuple(plain(name) for _column, name in sorted(self.names.items()))


def find(grid: Grid) -> Head | None:
    """The head of a scoring table, by the names of its columns. None: this is no scoring table."""
    columns = _columns(grid)
    best: Head | None = None
    most = 0
    for rows, names in _candidates(grid, columns):
        named = {column: role_of(name) for column, name in names.items()}
        by_field = [column for column, name in names.items() if FIELD.search(plain(name))]
        if len(by_field) > 1:
            named |= {column: named[column] or POINTS for column in by_field}
        worth = _worth(named, names)
        # A second row that passed for a heading would otherwise be read as a clause.
        worth += 2 * (worth > 0 and rows[1] > rows[0])
        head = _settled(grid, rows, names, named) if worth > most else None
        if head and (_scoring(head) or head.inside):
            best, most = head, worth
    return best


def guess(grid: Grid) -> Head | None:
    """A table whose headings are odd or missing: a column of amounts beside one of words, or one of scoring rules."""
    columns = _columns(grid)
    if len(grid.text) < 3 or len(columns) < 2:
        return None
    top = _odd_heading(grid, columns)
    names = {column: grid.text[top][column] if top >= 0 else "" for column in columns}
    head = _settled(
        grid, (top, top), names, {column: role_of(name) for column, name in names.items()}
    )
    words = any(
        content_of(grid, column, below=top).length >= 6 for column in head.columns(LEVEL, RULE)
    )
    return head if _scoring(head) and words else None


def of_list(grid: Grid) -> Head | None:
    """A bonus or veto list needs neither points nor rules: the column with the longest words is what it lists."""
    columns = _columns(grid)
    top = max(heading_of(grid), _odd_heading(grid, columns))
    names = {column: grid.text[top][column] if top >= 0 else "" for column in columns}
    contents = {column: content_of(grid, column, below=top) for column in columns}
    words = [c for c in columns if contents[c].filled and contents[c].numeric < 0.5]
    if not words:
        return None
    listed = max(words, key=lambda column: contents[column].length)
    roles = {c: role_of(names[c]) or IGNORED for c in columns}
    roles = {c: IGNORED if role == LEVEL else role for c, role in roles.items()} | {listed: LEVEL}
    return Head((top, top), roles, {c: n for c, n in names.items() if n})


def _odd_heading(grid: Grid, columns: Sequence[int]) -> int:
    """The first row that fills most columns with different short words; -1 when there is none."""
    for at in range(min(len(grid.text), SEARCHED)):
        texts = [grid.text[at][c] for c in columns if grid.text[at][c]]
        full = len(set(texts)) >= max(2, 0.6 * len(columns))
        if full and at not in grid.hidden_rows:
            odd = heads_row(grid, at, columns) and not any(is_number(text) for text in texts)
            return at if odd and all(len(text) <= 8 for text in texts) else -1
    return -1


def _columns(grid: Grid) -> list[int]:
    """A column merged with its left neighbour all the way down is the same column."""
    return [
        column
        for column in range(grid.width)
        if column not in grid.hidden_columns
        and any(
            row[column] and (column == 0 or corner[column] != corner[column - 1])
            for row, corner in zip(grid.text, grid.corner, strict=True)
        )
    ]


def _candidates(
    grid: Grid, columns: Sequence[int]
) -> Iterator[tuple[tuple[int, int], dict[int, str]]]:
    seen = [at for at, row in enumerate(grid.text) if any(row) and at not in grid.hidden_rows]
    seen = seen[:SEARCHED]
    for at, row in enumerate(seen):
        if not heads_row(grid, row, columns):
            continue
        yield (row, row), {column: grid.text[row][column] for column in columns}
        if at + 1 < len(seen) and second(grid, row, seen[at + 1], columns):
            yield (
                (row, seen[at + 1]),
                {c: stacked(grid, row, seen[at + 1], c) for c in columns},
            )


def _worth(named: dict[int, str | None], names: dict[int, str]) -> int:
    kinds = {role for role in named.values() if role}
    several = sum(role is not None for role in named.values())
    strange = sum(1 for c, name in names.items() if named[c] is None and not is_number(name or "0"))
    if several < 2 or not kinds & {LEVEL, EITHER, RULE, POINTS, GRADE}:
        return 0
    return 4 * len(kinds) + several - strange


def _settled(
    grid: Grid, rows: tuple[int, int], names: dict[int, str], named: dict[int, str | None]
) -> Head:
    contents = {column: content_of(grid, column, below=rows[1]) for column in names}
    roles: dict[int, str] = {}
    for column in names:
        taken = POINTS in roles.values() or POINTS in named.values()
        first = column == min(names)
        role = _by_name_and_content(named[column], contents[column], first=first, taken=taken)
        if POINTS in (role, named[column]) and contents[column].signed > 0.8:
            role = AMOUNT
        costs = RULE in (named[column], named.get(column - 1))
        if role == POINTS and costs and DEDUCTS.search(plain(names[column])):
            role = AMOUNT
        if role:
            roles[column] = role
    fields = _settle_fields(roles, contents, names)
    tablegiven.settle(roles, contents, names)
    _settle_either(roles, contents, names)
    _settle_grades(roles, contents)
    _settle_demands(roles, contents)
    _settle_asides(grid, rows[1], roles, contents)
    _settle_groups(roles, contents)
    _settle_levels(roles, contents)
    _settle_amounts(roles, contents, names)
    amounts = [brackets(name) for c, name in names.items() if roles.get(c) != GRADE]
    total = next((marks[0].points for marks in amounts if marks), None)
    sided = _sided(roles, contents, names)
    inside = any(_inside(names[c], contents[c]) for c, role in roles.items() if role == LEVEL)
    return Head(
        rows, roles, {c: n for c, n in names.items() if n}, total, (), inside, sided, fields
    )


def _settle_amounts(
    roles: dict[int, str], contents: dict[int, Content], names: dict[int, str]
) -> None:
    """扣分情形 | 扣分标准 over 迟报 | 2分/次: how much the case beside it takes or adds."""
    for column in [c for c, role in roles.items() if role == RULE]:
        content = contents[column]
        bare = content.amounts > 0.8 and content.scoring < 0.3 and content.length <= SHORT_AMOUNT
        if bare and roles.get(column - 1) == RULE and BOTH_WAYS.search(plain(names[column])):
            roles[column] = AMOUNT


def _inside(name: str, content: Content) -> bool:
    """The cells of demands hold their points, or at least the rule that the heading announces."""
    announced = WITH_RULE.search(heading(name)) and content.scoring >= 0.5
    return content.bracketed >= 0.5 or content.amounts >= 0.8 or bool(announced)


def _by_name_and_content(
    role: str | None, content: Content, *, first: bool, taken: bool
) -> str | None:
    if content.ticks > 0.6:
        return IGNORED
    if role == AMOUNT and content.filled and content.numeric < 0.3:
        return RULE if content.scoring > 0.3 else IGNORED
    if role == IGNORED and content.scoring > 0.5 and content.length > 6:
        return RULE
    if role == POINTS and content.filled and content.numeric < 0.3 and content.length > 6:
        return RULE if content.scoring > 0.3 else LEVEL
    if role == LEVEL and first and content.counting > 0.7:
        return NUMBER
    if role in (LEVEL, EITHER, RULE, METHOD) and content.filled >= 2 and content.numeric > 0.8:
        return IGNORED if taken else POINTS
    if role == NUMBER and content.length > 4 and not content.counting:
        return LEVEL
    return role or content.guess(points_taken=taken, first=first)


def _settle_fields(
    roles: dict[int, str], contents: dict[int, Content], names: dict[int, str]
) -> tuple[str, ...]:
    """农村 | 社区 | 机关 above amounts: the first is read, and the table says so."""
    found = [
        column
        for column in roles
        if FIELD.search(plain(names[column])) and contents[column].numeric > 0.7
    ]
    if len(found) < 2:
        return ()
    for column in found:
        roles[column] = POINTS if column == found[0] else IGNORED
    return tuple(FIELD.search(plain(names[column])).group() for column in found)


def _settle_grades(roles: dict[int, str], contents: dict[int, Content]) -> None:
    """优, 良, 差 side by side; one such word alone is no scale."""
    grades = [column for column, role in roles.items() if role == GRADE and contents[column].filled]
    if len(grades) == 1:
        roles[grades[0]] = contents[grades[0]].guess(points_taken=True, first=False) or LEVEL


def _settle_either(
    roles: dict[int, str], contents: dict[int, Content], names: dict[int, str]
) -> None:
    """考核标准 is the rule of a table without another, else the demand; an empty 评分 is for filling in."""
    for column in [c for c, role in roles.items() if role == EITHER]:
        content = contents[column]
        if not content.filled:
            roles[column] = IGNORED
        elif content.numeric > 0.6:
            roles[column] = IGNORED if POINTS in roles.values() else POINTS
        elif content.methods > 0.5 and content.length < 16:
            roles[column] = METHOD
        elif column == min(roles) and _titles_others(column, roles, contents):
            roles[column] = LEVEL
        elif BOTH_WAYS.search(plain(names[column])):
            roles[column] = RULE
        elif RULE in roles.values() and content.scoring < 0.5:
            roles[column] = LEVEL
        elif content.scoring >= 0.25 or LEVEL in roles.values():
            roles[column] = RULE if content.scoring >= 0.25 or content.length > 4 else LEVEL
        else:
            roles[column] = LEVEL


def _titles_others(column: int, roles: dict[int, str], contents: dict[int, Content]) -> bool:
    """Short names without a word that scores, fewer than the demands to their right or with points of their own."""
    own = contents[column]
    demands = [contents[c].distinct for c, role in roles.items() if role == LEVEL]
    coarser = own.distinct < max(demands, default=0) or demands and own.bracketed > 0.8
    return own.titled > 0.8 and not own.scoring and bool(coarser)


def _settle_demands(roles: dict[int, str], contents: dict[int, Content]) -> None:
    """评分要点 beside one coarser column and without a word that scores is what is demanded."""
    rules = [column for column, role in roles.items() if role == RULE]
    levels = [column for column, role in roles.items() if role == LEVEL]
    if len(rules) != 1 or roles.get(rules[0] + 1) == AMOUNT:
        return
    if len(levels) <= 1 and contents[rules[0]].scoring <= 0.25:
        coarser = not levels or contents[levels[0]].filled < contents[rules[0]].filled
        if coarser and contents[rules[0]].length >= 5:
            roles[rules[0]] = LEVEL


def _settle_asides(
    grid: Grid, row: int, roles: dict[int, str], contents: dict[int, Content]
) -> None:
    """按分项打分 here and there behind the demands, in a column without a heading of its own, is their scoring."""
    if row < 0:
        return
    levels = [column for column, role in roles.items() if role == LEVEL]
    for before, column in zip(levels, levels[1:], strict=False):
        shared = grid.text[row][column] in ("", grid.text[row][before])
        fewer = contents[column].filled < 0.8 * contents[before].filled
        if shared and fewer and contents[column].rated > 0.8:
            roles[column] = RULE


def _settle_groups(roles: dict[int, str], contents: dict[int, Content]) -> None:
    """类别 beside one column of demands with their scoring behind them and amounts or numbers of their own: the group."""
    rules = [column for column, role in roles.items() if role == RULE]
    levels = [contents[column] for column, role in roles.items() if role == LEVEL]
    if len(rules) != 1 or not levels:
        return
    both = contents[rules[0]]
    amounts = [contents[column].filled for column, role in roles.items() if role == POINTS]
    pointed = both.bracketed >= 0.5 or max(amounts, default=0) >= 0.8 * both.filled
    coarser = all(level.titled > 0.8 and level.distinct < 0.8 * both.filled for level in levels)
    told = pointed and both.demanding >= 0.6 * both.scoring
    if coarser and both.scoring and (told or _counts_on(rules[0], roles, contents)):
        roles[rules[0]] = LEVEL


def _counts_on(rule: int, roles: dict[int, str], contents: dict[int, Content]) -> bool:
    """类别 | 序号 | 细则: between the group and the rules each rule has a number."""
    group = max(column for column, role in roles.items() if role == LEVEL)
    between = [c for c, role in roles.items() if role == NUMBER and group < c < rule]
    return any(contents[column].filled >= 0.8 * contents[rule].filled for column in between)


def _sided(roles: dict[int, str], contents: dict[int, Content], names: dict[int, str]) -> bool:
    """类别 | 扣分项 | 加分项: no demand stands beside them, no more than a name for several rows."""
    rules = [column for column, role in roles.items() if role == RULE]
    levels = [column for column, role in roles.items() if role == LEVEL]
    if len(rules) < 2 or not all(BOTH_WAYS.search(heading(names[column])) for column in rules):
        return False
    if len(levels) != 1 or DEMANDED.search(heading(names[levels[0]])):
        return False
    level, most = contents[levels[0]], max(contents[column].filled for column in rules)
    return level.titled > 0.8 and level.distinct < 0.8 * most


def _settle_levels(roles: dict[int, str], contents: dict[int, Content]) -> None:
    """A table needs a demand. Columns nobody filled in are for others to fill."""
    for column, role in list(roles.items()):
        if not contents[column].filled and role != IGNORED:
            roles[column] = IGNORED
    if LEVEL not in roles.values():
        spare = [c for c, role in roles.items() if role in (EVIDENCE, BASIS, RULE)]
        for column in spare[: max(0, len(spare) - 1)] or spare:
            roles[column] = LEVEL


def _scoring(head: Head) -> bool:
    kinds = set(head.roles.values())
    return LEVEL in kinds and bool(kinds & {POINTS, RULE, AMOUNT, GRADE})
