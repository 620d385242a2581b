"""docs/permissions.md is what the tables say."""

import pytest

from accounts.roles import Role
from portal.access import permits
from portal.tests.walk import matrix

pytestmark = pytest.mark.walk


def test_the_printed_matrix_is_current():
    written = matrix.FILE.read_text(encoding="utf-8")
    assert (
        written.partition("## By address")[0].strip()
        == f"{matrix.HEAD}\n{matrix.by_verb()}".strip()
    )


@pytest.mark.django_db
def test_every_address_stands_in_it_with_what_it_is_asked_about(labels):
    rows = [(name, method, about) for name, method, about, *_cells in matrix.lines("## By address")]
    assert sorted(rows) == sorted((name, method, labels[name]) for name, method in matrix.asked())


def test_every_verb_is_open_to_somebody():
    assert [verb for verb, offices in matrix.offices_of().items() if not offices] == []


def test_every_verb_an_address_asks_for_stands_in_a_table():
    assert sorted(matrix.verbs_asked_for() - permits().keys()) == []


def test_the_matrix_reads_back_as_the_tables():
    named = {verb: frozenset(row.roles | row.kinds) for verb, row in permits().items()}
    assert matrix.offices_of() == named


def test_no_role_is_left_out():
    assert {role.value for role in Role} - {
        o for row in matrix.offices_of().values() for o in row
    } == set()
