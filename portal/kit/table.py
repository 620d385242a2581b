"""Finding the table in a workbook someone else has edited, and reading its rows by column.

Headings are matched by name, never by position: officers reorder, add and rename columns, merge titles above the
table and fill cells in any width. Everything found odd is named so that the reader can put it right.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from portal.kit.normal import folded, loose
from portal.kit.refusal import Refusal
from portal.kit.values import (
    CellBad,
    blank,
    boolean,
    centipoints,
    choice,
    date_,
    decimal,
    integer,
    plain,
    text,
)

ERRORS_HEADER = "错误说明"
LANGUAGES = ("zh-hans", "en")
SEARCHED_ROWS = 20
BRACKETS = str.maketrans("〔〕【】[]{}《》", "()()()()()")
KINDS = ("text", "lines", "code", "integer", "decimal", "points", "date", "choice", "boolean")

__all__ = [
    "CellBad", "Column", "Found", "Record", "TableRefused", "boolean", "check", "choice", "date_", "find_header", "heading",
    "integer", "parse", "records", "text",
]  # fmt: skip


class TableRefused(Refusal):
    """The sheet as a whole cannot be read as the expected table."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a list, for its import, its export and its template alike.

    header and aliases: what the column is called (header may be lazy text). kind: one of KINDS. width: Excel
    units. choices: label -> code, a mapping or a function that gives one. value: how an export takes the cell from
    a row. hint and example go into the instruction sheet. locked, hidden: in templates only.
    """

    key: str
    header: Any
    aliases: tuple[str, ...] = ()
    required: bool = False
    kind: str = "text"
    width: float = 12
    longest: int = 255
    least: Any = None
    most: Any = None
    month_ok: bool = False
    choices: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None
    value: Callable[[Any], Any] | None = None
    hint: Any = ""
    example: Any = ""
    locked: bool = False
    hidden: bool = False
    centred: bool | None = None

    def listed(self) -> Mapping[str, Any]:
        return (self.choices() if callable(self.choices) else self.choices) or {}


@dataclass(frozen=True)
class Found:
    """Where the table is. row: index of the (last) heading row. mapping: column key -> column index."""

    row: int
    mapping: dict[str, int]
    unknown: list[str] = field(default_factory=list)
    missing: list[Column] = field(default_factory=list)
    near: dict[str, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    @property
    def header_row(self) -> int:
        """The heading row as Excel numbers it."""
        return self.row + 1

    def column_number(self, key: str) -> int:
        """The column as Excel numbers it, from 1; 0 when the sheet has no such column."""
        return self.mapping.get(key, -1) + 1


class Record(NamedTuple):
    """A row that is not blank. number: as Excel shows it. raw: column key -> cell, blank cells as None."""

    number: int
    raw: dict[str, Any]


def heading(value: Any) -> str:
    """The form in which two spellings of one heading are equal (spaces, breaks, width, brackets, case, asterisk)."""
    name = folded(plain(value).translate(BRACKETS))
    return name.strip("*★:")


def find_header(rows: Sequence[Sequence[Any]], columns: Sequence[Column]) -> Found:
    """The row of headings among the first rows. Raises TableRefused when no row looks like one."""
    names = _names(columns)
    best: Found | None = None
    for row, cells in _candidates(rows):
        found = _matched(row, cells, columns, names)
        if best is None or len(found.mapping) > len(best.mapping):
            best = found
    if best is None or len(best.mapping) < min(2, len(columns)):
        expected = "、".join(str(column.header) for column in columns if not column.hidden)
        raise TableRefused(
            _("No row with the column headings was found. Expected: %(expected)s."),
            {"expected": expected},
        )
    return replace(best, near=_near(best.unknown, best.missing))


def complete(found: Found) -> None:
    """Raises TableRefused when a required column is missing or one column stands in the sheet twice."""
    lost = [str(column.header) for column in found.missing if column.required]
    if found.twice:
        raise TableRefused(
            _("These columns appear twice: %(names)s. Keep one of each."),
            {"names": "、".join(found.twice)},
        )
    if lost and found.near:
        pairs = "、".join(f"{wrong} → {right}" for wrong, right in found.near.items())
        raise TableRefused(
            _("These columns are missing: %(names)s. Were they renamed? %(pairs)s"),
            {"names": "、".join(lost), "pairs": pairs},
        )
    if lost:
        raise TableRefused(_("These columns are missing: %(names)s."), {"names": "、".join(lost)})


def records(rows: Sequence[Sequence[Any]], found: Found, *, limit: int) -> Iterator[Record]:
    """The rows below the headings. Raises TableRefused at the first row over `limit`."""
    count = 0
    for index in range(found.row + 1, len(rows)):
        cells = rows[index]
        raw = {key: _cell(cells, at) for key, at in found.mapping.items()}
        if all(value is None for value in raw.values()) or _is_note(cells):
            continue
        count += 1
        if count > limit:
            raise TableRefused(
                _("The sheet has more than %(limit)s rows. Split it and upload the parts."),
                {"limit": limit},
            )
        yield Record(index + 1, raw)


def check(
    columns: Sequence[Column], raw: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, CellBad]]:
    """Parsed values and refusals by column key. Columns the sheet does not have are left out of both."""
    values: dict[str, Any] = {}
    bad: dict[str, CellBad] = {}
    for column in columns:
        if column.key not in raw:
            continue
        try:
            values[column.key] = parse(column, raw[column.key])
        except CellBad as refusal:
            bad[column.key] = refusal
    return values, bad


def parse(column: Column, value: Any) -> Any:
    """One cell by its column's kind. Raises CellBad."""
    parsed = _parsed(column, value)
    if parsed is None and column.required:
        raise CellBad(_("Must not be empty."))
    return parsed


def _parsed(column: Column, value: Any) -> Any:
    bounds = {
        name: bound
        for name, bound in (("least", column.least), ("most", column.most))
        if bound is not None
    }
    if column.kind == "integer":
        return integer(value, **bounds)
    if column.kind == "decimal":
        return decimal(value, **bounds)
    if column.kind == "points":
        return centipoints(value, **bounds)
    if column.kind == "date":
        return date_(
            value,
            month_ok=column.month_ok,
            earliest=_as_date(column.least),
            latest=_as_date(column.most),
        )
    if column.kind == "choice":
        return choice(value, column.listed())
    if column.kind == "boolean":
        return boolean(value)
    return text(value, longest=column.longest, lines=column.kind == "lines")


def _as_date(bound: Any) -> date | None:
    return bound() if callable(bound) else bound


def _names(columns: Sequence[Column]) -> dict[str, str]:
    """Every name a column answers to, in each language its heading is translated to -> its key."""
    names: dict[str, str] = {}
    for column in columns:
        for name in (*_spellings(column.header), *column.aliases):
            names.setdefault(heading(name), column.key)
    return names


def _spellings(header: Any) -> Iterator[str]:
    if not isinstance(header, Promise):
        yield str(header)
        return
    for language in LANGUAGES:
        with override(language):
            yield str(header)


def _candidates(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, list[str]]]:
    """Each row, then each pair of rows read as one heading of two tiers (the lower name wins)."""
    top = [[plain(cell).strip() for cell in cells] for cells in rows[:SEARCHED_ROWS]]
    yield from enumerate(top)
    for row in range(1, len(top)):
        above, below = top[row - 1], top[row]
        width = max(len(above), len(below))
        yield row, [_at(below, column) or _at(above, column) for column in range(width)]


def _matched(
    row: int, cells: list[str], columns: Sequence[Column], names: Mapping[str, str]
) -> Found:
    mapping: dict[str, int] = {}
    unknown: dict[int, str] = {}
    twice: list[str] = []
    for at, cell in enumerate(cells):
        key = names.get(heading(cell)) if cell else None
        if key is None:
            unknown[at] = cell
        elif key in mapping:
            twice.append(cell)
        else:
            mapping[key] = at
    _match_without_remark(unknown, mapping, names)
    named = [loose(name) for name in unknown.values() if heading(name) != ERRORS_HEADER]
    left = [name for name in named if name]
    missing = [column for column in columns if column.key not in mapping]
    return Found(row, mapping, left, missing, twice=twice)


def _match_without_remark(
    unknown: dict[int, str], mapping: dict[str, int], names: Mapping[str, str]
) -> None:
    """A heading with a remark in brackets, 成立日期（如2026.11.3）, counts when its name alone is still free."""
    for at, cell in list(unknown.items()):
        key = names.get(re.sub(r"\(.*\)$", "", heading(cell))) if cell else None
        if key and key not in mapping:
            mapping[key] = at
            del unknown[at]


def _near(unknown: Sequence[str], missing: Sequence[Column]) -> dict[str, str]:
    targets = {heading(str(column.header)): str(column.header) for column in missing}
    near: dict[str, str] = {}
    for name in unknown:
        hit = get_close_matches(heading(name), targets, n=1, cutoff=0.5)
        if hit:
            near[name] = targets.pop(hit[0])
    return near


def _cell(cells: Sequence[Any], at: int) -> Any:
    value = cells[at] if at < len(cells) else None
    return None if blank(value) else value


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _is_note(cells: Sequence[Any]) -> bool:
    """The remark our own ledgers print under the table (注：…)."""
    filled = [cell for cell in cells if not blank(cell)]
    return (
        len(filled) == 1
        and isinstance(filled[0], str)
        and filled[0].lstrip().startswith(("注：", "注:"))
    )
