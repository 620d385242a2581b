import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import COUNTY
from branches.models import Organization
from branches.scope import Actor, under
from inspections.models.cycles import Cycle


class VisitQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        """The county's visits, and the visits one is on the team of until the window closes."""
        mine = Q(pk__in=Member.objects.filter(user_id=actor.user.pk).values("visit_id"))
        return self.filter(
            under(actor.paths(*COUNTY), prefix="owner__") | (mine & Q(ends_on__gte=actor.today))
        )


class Visit(models.Model):
    """A planned round of calls by one team. Its team holds inspector grants for its window."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="visits")
    cycle = models.ForeignKey(Cycle, null=True, on_delete=models.PROTECT, related_name="visits")
    name = models.CharField(_("name"), max_length=60)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="visit_span"),
        ]

    def __str__(self):
        return self.name


class Member(models.Model):
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    is_leader = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "user"], name="member_once"),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(is_leader=True), name="member_one_leader"
            ),
        ]


class StopState(models.TextChoices):
    PLANNED = "planned", _("To be visited")
    BEGUN = "begun", _("On site")
    CONFIRMED = "confirmed", _("Confirmed by the team leader")
    SIGNED = "signed", _("Feedback sheet signed")


class StopQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        return self.filter(visit__in=Visit.objects.visible_to(actor))


class Stop(models.Model):
    """One branch on a visit; its acceptance sheet hangs on the branch's assessment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="stops")
    branch = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="stops")
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=StopState.choices, default=StopState.PLANNED)
    visited_on = models.DateField(_("visited on"), null=True)
    number = models.CharField(max_length=40, blank=True)
    representative = models.CharField(_("for the branch"), max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_on = models.DateField(null=True)

    objects = StopQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "branch"], name="stop_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="stop_confirmed_pair",
            ),
        ]


class Tap(models.Model):
    """One tap made on a phone, perhaps without signal. The key is made there, so it is taken once."""

    key = models.UUIDField(primary_key=True)
    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="taps")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    body = models.JSONField(default=dict)
    device_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
