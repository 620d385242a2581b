"""What is still open at a unit that is about to be closed or moved."""

from django.utils.translation import gettext as _

from branches.models import Organization
from branches.scope import under
from inspections.models import Assessment, CycleState, Finding, Stage


def open_work(unit: Organization) -> str:
    """One sentence about the unit and everything below it (two queries); empty when nothing is open."""
    findings = Finding.objects.open().within(unit).count()
    running = Assessment.objects.filter(
        under([unit.path], prefix="branch__"), cycle__state=CycleState.OPEN
    )
    unsettled = running.exclude(stage=Stage.CONFIRMED).count()
    if not findings and not unsettled:
        return ""
    return _(
        "Still open here and below: %(findings)s problems in the ledger, %(assessments)s assessments of the running cycle."
    ) % {"findings": findings, "assessments": unsettled}
