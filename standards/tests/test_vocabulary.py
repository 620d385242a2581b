import pytest
from django.utils import translation

from standards.columns import methods_from
from standards.example import example_data
from standards.rules.conditions import check_applies
from standards.vocabulary import (
    CADENCES,
    FACTS,
    METHODS,
    UNITS,
    applies_from,
    applies_sentence,
    applies_shown,
    applies_text,
)

CONDITIONS = [
    {"fact": "full_members", "op": ">=", "value": "7"},
    {"fact": "is_temporary", "op": "=", "value": False},
]


def test_conditions_come_back_from_their_text():
    assert applies_from(applies_text(CONDITIONS)) == CONDITIONS


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_conditions_come_back_from_the_readers_words(lang):
    with translation.override(lang):
        assert applies_from(applies_shown(CONDITIONS)) == CONDITIONS


def test_conditions_are_shown_in_the_readers_words():
    assert applies_shown(CONDITIONS) == "正式党员≥7\n临时党支部=否"


@pytest.mark.parametrize(
    "text",
    [
        "full_members≥7；is_temporary＝否",
        "full_members >= 7\nis_temporary = 否",
        "Full members>=7;is_temporary=false",
    ],
)
def test_conditions_are_read_as_people_write_them(text):
    with translation.override("en"):
        assert applies_from(text) == CONDITIONS


def test_what_is_no_condition_stays_to_be_named():
    assert len(check_applies(applies_from("full_members about 7"))) == 1


def test_a_condition_reads_as_a_sentence():
    with translation.override("en"):
        assert applies_sentence(CONDITIONS) == "Full members≥7; Temporary branch: No"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("查、问", (["read", "ask"], "")),
        ("听查看问", (["hear", "read", "look", "ask"], "")),
        ("访／评", (["visit", "survey"], "")),
        ("read, Ask people", (["read", "ask"], "")),
        ("查、闻", (["read"], "闻")),
        ("", ([], "")),
    ],
)
def test_ways_of_checking_are_read_in_any_separation(text, found):
    with translation.override("en"):
        assert methods_from(text.replace("／", "/")) == found


def test_every_word_of_the_example_is_known():
    clauses = example_data()["clauses"]
    used = {
        "methods": {method for clause in clauses for method in clause["method"]},
        "cadences": {clause["cadence"] for clause in clauses},
        "units": {clause["deadline"]["unit"] for clause in clauses},
        "facts": {item["fact"] for clause in clauses for item in clause["applies"]},
    }
    known = {"methods": METHODS, "cadences": CADENCES, "units": UNITS, "facts": FACTS}
    assert {name: found - set(known[name]) for name, found in used.items()} == {
        name: set() for name in used
    }
