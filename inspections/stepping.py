"""One step of an assessment: taken under the row's lock, once per press, kept as a dated row."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.scope import Actor
from inspections.models import Assessment, Step

HELD = ("stage", "round", "submitted_at", "submitted_by_id", "is_late")


def hold(assessment: Assessment) -> None:
    hold_all([assessment])


def hold_all(assessments: Iterable[Assessment]) -> None:
    """Stage and round as they are now, kept still until the transaction ends (one query)."""
    by_pk = {each.pk: each for each in assessments}
    rows = Assessment.objects.select_for_update().filter(pk__in=by_pk).order_by("pk")
    for row in rows.values("pk", *HELD):
        held = by_pk[row.pop("pk")]
        for name, value in row.items():
            setattr(held, name, value)


def repeats(assessment: Assessment, move: str, client_key: uuid.UUID) -> bool:
    """Whether this very press was taken before: a double click, a lost answer, a page gone back to."""
    earlier = Step.objects.filter(client_key=client_key).first()
    if earlier is None:
        return False
    if (earlier.assessment_id, earlier.move) != (assessment.pk, move):
        raise Refused(
            _("This form was used before for something else. Reload the page and try again.")
        )
    return True


def move_on(
    actor: Actor,
    assessment: Assessment,
    move: str,
    *,
    to: str,
    now: datetime,
    client_key: uuid.UUID,
    note: str = "",
    **fields: Any,
) -> None:
    """Change the stage if nobody else has, and write the step and the deed."""
    was = assessment.stage
    taken = Assessment.objects.filter(pk=assessment.pk, stage=was, round=assessment.round).update(
        stage=to, **fields
    )
    if not taken:
        raise Refused(_("Somebody else has just moved this assessment on."))
    for name, value in fields.items():
        setattr(assessment, name, value)
    assessment.stage = to
    Step.objects.create(
        assessment=assessment,
        move=move,
        from_stage=was,
        to_stage=to,
        note=note,
        at=now,
        by=actor.user,
        client_key=client_key,
    )
    branch = assessment.branch
    record(actor.user, f"assessment.{move}", branch, now=now, path=branch.path)
