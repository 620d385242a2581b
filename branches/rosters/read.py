"""An uploaded workbook as clean rows: cells parsed, each refusal kept beside its cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from branches.rosters.columns import BY_KEY, COLUMNS, SYNONYMS
from portal.kit import sheets
from portal.kit.normal import Unclean, folded, person
from portal.kit.refusal import Refusal
from portal.kit.table import CellBad, Found, complete, find_header, parse, records
from portal.kit.values import blank, plain

MOST_ROWS = 50_000
CLEAR = {folded(word) for word in ("无", "/", "—", "——", "-", "－", "暂无", "空")}
CLEARED = {"code": "", "secretary": "", "phone": "", "term_delay_document": ""} | dict.fromkeys(
    ("secretary_since", "founded_on", "term_started_on", "term_ends_on", "premises_area")
)
NAMES = {"name", "short_name", "secretary"}
ZEROED = {"full_members", "probationary_members", "cells", "committee_size", "joint_units"}
UNIT_SIGNS = re.compile(r"\s*(?:人|名|个|家|㎡|m²|m2|平方米|平米)$")
PERSONAL = re.compile("身份证|公民身份|证件号|户籍|民族|家庭住址|党员姓名|出生")
ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


class RosterRefused(Refusal):
    """The workbook as a whole cannot be a roster of units."""


@dataclass
class Record:
    """One row. values: parsed cells that say something, by column key. bad: refusals by column key."""

    number: int
    values: dict[str, Any]
    bad: dict[str, Refusal] = field(default_factory=dict)


@dataclass
class Roster:
    sheet: str
    found: Found
    records: list[Record]


def read_roster(path: str | Path) -> Roster:
    """Raises Refusal with a sentence when the workbook as a whole cannot be read."""
    book = sheets.read(path, limits=sheets.ORGANIZATIONS)
    return read_rows(book.first.name, book.first.rows)


def read_rows(name: str, rows: Sequence[Sequence[Any]]) -> Roster:
    found = find_header(rows, COLUMNS)
    refuse_persons(found)
    complete(found)
    lines = [read_record(line.number, line.raw) for line in records(rows, found, limit=MOST_ROWS)]
    if not lines:
        raise RosterRefused(_("The table has headings but no rows."))
    return Roster(name, found, lines)


def refuse_persons(found: Found) -> None:
    """A roster of members or of identity cards must not get into this portal at all."""
    personal = [name for name in found.unknown if PERSONAL.search(name)]
    if personal:
        raise RosterRefused(
            _(
                "The table has columns about persons: %(names)s. This portal keeps units and counts, never members or identity numbers. Delete these columns and upload it again."
            ),
            {"names": "、".join(personal)},
        )


def read_record(number: int, raw: dict[str, Any]) -> Record:
    record = Record(number, {})
    for key, cell in raw.items():
        if blank(cell):
            continue
        try:
            said, value = read_cell(key, cell)
        except (CellBad, Unclean) as bad:
            record.bad[key] = bad
            continue
        if said:
            record.values[key] = value
    return record


def read_cell(key: str, cell: Any) -> tuple[bool, Any]:
    """(whether the cell says something, its value). “无” and “/” empty what may be empty."""
    typed = folded(plain(cell))
    if typed in CLEAR and (key in CLEARED or key in ZEROED):
        return True, 0 if key in ZEROED else CLEARED[key]
    if ID_NUMBER.search(typed):
        raise CellBad(_("An identity number must not be entered here."))
    if key in SYNONYMS and typed in SYNONYMS[key]:
        return True, SYNONYMS[key][typed].value
    if BY_KEY[key].kind == "integer" and isinstance(cell, str):
        cell = UNIT_SIGNS.sub("", cell.strip())
    value = parse(BY_KEY[key], cell)
    if key in NAMES and value:
        value = person(value)
    return value is not None, value
