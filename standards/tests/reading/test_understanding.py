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


def test_amounts_below_a_bonus_heading_add():
    table = read(
        ["序号", "考核内容", "分值", "评分标准"],
        ["1", "支委按期换届", "5", "逾期不得分"],
        ["加分项", "", "", ""],
        ["1", "经验材料被推广", "", "省级4分，市级2分"],
        ["2", "经验材料被推广的", "", "一篇2分"],
        merged=[[2, 0, 2, 3]],
    )
    _first, levels, each = understand(table)
    assert levels.reading.rules == ({"shape": "adjust", "table": {"省级": 4, "市级": 2}},)
    assert each.reading.rules == (
        {"shape": "step", "unit": 2, "credit": True, "measure": "经验材料被推广"},
    )
