"""Who may do what with findings and the ledger: the moves of moves.py, and the verbs that are no move."""

from dataclasses import dataclass

from accounts.roles import COUNTY, FILERS, PARENT, Role
from branches.models import Organization
from branches.permits import Permit
from branches.scope import Actor
from inspections import powers
from inspections.models import FindingSource, Stop
from inspections.moves import TABLE as MOVES


@dataclass(frozen=True)
class Spot:
    """Where a finding is about to be logged: the branch, how it was found, and the visit's stop if any."""

    branch: Organization
    source: str
    stop: Stop | None = None


def spot_path(spot: Spot) -> str:
    return spot.branch.path


def unit_path(unit: Organization) -> str:
    return unit.path


def may_log(actor: Actor, spot: Spot | None) -> bool:
    """Own problems anybody of the branch, first-check ones the parent, the others the county and its teams."""
    if spot is None:
        return True
    roles = actor.roles_at(spot.branch.path)
    if spot.source == FindingSource.SELF:
        return bool(roles & (FILERS | {Role.COUNTY_OFFICER}))
    if spot.source == FindingSource.FIRST_CHECK:
        return any(powers.stands_above(held, spot.branch.path) for held in actor.held)
    return Role.COUNTY_OFFICER in roles or (spot.stop is not None and Role.INSPECTOR in roles)


TEAM = frozenset({Role.COUNTY_OFFICER, Role.INSPECTOR})
READERS = COUNTY | FILERS | {Role.INSPECTOR}

TABLE = {f"finding.{move.verb}": move.permit for move in MOVES} | {
    "finding.log": Permit(roles=TEAM | FILERS, path=spot_path, when=may_log),
    "ledger.view": Permit(roles=READERS),
    "ledger.export": Permit(roles=READERS),
    "ledger.columns": Permit(roles=frozenset({Role.COUNTY_OFFICER}) | PARENT),
    "ledger.rules": Permit(roles=frozenset({Role.COUNTY_OFFICER}), path=unit_path),
}
