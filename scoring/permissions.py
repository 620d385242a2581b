"""Who sees, decides and publishes results. Software proposes; the county decides."""

from accounts.roles import COUNTY, FILERS, PARENT, Role
from branches.models import Organization
from branches.permits import Permit
from branches.scope import Actor
from inspections.models import Cycle, CycleState
from scoring.models import Proposal, Result
from standards.models import Edition

OFFICER = frozenset({Role.COUNTY_OFFICER})


def result_path(result: Result) -> str:
    return result.branch.path


def cycle_path(target: Cycle | Result) -> str:
    return (target if isinstance(target, Cycle) else target.cycle).owner.path


def owner_path(target: Organization | Result) -> str:
    return (target if isinstance(target, Organization) else target.cycle.owner).path


def edition_path(target: Edition | Result) -> str:
    """The page of a result asks every verb about that result."""
    return (target if isinstance(target, Edition) else target.cycle).owner.path


def is_undecided(actor: Actor, result: Result | None) -> bool:
    if result is None:
        return True
    return result.published_at is None and result.proposal in (Proposal.PASS, Proposal.FAIL)


def is_decided_by_another(actor: Actor, result: Result | None) -> bool:
    """Deciding and publishing are two persons' work."""
    return result is None or (
        result.published_at is None
        and result.decided_pass is not None
        and result.decided_by_id != actor.user.pk
    )


def has_begun(actor: Actor, target: Cycle | Result | None) -> bool:
    """Where no cycle is named the roles alone decide."""
    cycle = target.cycle if isinstance(target, Result) else target
    return cycle is None or cycle.state != CycleState.PLANNED


TABLE = {
    "result.view": Permit(roles=COUNTY | FILERS),
    "result.brief": Permit(roles=COUNTY | PARENT),
    "result.compare": Permit(roles=COUNTY | FILERS),
    "result.gaps": Permit(roles=COUNTY),
    "result.export": Permit(roles=COUNTY | FILERS),
    "result.decide": Permit(roles=OFFICER, path=result_path, when=is_undecided),
    "figure.note": Permit(roles=OFFICER, path=cycle_path),
    "comparison.view": Permit(roles=COUNTY),
    "comparison.set": Permit(roles=OFFICER, path=owner_path),
    "run.view": Permit(roles=COUNTY),
    "run.archive": Permit(roles=OFFICER, path=cycle_path, when=has_begun),
    "edition.simulate": Permit(roles=OFFICER, path=edition_path),
    "result.publish": Permit(roles=OFFICER, path=result_path, when=is_decided_by_another),
}
