"""One file behind many clauses: the first one's files are set, the others' are added to."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from branches.models import Evidence
from branches.scope import Actor
from inspections.filing import cite_files
from inspections.models import Assessment, Source


def cited(assessment: Assessment, clause_key: str) -> list[Evidence]:
    return list(
        Evidence.objects.filter(
            answers__sheet__assessment=assessment,
            answers__sheet__source=Source.SELF,
            answers__clause_key=clause_key,
        ).order_by("-uploaded_at")
    )


@transaction.atomic
def cite_for(
    actor: Actor,
    assessment: Assessment,
    clause_keys: Sequence[str],
    files: Iterable[Evidence],
    *,
    now: datetime,
) -> None:
    chosen = list(files)
    first, *others = clause_keys
    cite_files(actor, assessment, first, chosen, now=now)
    for key in others if chosen else ():
        cite_files(actor, assessment, key, [*cited(assessment, key), *chosen], now=now)
