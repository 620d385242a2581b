"""The columns of the ledger, for exports and prints alike, and the sets the county and the city ask for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.finding_words import due_word, stage_word
from inspections.models import Finding, FindingSource, SavedColumns
from inspections.recheck import line_of
from portal.kit.table import Column
from standards.models import Severity


def status(finding: Finding, *, today: date) -> str:
    """The stage, and how late it is."""
    late = due_word(finding, today=today)
    return f"{stage_word(finding)} {late}" if late.startswith("▲") else stage_word(finding)


def clause(finding: Finding) -> str:
    line = line_of(finding)
    return f"{line.code} {line.text[:30]}" if line else ""


def town(finding: Finding) -> str:
    parent = finding.branch.parent
    return parent.name if finding.branch.is_branch and parent else finding.branch.name


def field_name(finding: Finding) -> str:
    return finding.branch.get_field_display()


def look_back(finding: Finding) -> date | None:
    return finding.look_back_on if finding.closed_on else None


def remark(finding: Finding) -> str:
    flags = [
        (finding.fixed_on_spot, _("Fixed on the spot")),
        (finding.is_long_term, _("Long-term")),
        (finding.round > 1, _("Round %(n)s") % {"n": finding.round}),
        (getattr(finding, "extension_asked", False), _("Extension asked")),
    ]
    return str(_(", ")).join(str(word) for flag, word in flags if flag)


COLUMNS = {
    column.key: column
    for column in (
        Column(key="serial", header=_("Serial"), kind="integer", width=5),
        Column(
            key="number", header=_("Finding no."), kind="code", width=13, value=lambda f: f.number
        ),
        Column(
            key="branch", header=_("Party organization"), width=16, value=lambda f: f.branch.name
        ),
        Column(key="text", header=_("Problem"), kind="lines", width=28, value=lambda f: f.text),
        Column(key="category", header=_("Category"), width=8, value=lambda f: f.category),
        Column(
            key="measures", header=_("Measures"), kind="lines", width=26, value=lambda f: f.measures
        ),
        Column(
            key="unit", header=_("Responsible unit"), width=12, value=lambda f: f.unit.short_name
        ),
        Column(
            key="responsible",
            header=_("Responsible person"),
            width=8,
            value=lambda f: f.responsible,
        ),
        Column(key="due", header=_("Deadline"), kind="date", width=11, value=lambda f: f.due_on),
        Column(
            key="progress",
            header=_("Latest progress"),
            kind="lines",
            width=22,
            value=lambda f: getattr(f, "latest", "") or "",
        ),
        Column(key="status", header=_("Status"), width=8, centred=True),
        Column(
            key="closed",
            header=_("Close-out date"),
            kind="date",
            width=11,
            value=lambda f: f.closed_on,
        ),
        Column(key="remark", header=_("Remarks"), width=8, value=remark),
        Column(
            key="source",
            header=_("Source"),
            width=10,
            value=lambda f: str(FindingSource(f.source).label),
        ),
        Column(
            key="document",
            header=_("Source document"),
            width=12,
            value=lambda f: f.source_document,
        ),
        Column(
            key="found", header=_("Found on"), kind="date", width=11, value=lambda f: f.found_on
        ),
        Column(key="town", header=_("Parent committee"), width=14, value=town),
        Column(key="field", header=_("Branch field"), width=8, value=field_name),
        Column(key="clause", header=_("Clause"), kind="lines", width=20, value=clause),
        Column(key="facts", header=_("Facts"), kind="lines", width=20, value=lambda f: f.facts),
        Column(
            key="severity",
            header=_("Severity"),
            width=6,
            value=lambda f: str(Severity(f.severity).label),
        ),
        Column(key="leader", header=_("Leader responsible"), width=8, value=lambda f: f.leader),
        Column(
            key="notice",
            header=_("Notice no."),
            kind="code",
            width=14,
            value=lambda f: f.notification.number if f.notification_id else "",
        ),
        Column(
            key="issued", header=_("Issued on"), kind="date", width=11, value=lambda f: f.issued_on
        ),
        Column(key="round", header=_("Round"), kind="integer", width=5, value=lambda f: f.round),
        Column(key="look_back", header=_("Look-back on"), kind="date", width=11, value=look_back),
    )
}
COUNTY = (
    "serial", "branch", "text", "category", "measures", "unit", "responsible", "due", "progress",
    "status", "closed", "remark",
)  # fmt: skip
CITY = (
    "serial", "number", "source", "town", "branch", "field", "text", "severity", "measures",
    "leader", "responsible", "due", "progress", "status", "closed",
)  # fmt: skip
BUILT_IN = {"county": (_("County format"), COUNTY), "city": (_("City format"), CITY)}


def column_set(key: str, saved: Iterable[SavedColumns]) -> tuple[str, tuple[str, ...]]:
    """(name, column keys) for a built-in set or a saved one; an unknown key is the county's."""
    for row in saved:
        if key == str(row.pk):
            return row.name, tuple(name for name in row.columns if name in COLUMNS)
    name, keys = BUILT_IN.get(key, BUILT_IN["county"])
    return str(name), keys


def columns_for(keys: Iterable[str], *, today: date) -> list[Column]:
    """Ready for a workbook or a print: the serial number counts, the status knows the day."""
    numbers = iter(range(1, 10**9))
    made: dict[str, Callable[[Finding], Any]] = {
        "serial": lambda finding: next(numbers),
        "status": partial(status, today=today),
    }
    return [replace(COLUMNS[key], value=made[key]) if key in made else COLUMNS[key] for key in keys]
