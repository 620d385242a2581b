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


@pytest.mark.parametrize("row", READ, ids=lambda row: row["phrase"])
def test_a_phrase_is_read_and_its_rule_reads_back_from_its_own_wording(row):
    reading = read(row["phrase"], points(row))
    assert plain(reading.rules) == row["rules"], reading.reason
    assert reading.extra.get("under") == row.get("under")
    assert reading.confidence > 0
    assert canonical(reading.rule) == reading.rule
    maximum = 10**9 if row["points"] is None else int(points(row) * 100)
    sentences = "".join(describe(parse(reading.rule), maximum=maximum, lang="zh"))
    again = read(sentences, points(row))
    assert again.rule == reading.rule, f"{sentences} {again.reason}"


@pytest.mark.parametrize("row", LEFT, ids=lambda row: row["phrase"])
def test_a_phrase_that_is_not_certain_is_left_to_a_person(row):
    reading = read(row["phrase"], points(row))
    assert reading.rules == ({"shape": "judged", "range": [0, row["points"]]},)
    assert reading.confidence == 0
    assert reading.reason


def test_the_corpus_covers_every_kind_of_table():
    kinds = {row["source"] for row in ROWS}
    assert {f"E{number}" for number in range(1, 34)} <= kinds
    assert len(ROWS) >= 600 and len(LEFT) >= 100
