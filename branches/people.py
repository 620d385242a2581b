"""Who stands behind a unit: the holders of grants, for notices and for fall-back upward."""

from datetime import date

from django.db.models import Q

from accounts.roles import Kind, Role
from branches.models import Grant, Organization
from branches.scope import Actor, under
from branches.tree import ancestors


def holders(organization: Organization, *roles: str, today: date) -> list[int]:
    """User ids holding one of the roles exactly on this unit."""
    return list(
        in_force(today)
        .filter(organization=organization, role__in=roles)
        .values_list("user_id", flat=True)
    )


def nearest_holders(organization: Organization, *roles: str, today: date) -> list[int]:
    """User ids holding one of the roles on the unit, else on the nearest unit above that has any."""
    rows = (
        in_force(today)
        .filter(organization__path__in=ancestors(organization.path), role__in=roles)
        .values_list("organization__path", "user_id")
    )
    by_path: dict[str, list[int]] = {}
    for path, user_id in rows:
        by_path.setdefault(path, []).append(user_id)
    return by_path[max(by_path, key=len)] if by_path else []


def in_force(today: date):
    return Grant.objects.filter(from_on__lte=today, user__is_active=True).filter(
        Q(until_on=None) | Q(until_on__gte=today)
    )


def held_on(organization_ids, *, today: date) -> dict[int, set[str]]:
    """{unit id: roles somebody holds exactly there}, in one query."""
    rows = in_force(today).filter(organization_id__in=organization_ids)
    held: dict[int, set[str]] = {}
    for organization_id, role in rows.values_list("organization_id", "role"):
        held.setdefault(organization_id, set()).add(role)
    return held


def grants_visible_to(actor: Actor):
    """Two administrators see every grant; a county officer those of the own subtree; others their own."""
    if actor.user.kind in (Kind.SYSTEM, Kind.SECURITY):
        return Grant.objects.all()
    own = Q(user_id=actor.user.pk)
    return Grant.objects.filter(
        own | under(actor.paths(Role.COUNTY_OFFICER), prefix="organization__")
    )


def units_open_to(actor: Actor):
    """Units a keeper of rights may choose from. The two administrators see the tree's names and nothing of its business."""
    if actor.user.kind in (Kind.SYSTEM, Kind.SECURITY):
        return Organization.objects.all()
    return Organization.objects.filter(under(actor.paths(Role.COUNTY_OFFICER)))
