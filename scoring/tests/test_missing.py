"""What is missing to a tier: the cases worked out by hand, and every small sheet against brute force."""

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.formula import compose
from scoring.mending import cleared, items, mended
from scoring.missing import Barrier, missing, reached, target_of
from scoring.tests.composing import load, read_case


@pytest.mark.parametrize("case", load("gaps"))
def test_gap_gives_what_was_worked_out_by_hand(case):
    sheet = read_case(case)
    path = missing(sheet, mandatory=case.get("mandatory", ()))
    found = {
        "target": path.target,
        "short": path.short,
        "steps": [[item.key, item.lost] for item in path.steps],
        "barriers": [barrier.kind for barrier in path.barriers],
        "reachable": path.reachable,
    }
    assert found == {"barriers": [], "reachable": True} | case["expected"]


def test_a_problem_on_two_lines_is_one_step_that_names_both():
    case = next(p.values[0] for p in load("gaps") if p.values[0]["id"] == "gap-15")
    assert missing(read_case(case)).steps[0].keys == ("a1", "b1")


POINTS = st.sampled_from([0, 100, 250, 500, 750, 900, 1000, None])
CHAPTERS = ("a", "b", "c")
GATES = st.sampled_from([["fail", None], ["cap_tier", "good"], ["cap_tier", "fair"],
                         ["zero_group", "a"], ["not_graded", None], ["force_tier", "fair"]])  # fmt: skip


@st.composite
def plans(draw):
    """A composition over the chapters a, b, c of at most 40 points."""
    plan = {}
    if draw(st.booleans()):
        plan["clamps"] = [{"chapter": "a", "ceiling": draw(st.sampled_from(["5", "12.5", "20"]))}]
    way = draw(st.sampled_from(["floors", "floors", "components", "sheets", "stars"]))
    if way == "components":
        plan["components"] = [
            {"key": "one", "weight": "70", "from": "chapters", "chapters": ["a", "b"]},
            {"key": "two", "weight": "30", "from": "chapters", "chapters": ["c"]},
        ]
    if way == "sheets":
        plan["sheets"] = [
            {"key": "low", "chapters": ["a"], "pass": "15", "tiers": ["excellent", "good"]},
            {"key": "top", "chapters": ["b", "c"], "pass": "20", "tiers": ["excellent"]},
        ]
    if way == "stars":
        plan["stars"] = {
            "line": "80",
            "tiers": [{"tier": "excellent", "stars": 3}, {"tier": "good", "stars": 2}],
        }
    if draw(st.booleans()):
        plan["bonus"] = {"base": draw(st.sampled_from(["20", "40", "60"])), "cap": "4"}
    kind = draw(st.sampled_from([None, None, "clause", "chapter", "fact"]))
    tier = draw(st.sampled_from(["excellent", "good"]))
    if kind:
        rest = {
            "clause": {"clause": "a1"},
            "chapter": {"chapter": "b", "least": "8"},
            "fact": {"fact": "innovations", "op": ">=", "value": 1},
        }[kind]
        plan["conditions"] = [{"tier": tier, "from": kind, **rest}]
    if draw(st.booleans()):
        plan["history"] = {"unsolved": "2"}
    return plan


@st.composite
def small_cases(draw):
    """At most eight lines of 10 points in three chapters, gates, problems, bonus."""
    sizes = [draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 2))]
    lines = {
        chapter: [
            [f"{chapter}{n}", 1000, draw(POINTS if draw(st.integers(0, 5)) else st.just("n/a"))]
            for n in range(1, size + 1)
        ]
        for chapter, size in zip(CHAPTERS, sizes, strict=True)
    }
    whole = 1000 * sum(sizes)
    scale = [9, 8, 6, 0]
    case = {
        "lines": lines,
        "composition": draw(plans()),
        "base": whole,
        "ceiling": whole,
        "tiers": [
            {"key": key, "floor": whole * part // 10, "passes": part >= 8}
            for key, part in zip(("excellent", "good", "fair", "poor"), scale, strict=True)
        ],
        "options": {
            "tier_rounding": draw(st.sampled_from(["none", "integer"])),
            "one_problem": draw(st.sampled_from(["once", "twice"])),
        },
        "unsolved": ["a1", "b1"],
    }
    if not draw(st.integers(0, 3)):
        case["gates"] = {"a1": [draw(GATES)], "c1": [draw(GATES)]}
    if draw(st.booleans()):
        case["problems"] = {"a1": "p", "b1": "p"}
    if draw(st.booleans()):
        case["bonuses"] = {"b1": [["award", draw(st.sampled_from([100, 300, -200]))]]}
    return case


def parts_of(path):
    return [*path.steps, *path.barriers]


def applied(sheet, parts):
    barriers = [part for part in parts if isinstance(part, Barrier)]
    return mended(cleared(sheet, barriers), [p for p in parts if p not in barriers])


@settings(max_examples=200, deadline=None)
@given(small_cases())
def test_the_whole_path_reaches_the_target_and_no_part_of_it_can_be_left_out(case):
    sheet = read_case(case)
    path = missing(sheet, mandatory=("a2", "b1"))
    if path.target is None or not path.reachable:
        return
    place = target_of(sheet, compose(sheet))
    parts = parts_of(path)
    assert reached(applied(sheet, parts), place)
    for index in range(len(parts)):
        assert not reached(applied(sheet, parts[:index] + parts[index + 1 :]), place)


def fewest(sheet, place):
    """Brute force: the size of the smallest set of lines and cleared gates that reaches the place."""
    composed = compose(sheet)
    barriers = dict.fromkeys(
        Barrier(g.effect, g.chapter if g.effect == "zero_group" else g.tier) for g in composed.gates
    )
    facts = [Barrier(r.kind, r.name) for r in sheet.composition.conditions if r.kind == "fact"]
    offered = [*items(sheet, composed, mandatory=()), *barriers, *facts]
    offered = list(dict.fromkeys(offered))
    sets = chain.from_iterable(combinations(offered, n) for n in range(len(offered) + 1))
    return next((len(each) for each in sets if reached(applied(sheet, each), place)), None)


@settings(max_examples=150, deadline=None)
@given(small_cases())
def test_the_path_is_as_short_as_brute_force_finds(case):
    sheet = read_case(case)
    path = missing(sheet)
    place = target_of(sheet, compose(sheet))
    if place is None:
        assert parts_of(path) == []
        return
    best = fewest(sheet, place)
    assert path.reachable == (best is not None)
    if best is not None:
        assert path.count == best
