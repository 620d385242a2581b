"""Who may do what with cycles and assessments, and in which stage."""

from accounts.roles import COUNTY, FILERS, Role
from branches.permits import Permit
from branches.scope import Actor
from inspections.models import Assessment, Cycle, CycleState, Stage

EDITABLE = (Stage.NOT_BEGUN, Stage.DRAFTING, Stage.RETURNED)


def branch_path(assessment: Assessment) -> str:
    return assessment.branch.path


def owner_path(cycle: Cycle) -> str:
    return cycle.owner.path


def can_be_typed(actor: Actor, assessment: Assessment) -> bool:
    return assessment.stage in EDITABLE and assessment.cycle.state == CycleState.OPEN


def is_unprocessed(actor: Actor, assessment: Assessment) -> bool:
    return assessment.stage == Stage.SUBMITTED


def checked_by_another(actor: Actor, assessment: Assessment) -> bool:
    """Who submitted cannot pass (decisions C2); with one person at the parent, the county passes."""
    return assessment.stage == Stage.SUBMITTED and assessment.submitted_by_id != actor.user.pk


def was_passed(actor: Actor, assessment: Assessment) -> bool:
    return assessment.stage == Stage.PASSED


def is_planned(actor: Actor, cycle: Cycle) -> bool:
    return cycle.state == CycleState.PLANNED


def is_running(actor: Actor, cycle: Cycle) -> bool:
    return cycle.state == CycleState.OPEN


OFFICER = frozenset({Role.COUNTY_OFFICER})
CHECKERS = frozenset({Role.SECRETARY, Role.COUNTY_OFFICER})

TABLE = {
    "assessment.view": Permit(roles=FILERS | COUNTY, path=branch_path),
    "assessment.type": Permit(roles=FILERS, path=branch_path, when=can_be_typed),
    "assessment.submit": Permit(roles=FILERS, path=branch_path, when=can_be_typed),
    "assessment.withdraw": Permit(roles=FILERS, path=branch_path, when=is_unprocessed),
    "assessment.correct": Permit(roles=CHECKERS, path=branch_path, when=checked_by_another),
    "assessment.pass": Permit(roles=CHECKERS, path=branch_path, when=checked_by_another),
    "assessment.return": Permit(roles=CHECKERS, path=branch_path, when=checked_by_another),
    "assessment.recall": Permit(roles=OFFICER, path=branch_path, when=was_passed),
    "cycle.plan": Permit(roles=OFFICER),
    "cycle.open": Permit(roles=OFFICER, path=owner_path, when=is_planned),
    "cycle.close": Permit(roles=OFFICER, path=owner_path, when=is_running),
}
