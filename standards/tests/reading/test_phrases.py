"""Every phrase of phrases.jsonl is read as it says, or left to a person where it says so."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from standards.reading.phrase import read
from standards.rules.explain import describe
from standards.rules.parse import canonical, parse

FILE = Path(__file__).with_name("phrases.jsonl")
ROWS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
READ = [row for row in ROWS if "left" not in row]
LEFT = [row for row in ROWS if "left" in row]


def points(row):
    return None if row["points"] is None else Fraction(str(row["points"]))


def plain(rules):
    """What is measured is worded freely; every number and condition is not."""
    return [
        {key: value for key, value in rule.items() if key not in ("measure", "not")}
        for rule in rules
    ]


def slip(row):
    """What is wrong with the reading of a row; nothing where all is well."""
    reading = read(row["phrase"], points(row))
    if "left" in row:
        left = reading.rules == ({"shape": "judged", "range": [0, row["points"]]},)
        return "" if left and not reading.confidence and reading.reason else f"{reading.rules}"
    if not reading.confidence or plain(reading.rules) != row["rules"]:
        return f"{reading.rules} {reading.reason}"
    if reading.extra.get("under") != row.get("under"):
        return f"{reading.extra}"
    if canonical(reading.rule) != reading.rule:
        return "its rule is not in the canonical form"
    maximum = 10**9 if row["points"] is None else int(points(row) * 100)
    sentences = "".join(describe(parse(reading.rule), maximum=maximum, lang="zh"))
    again = read(sentences, points(row))
    return "" if again.rule == reading.rule else f"{sentences} does not read back: {again.reason}"


def slips(rows):
    return [f"{row['phrase']}: {said}" for row in rows if (said := slip(row))]


@pytest.mark.parametrize("source", sorted({row["source"] for row in READ}))
def test_phrases_are_read_and_their_rules_read_back_from_their_own_wording(source):
    assert slips(row for row in READ if row["source"] == source) == []


def test_phrases_that_are_not_certain_are_left_to_a_person():
    assert slips(LEFT) == []


def test_the_corpus_covers_every_kind_of_table():
    kinds = {row["source"] for row in ROWS}
    assert {f"E{number}" for number in range(1, 34)} <= kinds
    assert len(ROWS) >= 600 and len(LEFT) >= 100
