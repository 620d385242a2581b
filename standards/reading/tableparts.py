"""Which tables of a file score, and which of them are pages or parts of one standard."""

import re

from portal.kit.layouts import Grid, Layout
from standards.reading import tableheads as heads
from standards.reading import tableroles as roles
from standards.reading.tableabove import (
    ASIDE,
    NUMBERED,
    ORDINAL,
    TITLE,
    Part,
    branches,
    first_of_several,
    is_title,
    opens_section,
    same_title,
    title,
    title_lines,
)
from standards.reading.tablebeside import apart
from standards.reading.tablebody import Body
from standards.reading.tablecell import lone
from standards.reading.tablecut import MOST_TURNED, cut, upright
from standards.reading.tableheadings import heads_row
from standards.reading.tablelists import heading_of, title_of
from standards.reading.tableshape import Table
from standards.reading.tablestacked import unstacked
from standards.reading.tabletext import PLAIN, continues, kind_of, plain

SCORE_CAP = 10_000
WORKBOOK = "xlsx"
# 附件1 begins another paper than the headings above it.
ATTACHED_ALONE = re.compile(r"^附[件表录]\s*[\d一二三四五六七八九十]*\s*[:：]?$")
# Titles and notes around a turned table.
SIDES = 8


def parts(layout: Layout) -> tuple[list[Part], list[str]]:
    """The tables that score, each with the paragraphs above it; and the paragraphs below the last."""
    blocks = [piece for block in layout.blocks for piece in _pieces(block)]
    named = {
        id(grid): head
        for grid in blocks
        if isinstance(grid, Grid) and not grid.hidden and (head := heads.find(grid))
    }
    found: list[Part] = []
    before: list[str] = []
    passed = 0
    for block in blocks:
        if isinstance(block, str):
            before += [line.strip() for line in block.split("\n") if line.strip()]
            continue
        head = named.get(id(block))
        if head is None and not block.hidden:
            head = (
                _own_list(found, block)
                or _headless(found, block, before)
                or (None if named else heads.guess(block))
            )
            head = head or (heads.of_list(block) if found and _lists(block, before) else None)
        if head is not None:
            titled = any(map(is_title, before[passed:]))
            found.append(_part(found, block, head, before[passed if titled else 0 :]))
            before = []
        passed = len(before)
    return found, before


def _pieces(block: str | Grid) -> list[str | Grid]:
    if isinstance(block, str) or block.hidden:
        return [block]
    sides = apart(block)
    cuts = [piece for side in sides for piece in (cut(side) if isinstance(side, Grid) else [side])]
    cuts = [unstacked(piece) if isinstance(piece, Grid) else piece for piece in cuts]
    return [one for piece in cuts for one in (upright(piece) if _odd(piece) else [piece])]


def _odd(piece: str | Grid) -> bool:
    """A few rows without a heading above them may be a table that lies on its side."""
    if isinstance(piece, str):
        return False
    return sum(map(any, piece.text)) <= MOST_TURNED + SIDES and heads.find(piece) is None


def _part(found: list[Part], grid: Grid, head: heads.Head, before: list[str]) -> Part:
    part = Part(grid, head, [line for line in before if not continues(line)])
    announced = len(part.before) < len(before) or any(map(continues, _above(part)))
    if found:
        untitled = not title_lines(part) and not any(
            map(opens_section, title_lines(part, every=True))
        )
        part.resumed = untitled and (announced or _like(found[-1], part))
    return part


def _like(one: Part, other: Part) -> bool:
    """The same headings again. A sheet of a workbook is more than a page."""
    same_sheet = one.grid.name.isdigit() or one.grid.name == other.grid.name
    return same_sheet and one.head.signature == other.head.signature


def _own_list(found: list[Part], grid: Grid) -> heads.Head | None:
    """A list below a scoring table that has a heading of its own is no next page of it."""
    return heads.of_list(grid) if found and heading_of(grid) >= 0 else None


def _lists(grid: Grid, before: list[str]) -> bool:
    """A table of a scoring file called 加分项 or 一票否决, by what stands above it, its sheet or its first row."""
    first = next((at for at, row in enumerate(grid.text) if any(row)), 0)
    above = lone(grid, first) or "".join(grid.text[first])
    said = [*before[-1:], grid.name, above]
    return any(kind_of(ASIDE.sub("", text)) != PLAIN for text in said)


def _above(part: Part) -> list[str]:
    """The texts of the rows above the heading."""
    return [text for at in range(max(part.head.rows[0], 0)) for text in part.grid.text[at]]


def _headless(found: list[Part], grid: Grid, before: list[str]) -> heads.Head | None:
    """A table without headings right below another of the same width is its next page."""
    if not found or found[-1].grid.width != grid.width or len(grid.text) < 1:
        return None
    first = next((at for at, row in enumerate(grid.text) if any(row)), 0)
    if TITLE.search(plain(lone(grid, first))):
        return None
    if _lists(grid, before) and _numbers_rows(grid, first):
        return None
    between = [line for line in before if not continues(line) and not opens_section(line)]
    head = found[-1].head
    return None if between else heads.Head((-1, -1), head.roles, head.names)


def _numbers_rows(grid: Grid, at: int) -> bool:
    """序号 | 情形 | 结果 below 一票否决项: a list with headings of its own."""
    named = map(roles.role_of, grid.text[at])
    return roles.NUMBER in named and heads_row(grid, at, range(grid.width))


def bundles(layout: Layout, found: list[Part]) -> list[list[Part]]:
    """Tables that make up one standard: pages, groups, bonus lists. A title of its own begins another one."""
    bundled: list[list[Part]] = []
    for part in found:
        part.section = _section(part) or first_of_several(part) or title_of(part.grid)
        if not bundled or _begins(layout, bundled[-1], part):
            part.resumed = False
            bundled.append([part])
        else:
            bundled[-1].append(part)
    return bundled


def _section(part: Part) -> str:
    """The last heading above the table. One of the prose before the title of the table is none of its."""
    found = [line for line in title_lines(part, every=True) if opens_section(line)]
    lines = [line.strip() for line in (*part.before, *_above_alone(part)) if line.strip()]
    if not found or found[-1] not in lines:
        return found[-1] if found else ""
    last = len(lines) - lines[::-1].index(found[-1])
    after = lines[last:]
    of_the_text = any(map(is_title, after[1:])) or any(map(ATTACHED_ALONE.match, after))
    return "" if of_the_text else found[-1]


def _above_alone(part: Part) -> list[str]:
    return [lone(part.grid, at) for at in range(max(part.head.rows[0], 0))]


def _begins(layout: Layout, bundle: list[Part], part: Part) -> bool:
    """Whether the part is the first of another standard."""
    if part.resumed:
        return False
    titled = [line for line in title_lines(part) if not opens_section(line)]
    if layout.kind == WORKBOOK and part.grid.name != bundle[-1].grid.name:
        return not _same_standard(bundle, part)
    if titled and _numbered_part(bundle, part, titled[-1]):
        return False
    if titled and _ordinal_part(bundle, part, titled[-1]):
        return False
    if titled and same_title(titled[-1], title(bundle[0])):
        part.resumed = not part.section and part.head.signature == bundle[-1].head.signature
        return False
    return bool(titled) and not part.section


def _numbered_part(bundle: list[Part], part: Part, line: str) -> bool:
    """表1 and 表2 with the same headings make up one standard as long as they stay within a hundred points."""
    first = bundle[0]
    own = first.section or next(iter(reversed(title_lines(first))), "")
    if not (NUMBERED.match(line) and NUMBERED.match(own)):
        return False
    if part.head.signature != first.head.signature:
        return False
    if sum(_points_of(one) for one in [*bundle, part]) > SCORE_CAP:
        return False
    first.section, part.section = own, line
    return True


def _ordinal_part(bundle: list[Part], part: Part, line: str) -> bool:
    """考核表（二） below 考核表（一）."""
    first = title(bundle[0])
    if line == first or ORDINAL.sub("", line) != ORDINAL.sub("", first):
        return False
    return sum(_points_of(one) for one in [*bundle, part]) <= SCORE_CAP


def _same_standard(bundle: list[Part], part: Part) -> bool:
    """Sheets with the same headings are one standard as long as their points stay within a hundred."""
    listed = kind_of(ASIDE.sub("", part.section)) != PLAIN
    if listed or kind_of(part.grid.name) != PLAIN:
        part.section = part.section or part.grid.name
        return True
    own, first = branches(part), branches(bundle[0])
    if own and first and not own & first:
        return False
    same = title(part) == title(bundle[0]) and _read(part.head) == _read(bundle[0].head)
    if not same and part.head.signature != bundle[0].head.signature:
        return False
    within = sum(_points_of(one) for one in [*bundle, part]) <= SCORE_CAP
    return within and not _repeats(bundle, part)


def _read(head: heads.Head) -> list[tuple[str, str]]:
    """What is read of a heading: 扣分 on one sheet is 加扣分 on the next, both for filling in."""
    return [
        (role, plain(head.names.get(column, "")))
        for column, role in sorted(head.roles.items())
        if role != roles.IGNORED
    ]


def _repeats(bundle: list[Part], part: Part) -> bool:
    """Most of its lines once more: the same standard for somebody else, and no next page of it."""
    own = _said(part)
    known = set().union(*map(_said, bundle))
    return len(own) > 1 and 2 * len(own & known) > len(own)


def _said(part: Part) -> set[tuple[str, str]]:
    return {(plain(line.text), plain(line.rule_text)) for line in _alone(part).lines}


def _points_of(part: Part) -> int:
    return _alone(part).sum


def _alone(part: Part) -> Table:
    table = Table("")
    Body(table, part.grid, part.head, section=part.section).read()
    return table
