from uuid import uuid4

import pytest
from django.utils import translation

from accounts.tests.make import NOW
from standards import actions
from standards.comparing import compare, previous
from standards.tests.make import make_chapter, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db
FLAG = {
    "measures": [{"name": "ok", "kind": "flag", "label": "符合规定"}],
    "steps": [{"shape": "binary", "measure": "ok"}],
}


@pytest.fixture
def pair(place):
    """An edition in force with clauses a and b, and a draft copied from it."""
    old = make_edition(owner=place.county)
    make_chapter(edition=old)
    make_clause(edition=old, key="a", code="1.1", text="甲", points={"rural": 300, "soe": 200})
    make_clause(edition=old, key="b", code="1.2", text="乙", rule=FLAG)
    put_in_force(old)
    new = actions.create_draft(
        place.officer, place.county, now=NOW, client_key=uuid4(), from_edition=old
    )
    return old, new


def said(pair):
    with translation.override("en"):
        return [list(change.sentences) for change in compare(*pair).changed]


def test_a_copy_differs_in_nothing(pair):
    comparison = compare(*pair)
    assert (comparison.added, comparison.changed, comparison.removed, comparison.frame) == (
        (), (), (), (),
    )  # fmt: skip
    assert comparison.unchanged == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "丙"}, "Demand: from “甲” to “丙”."),
        ({"guidance": "看记录"}, "Guidance: now “看记录”."),
        ({"mandatory": True}, "Now mandatory."),
        (
            {"rule": FLAG},
            "How it is scored: from “Judged by a person, with a reason” to “符合规定: no points if not”.",
        ),
        ({"photo_reason": "公示栏"}, "Why a photo is needed: now “公示栏”."),
        ({"checked_by": "组织部门"}, "Checking unit: now “组织部门”."),
        ({"not_applicable": "full"}, "When it does not apply: now “Full points”."),
        ({"methods": ["read", "ask"]}, "Method: now “Read records, Ask people”."),
        (
            {"applies": [{"fact": "cells", "op": ">=", "value": "1"}]},
            "Applies when: now “Party groups≥1”.",
        ),
        (
            {"points": {"rural": 250, "soe": 200}},
            "Points for Village: from “3” to “2.5”.",
        ),
        ({"points": {"rural": 300}}, "No longer on the sheet of State-owned enterprise."),
        (
            {"points": {"rural": 300, "soe": 200, "school": 100}},
            "New on the sheet of School, 1 points.",
        ),
    ],
)
def test_a_changed_clause_says_how(place, pair, values, sentence):
    actions.edit_clause(place.officer, pair[1].clauses.get(key="a"), now=NOW, **values)
    assert said(pair) == [[sentence]]


def test_a_rule_written_otherwise_is_the_same_rule(pair):
    pair[1].clauses.filter(key="b").update(rule={"start": "full", **FLAG})
    assert said(pair) == []


def test_added_and_removed_clauses_are_named_by_key(place, pair):
    new = pair[1]
    actions.remove_clause(place.officer, new.clauses.get(key="a"), now=NOW)
    make_clause(edition=new, key="c")
    comparison = compare(*pair)
    assert [[c.key for c in group] for group in (comparison.added, comparison.removed)] == [
        ["c"],
        ["a"],
    ]


def test_answers_and_tiers_belong_to_the_comparison(place, pair):
    new = pair[1]
    actions.set_options(place.officer, new, now=NOW, options=new.options | {"clause_step": "1"})
    actions.edit_edition(place.officer, new, now=NOW, ceiling=10_500)
    new.refresh_from_db()
    with translation.override("en"):
        frame = compare(pair[0], new).frame
    assert frame == (
        "Points of a clause are kept to: from “0.01 point” to “Whole points”.",
        "Ceiling: from “100” to “105”.",
    )


def test_an_edition_follows_the_one_issued_before_it(pair):
    assert (previous(pair[1]), previous(pair[0])) == (pair[0], None)


def test_comparing_costs_the_same_for_two_and_for_many_clauses(pair, django_assert_num_queries):
    for key in "cdef":
        make_clause(edition=pair[1], key=key)
    with django_assert_num_queries(6):
        compare(*pair)
