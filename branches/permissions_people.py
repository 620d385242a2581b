"""Who may give rights to people. Rights are given to others only, and business roles to business accounts only."""

from accounts.roles import Kind, Role
from branches.permits import Permit
from branches.scope import Actor

OFFICER = frozenset({Role.COUNTY_OFFICER})
SECURITY = frozenset({Kind.SECURITY})
KEEPERS = frozenset({Kind.SYSTEM, Kind.SECURITY})


def path_of(unit) -> str:
    return unit.path


def another_person(actor: Actor, user) -> bool:
    return user is None or user.pk != actor.user.pk


def anothers_grant(actor: Actor, grant) -> bool:
    return grant is None or grant.user_id != actor.user.pk


def below_own(actor: Actor, unit) -> bool:
    """An officer arranges the units below the own one; the own unit's rights come from the security administrator."""
    if unit is None or actor.user.is_administrator:
        return True
    return any(
        unit.path.startswith(root) and unit.path != root
        for root in actor.paths(Role.COUNTY_OFFICER)
    )


TABLE = {
    "grant.list": Permit(kinds=KEEPERS, roles=OFFICER),
    "grant.make": Permit(kinds=SECURITY, when=another_person),
    "grant.end": Permit(kinds=SECURITY, when=anothers_grant),
    "user.appoint": Permit(kinds=SECURITY, when=another_person),
    "secretary.hand_over": Permit(kinds=SECURITY, roles=OFFICER, path=path_of, when=below_own),
    "roster.accounts": Permit(kinds=frozenset({Kind.SYSTEM}), roles=OFFICER, path=path_of),
}
