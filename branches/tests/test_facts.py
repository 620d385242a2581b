from datetime import date

import pytest

from branches.checks import prompts
from branches.facts import facts, facts_for, months_between, months_left, term_end
from branches.models import BranchForm, Field, Profile
from branches.tests.make import make_branch, make_organization

TODAY = date(2026, 11, 20)


def profile(**fields):
    ordinary = {
        "full_members": 20,
        "committee_size": 3,
        "secretary": "张林",
        "term_ends_on": date(2028, 1, 1),
    }
    return Profile(**(ordinary | fields))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2025, 11, 20), TODAY, 12),
        (TODAY, date(2026, 1, 1), 0),
    ],
)
def test_only_whole_months_count(first, last, months):
    assert months_between(first, last) == months


def test_months_left_are_negative_once_the_term_has_ended():
    assert months_left(date(2027, 3, 1), today=TODAY) == 3
    assert months_left(date(2026, 8, 1), today=TODAY) == -3
    assert months_left(None, today=TODAY) is None


@pytest.mark.parametrize(
    ("field", "started", "ends"),
    [
        (Field.RURAL, date(2021, 1, 8), date(2026, 1, 8)),
        (Field.COMMUNITY, date(2021, 1, 8), date(2026, 1, 8)),
        (Field.ORGAN, date(2024, 2, 29), date(2027, 2, 28)),
        (Field.PRIVATE, date(2023, 6, 30), date(2026, 6, 30)),
    ],
)
def test_a_term_lasts_five_years_in_villages_and_three_elsewhere(field, started, ends):
    assert term_end(started, field=field) == ends


def test_an_approved_delay_is_no_overdue_election():
    late = {"term_ends_on": date(2026, 11, 10)}
    assert facts(profile(**late), today=TODAY)["term_overdue_days"] == 10
    excused = profile(**late, term_delay_document="安组复〔2026〕3号")
    assert facts(excused, today=TODAY)["term_overdue_days"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_facts_of_many_branches_take_one_query(count, django_assert_num_queries):
    town = make_organization()
    branches = [make_branch(parent=town, profile={"cells": 2}) for _n in range(count)]
    with django_assert_num_queries(1):
        found = facts_for(branches, today=TODAY)
    assert [found[b.pk]["cells"] for b in branches] == [2] * count


@pytest.mark.django_db
def test_facts_of_many_branches_are_those_of_each():
    day = date(2026, 3, 4)
    every = {
        "full_members": 9, "probationary_members": 2, "cells": 3, "committee_size": 5, "joint_units": 4,
        "premises_area": 80, "founded_on": day, "weak_since": day, "vacant_since": day,
        "term_ends_on": day, "term_delayed_until": date(2026, 10, 1), "term_delay_document": "批复",
        "form": BranchForm.TEMPORARY,
    }  # fmt: skip
    branch = make_branch(parent=make_organization(), profile=every)
    own = Profile.objects.get(organization=branch)
    assert facts_for([branch], today=TODAY) == {branch.pk: facts(own, today=TODAY)}


@pytest.mark.parametrize(
    ("fields", "facts_named"),
    [
        ({}, []),
        ({"full_members": 2}, ["full_members"]),
        ({"full_members": 50, "probationary_members": 3}, ["full_members"]),
        ({"full_members": 7, "committee_size": 0}, ["committee_size"]),
        ({"full_members": 6, "committee_size": 0}, []),
        ({"committee_size": 2}, ["committee_size"]),
        ({"form": BranchForm.JOINT, "joint_units": 6}, ["joint_units"]),
        ({"form": BranchForm.JOINT, "joint_units": 5}, []),
        ({"secretary": ""}, ["secretary"]),
        ({"term_ends_on": date(2027, 5, 19)}, ["term_ends_on"]),
        ({"term_ends_on": date(2027, 5, 20)}, []),
        ({"term_ends_on": None}, ["term_ends_on"]),
        ({"term_started_on": date(2024, 1, 1)}, ["term_ends_on"]),
        ({"term_started_on": date(2023, 1, 1)}, []),
        ({"form": BranchForm.TEMPORARY, "term_ends_on": None, "committee_size": 0}, []),
    ],
)
def test_computed_checks_prompt_only_where_the_regulation_says_otherwise(fields, facts_named):
    found = prompts(profile(**fields), field=Field.RURAL, today=TODAY)
    assert [prompt.fact for prompt in found] == facts_named
