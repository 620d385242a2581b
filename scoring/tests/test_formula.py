"""What the acceptance cases of composition leave open."""

from fractions import Fraction

import pytest

from scoring.formula import Chapter, Line, Sheet, Tier, compose, places
from standards.rules import options
from standards.rules.outcome import Adjustment, GateHit, Outcome

TIERS = (Tier("good", 8000, True), Tier("fair", 6000, False), Tier("poor", 0, False))


def line(key, points, maximum=1000, *, chapter="a", gates=(), adjustments=(), **rest):
    entries = tuple(Adjustment(amount, name, "") for name, amount in adjustments)
    outcome = Outcome(points, gates=gates, adjustments=entries)
    return Line(chapter, key, maximum, outcome, **rest)


def sheet(*lines, **rest):
    edition = options.from_dict(rest.pop("edition", {}))
    return Sheet(lines=lines, tiers=TIERS, options=edition, **rest)


def test_a_chapter_not_stated_is_worth_its_lines():
    composed = compose(sheet(line("x", 900), line("y", 800, chapter="b")))
    assert [(chapter.key, chapter.maximum, chapter.points) for chapter in composed.chapters] == [
        ("a", 1000, 900),
        ("b", 1000, 800),
    ]


def test_a_line_without_an_outcome_is_not_judged():
    composed = compose(sheet(Line("a", "x", 1000, None), line("y", 1000)))
    assert (composed.unjudged, composed.passes, composed.tier) == (("x",), None, None)


def test_a_clause_may_overrule_how_the_edition_counts_what_does_not_apply():
    lines = [line("x", 500), line("y", None, applicable=False, not_applicable="full")]
    composed = compose(sheet(*lines, line("z", None, applicable=False)))
    assert [part.state for part in composed.lines] == ["judged", "full", "left_out"]
    assert composed.chapter("a").points == 2250


def test_gates_and_entries_of_a_line_that_does_not_apply_are_not_used():
    veto = line("x", 0, applicable=False, gates=(GateHit("fail"),), adjustments=[("a", 100)])
    composed = compose(sheet(veto, line("y", 1000), chapters=(Chapter("a", 10000),)))
    assert (composed.total, composed.passes, composed.gates) == (10000, True, ())


def test_one_event_on_two_lines_counts_once_where_it_weighs_most():
    first = line("x", 1000, adjustments=[("award", 100), ("other", 50)])
    second = line("y", 1000, adjustments=[("award", 200)])
    composed = compose(sheet(first, second))
    assert [(entry.key, entry.amount) for entry in composed.adjustments] == [
        ("other", 50),
        ("award", 200),
    ]
    assert composed.total == 2250


def test_entries_of_one_event_on_one_line_stay_together():
    late = line("x", 1000, adjustments=[("march", -10), ("march", -10)])
    assert compose(sheet(late, line("y", 1000, adjustments=[("march", -10)]))).total == 1980


def test_of_two_equal_losses_of_one_problem_the_first_stays():
    composed = compose(sheet(line("x", 800, problem="p"), line("y", 800, problem="p")))
    assert [(part.key, part.points, part.state) for part in composed.lines] == [
        ("x", 800, "judged"),
        ("y", 1000, "restored"),
    ]


def test_a_line_of_the_problem_that_lost_nothing_is_left_alone():
    composed = compose(sheet(line("x", 800, problem="p"), line("y", 1100, problem="p")))
    assert [part.points for part in composed.lines] == [800, 1100]


def test_a_tier_the_edition_does_not_have_is_passed_over():
    composed = compose(sheet(line("x", 9000, 10000, gates=(GateHit("cap_tier", tier="gold"),))))
    assert (composed.tier, composed.passes) == ("good", True)


def test_of_two_tiers_set_the_worse_holds_and_of_two_granted_the_better():
    forced = (GateHit("force_tier", tier="good"), GateHit("force_tier", tier="fair"))
    granted = (GateHit("grant_tier", tier="fair"), GateHit("grant_tier", tier="good"))
    assert compose(sheet(line("x", 9000, 10000, gates=forced))).tier == "fair"
    assert compose(sheet(line("x", 100, 10000, gates=granted))).tier == "good"


def test_without_tiers_nothing_is_proposed():
    composed = compose(Sheet(lines=(line("x", 1000),)))
    assert (composed.total, composed.tier, composed.passes) == (1000, None, None)


def test_an_empty_sheet_composes():
    composed = compose(Sheet(lines=(), tiers=TIERS))
    assert (composed.total, composed.tier, composed.passes) == (0, "poor", False)


@pytest.mark.parametrize(("rounding", "expected"), [("down", 2), ("half_up", 3), ("up", 3)])
def test_places_take_a_share_as_text_or_fraction(rounding, expected):
    assert places("0.25", 10, rounding) == expected
    assert places(Fraction(1, 4), 10, rounding) == expected
