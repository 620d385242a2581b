"""The sentences of a 评分细则, word for word."""

import pytest

from standards.tests.rules_told import (
    BANDS,
    EVENTS,
    FAULT,
    FITS,
    GRADE,
    GRUMBLED,
    JUDGE,
    OVERDUE,
    RECORD,
    SHORT,
    SURVEY,
    count,
    make,
    step,
    told,
    value,
    why,
)


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
        (make(GRUMBLED, FAULT), "群众有意见的，扣1分。"),
        (make(GRUMBLED, FAULT, start="zero"), "没有“群众有意见”情形的，得1分。"),
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
        "受表彰：市级加1分、先进工作加0.5分，取最高一项，不累加，最多加1分，计入总分。",
        "未达到“支部设置符合规定”要求的，等次不得高于“基本达标”。",
    ]


def test_what_a_clause_allows_beyond_its_points_is_said_last():
    rule = make(SHORT, step(), over="2", under="1")
    assert told(rule) == [
        "支委会每少开1次扣0.5分。",
        "本项加分后最高8分。",
        "本项可以倒扣，最多倒扣1分。",
    ]


def test_english_falls_back_to_the_chinese_label():
    assert told(make(count("问题数"), step()), "en") == [
        "问题数: 0.5 points lost for each one, down to zero."
    ]
