"""The rule of a clause as people write it: shown where it says the same, kept where nobody changed it."""

import json
from pathlib import Path

import pytest

import standards
from branches.tests.make import make_county
from standards.rule_prose import as_named, prose
from standards.tests.clause_posted import clause_post, url
from standards.tests.make import enter, make_clause, make_edition

STEP = {
    "measures": [{"name": "short", "kind": "count", "label": "少开次数", "label_en": "Meetings short"}],
    "steps": [{"shape": "step", "measure": "short", "unit": "4"}],
}  # fmt: skip
CURVE = {
    "measures": [{"name": "share", "kind": "value", "label": "收入"}],
    "steps": [{"shape": "curve", "measure": "share", "points": [["0", "0"], ["10", "5"]]}],
}


def example_rules():
    """Rule, full points, text and printed rule of each clause of the example edition."""
    data = json.loads((Path(standards.__file__).parent / "data/example.json").read_text("utf-8"))
    for clause in data["clauses"]:
        if clause.get("rule"):
            most = max((float(n) for n in clause.get("points", {}).values()), default=0)
            yield clause["rule"], round(100 * most), clause["text"], clause["rule_text"]


def test_a_rule_is_shown_in_words_that_mean_it():
    assert prose(STEP, maximum=1500, demand="") == "每少开1次扣4分，扣完为止。"


def test_most_rules_of_the_example_are_shown_in_words():
    told = [
        bool(prose(rule, maximum=most, demand=text, printed=printed))
        for rule, most, text, printed in example_rules()
    ]
    assert sum(told) > 0.75 * len(told)


def test_a_rule_read_again_keeps_its_names_and_its_words():
    dearer = {
        "measures": [{"name": "m1", "kind": "count", "label": "少开次数"}],
        "steps": [{"shape": "step", "measure": "m1", "unit": "5"}],
    }
    step = {"shape": "step", "measure": "short", "unit": "5"}
    assert as_named(dearer, STEP) == {"measures": STEP["measures"], "steps": [step]}


def test_where_a_count_comes_from_and_the_keys_of_parts_are_kept():
    before = {
        "measures": [
            {"name": "held", "kind": "count", "label": "党课少上次数",
             "derive": {"from": "meetings", "kind": "party_class", "per": "quarter", "need": 1}},
            {"name": "has", "kind": "parts", "label": "材料",
             "parts": [{"key": "plan", "label": "有计划"}, {"key": "sum", "label": "有总结"}]},
        ],
        "steps": [
            {"shape": "step", "measure": "held", "unit": "1"},
            {"shape": "parts", "measure": "has", "credits": {"plan": "1", "sum": "2"}},
        ],
    }  # fmt: skip
    again = {
        "measures": [
            {"name": "m1", "kind": "count", "label": "党课少上次数"},
            {"name": "m2", "kind": "parts", "label": "材料",
             "parts": [{"key": "p1", "label": "计划"}, {"key": "p2", "label": "总结"}]},
        ],
        "steps": [
            {"shape": "step", "measure": "m1", "unit": "2"},
            {"shape": "parts", "measure": "m2", "credits": {"p1": "1", "p2": "2"}},
        ],
    }  # fmt: skip
    made = as_named(again, before)
    assert made["measures"][0] == before["measures"][0]
    assert [part["key"] for part in made["measures"][1]["parts"]] == ["plan", "sum"]
    assert made["steps"] == [before["steps"][0] | {"unit": "2"}, before["steps"][1]]


def test_another_kind_of_measure_is_another_measure():
    shared = {"measures": [{"name": "m1", "kind": "ratio"}], "steps": []}
    assert as_named(shared, STEP) == shared


@pytest.fixture
def place():
    return make_county()


@pytest.fixture
def clause(place):
    return make_clause(edition=make_edition(owner=place.county), code="1.1", text="会议", rule=STEP)


def posted(place, clause, text):
    post = clause_post(clause.chapter, code="1.1", rule_notation=text, points_rural="15")
    answer = enter(place.officer).post(url("clause_edit", clause.edition_id, clause.key), post)
    clause.refresh_from_db()
    return answer.status_code


@pytest.mark.django_db
def test_the_form_shows_the_words_and_unchanged_they_change_nothing(place, clause):
    page = enter(place.officer).get(url("clause_edit", clause.edition_id, clause.key))
    shown = page.context["form"]["rule_notation"].value()
    assert shown == "每少开1次扣4分，扣完为止。"
    assert (posted(place, clause, shown), clause.rule) == (302, STEP)


@pytest.mark.django_db
def test_a_figure_changed_in_the_words_changes_that_figure_alone(place, clause):
    assert posted(place, clause, "每少开1次扣5分，扣完为止。") == 302
    assert clause.rule["steps"] == [{"shape": "step", "measure": "short", "unit": "5"}]
    assert clause.rule["measures"][0]["name"] == "short"


@pytest.mark.django_db
def test_what_words_cannot_say_stays_notation(place, clause):
    clause.rule = {
        "measures": [{"name": "late", "kind": "count", "label": "迟报天数"}],
        "steps": [{"shape": "step", "measure": "late", "unit": "0.1", "free": "2", "cap": "3", "credit": True}],
    }  # fmt: skip
    clause.save(update_fields=["rule"])
    page = enter(place.officer).get(url("clause_edit", clause.edition_id, clause.key))
    assert page.context["form"]["rule_notation"].value().startswith("计量 late 次数")
