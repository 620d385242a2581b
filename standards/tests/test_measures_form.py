import pytest
from django.template.loader import render_to_string
from django.utils import translation

from standards.conform import conforming
from standards.example import example_data
from standards.measures_form import (
    buttons,
    default_shortfall,
    is_conforming,
    questions,
    read,
)
from standards.measures_read import encode
from standards.models import Chapter, Clause
from standards.rules.observe import check_value
from standards.sheets import line as line_of
from standards.shortfalls import cost
from standards.tests.lines import make_line, measure, parts

MEETINGS = make_line(
    measures=[measure("short", "count", label="支委会少开次数")],
    steps=[{"shape": "step", "measure": "short", "unit": "0.5"}],
)
RESERVE = make_line(
    measures=[measure("reserve", "count", label="后备力量人数")],
    steps=[
        {"shape": "step", "measure": "reserve", "unit": "1", "target": "2", "direction": "below"}
    ],
)
RECORD = make_line(
    measures=[
        measure("copied", "flag", label="照抄照搬", label_en="Copied"),
        measure("elements", "parts", parts=parts("date", "names", "votes")),
    ],
    steps=[
        {"shape": "zero_if", "measure": "copied", "when": {"is": True}},
        {"shape": "parts", "measure": "elements", "missing": "0.5"},
    ],
)
SHARE = make_line(
    measures=[measure("votes", "ratio", label="满意票数与收回票数")],
    steps=[
        {
            "shape": "bands",
            "measure": "votes",
            "bands": [{"from": "90", "points": "6"}, {"from": "80", "points": "3"}],
        }
    ],
)
JUDGED = make_line(
    measures=[measure("taken", "points", label="评判扣分")],
    steps=[{"shape": "judged", "measure": "taken", "low": "-3", "high": "0"}],
)
GRADED = make_line(
    measures=[
        measure("grade", "grade", grades=parts("good", "fair", "poor")),
        measure("given", "points"),
    ],
    steps=[
        {
            "shape": "bands",
            "measure": "grade",
            "judge": "given",
            "bands": [
                {"is": "good", "points": ["5", "6"]},
                {"is": "fair", "points": ["3", "4"]},
                {"is": "poor", "points": "0"},
            ],
        }
    ],
)
AWARDS = make_line(
    maximum=0,
    measures=[measure("blame", "events")],
    steps=[{"shape": "adjust", "measure": "blame", "table": {"city": "-2", "county": "-1"}}],
)
AREA = make_line(
    measures=[measure("area", "value")],
    steps=[
        {
            "shape": "step",
            "measure": "area",
            "unit": "1",
            "target": "50",
            "direction": "below",
            "each": "10",
        }
    ],
)
EVERY = [MEETINGS, RESERVE, RECORD, SHARE, JUDGED, GRADED, AWARDS, AREA]


def example_lines():
    for item in example_data()["clauses"]:
        clause = Clause(key=item["key"], rule=item["rule"], chapter=Chapter(key="c"))
        amount = max(float(points) for points in item["points"].values())
        yield line_of(clause, round(amount * 100))


@pytest.mark.parametrize(
    ("line", "lang", "labels"),
    [
        (MEETINGS, "zh", [("少开1次", 50), ("少开2次", 100), ("少开3次", 150)]),
        (MEETINGS, "en", [("1", 50), ("2", 100), ("3", 150)]),
        (RESERVE, "en", [("Short by 1", 100), ("Short by 2", 200)]),
        (
            RECORD,
            "en",
            [("This is the case", 600), ("part date", 50), ("part names", 50), ("part votes", 50)],
        ),
        (GRADED, "en", [("part good", 0), ("part fair", 200), ("part poor", 600)]),
        (SHARE, "en", []),
    ],
)
def test_the_buttons_offer_the_natural_exceptions_with_their_cost(line, lang, labels):
    assert [(button.label, button.lost) for button in buttons(line, lang)] == labels


@pytest.mark.parametrize("line", EVERY)
def test_a_form_left_alone_conforms(line):
    values, errors = read(line, {})
    assert (is_conforming(line, values), errors) == (True, {})


@pytest.mark.parametrize(
    ("line", "post", "values"),
    [
        (MEETINGS, {"short": ["2"]}, {"short": 2}),
        (MEETINGS, {"short": ["1"], "short__other": ["５"]}, {"short": 5}),
        (RESERVE, {"reserve": ["1"]}, {"reserve": 1}),
        (RECORD, {"copied": ["1"]}, {"copied": True, "elements": ["date", "names", "votes"]}),
        (RECORD, {"elements": ["names"]}, {"copied": False, "elements": ["date", "votes"]}),
        (
            SHARE,
            {"votes__part": ["17"], "votes__whole": ["20"]},
            {"votes": {"part": 17, "whole": 20}},
        ),
        (
            JUDGED,
            {"taken__points": ["1.5"], "taken__reason": [" 工作一般 "]},
            {"taken": {"points": "-1.5", "reason": "工作一般"}},
        ),
        (
            JUDGED,
            {"taken__points": ["－1．5"], "taken__reason": ["工作一般"]},
            {"taken": {"points": "-1.5", "reason": "工作一般"}},
        ),
        (
            GRADED,
            {"grade": ["fair"], "given__points": ["3.5"], "given__reason": ["尚可"]},
            {"grade": "fair", "given": {"points": "3.5", "reason": "尚可"}},
        ),
        (
            AWARDS,
            {"blame__key": ["通报〔2026〕1号", ""], "blame__level": ["city", ""]},
            {"blame": [{"key": "通报〔2026〕1号", "level": "city", "count": 1}]},
        ),
        (AREA, {"area": ["45.5"]}, {"area": "45.5"}),
    ],
)
def test_what_was_pressed_is_read_into_checked_values(line, post, values):
    assert read(line, post) == (values, {})


def test_a_prefix_keeps_two_clauses_of_one_form_apart():
    post = {"a-short": ["1"], "b-short": ["2"]}
    assert [read(MEETINGS, post, prefix)[0]["short"] for prefix in ("a-", "b-")] == [1, 2]


@pytest.mark.parametrize(
    ("line", "post", "name", "sentence"),
    [
        (MEETINGS, {"short__other": ["两"]}, "short", "Give a whole number, 0 or more."),
        (SHARE, {"votes__part": ["3"]}, "votes", "Give a whole number, 0 or more."),
        (SHARE, {"votes__part": ["0"], "votes__whole": ["0"]}, "votes", "The whole must be more than 0."),
        (JUDGED, {"taken__points": ["1"]}, "taken", "Points given by a person need a reason."),
        (
            JUDGED,
            {"taken__points": ["4"], "taken__reason": ["差"]},
            "taken",
            "The points taken off must lie within 0 to 3.",
        ),
        (JUDGED, {"taken__points": ["1"], "taken__reason": ["\x00\ud800"]}, "taken",
         "Some characters cannot be kept; type the text again."),
        (GRADED, {"grade": ["fair"]}, "given", "In this band the points lie within 3 to 4."),
        (GRADED, {"grade": ["odd"]}, "grade", "Choose one of the listed grades."),
        (RECORD, {"elements": ["odd"]}, "elements", "Tick listed parts only."),
        (AREA, {"area": ["1e3"]}, "area", "Give a number such as 12 or 12.5."),
        (AWARDS, {"blame__key": ["甲"], "blame__level": [""]}, "blame",
         "The key and level of an event cannot be empty."),
    ],
)  # fmt: skip
def test_a_wrong_input_is_named_and_gives_no_value(line, post, name, sentence):
    with translation.override("en"):
        values, errors = read(line, post)
    assert (errors, name in values) == ({name: sentence}, False)


def test_errors_speak_the_readers_language():
    with translation.override("zh-hans"):
        assert read(MEETINGS, {"short__other": ["x"]})[1] == {"short": "请填不小于0的整数。"}


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        (MEETINGS, {"short": 1}),
        (RESERVE, {"reserve": 1}),
        (RECORD, {"elements": ["names", "votes"]}),
        (SHARE, {"votes": {"part": 8000, "whole": 10000}}),
        (JUDGED, {"taken": {"points": "-0.5", "reason": "见问题记录"}}),
        (GRADED, {"grade": "fair", "given": {"points": "4", "reason": "见问题记录"}}),
        (AREA, {"area": "40"}),
        (AWARDS, {"blame": [{"key": "见问题记录", "level": "county", "count": 1}]}),
    ],
)
def test_the_default_shortfall_is_the_mildest_exception(line, changed):
    assert default_shortfall(line) == conforming(line.rule) | changed


def test_every_clause_of_the_example_with_points_loses_some_by_default():
    costs = [
        cost(line, default_shortfall(line))
        for line in example_lines()
        if line.typed and line.maximum
    ]
    assert min(costs) > 0


def test_every_default_shortfall_of_the_example_is_a_checked_value():
    for line in example_lines():
        for name, value in default_shortfall(line).items():
            assert check_value(line.rule.measure(name), value) == value


@pytest.mark.parametrize("line", EVERY)
def test_stored_values_come_back_through_the_inputs(line):
    values = default_shortfall(line)
    assert read(line, encode(line, values, prefix="x-"), "x-") == (values, {})


def test_stored_values_show_as_pressed():
    asked = questions(RECORD, "en", values={"copied": False, "elements": ["date", "votes"]})
    pressed = [button.value for question in asked for button in question.buttons if button.checked]
    assert pressed == ["names"]


def test_a_guard_is_marked_and_asks_whether_it_is_the_case():
    asked = questions(RECORD, "en")
    shown = [(question.label, question.is_guard, question.control) for question in asked]
    assert shown == [("Copied", True, "tick"), ("Item", False, "tick")]


def test_a_fault_is_asked_as_a_yes_or_no_and_costs_its_points():
    fault = make_line(
        measures=[{"name": "grumbled", "kind": "flag", "label": "群众有意见"}],
        steps=[{"shape": "binary", "measure": "grumbled", "points": "1", "fault": True}],
    )
    (question,) = questions(fault, "zh")
    (button,) = question.buttons
    assert (question.is_guard, button.label, button.lost) == (True, "有此情形", 100)
    assert read(fault, {"x-grumbled": ["1"]}, "x-") == ({"grumbled": True}, {})


@pytest.mark.parametrize("line", EVERY)
def test_the_template_renders_every_input_that_is_read(line):
    post = encode(line, default_shortfall(line), prefix="p-")
    page = render_to_string(
        "standards/measures.html", {"questions": questions(line, "zh", prefix="p-", post=post)}
    )
    assert [name for name in post if f'name="{name}"' not in page] == []


def test_the_template_shows_the_error_beside_its_question():
    asked = questions(MEETINGS, "zh", post={"short__other": ["x"]}, errors={"short": "请填整数。"})
    page = render_to_string("standards/measures.html", {"questions": asked})
    assert page.count("请填整数。") == 1 and 'value="x"' in page


VOTED = make_line(
    measures=[
        measure(
            "vote",
            "ballots",
            label="民主测评",
            grades=[{"key": "good", "label": "好", "score": "100"}, {"key": "poor", "score": "0"}],
            classes=[{"key": "members", "label": "党员"}, {"key": "public", "label": "群众"}],
        )
    ],
    steps=[{"shape": "curve", "measure": "vote", "knots": [{"at": "0", "points": "0"}, {"at": "100", "points": "6"}]}],
)  # fmt: skip
MARKED = make_line(
    measures=[measure("marks", "marks", label="评委评分", classes=[{"key": "judges", "label": "评委"}])],
    steps=[{"shape": "step", "measure": "marks", "unit": "1", "target": "90", "direction": "below"}],
)  # fmt: skip
GUARDED = make_line(
    measures=[measure("short", "count", label="少开次数"), measure("record", "flag", label="有记录")],
    steps=[
        {"shape": "step", "measure": "short", "unit": "1"},
        {"shape": "zero_if", "when": {"any": [{"measure": "short", "op": ">=", "value": "3"}, {"measure": "record", "is": False}]}},
    ],
)  # fmt: skip


@pytest.mark.parametrize("made", [VOTED, MARKED, GUARDED])
def test_one_tap_of_conforming_gives_full_points_for_the_newer_shapes(made):
    assert cost(made, conforming(made.rule)) == 0


def test_votes_and_marks_are_typed_class_by_class_and_come_back():
    votes = {"members": {"good": 8, "poor": 2}, "public": {"good": 10}}
    assert read(VOTED, encode(VOTED, {"vote": votes})) == ({"vote": votes}, {})
    post = {"marks__of_judges": ["90，88 86.5"]}
    assert read(MARKED, post) == ({"marks": {"judges": ["90", "88", "86.5"]}}, {})
    assert [box.label for box in questions(VOTED, "zh")[0].boxes] == [
        "党员“好”票数", "党员“poor”票数", "群众“好”票数", "群众“poor”票数",
    ]  # fmt: skip


def test_a_mark_that_is_no_number_is_told():
    values, errors = read(MARKED, {"marks__of_judges": ["优"]})
    assert (values, list(errors)) == ({}, ["marks"])


def test_a_guard_of_several_conditions_offers_its_own_shortfalls():
    assert [b.value for b in buttons(GUARDED, "zh")] == ["1", "2", "3", "1"]
    assert default_shortfall(GUARDED)["short"] == 1
