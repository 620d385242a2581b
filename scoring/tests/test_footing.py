"""A result completed from columns is the one completed clause by clause, whatever composition stands above it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from inspections.models import Assessment
from scoring.footing import Part, footings_of, points_of
from scoring.formula import compose
from scoring.observing import observed
from scoring.sums import Known, Last
from scoring.tallies import composition, outcomes_of
from scoring.tests.editions_made import CHAPTERS, TIERS, Made, made
from scoring.vector import fits

SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]
SOME_POINTS = st.sampled_from(["-5", "0", "4", "12.5", "30"])
BOUNDS = (
    {"floor": "-5"}, {"floor": "4"}, {"ceiling": "0"}, {"ceiling": "12.5"}, {"floor": "1", "ceiling": "10"},
)  # fmt: skip
PARTS = {
    "clamps": st.tuples(st.sampled_from(CHAPTERS), st.sampled_from(BOUNDS)).map(
        lambda drawn: [{"chapter": drawn[0]} | drawn[1]]
    ),
    "components": st.just(
        [
            {"key": "one", "weight": "60", "from": "chapters", "chapters": ["a", "b"]},
            {"key": "two", "weight": "25", "from": "figure", "figure": "survey"},
            {"key": "three", "weight": "15", "from": "source", "source": "self"},
        ]
    ),
    "extra": st.just([{"key": "x", "form": "rank", "figure": "income", "points": "6", "step": "1"}]),
    "history": st.fixed_dictionaries(
        {},
        optional={
            "improvement": st.just({"each": "5", "points": "1", "cap": "2"}),
            "climb": st.integers(1, 2),
        },
    ),
    "stars": st.just({"line": "60", "tiers": [{"tier": TIERS[0], "stars": 2}]}),
    "conditions": st.lists(
        st.sampled_from(
            [
                {"tier": TIERS[0], "from": "clause", "clause": "k0"},
                {"tier": TIERS[1], "from": "chapter", "chapter": "b", "least": "8"},
                {"tier": TIERS[0], "from": "fact", "fact": "members", "op": ">=", "value": 7},
                {"tier": TIERS[0], "from": "total", "source": "self", "least": "20"},
                {"tier": TIERS[1], "from": "figure", "figure": "survey", "least": "50"},
            ]
        ),
        max_size=3,
    ),
    "bonus": st.fixed_dictionaries(
        {}, optional={"base": SOME_POINTS.filter(lambda n: n[0] != "-"), "cap": st.just("4")}
    ),
}  # fmt: skip


@st.composite
def known(draw):
    """What is not there is not known yet."""
    found = {}
    if draw(st.booleans()):
        found["figures"] = {"survey": Fraction(draw(st.integers(0, 120)))}
    if draw(st.booleans()):
        found["totals"] = {"self": draw(st.integers(0, 11_000))}
    if draw(st.booleans()):
        found["facts"] = {"members": draw(st.integers(0, 12))}
    if draw(st.booleans()):
        found["last"] = Last(draw(st.integers(0, 10_000)), draw(st.sampled_from(["", *TIERS])))
    if draw(st.booleans()):
        found["extra"] = {"x": draw(st.integers(-300, 600))}
    return Known(**found)


@st.composite
def plans(draw):
    parts = draw(st.sets(st.sampled_from(sorted(PARTS)), min_size=1))
    return {part: draw(PARTS[part]) for part in sorted(parts)}


def by_hand(found: Made, standings, asked: Known):
    outcomes = outcomes_of(found.lines, standings, found.edition)
    return compose(composition(found.edition, found.lines, standings, outcomes, known=asked))


def compared(found: Made, plan, asked: Known) -> int:
    """How many branches of the edition have been compared; those with events have no row."""
    found.edition.composition = plan
    program = found.program
    assert fits(program) or not program.packs
    seen = observed(program, found.branches)
    rows = [Assessment(pk=n) for n in range(len(found.branches))]
    footings = footings_of([Part(program, rows, seen.vectors)])
    whole = [n for n in range(len(rows)) if n not in seen.odd]
    for n in whole:
        there = footings[n].reckon(asked).composed
        here = by_hand(found, found.branches[n], asked)
        assert replace(there, lines=tuple(there.lines)) == here
        assert there.lines[:] == here.lines and there.lines[0] == here.lines[0]
        assert dict(points_of(there.lines)) == points_of(here.lines)
    return len(whole)


@pytest.mark.slow
def test_columns_complete_as_the_pure_evaluator_does_over_thousands_of_branches():
    done = []

    @settings(max_examples=150, deadline=None, suppress_health_check=SLOW_TO_DRAW, database=None)
    @given(made(fewest=10, most=16), plans(), known())
    def each(found, plan, asked):
        done.append(compared(found, plan, asked))

    for round_ in range(4):
        if sum(done) < 2000:
            seed(round_)(each)()
    assert sum(done) >= 2000
