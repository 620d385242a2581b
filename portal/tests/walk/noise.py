"""Rows somebody must not notice: the same page is asked for before and after they are there.

Markers show a leaked text; a count, a chart, an order or a page number leaks without any. So what a reader gets
must be the same to the letter, whatever happens in places that are not theirs.
"""

import re
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.db import transaction

from accounts.roles import Role
from accounts.tests.make import make_user
from branches.tests.make import make_branch
from portal.access import addresses as access
from portal.tests.walk import rows_standards, rows_units, rows_work
from portal.tests.walk.addresses import Address, addresses
from portal.tests.walk.cast import give
from portal.tests.walk.samples import Sample, samples
from portal.tests.walk.steps import Answer, Walker, plain

# What differs from one asking to the next by itself: keys of forms, the time of day, the dates inside a workbook.
MOVING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d\d:\d\d(:\d\d(\.\d+)?)?Z?"
)
# Readers, and the places where they hold nothing.
FOREIGN = {
    "officer": ("county",),
    "secretary": ("town", "county"),
    "branch_clerk": ("sibling", "town", "county"),
    "chief": ("sibling", "town", "county"),
}


def noticed(
    walker: Walker, reader: str, places: Iterable[str], known: list[Address] | None = None
) -> list[str]:
    """Pages of the reader that change when one more branch, with a row of every kind, is at each of the places."""
    pages = list(readable(walker.world, reader, addresses() if known is None else known))
    before = [still(walker.ask(reader, "GET", name, sample)) for name, sample in pages]
    with transaction.atomic():
        for place in places:
            crowd(walker.world, place)
        after = [still(walker.ask(reader, "GET", name, sample)) for name, sample in pages]
        transaction.set_rollback(True)
    asked = zip(pages, before, after, strict=True)
    return [f"{name} [{sample.label}]" for (name, sample), one, other in asked if one != other]


def readable(
    world: SimpleNamespace, reader: str, known: Iterable[Address]
) -> Iterator[tuple[str, Sample]]:
    """What the reader can look at: lists plain and asked about another county, and one object of each kind."""
    rows = access()
    for address in known:
        if "GET" in rows.get(address.name, {}):
            seen = [s for s in samples(world, address) if reader in s.seen_by]
            yield from ((address.name, s) for s in (seen[:1] if address.params else seen[::2]))


def crowd(world: SimpleNamespace, place: str) -> None:
    branch = make_branch(
        parent=world.towns[place],
        name=f"新设{place}党支部",
        profile={"secretary": "张林"},
        code=f"CODE-{place}",
    )
    there = SimpleNamespace(**vars(world))
    there.branches, there.visits = world.branches | {place: branch}, dict(world.visits)
    there.evidence = world.evidence | {place: rows_units.evidence(there, place)}
    rows_units.meeting(there, place)
    rows_units.suggestion(there, place)
    rows_units.note_deeds(there, place)
    for kind in ("filing", "checked", "past"):
        rows_work.assessment(there, place, kind=kind)
    there.notifications = world.notifications | {place: rows_work.notification(there, place)}
    there.stops = {
        state: world.stops[state] | {place: rows_work.stop(there, place, state=state)}
        for state in ("begun", "confirmed")
    }
    for key in world.findings:
        rows_work.finding(there, place, key=key)
    rows_work.score(there, place)
    rows_units.notice(there, "audit")
    give(make_user(name=f"新{place}"), branch, Role.BRANCH_CLERK)
    if place == "county":
        rows_standards.issued(there, "county", year=world.today.year - 2)
        rows_standards.cycle(there, "county", kind="planned")
        rows_work.columns(there, "county")


def still(answer: Answer) -> str:
    return MOVING.sub("", plain(answer))
