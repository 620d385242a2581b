"""One step of a finding: checked against the table of moves, taken once, written to the timeline.

Two people pressing at once take turns on the finding's row; the second is told politely. The same press
arriving twice (a lost answer, a double click) carries the same client key and has its effect once.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Evidence
from branches.scope import Actor
from inspections.finding_words import stage_word
from inspections.models import Entry, Finding, Signoff
from inspections.moves import MOVES, Move


@transaction.atomic
def step(
    actor: Actor,
    finding: Finding,
    verb: str,
    *,
    now: datetime,
    client_key: uuid.UUID | None = None,
    note: str = "",
    evidence: Iterable[Evidence] = (),
    params: Mapping[str, Any] | None = None,
    sign: str = "",
    **changes: Any,
) -> bool:
    """Take the move; False when this very press was taken before. `changes` are fields of the finding."""
    move = MOVES[verb]
    stage, turn = held(finding)
    if is_repeat(finding, verb, client_key):
        return False
    refuse_wrong(actor, finding, move, stage=stage)
    if sign:
        sign_off(actor, finding, sign, now=now)
    write(finding, move, changes | {"moved_on": actor.today}, stage=stage, turn=turn)
    entry = Entry.objects.create(
        finding=finding,
        round=turn,
        move=verb,
        from_stage=stage,
        to_stage=finding.stage,
        note=note,
        params=dict(params or {}),
        at=now,
        by=actor.user,
        unit_id=acting_unit(actor, finding),
        client_key=client_key or uuid.uuid4(),
    )
    entry.evidence.add(*evidence)
    record(
        actor.user,
        f"finding.{verb}",
        finding,
        now=now,
        path=finding.branch.path,
        number=finding.number,
    )
    return True


def held(finding: Finding) -> tuple[str, int]:
    """Stage and round as they are now, under the row's lock."""
    rows = Finding.objects.select_for_update().filter(pk=finding.pk)
    return rows.values_list("stage", "round").get()


def is_repeat(finding: Finding, verb: str, client_key: uuid.UUID | None) -> bool:
    if client_key is None:
        return False
    earlier = Entry.objects.filter(client_key=client_key).first()
    if earlier is None:
        return False
    if (earlier.finding_id, earlier.move) != (finding.pk, verb):
        raise Refused(
            _("This form was used before for something else. Reload the page and try again.")
        )
    finding.refresh_from_db(fields=["stage", "round", "due_on", "closed_on"])
    return True


def refuse_wrong(actor: Actor, finding: Finding, move: Move, *, stage: str) -> None:
    if stage != finding.stage:
        raise Refused(
            _("Somebody else was faster: the finding is now “%(stage)s”. Reload the page.")
            % {"stage": stage_word(finding, stage=stage)}
        )
    if finding.stage not in move.stages:
        raise Refused(
            _("This cannot be done now: the finding is “%(stage)s”.")
            % {"stage": stage_word(finding)}
        )
    if not move.permit.allows(actor, finding):
        raise Refused(_("“%(move)s” is not yours to do on this finding.") % {"move": move.label})


def sign_off(actor: Actor, finding: Finding, role: str, *, now: datetime) -> None:
    """Reporter, verifier and closer of a round are three persons; the database holds them apart too."""
    if Signoff.objects.filter(finding=finding, round=finding.round, by=actor.user).exists():
        raise Refused(
            _(
                "One person cannot report, verify and close the same finding. Leave this step to another."
            )
        )
    unit = finding.unit_id if role == Signoff.Role.REPORTER else acting_unit(actor, finding)
    Signoff.objects.create(
        finding=finding, round=finding.round, role=role, by=actor.user, unit_id=unit, at=now
    )


def write(finding: Finding, move: Move, changes: dict, *, stage: str, turn: int) -> None:
    changes = ({"stage": move.to} if move.to else {}) | changes
    won = Finding.objects.filter(pk=finding.pk, stage=stage, round=turn).update(**changes)
    if not won:
        raise Refused(_("Somebody else has just dealt with this finding. Reload the page."))
    for name, value in changes.items():
        setattr(finding, name, value)


def acting_unit(actor: Actor, finding: Finding) -> int:
    """The unit the actor acts for: its nearest grant above the branch; a visiting team acts for the owner."""
    near = [
        h for h in actor.held if finding.branch.path.startswith(h.path) and h.role != "inspector"
    ]
    return max(near, key=lambda h: len(h.path)).organization_id if near else finding.owner_id
