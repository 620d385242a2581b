"""A cell of parts with points of their own: what is a part, and that none loses more than it has."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.reading.characters import normalise
from standards.reading.phrase import read
from standards.reading.sections import split
from standards.rules.explain import describe
from standards.rules.parse import parse
from standards.tests.reading.test_phrases import READ

HEADS = ("基础工作", "党员教育", "阵地建设", "作风建设", "台账资料")
BODIES = (
    ("每少1次扣0.5分", 3),
    ("未开展的不得分", 2),
    ("记录不规范的每次扣0.2分", 2),
    ("满意度90%以上得3分，80%以上得2分，80%以下不得分", 3),
    ("好得4分，较好得3分，一般得1分，差不得分", 4),
    ("有1处问题扣1分，最多扣2分", 5),
    ("未公示扣1分，未归档扣0.5分", 2),
    ("无台账不得分，台账不完整扣1分", 2),
    ("酌情扣1-3分", 3),
)
SHORT = [row for row in READ if row["points"] and len(row["phrase"]) < 40 and "under" not in row]

# 无记录的不得分，记录不规范的每次扣0.2分: of what is not there nothing is counted, so the two never add up.
SHUT_OUT = re.compile(
    "不得分.*(?:不规范|不完整|不齐|不全|不准)|(?:不规范|不完整|不齐|不全|不准).*不得分"
)
ADDING = [r for r in SHORT if not (len(r["rules"]) == 2 and SHUT_OUT.search(r["phrase"]))]


def parts(text, points):
    return [(one.written.text, one.points) for one in split(normalise(text), Fraction(points))]


@pytest.mark.parametrize(
    ("text", "points", "found"),
    [
        ("①有党旗得1分；②材料齐全得2分，缺1项扣0.5分", 3, ["有党旗得1分；", "材料齐全得2分，缺1项扣0.5分"]),
        ("基础（6分）：每处扣1分。重点（4分），每项扣1分。", 10, ["基础：每处扣1分", "重点，每项扣1分"]),
        ("支委会（每月1次，3分）：每缺1次扣0.3分；党课（1分）。未讲不得分", 4,
         ["支委会每月1次：每缺1次扣0.3分；", "党课：未讲不得分"]),
        ("本项5分。作风2分：每起扣1分；学习3分：每次扣1分", 5, ["作风：每起扣1分", "学习：每次扣1分"]),
        ("到会率90%得2分，每低1%扣0.1分，2分扣完为止；书记缺席扣1分", 3,
         ["到会率90%得2分，每低1%扣0.1分，2分扣完为止", "书记缺席扣1分"]),
    ],
)  # fmt: skip
def test_parts_are_told_apart_by_numbers_marks_and_points(text, points, found):
    assert [words for words, _ in parts(text, points)] == found
    assert sum(own for _, own in parts(text, points)) == points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("基础（6分）：每处扣1分。重点（4分）：每项扣1分。", 12),
        ("每少1次扣1分；未公示扣2分", 3),
        ("考核优秀得3分；考核良好得2分，不合格扣1分", 5),
        ("优秀得3分；良好得2分", 5),
    ],
)
def test_points_that_do_not_add_up_and_levels_of_one_thing_are_no_parts(text, points):
    assert parts(text, points) == []


def test_each_step_points_to_its_own_words():
    text = "① 有党旗 得1分；②材料齐全得2分，缺1项扣0.5分"
    reading = read(text, Fraction(3))
    said = [text[span.start : span.end] for span in reading.spans]
    assert said == ["有党旗 得1分", "缺1项扣0.5分"]


@pytest.mark.parametrize(
    ("text", "points", "why"),
    [
        ("基础（6分）：每处扣1分。重点（4分）：每项扣1分。弄虚作假的不得分。", 10, "弄虚作假的不得分”只管最后一部分还是管全部"),
        ("材料（2分），未归档的本项不得分；台账（1分），每缺1项扣0.2分", 3, "本项不得分”指这一部分还是整项"),
        ("台账（2分）：无台账不得分，每缺1项扣0.5分。制度（1分）：未上墙不得分。", 3, "可以把它单列一条"),
    ],
)  # fmt: skip
def test_what_may_be_about_all_parts_or_needs_a_common_limit_goes_to_a_person(text, points, why):
    reading = read(text, Fraction(points))
    assert not reading.confidence and why in reading.reason


def cell(draw, bodies):
    chosen = draw(st.lists(st.sampled_from(bodies), min_size=2, max_size=4, unique=True))
    heads = draw(st.permutations(HEADS))
    form, mark = draw(
        st.sampled_from([("{}（{}分）：{}", "。"), ("{}（{}分），{}", "；"), ("{}{}分：{}", "；")])
    )
    made = [form.format(head, own, body) for head, (body, own) in zip(heads, chosen, strict=False)]
    return mark.join(made), sum(Fraction(str(own)) for _, own in chosen)


@settings(max_examples=150)
@given(st.data())
def test_parts_put_together_lose_no_more_than_the_line_and_read_back(data):
    text, points = cell(data.draw, BODIES)
    reading = read(text, points)
    assert reading.confidence == pytest.approx(0.9), f"{text} {reading.reason}"
    assert most(reading) <= points
    words = "".join(describe(parse(reading.rule), maximum=int(points * 100), lang="zh"))
    assert read(words, points).rule == reading.rule, words


@settings(max_examples=150)
@given(st.data())
def test_whatever_phrases_the_parts_hold_none_loses_more_than_it_has(data):
    text, points = cell(
        data.draw, [(row["phrase"].rstrip("。；"), row["points"]) for row in ADDING]
    )
    if (reading := read(text, points)).confidence:
        assert most(reading) <= points, text


def most(reading):
    """What all steps together can take."""
    return sum(map(loss, reading.rules))


def loss(rule):
    match rule["shape"]:
        case "step" | "escalating":
            return exact(rule["cap"])
        case "bands":
            return -min(min(map(exact, ends(row["points"]))) for row in rule["bands"])
        case "parts":
            return exact(rule["each_missing"]) * len(rule["parts"])
        case "judged":
            return -exact(rule["range"][0])
        case "gate":
            return Fraction(0)
    return exact(rule["points"])


def ends(points):
    return points if isinstance(points, list) else [points]


def exact(number):
    return Fraction(str(number))
