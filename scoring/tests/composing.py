"""Reads the compact cases of compositions (scoring/tests/cases, see the README in standards/tests/cases)."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.formula import Known, Last, Line, Sheet, Tier
from standards.composing.parse import parse
from standards.rules import options
from standards.rules.outcome import Adjustment, GateHit, Outcome

CASES = Path(__file__).parent / "cases"
TIERS = {
    "grades": (("excellent", 9000, 1), ("good", 8000, 1), ("fair", 6000, 0), ("poor", 0, 0)),
    "stars": (("model", 9000, 1), ("solid", 8000, 1), ("basic", 6000, 1), ("none", 0, 0)),
}


def load(name):
    cases = json.loads((CASES / f"{name}.json").read_text())
    return [pytest.param(case, id=case["id"]) for case in cases]


def read_tiers(named):
    if isinstance(named, list):
        return tuple(Tier(**tier) for tier in named)
    return tuple(Tier(key, floor, bool(passes)) for key, floor, passes in TIERS[named])


def read_gate(effect, target):
    if effect == "zero_group":
        return GateHit(effect, chapter=target)
    return GateHit(effect, tier=target or "")


def read_line(case, chapter, key, maximum, points):
    outcome = Outcome(
        points=None if points in (None, "n/a") else points,
        gates=tuple(read_gate(*gate) for gate in case.get("gates", {}).get(key, ())),
        adjustments=tuple(
            Adjustment(amount, name, "") for name, amount in case.get("bonuses", {}).get(key, ())
        ),
    )
    problem = case.get("problems", {}).get(key)
    return Line(chapter, key, maximum, outcome, applicable=points != "n/a", problem=problem)


def read_known(case):
    return Known(
        figures={key: Fraction(value) for key, value in case.get("figures", {}).items()},
        totals=case.get("totals", {}),
        facts=case.get("facts", {}),
        last=Last(**case["last"]) if "last" in case else None,
        unsolved=frozenset(case.get("unsolved", ())),
        extra=case.get("extra", {}),
    )


def read_case(case):
    return Sheet(
        lines=tuple(
            read_line(case, chapter, *line)
            for chapter, lines in case["lines"].items()
            for line in lines
        ),
        tiers=read_tiers(case.get("tiers", "grades")),
        ceiling=case.get("ceiling", 10000),
        options=options.from_dict(case.get("options", {})),
        composition=parse(case.get("composition", {})),
        known=read_known(case),
        base=case.get("base", 10000),
    )
