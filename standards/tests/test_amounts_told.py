"""A printed rule and a machine rule that speak of other amounts are told, before anybody issues them."""

import pytest
from django.urls import reverse

from standards.amounts_told import apart
from standards.drafting import at_odds
from standards.example import committees_data, example_data
from standards.rules.problems import RuleError
from standards.tests.clause_posted import clause_post
from standards.tests.make import enter, make_clause, make_edition

pytestmark = pytest.mark.django_db
STEP = {
    "measures": [{"name": "short", "kind": "count", "label": "少开次数"}],
    "steps": [{"shape": "step", "measure": "short", "unit": "1.5"}],
}


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("每少1次扣1.5分，扣完为止", []),
        ("每少１次扣１.５分", []),
        ("每少1次扣1分，扣完为止", ["1"]),
        ("本项10分，每少1次扣0.5分", ["0.5"]),
        ("得8.5分以上的", []),
        ("测评80分以上，80-90分，低于60分，每少1次扣1.5分", []),
        ("每少1次扣1.5分，最低得0分", []),
        ("共3分钟", []),
        ("", []),
    ],
)
def test_amounts_of_the_printed_rule_alone_are_named(printed, found):
    assert apart(printed, STEP, maxima=[1000]) == found


def test_what_a_person_judges_is_at_odds_with_nothing():
    assert apart("每少1次扣1分", None, maxima=[1000]) == []


def test_the_example_agrees_with_itself():
    for clause in [*example_data()["clauses"], *committees_data()["clauses"]]:
        maxima = [int(float(amount) * 100) for amount in clause["points"].values()]
        assert apart(clause["rule_text"], clause["rule"], maxima=maxima) == [], clause["key"]


def test_the_form_and_the_submission_tell_it(place):
    edition = make_edition(owner=place.county)
    clause = make_clause(edition=edition, key="a", code="1.1", rule=STEP, rule_text="每少1次扣1分")
    make_clause(edition=edition, key="b", code="1.2", rule=STEP, rule_text="每少1次扣1.5分")
    client = enter(place.officer)
    edit = reverse("standards:clause_edit", args=[edition.pk, "a"])
    assert "评分细则写有1分" in client.get(edit).content.decode()
    post = clause_post(clause.chapter, rule_text="每少1次扣2分", rule_notation="每少1次扣1.5分")
    assert "评分细则写有2分" in client.post(edit, post | {"check": "1"}).content.decode()
    assert at_odds(edition) == ["1.1"]
    page = client.get(reverse("standards:issue", args=[edition.pk])).content.decode()
    assert "评分细则与计分规则写的分值不一致：1.1。" in page


def test_a_rule_that_cannot_be_read_is_told_elsewhere(place):
    edition = make_edition(owner=place.county)
    make_clause(edition=edition, rule={"measures": [], "steps": [{}]}, rule_text="每少1次扣1分")
    assert at_odds(edition) == []
    with pytest.raises(RuleError):
        apart("扣1分", {"measures": [], "steps": [{}]}, maxima=[100])
