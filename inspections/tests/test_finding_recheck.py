"""What the ledger does to the clause: restored before the cutoff, reversed on withdrawal, forgotten on rebound."""

from datetime import date

import pytest

from accounts.tests.make import NOW
from branches.scope import act_as
from inspections import finding_actions as actions
from inspections.models import Answer, PhaseKind, Sheet, Source
from inspections.sheets import Judgement, judge
from inspections.standing import standings
from inspections.tests.make import SHORT_RULE, make_assessment, make_cycle
from inspections.tests.make_findings import make_cast, walk
from standards.example import example_data
from standards.tests.make import make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built_cast(lasting):
    cast = make_cast()
    cast.cycle = make_cycle(owner=cast.county)
    cast.assessment = make_assessment(cycle=cast.cycle, branch=cast.branch)
    cast.stop.visit.cycle = cast.cycle
    cast.stop.visit.save(update_fields=["cycle"])
    return cast


def logged(cast, *, clause="records", text="会议记录无签字", confirm=True, **fields):
    finding = actions.log(
        cast.inspector,
        branch=cast.branch,
        text=text,
        source="acceptance",
        clause_key=clause,
        stop=cast.stop,
        now=NOW,
        **fields,
    )
    if confirm:
        actions.confirm(cast.team_leader, finding, now=NOW)
    return finding


def counting(cast, clause="records"):
    cast.assessment.refresh_from_db()
    return standings([cast.assessment], today=date(2026, 11, 20))[cast.assessment.pk].get(clause)


def covered(cast, source):
    sheet = Sheet.objects.filter(assessment=cast.assessment, source=source).first()
    return set(sheet.coverage) if sheet else set()


def test_one_of_two_closed_restores_nothing_the_second_does(cast):
    first, second = logged(cast), logged(cast, text="缺记录人")
    walk(cast, first, to="closed")
    assert covered(cast, Source.RECHECK) == set()
    walk(cast, second, to="closed")

    assert counting(cast).source == Source.RECHECK
    assert counting(cast).values == {"short": 0}


def test_recheck_restores_measures_derived_from_records_too(cast):
    walk(cast, logged(cast, clause="meetings", text="支委会少开"), to="closed")

    assert counting(cast, "meetings").values == {"missed": 0}


def test_after_the_cutoff_only_the_ledger_moves(cast):
    cast.cycle.phases.filter(kind=PhaseKind.CUTOFF).update(
        starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 19)
    )
    finding = walk(cast, logged(cast), to="closed")

    assert (finding.stage, covered(cast, Source.RECHECK)) == ("closed", set())


def test_on_the_day_of_the_cutoff_it_still_counts(cast):
    cast.cycle.phases.filter(kind=PhaseKind.CUTOFF).update(
        starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 20)
    )
    walk(cast, logged(cast), to="closed")

    assert covered(cast, Source.RECHECK) == {"records"}


def test_edition_that_does_not_restore_leaves_the_acceptance(cast):
    edition = make_edition(
        owner=cast.county, options=example_data()["options"] | {"restore": False}
    )
    make_clause(edition=edition, key="records", rule=SHORT_RULE)
    cast.cycle = make_cycle(owner=cast.county, edition=put_in_force(edition))
    cast.assessment = make_assessment(cycle=cast.cycle, branch=cast.branch)
    cast.stop.visit.cycle = cast.cycle
    cast.stop.visit.save(update_fields=["cycle"])
    walk(cast, logged(cast), to="closed")

    assert covered(cast, Source.RECHECK) == set()


def test_rebound_forgets_the_recheck(cast):
    finding = walk(cast, logged(cast), to="closed")
    actions.rebound(cast.officer, finding, now=NOW, note="同样问题")

    assert (counting(cast).source, counting(cast).values) == (Source.ACCEPTANCE, {"short": 1})


def test_new_finding_on_a_restored_clause_forgets_the_recheck(cast):
    walk(cast, logged(cast), to="closed")
    logged(cast, text="又缺签字")

    assert counting(cast).source == Source.ACCEPTANCE


def test_withdrawing_the_only_finding_makes_the_clause_conform(cast):
    actions.withdraw(cast.officer, logged(cast), now=NOW, note="误录")

    assert (counting(cast).source, counting(cast).values) == (Source.ACCEPTANCE, {"short": 0})


def test_withdrawing_one_of_two_leaves_the_shortfall(cast):
    first = logged(cast)
    logged(cast, text="缺记录人")
    actions.withdraw(cast.officer, first, now=NOW, note="误录")

    assert counting(cast).values == {"short": 1}


def test_withdrawing_the_last_open_one_restores_what_the_closed_ones_earned(cast):
    closed, wrong = logged(cast), logged(cast, text="缺记录人")
    walk(cast, closed, to="closed")
    actions.withdraw(cast.officer, wrong, now=NOW, note="误录")

    assert covered(cast, Source.RECHECK) == {"records"}


def test_measures_named_by_the_inspector_are_kept(cast):
    logged(cast, values={"short": 3})

    assert Answer.objects.get(sheet__source=Source.ACCEPTANCE).measures == {"short": 3}


def test_measures_tapped_before_the_finding_are_not_overwritten(cast):
    judge(
        cast.assessment,
        Source.ACCEPTANCE,
        Judgement("records", values={"short": 2}),
        by=cast.inspector.user,
        now=NOW,
        on=date(2026, 11, 20),
    )
    logged(cast)

    assert Answer.objects.get(sheet__source=Source.ACCEPTANCE).measures == {"short": 2}


def test_finding_outside_a_cycle_touches_no_sheet(cast):
    finding = actions.log(cast.officer, branch=cast.branch, text="台账不动", source="tour", now=NOW)
    walk(cast, finding, to="closed")

    assert Sheet.objects.count() == 0


def test_closing_in_another_year_uses_the_day_of_closing(cast):
    finding = walk(cast, logged(cast), to="verified")
    later = act_as(cast.officer.user, today=date(2026, 12, 30))
    actions.close(later, finding, now=NOW)

    assert Answer.objects.get(sheet__source=Source.RECHECK).on == date(2026, 12, 30)
