"""The only writer of sheets and answers: what one source judged about one clause.

A sheet holds rows for exceptions only; `coverage` says which clauses were judged and how. Two people
saving at once take turns on the sheet's row, so neither loses a clause.

While a self-assessment is typed a clause may also be a draft: a problem chosen whose measure is not
yet said. Nothing is submitted with drafts in it, so no reader of a filed sheet ever meets one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from inspections.models import Answer, Assessment, Sheet

SINGLE, REST, CARRIED, DRAFT = "single", "rest", "carried", "draft"


@dataclass(frozen=True)
class Judgement:
    """What is said of one clause. `values` None or empty: it conforms."""

    clause_key: str
    values: Mapping[str, Any] | None = None
    applicable: bool = True
    remark: str = ""
    paper: str = ""

    @property
    def is_exception(self) -> bool:
        return bool(self.values) or not self.applicable or bool(self.remark) or bool(self.paper)


SAID = ("applicable", "measures", "remark", "paper", "on", "at", "by")


@transaction.atomic
def judge(
    assessment: Assessment,
    source: str,
    judgement: Judgement,
    *,
    by,
    now: datetime,
    on: date,
    how: str | None = SINGLE,
    evidence: Iterable = (),
) -> None:
    """Write one judgement, replacing what this source said of the clause before.

    Files cited before stay cited. how=None: words are kept, the clause counts as not judged.
    """
    sheet = locked(assessment, source)
    write(sheet, judgement, by=by, now=now, on=on, evidence=evidence)
    if how is None:
        sheet.coverage.pop(judgement.clause_key, None)
    else:
        sheet.coverage[judgement.clause_key] = how
    saved(sheet, assessment, now=now)


@transaction.atomic
def judge_rest(
    assessment: Assessment,
    source: str,
    clause_keys: Iterable[str],
    *,
    now: datetime,
    how: str = REST,
) -> int:
    """Cover clauses not judged yet as conforming. Returns how many were new."""
    sheet = locked(assessment, source)
    fresh = [key for key in clause_keys if key not in sheet.coverage]
    sheet.coverage |= dict.fromkeys(fresh, how)
    saved(sheet, assessment, now=now)
    return len(fresh)


@transaction.atomic
def forget(
    assessment: Assessment, source: str, clause_keys: Iterable[str], *, now: datetime
) -> None:
    """Take judgements back: the clauses count as not judged by this source."""
    sheet = locked(assessment, source)
    gone = set(clause_keys)
    sheet.answers.filter(clause_key__in=gone).delete()
    sheet.coverage = {key: how for key, how in sheet.coverage.items() if key not in gone}
    saved(sheet, assessment, now=now)


@transaction.atomic
def reopen(
    assessment: Assessment, source: str, clause_keys: Iterable[str], *, now: datetime
) -> None:
    """The clauses wait to be judged again; what was said of them stays to be seen and changed."""
    sheet = locked(assessment, source)
    gone = set(clause_keys)
    sheet.coverage = {key: how for key, how in sheet.coverage.items() if key not in gone}
    saved(sheet, assessment, now=now)


@transaction.atomic
def cite(
    assessment: Assessment,
    source: str,
    clause_key: str,
    evidence: Iterable,
    *,
    by,
    now: datetime,
    on: date,
) -> None:
    """These files, and no others, stand behind what the source says of the clause."""
    sheet = locked(assessment, source)
    answer, _created = Answer.objects.get_or_create(
        sheet=sheet, clause_key=clause_key, defaults={"on": on, "at": now, "by": by}
    )
    answer.evidence.set(evidence)
    saved(sheet, assessment, now=now)


def locked(assessment: Assessment, source: str) -> Sheet:
    found = Sheet.objects.select_for_update().filter(assessment=assessment, source=source)
    sheet = found.first()
    if sheet is None:
        Sheet.objects.get_or_create(assessment=assessment, source=source)
        sheet = found.get()
    return sheet


def write(
    sheet: Sheet, judgement: Judgement, *, by, now: datetime, on: date, evidence: Iterable
) -> None:
    evidence = list(evidence)
    said = sheet.answers.filter(clause_key=judgement.clause_key)
    if not judgement.is_exception and not evidence and not said.filter(evidence__isnull=False):
        said.delete()
        return
    answer = Answer(
        sheet=sheet,
        clause_key=judgement.clause_key,
        applicable=judgement.applicable,
        measures=dict(judgement.values or {}),
        remark=judgement.remark,
        paper=judgement.paper,
        on=on,
        at=now,
        by=by,
    )
    # One statement: the sheet is locked, so nobody else writes this answer meanwhile.
    Answer.objects.bulk_create(
        [answer], update_conflicts=True, unique_fields=["sheet", "clause_key"], update_fields=SAID
    )
    if evidence:
        answer.evidence.add(*evidence)


def saved(sheet: Sheet, assessment: Assessment, *, now: datetime) -> None:
    sheet.changed_at = now
    sheet.save(update_fields=["coverage", "changed_at"])
    Assessment.objects.filter(pk=assessment.pk).update(changed_at=now)
