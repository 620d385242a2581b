"""The columns of the list of results: the screen, the cards on a phone and the workbook read the same ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import SHEET_CHOICES
from portal.kit import points
from portal.kit.table import Column
from scoring import verdicts
from scoring.models import Proposal, Result
from scoring.record import chapters_of, ready
from standards.language import reader
from standards.models import Edition

FIELDS = dict(SHEET_CHOICES)
UNBROKEN = {"tier", "basis", "state", "field"}
NUMBERS = {"total", "unjudged"}
# On a card these stand in one line, the number with its name.
ON_CARDS = {"unit", "field", "total", "tier", "verdict", "basis", "state"}
NAMED_ON_CARDS = {"total"}


@dataclass(frozen=True)
class Cell:
    """One cell on the screen; `tone` puts the text into a chip."""

    label: str
    text: str
    css: str = ""
    tone: str = ""
    on_card: str = ""


def columns_for(edition: Edition) -> list[Column]:
    """What is asked first stands first; the chapters follow in the order of the standard."""
    labels = verdicts.tier_labels(edition)
    return [
        Column(
            key="branch",
            header=gettext_lazy("Party organization"),
            width=24,
            value=lambda r: r.name,
        ),
        Column(
            key="unit", header=gettext_lazy("Parent unit"), width=12, value=lambda r: r.unit_name
        ),
        Column(
            key="field",
            header=gettext_lazy("Field"),
            width=10,
            value=lambda r: str(FIELDS.get(r.field, r.field)),
        ),
        Column(
            key="total",
            header=gettext_lazy("Total points"),
            kind="points",
            width=8,
            value=total_known,
        ),
        Column(
            key="tier",
            header=gettext_lazy("Tier"),
            width=10,
            value=lambda r: labels.get(r.decided_tier or r.tier, r.tier),
        ),
        Column(
            key="verdict",
            header=gettext_lazy("Conclusion"),
            width=12,
            value=verdicts.verdict_word,
        ),
        Column(
            key="basis",
            header=gettext_lazy("Acceptance on site"),
            width=12,
            value=verdicts.basis_word,
        ),
        Column(key="state", header=gettext_lazy("Decision"), width=12, value=verdicts.state_word),
        Column(
            key="unjudged",
            header=gettext_lazy("Clauses not judged"),
            kind="integer",
            width=8,
            value=lambda r: r.unjudged or None,
        ),
        *(chapter_column(chapter) for chapter in edition.chapters.order_by("position")),
        Column(
            key="published",
            header=gettext_lazy("Published on"),
            kind="date",
            width=11,
            value=published_on,
        ),
    ]


def total_known(result: Result) -> int | None:
    """The sum of a sheet that is not judged to its end is no result."""
    return None if verdicts.verdict_of(result) == Proposal.OPEN else result.total


def chapter_column(chapter) -> Column:
    title = chapter.title_en if reader() == "en" and chapter.title_en else chapter.title
    header = _("%(chapter)s, points") % {"chapter": title}
    value = partial(chapter_points, key=chapter.key)
    return Column(key=f"chapter.{chapter.key}", header=header, kind="points", width=9, value=value)


def chapter_points(result: Result, *, key: str) -> int | None:
    """Like the total: of a sheet not judged to its end no chapter is a result."""
    if total_known(result) is None:
        return None
    return chapters_of(result).get(key, {}).get("points")


def published_on(result: Result):
    return timezone.localtime(result.published_at).date() if result.published_at else None


def screen(results: Iterable[Result], columns: list[Column]) -> list[dict]:
    """Rows for the table: the result, and its cells after the name in the order of the columns."""
    return [
        {"result": result, "cells": [cell(column, result) for column in columns[1:]]}
        for result in ready(results)
    ]


def cell(column: Column, result: Result) -> Cell:
    value = column.value(result)
    css = ["n"] if column.key in NUMBERS or column.kind == "points" else []
    css += ["date"] if column.kind == "date" else []
    css += ["nowrap"] if column.key in UNBROKEN else []
    css += ["wide-only"] if column.key.startswith("chapter.") else []
    css.append("card-skip")
    tone = verdicts.verdict_tone(result) if column.key == "verdict" else ""
    if column.key == "basis" and not verdicts.was_on_site(result):
        tone = "warn"
    text = shown(column, value)
    return Cell(str(column.header), text, " ".join(css), tone, on_card(column, value, text))


def on_card(column: Column, value: Any, text: str) -> str:
    if column.key not in ON_CARDS or value in (None, ""):
        return ""
    return f"{column.header} {text}" if column.key in NAMED_ON_CARDS else text


def shown(column: Column, value: Any) -> str:
    if column.kind == "points":
        return points.show(value)
    return "—" if value in (None, "") else str(value)


def definition(cycle, *, decided: bool = False) -> str:
    """口径: what the numbers of this list, or of one result, are. `decided`: nothing here is a proposal."""
    text = _(
        "%(cycle)s under “%(edition)s”: a clause counts as rechecked, else as accepted on site, else as corrected at the first check, else as self-assessed"
    ) % {"cycle": cycle.dated_name, "edition": cycle.edition.name}
    if not decided:
        text += _("; ") + _("a conclusion is proposed until the county has decided")
    least = verdicts.pass_line(cycle.edition)
    return (
        text
        + _(".")
        + (_(" The standard is reached at %(points)s points.") % {"points": least} if least else "")
    )
