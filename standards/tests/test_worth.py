"""What a clause without points of its own says in their place."""

import pytest
from django.utils.translation import override

from standards.rules.parse import parse
from standards.worth import beside

EVENTS = [{"name": "m1", "kind": "events"}]
FLAG = [{"name": "m1", "kind": "flag"}]
COUNT = [{"name": "m1", "kind": "count"}]


def adjust(**more):
    return {"measures": EVENTS, "steps": [{"shape": "adjust", "measure": "m1", **more}]}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (adjust(table={"town": "1", "county": "3"}, cap="5"), "加分，最多5分"),
        (adjust(table={"town": "1"}), "加分，未设上限"),
        (adjust(table={"town": "1", "county": "3"}, take="largest"), "加分，最多3分"),
        (adjust(table={"town": "-2"}, cap="10"), "扣总分，最多10分"),
        (adjust(table={"town": "-2", "county": "1"}, cap="4"), "加分，最多4分；扣总分，最多4分"),
        (
            {
                "start": "zero", "over": "2", "measures": COUNT,
                "steps": [{"shape": "step", "measure": "m1", "unit": "1", "cap": "2", "credit": True}],
            },
            "加分，最多2分",
        ),
        (
            {
                "measures": FLAG,
                "steps": [{"shape": "gate", "measure": "m1", "when": {"is": False}, "effect": "fail"}],
            },
            "不占分值，影响等次",
        ),
        ({"measures": FLAG, "steps": [{"shape": "binary", "measure": "m1"}]}, ""),
    ],
)  # fmt: skip
def test_a_clause_beside_the_points_says_what_it_does(rule, words):
    with override("zh-hans"):
        assert beside(parse(rule)) == words
