"""The example edition as plain data, for the tests that keep it true."""

import json
from pathlib import Path

import pytest

EDITION = json.loads(
    (Path(__file__).parents[1] / "data" / "example.json").read_text(encoding="utf-8")
)
CLAUSES = EDITION["clauses"]
BY_KEY = {clause["key"]: clause for clause in CLAUSES}
FIELDS = [
    "rural", "community", "government_organ", "soe", "school", "hospital", "institution",
    "private_enterprise", "social_organization", "retired", "mobile_member",
]  # fmt: skip


def held_by(field):
    return [clause for clause in CLAUSES if field in clause["points"]]


def all_text(part):
    if isinstance(part, dict):
        return [text for value in part.values() for text in all_text(value)]
    if isinstance(part, list):
        return [text for value in part for text in all_text(value)]
    return [part] if isinstance(part, str) else []


def measures_of(clause):
    return clause["rule"]["measures"]


def steps_of(clause):
    return clause["rule"]["steps"]


def ids(clause):
    return clause["key"]


each_clause = pytest.mark.parametrize("clause", CLAUSES, ids=ids)
each_field = pytest.mark.parametrize("field", FIELDS)
