"""Every deed asked for without its view, by somebody who sees the row and may not: the guard of the deed itself refuses.

A view's own guard hides from the walk whether the deed behind it has one.
"""

import copy
import traceback
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts import actions as accounts
from accounts import suggestions
from accounts.refusal import Refused
from accounts.roles import Role
from branches import actions as units
from branches import approving, files, grants, roster_accounts, ticks
from branches.rosters import imports
from branches.scope import Actor, act_as
from inspections import (
    checking,
    cycles,
    filing,
    joining,
    ledger_actions,
    logging,
    paper_entry,
    planning,
    visiting,
)
from inspections.models import FindingSource
from inspections.sheets import Judgement
from scoring import adopting, archiving, comparing_units, noting
from standards import actions as standards
from standards import releasing

Deed = Callable[[SimpleNamespace, Actor], Any]
NOBODYS = "leader"  # a leader of the county sees everything and does none of these
# Where one deed has two guards, somebody passes the other one.
OTHERS = {
    "move a foreign unit": "rival",
    "move under a foreign unit": "officer",
    "tap a problem": "officer",
}
GUARDS = ("permit", "require", "demand")


def branch(w):
    return w.branches["own"]


def said(w) -> dict[str, Any]:
    return {"now": w.now, "client_key": uuid.uuid4()}


def tapped(w) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "on": w.today, "device_at": None, "now": w.now}


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"PK\x03\x04")


def span(w) -> dict[str, Any]:
    return {"starts_on": w.today, "ends_on": w.today}


def manned(w) -> dict[str, Any]:
    person = w.cast["inspector"]
    return span(w) | {"name": "第二组", "team": [person], "leader": person, "branches": [branch(w)]}


def returned(w) -> dict[str, Any]:
    return {"reason": "附件不全", "marks": {"records": "附件不全"}} | said(w)


def begun(w):
    return w.stops["begun"]["own"]


def confirmed(w):
    return w.stops["confirmed"]["own"]


def typed(w):
    return w.assessments["filing"]["own"]


def sent(w):
    return w.assessments["checked"]["own"]


def large(w):
    """The same roster, too many rows to be written at once."""
    item = copy.copy(w.imports["own"])
    item.counts = item.counts | {imports.FATES[0]: imports.SMALL}
    return item


JUDGED = Judgement("records", values={"short": 1})
HELD = {"role": Role.BRANCH_CLERK, "old": None, "name": "刘敏"}
UNIT = {"name": "新设党支部", "short_name": "新设", "kind": "branch", "field": "rural"}
DEEDS: dict[str, Deed] = {
    "create an account": lambda w, a: accounts.create_user(a, username="xinren", name="新人", now=w.now),
    "describe an account": lambda w, a: accounts.describe_user(
        a, w.authors["own"], name="新人", post="", phone="", email="", now=w.now
    ),
    "lock an account": lambda w, a: accounts.lock_user(a, w.authors["own"], now=w.now),
    "unlock an account": lambda w, a: accounts.unlock_user(a, w.authors["own"], now=w.now),
    "reset a password": lambda w, a: accounts.reset_password(a, w.authors["own"], now=w.now),
    "answer a suggestion": lambda w, a: suggestions.answer(
        a, w.suggestions["own"], reply="已处理", now=w.now
    ),
    "create a unit": lambda w, a: units.create_unit(a, w.towns["own"], now=w.now, **UNIT),
    "rename a unit": lambda w, a: units.amend_unit(a, branch(w), now=w.now, name="新名"),
    "move a unit": lambda w, a: units.move_unit(a, branch(w), parent=w.tied, now=w.now),
    "move a foreign unit": lambda w, a: units.move_unit(
        a, branch(w), parent=w.towns["county"], now=w.now
    ),
    "move under a foreign unit": lambda w, a: units.move_unit(
        a, branch(w), parent=w.towns["county"], now=w.now
    ),
    "close a unit": lambda w, a: units.close_unit(a, branch(w), on=w.today, now=w.now),
    "reopen a unit": lambda w, a: units.reopen_unit(a, branch(w), now=w.now),
    "tie a unit": lambda w, a: units.tie(
        a, branch(w), unit=w.towns["town"], kind="helping", now=w.now
    ),
    "untie a unit": lambda w, a: units.untie(a, w.links["own"], now=w.now),
    "edit a profile": lambda w, a: units.edit_profile(a, branch(w), now=w.now, secretary="张林"),
    "add a file": lambda w, a: files.store(a, branch(w), upload("照片.pdf"), **said(w)),
    "record a meeting": lambda w, a: ticks.record_meeting(
        a, branch(w), kind="committee", held_on=w.today, **said(w)
    ),
    "remove a meeting": lambda w, a: ticks.remove_meeting(a, w.meetings["own"], now=w.now),
    "tick meetings": lambda w, a: ticks.tick(
        a, [branch(w)], wanted={(branch(w).pk, "lecture", w.today.replace(day=1)): 1}, seen={},
        now=w.now,
    ),
    "give a role": lambda w, a: grants.make_grant(
        a, w.authors["town"], organization=branch(w), role=Role.CLERK, from_on=w.today, now=w.now
    ),
    "end a role": lambda w, a: grants.end_grant(a, w.grants["own"], now=w.now),
    "appoint": lambda w, a: grants.appoint(a, w.authors["own"], kind="audit", now=w.now),
    "hand over": lambda w, a: grants.hand_over(a, branch(w), on=w.today, now=w.now, **HELD),
    "make accounts": lambda w, a: roster_accounts.make_accounts(
        a, w.towns["town"], roles=[Role.BRANCH_CLERK], now=w.now
    ),
    "read a roster": lambda w, a: imports.preview(a, w.towns["own"], upload("名册.xlsx"), **said(w)),
    "write a roster": lambda w, a: imports.write(a, w.imports["own"], now=w.now),
    "take a large roster in": lambda w, a: imports.confirm(a, large(w), now=w.now),
    "record an approval": lambda w, a: approving.record_approval(
        a, branch(w), kind="term", number="组批1号", dated_on=w.today, day=None, note="", **said(w)
    ),
    "take a roster in": lambda w, a: imports.confirm(a, w.imports["own"], now=w.now),
    "draft a standard": lambda w, a: standards.create_draft(
        a, w.counties["own"], name="新标准", year=2028, **said(w)
    ),
    "change a standard": lambda w, a: standards.open_draft(a, w.drafts["own"]),
    "submit a standard": lambda w, a: releasing.submit(a, w.drafts["own"], now=w.now),
    "withdraw a standard": lambda w, a: releasing.withdraw(a, w.submitted["own"], now=w.now),
    "return a standard": lambda w, a: releasing.give_back(
        a, w.submitted["own"], reason="分值偏高", now=w.now
    ),
    "issue a standard": lambda w, a: releasing.issue(a, w.submitted["own"], now=w.now),
    "ask for another edition": lambda w, a: adopting.ask(
        a, w.cycles["filing"]["own"], edition=w.editions["own"], way="frozen", reason="年内执行",
        now=w.now,
    ),
    "take another edition": lambda w, a: adopting.confirm(a, w.adoptions["own"], now=w.now),
    "drop another edition": lambda w, a: adopting.drop(a, w.adoptions["own"], now=w.now),
    "plan a cycle": lambda w, a: cycles.plan(
        a, w.counties["own"], edition=w.editions["own"], name="新周期", kind="annual", phases={},
        now=w.now, **span(w),
    ),
    "open a cycle": lambda w, a: cycles.start(a, w.cycles["planned"]["own"], now=w.now),
    "close a cycle": lambda w, a: cycles.finish(a, w.cycles["filing"]["own"], now=w.now),
    "take a branch in": lambda w, a: joining.join(
        a, w.cycles["filing"]["own"], branch(w), now=w.now
    ),
    "answer a clause": lambda w, a: filing.answer(a, typed(w), JUDGED, now=w.now),
    "save answers": lambda w, a: filing.save(a, typed(w), [], now=w.now),
    "take an answer back": lambda w, a: filing.take_answer_back(a, typed(w), "records", now=w.now),
    "cite files": lambda w, a: filing.cite_files(a, typed(w), "records", [], now=w.now),
    "answer the rest": lambda w, a: filing.answer_rest(a, typed(w), now=w.now),
    "note the meeting": lambda w, a: filing.note_discussion(a, typed(w), w.today),
    "send a filing": lambda w, a: filing.submit(a, typed(w), discussed_on=w.today, **said(w)),
    "withdraw a filing": lambda w, a: filing.withdraw(a, sent(w), **said(w)),
    "correct a filing": lambda w, a: checking.correct(a, sent(w), JUDGED, now=w.now),
    "take a correction back": lambda w, a: checking.take_correction_back(
        a, sent(w), "records", now=w.now
    ),
    "pass a filing": lambda w, a: checking.accept(a, sent(w), **said(w)),
    "return a filing": lambda w, a: checking.send_back(a, sent(w), **returned(w)),
    "recall a filing": lambda w, a: checking.recall(a, w.assessments["past"]["own"], **returned(w)),
    "save columns": lambda w, a: ledger_actions.save_columns(
        a, name="新格式", columns=["number"], now=w.now
    ),
    "forget columns": lambda w, a: ledger_actions.forget_columns(a, w.columns["above"], now=w.now),
    "set rules": lambda w, a: ledger_actions.set_rules(
        a, w.counties["own"], closers={}, prefixes={}, now=w.now
    ),
    "log a finding": lambda w, a: logging.log(
        a, branch=branch(w), text="记录不全", source=FindingSource.SELF, **said(w)
    ),
    "note a figure": lambda w, a: noting.note(
        a, w.cycles["filing"]["own"], key="income", text="1", now=w.now
    ),
    "set how units compare": lambda w, a: comparing_units.set_rule(
        a, w.counties["own"], reason="备查", shows_ranks=False, fewest=5, gap_days=3, now=w.now
    ),
    "put results on file": lambda w, a: archiving.archive(
        a, w.cycles["filing"]["own"], reason="备查", now=w.now
    ),
    "plan a visit": lambda w, a: planning.plan(
        a, w.counties["own"], cycle=w.cycles["filing"]["own"], **manned(w), **said(w)
    ),
    "change a visit": lambda w, a: planning.change(
        a, w.visits["begun", "own"], **manned(w), now=w.now
    ),
    "enter a paper": lambda w, a: paper_entry.enter(
        a, begun(w), sheet=paper_entry.PaperSheet([]), key=uuid.uuid4(), on=w.today, now=w.now
    ),
    "tap": lambda w, a: visiting.tap(
        a, begun(w), clause_key="setup", verdict="conforms", values=None, remark="", **tapped(w)
    ),
    "tap a problem": lambda w, a: visiting.tap_problem(
        a, begun(w), clause_key="setup", text="记录不全", values=None, **tapped(w)
    ),
    "tap the rest": lambda w, a: visiting.rest_conform(a, begun(w), **tapped(w)),
    "confirm a stop": lambda w, a: visiting.confirm(a, begun(w), now=w.now),
    "sign a stop": lambda w, a: visiting.sign(
        a, confirmed(w), representative="张林", on=w.today, now=w.now
    ),
    "reopen a stop": lambda w, a: visiting.reopen(a, confirmed(w), now=w.now),
}  # fmt: skip


def unguarded(world: SimpleNamespace, name: str) -> str:
    """What came of a deed that its guard did not refuse; nothing when it did."""
    who = OTHERS.get(name, NOBODYS)
    actor = act_as(world.cast[who], today=world.today)
    with transaction.atomic():
        try:
            DEEDS[name](world, actor)
            return f"{name}: done by {who}"
        except Exception as refusal:
            return "" if is_guards(refusal) else f"{name}: {type(refusal).__name__} {refusal}"
        finally:
            transaction.set_rollback(True)


def is_guards(refusal: Exception) -> bool:
    last = traceback.extract_tb(refusal.__traceback__)[-1]
    return isinstance(refusal, Refused | PermissionDenied) and last.name in GUARDS
