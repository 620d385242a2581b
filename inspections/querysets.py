"""Questions about many findings. Overdue is derived here, never stored."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from accounts.roles import COUNTY, Role
from branches.scope import Actor, under

OPEN = ("draft", "confirmed", "issued", "objected", "in_progress", "submitted", "verified")
WITH_UNIT = ("issued", "objected", "in_progress")
UNRELEASED = ("draft", "confirmed")


class FindingQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        """The county sees all of its own; units what was issued, or signed for on site; inspectors their branches."""
        signed = Q(stage="confirmed", stop__state="signed")
        told = ~Q(stage__in=UNRELEASED) | Q(logged_by_id=actor.user.pk) | signed
        released = under(actor.paths(*UNIT_ROLES), prefix="branch__") & told
        county = under(actor.paths(*COUNTY), prefix="branch__")
        on_visit = under(actor.paths(Role.INSPECTOR), prefix="branch__")
        return self.filter(county | released | on_visit)

    def open(self):
        return self.filter(stage__in=OPEN)

    def closed(self):
        return self.filter(stage="closed")

    def overdue(self, today: date):
        """Past the deadline while the ball is with the unit; long-term ones are chased otherwise."""
        return self.filter(
            stage__in=("issued", "in_progress"), due_on__lt=today, is_long_term=False
        )

    def due_within(self, today: date, days: int):
        return self.filter(
            stage__in=("issued", "in_progress"),
            due_on__range=(today, today + timedelta(days=days)),
            is_long_term=False,
        )

    def within(self, organization):
        return self.filter(under([organization.path], prefix="branch__"))


UNIT_ROLES = (Role.SECRETARY, Role.CLERK, Role.BRANCH_CLERK)
