"""The one door from a user to rows.

An Actor is a user with the grants in force today; a visit gives its team grants for its window. Every list starts at `visible_to(actor)`; a row
outside answers 404. The range on `path` uses the index on both engines; LIKE would not on SQLite.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Q

from accounts.roles import Role


@dataclass(frozen=True)
class Held:
    """One grant in force: a role on the subtree under `path`."""

    role: str
    path: str
    organization_id: int


@dataclass(frozen=True)
class Actor:
    user: object
    today: date
    held: tuple[Held, ...] = field(default=())

    def paths(self, *roles: str) -> list[str]:
        """Roots of the subtrees the actor holds, for these roles (all when none are named)."""
        return [h.path for h in self.held if not roles or h.role in roles]

    def roles_at(self, path: str) -> frozenset[str]:
        """Roles the actor holds on the node at `path` or above it."""
        return frozenset(h.role for h in self.held if path.startswith(h.path))

    def has(self, *roles: str) -> bool:
        return any(h.role in roles for h in self.held)

    @property
    def home_id(self) -> int | None:
        """The organization the actor works for: the highest grant, the first on a tie."""
        return min(self.held, key=lambda h: len(h.path)).organization_id if self.held else None


def act_as(user, *, today: date) -> Actor:
    """The actor for `user` with the grants in force on `today` (one query)."""
    if not user.is_active or user.is_administrator:
        return Actor(user=user, today=today)
    in_force = (
        user.grants.filter(from_on__lte=today)
        .filter(Q(until_on=None) | Q(until_on__gte=today))
        .order_by("organization__path", "pk")
        .values_list("role", "organization__path", "organization_id")
    )
    return Actor(user=user, today=today, held=tuple(Held(*row) for row in in_force))


def under(paths: Iterable[str], *, prefix: str = "") -> Q:
    """Rows whose organization path (at `prefix`) lies in any of the subtrees. No paths: no rows."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{prefix}path__gte": path, f"{prefix}path__lt": path + "~"})
    return condition


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        """Own subtrees, and one by one the units one's own unit is linked to."""
        return self.filter(under(actor.paths()) | Q(pk__in=self.linked_to(actor)))

    def linked_to(self, actor: Actor):
        links = self.model._meta.get_field("links").related_model.objects
        homes = [h.organization_id for h in actor.held if h.role in (Role.SECRETARY, Role.CLERK)]
        return links.filter(unit_id__in=homes).values("organization_id")

    def within(self, organization):
        return self.filter(path__gte=organization.path, path__lt=organization.path + "~")

    def branches(self):
        return self.filter(kind="branch")

    def open(self, today):
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=today))

    def in_protocol_order(self):
        return self.order_by("position", "pk")


class ScopedQuerySet(models.QuerySet):
    """For models with an `organization`: rows of the subtrees the actor holds."""

    def visible_to(self, actor: Actor):
        return self.filter(under(actor.paths(), prefix="organization__"))
