"""One cell of a table with the place where it begins."""

from dataclasses import dataclass

from portal.kit.layouts import Corner, Grid


@dataclass(frozen=True)
class Cell:
    text: str = ""
    corner: Corner = (-1, -1)

    def __bool__(self) -> bool:
        return bool(self.text)


def lone(grid: Grid, at: int) -> str:
    """The text of a row that holds one cell only."""
    texts = {grid.corner[at][c]: text for c, text in enumerate(grid.text[at]) if text}
    return next(iter(texts.values())) if len(texts) == 1 else ""
