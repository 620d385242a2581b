"""Runs: the results of a cycle frozen at one moment, sealed, and proved again from what they hold.

Publishing makes a run of what was published; the county puts the whole cycle on file whenever it wants to.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Organization
from branches.permits import require
from branches.scope import Actor
from inspections.models import Cycle, CycleState
from scoring.knowing import read_back
from scoring.models import Result, Run, RunKind, RunResult
from scoring.permissions import TABLE
from scoring.record import chapters_of, gates_of, lines_of, ready
from scoring.results import compute, frozen, unlike
from scoring.tallies import program_hash, tally
from scoring.up_to_date import stale
from scoring.verdicts import verdict_of

BATCH = 500
KEPT = (
    "path", "name", "unit_name", "field", "total", "sources", "unjudged", "tier", "proposal", "sums",
    "decided_pass", "decided_tier",
)  # fmt: skip
BY_HAND = (RunKind.DERIVED, RunKind.TRIAL)


@transaction.atomic
def archive(
    actor: Actor, cycle: Cycle, *, reason: str, kind: str = RunKind.DERIVED, now: datetime
) -> Run:
    """存档: every result of the cycle as it stands now, brought up to date first."""
    sentence = _("Only a county officer puts results on file, once the cycle has begun.")
    require(TABLE, actor, "run.archive", cycle, sentence)
    if kind not in BY_HAND:
        raise Refused(_("Choose what the run is for."), field="kind")
    if not reason.strip():
        raise Refused(
            _("Say what the run is for; it can be told from others later."), field="reason"
        )
    if cycle.state == CycleState.OPEN and (late := stale(cycle, now=now)):
        compute(cycle, branch_ids=late, now=now)
    rows = Result.objects.filter(cycle=cycle)
    if not rows.exists():
        raise Refused(_("This cycle has no results yet."))
    run = freeze(cycle, rows, kind=kind, by=actor.user, reason=reason.strip(), now=now)
    params = {"number": run.number, "results": run.result_count, "digest": run.digest}
    record(actor.user, "run.archive", run, now=now, path=cycle.owner.path, **params)
    return run


@transaction.atomic
def freeze(
    cycle: Cycle, rows: Iterable[Result], *, kind: str, by, reason: str = "", now: datetime
) -> Run:
    """A sealed run of these results. rows: a queryset of one cycle."""
    # Two at a time take turns on the cycle's row, so that each finds the number before its own.
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    before = Run.objects.filter(cycle=cycle).order_by("-number").first()
    run = Run.objects.create(
        cycle=cycle,
        number=before.number + 1 if before else 1,
        kind=kind,
        edition=cycle.edition,
        edition_digest=cycle.edition.digest,
        program_hash=program_hash(),
        reason=reason,
        made_at=now,
        made_by=by,
        before_digest=before.digest if before else "",
    )
    counts: Counter = Counter()
    found = rows.select_related("detail").order_by("branch_id").iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        for result in batch:
            result.cycle = cycle
        RunResult.objects.bulk_create([kept(run, result) for result in ready(batch)])
        counts.update(map(verdict_of, batch))
    run.counts, run.result_count = dict(counts), counts.total()
    run.digest = sealed(run)
    run.save(update_fields=["counts", "result_count", "digest"])
    return run


def freeze_published(results: Iterable[Result], *, by, now: datetime) -> list[Run]:
    """What one press published, a run for each cycle."""
    found: dict[Cycle, list[int]] = {}
    for result in results:
        found.setdefault(result.cycle, []).append(result.pk)
    return [
        freeze(cycle, Result.objects.filter(pk__in=ids), kind=RunKind.PUBLISHED, by=by, now=now)
        for cycle, ids in found.items()
    ]


def kept(run: Run, result: Result) -> RunResult:
    row = RunResult(
        run=run,
        branch_id=result.branch_id,
        told=lines_of(result),
        chapters=chapters_of(result),
        gates=gates_of(result),
        **{name: getattr(result, name) for name in KEPT},
    )
    row.digest = digest_of(row)
    return row


def digest_of(row: Result | RunResult) -> str:
    """SHA-256 over everything it says, keys in order: the same on both engines, and for a result and
    its row in a run as long as they say the same."""
    said = {name: getattr(row, name) for name in KEPT}
    said |= {"chapters": chapters_of(row), "gates": gates_of(row), "lines": lines_of(row)}
    return hashed(said | {"branch": row.branch_id})


def sealed(run: Run) -> str:
    """The digest of the run: its head, the run before, and every row."""
    rows = run.results.order_by("branch_id").values_list("branch_id", "digest")
    head = (run.cycle_id, run.number, run.kind, run.edition_digest, run.program_hash, run.reason)
    when = (run.made_at.timestamp(), run.made_by_id)
    return hashed([*head, *when, run.before_digest, [list(row) for row in rows]])


def hashed(said) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def run_differences(run: Run) -> Iterator[str]:
    """What does not hold in a run: its seal, a row's own digest, or points its observations do not give."""
    if sealed(run) != run.digest or run.results.count() != run.result_count:
        yield f"{run}: seal broken"
    edition = run.edition
    if edition.digest != run.edition_digest:
        yield f"{run}: edition changed"
    run.cycle.edition = edition
    for row in run.results.order_by("branch_id").iterator(chunk_size=BATCH):
        row.cycle, row.cycle_id = run.cycle, run.cycle_id
        if digest_of(row) != row.digest:
            yield f"{run}: {row.name} changed"
        # The branch of that day: a later change of its field is no business of this run.
        branch = Organization(pk=row.branch_id, field=row.field)
        known = read_back(row.sums.get("known", {}))
        again = tally(edition, branch, frozen(row), known=known)
        for line in unlike(row, again, moved=row.sums.get("moved")):
            yield f"{run}: {line}"


def all_run_differences() -> Iterator[str]:
    """Every run, and that none is missing between two that are there."""
    before: dict[int, str] = {}
    for run in Run.objects.select_related("cycle", "edition").order_by("cycle_id", "number"):
        if run.before_digest != before.get(run.cycle_id, ""):
            yield f"{run}: the run before is another"
        before[run.cycle_id] = run.digest
        yield from run_differences(run)
