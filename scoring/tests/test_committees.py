"""Committees are measured like branches: they file for themselves, the county checks, and nobody mixes the two."""

import uuid
from datetime import timedelta

import pytest

from accounts.refusal import Refused
from branches.models import CommitteeField, Field, OrgKind
from branches.tests.make import TODAY, make_county, make_organization
from inspections import checking, cycles, filing
from inspections.models import Assessment, CycleState, Stage
from inspections.tests.make import FLAG_RULE, NOW, answer_all, make_cycle
from scoring import results, simulated
from scoring.models import Result
from scoring.quotas import Peer, grouped
from scoring.simulating import simulate
from scoring.summaries import by_unit
from standards import actions
from standards.sheets import sheets
from standards.tests.make import make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def cycle(county):
    """An edition with a sheet for villages and one for party committees; two towns, four branches."""
    edition = make_edition(owner=county.county)
    make_clause(edition=edition, key="setup", rule=FLAG_RULE, points={Field.RURAL: 10_000})
    make_clause(
        edition=edition, key="visits", rule=FLAG_RULE, points={CommitteeField.COMMITTEE: 10_000}
    )
    make_organization(parent=county.county, kind=OrgKind.GROUP, name="水利局党组")
    made = make_cycle(owner=county.county, edition=put_in_force(edition), state=CycleState.PLANNED)
    cycles.start(county.officer, made, now=NOW)
    return made


def of(cycle, unit):
    return Assessment.objects.select_related(
        "branch__parent", "cycle__edition", "cycle__owner"
    ).get(cycle=cycle, branch=unit)


def filed(county, cycle):
    row = of(cycle, county.town)
    answer_all(row, by=county.clerk.user)
    filing.submit(county.secretary, row, discussed_on=None, now=NOW, client_key=uuid.uuid4())
    return of(cycle, county.town)


def test_a_cycle_calls_on_committees_the_edition_has_a_sheet_for(county, cycle):
    called = Assessment.objects.filter(cycle=cycle).values_list("branch__field", flat=True)
    assert sorted(called) == ["party_committee"] * 2 + ["rural"] * 4
    assert [line.key for line in sheets(cycle.edition)["party_committee"]] == ["visits"]


def test_a_committee_files_for_itself_and_only_the_county_checks_it(county, cycle):
    row = filed(county, cycle)
    assert row.stage == Stage.SUBMITTED
    for actor in (county.secretary, county.clerk, county.stranger):
        with pytest.raises(Refused):
            checking.accept(actor, row, now=NOW, client_key=uuid.uuid4())
    checking.accept(county.officer, row, now=NOW, client_key=uuid.uuid4())
    assert of(cycle, county.town).stage == Stage.PASSED


def test_a_branch_sees_nothing_of_its_committees_assessment(county, cycle):
    for person, count in (("branch_clerk", 1), ("clerk", 3), ("officer", 6)):
        seen = Assessment.objects.visible_to(getattr(county, person)).filter(cycle=cycle)
        assert seen.count() == count


def test_a_committees_result_has_its_own_field_and_is_in_no_sum_of_branches(county, cycle):
    row = filed(county, cycle)
    checking.accept(county.officer, row, now=NOW, client_key=uuid.uuid4())
    results.compute(cycle, now=NOW + timedelta(hours=1))
    result = Result.objects.get(cycle=cycle, branch=county.town)
    assert (result.field, result.total) == ("party_committee", 10_000)
    units, whole = by_unit(county.officer, cycle, top=county.county)
    assert (whole.total, [each.sum.total for each in units]) == (4, [2, 2])


def test_quotas_and_ranks_never_put_committees_among_branches():
    peers = [
        Peer("a", 9_000, "standard", field="rural"),
        Peer("b", 9_100, "standard", field="school"),
        Peer("c", 9_200, "standard", field="party_committee"),
    ]
    assert [[peer.key for peer in group] for group in grouped(peers, ())] == [["a", "b"], ["c"]]


def test_a_simulation_tells_committees_beside_the_branches(county, cycle):
    """Both have full points; under the draft its best tier is out of everybody's reach."""
    filed(county, cycle)
    branch = of(cycle, county.branches[0])
    answer_all(branch, by=county.branch_clerk.user)
    filing.submit(county.branch_clerk, branch, discussed_on=None, now=NOW, client_key=uuid.uuid4())
    draft = actions.create_draft(
        county.officer, county.county, now=NOW, client_key=uuid.uuid4(), from_edition=cycle.edition
    )
    draft.tiers = [draft.tiers[0] | {"floor": "101"}, *draft.tiers[1:]]
    draft.save(update_fields=["tiers"])
    rows = Assessment.objects.filter(cycle=cycle).select_related("branch__parent")
    found = simulate(draft, cycle, rows=list(rows), today=TODAY)
    assert simulated.headline(found) == (
        "若今天施行，1个支部的等次将发生变动。另有1个党委（党工委、党组、党总支）的等次也将变动。"
    )
