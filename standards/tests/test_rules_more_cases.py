"""Runs the compact cases: escalating units, curves, compound conditions, marks and ballots."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.rules import observe
from standards.rules.evaluate import evaluate
from standards.rules.explain import account, describe
from standards.rules.notation import from_text, to_text
from standards.rules.options import DEFAULTS
from standards.rules.parse import RuleError, canonical, parse, to_json

CASES = Path(__file__).parent / "cases"
COUNT = {"name": "short", "kind": "count", "label": "支委会少开次数", "label_en": "Meetings short"}
RATIO = {"name": "rate", "kind": "ratio", "label": "参学率", "label_en": "Attendance"}
RECORD = {"name": "record", "kind": "flag", "label": "有会议记录", "label_en": "Minutes kept"}
PLAN = {"name": "plan", "kind": "flag", "label": "有计划", "label_en": "Plan made"}


def load(name):
    cases = json.loads((CASES / f"{name}.json").read_text())
    return [pytest.param(case, id=case["id"]) for case in cases]


def escalating(case):
    keys = ("units", "free", "cap", "credit")
    step = {"shape": "escalating", "measure": "short"} | {k: case[k] for k in keys if k in case}
    rule = {"start": case.get("start", "full"), "measures": [COUNT], "steps": [step]}
    return rule, {"short": case["value"]}


def curve(case):
    measure = COUNT if case.get("kind") == "count" else RATIO
    knots = [{"at": at, "points": points} for at, points in case["knots"]]
    step = {"shape": "curve", "measure": measure["name"], "knots": knots}
    step |= {"as": case["as"]} if "as" in case else {}
    value = case["value"] if "value" in case else {"part": case["part"], "whole": case["whole"]}
    return {"measures": [measure], "steps": [step]}, {measure["name"]: value}


def compound(case):
    step = {"shape": "zero_if", "when": case["when"]}
    if "gate" in case:
        step |= {"shape": "gate", "effect": case["gate"]}
    said = json.dumps(case["when"])
    measures = [m for m in (COUNT, RECORD, PLAN) if f'"{m["name"]}"' in said]
    return {"measures": measures, "steps": [step]}, case["values"]


def ran(case, built):
    data, values = built
    rule = parse(data)
    clean = {m.name: observe.check_value(m, values.get(m.name)) for m in rule.measures}
    maximum = case.get("maximum", 500)
    outcome = evaluate(rule, maximum=maximum, values=clean, options=DEFAULTS)
    assert canonical(to_json(rule)) == to_json(rule)
    for lang in ("zh", "en"):
        assert parse(from_text(to_text(data, lang))) == rule
        assert all(describe(rule, maximum=maximum, lang=lang))
        assert all(account(rule, outcome, maximum=maximum, values=clean, lang=lang))
    return outcome


@pytest.mark.parametrize("case", load("escalating"))
def test_escalating_units_give_what_was_worked_out_by_hand(case):
    assert ran(case, escalating(case)).points == case["points"]


@pytest.mark.parametrize("case", load("curve"))
def test_a_curve_gives_what_was_worked_out_by_hand(case):
    assert ran(case, curve(case)).points == case["points"]


@pytest.mark.parametrize("case", load("compound"))
def test_a_compound_condition_gives_what_was_worked_out_by_hand(case):
    outcome = ran(case, compound(case))
    found = [[gate.effect, gate.tier or None] for gate in outcome.gates]
    assert (outcome.points, list(outcome.missing), found) == (
        case["points"],
        case.get("missing", []),
        case.get("gates", []),
    )


@pytest.mark.parametrize("case", load("aggregators"))
def test_many_voices_come_to_the_number_worked_out_by_hand(case):
    measure = {"name": "voice", "label": "评分", "label_en": "Voices", **case["measure"]}
    step = {"shape": "bands", "measure": "voice", "bands": [{"from": "0", "points": "1"}]}
    outcome = ran(
        {"maximum": 100}, ({"measures": [measure], "steps": [step]}, {"voice": case["value"]})
    )
    known = parse({"measures": [measure], "steps": [step]}).measures[0]
    wanted = None if case["aggregate"] is None else Fraction(case["aggregate"])
    assert observe.exact(known, observe.check_value(known, case["value"])) == wanted
    assert outcome.points == (None if wanted is None else 100)


def points_of(step, measure, value):
    rule = parse({"measures": [measure], "steps": [step]})
    [known] = rule.measures
    clean = {known.name: observe.check_value(known, value)}
    return evaluate(rule, maximum=1000, values=clean, options=DEFAULTS).points


UNITS = st.lists(st.sampled_from(["0.5", "1", "2"]), min_size=2, max_size=4)


@given(UNITS, st.integers(0, 30))
def test_one_more_case_never_gives_points_back(units, count):
    step = {"shape": "escalating", "measure": "short", "units": units}
    assert points_of(step, COUNT, count + 1) <= points_of(step, COUNT, count)


@given(st.lists(st.integers(0, 10), min_size=2, max_size=5), st.integers(0, 199))
def test_a_rising_curve_never_falls(points, part):
    knots = [
        {"at": str(20 * place), "points": str(worth)}
        for place, worth in enumerate(sorted(points), start=1)
    ]
    step = {"shape": "curve", "measure": "rate", "knots": knots}
    low, high = (points_of(step, RATIO, {"part": p, "whole": 200}) for p in (part, part + 1))
    assert low <= high


@given(st.lists(st.integers(0, 100), min_size=1, max_size=9), st.integers(0, 2))
def test_an_average_lies_between_its_lowest_and_highest_mark(marks, drop):
    measure = {"name": "m", "kind": "marks", "classes": [{"key": "judges"}]}
    measure |= {"drop": drop} if drop else {}
    step = {"shape": "bands", "measure": "m", "bands": [{"from": "0", "points": "1"}]}
    [known] = parse({"measures": [measure], "steps": [step]}).measures
    seen = observe.exact(known, {"judges": [str(mark) for mark in marks]})
    assert min(marks) <= seen <= max(marks)


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ({"shape": "escalating", "measure": "short", "units": ["1"]}, "$.steps[0].units"),
        ({"shape": "escalating", "measure": "rate", "units": ["1", "2"]}, "$.steps[0].measure"),
        (
            {"shape": "curve", "measure": "rate", "knots": [{"at": "9", "points": "1"}] * 2},
            "$.steps[0].knots",
        ),
        ({"shape": "zero_if", "when": {"is": True}}, "$.steps[0].measure"),
        ({"shape": "zero_if", "when": {"any": [{"measure": "record", "is": True}]}}, "$.steps[0].when"),
        (
            {"shape": "zero_if", "when": {"any": [{"measure": "record", "is": True}, {"is": True}]}},
            "$.steps[0].when.any[1]",
        ),
        (
            {
                "shape": "zero_if",
                "measure": "short",
                "when": {"any": [{"measure": "record", "is": True}] * 2},
            },
            "$.steps[0].measure",
        ),
        (
            {"shape": "zero_if", "when": {"all": [{"measure": "record", "op": ">", "value": "1"}] * 2}},
            "$.steps[0].when",
        ),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_at_its_place(step, path):
    with pytest.raises(RuleError) as refused:
        parse({"measures": [COUNT, RATIO, RECORD], "steps": [step]})
    assert path in [problem.path for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("measure", "path"),
    [
        ({"name": "m", "kind": "marks"}, "$.measures[0].classes"),
        ({"name": "m", "kind": "count", "classes": [{"key": "a"}]}, "$.measures[0].classes"),
        ({"name": "m", "kind": "count", "drop": 1}, "$.measures[0].drop"),
        (
            {"name": "m", "kind": "marks", "classes": [{"key": "a"}, {"key": "a"}]},
            "$.measures[0].classes",
        ),
        (
            {"name": "m", "kind": "ballots", "grades": [{"key": "x"}], "classes": [{"key": "a"}]},
            "$.measures[0].grades[0].score",
        ),
    ],
)
def test_a_measure_of_many_voices_says_what_it_needs(measure, path):
    with pytest.raises(RuleError) as refused:
        parse({"measures": [measure]})
    assert path in [problem.path for problem in refused.value.problems]
