"""Which rows of a table are lines of the standard, which are titles of groups, sums, notes or signatures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from portal.kit.layouts import Corner, Grid
from standards.reading import tableheads as heads
from standards.reading import tableroles as roles
from standards.reading.tableabove import same_title
from standards.reading.tablecell import Cell, lone
from standards.reading.tableheadings import TO_FILL_IN
from standards.reading.tablelevels import GROUP_MARK, corners, levels_of
from standards.reading.tableoutline import labelled
from standards.reading.tablerules import best_grade, rules
from standards.reading.tabletext import (
    CONCLUSION,
    GROUP_NUMBER,
    LINE_NUMBER,
    NOTES,
    PLAIN,
    SIGNED,
    SUB_NUMBER,
    brackets,
    cell_points,
    continues,
    is_number,
    kind_of,
    narrow,
    one_line,
    plain,
    scores,
    sums,
)

LONGEST_TITLE = 60
PART = re.compile(r"^\s*(?:[(（]\d{1,2}[)）]|[①-⑳])")
TIER = re.compile(r"^\d+(?:\.\d+)?分?(?:以上|以下|\(含\)|及|[-~—至])")
SHORT_TITLE = 24
ROMAN = re.compile(r"^\s*([Ⅰ-Ⅷ])\s*[、.．]?\s*$")
SECTION, SUBSECTION, LINE, SUM, NOTE, SKIP = "section", "subsection", "line", "sum", "note", "skip"


@dataclass
class Row:
    """levels: from the coarse to the fine, a cell over several of them in the first alone; covered: over the last.

    closes: what stood between the group and the clauses above ends here.
    """

    at: int
    what: str = LINE
    title: str = ""
    number: Cell = Cell()
    levels: list[Cell] = field(default_factory=list)
    points: list[Cell] = field(default_factory=list)
    rules: list[Cell] = field(default_factory=list)
    method: list[Cell] = field(default_factory=list)
    evidence: list[Cell] = field(default_factory=list)
    cadence: list[Cell] = field(default_factory=list)
    checker: list[Cell] = field(default_factory=list)
    unit: list[Cell] = field(default_factory=list)
    basis: list[Cell] = field(default_factory=list)
    covered: bool = False
    closes: bool = False

    @property
    def pointed(self) -> bool:
        return any(cell_points(cell.text) is not None for cell in self.points)

    @property
    def text(self) -> Cell:
        return self.levels[-1] if self.levels else Cell()

    @property
    def demand(self) -> Cell:
        """What the row asks for: its finest cell, or the coarser one that covers the place of it."""
        covering = next((cell for cell in reversed(self.levels) if cell), Cell())
        return self.text or (covering if self.covered else Cell())


def rows(grid: Grid, head: heads.Head) -> list[Row]:
    """Every row below the heading that says something, told apart; hidden rows are left out."""
    levels = head.levels or levels_of(grid, head)
    seen = [at for at in range(head.rows[1] + 1, len(grid.text)) if at not in grid.hidden_rows]
    titles = {lone(grid, at) for at in range(max(head.rows[0], 0))} - {""}
    found = [
        row
        for at in seen
        if not _of_the_page(lone(grid, at), titles)
        and not _page_number(grid, at)
        and (row := _row(grid, head, levels, at))
    ]
    _tell_apart(grid, head, found)
    return [row for row in found if row.what != SKIP]


def _of_the_page(text: str, titles: set[str]) -> bool:
    """续表, 第2页, and the title once more, with or without （续）."""
    return bool(text) and (continues(text) or any(same_title(text, title) for title in titles))


def _page_number(grid: Grid, at: int) -> bool:
    """112 alone over several columns; in one column it is an amount."""
    columns = [column for column, text in enumerate(grid.text[at]) if text]
    return len(columns) > 1 and plain(lone(grid, at)).isdecimal()


def _row(grid: Grid, head: heads.Head, levels: Sequence[int], at: int) -> Row | None:
    if not corners(grid, head, at):
        return None

    covered: set[Corner] = set()

    def cells(*wanted: str) -> list[Cell]:
        found = _distinct(Cell(grid.text[at][c], grid.corner[at][c]) for c in head.columns(*wanted))
        fresh = [cell for cell in found if cell.corner not in covered]
        covered.update(cell.corner for cell in fresh)
        return fresh

    found = Row(at)
    for column in levels:
        cell = Cell(grid.text[at][column], grid.corner[at][column])
        # Typed in both columns it says no more than merged over them.
        again = bool(cell) and cell.text in {above.text for above in found.levels}
        found.covered = cell.corner in covered or again
        found.levels.append(Cell() if found.covered else cell)
        covered.add(cell.corner)
    for column in head.columns(roles.POINTS):
        cell = Cell(grid.text[at][column], grid.corner[at][column])
        # A rule may reach into the column of points; it is no amount there.
        reaching = cell.corner[1] != column and cell_points(cell.text) is None
        found.points.append(Cell() if reaching or cell.corner in covered else cell)
    found.rules = rules(grid, head, at, covered)
    if not head.columns(roles.POINTS):
        found.points = best_grade(grid, head, at)
    for role in roles.BESIDE:
        setattr(found, role, cells(role))
    found.number = next(iter(cells(roles.NUMBER)), Cell())
    _take_amount(found)
    return found


def _take_amount(row: Row) -> None:
    """二、学习教育 | 3分: what a title is worth may stand where the rules of the clauses do."""
    words = [cell for cell in row.levels if cell]
    marked = GROUP_NUMBER.match(narrow(words[0].text)) if words else None
    marked = marked or ROMAN.match(row.number.text)
    if (
        len(words) == 1
        and marked
        and not row.pointed
        and len(row.rules) == 1
        and is_number(row.rules[0].text)
    ):
        row.points, row.rules = [*row.points, row.rules[0]], []


def _distinct(cells: Iterator[Cell]) -> list[Cell]:
    return list({cell.corner: cell for cell in cells if cell.text}.values())


def _tell_apart(grid: Grid, head: heads.Head, found: list[Row]) -> None:
    names = {plain(name) for name in head.names.values()}
    for at in range(max(head.rows[0], 0), head.rows[1] + 1):
        names |= {plain(text) for text in grid.text[at] if text}
    noting, kind, numbered, outer = False, PLAIN, False, ""
    for place, row in enumerate(found):
        _take_label(row)
        texts = list(corners(grid, head, row.at).values())
        following = found[place + 1] if place + 1 < len(found) else None
        row.what, row.title = _what(grid, head, row, texts, names, following)
        alone = len(texts) == 1
        if row.what == LINE and _heads_numbers(row, following):
            own = _printed_number(row)
            inner = numbered or (outer and re.match(rf"{re.escape(outer)}[-.．]\d", own))
            outer = outer if inner else own
            row.what, row.title = SUBSECTION if inner else SECTION, row.levels[-1].text
        if row.what == SUBSECTION and not numbered and SUB_NUMBER.match(narrow(row.title)):
            row.what = SECTION
        if row.what in (SECTION, SUBSECTION) and noting and kind_of(row.title) == PLAIN:
            row.what = NOTE
        if row.what == LINE and alone and noting:
            row.what, row.title = NOTE, texts[0]
        if row.what == SECTION:
            kind = kind_of(row.title)
            numbered = numbered or bool(GROUP_NUMBER.match(narrow(row.title)))
        if row.what == SUBSECTION and kind != PLAIN and alone:
            row.what = LINE
        noting = row.what == NOTE or (noting and row.what == SKIP)
    for place, row in enumerate(found):
        if row.what == LINE and (parts := _summed_up(row, found[place + 1 :])):
            row.what, row.title = SUBSECTION, row.demand.text
            for after in found[place + 1 + len(parts) :][:1]:
                after.closes = True


def _summed_up(row: Row, below: list[Row]) -> list[Row]:
    """1 三会一课 6分 above （1） 2分, （2） 2分, （3） 2分: what it is worth is worth by what stands below it."""
    if not row.number or any(row.rules) or not row.pointed:
        return []
    parts = list(takewhile(lambda one: one.what == LINE and _is_part(one), below))
    worth = [_worth(one) for one in parts]
    return parts if len(parts) > 1 and all(worth) and sum(worth) == _worth(row) else []


def _is_part(row: Row) -> bool:
    return not row.number and bool(PART.match(narrow(row.demand.text)))


def _worth(row: Row) -> int:
    amounts = (cell_points(cell.text) for cell in row.points if cell.corner[0] == row.at)
    return next(filter(None, amounts), 0)


def _take_label(row: Row) -> None:
    """A row of its own below the demand that says 评分标准：…, 检查方式：… or 佐证材料：…"""
    words = [cell for cell in row.levels if cell]
    if len(words) != 1 or row.pointed or row.rules or row.number:
        return
    name, rest = labelled(words[0].text)
    if name and rest:
        held = {"rule_text": row.rules, "method": row.method, "evidence": row.evidence}[name]
        held.append(Cell(rest, words[0].corner))
        row.levels = [Cell() for _cell in row.levels]


def _heads_numbers(row: Row, following: Row | None) -> bool:
    """1 above 1-1 and 1.1: what it is worth is worth by what stands below it."""
    if following is None or any(row.rules) or len([cell for cell in row.levels if cell]) != 1:
        return False
    own, below = _printed_number(row), _printed_number(following)
    return bool(own) and bool(re.match(rf"{re.escape(own)}[-.．]\d", below))


def _printed_number(row: Row) -> str:
    text = next((cell.text for cell in reversed(row.levels) if cell), "")
    found = LINE_NUMBER.match(narrow(text))
    return plain(row.number.text or (found.group() if found else "")).strip("、.．()")


def _what(
    grid: Grid, head: heads.Head, row: Row, texts: list[str], names: set[str], following: Row | None
) -> tuple[str, str]:
    first = plain(texts[0])
    if len(texts) > 1 and all(plain(text) in names for text in texts):
        return SKIP, ""
    if len(texts) > 1 and all(TO_FILL_IN.search(plain(text)) for text in texts):
        return SKIP, ""
    total = _total(grid, row)
    if total:
        return SUM, total
    if NOTES.match(first) and len(texts) <= 2 and not row.pointed:
        return NOTE, "".join(texts)
    if CONCLUSION.match(first) and not row.pointed and not any(row.rules):
        return (NOTE, "".join(texts)) if any(map(str.isdigit, first)) else (SKIP, "")
    if _of_tiers(row, texts):
        return NOTE, " ".join(texts)
    if _signed(row, texts):
        return SKIP, ""
    title = _title(row) or _stray(row, texts)
    if title:
        return _titled(grid, head, row, title, following), title
    return LINE, ""


def _total(grid: Grid, row: Row) -> str:
    """The word 合计 in whatever cell, beside no rule or demand; what began further up says nothing here."""
    here = zip(grid.text[row.at], grid.corner[row.at], strict=True)
    fresh = [text for text, corner in here if text and corner[0] == row.at]
    rest = [text for text in fresh if not (sums(text) and len(plain(text)) <= SHORT_TITLE)]
    rules = [cell.text for cell in row.rules if cell.corner[0] == row.at]
    long = any(len(plain(text)) > SHORT_TITLE for text in rest)
    if (
        long
        or len(rest) == len(fresh)
        or any(text in rest and not is_number(text) for text in rules)
    ):
        return ""
    return next(text for text in fresh if text not in rest)


def _of_tiers(row: Row, texts: list[str]) -> bool:
    """优秀 beside 90分以上: what the sum is called."""
    graded = roles.role_of(texts[0]) == roles.GRADE and not row.pointed
    return graded and len(texts) > 1 and all(TIER.match(plain(text)) for text in texts[1:])


def _signed(row: Row, texts: list[str]) -> bool:
    """A line to sign on: short words without points, none of which scores."""
    if row.pointed:
        return False
    return any(SIGNED.search(plain(text)) for text in texts) and all(
        len(plain(text)) < 60 and not scores(text) for text in texts
    )


def _stray(row: Row, texts: list[str]) -> str:
    """A title that stands alone in a column meant for something else, as unmerged titles do."""
    if len(texts) > 1 or any(row.levels) or row.pointed or plain(texts[0]).isdigit():
        return ""
    numbered = GROUP_NUMBER.match(narrow(texts[0])) or kind_of(texts[0]) != PLAIN
    return texts[0] if numbered or not any(row.rules) else ""


def _title(row: Row) -> str:
    """The one text of a row that has no more than a number and points beside it."""
    if any(row.rules) or any(row.method) or any(row.evidence):
        return ""
    words = [cell for cell in row.levels if cell]
    began_above = any(cell.corner[0] < row.at for cell in words)
    if len(words) != 1 or began_above:
        return ""
    number = plain(row.number.text).rstrip("、.．")
    if number and row.number.corner != words[0].corner:
        if roman := ROMAN.match(row.number.text):
            return f"{roman[1]}、{words[0].text}"
        if not GROUP_MARK.fullmatch(number):
            return ""
        return f"{number}{'' if number.endswith(')') else '、'}{words[0].text}"
    return words[0].text


def _titled(grid: Grid, head: heads.Head, row: Row, title: str, following: Row | None) -> str:
    tight = narrow(one_line(title)).replace(" ", "")
    pointed = row.pointed
    wide = _wide(grid, head, row)
    finest = len(row.levels) > 1 and bool(row.levels[-1])
    if (
        kind_of(title) != PLAIN
        and not finest
        and (len(tight) <= 40 or re.match(r".{2,14}[:：]", tight))
    ):
        return LINE if pointed and not head.columns(roles.RULE) and scores(title) else SECTION
    if len(tight) > LONGEST_TITLE or finest:
        return LINE
    if GROUP_NUMBER.match(tight):
        return SECTION
    if SUB_NUMBER.match(tight):
        return SUBSECTION if _opens(head, following, pointed=pointed) else LINE
    if LINE_NUMBER.match(tight):
        plain_title = wide and not scores(title) and not pointed and len(tight) <= SHORT_TITLE
        return SUBSECTION if plain_title else LINE
    if pointed and not brackets(title):
        return LINE if not (len(row.levels) > 1 and row.levels[0]) else SECTION
    short = len(tight) <= SHORT_TITLE and not scores(_unbracketed(title))
    above_others = wide or (len(row.levels) > 1 and bool(row.levels[0]))
    return (
        SECTION
        if short
        and (above_others or (brackets(title) and not pointed and bool(head.columns(roles.POINTS))))
        else LINE
    )


def _unbracketed(title: str) -> str:
    for mark in reversed(brackets(title)):
        title = title[: mark.start] + title[mark.end :]
    return title


def _wide(grid: Grid, head: heads.Head, row: Row) -> bool:
    """One cell over several columns of the table."""
    corners = [grid.corner[row.at][c] for c in head.roles if grid.text[row.at][c]]
    return len(corners) > len(set(corners))


def _opens(head: heads.Head, following: Row | None, *, pointed: bool) -> bool:
    """（一）组织设置 is a title when numbered lines follow; in a table with a rule column it has none itself."""
    if head.columns(roles.RULE) or not pointed:
        return True
    text = next((cell.text for cell in following.levels if cell), "") if following else ""
    return bool(LINE_NUMBER.match(narrow(text)))


def sum_points(row: Row, grid: Grid) -> int | None:
    """The number a line of sums gives: in the points column, else anywhere in the row."""
    amounts = [cell_points(cell.text) for cell in row.points]
    marks = brackets(row.title)
    rest = (cell_points(text) for text in grid.text[row.at] if text != row.title)
    own = re.sub(r"^[^\d]*", "", plain(row.title))
    found = [*amounts, *(m.points for m in marks), cell_points(own) if own else None, *rest]
    return next((amount for amount in found if amount), None)
