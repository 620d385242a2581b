"""The sentences of a result, word for word: measure, value, arithmetic and where it ends."""

import pytest

from standards.rules import options
from standards.rules.parse import parse
from standards.tests.rules_told import (
    BANDS,
    EVENTS,
    FAULT,
    FITS,
    GRUMBLED,
    JUDGE,
    OVERDUE,
    RECORD,
    SHORT,
    SURVEY,
    count,
    make,
    step,
    why,
)


@pytest.mark.parametrize(
    ("rule", "values", "zh", "en"),
    [
        (
            make(SHORT, step()),
            {"short": 2},
            ["支委会少开2次，每次扣0.5分，扣1分。", "本项满分6分，得5分。"],
            [
                "Committee meetings short: 2, 0.5 points lost for each one, 1 point lost.",
                "5 of 6 points.",
            ],
        ),
        (
            make(SHORT, step()),
            {"short": 0},
            ["支委会少开0次，不扣分。", "本项满分6分，得6分。"],
            ["Committee meetings short: 0, no change.", "6 of 6 points."],
        ),
        (
            make(SHORT, step(unit="4")),
            {"short": 2},
            [
                "支委会少开2次，每次扣4分，扣8分。",
                "扣分超过本项分值，扣完为止。",
                "本项满分6分，得0分。",
            ],
            [
                "Committee meetings short: 2, 4 points lost for each one, 8 points lost.",
                "The loss stops at 0.",
                "0 of 6 points.",
            ],
        ),
        (
            make(
                SURVEY, step(unit="1", target="80", direction="below", each="10", rounding="ceil")
            ),
            {"survey": {"part": 18, "whole": 25}},
            [
                "满意度72%（18/25），比80%低8个百分点，每10个百分点扣1分，零头按一档算，扣1分。",
                "本项满分6分，得5分。",
            ],
            [
                "Satisfaction: 72% (18 of 25), 8 percentage points below 80%, "
                "1 point lost for every 10 percentage points, the remainder counted as a whole, 1 point lost.",
                "5 of 6 points.",
            ],
        ),
        (
            make(SURVEY, BANDS),
            {"survey": {"part": 17, "whole": 20}},
            ["满意度85%（17/20），属于80%—89%一档，得3分。", "本项满分6分，得3分。"],
            [
                "Satisfaction: 85% (17 of 20), in the band 80% to under 90%, 3 points.",
                "3 of 6 points.",
            ],
        ),
        (
            make(RECORD, {"shape": "parts", "missing": "0.5"}),
            {"record": ["date"]},
            ["会议记录缺：地点、表决，共2项，每项扣0.5分，扣1分。", "本项满分6分，得5分。"],
            [
                "Minutes: missing place, vote (2), 0.5 points lost each, 1 point lost.",
                "5 of 6 points.",
            ],
        ),
        (
            make(JUDGE, {"shape": "judged", "low": "-3", "high": "0"}),
            {"judge": {"points": "-1.5", "reason": "两件实事没有办成"}},
            ["为民办实事：扣1.5分（理由：两件实事没有办成）。", "本项满分6分，得4.5分。"],
            ["Practical deeds: 1.5 points lost, because “两件实事没有办成”.", "4.5 of 6 points."],
        ),
        (
            make(OVERDUE, {"shape": "zero_if", "when": {"op": ">", "value": "0"}}),
            {"days": 31},
            ["换届逾期31天，属于换届逾期1天及以上的情形，本项不得分。", "本项满分6分，得0分。"],
            ["Days overdue: 31, so this clause gives no points.", "0 of 6 points."],
        ),
        (
            make(GRUMBLED, FAULT),
            {"grumbled": True},
            ["有“群众有意见”情形，扣1分。", "本项满分6分，得5分。"],
            ["People complain: yes, 1 point lost.", "5 of 6 points."],
        ),
        (
            make(GRUMBLED, FAULT),
            {"grumbled": False},
            ["没有“群众有意见”情形，不扣分。", "本项满分6分，得6分。"],
            ["People complain: no, no change.", "6 of 6 points."],
        ),
        (
            make(FITS, {"shape": "binary"}),
            {},
            ["“支部设置符合规定”尚未填报，本项暂不计分。"],
            ["Not judged yet: “The set-up is in order” not answered."],
        ),
        (
            make(OVERDUE, {"shape": "zero_if", "when": {"op": ">", "value": "0"}}),
            {"days": 0},
            ["没有应扣分的情形。", "本项满分6分，得6分。"],
            ["Nothing found that takes points.", "6 of 6 points."],
        ),
        (
            make(EVENTS, {"shape": "adjust", "table": {"city": "1"}, "inside": True}, over="1"),
            {"events": [{"key": "a", "level": "city"}]},
            ["受表彰：市级加1分，共加1分。", "本项满分6分，得7分。"],
            ["Commendations: city +1, together 1 point gained.", "7 of 6 points."],
        ),
    ],
)
def test_an_account_names_measure_value_and_arithmetic(rule, values, zh, en):
    assert (why(rule, **values), why(rule, "en", **values)) == (zh, en)


def test_a_veto_and_an_entry_on_the_total_close_the_account():
    rule = make(
        [FITS, EVENTS],
        {"shape": "gate", "when": {"is": False}, "effect": "fail", "label": "设置造假"},
        {"shape": "adjust", "measure": "events", "table": {"city": "-2"}},
    )
    values = {"fits": False, "events": [{"key": "2026-3号通报", "level": "city"}]}
    assert why(rule, maximum=0, **values) == [
        "未达到“支部设置符合规定”要求（设置造假），一票否决，不得评为达标。",
        "市级（2026-3号通报），总分扣2分。",
    ]


def test_the_rounding_of_the_edition_is_told():
    halves = options.from_dict({"clause_step": "0.5"})
    assert why(make(SHORT, step(unit="0.2")), edition=halves, short=2) == [
        "支委会少开2次，每次扣0.2分，扣0.4分。",
        "按计分单位取整为5.5分。",
        "本项满分6分，得5.5分。",
    ]


def test_a_ceiling_reached_is_told():
    rule = make(count("获奖次数"), step(unit="5", credit=True), over="2")
    assert why(rule, n=1) == [
        "获奖1次，每次加5分，加5分。",
        "以8分为限，超出部分不计。",
        "本项满分6分，得8分。",
    ]


def test_a_hair_below_the_target_is_not_told_as_reaching_it():
    rule = make(SURVEY, step(unit="1", target="90", direction="below", rounding="ceil"))
    assert why(rule, survey={"part": 899999, "whole": 1000000}) == [
        "满意度90%（899999/1000000），比90%低0.01个百分点，每个百分点扣1分，零头按一档算，扣1分。",
        "本项满分6分，得5分。",
    ]


def test_of_two_conditions_on_one_measure_the_one_that_holds_is_told():
    days = [
        {"shape": "zero_if", "when": {"op": op, "value": bound}}
        for op, bound in ((">", "90"), ("<", "5"))
    ]
    assert (
        why(make(OVERDUE, *days), days=3)[0]
        == "换届逾期3天，属于换届逾期天数低于5天的情形，本项不得分。"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_panel_that_gave_no_marks_is_left_out_of_the_reason(lang):
    panel = {"name": "panel", "kind": "marks", "label": "评委评分", "classes": [{"key": "all"}]}
    either = {
        "any": [{"measure": "fits", "is": False}, {"measure": "panel", "op": "<", "value": "60"}]
    }
    rule = parse({"measures": [FITS, panel], "steps": [{"shape": "zero_if", "when": either}]})
    said = why(rule, lang, fits=False, panel={})[0]
    assert said.startswith(
        {"zh": "支部设置符合规定：否，属于", "en": "The set-up is in order: no, so"}[lang]
    )
