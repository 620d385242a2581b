"""Clauses with the newer shapes and measures go the whole way: judged, computed, proved, explained."""

import pytest
from django.urls import reverse

from branches.models import Field
from branches.tests.make import make_county
from inspections.tests.make import make_cycle
from scoring import results
from scoring.tests.make import make_judged, result_of
from standards.tests.make import enter, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db
RULES = {
    "escalating": {
        "measures": [{"name": "short", "kind": "count", "label": "少开次数"}],
        "steps": [{"shape": "escalating", "measure": "short", "units": ["0.5", "1", "2"]}],
    },
    "judges": {
        "measures": [
            {"name": "marks", "kind": "marks", "label": "评委评分", "classes": [{"key": "judges", "label": "评委"}], "drop": 1}
        ],
        "steps": [{"shape": "curve", "measure": "marks", "knots": [{"at": "60", "points": "0"}, {"at": "100", "points": "25"}]}],
    },
    "votes": {
        "measures": [
            {"name": "vote", "kind": "ballots", "label": "民主测评", "classes": [{"key": "members", "label": "党员"}],
             "grades": [{"key": "good", "label": "好", "score": "100"}, {"key": "fair", "label": "一般", "score": "60"}]}
        ],
        "steps": [{"shape": "bands", "measure": "vote", "bands": [{"from": "90", "points": "25"}, {"from": "80", "points": "20"}]}],
    },
    "guarded": {
        "measures": [
            {"name": "missed", "kind": "count", "label": "缺席次数"},
            {"name": "record", "kind": "flag", "label": "有会议记录"},
        ],
        "steps": [{"shape": "zero_if", "when": {"any": [{"measure": "missed", "op": ">=", "value": "3"}, {"measure": "record", "is": False}]}}],
    },
}  # fmt: skip
FAILING = {
    "escalating": {"short": 3},
    "judges": {"marks": {"judges": ["95", "90", "80", "70", "60"]}},
    "votes": {"vote": {"members": {"good": 6, "fair": 4}}},
    "guarded": {"missed": 1, "record": False},
}


@pytest.fixture(scope="module")
def built(lasting):
    county = make_county()
    edition = make_edition(owner=county.county)
    for key, rule in RULES.items():
        make_clause(edition=edition, key=key, rule=rule, points={Field.RURAL: 2_500})
    cycle = make_cycle(owner=county.county, edition=put_in_force(edition))
    return make_judged(county=county, cycle=cycle, failing=[FAILING])


def test_conforming_branches_have_full_points_and_the_other_what_the_rules_say(made):
    totals = [result_of(made, branch).total for branch in made.all_branches]
    # 25 - 3.5; 80 between 60 and 100 is 12.5 of 25; 84 is the band of 20; no record is 0.
    assert totals == [2_150 + 1_250 + 2_000 + 0, 10_000, 10_000, 10_000]


def test_what_is_stored_is_computed_again(made):
    assert list(results.differences(made.cycle)) == []


def test_the_page_explains_every_one_of_them(made):
    result = result_of(made, made.branches[0])
    page = enter(made.officer).get(reverse("scoring:result", args=[result.pk])).content.decode()
    for said in (
        "依次扣0.5分、1分、2分",
        "去掉1个最高分和1个最低分",
        "民主测评84分",
        "或者未达到“有会议记录”要求",
    ):
        assert said in page
