"""Which words of a clause are read as its rule."""

import pytest

from standards.reading.understanding import UNSAID, understand
from standards.tests.reading.drawn import read


def understood(cell, points="5"):
    table = read(
        ["项目", "考核内容", "分值", "得分"],
        ["阵地", cell, points, ""],
        ["队伍", "党员名册健全", "2", ""],
    )
    return next(understand(table))


def test_a_demand_whose_parts_say_their_points_is_its_own_rule():
    found = understood("印有服务卡（1分）；订有帮扶制度（2分）；挂有公示栏（2分）。")
    assert (found.line.rule_text, found.phrase) == ("", found.line.text)
    assert found.reading.rules == (
        {"shape": "parts", "parts": ["印有服务卡", "订有帮扶制度", "挂有公示栏"],
         "credits": {"印有服务卡": 1, "订有帮扶制度": 2, "挂有公示栏": 2}},
    )  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["公示栏齐全（4分，每少一项扣1分）；标语2条以上（1分）。", "按期换届"]
)
def test_without_words_that_can_be_read_a_person_judges(cell):
    found = understood(cell)
    assert found.reading.confidence == 0
    assert (found.reading.reason == UNSAID) == (cell == "按期换届")
