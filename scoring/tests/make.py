"""A county with judged branches and their results. Add functions; others build on these."""

from datetime import timedelta
from types import SimpleNamespace

from accounts.tests.make import NOW
from branches.tests.make import TODAY, make_county
from inspections.models import Assessment, CycleState, Source, Stage
from inspections.tests.make import answer_all, make_assessment, make_cycle
from scoring import deciding, results
from scoring.models import Result

# Judged at NOW, computed a moment later: what happens at the very moment counts as a change.
COMPUTED = NOW + timedelta(seconds=30)
# The clauses of make_small_edition worth points: one short meeting costs half a point.
FAR_SHORT = {"records": {"short": 50}, "dues": {"short": 50}}


def make_judged(*, failing=(), county=None, cycle=None):
    """Self-assessed and passed branches in a running cycle, the results computed.

    failing: per branch in the order of make_county(), what falls short.
    """
    county = county or make_county()
    cycle = cycle or make_cycle(owner=county.county)
    branches = [*county.branches, *county.foreign]
    shorts = [*failing, *[()] * (len(branches) - len(failing))]
    for branch, short in zip(branches, shorts, strict=True):
        row = make_assessment(cycle=cycle, branch=branch, stage=Stage.PASSED)
        answer_all(row, by=county.clerk.user, failing=short)
    results.compute(cycle, now=COMPUTED)
    return SimpleNamespace(**vars(county) | {"cycle": cycle, "all_branches": branches})


def accept(made, branch, *, failing=()):
    """The county's acceptance of a branch, and its result computed again."""
    row = Assessment.objects.get(cycle=made.cycle, branch=branch)
    answer_all(row, by=made.officer.user, failing=failing, source=Source.ACCEPTANCE)
    results.compute(made.cycle, branch_ids=[branch.pk], now=COMPUTED)
    return row


def result_of(made, branch):
    return Result.objects.select_related("branch", "cycle").get(cycle=made.cycle, branch=branch)


def decide_all(made, *, number="安组发〔2026〕9号"):
    rows = Result.objects.filter(cycle=made.cycle).select_related("branch", "cycle")
    return deciding.decide(made.officer, rows, on=TODAY, document_number=number, now=NOW)


def publish_all(made):
    rows = Result.objects.filter(cycle=made.cycle).select_related("branch", "cycle")
    return deciding.publish(made.second_officer, rows, now=NOW)


def make_published(*, failing=(), state=CycleState.OPEN, **fields):
    made = make_judged(failing=failing, **fields)
    decide_all(made)
    publish_all(made)
    made.cycle.state = state
    made.cycle.save(update_fields=["state"])
    return made
