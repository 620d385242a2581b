"""Cycles on the screen."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inspections.forms_cycles import ENDS_BEFORE, proposed
from inspections.models import Cycle, CycleState, Phase, PhaseKind
from inspections.tests.filing_pages import (
    enter,
)
from inspections.tests.make import (
    make_cycle,
    make_small_edition,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def planned(**more):
    days = {
        "starts_on": "2027-01-01", "ends_on": "2027-12-31",
        "self_from": "2027-10-01", "self_to": "2027-11-20",
    }  # fmt: skip
    return {"name": "2027年度", "kind": "accepted"} | days | more


def test_a_cycle_is_planned_opened_and_closed(client, county):
    edition = make_small_edition(owner=county.county)
    enter(client, county.officer)
    client.post(reverse("inspections:cycle_create"), planned(edition=edition.pk))
    cycle = Cycle.objects.get()
    steps = [cycle.state]
    for name in ("cycle_open", "cycle_close"):
        client.post(reverse(f"inspections:{name}", args=[cycle.pk]))
        cycle.refresh_from_db()
        steps.append(cycle.state)
    assert steps == [CycleState.PLANNED, CycleState.OPEN, CycleState.CLOSED]
    assert cycle.assessments.count() == 4


def test_until_when_rectification_counts_is_one_day(client, county):
    edition = make_small_edition(owner=county.county)
    page = enter(client, county.officer).get(reverse("inspections:cycle_create"))
    assert "整改计分截止日" in page.content.decode()
    assert [name for name in page.context["form"].fields if name.startswith("cutoff")] == [
        "cutoff_to"
    ]
    day = {"cutoff_to": "2027-12-20"}
    client.post(reverse("inspections:cycle_create"), planned(edition=edition.pk, **day))
    found = Phase.objects.get(kind=PhaseKind.CUTOFF)
    assert found.starts_on == found.ends_on == date(2027, 12, 20)


def test_a_standard_issued_within_the_period_is_said_before_the_cycle_opens(client, county):
    edition = make_small_edition(owner=county.county)
    issued = timezone.localdate(edition.issued_at)
    make_cycle(owner=county.county, edition=edition, state=CycleState.PLANNED, starts_on=issued)
    page = enter(client, county.officer).get(reverse("inspections:cycles"))
    assert page.context["rows"][0]["issued_since"] is None
    Cycle.objects.update(starts_on=issued - timedelta(days=1))
    page = client.get(reverse("inspections:cycles")).content.decode()
    assert f"标准于{issued}发布，晚于周期开始日" in page


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 3, 2), date(2026, 10, 21), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 12, 8)),
        (date(2026, 12, 31), date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_late_in_the_year_the_phases_share_what_is_left(today, first, last):
    days = proposed(today)
    assert (days["self_from"], days["self_to"]) == (first, last)
    ends = [days[f"{kind}_to"] for kind in ENDS_BEFORE]
    assert ends == sorted(ends)
    assert days["ends_on"] == ends[-1]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"self_to": "2027-09-01"}, "self_to"),
        ({"decide_from": "2027-12-01"}, "decide_to"),
        ({"self_from": "", "self_to": ""}, "self_from"),
        ({"name": " "}, "name"),
    ],
)
def test_a_wrong_plan_is_shown_again_at_the_field(client, county, wrong, field):
    edition = make_small_edition(owner=county.county)
    enter(client, county.officer)
    response = client.post(
        reverse("inspections:cycle_create"), planned(edition=edition.pk, **wrong)
    )
    assert (response.status_code, field in response.context["form"].errors) == (422, True)


def test_units_see_a_cycle_once_it_is_open(client, county):
    cycle = make_cycle(owner=county.county, state=CycleState.PLANNED)
    enter(client, county.clerk)
    before = client.get(reverse("inspections:assessments")).context.get("cycle")
    Cycle.objects.filter(pk=cycle.pk).update(state=CycleState.OPEN)
    after = client.get(reverse("inspections:assessments")).context.get("cycle")
    assert (before, after) == (None, cycle)


@pytest.mark.parametrize("who", ["secretary", "clerk", "branch_clerk", "leader"])
def test_only_county_officers_plan_cycles(client, county, who):
    assert enter(client, getattr(county, who)).get(reverse("inspections:cycles")).status_code == 403
