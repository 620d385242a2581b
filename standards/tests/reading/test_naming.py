"""The stored rule says what a phrase asks for as an officer would, and reads back."""

from fractions import Fraction

import pytest

from standards.reading.phrase import read
from standards.rules.explain import describe
from standards.rules.parse import parse


def worded(phrase, subject=""):
    reading = read(phrase, Fraction(5), subject)
    sentences = "".join(describe(parse(reading.rule), maximum=500, lang="zh"))
    assert read(sentences, Fraction(5)).rule == reading.rule
    return sentences


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("应报未报的，每件扣2分", "每有1件应报未报扣2分，扣完为止。"),
        ("应公开未公开的，每项扣1分", "每有1项应公开未公开扣1分，扣完为止。"),
        ("材料未报的，每件扣2分", "材料每未报1件扣2分，扣完为止。"),
        ("应设未设的不得分", "未达到“应设尽设”要求的，不得分。"),
        ("应换届未换届超过6个月的不得分", "应换届未换届超过6个月的，本项不得分。"),
        ("全年未召开党员大会的扣2分", "未达到“召开党员大会”要求的，扣2分。"),
        ("三年内未发展党员的扣2分", "未达到“三年内发展党员”要求的，扣2分。"),
        ("两年未发展党员的扣2分", "每有1次两年未发展党员扣2分，最多扣2分。"),
        ("连续2次未参加的扣2分", "每有1次连续2次未参加扣2分，最多扣2分。"),
        ("届满未换届超过三个月的扣2分", "每有1次届满未换届超过三个月扣2分，最多扣2分。"),
        ("落实不到位造成影响的扣2分", "每有1次落实不到位造成影响扣2分，最多扣2分。"),
        ("落实不到位的扣2分", "未达到“落实到位”要求的，扣2分。"),
        ("书记未达到要求的扣2分", "未达到“书记达标”要求的，扣2分。"),
        ("阵地建设未达到要求的扣2分", "未达到“阵地建设”要求的，扣2分。"),
        ("没有把党建列入议程的扣2分", "未达到“把党建列入议程”要求的，扣2分。"),
        ("没有台账的扣2分", "未达到“有台账”要求的，扣2分。"),
        ("面积不足的扣2分", "未达到“面积”要求的，扣2分。"),
        ("换届程序每缺1个环节扣1分", "换届程序环节每缺1个扣1分，扣完为止。"),
        ("每月固定1天开展，未开展的每次扣1分", "每未开展1次（每月1次）扣1分，扣完为止。"),
        ("3次以上得5分，不足3次得2分", "完成3次及以上得5分，不足3次得2分。"),
        ("发现3次以上扣2分", "发现3次及以上扣2分。"),
        ("每次得1分", "每有1次完成得1分，得满为止。"),
        ("支委会每月1次，未召开的不得分", "未达到“支委会召开”要求的，不得分。"),
        ("限期仍未整改的扣2分", "未达到“限期整改”要求的，扣2分。"),
    ],
)
def test_a_shortcoming_is_said_as_an_officer_would(phrase, said):
    assert worded(phrase) == said


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("未按期换届的不得分", "未达到“按期换届”要求的，不得分。"),
        ("未换届的不得分", "未达到“换届”要求的，不得分。"),
        ("未公示的不得分", "未达到“换届公示”要求的，不得分。"),
    ],
)
def test_the_clause_beside_it_says_nothing_twice(phrase, said):
    assert worded(phrase, "按期换届") == said


@pytest.mark.parametrize(
    ("clause", "phrase", "said"),
    [
        ("党组织设置规范", "未按期换届的不得分", "未达到“按期换届”要求的，不得分。"),
        ("落实“第一议题”制度", "未建立制度扣2分", "未达到“第一议题制度建立”要求的，扣2分。"),
        ("党务公开", "未设公开栏的扣2分", "未达到“党务公开设公开栏”要求的，扣2分。"),
        ("加分项", "受表彰的每次得1分", "每有1次受表彰得1分，得满为止。"),
        (
            "主题党日",
            "每月固定1天开展，未开展的每次扣1分",
            "主题党日每未开展1次（每月1次）扣1分，扣完为止。",
        ),
    ],
)
def test_the_clause_names_what_the_phrase_leaves_out_and_no_more(clause, phrase, said):
    assert worded(phrase, clause) == said
