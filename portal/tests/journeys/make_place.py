"""A town in the middle of its year: last year's cycle decided, this year's running, problems in the ledger."""

from datetime import date

from accounts.tests.make import NOW
from branches.models import Field
from branches.tests.make import make_branch, make_county
from inspections.models import FindingStage, Stage
from inspections.tests.make import (
    FLAG_RULE,
    GATE_RULE,
    MEETING_RULE,
    SHORT_RULE,
    make_assessment,
    make_cycle,
    make_prior,
)
from inspections.tests.make_findings import make_finding
from scoring import results
from standards.tests.make import make_clause, make_edition, put_in_force

TODAY = "2026-11-20 10:00"
RULES = {"setup": FLAG_RULE, "records": SHORT_RULE, "meetings": MEETING_RULE, "forged": GATE_RULE}


def make_standing_edition(*, owner):
    """Four clauses that stay true until something changes; the meetings come from the records."""
    edition = make_edition(owner=owner)
    for number, (key, rule) in enumerate(RULES.items(), start=1):
        make_clause(
            edition=edition, key=key, code=f"1.{number}", rule=rule, points={Field.RURAL: 2_500}
        )
    return put_in_force(edition)


def make_place(*, more=0, failing=1):
    """make_county() with a running cycle; `more` branches in the town, of which `failing` fell short last time."""
    place = make_county()
    place.branches += [make_branch(parent=place.town, name=f"第{n}村党支部") for n in range(more)]
    place.cycle = make_cycle(
        owner=place.county, edition=make_standing_edition(owner=place.county), name="2026年度"
    )
    place.assessments = []
    for number, branch in enumerate([*place.branches, *place.foreign]):
        short = ("records",) if 0 < len(place.branches) - number <= failing else ()
        prior = make_prior(cycle=place.cycle, branch=branch, by=place.clerk.user, failing=short)
        place.assessments.append(make_assessment(cycle=place.cycle, branch=branch, prior=prior))
    return place


def submit(place, number=0, *, by=None):
    """One branch's self-assessment as handed in, for those who review it."""
    row = place.assessments[number]
    row.stage, row.submitted_by, row.submitted_at = (
        Stage.SUBMITTED,
        (by or place.branch_clerk).user,
        NOW,
    )
    row.save()
    return row


def make_ledger(place):
    """Two overdue problems in two towns and one that waits to be acknowledged."""
    late = {"by": place.officer.user, "due_on": date(2026, 11, 10)}
    return [
        make_finding(branch=place.branches[0], text="三季度党员大会无记录", **late),
        make_finding(branch=place.foreign[0], text="会议记录无签字", **late),
        make_finding(branch=place.branches[1], by=place.officer.user, stage=FindingStage.ISSUED),
    ]


def compute(place):
    for cycle in (place.cycle.prior, place.cycle):
        results.compute(cycle, now=NOW)
