"""What is posted to each address: enough to carry the deed out, so that a missing guard would really do harm."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from inspections.moves import TABLE as MOVES
from portal.tests.walk.samples import Sample

NOTE = "按期整改到位并复核"
Body = dict[str, Any]


def body(world: SimpleNamespace, name: str, sample: Sample) -> Body:
    """Every form carries a fresh key; a list's batch names own rows, or those its address asks for."""
    said = BODIES.get(name, {})
    said = said(world) if callable(said) else said
    keys = {"client_key": str(uuid.uuid4()), "key": str(uuid.uuid4())}
    return keys | said | sample.query


def move(world: SimpleNamespace) -> Body:
    later = (world.today + timedelta(days=60)).isoformat()
    return {
        "note": NOTE, "reason": NOTE, "measures": NOTE, "responsible": "张林", "leader": "何川",
        "paper": "记录本第3页", "channel": "phone", "new_due_on": later,
    }  # fmt: skip


def batch(world: SimpleNamespace) -> Body:
    rows = [row[place].pk for row in world.findings.values() for place in ("own", "sibling")]
    return {"ids": rows, "note": NOTE, "channel": "phone"}


def filed(world: SimpleNamespace) -> Body:
    rows = [row[place].pk for row in world.assessments.values() for place in ("own", "sibling")]
    cycles = [kept["own"].pk for kept in world.cycles.values()]
    return {"ids": rows, "cycle": cycles, "discussed_on": world.today.isoformat()}


def joining(world: SimpleNamespace) -> Body:
    return {"branch": world.branches["own"].pk}


def scored(world: SimpleNamespace) -> Body:
    rows = [
        world.results[kind][place].pk
        for kind in ("filing", "checked")
        for place in ("own", "sibling")
    ]
    return {"ids": rows, "on": world.today.isoformat(), "document_number": "组发1号"}


def decided(world: SimpleNamespace) -> Body:
    return {"on": world.today.isoformat(), "verdict": "pass", "reason": NOTE}


def tap(world: SimpleNamespace) -> Body:
    return {"clause": "setup", "verdict": "conforms"}


def signed(world: SimpleNamespace) -> Body:
    return {"representative": "张林", "signed_on": world.today.isoformat()}


def entered(world: SimpleNamespace) -> Body:
    return {"visited_on": world.today.isoformat()}


def visit(world: SimpleNamespace) -> Body:
    leader = world.cast["inspector"].pk
    return {
        "name": "第二组", "starts_on": world.today.isoformat(), "ends_on": world.today.isoformat(),
        "team": [leader], "leader": leader, "branches": [world.branches["own"].pk],
    }  # fmt: skip


def met(world: SimpleNamespace) -> Body:
    return {"kind": "member_meeting", "held_on": world.today.isoformat(), "paper": "记录本"}


def approved(world: SimpleNamespace) -> Body:
    return {"kind": "setup", "number": "安组复1号", "dated_on": world.today.isoformat()}


def closed(world: SimpleNamespace) -> Body:
    return {"on": world.today.isoformat()}


def moved(world: SimpleNamespace) -> Body:
    return {"parent": world.tied.pk}


def bound(world: SimpleNamespace) -> Body:
    return {"kind": "helping", "unit": world.towns["town"].pk}


def granted(world: SimpleNamespace) -> Body:
    return {
        "organization": world.branches["town"].pk, "role": "branch_clerk",
        "from_on": world.today.isoformat(),
    }  # fmt: skip


def handed_over(world: SimpleNamespace) -> Body:
    return {"role": "branch_clerk", "name": "刘敏", "on": world.today.isoformat(), "old": ""}


def accounts_for(world: SimpleNamespace) -> Body:
    return {"roles": ["branch_clerk"], "organization": world.towns["town"].pk}


def logged(world: SimpleNamespace) -> Body:
    return {"source": "self", "text": NOTE, "severity": "general", "due_unit": "days"}


def draft(world: SimpleNamespace) -> Body:
    return {"name": "新标准", "year": world.today.year + 1}


UNIT = {
    "kind": "branch",
    "field": "rural",
    "name": "新设党支部",
    "short_name": "新设",
    "position": "9",
}
PROFILE = {"form": "ordinary_branch", "full_members": "20", "probationary_members": "0", "cells": "0",
           "committee_size": "3", "joint_units": "0", "secretary": "张林"}  # fmt: skip
BODIES: dict[str, Body | Callable[[SimpleNamespace], Body]] = {
    "accounts:suggest": {"text": NOTE},
    "accounts:suggestion": {"reply": NOTE},
    "accounts:settings": {"language": "en"},
    "accounts:notices_done": {"upto": "999999"},
    "accounts:user_create": {"username": "xinren", "name": "新人"},
    "accounts:user": {"username": "xinren", "name": "新人"},
    "branches:create": UNIT,
    "branches:amend": UNIT,
    "branches:edit": PROFILE | {"form": "ordinary"},
    "branches:move": moved,
    "branches:close": closed,
    "branches:links": bound,
    "branches:meetings": met,
    "branches:approvals": approved,
    "branches:grant_make": granted,
    "branches:appoint": {"kind": "business"},
    "branches:hand_over": handed_over,
    "branches:roster_accounts": accounts_for,
    "standards:create": draft,
    "standards:head": {"name": "新名称", "year": "2027"},
    "standards:chapters": {"title": "新章"},
    "standards:chapter": {"title": "新章"},
    "standards:clause_move": {"to": "up"},
    "standards:return": {"reason": NOTE},
    "standards:import_row": {"do": "leave"},
    "inspections:assessments_submit": filed,
    "inspections:assessments_chase": filed,
    "inspections:assessments_pass": filed,
    "inspections:assessments_grid": filed,
    "inspections:check": {"do": "pass"},
    "inspections:cycle_join": joining,
    "inspections:visit_plan": visit,
    "inspections:visit_change": visit,
    "inspections:stop": tap,
    "inspections:stop_taps": tap,
    "inspections:stop_entry": entered,
    "inspections:stop_sign": signed,
    "inspections:finding_new": logged,
    "inspections:ledger_columns": {"name": "本县格式", "columns": ["number"]},
    **{f"inspections:ledger_{verb}": batch for verb in ("chase", "issue", "verify", "close")},
    **{f"inspections:finding_{each.verb}": move for each in MOVES},
    "scoring:results_decide": scored,
    "scoring:results_publish": scored,
    "scoring:result_decide": decided,
    "scoring:runs": {"kind": "derived", "reason": NOTE},
}
