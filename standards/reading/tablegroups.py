"""Which groups a table has, once all its clauses are known."""

import re
from dataclasses import replace
from itertools import groupby

from portal.kit.points import parse, show
from standards.reading.tablekinds import part_kinds
from standards.reading.tablerungs import falling
from standards.reading.tableshape import Group, Line, Table
from standards.reading.tabletext import AMOUNT, PLAIN, brackets, narrow
from standards.rules.problems import Problem

BARE_POINTS = re.compile(rf"[(\[【〔]\s*({AMOUNT})\s*[)\]】〕]$")
ONE_LOSS = re.compile(rf"^[^每\d]*[扣减]({AMOUNT})分[。；;]?$")
BETWEEN = " · "


def settle(table: Table) -> None:
    part_kinds(table)
    _take_bare_of_lines(table)
    for group in table.groups:
        _fold_whole(group)
        _fold_levels(group)
        _give_the_only_one(group)
        _take_the_best(group)
        _take_bare_points(group)
        _take_what_is_lost(group)
    groups = [group for group in table.groups if group.kind == PLAIN]
    if len(groups) == 1 and _several(groups[0]):
        _open_up(table, groups[0])
    table.remarks += [remark for group in table.groups for remark in _within(group)]


def _take_bare_points(group: Group) -> None:
    """组织建设(11) is worth 11 where its clauses come to as much."""
    found = BARE_POINTS.search(narrow(group.title))
    if found and group.points is None and group.lines and parse(found.group(1)) == group.sum:
        group.points, group.title = group.sum, group.title[: found.start()].strip()


def _take_bare_of_lines(table: Table) -> None:
    """支委健全（5）, 按期换届（3）: where no line says 分, and each ends so, that is what they are worth."""
    lines = [line for group in table.groups if group.kind == PLAIN for line in group.lines]
    marks = [BARE_POINTS.search(narrow(line.text)) for line in lines]
    if len(lines) > 1 and all(marks) and all(line.points is None for line in lines):
        for line, mark in zip(lines, marks, strict=True):
            line.points, line.text = parse(mark.group(1)), line.text[: mark.start()].strip()


def _take_what_is_lost(group: Group) -> None:
    """未建台账扣1分, 未公示扣1分 below 阵地建设（2分）: each is worth what it costs, as together they are the group."""
    losses = [ONE_LOSS.search(narrow(line.rule_text or line.text)) for line in group.lines]
    amounts = [parse(found[1]) or 0 for found in losses if found]
    told = any(line.points is not None for line in group.lines) or len(amounts) < len(losses)
    if group.kind == PLAIN and len(amounts) > 1 and not told and sum(amounts) == group.points:
        for line, amount in zip(group.lines, amounts, strict=True):
            line.points = amount


def _fold_levels(group: Group) -> None:
    """健全 3, 一般 2, 不健全 0 in rows below one name are the levels of one clause."""
    runs = [list(run) for _name, run in groupby(group.lines, key=lambda line: line.subgroup)]
    group.lines = [line for run in runs for line in ([_levels(run)] if _are_levels(run) else run)]


def _fold_whole(group: Group) -> None:
    """Where the name is that of the group itself: 支委健全 beside 健全 5, 缺1人 3, 缺2人以上 0."""
    if group.columned and group.kind == PLAIN and group.points in (None, *_best_of(group)):
        named = [replace(line, subgroup=group.title) for line in group.lines if not line.subgroup]
        if len(named) == len(group.lines) and _are_levels(named):
            group.lines = [_levels(named)]


def _best_of(group: Group) -> list[int | None]:
    return [line.points for line in group.lines[:1]]


def _are_levels(run: list[Line]) -> bool:
    amounts = [line.points for line in run]
    if len(run) < 2 or not run[0].subgroup or None in amounts or amounts[-1] != 0:
        return False
    return amounts == sorted(set(amounts), reverse=True) and not any(x.rule_text for x in run)


def _levels(run: list[Line]) -> Line:
    outer, _between, name = run[0].subgroup.rpartition(BETWEEN)
    rule = "；".join(f"{line.text.rstrip('。；;')}得{show(line.points or 0)}分" for line in run)
    return replace(run[0], text=name, subgroup=outer, rule_text=rule)


def _give_the_only_one(group: Group) -> None:
    """A clause alone below 廉政建设（10分） is worth what that says."""
    if group.kind != PLAIN:
        return
    said = [(_lines_of(group, name), amount) for name, amount in group.within.items()]
    for lines, amount in [*said, (group.lines, group.points)]:
        if len(lines) == 1 and lines[0].points is None:
            lines[0].points = amount


def _take_the_best(group: Group) -> None:
    """明显（3分）；较好（2分）；一般（1分） is worth three or six; the points of the group tell which."""
    best = [_best(line) for line in group.lines]
    if group.points not in (None, group.sum) and group.points == sum(best):
        for line, amount in zip(group.lines, best, strict=True):
            if line.points != amount:
                line.points, line.rule_text = amount, line.rule_text or line.text


def _best(line: Line) -> int:
    marks = brackets(line.text) or brackets(line.rule_text)
    several = len(marks) > 1 and falling(marks)
    return marks[0].points if several else line.points or 0


def _within(group: Group) -> list[Problem]:
    """What stands between a group and its clauses says its points as well."""
    return [
        _differing(name, amount, summed)
        for name, amount in group.within.items()
        if (lines := _lines_of(group, name))
        and amount != (summed := sum(line.points or 0 for line in lines))
    ]


def _lines_of(group: Group, name: str) -> list[Line]:
    return [line for line in group.lines if name in line.subgroup.split(BETWEEN)]


def _differing(name: str, said: int, summed: int) -> Problem:
    return Problem(
        "",
        f"“{name}”写明{show(said)}分，各条目合计{show(summed)}分。",
        f"“{name}” says {show(said)} points; its clauses sum to {show(summed)}.",
    )


def _several(group: Group) -> bool:
    """The first column says one thing for all lines, and the next one says several."""
    inner = {_inner(line) for line in group.lines}
    return group.columned and 1 < len(inner) < len(group.lines) and "" not in inner


def _inner(line: Line) -> str:
    return line.subgroup.partition(BETWEEN)[0]


def _open_up(table: Table, outer: Group) -> None:
    """What stands between becomes the groups; what held them all is told."""
    opened: dict[str, Group] = {}
    for line in outer.lines:
        name, _between, line.subgroup = line.subgroup.partition(BETWEEN)
        group = opened.setdefault(
            name, Group(name, points=outer.within.get(name), within=outer.within)
        )
        group.lines.append(line)
    at = table.groups.index(outer)
    table.groups[at : at + 1] = opened.values()
    shown = outer.title if outer.points is None else f"{outer.title}（{show(outer.points)}分）"
    table.notes.append(f"全部条目属于“{shown}”。")
    if table.total is None:
        table.total = outer.points
    elif outer.points not in (None, outer.sum, table.total):
        table.remarks.append(_differing(outer.title, outer.points, outer.sum))
