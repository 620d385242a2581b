"""A table is read the same wherever it stands on its sheet."""

from pathlib import Path

import pytest

from portal.kit import layouts
from standards.reading import table
from standards.tests.reading.drawn import shape, sheet

FILES = sorted((Path(__file__).parent / "tables").glob("*.xlsx"))
HALF = ["项目", "内容", "分值", "评分标准"]
BESIDE = (
    [*HALF, "", "等次", "说明"],
    ["组织", "换届", "10", "未换届不得分", "", "一类", "90分以上"],
    ["组织", "党费", "10", "少1人扣1分", "", "二类", "80分以上"],
    ["作用", "志愿", "20", "少1次扣1分", "", "三类", "80分以下"],
    ["作用", "帮扶", "20", "少1户扣1分", "", "", ""],
    ["作用", "宣讲", "20", "少1次扣1分", "", "", ""],
)
SHEETS = [
    [
        sheet(
            ["支部考核表"],
            HALF + HALF,
            ["组织", "换届", "10", "未换届不得分", "作用", "示范岗", "20", "未设不得分"],
            ["", "党费", "10", "少1人扣1分", "", "志愿", "20", "少1次扣1分"],
            merged=[[0, 0, 0, 7]],
        )
    ],
    [sheet(*BESIDE)],
    *(layouts.read(file).grids for file in FILES),
]


def moved(grid, down, right):
    text = [*([[""] * (grid.width + right)] * down), *([""] * right + row for row in grid.text)]
    corner = [[(r, c) for c in range(grid.width + right)] for r in range(len(text))]
    for r, row in enumerate(grid.corner):
        for c, (top, left) in enumerate(row):
            corner[r + down][c + right] = (top + down, left + right)
    return layouts.Grid(
        grid.name, [list(row) for row in text], corner, grid.hidden,
        frozenset(at + down for at in grid.hidden_rows), frozenset(at + right for at in grid.hidden_columns),
    )  # fmt: skip


def read(grids):
    found = table.read(layouts.Layout("xlsx", list(grids)))
    return found.title, found.notes, shape(found), [line.number for line in found.lines]


@pytest.mark.parametrize("grids", SHEETS)
@pytest.mark.parametrize(("down", "right"), [(10, 10), (0, 1), (3, 0)])
def test_a_table_reads_the_same_anywhere_on_its_sheet(grids, down, right):
    assert read(moved(grid, down, right) for grid in grids) == read(grids)
