"""Standards and cycles of the two counties, each in every state."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

from accounts.tests.make import make_user
from branches.models import Field
from inspections.models import Adoption, Cycle, CycleState, PhaseKind, Way
from inspections.tests.make import FLAG_RULE, SHORT_RULE, make_cycle
from portal.tests.walk.cast import BOUND
from standards.models import Edition, EditionImport
from standards.tests.make import make_chapter, make_clause, make_edition, put_in_force

COUNTY_OF = {"own": {"officer", "leader"}, "county": {"rival"}}
BOUND_BY = {"own": BOUND, "county": {"rival"}}
RUNNING = ("filing", "checked", "past")


def plant(world: SimpleNamespace) -> None:
    world.older = {side: issued(world, side, year=2025) for side in COUNTY_OF}
    world.editions = {side: issued(world, side, year=2026) for side in COUNTY_OF}
    world.drafts = {side: draft(world, side) for side in COUNTY_OF}
    world.submitted = {side: submitted(world, side, by=make_user()) for side in COUNTY_OF}
    world.mine = {side: submitted(world, side, by=author(world, side)) for side in COUNTY_OF}
    world.uploads = {side: upload(world, side) for side in COUNTY_OF}
    world.cycles = {
        kind: {side: cycle(world, side, kind=kind) for side in COUNTY_OF}
        for kind in (*RUNNING, "planned")
    }
    world.adoptions = {side: adoption(world, side) for side in COUNTY_OF}


def issued(world, side: str, *, year: int) -> Edition:
    made = edition(world, side, year=year, seen_by=BOUND_BY[side])
    moment = world.now - timedelta(days=365 * (world.today.year - year) + 1)
    return put_in_force(made, by=author(world, side), now=moment)


def draft(world, side: str) -> Edition:
    return edition(world, side, year=2027, seen_by=COUNTY_OF[side])


def submitted(world, side: str, *, by) -> Edition:
    """By somebody who is nobody in the walk, or by the officer who then may not issue it."""
    made = edition(world, side, year=2028, seen_by=COUNTY_OF[side])
    made.submitted_at, made.submitted_by = world.now - timedelta(days=1), by
    made.save(update_fields=["submitted_at", "submitted_by"])
    return made


def adoption(world, side: str) -> Adoption:
    cycle = world.cycles["checked"][side]
    return Adoption.objects.create(
        cycle=cycle,
        old=cycle.edition,
        edition=world.editions[side],
        way=Way.FROZEN,
        reason="已部署到位",
        asked_at=world.now,
        asked_by=make_user(),
    )


def author(world, side: str):
    return world.cast["officer" if side == "own" else "rival"]


def edition(world, side: str, *, year: int, seen_by: set[str]) -> Edition:
    """Two clauses whose points sum to the base, so that a draft could be issued."""
    mark = world.ink.of("standard", at=side, by=seen_by)
    made = make_edition(
        owner=world.counties[side],
        name=f"标准{year}{mark}",
        year=year,
        note=mark,
        issuer="安禾县委组织部",
    )
    chapter = make_chapter(edition=made, title=f"基本组织{mark}", key="organization")
    for key, rule in (("setup", FLAG_RULE), ("records", SHORT_RULE)):
        make_clause(
            edition=made,
            chapter=chapter,
            key=key,
            text=f"要求{key}{mark}",
            guidance=mark,
            good_example=mark,
            work_steps=mark,
            blank_form=f"登记表{mark}\n议题次序\n发言要点",
            rule=rule,
            points={Field.RURAL: 5_000},
        )
    return made


def upload(world, side: str) -> EditionImport:
    mark = world.ink.of("table", at=side, by=COUNTY_OF[side] - {"leader"})
    reading = {
        "phrase": mark, "rule": None, "confidence": 0.0, "reason": mark, "kind": "plain", "cap": None,
        "decision": "person",
    }  # fmt: skip
    row = {
        "key": "records", "state": "wrong", "number": 2, "code": "1", "text": mark, "points": None,
        "chapter": "c1",
        "values": {}, "sentences": {"points": mark}, "reading": reading,
    }  # fmt: skip
    rows = {
        "rows": [row], "fields": ["rural"], "order": [], "chapters": {"c1": mark}, "absent": ["records"], "unknown": [],
        "options": None, "tiers": None, "sentences": [mark],
        "reading": {"title": mark, "notes": [mark], "remarks": [], "base": None, "questions": []},
    }  # fmt: skip
    return EditionImport.objects.create(
        id=uuid.uuid4(),
        edition=world.drafts[side],
        name=f"{mark}.xlsx",
        rows=rows,
        counts={"new": 0, "changed": 0, "unchanged": 1, "wrong": 1},
        returned=mark.encode(),
        created_at=world.now,
        created_by=author(world, side),
    )


def cycle(world, side: str, *, kind: str) -> Cycle:
    """filing and checked are running, past is over, planned has not begun and is the county's own."""
    seen_by = COUNTY_OF[side] if kind == "planned" else BOUND_BY[side]
    states = {"past": CycleState.CLOSED, "planned": CycleState.PLANNED}
    today = world.today
    phases = {
        PhaseKind.SELF: (today - timedelta(days=20), today + timedelta(days=10)),
        PhaseKind.FIRST_CHECK: (today - timedelta(days=5), today + timedelta(days=20)),
        PhaseKind.CUTOFF: (today + timedelta(days=21), today + timedelta(days=40)),
    }
    back = 1 if kind == "past" else 0
    return make_cycle(
        owner=world.counties[side],
        edition=world.editions[side],
        phases=phases,
        name=f"{kind}{world.ink.of('cycle', at=side, by=seen_by)}",
        state=states.get(kind, CycleState.OPEN),
        starts_on=today.replace(year=today.year - back, month=1, day=1),
        ends_on=today.replace(year=today.year - back, month=12, day=31),
    )
