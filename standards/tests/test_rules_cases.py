"""Runs every acceptance case of the rule language (standards/tests/cases, see the README there)."""

import json
from datetime import date
from pathlib import Path

import pytest

from standards.rules import observe, options
from standards.rules.evaluate import applies, evaluate
from standards.rules.parse import canonical, parse, to_json

CASES = Path(__file__).parent / "cases"
RULE_FILES = ("binary", "step", "bands", "parts", "judged", "zero_if", "gate", "adjust", "sources")


def load(name):
    return [
        pytest.param(case, id=f"{name}:{case['id']}")
        for case in json.loads((CASES / f"{name}.json").read_text())
    ]


def ambiguities(kind):
    return [param for param in load("ambiguities") if param.values[0]["kind"] == kind]


def run(case):
    rule = parse(case["rule"])
    values = {
        name: observe.check_value(rule.measure(name), value)
        for name, value in case["values"].items()
    }
    return evaluate(
        rule, maximum=case["maximum"], values=values, options=options.from_dict(case["options"])
    )


@pytest.mark.parametrize("case", [case for name in RULE_FILES for case in load(name)])
def test_rule_case_gives_what_was_worked_out_by_hand(case):
    outcome = run(case)
    found = {
        "points": outcome.points,
        "gates": [[gate.effect, gate.tier or gate.chapter or None] for gate in outcome.gates],
        "adjustments": [[entry.key, entry.amount] for entry in outcome.adjustments],
        "missing": list(outcome.missing),
    }
    assert found == {key: case[key] for key in found}


@pytest.mark.parametrize("case", [case for name in RULE_FILES for case in load(name)])
def test_rule_of_every_case_survives_json(case):
    assert parse(to_json(parse(case["rule"]))) == parse(case["rule"])
    assert canonical(canonical(case["rule"])) == canonical(case["rule"])


@pytest.mark.parametrize("case", load("applies"))
def test_applies_case(case):
    assert applies(case["conditions"], case["facts"]) is case["expected"]


@pytest.mark.parametrize("case", ambiguities("rule"))
def test_ambiguous_rule_case(case):
    assert run(case).points == case["points"]


@pytest.mark.parametrize("case", ambiguities("shortfall"))
def test_ambiguous_shortfall_case(case):
    short = observe.shortfall(
        {date.fromisoformat(f"{month}-01"): count for month, count in case["held"].items()},
        per=case["per"],
        need=case["need"],
        first=date.fromisoformat(case["first"]),
        last=date.fromisoformat(case["last"]),
        founded_on=case["founded_on"] and date.fromisoformat(case["founded_on"]),
        options=options.from_dict(case["options"]),
    )
    assert short == case["expected"]


@pytest.mark.parametrize("case", ambiguities("meetings"))
def test_ambiguous_meetings_case(case):
    meetings = [
        observe.Meeting(
            on=date.fromisoformat(meeting["on"]),
            kinds=tuple(meeting["kinds"]),
            below_quorum=meeting["below_quorum"],
        )
        for meeting in case["meetings"]
    ]
    held = observe.held(meetings, kind=case["wanted"], options=options.from_dict(case["options"]))
    assert {f"{month:%Y-%m}": count for month, count in held.items()} == case["expected_held"]


def test_every_kind_of_ambiguity_is_run():
    """The second four are run by scoring/tests/test_formula_cases.py: they need the formula."""
    kinds = {param.values[0]["kind"] for param in load("ambiguities")}
    assert kinds == {"rule", "shortfall", "meetings"} | {"tier", "places", "restore", "sheet"}
