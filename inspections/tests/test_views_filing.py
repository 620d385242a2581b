"""The work table, the form and the review through the pages."""

import uuid

import pytest
from django.urls import reverse

from branches.tests.make import make_county
from inspections.models import Assessment, Sheet, Source, Stage
from inspections.tests.make import make_running

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine_day):
    """All pages are asked on 2026-11-20, a Friday."""


@pytest.fixture
def time_machine_day():
    import time_machine

    with time_machine.travel("2026-11-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def cycle(county):
    return make_running(county=county)


def enter(client, actor):
    client.force_login(actor.user)
    return client


def of_branch(cycle, branch):
    return Assessment.objects.get(cycle=cycle, branch=branch)


def address(name, assessment):
    return reverse(f"inspections:{name}", args=[assessment.pk])


def conforming(response, **more):
    """The whole form as the browser sends it back, with the given fields changed."""
    fields = {"client_key": str(uuid.uuid4())}
    for shown in response.context["lines"]:
        row = shown.row
        fields[f"{row.prefix}_was"] = row.was
        fields[f"{row.prefix}_verdict"] = row.verdict
    return fields | more


def test_the_work_table_shows_the_clerk_the_branches_of_the_town(client, county, cycle):
    response = enter(client, county.clerk).get(reverse("inspections:assessments"))
    assert [row.branch.short_name for row in response.context["rows"]] == [
        "双井村党支部",
        "上坝村党支部",
    ]


def test_the_form_asks_only_the_clause_counted_anew(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    response = enter(client, county.clerk).get(address("assessment", row))
    assert [shown.row.line.key for shown in response.context["attention"]] == ["dues"]


def test_one_answer_and_submit_file_the_branch(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    sent = conforming(page, **{"dues:_verdict": "yes", "do": "submit"})
    response = client.post(address("assessment", row), sent)
    row.refresh_from_db()
    coverage = Sheet.objects.get(assessment=row, source=Source.SELF).coverage
    assert (response.status_code, row.stage) == (302, Stage.SUBMITTED)
    assert coverage == {
        "dues": "single", "setup": "carried", "records": "carried", "falsified": "carried",
    }  # fmt: skip


def test_the_filed_page_and_the_print_open(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    client.post(address("assessment", row), conforming(page, **{"dues:_verdict": "yes", "do": "submit"}))
    codes = [
        client.get(address(name, row)).status_code
        for name in ("assessment", "assessment_print", "assessment_export", "check")
    ]
    assert codes == [200, 200, 200, 200]


def test_the_secretary_passes_in_one_press(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    client.post(address("assessment", row), conforming(page, **{"dues:_verdict": "yes", "do": "submit"}))
    enter(client, county.secretary)
    client.get(address("check", row))
    response = client.post(address("check", row), {"do": "pass", "client_key": str(uuid.uuid4())})
    row.refresh_from_db()
    assert (response.status_code, row.stage, row.passed_by) == (
        302,
        Stage.PASSED,
        county.secretary.user,
    )
