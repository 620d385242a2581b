"""The example edition is data: these tests are what keeps it true."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from branches.models import Field
from standards import conform
from standards.rules import conditions, evaluate, options, parse
from standards.tests.baseline import (
    BY_KEY,
    CLAUSES,
    EDITION,
    FIELDS,
    each_clause,
    each_field,
    held_by,
    measures_of,
    steps_of,
)

CORE = 9  # a core clause holds in at least so many fields
FACTS = {
    "full_members", "members", "cells", "committee_size", "has_committee", "term_overdue_days",
    "months_to_term_end", "joint_units", "premises_area", "vacant_months", "founded_on",
    "overdue_serious_findings", "is_temporary",
}  # fmt: skip
MEETINGS = {
    "member_meeting", "committee_meeting", "cell_meeting", "party_class", "theme_day",
    "organization_life_meeting", "member_appraisal", "heart_talk",
}  # fmt: skip
HARM = {"zero_if", "gate", "adjust"}


def test_the_edition_is_an_example_without_issuer_or_number():
    assert (EDITION["name"], EDITION["issuer"], EDITION["document_number"]) == (
        "党支部标准化建设标准（示例）",
        "",
        "",
    )


def test_the_options_are_the_defaults_spelled_out():
    assert options.from_dict(EDITION["options"]) == options.DEFAULTS
    assert EDITION["options"] == options.to_dict(options.DEFAULTS)


def test_the_chapters_are_the_six_basics():
    keys = [chapter["key"] for chapter in EDITION["chapters"]]
    assert keys == ["organization", "team", "activities", "systems", "guarantees", "service"]


def test_the_fields_are_those_a_branch_can_have():
    assert set(FIELDS) == set(Field.values)


def test_the_tiers_stand_from_high_to_low_and_two_of_them_pass():
    tiers = [(tier["label"], tier["floor"], tier["passes"]) for tier in EDITION["tiers"]]
    assert tiers == [
        ("示范", "90", True),
        ("达标", "80", True),
        ("基本达标", "60", False),
        ("未达标", "0", False),
    ]


@pytest.mark.parametrize("name", ["key", "code"])
def test_keys_and_codes_are_unique(name):
    counts = Counter(clause[name] for clause in CLAUSES)
    assert [value for value, count in counts.items() if count > 1] == []


@each_field
def test_the_points_of_every_field_sum_to_one_hundred(field):
    assert sum(Decimal(clause["points"][field]) for clause in held_by(field)) == Decimal(
        EDITION["ceiling"]
    )


@each_field
def test_every_field_has_at_least_24_scored_clauses(field):
    scored = [clause for clause in held_by(field) if Decimal(clause["points"][field]) > 0]
    assert 24 <= len(scored) <= 40


@each_field
def test_every_field_has_points_in_all_chapters(field):
    chapters = {
        clause["chapter"] for clause in held_by(field) if Decimal(clause["points"][field]) > 0
    }
    assert chapters == {chapter["key"] for chapter in EDITION["chapters"]}


@each_field
def test_about_two_thirds_of_a_field_are_carried(field):
    carried = [clause for clause in held_by(field) if clause["mode"] == "carried"]
    assert 0.62 <= len(carried) / len(held_by(field)) <= 0.8


@each_field
def test_every_field_has_six_to_nine_clauses_of_its_own_and_none_under_review(field):
    own = [clause for clause in held_by(field) if len(clause["points"]) < CORE]
    assert (6 <= len(own) <= 9, 42 <= len(held_by(field)) <= 44) == (True, True)
    assert [clause["key"] for clause in held_by(field) if clause["under_review"]] == []


@each_field
def test_a_conforming_branch_of_every_field_gets_a_hundred_points(field):
    total = 0
    for clause in held_by(field):
        rule = parse.parse(clause["rule"])
        values = {measure.name: conform.best(rule, measure) for measure in rule.measures}
        maximum = int(Decimal(clause["points"][field]) * 100)
        total += evaluate.evaluate(
            rule, maximum=maximum, values=values, options=options.DEFAULTS
        ).points
    assert total == 10_000


@each_clause
def test_a_clause_has_every_entry_and_known_codes(clause):
    expected = (
        "key code chapter text text_en guidance evidence good_example method mode cadence rule_text rule "
        "applies points mandatory basis severity deadline phrases fields_note under_review"
    )
    assert list(clause) == expected.split()
    assert clause["key"].split(".")[0] == clause["chapter"]
    assert (
        set(clause["method"]) <= {"hear", "read", "look", "ask", "visit", "survey"}
        and clause["method"]
    )
    assert clause["mode"] in {"carried", "period"}
    assert clause["cadence"] in {"month", "quarter", "half", "year", "term", "once"}
    assert clause["severity"] in {"general", "serious"}
    assert (clause["deadline"]["unit"], 5 <= clause["deadline"]["n"] <= 60) == ("workdays", True)
    assert set(clause["points"]) <= set(FIELDS) and clause["points"]


@each_clause
def test_a_code_begins_with_the_number_of_its_chapter(clause):
    chapters = [chapter["key"] for chapter in EDITION["chapters"]]
    assert re.fullmatch(rf"{chapters.index(clause['chapter']) + 1}\.[1-9]\d*", clause["code"])


def test_clauses_are_listed_by_code():
    codes = [tuple(map(int, clause["code"].split("."))) for clause in CLAUSES]
    assert codes == sorted(codes)


@each_clause
def test_a_rule_reads_and_fits_its_clause_in_every_field(clause):
    rule = parse.parse(clause["rule"])
    tiers = [tier["key"] for tier in EDITION["tiers"]]
    chapters = [chapter["key"] for chapter in EDITION["chapters"]]
    maxima = {int(Decimal(points) * 100) for points in clause["points"].values()}
    for maximum in maxima:
        assert parse.validate(rule, maximum=maximum, tiers=tiers, chapters=chapters) == []


@each_clause
def test_a_conforming_branch_loses_no_points_and_meets_no_gate(clause):
    rule = parse.parse(clause["rule"])
    values = {measure.name: conform.best(rule, measure) for measure in rule.measures}
    for maximum in {int(Decimal(points) * 100) for points in clause["points"].values()}:
        outcome = evaluate.evaluate(rule, maximum=maximum, values=values, options=options.DEFAULTS)
        assert (outcome.points, outcome.missing, outcome.gates) == (maximum, (), ())


@each_clause
def test_the_conditions_of_a_clause_read(clause):
    assert conditions.check_applies(clause["applies"]) == []


def test_a_small_branch_without_groups_owes_no_committee_and_no_group_meetings():
    facts = {
        "full_members": 5,
        "cells": 0,
        "has_committee": False,
        "is_temporary": False,
    }
    spared = [each["key"] for each in CLAUSES if not conditions.applies(each["applies"], facts)]
    assert spared == [
        "organization.committee",
        "organization.cells",
        "activities.committee_meeting",
        "activities.cell_meeting",
    ]


def test_all_eight_shapes_are_used():
    shapes = {step["shape"] for clause in CLAUSES for step in steps_of(clause)}
    assert shapes == {"binary", "step", "bands", "parts", "judged", "zero_if", "gate", "adjust"}


@each_clause
def test_a_clause_without_points_only_gates_or_adjusts(clause):
    shapes = {step["shape"] for step in steps_of(clause)}
    assert (set(clause["points"].values()) == {"0"}) == (shapes <= {"gate", "adjust"})


@each_clause
def test_a_measure_either_gives_points_or_states_harm_and_only_harm_is_hit_by_true(clause):
    harmful, giving = set(), set()
    for step in steps_of(clause):
        (harmful if step["shape"] in HARM else giving).add(step["measure"])
    derived = {measure["name"] for measure in measures_of(clause) if "derive" in measure}
    flags = {measure["name"] for measure in measures_of(clause) if measure["kind"] == "flag"}
    hit_by_true = {step["measure"] for step in steps_of(clause) if step.get("when") == {"is": True}}
    assert (harmful & giving - derived, flags & harmful) == (set(), hit_by_true)


@each_clause
def test_a_person_answers_two_questions_at_most(clause):
    typed = [measure["name"] for measure in measures_of(clause) if "derive" not in measure]
    assert len(typed) <= 2


@each_clause
def test_facts_and_meetings_are_known_ones(clause):
    derived = [measure["derive"] for measure in measures_of(clause) if "derive" in measure]
    facts = {source["fact"] for source in derived if source["from"] == "facts"} | {
        each["fact"] for each in clause["applies"]
    }
    meetings = {source["kind"] for source in derived if source["from"] == "meetings"}
    assert (facts - FACTS, meetings - MEETINGS) == (set(), set())


@each_clause
def test_a_clause_counted_from_meetings_is_per_period_and_a_per_period_clause_counts(clause):
    from_meetings = any(
        measure.get("derive", {}).get("from") == "meetings" for measure in measures_of(clause)
    )
    kinds = {measure["kind"] for measure in measures_of(clause)}
    assert clause["mode"] == "period" or not from_meetings
    assert clause["mode"] == "carried" or kinds & {"count", "ratio"}


@pytest.mark.parametrize(
    ("key", "points", "step"),
    [
        ("activities.committee_meeting", "6", {"shape": "step", "measure": "short", "unit": "0.5"}),
        ("systems.records", "4", {"shape": "parts", "measure": "elements", "missing": "0.5"}),
        ("organization.setup", "3", {"shape": "binary", "measure": "fits"}),
        (
            "service.practical_deeds",
            "5",
            {"shape": "judged", "measure": "deduction", "low": "-3", "high": "0"},
        ),
        (
            "organization.term",
            "4",
            {"shape": "zero_if", "measure": "overdue_days", "when": {"op": ">", "value": "0"}},
        ),
        (
            "service.satisfaction",
            "5",
            {
                "shape": "bands",
                "measure": "satisfied",
                "bands": [{"from": "90", "points": "5"}, {"from": "80", "points": "3"}],
                "as": "set",
            },
        ),
        (
            "service.commendation",
            "0",
            {
                "shape": "adjust",
                "measure": "awards",
                "table": {"city": "1", "county": "0.5"},
                "take": "largest",
                "cap": "1",
            },
        ),
    ],
)
def test_the_lines_the_demonstration_relies_on(key, points, step):
    clause = BY_KEY[key]
    assert (set(clause["points"].values()), step in steps_of(clause)) == ({points}, True)


def test_a_record_has_eight_elements():
    elements = [
        measure for measure in measures_of(BY_KEY["systems.records"]) if measure["kind"] == "parts"
    ]
    assert [len(measure["parts"]) for measure in elements] == [8]


def test_the_gates_are_the_agreed_ones():
    effects = {
        clause["key"]: {step["effect"] for step in steps_of(clause)}
        for clause in CLAUSES
        if steps_of(clause)[0]["shape"] == "gate"
    }
    assert effects == {
        "organization.not_graded": {"not_graded"},
        "organization.term_gate": {"fail"},
        "organization.weak_list": {"cap_tier"},
        "team.secretary_case": {"cap_tier"},
        "systems.falsified": {"fail"},
        "systems.serious_overdue": {"fail"},
    }
