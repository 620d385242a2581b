"""Problems a branch admits enter the same ledger as all others, when it files.

Taking the filing back takes them along, as long as nobody has dealt with them; filing again brings them back
under their old numbers.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from branches.scope import Actor
from inspections import deadlines, recheck
from inspections.categorizing import category_of
from inspections.logging import log
from inspections.models import Assessment, Entry, Finding, FindingSource, FindingStage, Source
from inspections.moves import WITH_FILING
from inspections.moving import step
from inspections.worklist import ANSWERED, Item
from standards import conform
from standards.rules.evaluate import Outcome, evaluate
from standards.rules.explain import account
from standards.rules.options import Options
from standards.sheets import edition_options

LONGEST = 500
# What the filing itself writes; any other entry is somebody dealing with the problem.
BY_FILING = ("log", *(move.verb for move in WITH_FILING))


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
    fresh = {key: item for key, item in admitted.items() if key not in known}
    before = retracted(assessment, fresh) if fresh else {}
    return [
        admit(
            actor,
            assessment,
            item,
            earlier=before.get(key),
            text=wording(item, options=options)[:LONGEST],
            now=now,
            client_key=uuid.uuid5(client_key, key),
        )
        for key, item in fresh.items()
    ]


def admit(
    actor: Actor,
    assessment: Assessment,
    item: Item,
    *,
    earlier: Finding | None,
    text,
    now,
    client_key,
) -> Finding:
    evidence = item.answer.evidence.all()
    if earlier is not None:
        return refile(actor, earlier, text=text, evidence=evidence, now=now, client_key=client_key)
    return log(
        actor,
        branch=assessment.branch,
        cycle=assessment.cycle,
        clause_key=item.line.key,
        source=FindingSource.SELF,
        text=text,
        values=item.answer.measures,
        evidence=evidence,
        now=now,
        client_key=client_key,
    )


def refile(actor: Actor, finding: Finding, *, text, evidence, now, client_key) -> Finding:
    """Back under its number, in the words of now; the clock starts again."""
    changed = {"text": text, "category": category_of(recheck.line_of(finding), text)}
    was = {"was": finding.text} if text != finding.text else {}
    clock = deadlines.running(finding, start=actor.today)
    step(
        actor,
        finding,
        "refile",
        now=now,
        client_key=client_key,
        evidence=evidence,
        params=was | {"due": str(clock["due_on"])},
        **(changed if was else {}),
        **clock,
    )
    finding.evidence.add(*evidence)
    recheck.reopen(finding, now=now)
    return finding


def retract_admitted(actor: Actor, assessment: Assessment, *, now: datetime) -> int:
    """Take along what the last filing put into the ledger and nobody has dealt with since. Returns how many."""
    gone = list(loaded(untouched(entered(assessment))))
    for finding in gone:
        step(actor, finding, "retract", now=now)
        recheck.reverse(finding, by=actor.user, now=now, today=actor.today)
    return len(gone)


def entered(assessment: Assessment) -> QuerySet[Finding]:
    """The findings of the last filing: their entries carry keys made from the filing's own."""
    filed = assessment.steps.filter(move="submit").order_by("pk").last()
    if filed is None:
        return Finding.objects.none()
    sheets = assessment.sheets.filter(source=Source.SELF)
    clauses = [key for coverage in sheets.values_list("coverage", flat=True) for key in coverage]
    keys = [uuid.uuid5(filed.client_key, key) for key in clauses]
    entries = Entry.objects.filter(client_key__in=keys, move__in=("log", "refile"))
    return Finding.objects.filter(
        pk__in=entries.values("finding"), source=FindingSource.SELF, stage=FindingStage.IN_PROGRESS
    )


def untouched(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    dealt_with = Entry.objects.filter(finding=OuterRef("pk")).exclude(move__in=BY_FILING)
    return findings.exclude(Exists(dealt_with))


def retracted(assessment: Assessment, keys: Iterable[str]) -> dict[str, Finding]:
    """By clause, what an earlier filing of this cycle had entered and took back with it."""
    last = Entry.objects.filter(finding=OuterRef("pk")).order_by("-pk").values("move")[:1]
    rows = Finding.objects.filter(
        branch=assessment.branch_id,
        cycle=assessment.cycle_id,
        clause_key__in=keys,
        source=FindingSource.SELF,
        stage=FindingStage.WITHDRAWN,
    ).annotate(last_move=Subquery(last))
    found = loaded(rows.filter(last_move="retract")).order_by("pk")
    return {finding.clause_key: finding for finding in found}


def loaded(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    return findings.select_related("branch", "unit", "owner", "cycle__edition", "edition")


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
