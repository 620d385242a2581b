"""Does the table add up? What does not is reported, never repaired."""

from collections.abc import Iterator

from portal.kit.points import show
from standards.reading.tableshape import Group, Table
from standards.reading.tabletext import BONUS_KIND, PLAIN
from standards.rules.problems import Problem


class Pointless(Problem):
    """Of one clause, so whoever shows the clauses says it there."""


def check(table: Table) -> None:
    """Adds to `remarks` what the points of clauses, groups and the whole say against each other."""
    empty = [group for group in table.groups if not group.lines and not group.points]
    # ①书记除外 below the last clause looks like a title and is none.
    table.notes += [group.title for group in empty if group.title]
    table.groups = [group for group in table.groups if group not in empty]
    for group in table.groups:
        table.remarks += _group(group)
    table.remarks += _whole(table)


def _group(group: Group) -> Iterator[Problem]:
    title = group.title or "评分表"
    if not group.lines:
        yield Problem("", f"“{title}”下面没有条目。", f"“{title}” has no clauses.")
        return
    without = [line for line in group.lines if line.points is None]
    if group.kind == PLAIN:
        for line in without:
            rest = _rest(group) if len(without) == 1 else None
            left = rest and (
                f"（“{title}”还余{show(rest)}分）",
                f" ({show(rest)} are left of “{title}”)",
            )
            zh, en = left or ("", "")
            yield Pointless(
                _place(line.source),
                f"没有读到分值：{line.text[:30]}{zh}",
                f"No points were found: {line.text[:30]}{en}",
            )
    if (
        group.points is not None
        and not without
        and group.kind == PLAIN
        and group.sum != group.points
    ):
        yield Problem(
            _place(group.lines[0].source),
            f"“{title}”写明{show(group.points)}分，各条目合计{show(group.sum)}分。",
            f"“{title}” says {show(group.points)} points; its clauses sum to {show(group.sum)}.",
        )


def _rest(group: Group) -> int | None:
    """What the other clauses leave of the points of the group, for the one that says none."""
    return group.points - group.sum if group.points and group.points > group.sum > 0 else None


def _whole(table: Table) -> Iterator[Problem]:
    missing = any(line.points is None for g in table.groups if g.kind == PLAIN for line in g.lines)
    bonus = sum(g.points or g.sum for g in table.groups if g.kind == BONUS_KIND)
    if table.total is None or missing or table.total in (table.sum, table.sum + bonus):
        return
    yield Problem(
        "",
        f"评分表写明总分{show(table.total)}分，各条目合计{show(table.sum)}分。",
        f"The table says {show(table.total)} points in all; its clauses sum to {show(table.sum)}.",
    )


def _place(source) -> str:
    return f"{source.sheet}!{source.cell}" if source.sheet else source.cell
