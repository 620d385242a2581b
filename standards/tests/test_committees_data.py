"""The committees' own clauses: read, fit, sum to a hundred, and are answered in full by a conforming committee."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from accounts.tests.make import NOW, make_user
from branches.models import CommitteeField
from branches.tests.make import make_organization
from standards.conform import conforming
from standards.example import committees_data, example_data, load_example
from standards.issuing import problems
from standards.rules.parse import parse
from standards.sheets import sheet

CLAUSES = committees_data()["clauses"]
SERVED = ("party_committee", "work_committee", "organ_committee", "party_group", "general_branch")
clauses = pytest.mark.parametrize("clause", CLAUSES, ids=lambda c: c["key"])


def test_the_points_of_every_kind_sum_to_one_hundred():
    sums = Counter()
    for clause in CLAUSES:
        sums.update({field: Decimal(amount) for field, amount in clause["points"].items()})
    assert sums == dict.fromkeys(SERVED, Decimal(100))
    assert set(SERVED) == set(CommitteeField.values)


def test_keys_and_codes_are_nobody_elses():
    every = [*example_data()["clauses"], *CLAUSES]
    for name in ("key", "code"):
        assert len({clause[name] for clause in every}) == len(every)


@clauses
def test_a_clause_has_the_words_a_reader_needs(clause):
    told = [clause[name] for name in ("text", "text_en", "guidance", "evidence", "good_example")]
    assert (all(told), 4 <= len(clause["phrases"]) <= 6) == (True, True)


@clauses
def test_the_printed_amounts_are_those_of_the_machine_rule(clause):
    amounts = {
        step.get("unit") or step.get("missing")
        for step in clause["rule"]["steps"]
        if step["shape"] in ("step", "parts")
    }
    said = set(re.findall(r"扣([0-9.]+)分", clause["rule_text"]))
    assert said == amounts


@clauses
def test_one_tap_of_conforming_fits_the_rule(clause):
    rule = parse(clause["rule"])
    typed = {m.name for m in rule.measures if m.derive is None}
    assert typed <= conforming(rule).keys() | {m.name for m in rule.measures if m.kind == "value"}


@pytest.mark.django_db
def test_the_example_serves_committees_and_may_be_issued():
    edition = load_example(make_organization(name="安禾县委组织部"), by=make_user(), now=NOW)
    counts = {field: len(sheet(edition, field)) for field in SERVED}
    assert counts == {
        "party_committee": 12, "work_committee": 12, "organ_committee": 12, "party_group": 9,
        "general_branch": 9,
    }  # fmt: skip
    assert problems(edition) == []
