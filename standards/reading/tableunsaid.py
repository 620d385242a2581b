"""A row of sums that does not call itself one: 11分 alone below the amounts it is the sum of."""

from collections.abc import Sequence

from standards.reading.tablepiece import Piece
from standards.reading.tablerows import Row
from standards.reading.tabletext import cell_points

FEWEST = 2


def sums_up(row: Row, pieces: Sequence[Piece]) -> bool:
    amounts = {cell.text for cell in row.points if cell and cell.corner[0] == row.at}
    words = [*row.levels, *row.rules, *row.method, row.number]
    if len(amounts) != 1 or any(cell.corner[0] == row.at for cell in words if cell):
        return False
    said = [cell_points(piece.points.text) or 0 for piece in pieces]
    return len(said) >= FEWEST and cell_points(amounts.pop()) == sum(said)
