"""Who may do what to units, profiles, meetings and rosters. Pages, actions and the walk read this table."""

from accounts.roles import FILERS, Role
from branches import permissions_people
from branches.permits import Permit
from branches.scope import Actor
from branches.tree import STEP

OFFICER = frozenset({Role.COUNTY_OFFICER})
KEEPERS = FILERS | OFFICER


def path_of(unit) -> str:
    return unit.path


def path_above(unit) -> str:
    """Who stands above: nobody records the approval of the own election."""
    return unit.path[:-STEP]


def unit_is_open(actor: Actor, unit) -> bool:
    return unit is None or unit.closed_on is None


def branch_is_open(actor: Actor, unit) -> bool:
    return unit is None or (unit.is_branch and unit_is_open(actor, unit))


def not_the_root(actor: Actor, unit) -> bool:
    return unit is None or unit.parent_id is not None


TABLE = {
    "organization.create": Permit(roles=OFFICER, path=path_of, when=unit_is_open),
    "organization.rename": Permit(roles=OFFICER, path=path_of),
    "organization.move": Permit(roles=OFFICER, path=path_of, when=not_the_root),
    "organization.close": Permit(roles=OFFICER, path=path_of, when=not_the_root),
    "organization.link": Permit(roles=OFFICER, path=path_of),
    "profile.edit": Permit(roles=KEEPERS, path=path_of, when=branch_is_open),
    "approval.record": Permit(roles=KEEPERS, path=path_above, when=unit_is_open),
    "meeting.record": Permit(roles=KEEPERS, path=path_of, when=branch_is_open),
    "meeting.tick": Permit(roles=KEEPERS, path=path_of, when=unit_is_open),
    "roster.import": Permit(roles=OFFICER, path=path_of),
    "evidence.add": Permit(roles=KEEPERS | {Role.INSPECTOR}, path=path_of),
} | permissions_people.TABLE
