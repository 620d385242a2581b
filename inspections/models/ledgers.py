from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Organization
from inspections.models.findings import Finding


class SavedColumns(models.Model):
    """A named choice of ledger columns, such as 市里格式."""

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=40)
    columns = models.JSONField(default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="savedcolumns_once")]


class Rung(models.Model):
    """One step of an owner's reminder ladder, held as data. `offset` in calendar days from the deadline."""

    class Audience(models.TextChoices):
        HANDLER = "handler", _("Handler")
        LEADER = "leader", _("Leader responsible")
        SECRETARY = "secretary", _("Secretary of the unit")
        COUNTY = "county", _("County officers")

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="rungs")
    key = models.SlugField(max_length=20)
    level = models.PositiveSmallIntegerField()
    offset = models.SmallIntegerField()
    audience = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="rung_key_once")]
        ordering = ["level"]


class Fired(models.Model):
    """A rung that fired: key = finding + level + due date, so it can fire once for that deadline."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="fired")
    level = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    fired_at = models.DateTimeField()
    digest_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "level", "due_on", "recipient"], name="fired_once"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(digest_on=None), name="fired_undigested")
        ]
