"""A table pasted as one cell a line without numbers: the headings, and below them as many cells again and again."""

from collections.abc import Iterator, Sequence

from portal.kit.layouts import Grid, grid
from standards.reading.tableroles import EITHER, IGNORED, LEVEL, POINTS, RULE, role_of
from standards.reading.tabletext import NOTES, SIGNED, is_number, plain, scores, sums

FEWEST = 2
FEWEST_HEADINGS = 3


def unnumbered(lines: list[str]) -> tuple[list[str], Grid, list[str]] | None:
    """Only where every row has its amount, or its scoring, in the place of the heading for it."""
    for first in range(len(lines)):
        names = _headings(lines, first)
        if not names:
            continue
        start = first + len(names)
        end = next((at for at in range(start, len(lines)) if _ends(lines[at])), len(lines))
        rows = list(_rows(lines[start:end], names))
        if len(rows) >= FEWEST and all(rows):
            return lines[:first], grid("", [names, *rows], []), lines[end:]
        return None
    return None


def _headings(lines: list[str], first: int) -> list[str]:
    last = first
    while last < len(lines) and role_of(lines[last]) is not None:
        last += 1
    names = lines[first:last]
    roles = {role_of(name) for name in names}
    if len(names) < FEWEST_HEADINGS or not roles & {LEVEL, EITHER} or POINTS not in roles:
        return []
    return names


def _rows(lines: list[str], names: Sequence[str]) -> Iterator[list[str]]:
    """Columns to fill in left no line; a row with a cell less belongs to the group above. An empty row: it does not fit."""
    blank = [at for at, name in enumerate(names) if role_of(name) == IGNORED]
    held = [at for at in range(len(names)) if at not in blank]
    at = 0
    while at < len(lines):
        fits = next(
            (places for places in (held, held[1:]) if _fits(lines[at:], places, names)), None
        )
        if fits is None:
            yield []
            return
        row = [""] * len(names)
        for place, text in zip(fits, lines[at:], strict=False):
            row[place] = text
        yield row
        at += len(fits)


def _fits(lines: Sequence[str], places: Sequence[int], names: Sequence[str]) -> bool:
    if len(lines) < len(places):
        return False
    return all(_suits(text, role_of(names[at])) for text, at in zip(lines, places, strict=False))


def _suits(text: str, role: str | None) -> bool:
    if role == POINTS:
        return is_number(text)
    return not is_number(text) and (role != RULE or scores(text))


def _ends(line: str) -> bool:
    return sums(line) or bool(NOTES.match(plain(line)) or SIGNED.search(plain(line)))
