from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.scope import Actor
from inspections.models.cycles import Cycle
from standards.models import Edition


class Way(models.TextChoices):
    """What becomes of the assessments a running cycle has already."""

    FROZEN = "frozen", _("Keep the old edition")
    MIGRATED = "migrated", _("Carry over, reopen new and changed clauses")
    REGRADED = "regraded", _("Carry over, reckon what was filed anew")


class AdoptionStage(models.TextChoices):
    ASKED = "asked", _("Waits to be carried out")
    DONE = "done", _("Carried out")
    DROPPED = "dropped", _("Not carried out")


class AdoptionQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        return self.filter(cycle__in=Cycle.objects.visible_to(actor))


class Adoption(models.Model):
    """A newer edition for a running cycle: asked by one officer, carried out by another. A dated row.

    `counts`: what was carried over and what has to be answered again, once carried out.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="adoptions")
    old = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    reason = models.TextField()
    stage = models.CharField(
        max_length=10, choices=AdoptionStage.choices, default=AdoptionStage.ASKED
    )
    counts = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption of an edition")
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, stage="asked")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(stage="asked")),
                name="adoption_settled_pair",
            ),
            models.CheckConstraint(
                condition=~Q(stage="done") | ~Q(settled_by=F("asked_by")),
                name="adoption_done_by_another",
            ),
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(stage="asked"), name="adoption_asked_once"
            ),
        ]
