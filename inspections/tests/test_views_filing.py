"""The work table: whom it shows, what is done from it for many at once."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import AccessLog, Notice
from branches.tests.make import make_branch
from inspections.models import Assessment, Stage
from inspections.tests.filing_pages import (
    autosave,
    coverage,
    enter,
    of_branch,
    submitted,
)
from inspections.tests.make import (
    make_assessment,
    make_cycle,
    make_prior,
)
from portal.kit.sheets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def test_the_work_table_shows_the_clerk_the_branches_of_the_town(client, county, cycle):
    response = enter(client, county.clerk).get(reverse("inspections:assessments"))
    assert [row.branch.short_name for row in response.context["rows"]] == [
        "双井村党支部",
        "上坝村党支部",
    ]


def test_the_batch_submits_the_unchanged_in_one_press(client, county, cycle):
    rows = [of_branch(cycle, branch) for branch in county.branches]
    enter(client, county.clerk)
    for row in rows:
        autosave(client, row, **{"dues:_verdict": "yes"})
    page = client.get(reverse("inspections:assessments"))
    ready = [each.assessment.pk for each in page.context["ready"]]
    client.post(
        reverse("inspections:assessments_submit"),
        {"ids": ready, "cycle": cycle.pk, "client_key": str(uuid.uuid4())},
    )
    assert Assessment.objects.filter(cycle=cycle, stage=Stage.SUBMITTED).count() == 2


def test_the_batch_with_a_wrong_day_submits_nothing_and_keeps_the_ticks(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    enter(client, county.clerk)
    autosave(client, row, **{"dues:_verdict": "yes"})
    sent = {"ids": [row.pk], "cycle": cycle.pk, "discussed_on": "2026-02-30"}
    response = client.post(reverse("inspections:assessments_submit"), sent)
    row.refresh_from_db()
    assert (response.status_code, response.context["ticked"], row.stage) == (
        422,
        {row.pk},
        Stage.DRAFTING,
    )


def test_the_grid_answers_the_clauses_of_the_period_for_all_branches(client, county, cycle):
    enter(client, county.clerk)
    page = client.get(reverse("inspections:assessments_grid"))
    names = [name for row in page.context["rows"] for name, _code in row.cells]
    client.post(reverse("inspections:assessments_grid"), {"ok": names, "cycle": cycle.pk})
    assert [coverage(of_branch(cycle, b)) for b in county.branches] == [{"dues": "single"}] * 2


def test_the_county_sees_its_units_with_counts(client, county, cycle):
    page = enter(client, county.officer).get(reverse("inspections:assessments"))
    shown = [(row.unit.short_name, row.total, row.pending) for row in page.context["units"]]
    assert shown == [("柳湾镇", 2, 2), ("石埠镇", 2, 2)]


def test_the_filter_in_the_address_narrows_the_table(client, county, cycle):
    submitted(client, county, of_branch(cycle, county.branches[0]))
    page = enter(client, county.officer).get(
        reverse("inspections:assessments"), {"unit": county.town.pk, "stage": "submitted"}
    )
    assert [row.branch.short_name for row in page.context["rows"]] == ["双井村党支部"]


@pytest.mark.parametrize("query", ["cycle=abc", "unit=1e9", "stage=x", "page=-1", "unit=9" * 9])
def test_an_odd_address_shows_the_whole_table(client, county, cycle, query):
    response = enter(client, county.officer).get(f"{reverse('inspections:assessments')}?{query}")
    assert response.status_code == 200


def test_a_chase_tells_each_person_once_a_day(client, county, cycle):
    rows = [of_branch(cycle, branch).pk for branch in county.branches]
    enter(client, county.secretary)
    for _press in range(2):
        client.post(reverse("inspections:assessments_chase"), {"ids": rows, "cycle": cycle.pk})
    told = Notice.objects.filter(code="assessment.chased").values_list("user__name", flat=True)
    assert sorted(told) == ["张林", "王宁"]


def test_the_export_has_the_rows_of_the_screen_and_is_logged(client, county, cycle, tmp_path):
    enter(client, county.officer)
    query = {"unit": county.town.pk}
    response = client.get(reverse("inspections:assessments_export"), query)
    table = saved(response, tmp_path)
    names = [line[0] for line in table[3:5]]
    assert names == ["双井村党支部", "上坝村党支部"]
    assert AccessLog.objects.get().what == "assessments.exported"


def saved(response, folder):
    path = folder / "file.xlsx"
    path.write_bytes(b"".join(response.streaming_content))
    return read(path).first.rows


@pytest.mark.parametrize("many", [1, 3])
def test_the_work_table_costs_the_same_queries_for_one_row_and_for_three(
    client, county, many, django_assert_num_queries
):
    cycle = make_cycle(owner=county.county)
    for branch in (*county.branches, make_branch(parent=county.town))[:many]:
        prior = make_prior(cycle=cycle, branch=branch, by=county.clerk.user)
        make_assessment(cycle=cycle, branch=branch, prior=prior)
    enter(client, county.clerk)
    client.get(reverse("inspections:assessments"))
    with django_assert_num_queries(30):
        client.get(reverse("inspections:assessments"))
