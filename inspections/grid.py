"""The per-period clauses of a unit's branches in one table: branches down, clauses across, a tick each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from branches.scope import Actor
from inspections import filing
from inspections.filing import Entry
from inspections.models import Assessment
from inspections.sheets import Judgement
from inspections.worklist import COUNTED, Item, worklists
from standards.language import reader
from standards.sheets import Line


@dataclass(frozen=True)
class GridRow:
    """cells: one per column, (name of its tick or "" where nothing waits, clause no.)."""

    assessment: Assessment
    cells: list[tuple[str, str]]


def grid_of(assessments: Iterable[Assessment], *, today: date) -> dict[str, Any]:
    """columns: the clauses that wait somewhere, as (code, text). rows: branches with any of them."""
    rows = list(assessments)
    waiting = waiting_in(rows, today=today)
    lines = columns_of(waiting.values())
    return {
        "columns": [(line.code, line.wording(reader())) for line in lines.values()],
        "rows": [
            GridRow(row, [cell(row, line, waiting[row.pk]) for line in lines.values()])
            for row in rows
            if waiting[row.pk]
        ],
    }


def waiting_in(rows: list[Assessment], *, today: date) -> dict[int, dict[str, Item]]:
    lists = worklists(rows, today=today)
    return {
        pk: {i.line.key: i for i in items if i.waits and i.is_open and i.why == COUNTED}
        for pk, items in lists.items()
    }


def columns_of(waiting: Iterable[Mapping[str, Item]]) -> dict[str, Line]:
    found = {key: item.line for items in waiting for key, item in items.items()}
    return dict(sorted(found.items(), key=lambda pair: in_order(pair[1].code)))


def in_order(code: str) -> list[tuple[int, str]]:
    """3.9 before 3.10."""
    return [(int(part) if part.isdigit() else 0, part) for part in code.split(".")]


def cell(row: Assessment, line: Line, items: Mapping[str, Item]) -> tuple[str, str]:
    return (f"{row.pk}-{line.key}" if line.key in items else ""), line.code


@transaction.atomic
def save_grid(
    actor: Actor, assessments: Iterable[Assessment], ticked: Iterable[str], *, now: datetime
) -> dict[str, int]:
    """Every tick answers one clause 符合; what does not wait any more is left alone."""
    rows, wanted = list(assessments), set(ticked)
    waiting = waiting_in(rows, today=actor.today)
    chosen = {
        row.pk: [
            Entry(key, Judgement(key)) for key in waiting[row.pk] if f"{row.pk}-{key}" in wanted
        ]
        for row in rows
    }
    for row in rows:
        if chosen[row.pk]:
            filing.save(actor, row, chosen[row.pk], now=now)
    answered = [entries for entries in chosen.values() if entries]
    return {"clauses": sum(map(len, answered)), "branches": len(answered)}
