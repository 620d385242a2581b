"""A newer edition for a running cycle, where the county insists. By default it waits for the next cycle.

One officer asks with a reason, another carries it out: the results so far go on file, every sheet is
put under the new rules, and the results are reckoned anew. What was published forbids it.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import trail
from accounts.inbox import tell
from accounts.refusal import Refused
from accounts.roles import Role
from branches.people import holders
from branches.permits import require
from branches.scope import Actor
from inspections import converting
from inspections.checking import give_back
from inspections.models import Adoption, AdoptionStage, Assessment, Cycle, CycleState, Way
from inspections.permits_adoption import TABLE
from scoring.archiving import freeze
from scoring.models import Result, RunKind
from scoring.results import compute
from standards.models import Edition, EditionState


def offered(cycle: Cycle) -> Edition | None:
    """The owner's edition in force, where the cycle runs under an older one."""
    rows = Edition.objects.filter(owner=cycle.owner_id, state=EditionState.ISSUED)
    return rows.exclude(pk=cycle.edition_id).first()


@transaction.atomic
def ask(
    actor: Actor, cycle: Cycle, *, edition: Edition, way: str, reason: str, now: datetime
) -> Adoption:
    require(
        TABLE, actor, "adoption.ask", cycle, _("Only county officers do this, in a running cycle.")
    )
    if way not in Way.values:
        raise Refused(_("Choose what becomes of the open assessments."), field="way")
    if not reason.strip():
        raise Refused(_("Say why the cycle cannot end under its edition."), field="reason")
    refuse_unfit(cycle, edition)
    if Adoption.objects.filter(cycle=cycle, stage=AdoptionStage.ASKED).exists():
        raise Refused(_("A change of edition already waits for a second person."))
    asked = Adoption.objects.create(
        cycle=cycle,
        old=cycle.edition,
        edition=edition,
        way=way,
        reason=reason.strip(),
        asked_at=now,
        asked_by=actor.user,
    )
    note(actor, "adoption.ask", asked, now=now)
    others = set(holders(cycle.owner, Role.COUNTY_OFFICER, today=actor.today)) - {actor.user.pk}
    inform(asked, others, "adoption.asked", now=now)
    return asked


@transaction.atomic
def confirm(actor: Actor, adoption: Adoption, *, now: datetime) -> Adoption:
    adoption, cycle = locked(adoption)
    sentence = _("Another county officer carries this out, once.")
    require(TABLE, actor, "adoption.confirm", adoption, sentence)
    if cycle.edition_id != adoption.old_id:
        raise Refused(_("The cycle has another edition by now. Ask anew."))
    refuse_unfit(cycle, adoption.edition)
    if adoption.way != Way.FROZEN:
        adoption.counts = carry_out(actor, adoption, cycle, now=now)
    return settle(actor, adoption, AdoptionStage.DONE, "adoption.confirm", now=now)


@transaction.atomic
def drop(actor: Actor, adoption: Adoption, *, now: datetime) -> Adoption:
    """By the one who asked, or by the one who does not agree."""
    adoption, _cycle = locked(adoption)
    require(TABLE, actor, "adoption.drop", adoption, _("This has been settled already."))
    return settle(actor, adoption, AdoptionStage.DROPPED, "adoption.drop", now=now)


def carry_out(actor: Actor, adoption: Adoption, cycle: Cycle, *, now: datetime) -> dict[str, int]:
    compute(cycle, now=now)
    results = Result.objects.filter(cycle=cycle)
    if results.exists():
        freeze(
            cycle,
            results,
            kind=RunKind.DERIVED,
            by=actor.user,
            reason=adoption.reason[:300],
            now=now,
        )
    rows = Assessment.objects.select_for_update(of=("self",)).filter(cycle=cycle)
    rows = list(rows.select_related("branch__parent").order_by("pk"))
    made = converting.plan(rows, old=adoption.old, new=adoption.edition)
    converting.save(made)
    Cycle.objects.filter(pk=cycle.pk).update(edition=adoption.edition)
    cycle.edition = adoption.edition
    Assessment.objects.filter(cycle=cycle).update(changed_at=now)
    if adoption.way == Way.MIGRATED:
        reopen(actor, adoption, cycle, made, now=now)
    # After the sheets were changed, or their results would be taken for older ones.
    compute(cycle, now=now + timedelta(microseconds=1))
    return made.counts


def reopen(actor: Actor, adoption: Adoption, cycle: Cycle, made, *, now: datetime) -> None:
    """Filed ones come back with the new and changed clauses open; all else stays as filed."""
    for row in made.rows:
        if row.reopens:
            row.assessment.cycle = cycle
            give_back(
                actor,
                row.assessment,
                "recall",
                reason=adoption.reason,
                marks=dict.fromkeys(row.again, adoption.reason),
                now=now,
                client_key=uuid.uuid5(
                    uuid.NAMESPACE_URL, f"adopt:{adoption.pk}:{row.assessment.pk}"
                ),
            )


def refuse_unfit(cycle: Cycle, edition: Edition) -> None:
    if cycle.state != CycleState.OPEN:
        raise Refused(_("Only a running cycle takes another edition."))
    if edition.state != EditionState.ISSUED or edition.owner_id != cycle.owner_id:
        raise Refused(_("Only the county's edition in force can be taken."))
    if edition.pk == cycle.edition_id:
        raise Refused(_("The cycle runs under this edition already."))
    if Result.objects.filter(cycle=cycle, published_at__isnull=False).exists():
        raise Refused(
            _("Results of this cycle have been published; the edition holds from the next cycle.")
        )


def locked(adoption: Adoption) -> tuple[Adoption, Cycle]:
    rows = Adoption.objects.select_for_update(of=("self",))
    found = rows.select_related("edition", "old", "asked_by").get(pk=adoption.pk)
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("edition", "owner")
    found.cycle = cycle.get(pk=found.cycle_id)
    return found, found.cycle


def settle(actor: Actor, adoption: Adoption, stage: str, verb: str, *, now: datetime) -> Adoption:
    adoption.stage, adoption.settled_at, adoption.settled_by = stage, now, actor.user
    adoption.save(update_fields=["stage", "settled_at", "settled_by", "counts"])
    note(actor, verb, adoption, now=now)
    if adoption.asked_by_id != actor.user.pk:
        code = "adoption.done" if stage == AdoptionStage.DONE else "adoption.dropped"
        inform(adoption, [adoption.asked_by_id], code, now=now)
    return adoption


def note(actor: Actor, verb: str, adoption: Adoption, *, now: datetime) -> None:
    cycle = adoption.cycle
    trail.record(
        actor.user, verb, cycle, now=now, path=cycle.owner.path, old=adoption.old_id,
        edition=adoption.edition_id, way=adoption.way, reason=adoption.reason, **adoption.counts,
    )  # fmt: skip


def inform(adoption: Adoption, people, code: str, *, now: datetime) -> None:
    tell(
        people,
        code,
        key=f"{code}:{adoption.pk}",
        now=now,
        url=f"/results/adopt/{adoption.cycle_id}/",
        cycle=adoption.cycle.name,
        edition=adoption.edition.name,
    )
