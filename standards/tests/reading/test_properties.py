"""What must hold of every rule the reader can write and of every text it can be given."""

import re
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standards.reading.phrase import read
from standards.rules.explain import describe
from standards.rules.parse import canonical, parse
from standards.tests.reading.made import rules
from standards.tests.reading.test_phrases import ROWS

CLAUSES = sorted({part for row in ROWS for part in re.split("[，；。、：]", row["phrase"]) if part})
PIECES = st.sampled_from(
    [
        "每少一次",
        "每缺1人",
        "扣0.5分",
        "扣1-3分",
        "得3分",
        "加2分",
        "不得分",
        "酌情",
        "，",
        "；",
        "。",
        "、",
        "①",
        "未开展的",
        "60%以下",
        "90%以上",
        "较好",
        "差",
        "最多扣3分",
        "扣完为止",
        ", , , , 一票否决",
        "每月1次",
        "省级",
        "市级表彰",
        "100",
        "的",
        "其余",
        "否则",
        "每低10个百分点",
        "再",
        "不足",
        "“",
        "”",
        "（",
        "）",
        "：",
        "3个月以上",
        "分别",
        "各",
        "不得评为一类",
        "\n",
        "\x00",
        "半分",
        "零点五",
    ]
)


def wording(rule, top):
    return "".join(describe(parse(rule), maximum=top * 100, lang="zh"))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(rules())
def test_a_rule_reads_back_from_its_own_wording(made):
    data, top = made
    sentences = wording(data, top)
    reading = read(sentences, Fraction(top))
    assert reading.rule == canonical(data), f"{sentences} {reading.reason}"


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=14).map("".join), st.none() | st.integers(1, 20))
def test_whatever_is_read_is_a_valid_rule_that_reads_back(phrase, top):
    reading = read(phrase, None if top is None else Fraction(top))
    assert 0 <= reading.confidence <= 1
    if not reading.confidence:
        assert reading.reason and reading.rules == ({"shape": "judged", "range": [0, top]},)
        return
    assert canonical(reading.rule) == reading.rule
    if top is not None:
        again = read("".join(wording(reading.rule, top)), Fraction(top))
        assert again.rule == reading.rule, f"{wording(reading.rule, top)} {again.reason}"
    assert all(0 <= span.start < span.end <= len(phrase) for span in reading.spans)


@settings(max_examples=300)
@given(st.text(max_size=60), st.none() | st.fractions(-3, 30))
def test_any_text_at_all_is_answered(phrase, points):
    assert read(phrase, points).rules


@settings(max_examples=400)
@given(
    st.lists(st.tuples(st.sampled_from(CLAUSES), st.sampled_from("，；。：、")), max_size=5),
    st.none() | st.integers(1, 20),
    st.sampled_from(CLAUSES),
)
def test_clauses_of_real_phrases_in_any_order_are_answered(clauses, top, subject):
    phrase = "".join(clause + mark for clause, mark in clauses)
    reading = read(phrase, None if top is None else Fraction(top), subject)
    assert reading.rules
    assert canonical(reading.rule) == reading.rule if reading.confidence else reading.reason
