"""催办: those who have not filed get a line in their inbox, once a day; and the text to paste into a chat."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.trail import record
from branches.scope import Actor
from inspections import announcing
from inspections.models import Assessment
from inspections.permits_filing import TABLE


@transaction.atomic
def chase(actor: Actor, assessments: Iterable[Assessment], *, now: datetime) -> dict[str, int]:
    """Leaves out what the actor may not chase and what is filed already."""
    rows = [row for row in assessments if TABLE["assessment.chase"].allows(actor, row)]
    people = sum(announcing.chased(actor, row, now=now) for row in rows)
    for row in rows:
        record(actor.user, "assessment.chase", row.branch, now=now, path=row.branch.path)
    return {"branches": len(rows), "people": people}


def chase_text(cycle, names: Iterable[str], *, until: str) -> str:
    """Plain words for the group chat; nobody is named, only branches."""
    listed = _(", ").join(names)
    return _(
        "%(cycle)s: please submit the self-assessment by %(until)s. Still open: %(names)s."
    ) % {
        "cycle": cycle.name,
        "until": until,
        "names": listed,
    }
