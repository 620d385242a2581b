"""An upload from preview to confirmation: nothing is written before, and confirming twice changes nothing.

A small table is written while the officer waits, a large one by the worker: `confirm` owes it, `write` does it.
"""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import outbox
from accounts.models import Outbox
from accounts.refusal import Refused
from accounts.trail import record
from branches.growth import lock_tree
from branches.models import Organization, RosterImport
from branches.order import tree_order
from branches.permissions import TABLE
from branches.permits import require
from branches.rosters.columns import COLUMNS
from branches.rosters.plan import make_plan
from branches.rosters.planned import CHANGED, NEW, SAME, WRONG, Known, Plan
from branches.rosters.read import Roster, read_roster
from branches.rosters.write import write_plan
from branches.scope import Actor
from portal.kit.refusal import Refusal
from portal.kit.sheets import ORGANIZATIONS
from portal.kit.uploads import display_name
from portal.kit.workbooks import returned, template

LARGEST = 20 << 20
# Fifty thousand rows take half a minute; up to here the officer sees the end within the request.
SMALL = 2_000
JOB = "roster.write"
FATES = (NEW, CHANGED, SAME, WRONG)
OUTCOMES = ("stale", "fault")
State = RosterImport.State


def preview(
    actor: Actor, owner: Organization, upload: Any, *, now: datetime, client_key: UUID
) -> RosterImport:
    """Reads the upload and stores what it would change. Raises Refused (field "file")."""
    require_officer(actor, owner)
    if done := RosterImport.objects.filter(pk=client_key, created_by=actor.user).first():
        return done
    path = keep_file(upload, client_key)
    try:
        plan = plan_file(path, owner)
    except Refusal as bad:
        path.unlink(missing_ok=True)
        raise Refused(bad.sentence, field="file") from bad
    return RosterImport.objects.create(
        pk=client_key,
        owner=owner,
        name=display_name(upload.name or ""),
        path=path.name,
        rows=plan.stored(),
        counts=plan.counts | {"digest": plan.digest, "ignored": plan.ignored},
        created_at=now,
        created_by=actor.user,
    )


def keep_file(upload: Any, key: UUID) -> Path:
    if upload.size > LARGEST:
        raise Refused(
            _("The file is larger than %(limit)s MB.") % {"limit": LARGEST >> 20}, field="file"
        )
    path = folder() / f"{key.hex}.xlsx"
    with path.open("wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)
    return path


def folder() -> Path:
    return Path(settings.VAR) / "imports"


def plan_file(path: Path, owner: Organization) -> Plan:
    return planned(read_roster(path), owner)


def planned(roster: Roster, owner: Organization) -> Plan:
    return make_plan(known_units(owner), roster.records, ignored=roster.found.unknown)


def known_units(owner: Organization) -> Known:
    units = Organization.objects.within(owner).select_related("profile", "parent")
    return Known(owner, units)


def confirm(actor: Actor, item: RosterImport, *, now: datetime) -> RosterImport:
    """Writes the rows without errors: at once, or, when the table is large, as work owed to the worker."""
    require_officer(actor, item.owner)
    if rows_of(item) < SMALL:
        return write(actor, item, now=now)
    return ask(actor, item, now=now)


def rows_of(item: RosterImport) -> int:
    return sum(item.counts.get(fate, 0) for fate in FATES)


@transaction.atomic
def ask(actor: Actor, item: RosterImport, *, now: datetime) -> RosterImport:
    """Owes the writing. A second press owes it again only when the worker has given the first one up."""
    item = held(item)
    if item.state == State.CONFIRMED or (item.state == State.ASKED and not is_given_up(item)):
        return item
    item.state, item.asked_at, item.asked_by, item.begun_at = State.ASKED, now, actor.user, None
    item.counts = {key: said for key, said in item.counts.items() if key not in OUTCOMES}
    item.save(update_fields=["state", "asked_at", "asked_by", "begun_at", "counts"])
    outbox.owe(JOB, key=job_key(item), payload={"import": str(item.pk)}, now=now)
    outbox.knock()
    return item


def held(item: RosterImport) -> RosterImport:
    """The row as it is now, under its lock, without the megabytes of its preview."""
    rows = RosterImport.objects.select_for_update(of=("self",)).select_related("owner")
    return rows.defer("rows").get(pk=item.pk)


def job_key(item: RosterImport) -> str:
    return f"{JOB}:{item.pk}:{item.asked_at.timestamp():.6f}"


def is_given_up(item: RosterImport) -> bool:
    """Whether nobody will write it any more: the job failed for good, or its row was lost."""
    return not Outbox.objects.filter(key=job_key(item), dead_at=None).exists()


def write(actor: Actor, item: RosterImport, *, now: datetime) -> RosterImport:
    """All or nothing, once. If the units changed since the preview, a new preview is stored instead."""
    require_officer(actor, item.owner)
    if item.state == State.CONFIRMED:
        return item
    # Reading takes longest and holds no lock.
    roster = read_roster(folder() / item.path)
    with transaction.atomic():
        lock_tree(item.owner.path)
        seen, item = item, held(item)
        if not is_same(seen, item):
            return item
        plan = planned(roster, item.owner)
        if plan.digest != item.counts.get("digest"):
            return put_back(item, plan)
        return write_down(actor, item, plan, now=now)


def is_same(seen: RosterImport, stored: RosterImport) -> bool:
    """Whether it is still what was confirmed: neither written nor given back with another preview meanwhile."""
    before, now = (
        (seen.state, seen.counts.get("digest")),
        (stored.state, stored.counts.get("digest")),
    )
    return before == now


def put_back(item: RosterImport, plan: Plan) -> RosterImport:
    told = {"digest": plan.digest, "ignored": plan.ignored, "stale": True}
    item.rows, item.counts, item.state = plan.stored(), plan.counts | told, State.PREVIEW
    item.save(update_fields=["rows", "counts", "state"])
    return item


def write_down(actor: Actor, item: RosterImport, plan: Plan, *, now: datetime) -> RosterImport:
    counts = write_plan(plan, by=actor.user, now=now, today=actor.today)
    item.state = State.CONFIRMED
    item.confirmed_at, item.confirmed_by = now, actor.user
    item.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    owner = item.owner
    record(
        actor.user, "roster.confirm", owner, now=now, path=owner.path, name=item.name, counts=counts
    )
    return item


def require_officer(actor: Actor, owner: Organization) -> None:
    require(TABLE, actor, "roster.import", owner, _("Only county officers import rosters."))


def write_template(out: Any, owner: Organization, *, today) -> int:
    """The table of all open units below the owner, ready to be changed and uploaded again. Returns its rows."""
    units = Organization.objects.within(owner).exclude(pk=owner.pk).open(today)
    rows = list(units.select_related("profile", "parent").order_by(*tree_order()))
    title = _("%(unit)s: roster of units") % {"unit": owner.short_name}
    template(out, title=title, columns=COLUMNS, rows=rows, guide=guide())
    return len(rows)


def guide() -> list[str]:
    return [
        _("One row is one unit. Rows may stand in any order; a parent may be a row of this table."),
        _(
            "An empty cell changes nothing. Write “无” to empty a code, a name, a number, a date or a phone."
        ),
        _("New units: add rows at the end and leave the hidden system number empty."),
        _("Units are never deleted here; close them on their page."),
        _("Enter counts and posts only. Never enter members or identity numbers."),
    ]


def write_returned(item: RosterImport) -> Path:
    """The officer's own file with the wrong cells red, commented, and the reasons in a last column."""
    source = folder() / item.path
    roster = read_roster(source)
    errors: dict[tuple[int, int], list[str]] = {}
    for row in item.rows:
        for key, sentence, params in row["errors"]:
            place = (row["number"], roster.found.column_number(key) if key else 0)
            errors.setdefault(place, []).append(_(sentence) % params)
    out = Path(tempfile.mkstemp(prefix="returned-", suffix=".xlsx", dir=folder())[1])
    texts = {place: "；".join(said) for place, said in errors.items()}
    returned(
        source,
        out,
        texts,
        header_row=roster.found.header_row,
        sheet=roster.sheet,
        limits=ORGANIZATIONS,
    )
    return out
