"""The scoring of a row when it stands in several columns: deductions beside additions, a column for each grade."""

import re

from portal.kit.layouts import Corner, Grid
from portal.kit.points import show
from standards.reading import tableheads as heads
from standards.reading import tableroles as roles
from standards.reading.tablecell import Cell
from standards.reading.tabletext import (
    VETO_KIND,
    brackets,
    cell_points,
    kind_of,
    plain,
    scores,
    title_points,
)

# -2/次, +0.5分/篇
EACH = re.compile(r"[+-](\d+(?:\.\d+)?)分?/(人次|[人次篇项件起例个条户处天])")
RANGE = re.compile(r"\d+(?:\.\d+)?分?[-~—–至]+\d+(?:\.\d+)?分?")


def rules(grid: Grid, head: heads.Head, at: int, covered: set[Corner]) -> list[Cell]:
    """The rules of a row in their order; an amount goes behind the case it belongs to."""
    found: list[Cell] = []
    for column in head.columns(roles.RULE, roles.AMOUNT):
        cell = Cell(grid.text[at][column], grid.corner[at][column])
        if not cell or cell.corner in covered:
            continue
        covered.add(cell.corner)
        name = plain(head.names.get(column, ""))
        if head.roles[column] == roles.RULE:
            alone = head.sided or len(head.columns(roles.RULE)) == 1
            found.append(_signed(cell, name, alone=alone))
        elif found and found[-1].corner[1] < column and head.roles.get(column - 1) == roles.RULE:
            found[-1] = Cell(found[-1].text + _amount(cell.text, name), found[-1].corner)
        else:
            found.append(Cell(_amount(cell.text, name).lstrip("，"), cell.corner))
    grades = _grades(grid, head, at)
    return [*found, grades] if grades else found


def _signed(cell: Cell, name: str, *, alone: bool) -> Cell:
    """每次1分 in a column of additions beside one of deductions does not say by itself that it adds."""
    if kind_of(name) == VETO_KIND and "否决" not in cell.text and not alone:
        return Cell(f"一票否决：{cell.text}", cell.corner)
    if name.startswith("不得分") and not scores(cell.text):
        return Cell(f"{cell.text.rstrip('的。；;')}的，不得分", cell.corner)
    adds = name.startswith(("加分", "奖")) and not any(word in cell.text for word in "加奖")
    return Cell(f"加分：{cell.text}", cell.corner) if adds and not alone else cell


def _amount(text: str, name: str) -> str:
    verb = "加" if text.startswith(("+", "＋")) or name.startswith(("加", "奖")) else "扣"
    if each := EACH.fullmatch(plain(text)):
        return f"，每{each[2]}{verb}{each[1]}分"
    amount = cell_points(text)
    return f"{verb}{show(amount)}分" if amount is not None else f"，{verb}{text}"


def _grades(grid: Grid, head: heads.Head, at: int) -> Cell:
    """好 over 10 says 好得10分; 优（4分） over 60平方米以上 says 60平方米以上得4分."""
    said = []
    for column in head.columns(roles.GRADE):
        text, name = grid.text[at][column], head.names.get(column, "")
        amount, given = cell_points(text), title_points(name)
        if RANGE.fullmatch(plain(text)):
            said.append(f"{_bare(name)}得{plain(text).removesuffix('分')}分")
        elif amount is not None:
            said.append(f"{_bare(name)}得{show(amount)}分")
        elif text and given is not None:
            said.append(f"{text.rstrip('。；;')}得{show(given)}分")
        elif text:
            said.append(f"{_bare(name)}：{text}")
    columns = head.columns(roles.GRADE)
    return Cell("；".join(said), grid.corner[at][columns[0]]) if said else Cell()


def _bare(name: str) -> str:
    marks = brackets(name)
    return name[: marks[0].start] if marks else name


def best_grade(grid: Grid, head: heads.Head, at: int) -> list[Cell]:
    """Without a column of points a line is worth what its best grade gives."""
    columns = head.columns(roles.GRADE)
    amounts = [
        amount
        for column in columns
        if grid.text[at][column]
        and (amount := cell_points(grid.text[at][column]) or title_points(head.names[column]))
    ]
    return [Cell(show(max(amounts)), (at, columns[0]))] if amounts else []
