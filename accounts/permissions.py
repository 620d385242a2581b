"""verb -> who may. Accounts stand below organizations, so a verb here is decided by the kind of account.

The same interface as branches.permits.Permit: `roles`, `kinds`, `when`, `allows(actor, target)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.roles import Kind, Role


def anything(actor: Any, target: Any) -> bool:
    return True


def somebody_else(actor: Any, target: Any) -> bool:
    """Administrators act on others, never on themselves."""
    return target is None or target.pk != actor.user.pk


@dataclass(frozen=True)
class Office:
    """kinds: administrators allowed. roles: business roles allowed, wherever held; rows are scoped elsewhere."""

    kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    when: Callable[[Any, Any], bool] = anything
    path: None = None

    def allows(self, actor: Any, target: Any = None) -> bool:
        if actor.user.kind not in self.kinds and not actor.has(*self.roles):
            return False
        return self.when(actor, target)


SYSTEM = frozenset({Kind.SYSTEM})
TABLE = {
    "user.list": Office(kinds=frozenset({Kind.SYSTEM, Kind.SECURITY})),
    "user.create": Office(kinds=SYSTEM),
    "user.edit": Office(kinds=SYSTEM, when=somebody_else),
    "user.lock": Office(kinds=SYSTEM, when=somebody_else),
    "user.unlock": Office(kinds=SYSTEM, when=somebody_else),
    "user.reset": Office(kinds=SYSTEM, when=somebody_else),
    "trail.read": Office(kinds=frozenset({Kind.AUDIT})),
    "suggestion.list": Office(kinds=SYSTEM, roles=frozenset({Role.COUNTY_OFFICER})),
    "suggestion.reply": Office(kinds=SYSTEM, roles=frozenset({Role.COUNTY_OFFICER})),
}


def demand(actor: Any, verb: str, target: Any = None) -> None:
    """403 for a page or button that is not this person's."""
    if not TABLE[verb].allows(actor, target):
        raise PermissionDenied


def verbs(actor: Any, target: Any = None) -> frozenset[str]:
    """What the template shows."""
    return frozenset(verb for verb, office in TABLE.items() if office.allows(actor, target))
