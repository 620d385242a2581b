"""Who stands behind a unit: the holders of grants, for notices and for fall-back upward."""

from datetime import date

from django.db.models import Q

from branches.models import Grant, Organization
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
