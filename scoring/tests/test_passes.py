"""A cycle under a composition, from real records: figures, sources, the year before, peers, quotas."""

from datetime import date

import pytest

from branches.tests.make import TODAY
from inspections.models import Source, Stage
from inspections.standing import standings
from inspections.tests.make import answer_all, make_assessment, make_cycle
from scoring import knowing
from scoring.comparing import HEARD
from scoring.models import Proposal, Result
from scoring.passes import are_compared, passed, sums_of
from scoring.tallies import plain_total
from scoring.tests.compositions import assessments, make_composed, note_figure
from scoring.tests.make import COMPUTED

pytestmark = pytest.mark.django_db
WEIGHTED = [
    {"key": "sheet", "weight": "70", "from": "chapters", "chapters": ["daily", "yearly"]},
    {"key": "survey", "weight": "30", "from": "figure", "figure": "survey"},
]
# Points lost per branch: none, 5, 10, 20.
SHORT = ({}, {"records": {"short": 10}}, {"records": {"short": 20}}, {"dues": {"short": 40}})


def passes(made):
    return passed(made.cycle, assessments(made), today=TODAY)


def told(made):
    return [(each.tally.composed.total, each.tier) for each in passes(made)]


def test_without_a_composition_every_branch_is_its_plain_sum():
    assert told(make_composed({}, failing=SHORT)) == [
        (10_000, "five"), (9_500, "five"), (9_000, "five"), (8_000, "four"),
    ]  # fmt: skip


def test_a_survey_weighs_thirty_and_a_branch_without_one_stays_open():
    made = make_composed({"components": WEIGHTED}, figures=[{"survey": "80"}, {"survey": "95.5"}])
    found = passes(made)
    assert [each.tally.composed.total for each in found] == [9_400, 9_865, 7_000, 7_000]
    assert [each.proposal for each in found] == [Proposal.PASS, Proposal.PASS, Proposal.OPEN, Proposal.OPEN]  # fmt: skip


def test_the_newest_figure_counts():
    made = make_composed({"components": WEIGHTED}, figures=[{"survey": "80"}])
    note_figure(made.cycle, made.branches[0], "survey", "90", by=made.officer.user, at=COMPUTED)
    assert passes(made)[0].tally.composed.total == 9_700


def test_the_other_source_counts_by_its_own_sheet():
    own = {"key": "own", "weight": "60", "from": "chapters", "chapters": ["daily", "yearly"]}
    first = {"key": "first", "weight": "40", "from": "source", "source": "self"}
    made = make_composed({"components": [own, first]}, failing=SHORT)
    row = assessments(made)[3]
    answer_all(row, by=made.officer.user, source=Source.ACCEPTANCE)
    found = passes(made)[3]
    assert found.known.totals == {"self": 8_000}
    assert found.tally.composed.total == 6_000 + 3_200


def test_at_most_one_five_star_and_the_next_are_named_four_by_quota():
    made = make_composed({"quotas": [{"tier": "five", "places": 1}]}, failing=SHORT)
    found = passes(made)
    assert [each.tier for each in found] == ["five", "four", "four", "four"]
    assert sums_of(found[1])["moved"] == ["five", "four", "five", 1, 1, 10_000]
    assert found[3].moved is None


def test_a_quota_that_takes_the_passing_tier_proposes_a_fail():
    made = make_composed({"quotas": [{"tier": "none", "least": "25"}]}, failing=SHORT)
    assert [each.proposal for each in passes(made)] == [Proposal.PASS] * 3 + [Proposal.FAIL]


def test_quotas_within_a_committee_count_its_own_branches():
    quota = {"tier": "five", "most": "50", "within": ["committee"]}
    made = make_composed({"quotas": [quota]}, failing=SHORT)
    assert [each.tier for each in passes(made)] == ["five", "four", "five", "four"]


def test_rank_points_come_from_the_peers_and_are_nobodys_input():
    extra = {"key": "income", "form": "rank", "figure": "income", "points": "10", "step": "3"}
    figures = [{"income": "5"}, {"income": "9"}, {"income": "5"}, {}]
    made = make_composed(
        {"extra": [extra], "bonus": {"ceiling": "110"}}, failing=SHORT, figures=figures
    )
    found = passes(made)
    assert [each.known.extra.get("income") for each in found] == [700, 1000, 700, None]
    assert [each.tally.composed.total for each in found] == [10_700, 10_500, 9_700, 8_000]
    assert found[3].proposal == Proposal.OPEN
    assert sums_of(found[0])["compared"]["income"]["rank"] == 2


def test_peers_may_be_compared_by_the_total_itself():
    extra = {"key": "rank", "form": "best", "figure": "total", "points": "5"}
    made = make_composed({"extra": [extra], "bonus": {"ceiling": None}}, failing=SHORT)
    assert [each.tally.composed.total for each in passes(made)] == [10_500, 9_975, 9_450, 8_400]


def test_a_committee_rolls_up_the_branches_below_it():
    own = {"key": "own", "weight": "60", "from": "chapters", "chapters": ["daily", "yearly"]}
    branches = {"key": "branches", "weight": "40", "from": "figure", "figure": "branches_average"}
    made = make_composed({"components": [own, branches]}, failing=SHORT)
    made.town.field = "rural"
    made.town.save(update_fields=["field"])
    row = make_assessment(cycle=made.cycle, branch=made.town, stage=Stage.PASSED)
    answer_all(row, by=made.officer.user)
    for branch, value in zip(made.branches, ("90", "70"), strict=True):
        note_figure(made.cycle, branch, "branches_average", value, by=made.officer.user)
    found = {each.row.branch_id: each for each in passes(made)}
    # 60 + 36 and 57 + 28 below: the average is 90.5.
    assert found[made.town.pk].known.figures["branches_average"] == 90 + 1 / 2
    assert found[made.town.pk].tally.composed.total == 6_000 + 3_620


def with_year_before(made, *, totals, tiers):
    prior = make_cycle(
        owner=made.county, edition=made.cycle.edition, state="closed",
        starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
    )  # fmt: skip
    made.cycle.prior = prior
    made.cycle.save(update_fields=["prior"])
    for branch, total, tier in zip(made.all_branches, totals, tiers, strict=True):
        Result.objects.create(
            cycle=prior, branch=branch, path=branch.path, name=branch.name, field=branch.field,
            total=total, tier=tier, program_hash="-", computed_at=COMPUTED,
        )  # fmt: skip
    return made


def test_climbing_goes_one_tier_at_a_time_from_the_year_before():
    made = make_composed({"history": {"climb": 1}}, failing=SHORT)
    with_year_before(made, totals=[7_000, 8_500, 0, 9_500], tiers=["three", "four", "none", "five"])
    assert [each.tier for each in passes(made)] == ["four", "five", "three", "four"]


def test_a_decided_tier_of_the_year_before_counts_before_the_computed_one():
    made = make_composed({"history": {"climb": 1}})
    with_year_before(made, totals=[9_500] * 4, tiers=["five"] * 4)
    Result.objects.filter(cycle=made.cycle.prior, branch=made.branches[0]).update(
        decided_tier="none"
    )
    assert passes(made)[0].tier == "three"


def test_what_a_result_was_made_of_can_be_read_back():
    made = make_composed(
        {"components": WEIGHTED, "history": {"climb": 1}}, figures=[{"survey": "91.25"}]
    )
    with_year_before(made, totals=[7_000] * 4, tiers=["three"] * 4)
    known = passes(made)[0].known
    assert knowing.read_back(knowing.told(known)) == known


def test_one_changed_branch_concerns_all_only_where_they_are_compared():
    plain, compared = (
        make_composed({"components": WEIGHTED}),
        make_composed({"quotas": [{"tier": "five", "places": 1}]}),
    )
    assert not are_compared(plain.cycle)
    assert are_compared(compared.cycle)


@pytest.mark.parametrize("source", ["self", "first_check", "acceptance"])
def test_the_sum_of_a_source_is_the_same_in_columns_and_by_hand(source):
    made = make_composed({"components": WEIGHTED}, failing=SHORT)
    for row in assessments(made)[2:]:
        answer_all(row, by=made.officer.user, source=Source.ACCEPTANCE)
    rows = assessments(made)
    in_columns = knowing.totals_of(made.cycle, rows, source, today=TODAY)
    heard = standings(rows, today=TODAY, sources=HEARD[source])
    by_hand = {
        row.branch_id: plain_total(made.cycle.edition, row.branch, heard[row.pk]) for row in rows
    }
    seen = {row.branch_id for row in (rows[2:] if source == "acceptance" else rows)}
    assert in_columns == {pk: total for pk, total in by_hand.items() if pk in seen}
