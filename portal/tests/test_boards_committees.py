"""Committees file and are judged like branches, and no number of branches counts them."""

import uuid
from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.tests.make import NOW
from branches.models import CommitteeField, Field
from branches.tests.make import make_county
from inspections import checking, cycles, filing
from inspections.models import Assessment, CycleState
from inspections.tests.make import FLAG_RULE, answer_all, make_cycle
from inspections.work_table import assessments_of, stage_counts, unit_rows
from portal.tests.test_boards import HOME, numbers, page_of, total
from scoring import results
from scoring.tests.make import decide_all, publish_all
from standards.tests.make import enter, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(lasting):
    """Two towns' committees and their four branches; the first town's has passed, one branch has filed."""
    made = make_county()
    edition = make_edition(owner=made.county)
    for key, field in (("setup", Field.RURAL), ("visits", CommitteeField.COMMITTEE)):
        make_clause(edition=edition, key=key, rule=FLAG_RULE, points={field: 10_000})
    edition = put_in_force(edition)
    made.cycle = make_cycle(owner=made.county, edition=edition, state=CycleState.PLANNED)
    cycles.start(made.officer, made.cycle, now=NOW)
    town = file(made, made.town, made.clerk)
    checking.accept(made.officer, town, now=NOW, client_key=uuid.uuid4())
    file(made, made.branches[0], made.branch_clerk)
    results.compute(made.cycle, now=NOW + timedelta(seconds=30))
    return made


@pytest.fixture
def made(built):
    return deepcopy(built)


def file(made, unit, actor):
    row = assessment(made, unit)
    answer_all(row, by=actor.user)
    filing.submit(actor, row, discussed_on=None, now=NOW, client_key=uuid.uuid4())
    return assessment(made, unit)


def assessment(made, unit):
    rows = Assessment.objects.select_related(
        "branch__parent", "cycle__edition", "cycle__owner", "cycle__prior"
    )
    return rows.get(cycle=made.cycle, branch=unit)


def wrong_numbers(client, url):
    found = numbers(page_of(client, url))
    assert found
    lists = {to: total(page_of(client, to)) for to in dict.fromkeys(to for to, _n in found)}
    return [(to, n) for to, n in found if lists[to] != n]


@pytest.mark.parametrize("person", ["officer", "secretary", "clerk", "branch_clerk"])
def test_every_number_of_a_board_opens_as_many_rows(made, person):
    assert wrong_numbers(enter(getattr(made, person)), HOME) == []


@pytest.mark.parametrize("name", ["scoring:results", "inspections:cycles"])
def test_every_number_of_a_page_of_sums_opens_as_many_rows(made, name):
    assert wrong_numbers(enter(made.officer), reverse(name)) == []


@pytest.mark.parametrize("of", ["", "branches", "committees", "all"])
def test_the_strip_of_stages_counts_what_its_list_holds(made, of):
    client = enter(made.officer)
    assert wrong_numbers(client, reverse("inspections:assessments") + f"?of={of}") == []


def test_the_units_of_a_cycle_are_counted_by_branches(made):
    rows = unit_rows(made.officer, made.cycle)
    assert [(row.unit, row.total) for row in rows] == [(made.town, 2), (made.other, 2)]
    strip = stage_counts(assessments_of(made.officer, made.cycle, of="branches"))
    assert sum(each["count"] for each in strip) == 4


@pytest.mark.parametrize(
    ("of", "units"),
    [("", 2), ("branches", 2), ("committees", 1), ("all", 3), ("other", 2)],
)
def test_a_unit_finds_its_own_beside_its_branches(made, of, units):
    page = page_of(enter(made.clerk), reverse("inspections:assessments") + f"?of={of}")
    assert total(page) == units


def test_what_was_published_is_told_of_branches_alone(made):
    decide_all(made)
    publish_all(made)
    page = enter(made.secretary).get(HOME)
    last = page.context["last"]
    assert (last["passed"].count, last["total"].count) == (1, 1)
    assert wrong_numbers(enter(made.secretary), HOME) == []


def test_chasing_a_unit_chases_its_branches(made):
    client = enter(made.officer)
    page = client.get(reverse("inspections:assessments"))
    pending = {row.unit: row.pending for row in page.context["units"]}
    sent = {"cycle": made.cycle.pk, "unit": made.other.pk}
    answer = client.post(reverse("inspections:assessments_chase"), sent, follow=True)
    assert (pending[made.other], "已催办2个支部" in answer.content.decode()) == (2, True)
