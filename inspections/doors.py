"""Team membership is the inspector's scope: one grant per person and branch, for the window."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models.functions import Least

from accounts.models import User
from accounts.roles import Role
from branches.models import Grant, Organization
from inspections.models import Visit


def reason(visit: Visit) -> str:
    return f"visit:{visit.pk}"


def open_doors(visit: Visit, people: Iterable[User], branches: Iterable[Organization]) -> None:
    """Grants for the visit's window; a pair that holds one already keeps it."""
    held = set(grants(visit).values_list("user_id", "organization_id"))
    branches = list(branches)
    Grant.objects.bulk_create(
        Grant(
            user=user,
            organization=branch,
            role=Role.INSPECTOR,
            from_on=visit.starts_on,
            until_on=visit.ends_on,
            reason=reason(visit),
        )
        for user in people
        for branch in branches
        if (user.pk, branch.pk) not in held
    )


def shift_doors(visit: Visit) -> None:
    """The window moved: the grants that are still meant move with it."""
    grants(visit).update(from_on=visit.starts_on, until_on=visit.ends_on)


def close_doors(
    visit: Visit,
    *,
    people: Iterable[User] | None = None,
    branches: Iterable[Organization] | None = None,
    today: date,
) -> None:
    """Grants of these persons, or to these branches, end with yesterday and no longer belong to the visit."""
    rows = grants(visit)
    if people is not None:
        rows = rows.filter(user__in=list(people))
    if branches is not None:
        rows = rows.filter(organization__in=list(branches))
    yesterday = today - timedelta(days=1)
    rows.update(
        from_on=Least("from_on", yesterday), until_on=yesterday, reason=f"{reason(visit)}:ended"
    )


def grants(visit: Visit):
    return Grant.objects.filter(reason=reason(visit), role=Role.INSPECTOR)
