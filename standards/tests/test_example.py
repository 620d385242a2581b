import pytest

from accounts.models import Deed
from accounts.tests.make import NOW, make_user
from branches.tests.make import make_organization
from standards.example import load_example
from standards.models import EditionState
from standards.sheets import sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return load_example(make_organization(name="安禾县委组织部"), by=make_user(), now=NOW)


def test_the_example_is_issued_and_carries_no_document_number(edition):
    assert (edition.state, edition.issuer, edition.document_number) == (EditionState.ISSUED, "", "")


def test_every_sheet_of_the_example_sums_to_a_hundred_points(edition):
    sums = {field: sum(line.maximum for line in lines) for field, lines in sheets(edition).items()}
    assert set(sums.values()) == {10_000} and len(sums) == 16


def test_a_clause_keeps_its_methods_deadline_and_points(edition):
    clause = edition.clauses.get(key="organization.setup")
    points = clause.points.get(field="rural").points
    assert (clause.methods, clause.deadline_days, clause.deadline_unit, points) == (
        ["read", "ask"],
        30,
        "workdays",
        300,
    )


def test_loading_leaves_one_deed_with_the_digest(edition):
    deed = Deed.objects.get(verb="edition.issue")
    assert deed.params == {"digest": edition.digest}
