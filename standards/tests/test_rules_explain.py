"""The sentences of a 评分细则 and of a result, word for word."""

import pytest

from standards.rules import observe, options
from standards.rules.evaluate import evaluate
from standards.rules.explain import account, describe
from standards.rules.parse import parse

SHORT = {
    "name": "short",
    "kind": "count",
    "label": "支委会少开次数",
    "label_en": "Committee meetings short",
}
SURVEY = {"name": "survey", "kind": "ratio", "label": "满意度", "label_en": "Satisfaction"}
FITS = {
    "name": "fits",
    "kind": "flag",
    "label": "支部设置符合规定",
    "label_en": "The set-up is in order",
}
OVERDUE = {"name": "days", "kind": "count", "label": "换届逾期天数", "label_en": "Days overdue"}
GRADE = {
    "name": "grade",
    "kind": "grade",
    "label": "质量等次",
    "label_en": "Quality",
    "grades": [
        {"key": "good", "label": "好", "label_en": "Good"},
        {"key": "fair", "label": "一般", "label_en": "Fair"},
        {"key": "poor", "label": "差", "label_en": "Poor"},
    ],
}
RECORD = {
    "name": "record",
    "kind": "parts",
    "label": "会议记录",
    "label_en": "Minutes",
    "parts": [
        {"key": "date", "label": "时间", "label_en": "date"},
        {"key": "place", "label": "地点", "label_en": "place"},
        {"key": "vote", "label": "表决", "label_en": "vote"},
    ],
}
JUDGE = {"name": "judge", "kind": "points", "label": "为民办实事", "label_en": "Practical deeds"}
EVENTS = {"name": "events", "kind": "events", "label": "受表彰", "label_en": "Commendations"}


def count(label):
    return {"name": "n", "kind": "count", "label": label}


def value(label):
    return {"name": "n", "kind": "value", "label": label}


def make(measure, *steps, **rest):
    measures = measure if isinstance(measure, list) else [measure]
    steps = [{"measure": measures[0]["name"], **step} for step in steps]
    return parse({"measures": measures, "steps": steps, **rest})


def step(**rest):
    return {"shape": "step", "unit": "0.5", **rest}


def told(rule, lang="zh", maximum=600, **names):
    return describe(rule, maximum=maximum, lang=lang, names=names)


def why(rule, lang="zh", maximum=600, edition=options.DEFAULTS, names=None, **values):
    clean = {name: observe.check_value(rule.measure(name), value) for name, value in values.items()}
    found = evaluate(rule, maximum=maximum, values=clean, options=edition)
    return account(rule, found, maximum=maximum, values=clean, lang=lang, names=names or {})


@pytest.mark.parametrize(
    ("rule", "zh"),
    [
        (make(SHORT, step()), "支委会每少开1次扣0.5分，扣完为止。"),
        (make(SHORT, step(cap="3")), "支委会每少开1次扣0.5分，最多扣3分。"),
        (make(SHORT, step(unit="0.125")), "支委会每少开1次扣0.125分，扣完为止。"),
        (make(SHORT, step(free="1")), "支委会少开次数超过1次的，每超1次扣0.5分，扣完为止。"),
        (make(count("没有按月交的人次"), step()), "没有按月交的，每1人次扣0.5分，扣完为止。"),
        (make(count("到期未整改的问题数"), step()), "每有1个到期未整改的问题扣0.5分，扣完为止。"),
        (make(count("获奖次数"), step(credit=True), start="zero"), "每获奖1次得0.5分，得满为止。"),
        (make(count("违纪案件数"), step()), "每有1件违纪案件扣0.5分，扣完为止。"),
        (make(count("违规报销起数"), step()), "每有1起违规报销扣0.5分，扣完为止。"),
        (make(count("示范岗缺少个数"), step()), "示范岗每缺少1个扣0.5分，扣完为止。"),
        (
            make(
                value("活动场所面积（平方米）"),
                step(target="100", direction="below", each="20", rounding="ceil"),
            ),
            "活动场所面积低于100平方米的，每低20平方米扣0.5分，不足20平方米的按20平方米算，扣完为止。",
        ),
        (
            make(value("后备力量人数"), step(target="2", direction="below")),
            "后备力量人数少于2人的，每少1人扣0.5分，扣完为止。",
        ),
        (
            make(SURVEY, step(target="80", direction="below", each="10", rounding="floor")),
            "满意度低于80%的，每低10个百分点扣0.5分，不足10个百分点的不计，扣完为止。",
        ),
        (
            make(SURVEY, step(target="30", direction="below", each="10", both_ways=True), over="3"),
            "满意度以30%为基准，每低10个百分点扣0.5分，每高10个百分点加0.5分，扣完为止。",
        ),
        (make(FITS, {"shape": "binary"}), "未达到“支部设置符合规定”要求的，不得分。"),
        (make(FITS, {"shape": "binary", "points": "1"}), "未达到“支部设置符合规定”要求的，扣1分。"),
        (make(FITS, {"shape": "binary"}, start="zero"), "达到“支部设置符合规定”要求的，得6分。"),
        (
            make(RECORD, {"shape": "parts", "missing": "0.5"}),
            "会议记录（时间、地点、表决），每缺1项要素扣0.5分，扣完为止。",
        ),
        (
            make(RECORD, {"shape": "parts", "credits": {"date": "1", "place": "0.5", "vote": "2"}}),
            "会议记录：缺“时间”扣1分，缺“地点”扣0.5分，缺“表决”扣2分，扣完为止。",
        ),
        (
            make(JUDGE, {"shape": "judged", "low": "-3", "high": "-1"}),
            "为民办实事：由检查人视情况扣1—3分，须写明理由。",
        ),
        (
            make(JUDGE, {"shape": "judged", "low": "0", "high": "6"}, start="zero"),
            "为民办实事：由检查人评分，最高6分，须写明理由。",
        ),
        (
            make(OVERDUE, {"shape": "zero_if", "when": {"op": ">", "value": "0"}}),
            "换届逾期1天及以上的，本项不得分。",
        ),
        (
            make(FITS, {"shape": "zero_if", "when": {"is": False}}),
            "未达到“支部设置符合规定”要求的，本项不得分。",
        ),
        (
            make(RECORD, {"shape": "zero_if", "when": {"missing": "vote"}}),
            "会议记录缺“表决”的，本项不得分。",
        ),
        (
            make(SURVEY, {"shape": "gate", "when": {"op": "<", "value": "80"}, "effect": "fail"}),
            "满意度低于80%的，一票否决，不得评为达标。",
        ),
    ],
)
def test_a_rule_reads_as_an_officer_writes_it(rule, zh):
    assert told(rule)[0] == zh


def test_a_clause_that_counts_up_from_zero_gives_no_points_rather_than_changing_nothing():
    rule = make(RECORD, {"shape": "parts", "missing": "2"}, start="zero")
    name = RECORD["name"]
    assert why(rule, "en", **{name: []})[0].endswith("none present, no points.")
    assert why(rule, **{name: []})[0].endswith("各要素均不具备，不得分。")


def test_a_clause_without_a_limit_says_so_and_keeps_every_addition():
    rule = make(count("受奖次数"), step(unit="2", credit=True), over=None)
    assert told(rule)[-1] == "本项加分不封顶。"
    assert told(rule, "en")[-1] == "Additions to this clause have no limit."
    assert why(rule, n=400)[-1] == "本项满分6分，得806分。"


BANDS = {"shape": "bands", "bands": [{"from": "90", "points": "5"}, {"from": "80", "points": "3"}]}
LADDER = {
    "shape": "bands",
    "as": "add",
    "bands": [{"from": "10", "points": "-2"}, {"from": "5", "points": "-1"}],
}


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (
            make(SURVEY, BANDS),
            "满意度90%及以上得5分，80%—89%得3分，80%以下不得分。",
            "Satisfaction — 90% or more: 5 points; 80% to under 90%: 3 points; under 80%: no points.",
        ),
        (
            make({**SURVEY, "label": "满意票数与收回票数"}, BANDS),
            "满意票数占收回票数的比例90%及以上得5分，80%—89%得3分，80%以下不得分。",
            "Satisfaction — 90% or more: 5 points; 80% to under 90%: 3 points; under 80%: no points.",
        ),
        (
            make({**count("问题数"), "label_en": "Faults"}, LADDER),
            "问题10个及以上扣2分，5—9个扣1分。",
            "Faults — 10 or more: 2 points lost; 5 to under 10: 1 point lost.",
        ),
        (
            make(
                GRADE,
                {
                    "shape": "bands",
                    "bands": [{"is": "good", "points": "2"}, {"is": "fair", "points": "1"}],
                },
            ),
            "质量等次：好得2分，一般得1分，其余不得分。",
            "Quality — Good: 2 points; Fair: 1 point; otherwise no points.",
        ),
    ],
)
def test_bands_name_both_ends(rule, zh, en):
    assert (told(rule), told(rule, "en")) == ([zh], [en])


def test_keys_of_tiers_chapters_and_levels_take_the_names_given():
    table = {"city": "1", "fair_work": "0.5"}
    rule = make(
        [EVENTS, FITS],
        {"shape": "adjust", "table": table, "take": "largest", "cap": "1"},
        {
            "shape": "gate",
            "measure": "fits",
            "when": {"is": False},
            "effect": "cap_tier",
            "tier": "basic",
        },
    )
    assert told(rule, maximum=0, basic="基本达标", fair_work="先进工作") == [
        "受表彰：市级加1分、先进工作加0.5分，取最高一项，不累加，最多加1分，在总分中加减。",
        "未达到“支部设置符合规定”要求的，等次不得高于“基本达标”。",
    ]


def test_what_a_clause_allows_beyond_its_points_is_said_last():
    rule = make(SHORT, step(), over="2", under="1")
    assert told(rule) == [
        "支委会每少开1次扣0.5分。",
        "本项加分后最高8分。",
        "本项可以倒扣，最多倒扣1分。",
    ]


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


def test_english_falls_back_to_the_chinese_label():
    assert told(make(count("问题数"), step()), "en") == [
        "问题数: 0.5 points lost for each one, down to zero."
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
