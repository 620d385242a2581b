"""The way of a draft between its officers: who submitted, returned, withdrew or issued it, and with what word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from accounts.models import Deed
from standards.models import Edition

STEPS = {
    "edition.submit": gettext_lazy("Submit for issue"),
    "edition.withdraw": gettext_lazy("Withdraw"),
    "edition.return": gettext_lazy("Return for changes"),
    "edition.issue": gettext_lazy("Issue the standard"),
}
SAID = ("note", "reason")


@dataclass(frozen=True)
class Handing:
    verb: str
    word: str
    by: str
    at: datetime
    said: str


def history(edition: Edition) -> list[Handing]:
    """From the trail, the first step first."""
    deeds = Deed.objects.filter(
        object_type=edition._meta.label_lower, object_id=str(edition.pk), verb__in=list(STEPS)
    )
    return [
        Handing(one.verb, str(STEPS[one.verb]), one.by_name, one.at, _said(one.params))
        for one in deeds.order_by("pk")
    ]


def word_to_issuer(steps: Sequence[Handing]) -> str:
    """What the submission that is open says."""
    return steps[-1].said if steps and steps[-1].verb == "edition.submit" else ""


def _said(params: dict[str, str]) -> str:
    return next((params[name] for name in SAID if params.get(name)), "")
