"""Cycles and assessments for tests. Add functions; others build on these."""

from datetime import date
from itertools import count

from accounts.tests.make import NOW
from branches.models import Field
from branches.tests.make import TODAY
from inspections.models import (
    Assessment,
    Cycle,
    CycleKind,
    CycleState,
    Phase,
    PhaseKind,
    Source,
    Stage,
)
from inspections.sheets import SINGLE, Judgement, judge, judge_rest
from standards.sheets import sheet
from standards.tests.make import make_clause, make_edition, put_in_force

serial = count(1)
PHASES = {
    PhaseKind.SELF: (date(2026, 10, 1), date(2026, 11, 27)),
    PhaseKind.FIRST_CHECK: (date(2026, 11, 28), date(2026, 12, 5)),
    PhaseKind.CUTOFF: (date(2026, 12, 6), date(2026, 12, 31)),
}
SHORT_RULE = {
    "measures": [
        {"name": "short", "kind": "count", "label": "会议少开次数", "label_en": "Meetings short"}
    ],
    "steps": [{"shape": "step", "measure": "short", "unit": "0.5"}],
}
FLAG_RULE = {
    "measures": [{"name": "ok", "kind": "flag", "label": "设置合规", "label_en": "Set up right"}],
    "steps": [{"shape": "binary", "measure": "ok"}],
}
MEETING_RULE = {
    "measures": [
        {
            "name": "missed",
            "kind": "count",
            "label": "会议少开次数",
            "label_en": "Meetings short",
            "derive": {"from": "meetings", "kind": "committee_meeting", "per": "month", "need": 1},
        }
    ],
    "steps": [{"shape": "step", "measure": "missed", "unit": "0.5"}],
}
GATE_RULE = {
    "measures": [
        {"name": "falsified", "kind": "flag", "label": "核实存在造假", "label_en": "Falsified"}
    ],
    "steps": [{"shape": "gate", "measure": "falsified", "when": {"is": True}, "effect": "fail"}],
}


def make_small_edition(*, owner, field=Field.RURAL):
    """Five clauses in force: setup and records are carried, dues is asked each period, meetings are derived."""
    edition = make_edition(owner=owner)
    points = {field: 2_500}
    make_clause(edition=edition, key="setup", code="1.1", rule=FLAG_RULE, points=points)
    make_clause(edition=edition, key="records", code="1.2", rule=SHORT_RULE, points=points)
    make_clause(
        edition=edition, key="dues", code="1.3", rule=SHORT_RULE, points=points, mode="period"
    )
    make_clause(edition=edition, key="meetings", code="1.4", rule=MEETING_RULE, points=points)
    make_clause(edition=edition, key="falsified", code="1.5", rule=GATE_RULE, points={field: 0})
    return put_in_force(edition)


def make_cycle(*, owner, edition=None, phases=PHASES, **fields):
    fields = {
        "name": f"第{next(serial)}期",
        "kind": CycleKind.ACCEPTED,
        "state": CycleState.OPEN,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
    } | fields
    edition = edition or make_small_edition(owner=owner)
    cycle = Cycle.objects.create(owner=owner, edition=edition, **fields)
    Phase.objects.bulk_create(
        Phase(cycle=cycle, kind=kind, starts_on=first, ends_on=last)
        for kind, (first, last) in phases.items()
    )
    return cycle


def make_assessment(*, cycle, branch, **fields):
    return Assessment.objects.create(cycle=cycle, branch=branch, **fields)


def make_prior(*, cycle, branch, by, failing=()):
    """The assessment of the cycle before: passed, conforming but for the clauses in `failing`.

    failing: {clause key: values} or an iterable of keys, each one short.
    """
    if cycle.prior is None:
        cycle.prior = make_cycle(
            owner=cycle.owner,
            edition=cycle.edition,
            state=CycleState.CLOSED,
            starts_on=date(cycle.starts_on.year - 1, 1, 1),
            ends_on=date(cycle.starts_on.year - 1, 12, 31),
        )
        cycle.save(update_fields=["prior"])
    prior = make_assessment(cycle=cycle.prior, branch=branch, stage=Stage.PASSED)
    answer_all(prior, by=by, failing=failing)
    return prior


def answer_all(assessment, *, by, failing=(), source=Source.SELF, on=TODAY, now=NOW):
    """Cover the whole sheet as one source: everything conforms but what `failing` says."""
    failing = failing if isinstance(failing, dict) else {key: {"short": 1} for key in failing}
    for key, values in failing.items():
        said = Judgement(key, values=values, remark="有差距")
        judge(assessment, source, said, by=by, now=now, on=on, how=SINGLE)
    lines = sheet(assessment.cycle.edition, assessment.branch.field)
    judge_rest(assessment, source, [line.key for line in lines], now=now)


def make_running(*, county, failing=()):
    """A running cycle with a passed one before it, and an assessment for each branch of make_county()."""
    cycle = make_cycle(owner=county.county)
    for branch in (*county.branches, *county.foreign):
        prior = make_prior(cycle=cycle, branch=branch, by=county.clerk.user, failing=failing)
        make_assessment(cycle=cycle, branch=branch, prior=prior)
    return cycle
