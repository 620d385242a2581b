"""One program, two evaluators: the vectorised one says what the pure one says, line by line."""

from contextlib import suppress
from dataclasses import fields
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings

from inspections.standing import Standing
from scoring import vector
from scoring.formula import Line as FormulaLine
from scoring.formula import Sheet, compose
from scoring.observing import observed
from scoring.tallies import composition, outcomes_of
from scoring.tests.editions_made import Made, line, made
from scoring.vector_exact import Unfit, worked_out
from scoring.vector_tables import MOST_DISTINCT, distinct, looked_up
from standards.models import Edition
from standards.rules.amounts import write_amount
from standards.rules.evaluate import evaluate
from standards.rules.options import DEFAULTS, Options

SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def pure(found, branch):
    outcomes = outcomes_of(found.lines, branch, found.edition)
    return compose(composition(found.edition, found.lines, branch, outcomes))


def told(composed):
    """What both must say of a branch."""
    return {
        "lines": [(line.points, line.state) for line in composed.lines],
        "chapters": [(c.points, c.scaled, c.zeroed) for c in composed.chapters],
        "total": composed.total,
        "tier": composed.tier,
        "passes": composed.passes,
        "unjudged": len(composed.unjudged),
        "effects": {gate.effect for gate in composed.gates},
    }


def told_in_columns(program, scores, row):
    tier, passes = scores.tier[row], scores.passes[row]
    bits = [place for bit, place in enumerate(program.gates) if scores.gates[row] >> bit & 1]
    return {
        "lines": [
            (points, vector.STATES[state])
            for points, state in zip(
                scores.points[row].tolist(), scores.states[row].tolist(), strict=True
            )
        ],
        "chapters": list(
            zip(
                scores.chapters[row].tolist(),
                scores.scaled[row].tolist(),
                scores.zeroed[row].tolist(),
                strict=True,
            )
        ),
        "total": scores.total[row],
        "tier": None if tier == vector.NO_TIER else program.tiers[tier].key,
        "passes": None if passes == vector.NO_VERDICT else bool(passes),
        "unjudged": scores.unjudged[row],
        "effects": {program.lines[line].rule.steps[step].effect for line, step in bits},
    }


def agree(found):
    """The vectors of the branches that were compared; those with events have none."""
    program = found.program
    seen = observed(program, found.branches)
    scores = vector.score(program, seen.vectors)
    compared = [row for row in range(len(found.branches)) if row not in seen.odd]
    for row in compared:
        assert told_in_columns(program, scores, row) == told(pure(found, found.branches[row]))
    return {seen.vectors[row].tobytes() for row in compared}


@pytest.mark.slow
def test_columns_say_what_the_pure_evaluator_says_of_thousands_of_branches():
    """Counted are branches that differ from every other of their edition. What is drawn also depends on which
    modules are there, so rounds follow until there are enough."""
    compared = []

    @settings(max_examples=30, deadline=None, suppress_health_check=SLOW_TO_DRAW, database=None)
    @given(made(fewest=60, most=80))
    def each(found):
        compared.append(len(agree(found)))

    for round_ in range(6):
        if sum(compared) < 2000:
            seed(round_)(each)()
    assert sum(compared) >= 2000


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW_TO_DRAW)
@given(made(fewest=6, most=24))
def test_every_way_to_a_lines_points_leads_to_the_same(found):
    every_way(found)


@pytest.mark.parametrize("kind", ["marks", "ballots"])
def test_what_has_no_place_in_a_layout_closes_no_gate(kind):
    """Of a line nobody judged the vector is all zeros: no marks of nought points."""
    panel = {"name": "m", "kind": kind, "classes": [{"key": "p", "label": ""}]}
    graded = {"grades": [{"key": "g", "label": "", "score": "1"}]} if kind == "ballots" else {}
    gate = {"shape": "gate", "measure": "m", "when": {"op": "<", "value": "1"}, "effect": "fail"}
    own = line("k", "a", {"measures": [panel | graded], "steps": [gate]}, 1000, "")
    every_way(Made(Edition(ceiling=None), (own,), [{}]))


def every_way(found):
    program = found.program
    seen = observed(program, found.branches)
    rows = [row for row in range(len(found.branches)) if row not in seen.odd]
    vectors = seen.vectors[rows]
    for number in range(len(found.lines)):
        if not found.lines[number].rule.measures:
            continue
        truth = distinct(program, number, vectors, most=None)
        ways = [looked_up(program, number, vectors)]
        with suppress(Unfit):
            ways.append(worked_out(program, number, vectors))
        for way in filter(None, ways):
            gates = np.zeros(len(rows), int) if way.gates is None else way.gates
            assert way.points.tolist() == truth.points.tolist()
            assert gates.tolist() == truth.gates.tolist()


def test_all_that_a_sheet_can_say_is_known_to_the_columns():
    """A new part of a sheet, a line or an edition's options must be said in columns too, then listed here."""
    assert [f.name for f in fields(Sheet)] == [
        "lines", "chapters", "tiers", "ceiling", "options",
        # Set by an edition's composition only, and then `vector.fits` says no.
        "composition", "known", "base",
    ]  # fmt: skip
    assert [f.name for f in fields(FormulaLine)] == [
        "chapter", "key", "maximum", "outcome", "applicable", "problem", "not_applicable"
    ]  # fmt: skip
    assert [f.name for f in fields(Options)] == [
        "frequency", "rounding", "tier_rounding", "below_zero", "before_founding", "not_applicable",
        "clause_step", "one_problem", "restore", "quota_rounding", "many_kinds", "below_quorum",
    ]  # fmt: skip


def many(kind, rule, values):
    """A line of one measure with more values than anybody would list, and its points by the pure evaluator."""
    data = {"measures": [{"name": "m", "kind": kind}], "steps": [{"measure": "m", **rule}]}
    own = line("k", "a", data, 1000, "")
    found = Made(Edition(ceiling=None), (own,), [{"k": said(value)} for value in values])
    scores = vector.score(found.program, observed(found.program, found.branches).vectors)
    truth = [
        evaluate(own.rule, maximum=1000, values={"m": v}, options=DEFAULTS).points for v in values
    ]
    return scores, truth


def said(value):
    return Standing("self", "single", True, {"m": value})


AREAS = [write_amount(Fraction(n * 317, 1000)) for n in range(MOST_DISTINCT + 50)]
SHARES = [{"part": n % 977, "whole": 1 + n // 7} for n in range(MOST_DISTINCT + 50)]
BANDS = [
    {"from": "90", "points": "5"},
    {"from": "60.5", "points": "3"},
    {"from": "10", "points": "1"},
]


@pytest.mark.parametrize(
    ("kind", "rule", "values"),
    [
        ("value", {"shape": "step", "unit": "0.5", "target": "800", "direction": "below", "each": "20", "rounding": "ceil"}, AREAS),
        ("value", {"shape": "step", "unit": "0.3", "target": "800", "both_ways": True, "each": "7", "rounding": "exact", "cap": "4"}, AREAS),
        ("ratio", {"shape": "step", "unit": "1", "target": "80", "direction": "below", "each": "10", "rounding": "floor"}, SHARES),
        ("ratio", {"shape": "bands", "bands": BANDS}, SHARES),
    ],
)  # fmt: skip
def test_a_line_of_many_values_is_worked_out_in_whole_numbers(kind, rule, values):
    scores, truth = many(kind, rule, values)
    assert (scores.points[:, 0].tolist(), scores.by_hand) == (truth, ())
    assert len(set(truth)) > 2


def test_a_share_in_proportion_is_left_to_the_pure_evaluator_and_said_so():
    rule = {"shape": "step", "unit": "1", "target": "80", "direction": "below", "rounding": "exact"}
    scores, truth = many("ratio", rule, SHARES)
    assert (scores.points[:, 0].tolist(), scores.by_hand) == (truth, ("k",))
