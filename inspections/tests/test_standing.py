"""Whose word counts, clause by clause."""

from datetime import date

import pytest

from accounts.tests.make import NOW
from branches.models import Meeting, Profile
from branches.tests.make import TODAY
from inspections.models import Assessment, Source, Stage
from inspections.sheets import Judgement, judge
from inspections.standing import standings
from inspections.tests.make import (
    answer_all,
    make_assessment,
    make_cycle,
    make_edition,
    make_running,
)
from standards.tests.make import make_clause, put_in_force

pytestmark = pytest.mark.django_db
ALL = (Source.SELF, Source.FIRST_CHECK, Source.ACCEPTANCE, Source.RECHECK)


def one(county, *, stage=Stage.PASSED):
    cycle = make_cycle(owner=county.county)
    return make_assessment(cycle=cycle, branch=county.branches[0], stage=stage)


def word(row, key="records", **more):
    standing = standings([row], today=TODAY, **more)[row.pk].get(key)
    return (standing.source, standing.values.get("short")) if standing else None


@pytest.mark.parametrize("count", range(1, 5))
def test_the_latest_source_that_covered_a_clause_counts(county, count):
    row = one(county)
    for number, source in enumerate(ALL[:count]):
        said = Judgement("records", values={"short": number})
        judge(row, source, said, by=county.clerk.user, now=NOW, on=TODAY)
    assert word(row) == (ALL[count - 1], count - 1)


@pytest.mark.parametrize(
    ("stage", "self_heard", "check_heard"),
    [
        (Stage.NOT_BEGUN, False, False),
        (Stage.DRAFTING, False, False),
        (Stage.RETURNED, False, False),
        (Stage.SUBMITTED, True, False),
        (Stage.PASSED, True, True),
        (Stage.CONFIRMED, True, True),
    ],
)
def test_a_source_is_heard_from_its_stage_on(county, stage, self_heard, check_heard):
    row = one(county, stage=stage)
    answer_all(row, by=county.clerk.user)
    judge(row, Source.FIRST_CHECK, Judgement("setup"), by=county.clerk.user, now=NOW, on=TODAY)
    heard = standings([row], today=TODAY)[row.pk]
    sources = {each.source for key, each in heard.items() if key in ("setup", "records")}
    assert ("self" in sources, "first_check" in sources) == (self_heard, check_heard)


def test_the_county_is_heard_whatever_the_branch_filed(county):
    row = one(county, stage=Stage.NOT_BEGUN)
    answer_all(row, by=county.clerk.user, source=Source.ACCEPTANCE)
    assert word(row) == ("acceptance", 0)


def test_what_nobody_covered_is_absent_and_not_conforming(county):
    row = one(county)
    assert set(standings([row], today=TODAY)[row.pk]) == {"meetings"}


def test_records_speak_where_nobody_judged(county):
    row = one(county)
    for month in (1, 2, 3):
        Meeting.objects.create(
            organization=row.branch,
            kind="committee_meeting",
            held_on=date(2026, month, 10),
            recorded_at=NOW,
            recorded_by=county.clerk.user,
        )
    standing = standings([row], today=TODAY)[row.pk]["meetings"]
    assert (standing.source, standing.values) == ("records", {"missed": 7})


def test_a_measure_stated_on_site_beats_the_records(county):
    row = one(county)
    said = Judgement("meetings", values={"missed": 1}, remark="看到补记")
    judge(row, Source.ACCEPTANCE, said, by=county.officer.user, now=NOW, on=TODAY)
    assert standings([row], today=TODAY)[row.pk]["meetings"].values == {"missed": 1}


def test_a_clause_that_does_not_apply_by_the_facts_says_so(county):
    edition = make_edition(owner=county.county)
    large = [{"fact": "full_members", "op": ">=", "value": "50"}]
    make_clause(edition=edition, key="cells", applies=large)
    cycle = make_cycle(owner=county.county, edition=put_in_force(edition))
    row = make_assessment(cycle=cycle, branch=county.branches[0])
    before = standings([row], today=TODAY)[row.pk]["cells"].applicable
    Profile.objects.filter(organization=row.branch).update(full_members=60)
    assert (before, "cells" in standings([row], today=TODAY)[row.pk]) == (False, False)


def test_sources_can_be_heard_one_by_one(county):
    row = one(county)
    answer_all(row, by=county.clerk.user, failing=["records"])
    answer_all(row, by=county.officer.user, source=Source.ACCEPTANCE)
    assert (word(row, sources=(Source.SELF,)), word(row, sources=(Source.ACCEPTANCE,))) == (
        ("self", 1),
        ("acceptance", 0),
    )


@pytest.mark.parametrize("many", [1, 3])
def test_standings_cost_the_same_queries_for_one_and_for_three(
    county, many, django_assert_num_queries
):
    cycle = make_running(county=county)
    rows = Assessment.objects.filter(cycle=cycle.prior).select_related("branch", "cycle__edition")
    chosen = list(rows.order_by("pk")[:many])
    standings(chosen, today=TODAY)
    with django_assert_num_queries(7):
        standings(chosen, today=TODAY)
