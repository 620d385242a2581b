"""Self-assessment against inspection: the branch first, then by unit and clause."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from accounts.tests.make import NOW
from branches.tests.make import TODAY, make_actor
from inspections.models import Assessment, StopState
from inspections.tests.make_findings import make_inspector, make_stop
from scoring import comparing_units, gapping
from scoring.tests.make import accept, decide_all, make_judged, publish_all
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
TABLE = reverse("scoring:gap_table")


@pytest.fixture(scope="module")
def built(lasting):
    """Everybody says all is well; on site the first branch has no records, the second is as it said."""
    made = make_judged()
    accept(made, made.branches[0], failing=["records"])
    accept(made, made.branches[1])
    made.inspector = make_inspector(branch=made.county)
    return made


def sign(made, branch, *, days):
    """The feedback sheet signed so many days ago."""
    return make_stop(
        owner=made.county, branch=branch, leader=made.inspector, cycle=made.cycle,
        state=StopState.SIGNED, signed_on=TODAY - timedelta(days=days),
    )  # fmt: skip


def found(made, *, days=15, today=TODAY):
    rows = Assessment.objects.filter(cycle=made.cycle).select_related("branch__parent")
    among = gapping.ripe(made.cycle, today=today, days=days)
    return gapping.differences(made.cycle, list(rows.order_by("pk")), today=today, among=among)


@pytest.mark.parametrize(("days", "counts"), [(14, 0), (15, 1), (16, 1)])
def test_a_gap_counts_only_some_days_after_the_sheet_was_signed(made, days, counts):
    sign(made, made.branches[0], days=days)
    assert len(found(made)) == counts


def test_a_branch_not_signed_for_never_counts(made):
    assert found(made, days=0) == []


def test_a_published_result_counts_at_once(made):
    decide_all(made)
    publish_all(made)
    assert [each.row.branch for each in found(made)] == made.branches[:2]


def test_the_gap_is_told_by_clause_and_by_unit(made):
    for branch in made.branches[:2]:
        sign(made, branch, days=20)
    rows = found(made)
    [clause] = gapping.by_clause(made.cycle, rows)
    [unit] = gapping.by_unit(made.cycle, rows)
    assert (clause.line.key, clause.count, clause.points) == ("records", 1, 50)
    assert (unit.unit, len(unit.branches), len(unit.above), unit.mean) == (made.town, 2, 1, 25)


def test_clauses_judged_on_one_side_only_do_not_count(made):
    sign(made, made.branches[0], days=20)
    [each] = found(made)
    assert set(each.said) == set(each.seen)


def test_the_gap_asks_the_same_number_of_questions(made, django_assert_num_queries):
    sign(made, made.branches[0], days=20)
    rows = list(Assessment.objects.filter(cycle=made.cycle).select_related("branch__parent"))
    every = {row.branch_id for row in rows}
    gapping.differences(made.cycle, rows, today=TODAY, among=every)
    with django_assert_num_queries(14):
        gapping.differences(made.cycle, rows[:1], today=TODAY, among=every)
    with django_assert_num_queries(14):
        gapping.differences(made.cycle, rows, today=TODAY, among=every)


def test_each_number_of_the_table_opens_as_many_rows(made):
    for branch in made.branches[:2]:
        sign(made, branch, days=400)
    client = enter(made.officer)
    page = client.get(TABLE)
    [unit], [clause] = page.context["units"], page.context["clauses"]
    asked = [
        ({"unit": unit.unit.pk}, len(unit.branches)),
        ({"unit": unit.unit.pk, "above": "1"}, len(unit.above)),
        ({"clause": clause.line.key}, clause.count),
    ]
    assert [client.get(TABLE, query).context["page"].paginator.count for query, _n in asked] == [
        n for _query, n in asked
    ]


def test_the_county_settles_how_many_days(made):
    sign(made, made.branches[0], days=20)
    comparing_units.set_rule(
        made.officer, made.county, reason="给支部留时间", now=NOW,
        shows_ranks=False, fewest=5, gap_days=30,
    )  # fmt: skip
    rule = comparing_units.rule_of(made.county)
    assert found(made, days=rule.gap_days) == []


@pytest.mark.parametrize("person", ["secretary", "clerk", "branch_clerk"])
def test_units_do_not_see_the_table(made, person):
    assert enter(getattr(made, person)).get(TABLE).status_code == 403


def compare(made, branch):
    row = Assessment.objects.get(cycle=made.cycle, branch=branch)
    return enter(made.branch_clerk).get(reverse("scoring:compare", args=[row.pk]))


def test_the_branch_sees_its_own_gap_once_the_sheet_is_signed(made):
    before = compare(made, made.branches[0])
    sign(made, made.branches[0], days=0)
    after = compare(made, made.branches[0])
    assert [len(page.context["scores"]) for page in (before, after)] == [2, 3]
    [row] = [row for row in after.context["rows"] if row.line.key == "records"]
    assert row.differs


def test_the_total_stays_with_the_county_until_it_is_published(made):
    sign(made, made.branches[0], days=0)
    acceptance = compare(made, made.branches[0]).context["scores"][-1]
    assert (acceptance["total"], acceptance["step"]) == ("—", None)


def test_the_workbook_has_the_same_rows(made):
    sign(made, made.branches[0], days=400)
    answer = enter(made.officer).get(reverse("scoring:gap_export"))
    assert b"".join(answer.streaming_content)[:2] == b"PK"


@pytest.fixture
def signed_in_both_towns(made):
    accept(made, made.foreign[0], failing=["records"])
    for branch in (made.branches[0], made.foreign[0]):
        sign(made, branch, days=400)
    return made


def branches_on(page):
    return {row["row"].row.branch for row in page.context["rows"]}


def test_the_unit_asked_for_narrows_the_table(signed_in_both_towns):
    made = signed_in_both_towns
    page = enter(made.officer).get(TABLE, {"unit": made.other.pk})
    assert branches_on(page) == {made.foreign[0]}


def test_a_leader_of_one_town_sees_the_gaps_of_that_town(signed_in_both_towns):
    made = signed_in_both_towns
    leader = make_actor(organization=made.town, role=Role.COUNTY_LEADER)
    assert branches_on(enter(leader).get(TABLE)) == {made.branches[0]}
