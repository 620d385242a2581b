"""Runs every acceptance case of composition, and the sheets among the ambiguities."""

import json
from pathlib import Path

import pytest

from scoring.formula import Chapter, Line, Sheet, Tier, compose
from standards.rules import options
from standards.rules.outcome import Adjustment, GateHit, Outcome

HERE = Path(__file__).parent
OWN = json.loads((HERE / "cases" / "composition.json").read_text())
AMBIGUOUS = json.loads(
    (HERE.parents[1] / "standards" / "tests" / "cases" / "ambiguities.json").read_text()
)
SHEETS = OWN + [case for case in AMBIGUOUS if case["kind"] == "sheet"]


def read_gate(effect, target):
    return (
        GateHit(effect, chapter=target)
        if effect == "zero_group"
        else GateHit(effect, tier=target or "")
    )


def read_line(line):
    outcome = Outcome(
        points=line["points"],
        gates=tuple(read_gate(*gate) for gate in line["gates"]),
        adjustments=tuple(Adjustment(amount, key, "") for key, amount in line["adjustments"]),
    )
    return Line(
        line["chapter"], line["key"], line["maximum"], outcome, line["applicable"], line["problem"]
    )


def read_sheet(case):
    return Sheet(
        lines=tuple(read_line(line) for line in case["lines"]),
        chapters=tuple(Chapter(**chapter) for chapter in case["chapters"]),
        tiers=tuple(Tier(**tier) for tier in case["tiers"]),
        ceiling=case["ceiling"],
        options=options.from_dict(case["options"]),
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in SHEETS])
def test_sheet_composes_to_what_was_worked_out_by_hand(case):
    composed = compose(read_sheet(case))
    assert {
        "chapters": {chapter.key: chapter.points for chapter in composed.chapters},
        "total": composed.total,
        "tier": composed.tier,
        "passes": composed.passes,
        "not_judged": len(composed.unjudged),
    } == case["expected"]
