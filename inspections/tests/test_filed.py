"""What is said once a sheet is handed in, and the way on to the next branch."""

import pytest

from branches.tests.make import make_branch
from inspections.filed import filed, following
from inspections.models import Stage
from inspections.tests.filing_pages import address, autosave, enter, of_branch, submitted
from inspections.tests.make import make_assessment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def test_the_filer_is_told_how_the_clauses_were_filled_in(client, county, cycle):
    row = of_branch(cycle, county.branches[0])
    page = enter(client, county.clerk).get(address("assessment", row))
    open_clauses = len(page.context["waiting"])
    autosave(client, row, **{"dues:_verdict": "yes"})
    client.post(address("assessment", row), {"do": "rest"})
    known = filed(submitted(client, county, row))
    assert (known.typed, known.together) == (1, open_clauses - 1)
    said = client.get(address("assessment", row)).content.decode()
    assert f"逐条填报1项，一并填为符合{open_clauses - 1}项，沿用上期{known.carried}项" in said


def test_the_next_branch_to_fill_in_is_one_press_away(client, county, cycle):
    first, second = (of_branch(cycle, branch) for branch in county.branches)
    submitted(client, county, first)
    page = client.get(address("assessment", first))
    assert (page.context["following"].pk, page.context["following"].left) == (second.pk, 1)
    assert f'href="{address("assessment", second)}"' in page.content.decode()
    assert "下一个：上坝村党支部（还剩1个）" in page.content.decode()


def test_behind_the_last_branch_it_goes_on_from_the_top(county, cycle):
    first, second = (of_branch(cycle, branch) for branch in county.branches)
    assert following(county.clerk, second).pk == first.pk


def test_with_nothing_left_there_is_no_next(county, cycle):
    first, second = (of_branch(cycle, branch) for branch in county.branches)
    type(second).objects.filter(pk=second.pk).update(stage=Stage.SUBMITTED)
    assert following(county.clerk, first) is None


def test_branches_of_other_towns_and_readers_who_fill_in_nothing_have_no_next(county, cycle):
    first = of_branch(cycle, county.branches[0])
    assert following(county.clerk, first).branch == "上坝村党支部"
    assert following(county.officer, first) is None


def test_the_queries_do_not_grow_with_the_branches(county, cycle, django_assert_num_queries):
    first = of_branch(cycle, county.branches[0])
    first.cycle = cycle
    for _more in range(3):
        with django_assert_num_queries(1):
            following(county.clerk, first)
        make_assessment(cycle=cycle, branch=make_branch(parent=county.town))
