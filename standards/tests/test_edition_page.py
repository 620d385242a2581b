"""The page of an edition: its clauses by field, and the contents beside them."""

import pytest

from branches.tests.make import make_county
from standards.tests.clause_posted import url
from standards.tests.make import enter, make_example

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def place(lasting):
    return make_county()


@pytest.fixture(scope="module")
def issued(place):
    return make_example(owner=place.county)


def test_a_field_shows_only_its_own_clauses_and_its_total(place, issued):
    page = enter(place.officer).get(url("edition", issued.pk), {"field": "school"})
    count = issued.clauses.filter(points__field="school").count()
    assert (page.context["count"], page.context["total"]) == (count, "100")


def test_the_contents_beside_an_edition_lead_to_every_clause(place, issued):
    page = enter(place.officer).get(url("edition", issued.pk)).content.decode()
    keys = list(issued.clauses.values_list("key", flat=True))
    assert [page.count(f'href="#c-{key}"') for key in keys] == [1] * len(keys)
    assert [page.count(f'id="c-{key}"') for key in keys] == [1] * len(keys)


def test_an_unknown_field_shows_all_clauses(place, issued):
    page = enter(place.officer).get(url("edition", issued.pk), {"field": "nowhere"})
    assert page.context["count"] == issued.clauses.count()
