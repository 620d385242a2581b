"""Reads a county's own scoring table from a workbook, a document or pasted text. Writes nothing, guesses nothing silently.

    layout = layouts.read(path)       # or layouts.paste(text)
    table = table.read(layout)        # raises TableRefused

What does not add up, was left out or could not be read stands in `table.remarks`, with its place in the file.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from portal.kit.layouts import Grid, Layout
from portal.kit.refusal import Refusal
from standards.reading import tableheads as heads
from standards.reading import tablerows
from standards.reading.tablebody import Body, place
from standards.reading.tablechecks import check
from standards.reading.tableoutline import Outline
from standards.reading.tableshape import Group, Line, Source, Table
from standards.reading.tabletext import (
    GROUP_NUMBER,
    LINE_NUMBER,
    NOTES,
    PLAIN,
    SIGNED,
    SUB_NUMBER,
    brackets,
    kind_of,
    narrow,
    one_line,
    plain,
    without,
)
from standards.rules.problems import Problem

__all__ = ["Group", "Line", "Source", "Table", "TableRefused", "read", "read_all"]

MOST_LINES = 2_000
# Merged cells count wherever they are seen.
MOST_CHARACTERS = 2_000_000
TITLE = re.compile(
    r"(?:表|标准|细则|办法|清单|方案|体系|考核|考评|评分|指标|评价)(?:[(（].*[)）])?$"
)
ATTACHED = re.compile(r"^附(?:件|表|录)?[\d一二三四五六七八九十]*[:：]?")
BLANK_LINE = re.compile(
    r"(?:单位|名称|时间|日期|支部|得分|姓名)(?:[(（].*?[)）])?[:：]|[_＿]{2,}|年月日$"
)
QUALIFIER = re.compile(r"^[(（〔【].{1,30}[)）〕】]$")
LONGEST_END = 18
# A title over two lines, but not the office that issues it, a sentence, a qualifier or another title.
NO_BEGINNING = re.compile(
    r"[，。；,;)）]|(?:部|委|办|局|室|会|月|日|年|度)$|(?:表|细则|办法|清单|方案)$"
)
SCORE_CAP = 10_000


class TableRefused(Refusal):
    """No scoring table is in the file, with the sentence that says what one looks like."""


@dataclass
class Part:
    """A table with what is written above it since the one before."""

    grid: Grid
    head: heads.Head
    before: list[str] = field(default_factory=list)
    section: str = ""


def read(layout: Layout, *, sheet: str = "") -> Table:
    """The scoring table of the file: of several the longest, or the one on the named sheet."""
    found = read_all(layout)
    named = [table for name, table in found if name == sheet] if sheet else []
    table = (named or [max((t for _n, t in found), key=lambda t: len(t.lines))])[0]
    others = [t.title or name for name, t in found if t is not table]
    if others:
        shown = "、".join(others)
        table.remarks.append(
            Problem("", f"文件里还有别的评分表，没有读入：{shown}。", f"Other scoring tables of the file were not read: {shown}.")
        )  # fmt: skip
    return table


def read_all(layout: Layout) -> list[tuple[str, Table]]:
    """Every scoring table of the file with the name of its sheet. Raises TableRefused when there is none."""
    _check_size(layout)
    parts, after = _parts(layout)
    if parts:
        bundles = _bundles(layout, parts)
        found = [(bundle[0].grid.name, _table(layout, bundle)) for bundle in bundles]
        _read_below(found[-1][1], after)
    else:
        found = [("", _outline(layout))]
    found = [(name, table) for name, table in found if _scores(table)]
    if not found:
        raise TableRefused(
            _(
                "No scoring table was found. It needs a column of demands and one of points or scoring rules, or numbered paragraphs such as 一、… 1.…（5分）."
            )
        )
    for _name, table in found:
        _limit(table)
        check(table)
    return found


def _check_size(layout: Layout) -> None:
    size = sum(len(text) for grid in layout.grids for row in grid.text for text in row)
    if size > MOST_CHARACTERS:
        raise TableRefused(
            _("The text has more than %(limit)s characters. Paste the table in parts."),
            {"limit": MOST_CHARACTERS},
        )


def _scores(table: Table) -> bool:
    return any(line.points is not None or line.rule_text for line in table.lines)


def _limit(table: Table) -> None:
    if len(table.lines) > MOST_LINES:
        raise TableRefused(
            _("The sheet has more than %(limit)s rows. Split it and upload the parts."),
            {"limit": MOST_LINES},
        )


def _parts(layout: Layout) -> tuple[list[Part], list[str]]:
    """The tables that score, each with the paragraphs above it; and the paragraphs below the last."""
    named = {
        id(grid): head for grid in layout.grids if not grid.hidden and (head := heads.find(grid))
    }
    parts: list[Part] = []
    before: list[str] = []
    for block in layout.blocks:
        if isinstance(block, str):
            before += [line.strip() for line in block.split("\n") if line.strip()]
            continue
        head = named.get(id(block))
        if head is None and not block.hidden:
            head = _continued(parts, block, before) or (None if named else heads.guess(block))
        if head is not None:
            parts.append(Part(block, head, before))
            before = []
    return parts, before


def _continued(parts: list[Part], grid: Grid, before: list[str]) -> heads.Head | None:
    """A table without headings right below another of the same width is its next page."""
    if not parts or parts[-1].grid.width != grid.width or len(grid.text) < 1:
        return None
    between = [line for line in before if "续" not in line and not _opens_section(line)]
    head = parts[-1].head
    return None if between else heads.Head((-1, -1), head.roles, head.names)


def _opens_section(line: str) -> bool:
    return bool(GROUP_NUMBER.match(narrow(line))) or kind_of(line) != PLAIN


def _bundles(layout: Layout, parts: list[Part]) -> list[list[Part]]:
    """Tables that make up one standard: pages, groups, bonus lists. A title of its own begins another one."""
    bundles: list[list[Part]] = []
    for part in parts:
        sections = [line for line in part.before if _opens_section(line)]
        part.section = sections[-1] if sections else ""
        titled = [line for line in _title_lines(part) if not _opens_section(line)]
        if (
            bundles
            and layout.kind == "xlsx"
            and not _same_standard(bundles[-1], part)
            or bundles
            and layout.kind != "xlsx"
            and titled
            and not part.section
            and _title_kind(titled) == PLAIN
        ):
            bundles.append([part])
        elif bundles:
            if not part.section and _title_kind(titled) != PLAIN:
                part.section = titled[-1]
            bundles[-1].append(part)
        else:
            bundles.append([part])
    return bundles


def _title_kind(titles: list[str]) -> str:
    return next((kind for title in titles if (kind := kind_of(title)) != PLAIN), PLAIN)


def _same_standard(bundle: list[Part], part: Part) -> bool:
    """Sheets with the same headings are one standard as long as their points stay within a hundred."""
    if kind_of(part.grid.name) != PLAIN or _title_kind(_title_lines(part)) != PLAIN:
        part.section = part.section or part.grid.name
        return True
    if part.head.signature != bundle[0].head.signature:
        return False
    return sum(_points_of(one) for one in [*bundle, part]) <= SCORE_CAP


def _points_of(part: Part) -> int:
    table = Table("")
    Body(table, part.grid, part.head, section=part.section).read()
    return table.sum


def _table(layout: Layout, bundle: list[Part]) -> Table:
    first = bundle[0]
    table = Table(_title(first), total=first.head.total, heading=first.head.rows[1] + 1)
    marks = brackets(table.title)
    if marks:
        table.title, table.total = without(table.title, marks), table.total or marks[0].points
    longest = max(bundle, key=lambda part: len(part.grid.text))
    levels = tablerows.levels_of(longest.grid, longest.head)
    for part in bundle:
        if part.head.roles == longest.head.roles:
            part.head.levels = levels
        several = layout.kind == "xlsx" and len(bundle) > 1 and not part.section
        body = Body(table, part.grid, part.head, section=part.section)
        if several and not body.names_groups:
            body.open(part.grid.name)
        body.read()
        _tell_hidden(table, part.grid)
        table.notes += [line for line in part.before if NOTES.match(plain(line))]
    return table


def _tell_hidden(table: Table, grid: Grid) -> None:
    rows = [at for at in sorted(grid.hidden_rows) if at < len(grid.text) and any(grid.text[at])]
    if rows:
        shown = "、".join(str(at + 1) for at in rows[:12])
        table.remarks.append(
            Problem(
                place(grid, rows[0], 0),
                f"有{len(rows)}行是隐藏行，没有读入：第{shown}行。",
                f"{len(rows)} hidden rows were not read: {shown}.",
            )
        )


def _title(part: Part) -> str:
    """The last line above the table that looks like a title, with the line it continues and its qualifier."""
    lines = _title_lines(part, every=True)
    likely = [
        at
        for at, line in enumerate(lines)
        if TITLE.search(plain(line)) and not _opens_section(line)
    ]
    if not likely:
        plain_lines = [
            line for line in lines if not _opens_section(line) and not QUALIFIER.match(line)
        ]
        return one_line(plain_lines[-1]) if plain_lines else ""
    at = likely[-1]
    title = one_line(lines[at])
    if at and len(title) <= LONGEST_END and not NO_BEGINNING.search(lines[at - 1]):
        title = one_line(lines[at - 1]) + title
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return title + one_line(following) if QUALIFIER.match(following) else title


def _title_lines(part: Part, *, every: bool = False) -> list[str]:
    """Lines above the heading, in the table and before it, that may be titles."""
    top = part.head.rows[0] if part.head.rows[0] >= 0 else 0
    inside = []
    for at in range(top):
        texts = {part.grid.corner[at][c]: text for c, text in enumerate(part.grid.text[at]) if text}
        if len(texts) == 1:
            inside += next(iter(texts.values())).split("\n") if every else texts.values()
    lines = [line.strip() for line in (*part.before, *inside) if line.strip()]
    kept = [
        ATTACHED.sub("", line).strip() if ATTACHED.match(line) and len(line) < 8 else line
        for line in lines
    ]
    return [
        line
        for line in kept
        if line
        and len(plain(line)) <= 60
        and not BLANK_LINE.search(plain(line))
        and not NOTES.match(plain(line))
        and not (SIGNED.search(plain(line)) and not TITLE.search(plain(line)))
        and (every or TITLE.search(plain(line)))
    ]


def _read_below(table: Table, lines: list[str]) -> None:
    """Bonus and veto lists often stand as paragraphs under the table."""
    Outline(table, only_marked=True).read(enumerate(lines, 1))


def _outline(layout: Layout) -> Table:
    """Without 一、 the groups are those of （一）; without both all numbered lines are one group."""
    lines = [block for block in layout.blocks if isinstance(block, str)]
    numbered = [(at, line) for at, line in enumerate(lines, 1) if line]
    opener = next(
        (
            mark
            for mark in (GROUP_NUMBER, SUB_NUMBER)
            if any(_opens(mark, line) for _n, line in numbered)
        ),
        None,
    )
    starts = opener or LINE_NUMBER
    first = next(
        (at for at, (_n, line) in enumerate(numbered) if _opens(starts, line)), len(numbered)
    )
    above = Part(
        Grid("", [], []), heads.Head((-1, -1), {}), [line for _n, line in numbered[:first]]
    )
    title = _title(above)
    table = Table(title)
    marks = brackets(title)
    if marks:
        table.title, table.total = without(title, marks), marks[0].points
    outline = Outline(table, opener=opener or GROUP_NUMBER)
    if opener is None:
        outline.open("")
    outline.read(numbered[first:])
    return table


def _opens(numbering: re.Pattern, line: str) -> bool:
    return bool(numbering.match(narrow(line).strip()))
