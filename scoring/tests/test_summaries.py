"""Sums count what their reader may see: a unit what is published, and of the tree what was asked for."""

from datetime import date

import pytest

from accounts.roles import Role
from accounts.tests.make import NOW
from branches.tests.make import make_actor, make_county
from inspections.models import CycleState, FindingStage
from inspections.tests.make import make_cycle
from inspections.tests.make_findings import make_finding
from scoring import deciding
from scoring.models import Proposal, Result
from scoring.pictures import label_of
from scoring.sections import history
from scoring.summaries import Point, Sum, by_unit, grid, trend
from scoring.tests.make import decide_all, make_judged, make_published
from scoring.verdicts import pass_line
from scoring.views import cycle_shown
from scoring.views_result import findings_on

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(lasting):
    """Of four decided results that of the first branch is published."""
    made = make_judged()
    decide_all(made)
    first = Result.objects.filter(branch=made.branches[0]).select_related("branch", "cycle")
    deciding.publish(made.second_officer, first, now=NOW)
    return made


def totals(made, actor, *, top):
    points = trend(actor, owner_id=made.county.pk, top=top)
    sums = grid(actor, top=top)
    return (
        by_unit(actor, made.cycle, top=top)[1].total,
        [point.sum.total for point in points],
        [sums.sum_of(cycle).total for cycle in sums.cycles],
    )


def test_the_county_counts_everything_and_below_a_town_the_town(made):
    assert totals(made, made.officer, top=made.county) == (4, [4], [4])
    assert totals(made, made.officer, top=made.town) == (2, [2], [2])


def test_a_town_counts_what_is_published(made):
    assert totals(made, made.secretary, top=made.town) == (1, [1], [1])


def test_cycles_of_another_county_stand_in_no_sum(made):
    elsewhere = make_county(name="邻县委组织部")
    make_cycle(owner=elsewhere.county)
    assert grid(made.officer, top=made.county).cycles == [made.cycle]
    assert trend(made.officer, owner_id=elsewhere.county.pk, top=made.county) == []


def test_a_branch_page_tells_of_results_once_they_are_published(made):
    first, second = made.branches
    assert len(history(made.secretary, first)["context"]["lines"]) == 1
    assert history(made.secretary, second) is None
    assert len(history(made.officer, second)["context"]["lines"]) == 1


def test_a_result_names_to_its_unit_no_finding_that_was_not_issued(made):
    branch = made.branches[0]
    for stage in (FindingStage.DRAFT, FindingStage.ISSUED):
        make_finding(
            branch=branch, by=made.officer.user, stage=stage, cycle=made.cycle, clause_key="records"
        )
    found = Result.objects.get(branch=branch)
    assert len(findings_on(made.officer, found)["records"]) == 2
    assert [f.stage for f in findings_on(made.secretary, found)["records"]] == [FindingStage.ISSUED]


def test_a_unit_is_shown_the_newest_cycle_with_results_in_its_sight(made):
    dates = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    old = make_cycle(owner=made.county, edition=made.cycle.edition, **dates)
    make_published(county=made, cycle=old, state=CycleState.CLOSED)
    stranger = make_actor(organization=made.foreign[0], role=Role.BRANCH_CLERK)
    assert cycle_shown(made.officer, "") == made.cycle
    assert cycle_shown(stranger, "") == old


@pytest.mark.parametrize(
    ("word", "is_final", "label"),
    [
        (Proposal.PASS, True, "2026"),
        (Proposal.FAIL, False, "2026（拟）"),
        (Proposal.OPEN, False, "2026未评完"),
        (Proposal.OPEN, True, "2026"),
    ],
)
def test_a_cycle_under_way_is_named_so_and_not_drawn_as_a_fall(made, word, is_final, label):
    counted = Sum()
    counted.add(word)
    point = Point(made.cycle, counted, is_final)
    assert (label_of(point), point.is_under_way) == (label, "未评完" in label)


def test_the_pass_line_is_the_floor_of_the_lowest_tier_that_passes(made):
    edition = made.cycle.edition
    edition.tiers = [
        {"key": "a", "label": "示范", "floor": "90", "passes": True},
        {"key": "b", "label": "达标", "floor": "80.5", "passes": True},
        {"key": "c", "label": "未达标", "floor": "0", "passes": False},
    ]
    assert pass_line(edition) == "80.5"
    edition.tiers = edition.tiers[2:]
    assert pass_line(edition) == ""
