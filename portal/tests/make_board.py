"""A county in the middle of its year: a published cycle, a running one, findings in every stage."""

from datetime import timedelta

from django.utils import timezone

from accounts.roles import Role
from accounts.tests.make import NOW
from branches.tests.make import make_actor
from inspections.models import CycleState, Extension, Stage
from inspections.tests.make import make_assessment, make_cycle
from inspections.tests.make_findings import make_finding, make_inspector, make_stop
from scoring.results import compute
from scoring.tests.make import COMPUTED, FAR_SHORT, make_published

TODAY = timezone.localdate
STAGES = ("draft", "confirmed", "issued", "objected", "in_progress", "submitted", "verified", "closed", "withdrawn")  # fmt: skip
FILING = (Stage.RETURNED, Stage.SUBMITTED, Stage.PASSED, Stage.NOT_BEGUN)


def make_board(*, times=1):
    """`times` as many findings of each kind."""
    made = make_published(failing=[(), FAR_SHORT])
    made.cycle.state = CycleState.CLOSED
    made.cycle.save(update_fields=["state"])
    made.last = made.cycle
    made.cycle = make_cycle(
        owner=made.county,
        edition=made.last.edition,
        prior=made.last,
        starts_on=made.last.ends_on + timedelta(days=1),
        ends_on=made.last.ends_on + timedelta(days=365),
    )
    for branch, stage in zip(made.all_branches, FILING, strict=True):
        filed = {"submitted_by": made.clerk.user, "submitted_at": NOW}
        given = {} if stage in (Stage.NOT_BEGUN, Stage.RETURNED) else filed
        make_assessment(cycle=made.cycle, branch=branch, stage=stage, **given)
    compute(made.cycle, now=COMPUTED)
    for _n in range(times):
        make_troubles(made)
    made.inspector = make_inspector(branch=made.branches[0])
    made.stop = make_stop(owner=made.county, branch=made.branches[0], leader=made.inspector)
    made.visit = made.stop.visit
    made.visit.ends_on = TODAY() + timedelta(days=3)
    made.visit.starts_on = TODAY() - timedelta(days=3)
    made.visit.save()
    return made


def make_troubles(made):
    by = made.officer.user
    for n, stage in enumerate(STAGES):
        branch = made.all_branches[n % 4]
        due = TODAY() + timedelta(days=n)
        fields = {"due_on": due, "category": f"类别{n % 3}", "cycle": made.cycle}
        make_finding(branch=branch, by=by, stage=stage, **fields)
    for days in (-40, -1, 0, 3, 3, 7, 8, 13, 14, 40):
        due = TODAY() + timedelta(days=days)
        make_finding(branch=made.branches[0], by=by, due_on=due, category="会议记录不规范")
    late = TODAY() - timedelta(days=5)
    make_finding(branch=made.foreign[0], by=by, due_on=late, is_long_term=True)
    make_finding(branch=made.town, by=by, unit=made.town, due_on=late, severity="serious")
    asked = make_finding(branch=made.foreign[0], by=by, due_on=TODAY())
    Extension.objects.create(
        finding=asked,
        reason="等待批复",
        old_due_on=TODAY(),
        new_due_on=TODAY() + timedelta(days=10),
        asked_at=NOW,
        asked_by=made.stranger.user,
    )


def make_lone_actor(made):
    """Somebody whose role has ended: an account without any work."""
    actor = make_actor(organization=made.town, role=Role.CLERK)
    actor.user.grants.update(until_on=TODAY() - timedelta(days=1))
    return actor
