"""Two steps about one and the same thing ask one figure of whoever fills the form."""

from fractions import Fraction

import pytest

from standards.reading.phrase import read
from standards.rules.evaluate import evaluate
from standards.rules.options import DEFAULTS
from standards.rules.parse import parse


def measures(phrase):
    return [measure["label"] for measure in read(phrase, Fraction(5)).rule["measures"]]


@pytest.mark.parametrize(
    ("phrase", "label"),
    [
        ("每少一次扣0.5分，少3次以上的不得分", "少次数"),
        ("支委会每月1次，每少一次扣0.5分，少3次以上的不得分", "支委会少次数（每月1次）"),
        ("缺席1次扣0.5分，累计缺席4次及以上的不得分", "缺席次数"),
        ("满意度低于90%的，每低1%扣0.3分；低于70%的，不得分", "满意度"),
        ("未按时上缴的，每延迟1天扣0.1分；延迟30天以上的不得分", "未按时上缴延迟的天数"),
        ("换届每逾期1个月扣1分，逾期6个月以上的不得分", "换届逾期月数"),
        ("每发现1处问题扣0.5分，超过5处的不得分", "问题处数"),
        (
            "党员大会每季度1次、支委会每月1次，每少1次扣0.5分，少3次以上的不得分",
            "党员大会（每季度1次）、支委会（每月1次）少次数",
        ),
    ],
)
def test_one_figure_serves_both(phrase, label):
    assert measures(phrase) == [label]


@pytest.mark.parametrize(
    "phrase",
    [
        "每少一次扣0.5分，无记录的不得分",
        "换届每逾期1个月扣1分，逾期超过6个月的不得分",  # six months and a day
        "每发现1处问题扣0.5分，发现1人造假扣1分",
        "每逾期1天扣0.5分，漏报3份以上的不得分",
        "参学率每低于85%一个百分点扣0.2分，满意度低于60%的不得分",
    ],
)
def test_two_things_stay_two_figures(phrase):
    assert len(measures(phrase)) == 2


@pytest.mark.parametrize(("days", "points"), [(0, 500), (10, 0), (9, 50), (2, 400)])
def test_the_figure_decides_both_steps(days, points):
    rule = parse(read("每逾期1天扣0.5分，逾期超过9天的不得分", Fraction(5)).rule)
    assert evaluate(rule, maximum=500, values={"m1": days}, options=DEFAULTS).points == points


def test_more_than_nine_days_is_ten_and_more():
    (when,) = [
        step["when"]
        for step in read("每逾期1天扣0.5分，逾期超过9天的不得分", Fraction(5)).rule["steps"]
        if step["shape"] == "zero_if"
    ]
    assert when == {"op": ">=", "value": "10"}
