"""What other apps show on a branch's page. They add to SECTIONS when they load; nothing is imported upward.

A section is a function (actor, branch) -> None or a dict:
  title     heading of the panel
  template  included with `data` (the dict below) and `branch`
  context   dict the template reads as `data`
  place     "main" (default), "side", or "head" for one line of chips under the heading
  prints    True when it also belongs on the printed page (default False)
"""

from collections.abc import Callable
from typing import Any

from branches.models import Organization
from branches.scope import Actor

Section = Callable[[Actor, Organization], dict[str, Any] | None]
SECTIONS: list[Section] = []
# On the page of a unit's approvals and elections.
ELECTION_SECTIONS: list[Section] = []
# Said before a unit is closed or moved: what is still open there, or nothing.
LEAVING: list[Callable[[Organization], str]] = []


def extra_sections(
    actor: Actor, branch: Organization, *, of: list[Section] | None = None
) -> list[dict[str, Any]]:
    """Of the branch's page unless another list is named, in the order of registration; a section
    that has nothing to say is left out."""
    found = [section(actor, branch) for section in (SECTIONS if of is None else of)]
    return [{"place": "main", "prints": False, **section} for section in found if section]
