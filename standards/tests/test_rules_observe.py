"""What may be typed, what it becomes, and how many meetings are short."""

from datetime import date

import pytest

from standards.rules import observe, options
from standards.rules.conditions import applies, check_applies
from standards.rules.evaluate import evaluate
from standards.rules.parse import parse
from standards.rules.problems import RuleError, ValueBad
from standards.rules.shapes import Choice, Measure

PARTS = (Choice("date"), Choice("place"))


def measure(kind):
    return Measure("m", kind, "计量", choices=PARTS if kind in ("grade", "parts") else ())


@pytest.mark.parametrize(
    ("kind", "typed", "clean"),
    [
        ("flag", True, True),
        ("count", 0, 0),
        ("count", 12, 12),
        ("ratio", {"part": 1, "whole": 3}, {"part": 1, "whole": 3}),
        ("ratio", {"part": 5, "whole": 4}, {"part": 5, "whole": 4}),
        ("ratio", {"part": 0, "whole": 0}, {"part": 0, "whole": 0}),
        ("value", "1.50", "1.5"),
        ("value", 3, "3"),
        ("value", "-0.0", "0"),
        ("grade", "date", "date"),
        ("parts", ["place", "date", "place"], ["date", "place"]),
        ("parts", [], []),
        ("points", {"points": "-1.50", "reason": " 迟报 "}, {"points": "-1.5", "reason": "迟报"}),
        ("events", [], []),
        (
            "events",
            [{"key": "a", "level": "city"}],
            [{"key": "a", "level": "city", "count": 1}],
        ),
    ],
)
def test_a_value_is_stored_in_one_spelling(kind, typed, clean):
    assert observe.check_value(measure(kind), typed) == clean
    assert observe.check_value(measure(kind), clean) == clean


@pytest.mark.parametrize(
    "kind", ["flag", "count", "ratio", "value", "grade", "parts", "points", "events"]
)
def test_nothing_typed_is_not_observed(kind):
    assert observe.check_value(measure(kind), None) is None


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("flag", 1),
        ("flag", "true"),
        ("count", -1),
        ("count", 1.0),
        ("count", True),
        ("count", "3"),
        ("count", 10**10),
        ("ratio", {"part": 1}),
        ("ratio", {"part": -1, "whole": 2}),
        ("ratio", [1, 2]),
        ("value", 1.5),
        ("value", "1e2"),
        ("value", "NaN"),
        ("value", "１２"),
        ("grade", "no"),
        ("grade", ["date"]),
        ("parts", "date"),
        ("parts", ["no"]),
        ("parts", [[]]),
        ("points", "1"),
        ("points", {"points": "1"}),
        ("points", {"points": "1", "reason": " "}),
        ("points", {"points": 0.5, "reason": "迟报"}),
        ("points", {"points": "1", "reason": "迟报", "by": "x"}),
        ("events", {}),
        ("events", [{"key": "a"}]),
        ("events", [{"key": " ", "level": "city"}]),
        ("events", [{"key": "a", "level": "city", "count": -1}]),
        ("events", ["a"]),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_both_languages(kind, typed):
    with pytest.raises(ValueBad) as caught:
        observe.check_value(measure(kind), typed)
    assert caught.value.say("zh").endswith("。")
    assert caught.value.say("en").endswith(".")


JUDGED = parse(
    {
        "measures": [{"name": "p", "kind": "points"}, {"name": "e", "kind": "events"}],
        "steps": [
            {"shape": "judged", "measure": "p", "low": "-3", "high": "0"},
            {"shape": "adjust", "measure": "e", "table": {"city": "1"}},
        ],
    }
)


def test_points_outside_the_range_stray_and_leave_the_clause_open():
    points = {"points": "-4", "reason": "迟报"}
    stray = observe.strays(JUDGED, JUDGED.measure("p"), points)
    found = evaluate(JUDGED, maximum=500, values={"p": points, "e": []}, options=options.DEFAULTS)
    assert stray.zh == "分值要在-3至0之间。"
    assert (found.points, found.missing) == (None, ("p",))


def test_points_that_suit_one_range_but_not_the_other_leave_the_clause_open():
    judged = {"shape": "judged", "measure": "p"}
    steps = [{**judged, "low": "-3", "high": "0"}, {**judged, "low": "1", "high": "2"}]
    rule = parse({"measures": [{"name": "p", "kind": "points"}], "steps": steps})
    values = {"p": {"points": "1", "reason": "无"}}
    found = evaluate(rule, maximum=500, values=values, options=options.DEFAULTS)
    assert (found.points, found.missing) == (None, ("p",))


def test_a_level_the_table_does_not_have_strays_and_leaves_the_clause_open():
    events = [{"key": "a", "level": "world", "count": 1}]
    points = {"points": "0", "reason": "无"}
    stray = observe.strays(JUDGED, JUDGED.measure("e"), events)
    found = evaluate(
        JUDGED, maximum=500, values={"p": points, "e": events}, options=options.DEFAULTS
    )
    assert stray.zh == "加减分表里没有“world”这一级。"
    assert (found.points, found.missing) == (None, ("e",))


def test_a_value_that_fits_does_not_stray():
    assert observe.strays(JUDGED, JUDGED.measure("p"), {"points": "-3", "reason": "无"}) is None
    assert observe.strays(JUDGED, JUDGED.measure("e"), [{"key": "a", "level": "city"}]) is None
    assert observe.strays(JUDGED, JUDGED.measure("e"), None) is None


def short(held, first, last, *, per="month", need=1, founded_on=None, **edition):
    return observe.shortfall(
        {date(year, month, 1): count for (year, month), count in held.items()},
        per=per,
        need=need,
        first=first,
        last=last,
        founded_on=founded_on,
        options=options.from_dict(edition),
    )


def test_a_period_that_has_not_ended_is_not_yet_owed():
    assert short({}, date(2026, 1, 1), date(2026, 3, 30)) == 2
    assert short({}, date(2026, 1, 1), date(2026, 3, 31)) == 3
    assert short({}, date(2026, 1, 1), date(2026, 11, 30), per="year") == 0
    assert short({}, date(2026, 1, 1), date(2026, 12, 31), per="year") == 1


def test_periods_run_from_the_first_month_across_the_turn_of_the_year():
    held = {(2025, 12): 1, (2026, 5): 1, (2026, 6): 1}
    assert short(held, date(2025, 12, 1), date(2026, 11, 30), per="quarter") == 1
    assert short(held, date(2025, 12, 1), date(2026, 11, 30), per="year", need=3) == 0


def test_a_branch_founded_after_the_last_day_owes_nothing():
    assert short({}, date(2026, 1, 1), date(2026, 12, 31), founded_on=date(2027, 1, 1)) == 0


def test_a_branch_founded_on_the_last_day_of_a_month_owes_that_month():
    assert short({}, date(2026, 1, 1), date(2026, 2, 28), founded_on=date(2026, 1, 31)) == 2
    assert short({}, date(2026, 1, 1), date(2026, 2, 28), founded_on=date(2026, 2, 1)) == 1


@pytest.mark.parametrize(
    ("condition", "facts", "holds"),
    [
        ({"fact": "x", "op": "=", "value": True}, {"x": True}, True),
        ({"fact": "x", "op": "=", "value": False}, {"x": False}, True),
        ({"fact": "x", "op": "=", "value": True}, {"x": 1}, False),
        ({"fact": "x", "op": "=", "value": "rural"}, {"x": "rural"}, True),
        ({"fact": "x", "op": ">=", "value": "0"}, {}, False),
        ({"fact": "x", "op": ">=", "value": "0"}, {"x": None}, False),
        ({"fact": "x", "op": ">", "value": "1.5"}, {"x": "1.50"}, False),
        ({"fact": "x", "op": ">", "value": "rural"}, {"x": "rural"}, False),
    ],
)
def test_a_condition_on_a_fact(condition, facts, holds):
    assert applies([condition], facts) is holds


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({}, "$"),
        ([{"fact": "x"}], "$[0]"),
        ([{"fact": "x", "op": "~", "value": "1"}], "$[0].op"),
        ([{"fact": "x", "op": ">", "value": True}], "$[0].value"),
        ([{"fact": "x", "op": "=", "value": 0.5}], "$[0].value"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_refused(data, path):
    assert [problem.path for problem in check_applies(data)] == [path]


def test_conditions_that_can_be_asked_have_no_problem():
    assert (
        check_applies(
            [{"fact": "x", "op": "=", "value": True}, {"fact": "y", "op": ">", "value": "0"}]
        )
        == []
    )


def test_options_absent_take_their_default_and_every_letter_is_asked_once():
    assert options.from_dict({}) == options.DEFAULTS
    assert "".join(question.letter for question in options.QUESTIONS) == "abcdefghijkl"
    assert [question.name for question in options.QUESTIONS] == list(
        options.to_dict(options.DEFAULTS)
    )
    assert [question.answers[0].value for question in options.QUESTIONS] == list(
        options.to_dict(options.DEFAULTS).values()
    )


def test_options_unknown_or_of_another_type_are_all_refused():
    with pytest.raises(RuleError) as caught:
        options.from_dict({"rounding": "up", "below_zero": 1, "colour": "red", "clause_step": 1})
    paths = [problem.path for problem in caught.value.problems]
    assert paths == ["$.below_zero", "$.clause_step", "$.colour", "$.rounding"]


def test_what_an_edition_answers_otherwise_can_be_printed():
    edition = options.from_dict({"rounding": "ceil"})
    (question,) = options.differences(edition)
    assert question.answer(edition.rounding).zh == "不足一档的按一档计"
