"""A cycle that follows one under another edition: what last time's answers still say."""

from datetime import date

import pytest
from django.urls import reverse

from branches.models import Field
from branches.tests.make import TODAY, make_county
from inspections import filing_words
from inspections.models import Assessment, CycleState
from inspections.tests.make import SHORT_RULE, make_assessment, make_cycle, make_prior
from inspections.worklist import worklists
from standards.sheets import edition_options
from standards.tests.make import enter, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db
DEARER = {**SHORT_RULE, "steps": [{"shape": "step", "measure": "short", "unit": "4"}]}
LEVELS = {
    "measures": [
        {
            "name": "short",
            "kind": "grade",
            "label": "完成情况",
            "label_en": "How well",
            "grades": [
                {"key": "good", "label": "好", "label_en": "Good"},
                {"key": "poor", "label": "差", "label_en": "Poor"},
            ],
        }
    ],
    "steps": [
        {"shape": "bands", "measure": "short", "bands": [
            {"is": "good", "points": "20"}, {"is": "poor", "points": "0"}]}
    ],
}  # fmt: skip


def edition_of(owner, **rules):
    edition = make_edition(owner=owner)
    for number, (key, rule) in enumerate(rules.items(), start=1):
        make_clause(
            edition=edition, key=key, code=f"1.{number}", rule=rule, points={Field.RURAL: 2_000}
        )
    return put_in_force(edition)


@pytest.fixture
def place():
    place = make_county()
    before = edition_of(place.county, same=SHORT_RULE, dearer=SHORT_RULE, other=LEVELS)
    now = edition_of(
        place.county, same=SHORT_RULE, dearer=DEARER, other=SHORT_RULE, fresh=SHORT_RULE
    )
    cycle = make_cycle(owner=place.county, edition=now)
    cycle.prior = make_cycle(
        owner=place.county, edition=before, state=CycleState.CLOSED,
        starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
    )  # fmt: skip
    cycle.save(update_fields=["prior"])
    place.cycle = cycle
    return place


def follow(place, **failing):
    """The branch's assessment of this cycle, after one that fell short as told."""
    branch = place.branches[0]
    prior = make_prior(cycle=place.cycle, branch=branch, by=place.clerk.user, failing=failing)
    return make_assessment(cycle=place.cycle, branch=branch, prior=prior)


def items_of(row):
    rows = Assessment.objects.select_related("branch", "cycle__edition", "cycle__prior")
    row = rows.get(pk=row.pk)
    return {item.line.key: item for item in worklists([row], today=TODAY)[row.pk]}


def states(row):
    return {key: item.why or item.state for key, item in items_of(row).items()}


def test_only_what_still_says_something_is_carried_over(place):
    assert states(follow(place)) == {
        "same": "carried",
        "dearer": "carried",
        "other": "changed",
        "fresh": "new",
    }


def test_what_fell_short_is_asked_again_under_either_rule(place):
    row = follow(place, dearer={"short": 2}, other={"short": "poor"})
    assert states(row) == {
        "same": "carried",
        "dearer": "failed",
        "other": "changed",
        "fresh": "new",
    }


def test_last_time_is_told_by_the_rule_of_last_time(place):
    items = items_of(follow(place, dearer={"short": 2}, other={"short": "poor"}))
    options = edition_options(place.cycle.edition)
    last = {key: filing_words.said_last(item, options=options) for key, item in items.items()}
    assert last == {
        "same": "符合",
        "dearer": "会议少开2次，每次扣0.5分，扣1分",
        "other": "完成情况为“差”，不得分",
        "fresh": "未评",
    }


def test_the_page_and_the_list_open_after_a_rule_of_another_kind(place):
    row = follow(place, other={"short": "poor"})
    client = enter(place.clerk)
    pages = [
        client.get(reverse("inspections:assessment", args=[row.pk])),
        client.get(reverse("inspections:assessments"), {"cycle": place.cycle.pk}),
        client.get(reverse("inspections:assessment_print", args=[row.pk])),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200]
