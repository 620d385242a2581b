"""What asks for an answer, and why."""

from datetime import date

import pytest

from accounts.tests.make import NOW
from branches.models import Field, Meeting
from branches.tests.make import TODAY, make_branch, make_county
from inspections.models import Assessment, Finding, Mark, Source, Stage
from inspections.sheets import DRAFT, Judgement, judge
from inspections.tests.make import make_assessment, make_cycle, make_prior, make_running
from inspections.worklist import season, unchanged, worklists
from standards.tests.make import make_example

pytestmark = pytest.mark.django_db


def states(assessment, *, today=TODAY):
    row = fresh(assessment)
    return {i.line.key: i.why or i.state for i in worklists([row], today=today)[row.pk]}


def fresh(assessment):
    rows = Assessment.objects.select_related("branch", "cycle__edition", "cycle__prior")
    return rows.get(pk=assessment.pk)


def first_of(cycle):
    return Assessment.objects.filter(cycle=cycle).order_by("pk").first()


def test_worklist_in_the_first_cycle_asks_everything_but_the_records():
    county = make_county()
    cycle = make_cycle(owner=county.county)
    assessment = make_assessment(cycle=cycle, branch=county.branches[0])
    assert states(assessment) == {
        "setup": "new",
        "records": "new",
        "dues": "counted",
        "meetings": "records",
        "falsified": "new",
    }


def test_worklist_in_the_second_cycle_asks_only_what_counts_anew():
    county = make_county()
    assert states(first_of(make_running(county=county))) == {
        "setup": "carried",
        "records": "carried",
        "dues": "counted",
        "meetings": "records",
        "falsified": "carried",
    }


def test_worklist_asks_again_what_failed_last_time():
    county = make_county()
    assert states(first_of(make_running(county=county, failing=["records"])))["records"] == "failed"


def test_worklist_asks_about_a_clause_with_an_open_finding():
    county = make_county()
    cycle = make_running(county=county)
    Finding.objects.create(
        owner=county.county,
        number="1",
        branch=county.branches[0],
        unit=county.branches[0],
        clause_key="setup",
        source="tour",
        stage="in_progress",
        text="设置不合规",
        found_on=TODAY,
        logged_at=NOW,
        logged_by=county.officer.user,
    )
    assert states(first_of(cycle))["setup"] == "found"


def test_worklist_keeps_a_half_typed_problem_waiting():
    county = make_county()
    row = first_of(make_running(county=county))
    judge(
        row,
        Source.SELF,
        Judgement("setup"),
        by=county.clerk.user,
        now=NOW,
        on=TODAY,
        how=DRAFT,
    )
    assert states(row)["setup"] == "unfinished"


def test_worklist_of_a_returned_one_asks_the_marked_clause_even_where_records_know():
    county = make_county()
    row = first_of(make_running(county=county))
    Assessment.objects.filter(pk=row.pk).update(stage=Stage.RETURNED, round=2)
    Mark.objects.create(assessment=row, clause_key="meetings", round=2, reason="对不上")
    Mark.objects.create(assessment=row, clause_key="setup", round=1, reason="旧的")
    assert {key for key, state in states(row).items() if state == "returned"} == {"meetings"}


def test_worklist_says_what_the_records_know_of_meetings():
    county = make_county()
    row = first_of(make_running(county=county))
    for month in range(1, 9):
        Meeting.objects.create(
            organization=county.branches[0],
            kind="committee_meeting",
            held_on=date(2026, month, 10),
            recorded_at=NOW,
            recorded_by=county.clerk.user,
        )
    items = worklists([fresh(row)], today=TODAY)[row.pk]
    assert next(i.now.values for i in items if i.line.key == "meetings") == {"missed": 2}


@pytest.mark.parametrize(
    ("before", "after", "cadence", "again"),
    [
        (date(2026, 9, 30), date(2026, 12, 31), "year", False),
        (date(2026, 9, 30), date(2026, 12, 31), "half", False),
        (date(2026, 9, 30), date(2026, 12, 31), "quarter", True),
        (date(2025, 12, 31), date(2026, 12, 31), "year", True),
        (date(2026, 6, 30), date(2026, 9, 30), "half", True),
        (date(2026, 6, 30), date(2026, 9, 30), "", True),
    ],
)
def test_a_clause_is_due_again_when_its_natural_cycle_has_come_round(before, after, cadence, again):
    assert (season(before, cadence) != season(after, cadence)) == again


def test_second_cycle_of_the_example_is_prefilled_by_85_percent():
    county = make_county()
    edition = make_example(owner=county.county)
    quarter = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30), "state": "closed"}
    before = make_cycle(owner=county.county, edition=edition, **quarter)
    cycle = make_cycle(
        owner=county.county, edition=edition, starts_on=date(2026, 10, 1), prior=before
    )
    branch = make_branch(parent=county.town, field=Field.RURAL)
    prior = make_prior(cycle=cycle, branch=branch, by=county.clerk.user)
    row = make_assessment(cycle=cycle, branch=branch, prior=prior)
    asked = states(row)
    known = [key for key, state in asked.items() if state in ("carried", "records", "left_out")]
    assert len(known) / len(asked) >= 0.85


@pytest.mark.parametrize("many", [1, 3])
def test_worklists_cost_the_same_queries_for_one_and_for_three(many, django_assert_num_queries):
    county = make_county()
    make_running(county=county)
    rows = Assessment.objects.filter(prior__isnull=False).select_related(
        "branch", "cycle__edition", "cycle__prior"
    )
    chosen = list(rows.order_by("pk")[:many])
    worklists(chosen, today=TODAY)
    with django_assert_num_queries(14):
        lists = worklists(chosen, today=TODAY)
    assert [unchanged(lists[row.pk]) for row in chosen] == [False] * many
