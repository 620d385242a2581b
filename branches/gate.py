"""The check in front of a view: outside the role's verbs answers 403 (a hidden row has answered 404 before)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied

from branches.permits import Permit
from branches.scope import Actor


def demand(table: Mapping[str, Permit], actor: Actor, verb: str, target: Any = None) -> None:
    """PermissionDenied unless `table` opens `verb` on `target` to the actor."""
    if not table[verb].allows(actor, target):
        raise PermissionDenied(verb)
