"""Items at risk: what a mandatory clause loses soon if nothing happens."""

from datetime import date

import pytest
from django.urls import reverse

from branches.models import Field, Meeting, Profile
from branches.tests.make import TODAY, make_county
from inspections.models import Assessment, Stage
from inspections.tests.make import (
    FLAG_RULE,
    SHORT_RULE,
    answer_all,
    make_assessment,
    make_cycle,
)
from inspections.tests.make_findings import make_finding
from scoring.risks import FACT, FINDING, MEETING, risks
from standards.tests.make import enter, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db
QUARTERLY = {
    "measures": [
        {
            "name": "missed",
            "kind": "count",
            "label": "少开次数",
            "label_en": "Meetings short",
            "derive": {
                "from": "meetings",
                "kind": "committee_meeting",
                "per": "quarter",
                "need": 1,
            },
        }
    ],
    "steps": [{"shape": "step", "measure": "missed", "unit": "0.5"}],
}
TERM = {
    "measures": [
        {
            "name": "overdue",
            "kind": "count",
            "label": "届满超期天数",
            "label_en": "Days past the term",
            "derive": {"from": "facts", "fact": "term_overdue_days"},
        }
    ],
    "steps": [{"shape": "zero_if", "measure": "overdue", "when": {"op": ">", "value": "0"}}],
}


def make_strict(*, owner, mandatory=True):
    edition = make_edition(owner=owner)
    points = {Field.RURAL: 2_500}
    rules = {"term": TERM, "meetings": QUARTERLY, "records": SHORT_RULE, "setup": FLAG_RULE}
    for number, (key, rule) in enumerate(rules.items(), start=1):
        make_clause(
            edition=edition, key=key, code=f"1.{number}", rule=rule, points=points,
            mandatory=mandatory,
        )  # fmt: skip
    return put_in_force(edition)


@pytest.fixture(scope="module")
def built(lasting):
    return make_filed()


def make_filed(*, mandatory=True):
    """One branch, its term until the end of next year, the meeting of every quarter held."""
    county = make_county()
    edition = make_strict(owner=county.county, mandatory=mandatory)
    county.cycle = make_cycle(owner=county.county, edition=edition)
    for branch in county.branches:
        row = make_assessment(cycle=county.cycle, branch=branch, stage=Stage.PASSED)
        answer_all(row, by=county.clerk.user)
        Profile.objects.update_or_create(
            organization=branch, defaults={"term_ends_on": date(2027, 12, 31)}
        )
        for month in (2, 5, 8, 11):
            meet(county, branch, month)
    return county


def meet(county, branch, month):
    Meeting.objects.create(
        organization=branch, kind="committee_meeting", held_on=date(2026, month, 10),
        recorded_by=county.clerk.user, recorded_at="2026-11-20T02:00:00Z",
    )  # fmt: skip


def found(made, *, today=TODAY):
    rows = Assessment.objects.filter(cycle=made.cycle).select_related("branch__parent")
    return [
        (risk.row.branch.pk, risk.line.key, risk.kind, risk.until, risk.lost)
        for risk in risks(made.cycle, list(rows.order_by("pk")), today=today)
    ]


def test_nothing_is_at_risk_where_everything_is_held_and_lasts(made):
    assert found(made) == []


def test_a_term_that_ends_before_the_cycle_is_at_risk(made):
    branch = made.branches[0]
    Profile.objects.filter(organization=branch).update(term_ends_on=date(2026, 12, 10))
    assert found(made) == [(branch.pk, "term", FACT, date(2026, 12, 10), 2_500)]


def test_a_term_already_over_is_lost_and_no_longer_at_risk(made):
    Profile.objects.filter(organization=made.branches[0]).update(term_ends_on=date(2026, 11, 1))
    assert found(made) == []


def test_an_approved_delay_takes_the_risk_away(made):
    Profile.objects.filter(organization=made.branches[0]).update(
        term_ends_on=date(2026, 12, 10), term_delay_document="安组复〔2026〕3号"
    )
    assert found(made) == []


def test_a_meeting_not_yet_held_this_quarter_is_at_risk_until_its_end(made):
    branch = made.branches[0]
    Meeting.objects.filter(organization=branch, held_on__month=11).delete()
    assert found(made) == [(branch.pk, "meetings", MEETING, date(2026, 12, 31), 50)]


def test_a_meeting_missed_in_a_past_quarter_is_no_risk_any_more(made):
    Meeting.objects.filter(organization=made.branches[0], held_on__month=5).delete()
    assert found(made) == []


def test_later_quarters_are_not_yet_owed(made):
    Meeting.objects.filter(held_on__month__in=(8, 11)).delete()
    owed = {(key, until) for _pk, key, _kind, until, _lost in found(made, today=date(2026, 7, 5))}
    assert owed == {("meetings", date(2026, 9, 30))}


def test_a_finding_due_before_the_cutoff_is_at_risk(made):
    branch = made.branches[0]
    finding = make_finding(
        branch=branch, by=made.officer.user, cycle=made.cycle, clause_key="records"
    )
    assert found(made) == [(branch.pk, "records", FINDING, finding.due_on, 0)]


def test_an_overdue_finding_belongs_to_the_ledger(made):
    make_finding(
        branch=made.branches[0], by=made.officer.user, cycle=made.cycle, clause_key="records",
        due_on=date(2026, 11, 10),
    )  # fmt: skip
    assert found(made) == []


def test_clauses_that_are_not_mandatory_are_left_out():
    made = make_filed(mandatory=False)
    Profile.objects.filter(organization=made.branches[0]).update(term_ends_on=date(2026, 12, 10))
    assert found(made) == []


def test_after_the_cycle_nothing_is_at_risk(made):
    Meeting.objects.filter(organization=made.branches[0]).delete()
    assert found(made, today=date(2027, 1, 5)) == []


@pytest.mark.parametrize("several", [1, 3])
def test_risks_ask_the_same_number_of_questions(made, several, django_assert_num_queries):
    rows = list(
        Assessment.objects.filter(cycle=made.cycle).select_related("branch__parent")[:several]
    )
    found(made)
    with django_assert_num_queries(16):
        risks(made.cycle, rows, today=TODAY)


def test_a_unit_sees_its_own_branches_only_and_exports_the_same(made):
    for branch in made.branches:
        Meeting.objects.filter(organization=branch, held_on__month=11).delete()
    page = enter(made.branch_clerk).get(reverse("scoring:risks"))
    assert page.status_code == 200
    assert {row["row"].row.branch for row in page.context["rows"]} <= {made.branches[0]}
    assert enter(made.officer).get(reverse("scoring:risks_export")).status_code == 200


@pytest.mark.parametrize("show", ["all", "fact", "meeting", "finding", "odd"])
def test_each_count_opens_as_many_rows(made, show):
    page = enter(made.officer).get(reverse("scoring:risks"), {"show": show})
    counts = {key: n for key, _word, n in page.context["views"]}
    want = counts.get(show, counts["all"])
    assert page.context["page"].paginator.count == want


def test_the_unit_asked_for_narrows_the_items(made):
    for branch in made.branches:
        Meeting.objects.filter(organization=branch, held_on__month=11).delete()

    def count(unit):
        page = enter(made.officer).get(reverse("scoring:risks"), {"unit": unit.pk})
        return page.context["page"].paginator.count

    assert (count(made.town), count(made.other)) == (2, 0)
