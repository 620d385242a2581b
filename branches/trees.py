"""Walking the tree by parent: the way up, and the units one step down with their branches counted."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Substr

from branches.models import Organization, OrgKind
from branches.scope import Actor, under
from branches.tree import ancestors


@dataclass(frozen=True)
class Node:
    unit: Organization
    count: int


def way_up(actor: Actor, unit: Organization) -> list[Organization]:
    """The visible ancestors from the top, the unit itself last."""
    above = Organization.objects.visible_to(actor).filter(path__in=ancestors(unit.path))
    return list(above.order_by("path"))


def step_down(actor: Actor, unit: Organization | None) -> list[Node]:
    """Units (not branches) directly below `unit` with their open branches counted.

    Without a unit: below the one unit the actor holds, or the several units held.
    """
    below = Organization.objects.visible_to(actor).open(actor.today)
    held = {grant.organization_id for grant in actor.held}
    if unit is None and len(held) > 1:
        units = below.filter(pk__in=held)
    else:
        units = below.filter(parent__in=held if unit is None else [unit.pk])
    units = list(units.exclude(kind=OrgKind.BRANCH).in_protocol_order())
    counts = branch_counts(units, actor=actor)
    return [Node(unit, counts.get(unit.path, 0)) for unit in units]


def branch_counts(units: list[Organization], *, actor: Actor) -> dict[str, int]:
    """{path of unit: open branches in its subtree}; one query per depth of the units given."""
    counts: dict[str, int] = {}
    for length in {len(unit.path) for unit in units}:
        paths = [unit.path for unit in units if len(unit.path) == length]
        rows = (
            Organization.objects.filter(under(paths))
            .branches()
            .open(actor.today)
            .annotate(above=Substr("path", 1, length))
            .values("above")
            .annotate(n=Count("pk"))
            .values_list("above", "n")
        )
        counts.update(rows)
    return counts
