"""Runs every acceptance case of a full composition: one sheet, quotas among peers, lines from peers."""

from fractions import Fraction

import pytest

from scoring import peers, quotas
from scoring.formula import compose
from scoring.tests.composing import load, read_case
from standards.composing.parse import parse
from standards.rules import options

FIVE = ("five", "four", "three", "none")


def told(composed):
    return {
        "chapters": {chapter.key: chapter.points for chapter in composed.chapters},
        "components": composed.of_kind("component"),
        "bonus": sum(
            term.points
            for term in composed.terms
            if term.kind == "bonus" or (term.kind, term.key) == ("cap", "bonus")
        ),
        "withheld": composed.withheld,
        "total": composed.total,
        "tier": composed.tier,
        "passes": composed.passes,
        "by_points": composed.by_points,
        "unmet": list(composed.unmet),
        "waiting": list(composed.waiting),
        "stars": composed.stars,
        "not_judged": len(composed.unjudged),
    }


@pytest.mark.parametrize("case", load("composing"))
def test_composition_gives_what_was_worked_out_by_hand(case):
    found = told(compose(read_case(case)))
    assert {key: found[key] for key in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", load("composing"))
def test_the_terms_of_every_case_add_up_to_its_total(case):
    composed = compose(read_case(case))
    assert sum(term.points for term in composed.terms) == composed.total


def read_peer(key, score, tier, fixed="", committee="", field=""):
    return quotas.Peer(key, score, tier, bool(fixed), committee, field)


@pytest.mark.parametrize("case", load("quotas"))
def test_quotas_move_whom_the_case_says(case):
    moved = quotas.assign(
        parse({"quotas": case["quotas"]}).quotas,
        FIVE,
        [read_peer(*peer) for peer in case["peers"]],
        rounding=options.from_dict(case.get("options", {})).quota_rounding,
    )
    assert {key: each.tier for key, each in moved.items()} == case["moved"]


@pytest.mark.parametrize("case", load("peers"))
def test_lines_from_the_peers_give_what_was_worked_out_by_hand(case):
    [extra] = parse({"extra": [{"key": "line", "figure": "figure", **case["extra"]}]}).extra
    figures = [
        peers.Figure(
            key,
            None if value is None else Fraction(value),
            committee=case.get("committees", {}).get(key, ""),
        )
        for key, value in case["values"].items()
    ]
    found = peers.earned(extra, figures, options.from_dict(case.get("options", {})))
    assert {key: each and each.points for key, each in found.items()} == case["expected"]
