"""What must hold of every rule and every observation, whatever they are."""

import json
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from standards.rules import explain, observe, options, outcome
from standards.rules.evaluate import evaluate
from standards.rules.notation import from_text, to_text
from standards.rules.parse import RuleError, canonical, parse, to_json, validate
from standards.rules.problems import ValueBad
from standards.tests.rules_made import EDITIONS, POSITIVE, observed, rules

MAXIMA = st.integers(0, 2000)


def clean(rule, values):
    return {name: observe.check_value(rule.measure(name), value) for name, value in values.items()}


@given(rules())
def test_a_rule_written_as_json_and_parsed_again_is_the_same(data):
    rule = parse(data)
    assert parse(to_json(rule)) == rule
    assert parse(json.loads(json.dumps(to_json(rule)))) == rule
    assert canonical(to_json(rule)) == to_json(rule)


@given(rules(), st.sampled_from(["zh", "en"]))
def test_a_rule_written_as_text_and_read_again_is_the_same(data, lang):
    assert from_text(to_text(data, lang)) == data


@given(observed(), MAXIMA, EDITIONS)
def test_points_stay_between_the_floor_and_the_ceiling(made, maximum, edition):
    rule = parse(made[0])
    found = evaluate(rule, maximum=maximum, values=clean(rule, made[1]), options=edition)
    stated = -100 * rule.under if rule.under is not None else 0
    lowest = -maximum if rule.under is None and edition.below_zero else stated
    assert found.points is None or lowest <= found.points <= maximum + 100 * rule.above


@given(observed(), MAXIMA, EDITIONS)
def test_a_clause_is_unjudged_exactly_when_something_is_missing(made, maximum, edition):
    rule = parse(made[0])
    found = evaluate(rule, maximum=maximum, values=clean(rule, made[1]), options=edition)
    assert (found.points is None) == bool(found.missing)
    assert (found.lost is None) == (found.points is None)


@given(observed(), MAXIMA, EDITIONS)
def test_an_outcome_can_be_stored_and_explained_in_both_languages(made, maximum, edition):
    rule = parse(made[0])
    values = clean(rule, made[1])
    found = evaluate(rule, maximum=maximum, values=values, options=edition)
    stored = outcome.from_dict(json.loads(json.dumps(outcome.to_dict(found))))
    assert stored == found
    for lang in ("zh", "en"):
        explain.describe(rule, maximum=maximum, lang=lang)
        explain.account(rule, stored, maximum=maximum, values=values, lang=lang)


@given(rules(), MAXIMA)
def test_every_problem_of_a_rule_in_its_clause_is_said_in_both_languages(data, maximum):
    problems = validate(parse(data), maximum=maximum, tiers=["good"], chapters=["a"])
    assert all(problem.zh and problem.en and problem.path.startswith("$") for problem in problems)


@given(
    st.lists(
        st.tuples(POSITIVE, POSITIVE, st.sampled_from(["floor", "ceil", "exact"])), min_size=1
    ),
    st.integers(0, 60),
    st.integers(1, 60),
    MAXIMA,
    EDITIONS,
)
def test_more_shortfall_never_gives_more_points(shapes, short, more, maximum, edition):
    steps = [
        {"shape": "step", "measure": "short", "unit": unit, "each": each, "rounding": rounding}
        for unit, each, rounding in shapes
    ]
    rule = parse({"measures": [{"name": "short", "kind": "count"}], "steps": steps})
    fewer, most = (
        evaluate(rule, maximum=maximum, values={"short": count}, options=edition).points
        for count in (short, short + more)
    )
    assert most <= fewer


@given(observed(), st.permutations(range(4)), EDITIONS)
def test_the_order_of_the_steps_does_not_change_the_points(made, order, edition):
    data = dict(made[0])
    steps = data["steps"]
    data["steps"] = [steps[index] for index in order if index < len(steps)]
    first, second = parse(made[0]), parse(data)
    values = clean(first, made[1])
    assert (
        evaluate(first, maximum=700, values=values, options=edition).points
        == evaluate(second, maximum=700, values=values, options=edition).points
    )


@given(observed(), EDITIONS)
def test_clause_step_keeps_whole_steps_or_a_bound(made, edition):
    rule = parse(made[0])
    found = evaluate(rule, maximum=700, values=clean(rule, made[1]), options=edition)
    step = 100 * Fraction(edition.clause_step)
    bounds = (700 + 100 * rule.above, -700, -100 * (rule.under or 0))
    assert found.points is None or found.points % step == 0 or found.points in bounds


@given(EDITIONS)
def test_options_written_and_read_again_are_the_same(edition):
    assert options.from_dict(options.to_dict(edition)) == edition


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
LINE = st.lists(
    st.sampled_from(
        [
            "计量",
            "增减",
            "分档",
            "要素",
            "档",
            "项",
            "级",
            "一票",
            "归零",
            "加减分",
            "递增",
            "折线",
            "类",
            "点",
            "条件",
            "满足=任一",
            "组=1",
            "多人评分",
            "票决",
            "a",
            "次数",
            "等级",
            "分值=1",
            "起=3",
            "得=1~2",
            "为=是",
            "值>=3",
            "缺项=x",
            "分=1",
            "名称=“甲",
            '"',
            "=",
            "#",
            "，",
        ]
    ),
    max_size=5,
).map(" ".join)


@st.composite
def spoiled(draw):
    """A rule with one of its parts replaced by anything."""
    rule = json.loads(json.dumps(draw(rules())))
    part = rule
    while draw(st.booleans()) and isinstance(part, dict | list) and part:
        key = draw(st.sampled_from(list(part) if isinstance(part, dict) else range(len(part))))
        if draw(st.booleans()):
            part[key] = draw(JSON)
            break
        part = part[key]
    return rule


def refuses_or_reads(read, data):
    try:
        read(data)
    except RuleError as error:
        assert all(problem.zh and problem.en and problem.path for problem in error.problems)
        assert error.problems


@given(JSON | spoiled())
def test_any_json_is_a_rule_or_is_refused(data):
    refuses_or_reads(parse, data)


@given(st.text() | st.lists(LINE, max_size=6).map("\n".join))
def test_any_text_is_a_rule_or_is_refused(text):
    refuses_or_reads(from_text, text)


@given(rules(), JSON)
def test_any_value_is_taken_or_refused(data, value):
    for measure in parse(data).measures:
        try:
            observe.check_value(measure, value)
        except ValueBad as bad:
            assert bad.zh
            assert bad.en
