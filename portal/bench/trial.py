"""A draft tried on as many branches as a county has, and on a province: two rules grow harder, the floors move."""

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

from branches.scope import act_as
from inspections.models import Assessment
from portal.bench.ground import TODAY, Ground
from scoring import simulated
from scoring.simulating import Simulation, Trial, simulate
from standards import actions
from standards.models import Edition
from standards.sheets import as_issued

COUNTY = 400
# A nation is not tried on one page: its branches alone would fill the memory.
MOST = 100_000
HARDER = 2


def draft(ground: Ground, *, now: datetime) -> Edition:
    officer = act_as(ground.officer, today=TODAY)
    found = actions.create_draft(
        officer, ground.top, now=now, client_key=uuid4(), from_edition=ground.cycle.edition
    )
    stepped = [clause for clause in found.clauses.order_by("position") if units(clause.rule)]
    for clause in stepped[:HARDER]:
        for step in units(clause.rule):
            step["unit"] = str(2 * int(step["unit"]))
        actions.edit_clause(officer, clause, now=now, rule=clause.rule)
    found = Edition.objects.get(pk=found.pk)
    tiers = [tier | {"floor": str(int(tier["floor"]) + 1)} for tier in found.tiers]
    actions.edit_edition(officer, found, now=now, tiers=tiers)
    return Edition.objects.get(pk=found.pk)


def units(rule: dict | None) -> list[dict]:
    steps = rule["steps"] if rule else []
    return [step for step in steps if str(step.get("unit", "")).isdigit()]


def tried(ground: Ground, edition: Edition, *, most: int) -> Simulation:
    """Everything the page does but its words: the branches read, both editions reckoned, lists counted."""
    found = simulate(edition, ground.cycle, rows=rows_of(ground, most), today=TODAY)
    simulated.counts(found)
    simulated.by_clause(found)
    return found


def rows_of(ground: Ground, most: int) -> list[Assessment]:
    rows = Assessment.objects.filter(cycle=ground.cycle).select_related("branch__parent")
    return list(rows.order_by("branch__path")[:most])


def unlike(ground: Ground, edition: Edition, *, most: int) -> Iterator[str]:
    """What is taken from the results against what the records say, branch by branch."""
    trial, rows = Trial(ground.cycle, as_issued(edition), TODAY), rows_of(ground, most)
    told, truth = trial.of(rows), trial.from_records(rows)
    for row in rows:
        if told.get(row.pk) != truth.get(row.pk):
            yield f"simulation of branch {row.branch_id}: not what the records say"
