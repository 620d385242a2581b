"""The gap list and the summands of stored results, in the reader's words."""

import pytest
from django.urls import reverse
from django.utils import translation

from scoring.gap_list import gap_list
from scoring.summands import by_quota, reasons, summands
from scoring.tests.compositions import make_composed
from scoring.tests.make import result_of
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
SHORT = ({"records": {"short": 30}, "dues": {"short": 60}}, {"dues": {"short": 30}}, {"falsified": {"falsified": True}}, {})  # fmt: skip
SURVEY = {
    "figures": [{"key": "survey", "label": "群众满意度"}],
    "components": [
        {"key": "sheet", "label": "本表", "weight": "70", "from": "chapters", "chapters": ["daily", "yearly"]},
        {"key": "people", "label": "群众评价", "weight": "30", "from": "figure", "figure": "survey"},
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def listed(made, n):
    found = gap_list(result_of(made, made.all_branches[n]))
    steps = [([line.key for line in step.lines], step.lost) for step in found.steps]
    return found.headline, steps, list(found.barriers), found.note


def test_the_list_says_how_far_it_is_and_names_the_fewest_clauses():
    made = make_composed({}, failing=SHORT)
    assert listed(made, 1) == ("距“五星”差5分", [(["dues"], 1500)], [], "")
    assert listed(made, 3) == ("已是最高等次。", [], [], "")


def test_a_veto_is_named_where_the_points_suffice():
    headline, steps, barriers, _note = listed(make_composed({}, failing=SHORT), 2)
    assert (headline, steps, len(barriers)) == ("得分已达到“三星”。", [], 1)
    assert barriers[0].startswith("一票否决")


def test_a_condition_and_a_quota_are_said():
    condition = {"tier": "five", "from": "total", "source": "self", "least": "99"}
    plan = {"conditions": [condition], "quotas": [{"tier": "five", "most": "50"}]}
    made = make_composed(plan, failing=SHORT)
    _headline, steps, barriers, note = listed(made, 1)
    assert (steps, barriers) == ([(["dues"], 1500)], ["自评得分不低于99分"])
    assert note == "名额有限，最终按得分高低确定。"


def test_a_figure_that_has_not_come_is_said_and_nothing_promised():
    made = make_composed(SURVEY, failing=SHORT)
    _headline, steps, barriers, note = listed(made, 1)
    assert (steps, barriers) == ([], ["尚未取得：群众评价"])
    assert note == "仅靠补足失分，本次达不到。"


def test_the_summands_are_the_total_and_say_their_names():
    made = make_composed(SURVEY, failing=SHORT, figures=[{"survey": "90"}] * 4)
    result = result_of(made, made.branches[1])
    found = [(each.word, each.points) for each in summands(result)]
    assert found == [("本表", 5_950), ("群众评价", 2_700)]
    assert sum(amount for _word, amount in found) == result.total


def test_the_reason_of_a_tier_names_the_quota():
    made = make_composed({"quotas": [{"tier": "five", "places": 1}]}, failing=({}, {"dues": {"short": 2}}, {}, {}))  # fmt: skip
    assert reasons(result_of(made, made.branches[1])) == [
        "按得分可评“五星”；名额1个，最高分同分的超出名额、都不评，评为“四星”。"
    ]


def test_who_lost_the_best_tier_to_the_quota_is_not_told_to_have_it():
    made = make_composed({"quotas": [{"tier": "five", "places": 1}]}, failing=({}, {"dues": {"short": 2}}, {}, {}))  # fmt: skip
    assert listed(made, 1)[0] == "得分已达到最高等次，但名额已满。"


def test_rank_points_say_the_place():
    extra = {"key": "line1", "label": "得分排名", "form": "rank", "figure": "total", "points": "5", "step": "1"}  # fmt: skip
    made = make_composed({"extra": [extra], "bonus": {"ceiling": None}}, failing=SHORT)
    last = summands(result_of(made, made.branches[1]))[-1]
    assert (last.word, last.points, last.why) == ("得分排名", 300, "第3名，共4个")


def test_without_a_composition_there_are_no_summands_and_no_reasons():
    made = make_composed({})
    result = result_of(made, made.branches[0])
    assert (summands(result), reasons(result)) == ([], [])


def test_the_page_shows_how_the_total_came_about():
    made = make_composed(SURVEY, failing=SHORT, figures=[{"survey": "90"}] * 4)
    result = result_of(made, made.branches[1])
    shown = enter(made.officer).get(reverse("scoring:result", args=[result.pk])).content.decode()
    assert "群众评价" in shown
    assert "距“五星”差3.5分" in shown


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (["five", "four", "five"], "按得分可评“五星”，因名额限制评为“四星”。"),
        (["five", "four", "five", 0, 0, None], "按得分可评“五星”，因名额限制评为“四星”。"),
        (["five", "four", "five", 3, 3, 9650], "按得分可评“五星”；名额3个，评到96.5分为止，评为“四星”。"),
        (
            ["five", "four", "five", 3, 1, 9800],
            "按得分可评“五星”；名额3个，评到98分共1个，其后同分的全部评上将超出名额，评为“四星”。",
        ),
    ],
)  # fmt: skip
def test_a_quota_says_its_places_and_where_they_end(moved, said):
    assert by_quota(*moved, name={"five": "五星", "four": "四星"}.get) == said
