"""Who may do what with cycles and assessments, and in which stage.

Without a target a row answers for the role alone: lists and the generated walk ask that way.
"""

from accounts.roles import COUNTY, FILERS, PARENT, Role
from branches.models import Organization
from branches.permits import Permit
from branches.scope import Actor
from inspections.models import Assessment, Cycle, CycleState, Stage

EDITABLE = (Stage.NOT_BEGUN, Stage.DRAFTING, Stage.RETURNED)
OFFICER = frozenset({Role.COUNTY_OFFICER})
CHECKERS = frozenset({Role.SECRETARY, Role.COUNTY_OFFICER})
CHASERS = PARENT | OFFICER
READERS = FILERS | COUNTY | {Role.INSPECTOR}


def branch_path(assessment: Assessment) -> str:
    return assessment.branch.path


def owner_path(cycle: Cycle) -> str:
    return cycle.owner.path


def path_itself(owner: Organization) -> str:
    return owner.path


def is_live(assessment: Assessment) -> bool:
    return assessment.cycle.state == CycleState.OPEN


def can_be_typed(actor: Actor, assessment: Assessment | None) -> bool:
    return assessment is None or (assessment.stage in EDITABLE and is_live(assessment))


def is_unprocessed(actor: Actor, assessment: Assessment | None) -> bool:
    return assessment is None or (assessment.stage == Stage.SUBMITTED and is_live(assessment))


def checked_by_another(actor: Actor, assessment: Assessment | None) -> bool:
    """Who submitted cannot pass, and the checker stands above the branch: nobody confirms the own word."""
    if assessment is None:
        return True
    return (
        is_unprocessed(actor, assessment)
        and assessment.submitted_by_id != actor.user.pk
        and stands_above(actor, assessment, CHECKERS)
    )


def was_passed(actor: Actor, assessment: Assessment | None) -> bool:
    return assessment is None or (assessment.stage == Stage.PASSED and is_live(assessment))


def can_be_chased(actor: Actor, assessment: Assessment | None) -> bool:
    return assessment is None or (
        can_be_typed(actor, assessment) and stands_above(actor, assessment, CHASERS)
    )


def stands_above(actor: Actor, assessment: Assessment, roles: frozenset[str]) -> bool:
    path = assessment.branch.path
    return any(h.role in roles and path.startswith(h.path) and path != h.path for h in actor.held)


def is_planned(actor: Actor, cycle: Cycle | None) -> bool:
    return cycle is None or cycle.state == CycleState.PLANNED


def is_running(actor: Actor, cycle: Cycle | None) -> bool:
    return cycle is None or cycle.state == CycleState.OPEN


TABLE = {
    "assessment.view": Permit(roles=READERS, path=branch_path),
    "assessment.type": Permit(roles=FILERS, path=branch_path, when=can_be_typed),
    "assessment.submit": Permit(roles=FILERS, path=branch_path, when=can_be_typed),
    "assessment.withdraw": Permit(roles=FILERS, path=branch_path, when=is_unprocessed),
    "assessment.correct": Permit(roles=CHECKERS, path=branch_path, when=checked_by_another),
    "assessment.pass": Permit(roles=CHECKERS, path=branch_path, when=checked_by_another),
    "assessment.return": Permit(roles=CHECKERS, path=branch_path, when=checked_by_another),
    "assessment.recall": Permit(roles=OFFICER, path=branch_path, when=was_passed),
    "assessment.chase": Permit(roles=CHASERS, path=branch_path, when=can_be_chased),
    "cycle.plan": Permit(roles=OFFICER, path=path_itself),
    "cycle.open": Permit(roles=OFFICER, path=owner_path, when=is_planned),
    "cycle.join": Permit(roles=OFFICER, path=owner_path, when=is_running),
    "cycle.close": Permit(roles=OFFICER, path=owner_path, when=is_running),
}
