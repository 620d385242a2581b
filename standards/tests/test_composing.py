"""The composition of an edition as JSON and in words; what it refuses. What it computes: scoring/tests."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.composing import fit
from standards.composing.describe import describe
from standards.composing.parse import RuleError, parse, to_json
from standards.composing.shapes import EMPTY

CASES = Path(__file__).parents[2] / "scoring" / "tests" / "cases"
PLANS = [
    case["composition"]
    for name in ("composing", "gaps")
    for case in json.loads((CASES / f"{name}.json").read_text())
    if case.get("composition")
]
WHOLE = {
    "figures": [{"key": "survey", "label": "群众满意度", "label_en": "Satisfaction"}, {"key": "income", "label": "集体收入"}],
    "clamps": [{"chapter": "a", "floor": "0", "ceiling": "50"}],
    "components": [
        {"key": "daily", "label": "日常考核", "from": "chapters", "weight": "60", "chapters": ["a", "b"]},
        {"key": "people", "label": "群众评价", "from": "figure", "weight": "30", "figure": "survey"},
        {"key": "first", "label": "初验", "from": "source", "weight": "10", "source": "first_check"},
    ],
    "extra": [
        {"key": "income", "label": "集体收入", "form": "rank", "figure": "income", "points": "6", "step": "0.5"},
        {"key": "share", "label": "支部达标率", "form": "share", "figure": "branches_passing", "points": "20"},
    ],
    "bonus": {"base": "80", "cap": "5", "ceiling": "110", "groups": [{"key": "awards", "label": "表彰奖励", "clauses": ["c1"], "cap": "3"}]},
    "history": {"unsolved": "2", "improvement": {"each": "5", "points": "1", "cap": "2"}, "climb": 1, "first": "four"},
    "conditions": [
        {"tier": "five", "from": "total", "source": "self", "least": "90"},
        {"tier": "five", "from": "clause", "clause": "c1"},
        {"tier": "five", "from": "figure", "figure": "survey", "least": "85"},
    ],
    "quotas": [
        {"tier": "five", "most": "30", "within": ["committee"]},
        {"tier": "none", "least": "5"},
    ],
}  # fmt: skip
NAMES = {
    "a": "组织建设",
    "b": "组织生活",
    "five": "五星",
    "four": "四星",
    "none": "不定星级",
    "c1": "1.1",
}


def test_nothing_agreed_is_the_empty_composition():
    assert parse({}) == EMPTY
    assert to_json(EMPTY) == {}
    assert all(section.sentences == () for section in describe(EMPTY, lang="zh"))


@pytest.mark.parametrize("plan", [WHOLE, *PLANS])
def test_a_composition_written_and_read_again_is_the_same(plan):
    assert parse(to_json(parse(plan))) == parse(plan)
    assert to_json(parse(to_json(parse(plan)))) == to_json(parse(plan))


@pytest.mark.parametrize("plan", [WHOLE, *PLANS])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_agreed_section_is_said_in_both_languages(plan, lang):
    said = {s.key for s in describe(parse(plan), lang=lang, names=NAMES) if s.sentences}
    assert said == set(to_json(parse(plan)))


def test_the_whole_reads_as_an_officer_would_write_it():
    said = {s.key: list(s.sentences) for s in describe(parse(WHOLE), lang="zh", names=NAMES)}
    assert said == {
        "figures": ["另行导入：“群众满意度”、“集体收入”。"],
        "clamps": ["“组织建设”一章最低计0分，最高计50分。"],
        "components": [
            "日常考核占60%：“组织建设”、“组织生活”的得分。",
            "群众评价占30%：“群众满意度”，满分100分。",
            "初验占10%：初验得分。",
        ],
        "extra": [
            "集体收入：按“集体收入”从高到低排名，第1名得6分，每低1名少0.5分，名次并列的得分相同，扣完为止（全部一起比）。",
            "支部达标率：按“所属支部达标率”的百分比得分，满分20分。",
        ],
        "bonus": [
            "加分前得分达到80分的才能加分，扣分不受此限。",
            "表彰奖励（1.1）合计最多加3分。",
            "各项加分合计最多5分。",
            "总分最高110分。",
        ],
        "history": [
            "以前查出的问题没有整改到位的，该项扣分按2倍计算，扣完为止。",
            "得分比上次每提高5分加1分，最多加2分。",
            "逐级晋升，每次最多升1个等次；首次参评的最高评为“四星”。",
        ],
        "sheets": [],
        "stars": [],
        "conditions": [
            "评为“五星”的，还要求自评得分不低于90分。",
            "评为“五星”的，还要求1.1得满分。",
            "评为“五星”的，还要求“群众满意度”不低于85。",
        ],
        "quotas": [
            "“五星”不超过全部参评支部的30%，按上级党组织分别计算，按得分高低确定，末位同分、全部评上将超出名额的都不评，直接评定等次的不占名额，党委、党组等与党支部分别计算。",
            "“不定星级”不少于全部参评支部的5%，按得分高低确定，末位同分的一并计入，党委、党组等与党支部分别计算。",
        ],
    }


def component(**fields):
    return {"key": "x", "weight": "100", "from": "chapters", "chapters": ["a"]} | fields


@pytest.mark.parametrize(
    ("plan", "path"),
    [
        ([], "$"),
        ({"weights": []}, "$.weights"),
        ({"components": [component(weight="70")]}, "$.components"),
        ({"components": [component(chapters=[])]}, "$.components[0].chapters"),
        ({"components": [component(figure="survey")]}, "$.components[0].figure"),
        ({"components": [component(**{"from": "figure"})]}, "$.components[0].figure"),
        ({"components": [component(weight="50"), component(weight="50", key="y")]}, "$.components"),
        ({"clamps": [{"chapter": "a"}]}, "$.clamps[0]"),
        ({"clamps": [{"chapter": "a", "floor": "9", "ceiling": "8"}]}, "$.clamps[0]"),
        ({"clamps": [{"chapter": "a", "floor": "1"}] * 2}, "$.clamps"),
        ({"extra": [{"key": "x", "form": "rank", "figure": "f", "points": "9"}]}, "$.extra[0].step"),
        ({"extra": [{"key": "x", "form": "best", "figure": "f", "points": "9", "unit": "1"}]}, "$.extra[0].unit"),
        ({"bonus": {"cap": "-1"}}, "$.bonus.cap"),
        ({"history": {"unsolved": "1"}}, "$.history.unsolved"),
        ({"history": {"first": "four"}}, "$.history.first"),
        ({"history": {"climb": 0}}, "$.history.climb"),
        ({"stars": {"line": "80", "tiers": []}, "sheets": [{"key": "s", "chapters": ["a"], "pass": "80", "tiers": ["five"]}]}, "$.stars"),
        ({"conditions": [{"tier": "five", "from": "fact", "fact": "members"}]}, "$.conditions[0].op"),
        ({"conditions": [{"tier": "five", "from": "total", "source": "self"}]}, "$.conditions[0].least"),
        ({"quotas": [{"tier": "five"}]}, "$.quotas[0]"),
        ({"quotas": [{"tier": "five", "most": "30", "places": 2}]}, "$.quotas[0]"),
        ({"quotas": [{"tier": "five", "most": "130"}]}, "$.quotas[0].most"),
        ({"quotas": [{"tier": "five", "most": "30"}, {"tier": "five", "places": 2}]}, "$.quotas"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_at_its_place(plan, path):
    with pytest.raises(RuleError) as refused:
        parse(plan)
    assert path in [problem.path for problem in refused.value.problems]
    assert all(problem.zh and problem.en for problem in refused.value.problems)


def within(plan):
    problems = fit.within(
        parse(plan), chapters=["a", "b"], tiers=["five", "four", "none"], clauses=["c1"]
    )
    return [problem.zh for problem in problems]


def test_what_fits_its_edition_has_no_problem():
    assert within(WHOLE) == []


@pytest.mark.parametrize(
    ("plan", "zh"),
    [
        ({"clamps": [{"chapter": "z", "floor": "1"}]}, "没有章节“z”。"),
        ({"quotas": [{"tier": "gold", "most": "1"}]}, "没有等次“gold”。"),
        ({"conditions": [{"tier": "five", "from": "clause", "clause": "c9"}]}, "没有条目“c9”。"),
        (
            {"extra": [{"key": "x", "form": "best", "figure": "f", "points": "1"}]},
            "还有地方用到没有列出的外部数据，请先改那里或者把它列入外部数据。",
        ),
        ({"components": [component()]}, "“b”一章没有归入任何组成部分，不会计分。"),
    ],
)
def test_what_its_edition_does_not_have_is_told(plan, zh):
    assert within(plan) == [zh]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def spoiled(draw):
    """The whole composition with one of its parts replaced by anything."""
    plan = json.loads(json.dumps(WHOLE))
    part = plan
    while isinstance(part, dict | list) and part:
        key = draw(st.sampled_from(list(part) if isinstance(part, dict) else range(len(part))))
        if draw(st.booleans()):
            part[key] = draw(JSON)
            break
        part = part[key]
    return plan


@given(JSON | spoiled())
def test_any_json_is_a_composition_or_is_refused(data):
    try:
        parse(data)
    except RuleError as error:
        assert error.problems
        assert all(problem.zh and problem.en and problem.path for problem in error.problems)
