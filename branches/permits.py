"""How one row of a permission table is read. The tables themselves stand in each app's permissions.py.

A table is {verb: Permit}. The same Permit shows the button, guards the action and feeds the
generated walk, so a verb is written down exactly once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.refusal import Refused
from branches.scope import Actor


def anything(actor: Actor, target: Any) -> bool:
    return True


@dataclass(frozen=True)
class Permit:
    """roles: held on the target's path or above. kinds: administrators allowed. when: state and person."""

    roles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    when: Callable[[Actor, Any], bool] = anything
    path: Callable[[Any], str] | None = None

    def allows(self, actor: Actor, target: Any = None) -> bool:
        if actor.user.kind in self.kinds:
            return self.when(actor, target)
        return self.role_fits(actor, target) and self.when(actor, target)

    def role_fits(self, actor: Actor, target: Any) -> bool:
        if target is None or self.path is None:
            return actor.has(*self.roles) if self.roles else False
        return bool(actor.roles_at(self.path(target)) & self.roles)


def verbs(table: Mapping[str, Permit], actor: Actor, target: Any = None) -> frozenset[str]:
    """The verbs of the table open to the actor on the target: what the template shows."""
    return frozenset(verb for verb, permit in table.items() if permit.allows(actor, target))


def require(
    table: Mapping[str, Permit], actor: Actor, verb: str, target: Any, sentence: str
) -> None:
    if not table[verb].allows(actor, target):
        raise Refused(sentence)
