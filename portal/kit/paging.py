"""Long lists in pages, with an address bar that may say anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlencode

SIZES = (20, 50, 100)


@dataclass(frozen=True)
class Page:
    """One page of a list. rows: what it shows. count: of the whole list. size: rows per page."""

    rows: list[Any]
    number: int
    size: int
    count: int
    query: tuple[tuple[str, str], ...] = ()

    @property
    def pages(self) -> int:
        return max(1, ceil(self.count / self.size))

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1; 0 for an empty list."""
        return (self.number - 1) * self.size + 1 if self.count else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.count)

    @property
    def previous(self) -> str:
        """Address of the page before, "" on the first."""
        return self.link(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.link(self.number + 1) if self.number < self.pages else ""

    @property
    def links(self) -> list[tuple[int, str]]:
        """(number, address) of the pages worth offering; number 0 with "" stands for a gap."""
        near = {1, self.pages, *range(self.number - 2, self.number + 3)}
        numbers = sorted(number for number in near if 1 <= number <= self.pages)
        offered: list[tuple[int, str]] = []
        for number in numbers:
            if offered and number - offered[-1][0] > 1:
                offered.append((0, ""))
            offered.append((number, self.link(number)))
        return offered

    @property
    def size_links(self) -> list[tuple[int, str]]:
        """(rows per page, address) for each size on offer; a new size begins at page 1."""
        kept = [pair for pair in self.query if pair[0] != "size"]
        return [(size, "?" + urlencode([*kept, ("size", size)])) for size in SIZES]

    def link(self, number: int) -> str:
        return "?" + urlencode([*self.query, ("page", number)])


def paged(
    rows: Any, query: Mapping[str, Any], *, count: int | None = None, size: int = SIZES[0]
) -> Page:
    """The page that `query` (request.GET or a mapping) asks for, or the nearest there is.

    rows: a queryset or sequence. Give `count` when it is known. page=abc, -1 or 1e30 never raise.
    """
    total = count if count is not None else _count(rows)
    size = _nearest_size(_whole(query.get("size"), size), size)
    pages = max(1, ceil(total / size))
    number = min(max(1, _whole(query.get("page"), 1)), pages)
    shown = list(rows[(number - 1) * size : number * size])
    return Page(shown, number, size, total, tuple(_pairs(query)))


def _count(rows: Any) -> int:
    return len(rows) if isinstance(rows, (list, tuple)) else rows.count()


def _whole(typed: Any, otherwise: int) -> int:
    """The whole number typed; "1e30" and other numbers too big to be one are the largest page, words the first."""
    text = str(typed or "").strip()
    if text.isascii() and text.lstrip("+-").isdigit():
        return max(-(10**9), min(10**9, int(text[:20])))
    try:
        number = float(text) if len(text) < 40 and text.isascii() else otherwise
    except ValueError:
        return otherwise
    return int(max(-1e9, min(1e9, number))) if number == number else otherwise


def _nearest_size(size: int, otherwise: int) -> int:
    return size if size in SIZES else otherwise


def _pairs(query: Mapping[str, Any]) -> list[tuple[str, str]]:
    lists = (
        query.lists()
        if hasattr(query, "lists")
        else ((key, [value]) for key, value in query.items())
    )
    return [(key, str(value)) for key, values in lists for value in values if key != "page"]
