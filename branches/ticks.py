"""Writing meetings: one record, its removal, and the ticks of a grid."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.meetings import MOST_IN_A_MONTH, Key, cell_name, tallies
from branches.models import Evidence, Meeting, Organization
from branches.permissions import TABLE
from branches.permits import require
from branches.scope import Actor


@transaction.atomic
def record_meeting(
    actor: Actor,
    branch: Organization,
    *,
    kind: str,
    held_on: date,
    now: datetime,
    client_key: UUID,
    also: str = "",
    quorate: bool = True,
    paper: str = "",
    evidence: Iterable[Evidence] = (),
) -> Meeting:
    """One meeting with its day. The same client key gives the same meeting."""
    require_filer(actor, branch)
    if done := Meeting.objects.filter(client_key=client_key, organization=branch).first():
        return done
    if held_on > actor.today:
        raise Refused(_("A meeting still to come cannot be recorded."), field="held_on")
    meeting = Meeting.objects.create(
        organization=branch,
        kind=kind,
        also=also if also != kind else "",
        held_on=held_on,
        quorate=quorate,
        paper=paper,
        recorded_at=now,
        recorded_by=actor.user,
        client_key=client_key,
    )
    meeting.evidence.set(evidence)
    told = {"kind": kind, "on": held_on.isoformat()}
    record(actor.user, "meeting.record", branch, now=now, path=branch.path, **told)
    return meeting


@transaction.atomic
def remove_meeting(actor: Actor, meeting: Meeting, *, now: datetime) -> None:
    """Takes a wrong record out; the trail keeps what it said."""
    branch = meeting.organization
    require_filer(actor, branch)
    said = {"kind": meeting.kind, "on": meeting.held_on.isoformat(), "paper": meeting.paper}
    meeting.delete()
    record(actor.user, "meeting.remove", branch, now=now, path=branch.path, **said)


@transaction.atomic
def tick(
    actor: Actor,
    branches: Iterable[Organization],
    *,
    wanted: Mapping[Key, int],
    seen: Mapping[Key, int],
    now: datetime,
) -> int:
    """Brings the counts the writer changed to what they wrote; returns how many cells changed.

    `seen` is what the page showed: a cell left as shown is not touched, so two people never undo each other.
    """
    own = {branch.pk: branch for branch in branches}
    for branch in own.values():
        require_filer(actor, branch)
    changes = {k: n for k, n in wanted.items() if k[0] in own and n != seen.get(k, 0)}
    if not changes:
        return 0
    lock(own)
    told: dict[int, dict[str, list[int]]] = defaultdict(dict)
    counts = tallies(own, first=min(k[2] for k in changes), last=actor.today)
    for key, count in changes.items():
        total, dated = counts.get(key, (0, 0))
        check_cell(key, count, dated, today=actor.today)
        if count != total:
            told[key[0]][f"{key[1]} {key[2]:%Y-%m}"] = [total, count]
            bring_to(key, count - total, by=actor.user, now=now)
    for branch_id, cells in told.items():
        branch = own[branch_id]
        record(actor.user, "meeting.tick", branch, now=now, path=branch.path, changed=cells)
    return sum(len(cells) for cells in told.values())


def require_filer(actor: Actor, branch: Organization) -> None:
    require(TABLE, actor, "meeting.record", branch, _("You cannot record meetings of this branch."))


def lock(branches: Mapping[int, Organization]) -> None:
    """Two grids of one branch are written one after the other."""
    rows = Organization.objects.select_for_update(no_key=True).filter(pk__in=branches)
    list(rows.order_by("pk").values_list("pk"))


def check_cell(key: Key, count: int, dated: int, *, today: date) -> None:
    if sentence := fault(key, count, dated, today=today):
        raise Refused(sentence, field=cell_name(key))


def fault(key: Key, count: int, dated: int, *, today: date) -> str:
    if not 0 <= count <= MOST_IN_A_MONTH:
        most = {"most": MOST_IN_A_MONTH}
        return _("A month has 0 to %(most)s meetings of a kind.") % most
    if key[2] > today:
        return _("A meeting still to come cannot be recorded.")
    if count < dated:
        said = {"month": f"{key[2]:%Y-%m}", "count": dated}
        return (
            _("%(month)s has %(count)s meetings recorded with their day; remove those in the list.")
            % said
        )
    return ""


def bring_to(key: Key, difference: int, *, by, now: datetime) -> None:
    branch_id, kind, month = key
    if difference > 0:
        Meeting.objects.bulk_create(
            Meeting(
                organization_id=branch_id,
                kind=kind,
                held_on=month,
                day_known=False,
                recorded_at=now,
                recorded_by=by,
            )
            for _n in range(difference)
        )
        return
    ticks = Meeting.objects.filter(
        organization_id=branch_id, kind=kind, held_on=month, day_known=False
    ).order_by("-pk")[:-difference]
    Meeting.objects.filter(pk__in=[meeting.pk for meeting in ticks]).delete()
