"""Runs every acceptance case of composition, and the sheets among the ambiguities."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from scoring import formula
from scoring.formula import Chapter, Line, Sheet, Tier, compose
from standards.rules import options
from standards.rules.outcome import Adjustment, GateHit, Outcome

HERE = Path(__file__).parent
OWN = json.loads((HERE / "cases" / "composition.json").read_text())
AMBIGUOUS = json.loads(
    (HERE.parents[1] / "standards" / "tests" / "cases" / "ambiguities.json").read_text()
)


def ambiguities(kind):
    return [pytest.param(case, id=case["id"]) for case in AMBIGUOUS if case["kind"] == kind]


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


@pytest.mark.parametrize("case", ambiguities("tier"))
def test_ambiguous_tier_case(case):
    tiers = [formula.Tier(tier["key"], tier["floor"], tier["passes"]) for tier in case["tiers"]]
    found = formula.tier_of(case["total"], tiers=tiers, options=options.from_dict(case["options"]))
    assert found.key == case["expected"]


@pytest.mark.parametrize("case", ambiguities("places"))
def test_ambiguous_places_case(case):
    rounding = options.from_dict(case["options"]).quota_rounding
    assert formula.places(Fraction(case["share"]), case["base"], rounding) == case["expected"]
    assert formula.places(case["share"], case["base"], rounding) == case["expected"]


@pytest.mark.parametrize("case", ambiguities("restore"))
def test_ambiguous_restore_case(case):
    points = formula.restored(
        case["before"],
        case["after"],
        closed_on=case["closed_on"] and date.fromisoformat(case["closed_on"]),
        cutoff=date.fromisoformat(case["cutoff"]),
        options=options.from_dict(case["options"]),
    )
    assert points == case["expected"]
