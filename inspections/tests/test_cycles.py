"""Planning, opening and closing a cycle."""

from datetime import date, timedelta

import pytest

from accounts.models import Notice
from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.holidays import working_calendar
from branches.models import Field
from branches.tests.make import TODAY, make_branch, make_county
from inspections import cycles, joining
from inspections.models import Assessment, Cycle, CycleState, PhaseKind
from inspections.phases import day_word, filing_phase, phase_bar
from inspections.tests.make import make_cycle, make_prior, make_small_edition
from standards.tests.make import make_edition

pytestmark = pytest.mark.django_db
SELF = {PhaseKind.SELF: (date(2026, 10, 1), date(2026, 11, 27))}


def plan(county, *, actor=None, **fields):
    fields = {
        "edition": fields.pop("edition", None) or make_small_edition(owner=county.county),
        "name": "2026年度",
        "kind": "accepted",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "phases": SELF,
    } | fields
    return cycles.plan(actor or county.officer, county.county, now=NOW, **fields)


def test_a_cycle_needs_an_edition_in_force(county):
    with pytest.raises(Refused):
        plan(county, edition=make_edition(owner=county.county))


def test_a_name_is_used_once(county):
    plan(county)
    with pytest.raises(Refused) as refused:
        plan(county)
    assert refused.value.field == "name"


@pytest.mark.parametrize("who", ["secretary", "clerk", "branch_clerk", "leader", "stranger"])
def test_only_officers_of_the_county_plan(county, who):
    with pytest.raises(Refused):
        plan(county, actor=getattr(county, who))


def test_opening_calls_on_the_branches_the_edition_serves(county):
    make_branch(parent=county.town, field=Field.ORGAN)
    make_branch(parent=county.town, closed_on=TODAY - timedelta(days=1))
    cycle = plan(county)
    count = cycles.start(county.officer, cycle, now=NOW)
    filing = list(Assessment.objects.order_by("pk").values_list("branch__short_name", flat=True))
    assert (count, sorted(filing)) == (
        4,
        sorted(branch.short_name for branch in (*county.branches, *county.foreign)),
    )


def test_opening_ties_each_branch_to_its_last_assessment(county):
    edition = make_small_edition(owner=county.county)
    before = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    old = make_cycle(owner=county.county, edition=edition, state=CycleState.CLOSED, **before)
    last = Assessment.objects.create(cycle=old, branch=county.branches[0])
    cycle = plan(county, edition=edition)
    cycles.start(county.officer, cycle, now=NOW)
    assert cycle.prior == old
    assert Assessment.objects.get(cycle=cycle, branch=county.branches[0]).prior == last


def test_opening_tells_everybody_who_files_once_and_nobody_elsewhere(county):
    make_county(name="邻县委组织部")
    cycle = plan(county)
    cycles.start(county.officer, cycle, now=NOW)
    told = Notice.objects.filter(code="cycle.opened").values_list("user__name", flat=True)
    assert sorted(told) == ["张林", "王宁", "赵一", "陈平"]


def test_opening_twice_is_refused_and_changes_nothing(county):
    cycle = plan(county)
    cycles.start(county.officer, cycle, now=NOW)
    stale = Cycle.objects.get(pk=cycle.pk)
    stale.state = CycleState.PLANNED
    with pytest.raises(Refused):
        cycles.start(county.second_officer, stale, now=NOW)
    assert Assessment.objects.count() == 4


def test_a_planned_cycle_is_the_county_s_own(county):
    cycle = plan(county)
    seen = {
        name: cycle in Cycle.objects.visible_to(getattr(county, name))
        for name in ("officer", "leader", "secretary", "branch_clerk")
    }
    assert seen == {"officer": True, "leader": True, "secretary": False, "branch_clerk": False}


def test_the_running_cycle_is_shown_unless_another_is_named(county):
    running = make_cycle(owner=county.county)
    old = make_cycle(
        owner=county.county,
        edition=running.edition,
        state=CycleState.CLOSED,
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    asked = [cycles.chosen(county.clerk, pk) for pk in ("", str(old.pk), "x", "９９")]
    assert asked == [running, old, running, running]


@pytest.mark.parametrize(
    ("today", "states", "left"),
    [
        (date(2026, 11, 20), ["now", "ahead", "ahead"], 5),
        (date(2026, 11, 27), ["now", "ahead", "ahead"], 0),
        (date(2026, 11, 30), ["done", "now", "ahead"], -1),
        (date(2026, 9, 30), ["ahead", "ahead", "ahead"], 38),
    ],
)
def test_the_phase_bar_counts_working_days(county, today, states, left):
    bar = phase_bar(make_cycle(owner=county.county), today=today, calendar=working_calendar())
    assert ([shown.state for shown in bar], filing_phase(bar).left) == (states, left)


def test_a_closed_cycle_waits_for_no_phase_and_another_year_is_written_out(county):
    cycle = make_cycle(owner=county.county, state=CycleState.CLOSED)
    bar = phase_bar(cycle, today=date(2027, 1, 5), calendar=working_calendar())
    assert {(shown.state, shown.has_year) for shown in bar} == {("done", True)}
    early = phase_bar(cycle, today=date(2026, 11, 20), calendar=working_calendar())
    assert {(shown.state, shown.has_year) for shown in early} == {("done", False)}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("第9期", "第9期（2026年）"),
        ("2026年度达标", "2026年度达标"),
        ("26年度", "26年度（2026年）"),
    ],
)
def test_a_cycle_is_named_with_its_year(name, shown):
    assert Cycle(name=name, ends_on=date(2026, 12, 31)).dated_name == shown


def test_a_deadline_is_written_with_its_weekday():
    assert day_word(date(2026, 11, 27)) == "11月27日 周五"


def test_the_estimate_grows_with_what_is_asked(county):
    cycle = plan(county)
    branches = list(joining.served(cycle, today=TODAY))
    first = cycles.work(cycle, branches * 100)
    make_prior(cycle=cycle, branch=county.branches[0], by=county.clerk.user)
    assert (-(-first // 3600), -(-cycles.work(cycle, branches * 100) // 3600)) == (14, 7)
