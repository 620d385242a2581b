from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import COUNTY
from branches.models import Organization
from branches.scope import Actor, under
from branches.tree import ancestors
from standards.models import Edition


class CycleKind(models.TextChoices):
    FILING = "filing", _("Self-assessment and check")
    ACCEPTED = "accepted", _("With county acceptance")


class CycleState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Running")
    CLOSED = "closed", _("Closed cycle")


class CycleQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        above = {path for held in actor.held for path in ancestors(held.path)}
        begun = Q(owner__path__in=above) & ~Q(state=CycleState.PLANNED)
        return self.filter(under(actor.paths(*COUNTY), prefix="owner__") | begun)


class Cycle(models.Model):
    """One round of benchmarking: a period, an edition, a kind, its phases."""

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="cycles")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cycles")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(max_length=10, choices=CycleKind.choices, default=CycleKind.ACCEPTED)
    state = models.CharField(max_length=10, choices=CycleState.choices, default=CycleState.PLANNED)
    starts_on = models.DateField(_("period from"))
    ends_on = models.DateField(_("period to"))
    prior = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cycle_span"),
            models.UniqueConstraint(fields=["owner", "name"], name="cycle_name_once"),
        ]

    def __str__(self):
        return self.name

    @property
    def dated_name(self) -> str:
        """With its year where the name does not say it."""
        year = str(self.ends_on.year)
        if year in self.name:
            return self.name
        return gettext("%(name)s (%(year)s)") % {"name": self.name, "year": year}


class PhaseKind(models.TextChoices):
    APPLY = "apply", _("Application")
    SELF = "self", _("Self-assessment")
    FIRST_CHECK = "first_check", _("First check")
    MID_YEAR = "mid_year", _("Mid-year check")
    ACCEPTANCE = "acceptance", _("Acceptance")
    DECIDE = "decide", _("Decision")
    NOTICE = "notice", _("Public notice")
    CUTOFF = "cutoff", _("Cutoff")


class Phase(models.Model):
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=12, choices=PhaseKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "kind"], name="phase_once")]
        ordering = ["ends_on", "pk"]
