"""Every slip in a rule is refused with its place, in both languages, all at once."""

import pytest

from standards.rules.parse import RuleError, canonical, parse, validate

FLAG = {"name": "ok", "kind": "flag", "label": "设置规范", "label_en": "In order"}
COUNT = {"name": "short", "kind": "count", "label": "少开次数", "label_en": "Short"}
SHARE = {"name": "share", "kind": "ratio", "label": "满意度", "label_en": "Share"}
GRADE = {
    "name": "grade",
    "kind": "grade",
    "label": "质量",
    "label_en": "Quality",
    "grades": [{"key": "good", "label": "好"}, {"key": "poor", "label": "差"}],
}
PARTS = {
    "name": "record",
    "kind": "parts",
    "label": "要素",
    "label_en": "Elements",
    "parts": [{"key": "date", "label": "时间"}, {"key": "place", "label": "地点"}],
}
POINTS = {"name": "judge", "kind": "points", "label": "评分", "label_en": "Judged"}
EVENTS = {"name": "events", "kind": "events", "label": "事项", "label_en": "Events"}
ALL = [FLAG, COUNT, SHARE, GRADE, PARTS, POINTS, EVENTS]


def rule_of(*steps, **rest):
    return {"measures": ALL, "steps": list(steps), **rest}


def step(shape, measure, **rest):
    return {"shape": shape, "measure": measure, **rest}


def paths(data):
    with pytest.raises(RuleError) as caught:
        parse(data)
    return [problem.path for problem in caught.value.problems]


@pytest.mark.parametrize(
    "amount",
    [
        0.5,
        1e3,
        "1e3",
        "NaN",
        "Infinity",
        "０.5",
        "0,5",
        "+1",
        " 1",
        "1 ",
        ".5",
        "5.",
        "",
        True,
        None,
        "1_0",
        "٣",
        "0x1",
        "1\n",
        [],
        {},
        10**13,
        "0.1234567",
    ],
)
def test_an_amount_that_is_not_a_plain_decimal_is_refused(amount):
    assert paths(rule_of(step("step", "short", unit=amount))) == ["$.steps[0].unit"]


@pytest.mark.parametrize("amount", [1, "1", "0.5", "0.50", "12.125", "000.5"])
def test_a_plain_decimal_is_an_amount(amount):
    assert parse(rule_of(step("step", "short", unit=amount))).steps[0].unit > 0


@pytest.mark.parametrize("data", [None, [], "", 3, True])
def test_a_rule_that_is_not_an_object_is_refused(data):
    assert paths(data) == ["$"]


def test_all_problems_are_told_at_once_with_their_places():
    data = {
        "start": "half",
        "bonus": 1,
        "measures": [{**FLAG, "hint": "x"}, {"name": "9", "kind": "count"}, {"name": "a"}, "b"],
        "steps": [
            step("binary", "ok", points="-1"),
            step("step", "nobody", unit="1"),
            step("rank", "ok"),
            step("judged", "ok", low="0"),
        ],
        "over": "x",
    }
    assert paths(data) == [
        "$.bonus",
        "$.start",
        "$.measures[0].hint",
        "$.measures[1].name",
        "$.measures[2].kind",
        "$.measures[3]",
        "$.steps[0].points",
        "$.steps[2].shape",
        "$.steps[3].high",
        "$.over",
        "$.steps[1].measure",
    ]


@pytest.mark.parametrize(
    ("step", "path"),
    [
        (step("binary", "short"), "$.steps[0].measure"),
        (step("step", "ok", unit="1"), "$.steps[0].measure"),
        (step("step", "short", unit="0"), "$.steps[0].unit"),
        (step("step", "short", unit="1", each="0"), "$.steps[0].each"),
        (step("step", "short", unit="1", target="2", free="1"), "$.steps[0].free"),
        (step("step", "short", unit="1", both_ways=True), "$.steps[0].both_ways"),
        (step("step", "short", unit="1", rounding="up"), "$.steps[0].rounding"),
        (step("step", "short", unit="1", credit="yes"), "$.steps[0].credit"),
        (step("bands", "share", bands=[]), "$.steps[0].bands"),
        (step("bands", "share", bands=[{"points": "1"}]), "$.steps[0].bands[0]"),
        (step("bands", "share", bands=[{"is": "good", "points": "1"}]), "$.steps[0].bands[0]"),
        (step("bands", "grade", bands=[{"from": "1", "points": "1"}]), "$.steps[0].bands[0]"),
        (step("bands", "grade", bands=[{"is": "no", "points": "1"}]), "$.steps[0].bands[0].is"),
        (step("bands", "share", bands=[{"from": "1", "points": ["1", "2"]}]), "$.steps[0].judge"),
        (
            step("bands", "share", bands=[{"from": "1", "points": "1"}], judge="judge"),
            "$.steps[0].judge",
        ),
        (
            step("bands", "share", bands=[{"from": "1", "points": ["2", "1"]}]),
            "$.steps[0].bands[0].points",
        ),
        (step("parts", "record"), "$.steps[0]"),
        (step("parts", "record", missing="1", credits={"date": "1", "place": "1"}), "$.steps[0]"),
        (step("parts", "record", credits={"date": "1"}), "$.steps[0].credits"),
        (
            step("parts", "record", credits={"date": "1", "place": "1", "x": "1"}),
            "$.steps[0].credits",
        ),
        (step("judged", "judge", low="1", high="1"), "$.steps[0]"),
        (step("zero_if", "ok"), "$.steps[0].when"),
        (step("zero_if", "ok", when={"is": True, "op": "="}), "$.steps[0].when"),
        (step("zero_if", "ok", when={"is": "good"}), "$.steps[0].when"),
        (step("zero_if", "grade", when={"is": True}), "$.steps[0].when"),
        (step("zero_if", "grade", when={"is": "no"}), "$.steps[0].when.is"),
        (step("zero_if", "short", when={"op": "!=", "value": "1"}), "$.steps[0].when.op"),
        (step("zero_if", "record", when={"missing": "no"}), "$.steps[0].when.missing"),
        (step("zero_if", "record", when={"missing_count": 3}), "$.steps[0].when.missing_count"),
        (step("zero_if", "record", when={"missing_count": 0}), "$.steps[0].when.missing_count"),
        (step("gate", "ok", when={"is": True}, effect="fail", tier="good"), "$.steps[0].tier"),
        (step("gate", "ok", when={"is": True}, effect="cap_tier"), "$.steps[0].tier"),
        (step("gate", "ok", when={"is": True}, effect="zero_group"), "$.steps[0].chapter"),
        (step("gate", "ok", when={"is": True}, effect="warn"), "$.steps[0].effect"),
        (step("adjust", "events", table={}), "$.steps[0].table"),
        (step("adjust", "events", table={"city": 0.5}), "$.steps[0].table.city"),
        (step("adjust", "short", table={"city": "1"}), "$.steps[0].measure"),
    ],
)
def test_a_step_that_contradicts_itself_is_refused_at_its_place(step, path):
    assert paths(rule_of(step)) == [path]


@pytest.mark.parametrize(
    ("measure", "path"),
    [
        ({"name": "支委会", "kind": "count"}, "$.measures[0].name"),
        ({"name": "a", "kind": "text"}, "$.measures[0].kind"),
        ({"name": "a", "kind": "grade"}, "$.measures[0].grades"),
        ({"name": "a", "kind": "grade", "grades": []}, "$.measures[0].grades"),
        ({"name": "a", "kind": "count", "grades": []}, "$.measures[0].grades"),
        (
            {"name": "a", "kind": "parts", "parts": [{"key": "x"}, {"key": "x"}]},
            "$.measures[0].parts",
        ),
        ({"name": "a", "kind": "flag", "label": "两\n行"}, "$.measures[0].label"),
        ({"name": "a", "kind": "flag", "label": "\ud800"}, "$.measures[0].label"),
        ({"name": "a", "kind": "flag", "derive": {"from": "web"}}, "$.measures[0].derive"),
        (
            {"name": "a", "kind": "points", "derive": {"from": "facts", "fact": "x"}},
            "$.measures[0].derive",
        ),
    ],
)
def test_a_measure_that_cannot_be_observed_is_refused(measure, path):
    assert paths({"measures": [measure], "steps": []}) == [path]


def test_a_derived_meeting_count_must_be_a_count_and_complete():
    derive = {"from": "meetings", "kind": "committee_meeting", "per": "month", "need": 1}
    flag = {"measures": [{**FLAG, "derive": derive}], "steps": []}
    week = {"measures": [{**COUNT, "derive": {**derive, "per": "week", "need": 0}}], "steps": []}
    assert paths(flag) == ["$.measures[0].derive"]
    assert paths(week) == ["$.measures[0].derive.per", "$.measures[0].derive.need"]


def test_two_measures_of_one_name_are_refused():
    assert paths({"measures": [FLAG, FLAG], "steps": []}) == ["$.measures[0].name"]


def test_only_one_bands_step_may_set_the_points():
    bands = step("bands", "share", bands=[{"from": "90", "points": "5"}])
    assert paths(rule_of(bands, bands)) == ["$.steps[1].as"]


def test_a_problem_speaks_chinese_and_english():
    with pytest.raises(RuleError) as caught:
        parse(rule_of(step("binary", "short")))
    (problem,) = caught.value.problems
    assert problem.say("zh") == "“有无”只能用于是否；“short”的类型是次数。"
    assert problem.say("en") == "binary takes flag; “short” is a count."


def test_the_canonical_rule_leaves_out_defaults_and_shortens_amounts():
    long = {"start": "full", "over": "0.00", **rule_of(step("step", "short", unit="0.50", free=0))}
    assert canonical(long)["steps"] == [{"shape": "step", "measure": "short", "unit": "0.5"}]
    assert set(canonical(long)) == {"measures", "steps"}


def found(rule, maximum=500):
    problems = validate(parse(rule), maximum=maximum, tiers=["good"], chapters=["a"])
    return [problem.path for problem in problems]


def one(measure, *steps, **rest):
    return {"measures": [measure], "steps": list(steps), **rest}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (one(FLAG, step("binary", "ok")), []),
        (one(FLAG, step("binary", "ok", points="5.01")), ["$.steps[0].points"]),
        (one(FLAG, step("binary", "ok", points="6"), over="1"), []),
        (one(COUNT, step("step", "short", unit="1", cap="6")), ["$.steps[0].cap"]),
        (one(POINTS, step("judged", "judge", low="0", high="6")), ["$.steps[0].high"]),
        (
            one(SHARE, step("bands", "share", bands=[{"from": "1", "points": "6"}])),
            ["$.steps[0].bands[0].points"],
        ),
        (
            one(FLAG, step("gate", "ok", when={"is": True}, effect="cap_tier", tier="x")),
            ["$.steps[0].tier"],
        ),
        (
            one(FLAG, step("gate", "ok", when={"is": True}, effect="zero_group", chapter="x")),
            ["$.steps[0].chapter"],
        ),
        (one(FLAG), ["$.measures[0]", "$.steps"]),
        (one({"name": "ok", "kind": "flag"}, step("binary", "ok")), ["$.measures[0].label"]),
        (one(FLAG, step("binary", "ok", points="4"), start="zero"), ["$.steps"]),
        (one(FLAG, step("binary", "ok"), start="zero"), []),
        (one(PARTS, step("parts", "record", missing="2.5"), start="zero"), []),
        (one(COUNT, step("step", "short", unit="1", credit=True), start="zero"), []),
        (one(POINTS, step("judged", "judge", low="0", high="4"), start="zero"), ["$.steps"]),
        (one(EVENTS, step("adjust", "events", table={"city": "9"}, cap="9")), []),
    ],
)
def test_a_rule_is_measured_against_its_clause(rule, expected):
    assert found(rule) == expected


def test_a_band_after_one_that_already_holds_it_is_never_reached():
    rising = [{"from": "60", "points": "3"}, {"from": "90", "points": "5"}]
    twice = [{"is": "good", "points": "3"}, {"is": "good", "points": "5"}]
    assert found(one(SHARE, step("bands", "share", bands=rising))) == ["$.steps[0].bands[1]"]
    assert found(one(GRADE, step("bands", "grade", bands=twice))) == ["$.steps[0].bands[1]"]
