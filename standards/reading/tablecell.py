"""One cell of a table with the place where it begins."""

from dataclasses import dataclass

from portal.kit.layouts import Corner


@dataclass(frozen=True)
class Cell:
    text: str = ""
    corner: Corner = (-1, -1)

    def __bool__(self) -> bool:
        return bool(self.text)
