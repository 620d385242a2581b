from django.db import models

from accounts.roles import COUNTY
from branches.models import Organization
from branches.scope import Actor, under
from inspections.querysets import UNIT_ROLES


class ElectionLetterQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        return self.filter(under(actor.paths(*COUNTY, *UNIT_ROLES), prefix="unit__"))


class ElectionLetter(models.Model):
    """A numbered reminder (换届提醒函) to one unit: one per term's end and step, so it goes out once."""

    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="letters")
    step = models.SlugField(max_length=10)
    term_ends_on = models.DateField()
    number = models.CharField(max_length=40)
    issued_on = models.DateField()

    objects = ElectionLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "term_ends_on", "step"], name="electionletter_once"
            ),
            models.UniqueConstraint(fields=["owner", "number"], name="electionletter_number_once"),
        ]

    def __str__(self):
        return self.number
