"""Whose word it is: the body a person speaks for stands before the name, 柳湾镇党委 王宁."""

from collections.abc import Iterable
from datetime import date

from accounts.roles import Role
from branches.models import Grant, Organization
from branches.offices import office_name


class Signers:
    """The bodies some people speak for, on any day (one query). Being sent on a visit makes nobody's body."""

    def __init__(self, users: Iterable[int]):
        rows = Grant.objects.filter(user__in=users).exclude(role=Role.INSPECTOR)
        self.held: dict[int, list[Grant]] = {}
        self.known: dict[tuple[int, date], Organization | None] = {}
        for grant in rows.select_related("organization").order_by("pk"):
            self.held.setdefault(grant.user_id, []).append(grant)

    def home(self, user_id: int, day: date) -> Organization | None:
        """The highest held on that day; where nothing was yet, or any more, the highest at all."""
        if (user_id, day) not in self.known:
            held = self.held.get(user_id, [])
            found = [each for each in held if is_in_force(each, day)] or held
            highest = min(found, key=lambda each: len(each.organization.path), default=None)
            self.known[user_id, day] = highest.organization if highest else None
        return self.known[user_id, day]

    def body(self, user_id: int, day: date) -> str:
        """As it is stored, whoever reads it."""
        home = self.home(user_id, day)
        return office_name(home.kind, home.short_name) if home else ""

    def signed(self, user_id: int, name: str, day: date) -> str:
        """As the present reader sees it."""
        home = self.home(user_id, day)
        return signature(home.office_name if home else "", name)


def is_in_force(grant: Grant, day: date) -> bool:
    return grant.from_on <= day and (grant.until_on is None or day <= grant.until_on)


def signature(body: str, name: str) -> str:
    return f"{body} {name}".strip()
