"""Reads a county's own scoring table from a workbook, a document or pasted text. Writes nothing, guesses nothing silently.

    layout = layouts.read(path)       # or layouts.paste(text)
    table = table.read(layout)        # raises TableRefused

What does not add up, was left out or could not be read stands in `table.remarks`, with its place in the file.
"""

import re

from django.utils.translation import gettext_noop as _
from openpyxl.utils import get_column_letter

from portal.kit.layouts import Grid, Layout
from portal.kit.points import parse
from portal.kit.refusal import Refusal
from standards.reading import tablegiven, tablemissing, tablerows
from standards.reading import tableheads as heads
from standards.reading import tableroles as roles
from standards.reading.tableabove import (
    ORDINAL,
    QUALIFIER,
    TOTAL_AND_MORE,
    Part,
    general,
    is_title,
    part_name,
    stated_total,
    title,
    unissued,
)
from standards.reading.tablebody import Body
from standards.reading.tablecell import lone
from standards.reading.tablechecks import check
from standards.reading.tablegroups import settle
from standards.reading.tablenumbers import take_numbers
from standards.reading.tableoutline import Outline
from standards.reading.tableparts import WORKBOOK, bundles, parts
from standards.reading.tablepasted import gridded
from standards.reading.tableplace import place
from standards.reading.tableshape import Group, Line, Source, Table
from standards.reading.tabletext import (
    GROUP_NUMBER,
    LINE_NUMBER,
    NOTES,
    SUB_NUMBER,
    brackets,
    narrow,
    one_line,
    plain,
    scores,
    without,
)
from standards.reading.tablewrapped import unwrapped
from standards.rules.problems import Problem

__all__ = ["Group", "Line", "Source", "Table", "TableRefused", "read", "read_all", "several"]

FIRST = re.compile(r"^(?:一[、.．,，:：]|第一(?:部分?|章|节|板块|类|大类|项))")
MOST_LINES = 2_000
# Merged cells count wherever they are seen.
MOST_CHARACTERS = 2_000_000


class TableRefused(Refusal):
    """No scoring table is in the file, with the sentence that says what one looks like."""


def read(layout: Layout, *, sheet: str = "") -> Table:
    """The scoring table of the file: of several the longest, or the one on the named sheet."""
    return several(layout, sheet=sheet)[0]


def several(layout: Layout, *, sheet: str = "") -> list[Table]:
    """Every scoring table of the file, first the one to take; each names the others in its remarks."""
    found = read_all(layout)
    taken = max(found, key=lambda one: (bool(sheet) and one[0] == sheet, len(one[1].lines)))
    ordered = [taken, *(one for one in found if one is not taken)]
    for _name, table in ordered:
        _tell_others(table, [t.title or name for name, t in found if t is not table])
    return [table for _name, table in ordered]


def _tell_others(table: Table, others: list[str]) -> None:
    if others:
        shown = "、".join(others)
        table.remarks.append(
            Problem("", f"文件里还有别的评分表，没有读入：{shown}。", f"Other scoring tables of the file were not read: {shown}.")
        )  # fmt: skip


def read_all(layout: Layout) -> list[tuple[str, Table]]:
    """Every scoring table of the file with the name of its sheet. Raises TableRefused when there is none."""
    _check_size(layout)
    layout = unwrapped(gridded(layout))
    scoring, after = parts(layout)
    if scoring:
        found = [
            (bundle[0].grid.name, _table(layout, bundle)) for bundle in bundles(layout, scoring)
        ]
        _read_below(found[-1][1], after)
    else:
        found = [("", _outline(chunk)) for chunk in _outlines(layout)]
    found = [(name, table) for name, table in found if _scores(table)]
    if not found:
        raise TableRefused(*tablemissing.why(layout))
    for _name, table in found:
        _limit(table)
        settle(table)
        take_numbers(table)
        check(table)
        _tell_hidden_sheets(table, layout)
        _tell_tracked(table, layout)
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


def _table(layout: Layout, bundle: list[Part]) -> Table:
    first = bundle[0]
    name = title(first)
    table = _named(ORDINAL.sub("", name) if len(bundle) > 1 else name, first.head.total)
    table.total = table.total or stated_total(first)
    table.heading = first.head.rows[1] + 1
    _tell_fields(table, first)
    _tell_given(table, first)
    longest = max(bundle, key=_says)
    levels = tablerows.levels_of(longest.grid, longest.head)
    several = layout.kind == WORKBOOK and len({part.grid.name for part in bundle}) > 1
    page: Body | None = None
    for part in bundle:
        fits = max(longest.head.roles) < part.grid.width
        if fits and part.head.names == longest.head.names:
            # A short page may leave a column blank that the others fill.
            part.head.roles, part.head.levels = longest.head.roles, levels
        page = _body(table, part, page, by_sheet=several)
        page.read()
        _tell_hidden(table, part.grid)
        _tell_hidden_columns(table, part.grid)
        _tell_passed_over(table, part)
        table.notes += [line for line in part.before if NOTES.match(plain(line))]
    return table


def _says(part: Part) -> tuple[int, int]:
    """How many columns a page fills, and how long it is: the fullest shows what the columns hold."""
    used = sum(role != roles.IGNORED for role in part.head.roles.values())
    return used, len(part.grid.text)


def _body(table: Table, part: Part, page: Body | None, *, by_sheet: bool) -> Body:
    """The rows of one part, in the group that its section, the page before or its sheet says."""
    body = Body(table, part.grid, part.head)
    if part.resumed and page is not None:
        body.resume(page)
    elif part.section and not (body.names_groups and general(part.section)):
        body.open(part_name(part.section))
    elif by_sheet and not body.names_groups:
        body.open(part.grid.name)
    return body


def _tell_fields(table: Table, part: Part) -> None:
    fields = part.head.fields
    if fields:
        shown = "、".join(fields)
        table.remarks.append(
            Problem(
                place(part.grid, max(part.head.rows[1], 0), 0),
                f"分值按领域分栏（{shown}），只读入了“{fields[0]}”一栏。各领域一并导入，请把列名改为“分值：{fields[0]}”这样的写法。",
                f"Points stand in a column per field ({shown}); only “{fields[0]}” was read. To import all, name the columns like “分值：{fields[0]}”.",
            )
        )  # fmt: skip


def _tell_given(table: Table, part: Part) -> None:
    if name := tablegiven.named(part.head.roles, part.head.names):
        table.remarks.append(
            Problem(
                place(part.grid, max(part.head.rows[1], 0), 0),
                f"没有别的分值栏，“{name}”一栏按各条目的分值读入；如果填的是考核得分，请改用空白表。",
                f"No other column says the points: “{name}” was read as what each line is worth. If it holds scores, take a blank table.",
            )
        )  # fmt: skip


def _tell_hidden_sheets(table: Table, layout: Layout) -> None:
    names = [grid.name for grid in layout.grids if grid.hidden and heads.find(grid)]
    if names:
        shown = "、".join(names)
        table.remarks.append(
            Problem("", f"隐藏的工作表里也有评分表，没有读入：{shown}。", f"Scoring tables on hidden sheets were not read: {shown}.")
        )  # fmt: skip


def _tell_tracked(table: Table, layout: Layout) -> None:
    if layout.tracked:
        table.remarks.append(
            Problem("", "文档里有修订，按接受修订后的文字读入。", "The document has tracked changes; it was read as if they were accepted.")
        )  # fmt: skip


def _named(name: str, total: int | None) -> Table:
    more = TOTAL_AND_MORE.search(name)
    name = name[: more.start()] if more else name
    marks = brackets(name)
    table = Table(unissued(without(name, marks)), total=total)
    if more:
        table.notes.append(more.group())
        table.total = table.total or parse(more["said"])
    if marks and table.total is None:
        table.total = marks[0].points
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


def _tell_hidden_columns(table: Table, grid: Grid) -> None:
    shown = [at for at in range(grid.width) if any(row[at] for row in grid.text)]
    columns = [at for at in shown if at in grid.hidden_columns]
    names = "、".join(get_column_letter(at + 1) for at in columns[:12])
    said = Problem(
        place(grid, 0, columns[0]) if columns else "",
        f"有{len(columns)}列是隐藏列，没有读入：{names}列。",
        f"{len(columns)} hidden columns were not read: {names}.",
    )
    if columns and said not in table.remarks:
        table.remarks.append(said)


def _tell_passed_over(table: Table, part: Part) -> None:
    """备注 and the like are not read; where they score here and there somebody has to look."""
    grid, below = part.grid, part.head.rows[1] + 1
    for column in part.head.columns(roles.IGNORED):
        at = next(
            (
                at
                for at in range(below, len(grid.text))
                if grid.corner[at][column] == (at, column) and scores(grid.text[at][column])
            ),
            None,
        )
        if at is not None:
            name, words = one_line(part.head.names.get(column, "")), grid.text[at][column][:30]
            table.remarks.append(
                Problem(
                    place(grid, at, column),
                    f"“{name}”一栏没有读入，里面有评分的话：“{words}”。",
                    f"The column “{name}” was not read; it has words on scoring: “{words}”.",
                )
            )


# What may decide points or a tier: 90分及以上为优秀, 有下列情形之一的，直接评为不合格.
_DECIDES = re.compile(r"\d分|扣|加分|否决|合格|优秀|良好|等次|等级|评为|定为")


def _read_below(table: Table, lines: list[str]) -> None:
    """Bonus and veto lists often stand as paragraphs under the table."""
    outline = Outline(table, only_marked=True)
    outline.read(enumerate(lines, 1))
    unread = [line for line in outline.unread if _DECIDES.search(plain(line))]
    if unread:
        first, many = unread[0].strip()[:30], len(unread)
        table.remarks.append(
            Problem(
                "",
                f"表格下面有{many}行文字没有读入，请核对：“{first}”{'等' if many > 1 else ''}。",
                f"{many} lines below the table were not read; check them: “{first}”.",
            )
        )


def _outlines(layout: Layout) -> list[list[tuple[int, str]]]:
    """The numbered lines of each standard: a title right before another 一、 begins the next."""
    lines = [line for block in layout.blocks for line in _lines(block)]
    numbered = [(at, line) for at, line in enumerate(lines, 1) if line]
    starts = [0]
    for at in range(1, len(numbered)):
        if _opens(FIRST, numbered[at][1]):
            above = at - 1 - bool(QUALIFIER.match(numbered[at - 1][1]))
            if above > 0 and is_title(numbered[above][1]) and _opened(numbered[starts[-1] : above]):
                starts.append(above)
    return [numbered[a:b] for a, b in zip(starts, [*starts[1:], len(numbered)], strict=True)]


def _lines(block: str | Grid) -> list[str]:
    """A paragraph, or what a frame of one column holds; a table proper is no text."""
    if isinstance(block, str):
        return [block]
    rows = [at for at, row in enumerate(block.text) if any(row) and at not in block.hidden_rows]
    words = [lone(block, at) for at in rows]
    # 考核内容 | 得分 may stand above the one column.
    framed = not block.hidden and all(words[2:]) and any(words)
    return [line.strip() for text in words for line in text.split("\n")] if framed else []


def _opened(lines: list[tuple[int, str]]) -> bool:
    return any(_opens(GROUP_NUMBER, line) for _n, line in lines)


def _outline(numbered: list[tuple[int, str]]) -> Table:
    """Without 一、 the groups are those of （一）; without both all numbered lines are one group."""
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
    table = _named(title(above), None)
    table.total = table.total or stated_total(above)
    outline = Outline(table, opener=opener or GROUP_NUMBER)
    if opener is None:
        outline.open("")
    outline.read(numbered[first:])
    return table


def _opens(numbering: re.Pattern, line: str) -> bool:
    return bool(numbering.match(narrow(line).strip()))
