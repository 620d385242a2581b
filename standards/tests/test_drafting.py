"""The steps of a draft, and what is said before it is issued without keeping it back."""

import pytest

from branches.models import Field
from branches.tests.make import make_county
from standards.drafting import doubts, following, road, steps, untouched
from standards.tests.make import enter, make_clause, make_edition, put_in_force
from standards.views import sums_of


@pytest.fixture
def place(db):
    return make_county()


def test_a_draft_with_a_clause_says_what_is_done_and_what_comes_next(place):
    edition = make_edition(owner=place.county)
    make_clause(edition=edition)
    way = steps(edition, here="tiers")
    done = {step.label: step.is_done for step in way}
    assert done["章节"] and done["等次"] and not done["提交发布"]
    assert [step.label for step in way if step.is_here] == ["等次"]
    assert following(way).label == "章节"


def test_nothing_follows_the_last_step(place):
    assert following(steps(make_edition(owner=place.county), here="issue")) is None


def test_an_edition_in_force_has_no_steps(place):
    edition = make_edition(owner=place.county)
    make_clause(edition=edition)
    assert road(put_in_force(edition), here="edition") == {}


@pytest.mark.parametrize("page", ["head", "options", "tiers", "chapters", "composition", "issue"])
def test_every_page_of_a_draft_shows_the_steps(place, page):
    edition = make_edition(owner=place.county)
    text = enter(place.officer).get(f"/standards/{edition.pk}/{page}/").content.decode()
    assert text.count('aria-current="step"') == 1


def test_a_nameless_paper_and_one_field_are_doubted(place):
    edition = make_edition(
        owner=place.county, issuer="", document_number="", approving_authority=""
    )
    make_clause(edition=edition, points={"rural": 10_000})
    assert doubts(edition, sums_of(edition)) == [
        "尚未填写：印发单位、文号、批准机关。这些内容会印在评分表上。",
        "只有农村领域设了条目，其他10类支部本版不评。",
    ]


@pytest.mark.parametrize(
    ("served", "said"),
    [
        (set(Field.values), []),
        ({"party_committee"}, []),
        (set(Field.values) - {"retired"}, ["未设条目、本版不评的支部类别：离退休。"]),
    ],
)
def test_fields_without_a_clause_are_named(served, said):
    assert untouched(served) == said
