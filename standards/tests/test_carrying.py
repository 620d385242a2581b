"""What of an old answer still holds under a changed rule, as a table."""

from dataclasses import replace

import pytest

from standards.carrying import carried
from standards.rules.options import Options
from standards.rules.parse import parse
from standards.sheets import judged_rule
from standards.tests.lines import make_line, measure
from standards.tests.lines import parts as choices

COUNT = measure("short", "count")
SHARE = measure("rate", "value")
SET_UP = measure("ok", "flag")
PLAIN = make_line(measures=[SET_UP], steps=[{"shape": "binary", "measure": "ok"}])


def step(unit="0.5"):
    return parse(
        {"measures": [COUNT], "steps": [{"shape": "step", "measure": "short", "unit": unit}]}
    )


def flag():
    return parse({"measures": [SET_UP], "steps": [{"shape": "binary", "measure": "ok"}]})


def bands(top):
    rows = [{"from": top, "points": "5"}, {"from": "60", "points": "3"}]
    step = {"shape": "bands", "measure": "rate", "bands": rows}
    return parse({"measures": [SHARE], "steps": [step]})


def parts(*keys):
    seen = measure("seen", "parts", parts=choices(*keys))
    return parse(
        {"measures": [seen], "steps": [{"shape": "parts", "measure": "seen", "missing": "0.5"}]}
    )


def judged(points):
    return {"deducted": {"points": points, "reason": "记录过简"}}


CASES = {
    "same rule": (step(), step(), {"short": 2}, {"short": 2}),
    "same rule, conforming": (step(), step(), {}, {}),
    "a dearer shortfall": (step(), step("1"), {"short": 2}, {"short": 2}),
    "a dearer shortfall, conforming": (step(), step("1"), {}, {}),
    "another thing measured": (step(), flag(), {"short": 2}, None),
    "another thing measured, conforming": (step(), flag(), {}, None),
    "a raised bar, value known": (bands("90"), bands("95"), {"rate": "70"}, {"rate": "70"}),
    "a raised bar, conforming": (bands("90"), bands("95"), {}, None),
    "a lowered bar, conforming": (bands("90"), bands("85"), {}, {}),
    "a part left out": (parts("a", "b"), parts("a"), {}, {}),
    "a part more": (parts("a"), parts("a", "b"), {}, None),
    "judged within the new most": (judged_rule(500), judged_rule(300), judged("-2"), judged("-2")),
    "judged beyond it": (judged_rule(500), judged_rule(100), judged("-2"), None),
    "judged, conforming": (judged_rule(500), judged_rule(100), {}, {}),
    "judged before, reckoned now": (judged_rule(500), step(), judged("-2"), None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_answer_carried(name):
    old, new, written, kept = CASES[name]
    line = replace(PLAIN, rule=old)
    found = carried(line, replace(line, rule=new), written, options=Options())
    assert found == kept


def test_a_new_clause_has_nothing_to_carry():
    assert carried(None, PLAIN, {}, options=Options()) is None
