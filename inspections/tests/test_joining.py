"""Branches that come while a cycle runs."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Deed, Notice
from accounts.refusal import Refused
from branches.models import Field
from branches.tests.make import TODAY, make_branch, make_county
from inspections import joining
from inspections.models import Assessment, CycleState, Stage
from inspections.tests.filing_pages import enter
from inspections.tests.make import NOW, make_cycle, make_prior

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def founded(county, **fields):
    return make_branch(parent=county.town, name="新设村党支部", **fields)


def stage_of(cycle, branch):
    return Assessment.objects.filter(cycle=cycle, branch=branch).values_list("stage", flat=True)


def test_the_county_takes_one_branch_in(county, cycle):
    branch = founded(county)
    joining.join(county.officer, cycle, branch, now=NOW)
    assert list(stage_of(cycle, branch)) == [Stage.NOT_BEGUN]
    assert list(Deed.objects.filter(verb="cycle.join").values_list("path", "by")) == [
        (branch.path, county.officer.user.pk)
    ]


def test_a_second_press_is_told_so(county, cycle):
    branch = founded(county)
    joining.join(county.officer, cycle, branch, now=NOW)
    with pytest.raises(Refused):
        joining.join(county.officer, cycle, branch, now=NOW)
    assert Assessment.objects.filter(cycle=cycle, branch=branch).count() == 1


@pytest.mark.parametrize("who", ["leader", "secretary", "clerk", "branch_clerk", "stranger"])
def test_only_officers_take_branches_in(county, cycle, who):
    branch = founded(county)
    with pytest.raises(Refused):
        joining.join(getattr(county, who), cycle, branch, now=NOW)
    assert list(stage_of(cycle, branch)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"field": Field.ORGAN},
        {"closed_on": TODAY - timedelta(days=1)},
        {"opened_on": TODAY + timedelta(days=1)},
    ],
)
def test_a_branch_the_cycle_is_not_for_stays_out(county, cycle, fields):
    branch = founded(county, **fields)
    with pytest.raises(Refused):
        joining.join(county.officer, cycle, branch, now=NOW)
    assert joining.join_new(today=TODAY, now=NOW) == 0


def test_a_branch_of_another_county_stays_out(county, cycle):
    elsewhere = make_county(name="邻县委组织部")
    with pytest.raises(Refused):
        joining.join(county.officer, cycle, elsewhere.branches[0], now=NOW)


def test_the_chore_takes_in_whoever_is_missing_and_may_run_twice(county, cycle):
    branch = founded(county)
    assert [joining.join_new(today=TODAY, now=NOW) for _turn in (1, 2)] == [1, 0]
    assert list(stage_of(cycle, branch)) == [Stage.NOT_BEGUN]
    told = Notice.objects.filter(code="cycle.joined")
    assert set(told.values_list("user", flat=True)) == {
        county.secretary.user.pk,
        county.clerk.user.pk,
    }


@pytest.mark.parametrize("state", [CycleState.PLANNED, CycleState.CLOSED])
def test_the_chore_leaves_cycles_alone_that_do_not_run(county, state):
    make_cycle(owner=county.county, state=state)
    assert joining.join_new(today=TODAY, now=NOW) == 0


def test_the_chore_leaves_a_cycle_alone_whose_period_is_over(county, cycle):
    founded(county)
    assert joining.join_new(today=cycle.ends_on + timedelta(days=1), now=NOW) == 0


def test_a_branch_back_in_the_cycle_goes_on_from_its_last_filing(county):
    cycle = make_cycle(owner=county.county)
    prior = make_prior(cycle=cycle, branch=county.branches[0], by=county.clerk.user)
    joining.join(county.officer, cycle, county.branches[0], now=NOW)
    assert Assessment.objects.get(cycle=cycle, branch=county.branches[0]).prior == prior


def test_daily_takes_new_branches_in(county, cycle, capsys):
    branch = founded(county)
    call_command("daily")
    assert list(stage_of(cycle, branch)) == [Stage.NOT_BEGUN]
    assert capsys.readouterr().out.startswith("joined 1, ")


def test_the_page_names_who_is_missing_and_takes_them_in(client, county, cycle):
    branch = founded(county)
    enter(client, county.officer)
    page = client.get(reverse("inspections:cycles")).content.decode()
    address = reverse("inspections:cycle_join", args=[cycle.pk])
    assert f'<option value="{branch.pk}">新设村党支部 · 柳湾镇</option>' in page
    client.post(address, {"branch": branch.pk})
    assert list(stage_of(cycle, branch)) == [Stage.NOT_BEGUN]
    assert address not in client.get(reverse("inspections:cycles")).content.decode()


@pytest.mark.parametrize("branch", ["", "abc", "999999"])
def test_a_branch_nobody_knows_is_refused(client, county, cycle, branch):
    enter(client, county.officer)
    answer = client.post(reverse("inspections:cycle_join", args=[cycle.pk]), {"branch": branch})
    assert answer.status_code == 409


@pytest.mark.parametrize("branches", [1, 3])
def test_the_page_asks_as_many_queries_for_one_as_for_three(
    client, county, cycle, branches, django_assert_num_queries
):
    for number in range(branches):
        make_branch(parent=county.town, name=f"新设{number}村党支部")
    enter(client, county.officer)
    client.get(reverse("inspections:cycles"))
    with django_assert_num_queries(12):
        client.get(reverse("inspections:cycles"))
