"""The columns of a run: the screen and the workbook read the same ones."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from branches.models import SHEET_CHOICES
from portal.kit import points
from portal.kit.table import Column
from scoring import verdicts
from scoring.models import Run
from scoring.run_compare import tier_of

FIELDS = dict(SHEET_CHOICES)
# Said with their sign.
CHANGES = {"step", "gap"}


def columns_for(run: Run) -> list[Column]:
    labels = verdicts.tier_labels(run.edition)
    return [
        Column(key="branch", header=gettext_lazy("Party organization"), width=24, value=lambda r: r.name),
        Column(key="unit", header=gettext_lazy("Parent unit"), width=14,
               value=lambda r: r.unit_name),
        Column(key="field", header=gettext_lazy("Field"), width=10,
               value=lambda r: str(FIELDS.get(r.field, r.field))),
        Column(key="total", header=gettext_lazy("Total points"), kind="points", width=9,
               value=lambda r: r.total),
        Column(key="tier", header=gettext_lazy("Tier"), width=10,
               value=lambda r: labels.get(tier_of(r), "")),
        Column(key="verdict", header=gettext_lazy("Conclusion"), width=14,
               value=verdicts.verdict_word),
        Column(key="digest", header=gettext_lazy("Check code"), width=18,
               value=lambda r: short(r.digest)),
    ]  # fmt: skip


def short(digest: str) -> str:
    """As much of a digest as a person compares by eye."""
    return digest[:16]


def screen(
    rows: Iterable[Any], columns: Sequence[Column], *, link: Callable[[Any], str] | None = None
) -> list[dict[str, Any]]:
    """Rows for a table: the cells as text in the order of the columns, and where the first one leads."""
    return [
        {
            "row": row,
            "cells": [cell(column, row) for column in columns],
            "url": link(row) if link else "",
        }
        for row in rows
    ]


def cell(column: Column, row: Any) -> dict[str, Any]:
    value = column.value(row)
    is_amount = column.kind in ("points", "integer", "decimal")
    text = shown(column, value)
    return {
        "label": str(column.header),
        "text": text,
        "lines": text.split("\n") if column.kind == "lines" else [],
        "css": "n" if is_amount else "",
        "value": value,
    }


def shown(column: Column, value: Any) -> str:
    if column.key in CHANGES and value is not None:
        return points.signed(value)
    if column.kind == "points":
        return points.show(value)
    return "—" if value in (None, "") else str(value)
