"""The county's word on results: decided on a day, under a document, published by a second person."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.inbox import tell
from accounts.refusal import Refused
from accounts.roles import FILERS
from accounts.trail import record
from branches.people import nearest_holders
from branches.scope import Actor
from inspections.checking import settle
from inspections.models import Assessment, Cycle, CycleState
from inspections.recheck import can_restore, cutoff
from scoring.archiving import freeze_published
from scoring.models import Detail, Proposal, Result
from scoring.permissions import TABLE
from scoring.record import frozen, ready
from scoring.results import compute
from scoring.up_to_date import stale


@transaction.atomic
def decide(
    actor: Actor,
    results: Iterable[Result],
    *,
    on: date,
    document_number: str,
    passes: bool | None = None,
    tier: str = "",
    reason: str = "",
    now: datetime,
) -> int:
    """Adopt the proposals (passes None), or decide otherwise with a reason. Returns how many were decided.

    `tier`: another tier than the computed one, which then says whether the branch passes.
    """
    if on > actor.today:
        raise Refused(_("The day of the decision cannot lie in the future."), field="on")
    rows = [r for r in fresh(results, now=now) if TABLE["result.decide"].allows(actor, r)]
    if not rows:
        raise Refused(
            _("None of these can be decided: not fully judged, not graded, or published.")
        )
    for result in rows:
        verdict = result.proposal == Proposal.PASS if passes is None else passes
        verdict = passing(result, tier) if tier else verdict
        refuse_silent_change(result, verdict, reason, tier=tier)
        head = {"on": on, "document_number": document_number, "reason": reason}
        decide_one(actor, result, verdict, tier=tier, **head)
        record(
            actor.user,
            "result.decide",
            result.branch,
            now=now,
            path=result.branch.path,
            passes=verdict,
            **({"tier": tier, "computed": result.tier} if tier else {}),
        )
    return len(rows)


def fresh(results: Iterable[Result], *, now: datetime) -> list[Result]:
    """The same results as they stand now: nobody decides or publishes what has been overtaken meanwhile."""
    rows = list(results)
    for cycle in {row.cycle for row in rows if row.cycle.state == CycleState.OPEN}:
        own = {row.branch_id for row in rows if row.cycle_id == cycle.pk}
        late = stale(cycle, now=now, branch_ids=own) & own
        if late:
            compute(cycle, branch_ids=late, now=now)
    found = Result.objects.select_related("branch", "cycle__edition", "detail")
    found = found.in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows]


def passing(result: Result, tier: str) -> bool:
    found = [row for row in result.cycle.edition.tiers if row["key"] == tier]
    if not found:
        raise Refused(_("The standard has no such tier."), field="tier")
    return found[0]["passes"]


def refuse_silent_change(result: Result, verdict: bool, reason: str, *, tier: str = "") -> None:
    changes = verdict != (result.proposal == Proposal.PASS) or (tier and tier != result.tier)
    if changes and not reason.strip():
        raise Refused(_("A decision against the proposal needs a reason."), field="reason")


def decide_one(
    actor: Actor, result: Result, verdict: bool, *, tier: str, on, document_number, reason
) -> None:
    fields = {
        "decided_pass": verdict,
        "decided_tier": tier,
        "decided_on": on,
        "decided_by": actor.user,
        "document_number": document_number.strip(),
        "decision_reason": reason.strip(),
    }
    moved = Result.objects.filter(pk=result.pk, published_at=None).update(**fields)
    if not moved:
        raise Refused(_("This result has been published and stays as it is."))
    for name, value in fields.items():
        setattr(result, name, value)


@transaction.atomic
def publish(actor: Actor, results: Iterable[Result], *, now: datetime) -> int:
    """From now on the units see their results, and nobody changes them."""
    rows = [r for r in fresh(results, now=now) if TABLE["result.publish"].allows(actor, r)]
    if not rows:
        raise Refused(_("None of these can be published: decide first; another person publishes."))
    for result in ready(rows):
        Detail.objects.filter(result=result.pk, result__published_at=None).update(**frozen(result))
        moved = Result.objects.filter(pk=result.pk, published_at=None).update(
            published_at=now, published_by=actor.user
        )
        if not moved:
            raise Refused(_("Somebody else has just published this."))
        result.published_at, result.published_by = now, actor.user
        record(actor.user, "result.publish", result.branch, now=now, path=result.branch.path)
        announce(actor, result, now=now)
    settle_filings(actor, rows, now=now)
    freeze_published(rows, by=actor.user, now=now)
    return len(rows)


def settle_filings(actor: Actor, rows: list[Result], *, now: datetime) -> None:
    published = {(row.cycle_id, row.branch_id) for row in rows}
    filings = Assessment.objects.select_related("branch").filter(
        cycle__in={row.cycle_id for row in rows}, branch__in={row.branch_id for row in rows}
    )
    for filing in filings:
        if (filing.cycle_id, filing.branch_id) in published:
            settle(actor, filing, now=now)


def announce(actor: Actor, result: Result, *, now: datetime) -> None:
    tell(
        nearest_holders(result.branch, *FILERS, today=actor.today),
        "result.published",
        key=f"result:{result.pk}:published",
        now=now,
        url=f"/results/{result.pk}/",
        branch=result.name,
        cycle=result.cycle.name,
    )


def still_restoring(cycle: Cycle, *, today: date) -> date | None:
    """The day until which rectification still restores points: what is published before no longer changes."""
    return cutoff(cycle) if can_restore(cycle, today=today) else None
