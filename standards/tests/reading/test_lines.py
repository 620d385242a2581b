"""`manage.py read_rule`: one line out for every line in, and never a traceback."""

import io
import json
import time

import pytest

from standards.reading.lines import answer


def answers(text, *, as_json=True):
    raw = text.encode() if isinstance(text, str) else text
    lines = list(answer(io.BytesIO(raw), as_json=as_json))
    return [json.loads(line) for line in lines] if as_json else lines


def test_a_line_is_answered_by_the_object_of_the_contract():
    (found,) = answers("每少一次扣0.5分，扣完为止\t3\n")
    assert found == {
        "phrase": "每少一次扣0.5分，扣完为止",
        "points": 3,
        "rules": [{"shape": "step", "unit": 0.5, "measure": "少"}],
        "rule": {
            "measures": [{"name": "m1", "kind": "count", "label": "少次数"}],
            "steps": [{"shape": "step", "measure": "m1", "unit": "0.5"}],
        },
        "confidence": 1.0,
        "reason": "",
    }


def test_without_json_a_line_says_the_rule_in_chinese():
    assert answers("缺一次扣1分\t4\n按文件执行\t2\n", as_json=False) == [
        "缺一次扣1分 → 每缺1次扣1分，扣完为止。",
        "按文件执行 → 人工评判（“按文件执行”怎么计分未能识别，请人工核定）",
    ]


def test_what_is_doubtful_is_said_beside_the_rule():
    (line,) = answers("参学率超过90%的得2分\t2\n", as_json=False)
    assert line.endswith("（请核对：界限处（如“超过80%”）按包含读）")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n  \n\t\n",
        b"\xef\xbb\xbf",
    ],
)
def test_blank_lines_are_passed_over(raw):
    assert [found for found in answers(raw) if found["phrase"].strip()] == []


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("每少一次扣1分\t三\n".encode(), "分值“三”不是数字"),
        ("每少一次扣1分\t-3\n".encode(), "分值“-3”不是数字"),
        (b"a\x00b\t3\n", "未能识别，请人工核定"),
        (b"\xff\xfe\xfa\t3\n", "未能识别，请人工核定"),
        (("扣" * 10_000 + "\t3\n").encode(), "文字超过1000字"),
        (("每少一次扣0.5分，" * 5_000 + "\n").encode(), "文字超过1000字"),
        ("每少一次扣99999999999999分\t3\n".encode(), "未能识别，请人工核定"),
        ("每次扣0分\t3\n".encode(), "未能识别，请人工核定"),
        ("𠮷\ud7ff每\t3\n".encode(), "未能识别，请人工核定"),
    ],
)
def test_a_bad_line_is_answered_with_a_reason(raw, reason):
    (found,) = answers(raw)
    assert reason in found["reason"]


def test_a_phrase_may_hold_a_tab_before_the_points():
    (found,) = answers("每少一次\t扣1分\t3\n")
    assert (found["phrase"], found["points"]) == ("每少一次\t扣1分", 3)


def test_a_number_behind_the_tab_may_carry_its_unit():
    (found,) = answers("每少一次扣1分\t3分\n")
    assert found["points"] == 3


def test_ninety_lines_take_less_than_a_second():
    begun = time.process_time()
    answers("未制定计划的扣1分；每缺席1人次扣0.1分，最多扣2分；弄虚作假的不得分\t5\n" * 90)
    assert time.process_time() - begun < 3  # a second on a quiet machine
