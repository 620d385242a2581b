"""Rows of the people and units: meetings, files, ties, grants, notices, suggestions, imports, deeds."""

import io
import uuid
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.access_log import note_access
from accounts.models import Suggestion
from accounts.tests.make import make_notice
from accounts.trail import record
from branches.files import path_of
from branches.models import Evidence, Grant, Link, LinkKind, Meeting, MeetingKind
from branches.rosters import imports
from branches.scope import act_as
from portal.tests.walk.cast import COVER, PLACES

SIDES = ("own", "county")


def plant(world: SimpleNamespace) -> None:
    world.evidence = {place: evidence(world, place) for place in PLACES}
    world.meetings = {place: meeting(world, place) for place in PLACES}
    world.links = {place: link(world, place) for place in PLACES}
    world.grants = {
        place: Grant.objects.get(user=world.authors[place], organization=world.towns[place])
        for place in PLACES
    }
    world.notices = {name: notice(world, name) for name in world.cast}
    world.suggestions = {place: suggestion(world, place) for place in PLACES}
    world.unsigned = {place: suggestion(world, place, unsigned=True) for place in SIDES}
    world.imports = {place: roster(world, place) for place in SIDES}
    for place in PLACES:
        note_deeds(world, place)


def evidence(world, place):
    mark = world.ink.of("file", at=place, by=COVER[place] | tied(place))
    found = Evidence.objects.create(
        organization=world.branches[place],
        name=f"照片{mark}.pdf",
        content_type="application/pdf",
        suffix=".pdf",
        sha256=mark,
        size=20,
        uploaded_at=world.now,
        uploaded_by=world.authors[place],
    )
    path_of(found).parent.mkdir(parents=True, exist_ok=True)
    path_of(found).write_text(f"%PDF {world.ink.of('content', at=place, by=COVER[place])}")
    return found


def tied(place: str) -> set[str]:
    """The tied unit opens the page of the own branch with its meetings, and no file of it."""
    return {"tied"} if place == "own" else set()


def meeting(world, place):
    row = Meeting.objects.create(
        organization=world.branches[place],
        kind=MeetingKind.COMMITTEE,
        held_on=world.today,
        paper=f"记录本{world.ink.of('meeting', at=place, by=COVER[place] | tied(place))}",
        recorded_at=world.now,
        recorded_by=world.authors[place],
    )
    row.evidence.add(world.evidence[place])
    return row


def link(world, place):
    unit = world.tied if place == "own" else world.counties[place]
    return Link.objects.create(organization=world.branches[place], unit=unit, kind=LinkKind.CONTACT)


def notice(world, name):
    """One line in everybody's inbox; its parameter is for nobody else."""
    mark = world.ink.of("notice", at="county", by={name})
    return make_notice(
        user=world.cast[name], code="grant.ended", params={"unit": mark}, created_at=world.now
    )


def suggestion(world, place, *, unsigned=False):
    """A signed one is for its writer and who answers it; an unsigned one for whoever has its address."""
    answer_it = {"officer", "system"} if place != "county" else {"rival", "system"}
    by = set(world.cast) if unsigned else answer_it
    return Suggestion.objects.create(
        at=world.now,
        user=None if unsigned else world.authors[place],
        path=world.towns[place].path,
        text=f"页面太慢{world.ink.of('suggestion', at=place, by=by)}",
    )


def roster(world, place):
    """The officer's own export of all units, uploaded again with one wrong row."""
    owner = world.counties[place]
    officer = act_as(world.cast["officer" if place == "own" else "rival"], today=world.today)
    out = io.BytesIO()
    imports.write_template(out, owner, today=world.today)
    mark = world.ink.of("upload", at=place, by=COVER[place] & {"officer", "rival"})
    upload = SimpleUploadedFile(f"名册{mark}.xlsx", out.getvalue())
    return imports.preview(officer, owner, upload, now=world.now, client_key=uuid.uuid4())


def note_deeds(world, place):
    """The trail and the log of downloads are the audit administrator's; a unit's page tells its own deeds."""
    branch, author = world.branches[place], world.authors[place]
    mark = world.ink.of("deed", at=place, by={"audit"})
    record(author, "finding.comment", branch, now=world.now, path=branch.path, note=mark)
    query = world.ink.of("download", at=place, by={"audit"})
    note_access(author, "ledger.exported", query=query, now=world.now)
