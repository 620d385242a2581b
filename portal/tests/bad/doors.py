"""Every form that takes typed input: its address, who sends it, a good sending, and what each field is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from portal.tests.bad.world import PASSWORD

Post = dict[str, Any]
KEY = "7d1a2c34-0000-4000-8000-00000000000{}"
DAY = "2026-11-20"


@dataclass(frozen=True)
class Door:
    """`said` makes a sending that is taken. fields: {name: kind of portal.tests.bad.texts}, `*` when it must not be empty."""

    name: str
    by: str
    at: Callable[[SimpleNamespace], str]
    said: Callable[[SimpleNamespace], Post]
    fields: Mapping[str, str] = field(default_factory=dict)


def at(name: str, *path: str) -> Callable[[SimpleNamespace], str]:
    """The address of `name`; each argument is a dotted way through the world, or a word after `=`."""

    def address(world):
        return reverse(
            name, args=[part[1:] if part[0] == "=" else walk(world, part) for part in path]
        )

    return address


def walk(world: SimpleNamespace, way: str) -> Any:
    found = world
    for step in way.split("."):
        found = found[step] if isinstance(found, dict) else getattr(found, step)
    return found


def fixed(**said: Any) -> Callable[[SimpleNamespace], Post]:
    return lambda world: dict(said)


def key(n: int) -> str:
    return KEY.format(n)


def profile(world):
    return {
        "form": "ordinary", "full_members": "21", "probationary_members": "1", "cells": "2",
        "committee_size": "3", "joint_units": "0", "secretary": "张林", "secretary_since": "",
        "vacant_since": "", "deputy": "", "phone": "2345", "founded_on": "2015-07-01",
        "term_started_on": "2026-01-10", "term_ends_on": "", "term_delay_document": "",
        "premises_area": "60", "premises_note": "村部二楼", "weak_since": "",
    }  # fmt: skip


def cycle_plan(world):
    return {
        "name": "明年", "edition": world.cycle.edition_id, "kind": "filing",
        "starts_on": "2027-01-01", "ends_on": "2027-12-31",
        "self_from": "2027-10-01", "self_to": "2027-11-20",
    }  # fmt: skip


def visit_plan(world):
    leader = world.newcomer.pk
    return {
        "name": "冬季检查", "cycle": "", "starts_on": DAY, "ends_on": "2026-11-25",
        "team": [leader], "leader": leader, "branches": [world.place.foreign[0].pk],
        "client_key": key(1),
    }  # fmt: skip


def clause(world):
    return {
        "chapter": world.chapter.pk, "code": "1.9", "text": "有会议记录", "mode": "carried",
        "severity": "general", "deadline_days": "15", "deadline_unit": "workdays",
        "points_rural": "5", "client_key": key(2),
    }  # fmt: skip


def answers(world):
    """The clause asked this year, answered 不符合 with what falls short."""
    return {"client_key": key(3), "dues:_was": "x", "dues:_verdict": "no",
            "dues:short__other": "7", "dues:_remark": "缺两次", "dues:_paper": "记录本", "do": "save"}  # fmt: skip


def autosaved(world):
    said = {
        name: value
        for name, value in answers(world).items()
        if name.startswith("dues:_") or "__" in name
    }
    said.pop("dues:_was")
    return said | {"changed": list(said)}


def tapped(world):
    return {"key": key(4), "verdict": "problem", "clause": "dues", "text": "党费未按月收",
            "dues:short__other": "7", "remark": "", "responsible": "张林", "due": "15:workdays",
            "device_at": "2026-11-20T09:30:00+08:00"}  # fmt: skip


def move(verb: str, stage: str, by: str, *, fields: Mapping[str, str], **said: Any) -> Door:
    said |= {"client_key": key(5)}
    return Door(
        f"finding {verb}", by, at(f"inspections:finding_{verb}", f"findings.{stage}.pk"),
        fixed(**said), fields | {"client_key": "key"},
    )  # fmt: skip


ACCOUNTS = [
    Door("sign-in", "guest", at("accounts:sign_in"), fixed(username="known-name", password=PASSWORD),
         {"username": "credential", "password": "credential"}),
    Door("own password", "known", at("accounts:change_password"),
         fixed(old=PASSWORD, new="snow-and-tea-0815", again="snow-and-tea-0815"),
         {"old": "credential", "new": "credential"}),
    Door("suggestion", "branch_clerk", at("accounts:suggest"),
         fixed(text="字太小", page="/", client_key=key(6)),
         {"text": "prose*", "page": "line", "client_key": "key"}),
    Door("own settings", "branch_clerk", at("accounts:settings"),
         fixed(language="zh-hans", phone="2345", email=""),
         {"language": "choice", "phone": "line", "email": "email"}),
    Door("new account", "system", at("accounts:user_create"),
         fixed(username="liuwan-dj09", name="王宁", post="干事", phone="2345"),
         {"username": "line*", "name": "line*", "post": "line", "phone": "line"}),
    Door("account", "system", at("accounts:user", "newcomer.pk"),
         fixed(name="新人", post="干事", phone="2345", email=""),
         {"name": "line*", "post": "line", "phone": "line", "email": "email"}),
]  # fmt: skip
BRANCHES = [
    Door("profile", "clerk", at("branches:edit", "branch.pk"), profile,
         {"form": "choice", "full_members": "count", "committee_size": "count", "premises_area": "count",
          "secretary": "line", "phone": "line", "premises_note": "line", "term_delay_document": "line",
          "founded_on": "day", "secretary_since": "day", "term_started_on": "day"}),
    Door("new unit", "officer", at("branches:create", "town.pk"),
         fixed(kind="branch", field="rural", name="新庄村党支部", short_name="新庄村", code="", position="9"),
         {"kind": "choice", "field": "choice", "name": "line*", "short_name": "line*", "code": "line",
          "position": "count"}),
    Door("approval", "officer", at("branches:approvals", "branch.pk"),
         fixed(kind="delay", number="安组复〔2026〕8号", dated_on="2026-11-20", day="2027-06-30", note="村级班子调整",
               client_key=key(9)),
         {"kind": "choice", "number": "line*", "dated_on": "day", "day": "day", "note": "line"}),
    Door("names of a unit", "officer", at("branches:amend", "branch.pk"),
         fixed(field="rural", name="双井村党支部", short_name="双井", code="D01", position="9"),
         {"name": "line*", "short_name": "line*", "code": "line", "position": "count"}),
    Door("move of a unit", "officer", at("branches:move", "branch.pk"),
         lambda world: {"parent": world.place.other.pk}, {"parent": "row"}),
    Door("tie of a unit", "officer", at("branches:links", "branch.pk"),
         lambda world: {"kind": "contact", "unit": world.county.pk}, {"kind": "choice", "unit": "row"}),
    Door("meeting", "branch_clerk", at("branches:meetings", "branch.pk"),
         fixed(kind="committee_meeting", held_on="2026-11-03", also="", paper="记录本3页", quorate="on", client_key=key(7)),
         {"kind": "choice", "also": "choice", "held_on": "day*", "paper": "line", "client_key": "key"}),
    Door("grid of meetings", "branch_clerk", at("branches:meeting_grid", "branch.pk"),
         lambda world: {"seen": "", world.grid_cell: "1"}, {"GRID": "cell"}),
    Door("grant", "security", at("branches:grant_make", "newcomer.pk"),
         lambda world: {"organization": world.town.pk, "role": "township_clerk", "from_on": DAY,
                        "until_on": "2027-11-20", "reason": "换届"},
         {"organization": "row", "role": "choice", "from_on": "day*", "until_on": "day", "reason": "line"}),
]  # fmt: skip
STANDARDS = [
    Door("new edition", "officer", at("standards:create"),
         fixed(client_key=key(8), origin="empty", name="新标准", year="2027"),
         {"origin": "choice", "name": "line*", "year": "count", "client_key": "key"}),
    Door("head of an edition", "officer", at("standards:head", "edition.pk"),
         fixed(name="新标准", year="2027", issuer="组织部", document_number="安组〔2026〕1号",
               approving_authority="", approving_number="", base="100", ceiling="105", note="试行"),
         {"name": "line*", "year": "count", "issuer": "line", "document_number": "line", "base": "points",
          "ceiling": "points", "note": "prose"}),
    Door("tiers", "officer", at("standards:tiers", "edition.pk"),
         fixed(label_0="先进", label_en_0="Ahead", floor_0="90", passes_0="on",
               label_1="一般", label_en_1="Others", floor_1="0"),
         {"label_0": "line", "floor_0": "points", "floor_1": "points"}),
    Door("chapter", "officer", at("standards:chapters", "edition.pk"),
         fixed(title="基本队伍", client_key=key(8)), {"title": "line*"}),
    Door("new clause", "officer", at("standards:clause_new", "edition.pk"), clause,
         {"chapter": "row", "code": "line*", "text": "prose*", "mode": "choice", "deadline_days": "count",
          "points_rural": "points", "rule_notation": "rule", "applies_text": "rule", "phrases_text": "prose",
          "basis": "line"}),
    Door("clause", "officer", at("standards:clause_edit", "edition.pk", "clause.key"), clause,
         {"chapter": "row", "code": "line*", "text": "prose*", "deadline_days": "count", "points_rural": "points",
          "photo_reason": "line"}),
]  # fmt: skip
FILING = [
    Door("self-assessment", "branch_clerk", at("inspections:assessment", "typing.pk"), answers,
         {"dues:_verdict": "choice", "dues:short__other": "count", "dues:_remark": "prose", "dues:_paper": "line"}),
    Door("day of the discussion", "branch_clerk", at("inspections:assessment", "typing.pk"),
         fixed(client_key=key(3), discussed_on="2026-11-19", do="save"), {"discussed_on": "day"}),
    Door("autosaved day", "branch_clerk", at("inspections:assessment_autosave", "typing.pk"),
         fixed(discussed_on="2026-11-19", changed="discussed_on"), {"discussed_on": "day"}),
    Door("autosave", "branch_clerk", at("inspections:assessment_autosave", "typing.pk"), autosaved,
         {"dues:_verdict": "choice", "dues:short__other": "count", "dues:_remark": "prose", "dues:_paper": "line"}),
    Door("return of a self-assessment", "secretary", at("inspections:check", "filed.pk"),
         fixed(do="return", reason="请补充", mark="dues", client_key=key(9), **{"dues:_why": "缺月份"}),
         {"reason": "prose*", "dues:_why": "prose"}),
    Door("many submitted", "clerk", at("inspections:assessments_submit"),
         lambda world: {"ids": [world.typing.pk], "cycle": world.cycle.pk, "discussed_on": DAY,
                        "client_key": key(1)},
         {"discussed_on": "day"}),
    Door("cycle", "officer", at("inspections:cycle_create"), cycle_plan,
         {"name": "line*", "edition": "row", "kind": "choice", "starts_on": "day*", "ends_on": "day*",
          "self_from": "day*", "self_to": "day*"}),
]  # fmt: skip
VISITS = [
    Door("visit", "officer", at("inspections:visit_plan"), visit_plan,
         {"name": "line*", "starts_on": "day*", "ends_on": "day*", "leader": "row", "branches": "row",
          "client_key": "key"}),
    Door("clause on site", "leader", at("inspections:stop", "stop.pk"), tapped,
         {"text": "prose", "remark": "line", "responsible": "line", "dues:short__other": "count", "key": "key",
          "clause": "choice", "verdict": "choice"}),
    Door("tap of a phone", "leader", at("inspections:stop_taps", "stop.pk"), tapped,
         {"text": "prose", "remark": "line", "responsible": "line", "dues:short__other": "count", "key": "key",
          "clause": "choice", "verdict": "choice", "device_at": "moment", "due": "due"}),
    Door("signing", "leader", at("inspections:stop_sign", "done_stop.pk"),
         fixed(representative="张林", signed_on=DAY), {"representative": "line*", "signed_on": "day*"}),
]  # fmt: skip
FINDINGS = [
    Door("new finding", "officer", at("inspections:finding_new", "branch.pk"),
         fixed(source="first_check", clause_key="dues", text="党费未按月收", facts="", category="党费", severity="",
               source_document="", due_days="15", due_unit="workdays", client_key=key(6)),
         {"source": "choice", "clause_key": "choice", "text": "prose*", "facts": "prose", "category": "line",
          "severity": "choice", "due_days": "count", "due_unit": "choice", "client_key": "key"}),
    move("acknowledge", "issued", "branch_clerk", responsible="张林", leader="",
         fields={"responsible": "line", "leader": "line"}),
    move("plan", "in_progress", "branch_clerk", measures="十二月五日前补开会议并由书记审签", responsible="张林", leader="",
         fields={"measures": "prose*", "responsible": "line*"}),
    move("progress", "in_progress", "branch_clerk", note="已补开会议", fields={"note": "prose*"}),
    move("submit", "in_progress", "branch_clerk", note="已补开会议，记录齐全", paper="记录本3页",
         fields={"note": "prose*", "paper": "line"}),
    move("reject", "submitted", "secretary", note="缺签字", due_on="2026-12-10",
         fields={"note": "prose*", "due_on": "day"}),
    move("ask_extension", "in_progress", "branch_clerk", reason="工程未完", new_due_on="2026-12-20",
         fields={"reason": "prose*", "new_due_on": "day*"}),
    move("chase", "in_progress", "clerk", channel="phone", note="已电话", fields={"channel": "choice", "note": "line"}),
    move("rebound", "closed", "officer", note="又未开会", due_on="2026-12-20",
         fields={"note": "prose*", "due_on": "day"}),
    Door("columns", "officer", at("inspections:ledger_columns"),
         fixed(name="市里格式", columns=["number", "branch"]), {"name": "line*", "columns": "choice"}),
]  # fmt: skip
SCORING = [
    Door("one decision", "officer", at("scoring:result_decide", "result.pk"),
         fixed(verdict="pass", on=DAY, document_number="安组〔2026〕9号", reason="会议研究"),
         {"verdict": "choice", "on": "day*", "document_number": "line", "reason": "line", "tier": "choice"}),
    Door("many decisions", "officer", at("scoring:results_decide"),
         lambda world: {"ids": [world.result.pk], "on": DAY, "document_number": "安组〔2026〕9号"},
         {"on": "day*", "document_number": "line"}),
]  # fmt: skip
GROUPS = (ACCOUNTS, BRANCHES, STANDARDS, FILING, VISITS, FINDINGS, SCORING)
DOORS = [door for group in GROUPS for door in group]
