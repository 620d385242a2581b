"""Problems a branch admits enter the same ledger as all others, when it files (decisions E6)."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from branches.scope import Actor
from inspections.logging import log
from inspections.models import Assessment, Finding, FindingSource, FindingStage
from inspections.worklist import ANSWERED, Item
from standards import conform
from standards.rules.evaluate import Outcome, evaluate
from standards.rules.explain import account
from standards.rules.options import Options
from standards.sheets import edition_options

LONGEST = 500


def log_admitted(
    actor: Actor,
    assessment: Assessment,
    items: Iterable[Item],
    *,
    now: datetime,
    client_key: uuid.UUID,
) -> list[Finding]:
    """One finding for each clause with an admitted shortfall that is not in the ledger yet."""
    options = edition_options(assessment.cycle.edition)
    admitted = {i.line.key: i for i in items if is_shortfall(i, options=options)}
    known = in_ledger(assessment, admitted) if admitted else set()
    return [
        log(
            actor,
            branch=assessment.branch,
            cycle=assessment.cycle,
            clause_key=key,
            source=FindingSource.SELF,
            text=wording(item, options=options)[:LONGEST],
            values=item.answer.measures,
            evidence=item.answer.evidence.all(),
            now=now,
            client_key=uuid.uuid5(client_key, key),
        )
        for key, item in admitted.items()
        if key not in known
    ]


def is_shortfall(item: Item, *, options: Options) -> bool:
    """Points lost, a gate or a deduction; an award is an exception too, but no problem."""
    if item.state != ANSWERED or item.answer is None:
        return False
    if not item.answer.applicable or not item.answer.measures:
        return False
    outcome = outcome_of(item, options=options)
    taken = any(entry.amount < 0 for entry in outcome.adjustments)
    return bool(outcome.lost) or bool(outcome.gates) or taken


def outcome_of(item: Item, *, options: Options) -> Outcome:
    """By what was typed alone: what records lack is no admission."""
    known = observed(item)
    return evaluate(item.line.rule, maximum=item.line.maximum, values=known, options=options)


def observed(item: Item) -> dict:
    best = {m.name: conform.best(item.line.rule, m) for m in item.line.rule.measures}
    return best | item.answer.measures


def wording(item: Item, *, options: Options) -> str:
    """Stored as the branch would write it, so in Chinese whatever language the page had."""
    outcome = outcome_of(item, options=options)
    reasons = account(
        item.line.rule, outcome, maximum=item.line.maximum, values=observed(item), lang="zh"
    )
    plain = "；".join(each.rstrip("。") for each in reasons[:2])
    return item.answer.remark or f"{item.line.text.rstrip('。')}：{plain}"


def in_ledger(assessment: Assessment, keys: Iterable[str]) -> set[str]:
    """Clauses with a finding still open, or already logged from this self-assessment."""
    rows = Finding.objects.filter(branch=assessment.branch_id, clause_key__in=keys)
    logged = Q(cycle=assessment.cycle_id, source=FindingSource.SELF) & ~Q(
        stage=FindingStage.WITHDRAWN
    )
    still = Q(pk__in=Finding.objects.open().values("pk"))
    return set(rows.filter(logged | still).values_list("clause_key", flat=True))
