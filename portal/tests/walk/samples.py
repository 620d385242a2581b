"""Which object each address is asked about: the own one, a sibling's, another town's, another county's, none.

`seen_by` is written by hand from docs: it is what the code under test is measured against.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

from inspections.ledger_batch import VERBS
from inspections.models import FindingStage as S
from inspections.moves import TABLE as MOVES
from portal.tests.walk.addresses import Address
from portal.tests.walk.cast import ACTORS, BOUND, COUNTY, COVER, INSPECTORS, KEEPERS, PLACES

NOWHERE = 900_000_001
NO_KEY = uuid.UUID(int=7)
EVERYBODY = frozenset(ACTORS)


@dataclass(frozen=True)
class Sample:
    """One way to ask an address. `query` goes into the address of a list, which has no object."""

    label: str
    args: dict[str, Any] = field(default_factory=dict)
    seen_by: frozenset[str] = EVERYBODY
    query: dict[str, Any] = field(default_factory=dict)
    changed_by: frozenset[str] | None = None

    def found_by(self, method: str) -> frozenset[str]:
        """Who finds the object there: by posting, fewer may than by reading."""
        is_reading = method in ("GET", "HEAD") or self.changed_by is None
        return self.seen_by if is_reading else self.changed_by


def rows(world, name: str, kept: Any, *, seen: Callable[[str], Iterable[str]], **args: Any):
    """A sample per object of `kept`, {label: object}, and one that is nowhere."""
    first = next(iter(kept.values()))
    pk = NO_KEY if isinstance(first.pk, uuid.UUID) else NOWHERE
    found = [
        Sample(label, {name: row.pk, **of(row, args)}, frozenset(seen(label)))
        for label, row in kept.items()
    ]
    return [*found, Sample("nowhere", {name: pk, **of(first, args)}, frozenset())]


def of(row: Any, args: dict[str, Any]) -> dict[str, Any]:
    return {key: value(row) if callable(value) else value for key, value in args.items()}


# ---- who sees what ----


def see_branch(label: str) -> set[str]:
    return COVER[label] | ({"tied"} if label == "own" else set())


def see_town(label: str) -> set[str]:
    return COVER[label] - INSPECTORS - {"branch_clerk"}


def see_kept_unit(label: str) -> set[str]:
    """Rights are kept by two administrators, and by an officer for the own county."""
    return KEEPERS | ({"rival"} if label == "county" else {"officer"})


def see_stop(label: str) -> set[str]:
    team = INSPECTORS if label == "own" else set()
    return (COVER[label] & COUNTY) | team


def see_finding(label: str, *, key: str) -> set[str]:
    is_hidden = key in (S.DRAFT, S.CONFIRMED)
    return COVER[label] & (COUNTY | INSPECTORS) if is_hidden else COVER[label]


def see_result(label: str, *, kind: str) -> set[str]:
    return COVER[label] if kind == "past" else COVER[label] & COUNTY


def see_bound(label: str) -> set[str]:
    return {"rival"} if "county" in label else BOUND


def see_county(label: str) -> set[str]:
    return {"rival"} if "county" in label else {"officer", "leader"}


def see_edition(label: str) -> set[str]:
    return see_bound(label) if "issued" in label else see_county(label)


def see_officer(label: str) -> set[str]:
    return {"rival"} if label == "county" else {"officer"}


def see_suggestion(label: str) -> set[str]:
    """Signed: its writer and who answers. Unsigned: the address itself is the receipt."""
    return EVERYBODY if "unsigned" in label else answer_suggestion(label)


def answer_suggestion(label: str) -> set[str]:
    return {"system", "rival" if "county" in label else "officer"}


# ---- the objects ----


def branches(world, **args):
    return rows(world, "pk", world.branches, seen=see_branch)


def towns(world):
    kept = {label: world.towns[label] for label in ("own", "town", "county")}
    return rows(world, "pk", kept, seen=see_town)


def new_finding(world):
    return rows(world, "branch", world.branches, seen=see_branch)


def kept_units(world):
    return rows(world, "pk", world.branches, seen=see_kept_unit)


def links(world):
    return rows(world, "pk", world.links, seen=see_branch)


def meetings(world):
    return rows(world, "pk", world.meetings, seen=COVER.__getitem__)


def evidence(world):
    return rows(world, "pk", world.evidence, seen=COVER.__getitem__)


def imports(world):
    return rows(world, "pk", world.imports, seen=see_officer)


def people(world):
    kept = {"own": world.authors["own"], "county": world.authors["county"]}
    return rows(world, "pk", kept, seen=lambda label: KEEPERS)


def self(world):
    """Their own account, for rules about oneself."""
    kept = {"system": world.cast["system"], "security": world.cast["security"]}
    return rows(world, "pk", kept, seen=lambda label: KEEPERS)[:-1]


def grants(world):
    return rows(world, "pk", world.grants, seen=see_kept_unit)


def notices(world):
    kept = {name: world.notices[name] for name in ("clerk", "rival")}
    return rows(world, "pk", kept, seen=lambda label: {label})


def suggestions(world):
    unsigned = {f"{place} unsigned": row for place, row in world.unsigned.items()}
    found = [
        Sample(
            label,
            {"client_key": row.client_key},
            frozenset(see_suggestion(label)),
            changed_by=frozenset(answer_suggestion(label)),
        )
        for label, row in (world.suggestions | unsigned).items()
    ]
    return [*found, Sample("nowhere", {"client_key": NO_KEY}, frozenset())]


def editions(world, *, kept=("issued", "draft"), **args):
    of_kind = {
        "issued": world.editions, "draft": world.drafts,
        "submitted": world.submitted, "mine": world.mine,
    }  # fmt: skip
    found = {
        f"{kind} county" if side == "county" else kind: row
        for kind in kept
        for side, row in of_kind[kind].items()
    }
    return rows(world, "pk", found, seen=see_edition, **args)


def chapters(world):
    return editions(world, chapter_pk=lambda row: row.chapters.get().pk)


def uploads(world, **more):
    found = editions(world, kept=("draft",), key=lambda row: row.imports.get().pk, **more)
    own = world.drafts["own"]
    swapped = {"pk": own.pk, "key": world.uploads["county"].pk} | more
    return [*found, Sample("foreign key", swapped, frozenset())]


def assessments(world, *, kind):
    return rows(world, "pk", world.assessments[kind], seen=COVER.__getitem__)


def cited(world):
    return rows(world, "pk", world.assessments["filing"], seen=COVER.__getitem__, key="records")


def tables(world):
    """A filled table is kept under its sender's own name: for anybody else it is not there."""
    return [
        Sample("clerk", {"key": world.table}, frozenset({"clerk"})),
        Sample("nowhere", {"key": NO_KEY}, frozenset()),
    ]


def cycles(world, *, kind):
    seen = see_county if kind == "planned" else see_bound
    return rows(world, "pk", world.cycles[kind], seen=seen)


def visits(world):
    kept = {place: world.visits["begun", place] for place in PLACES}
    return rows(world, "pk", kept, seen=see_stop)


def stops(world, *, state):
    found = rows(world, "pk", world.stops[state], seen=see_stop)
    late = Sample("window over", {"pk": world.overdue_stop.pk}, frozenset({"officer", "leader"}))
    return [*found, late]


def findings(world, *, key):
    return rows(world, "pk", world.findings[key], seen=partial(see_finding, key=key))


def results(world, *, kind):
    return rows(world, "pk", world.results[kind], seen=partial(see_result, kind=kind))


def runs(world, **args):
    return rows(world, "pk", world.runs, seen=see_county, **args)


def adoptions(world):
    """Asked by somebody who is nobody in the walk; a cycle is open to everybody under its owner."""
    return rows(world, "pk", world.adoptions, seen=see_bound)


def notifications(world):
    return rows(world, "pk", world.notifications, seen=lambda label: COVER[label] - INSPECTORS)


def letters(world):
    return rows(world, "pk", world.letters, seen=lambda label: COVER[label] - INSPECTORS)


def columns(world):
    """A set belongs to one unit: those below may use it, nobody else may take it away."""
    owners = {"own": {"secretary", "clerk"}, "above": {"officer", "leader"}, "county": {"rival"}}
    return rows(world, "pk", world.columns, seen=owners.__getitem__)


# A move is tried on a finding from which it may start; some need a row made for them.
STARTS = {
    "plan": "unplanned",
    "return_plan": S.IN_PROGRESS,
    "grant_extension": "asked",
    "refuse_extension": "asked",
    "end_long_term": "long_term",
    "close": "serious",
    "send_back": "parents",
    "withdraw": S.ISSUED,
    "fix_on_spot": S.DRAFT,
    "comment": S.CLOSED,
}
MOVE_SAMPLES = {
    f"inspections:finding_{move.verb}": partial(findings, key=STARTS.get(move.verb, move.stages[0]))
    for move in MOVES
}
DRAFTS = (
    "head",
    "options",
    "tiers",
    "chapters",
    "upload",
    "discard",
    "clause_new",
    "submit",
    "withdraw",
)
SHEETS = {"field": "rural"}
CLAUSE = {"key": "records"}
OBJECTS: dict[str, Callable[[SimpleNamespace], list[Sample]]] = {
    **{f"branches:{n}": branches for n in (
        "detail", "print", "edit", "amend", "move", "close", "reopen", "links", "meetings",
        "meeting_grid", "approvals")},
    "branches:create": towns,
    "branches:meeting_month": towns,
    "branches:unlink": links,
    "branches:meeting_remove": meetings,
    "branches:evidence": evidence,
    **{f"branches:{n}": imports for n in ("import", "import_confirm", "import_returned")},
    "branches:hand_over": kept_units,
    "branches:grant_end": grants,
    **{f"branches:{n}": lambda world: [*people(world), *self(world)] for n in ("grant_make", "appoint")},
    **{f"accounts:{n}": lambda world: [*people(world), *self(world)] for n in (
        "user", "user_lock", "user_unlock", "user_reset")},
    "accounts:notice_done": notices,
    "accounts:suggestion": suggestions,
    **{f"standards:{n}": editions for n in (
        "edition", "comparison", "export", "composition", *DRAFTS)},
    **{f"standards:{n}": partial(editions, kept=("issued", "draft", "submitted", "mine")) for n in (
        "issue", "return", "withdraw")},
    "standards:composition_section": partial(editions, section="quotas"),
    **{f"standards:{n}": partial(editions, **SHEETS) for n in ("print_sheet", "sheet_workbook")},
    **{f"standards:{n}": partial(editions, **CLAUSE) for n in (
        "clause", "blank_form", "blank_form_workbook", "clause_edit", "clause_move", "clause_remove")},
    "standards:chapter": chapters,
    **{f"standards:{n}": uploads for n in ("import", "import_confirm", "import_marked")},
    "standards:import_row": partial(uploads, row="records"),
    **{f"inspections:{n}": partial(assessments, kind="filing") for n in (
        "assessment", "assessment_autosave", "assessment_print", "assessment_export")},
    **{f"inspections:{n}": partial(assessments, kind="checked") for n in (
        "check", "assessment_withdraw")},
    "inspections:assessment_evidence": cited,
    **{f"inspections:{n}": tables for n in ("assessments_upload", "assessments_returned")},
    "inspections:cycle_open": partial(cycles, kind="planned"),
    **{f"inspections:{n}": partial(cycles, kind="filing") for n in ("cycle_join", "cycle_close")},
    **{f"inspections:{n}": visits for n in ("visit", "visit_change")},
    **{f"inspections:{n}": partial(stops, state="begun") for n in (
        "stop", "stop_taps", "stop_photos", "stop_findings", "stop_checklist", "stop_entry",
        "stop_review")},
    **{f"inspections:{n}": partial(stops, state="confirmed") for n in (
        "stop_reopen", "stop_feedback", "stop_sign")},
    "inspections:ledger_columns_forget": columns,
    **{f"inspections:{n}": lambda world: [*findings(world, key=S.ISSUED), *hidden_findings(world)] for n in (
        "finding", "finding_card", "finding_closeout")},
    "inspections:finding_new": new_finding,
    "inspections:election_letter": letters,
    "inspections:notification": notifications,
    **MOVE_SAMPLES,
    **{f"scoring:{n}": lambda world: [*results(world, kind="past"), *unpublished(world)] for n in (
        "result", "explain", "receipt", "result_print")},
    "scoring:result_decide": partial(results, kind="filing"),
    "scoring:result_publish": partial(results, kind="checked"),
    **{f"scoring:{n}": runs for n in ("run", "run_export")},
    "scoring:run_receipt": partial(runs, branch=lambda run: run.results.first().branch_id),
    "scoring:compare": partial(assessments, kind="checked"),
    "scoring:brief": towns,
    **{f"scoring:{n}": editions for n in ("simulation", "simulation_export")},
    "scoring:adoption": partial(cycles, kind="filing"),
    **{f"scoring:{n}": adoptions for n in ("adoption_confirm", "adoption_drop")},
}  # fmt: skip


def hidden_findings(world):
    """Not yet released: the county and the team know of it, the units do not."""
    found = findings(world, key=S.DRAFT)
    return [Sample(f"draft {each.label}", each.args, each.seen_by) for each in found[:-1]]


def unpublished(world):
    found = results(world, kind="filing")
    return [Sample(f"proposed {each.label}", each.args, each.seen_by) for each in found[:-1]]


def samples(world: SimpleNamespace, address: Address) -> list[Sample]:
    """KeyError when an address with an object has no sample: the walk fails on what it does not know."""
    if address.params:
        return OBJECTS[address.name](world)
    return [
        Sample("plain"),
        *[Sample(f"asking for {p}", query=query(world, p)) for p in ("town", "county")],
    ]


def query(world: SimpleNamespace, place: str) -> dict[str, Any]:
    """Everything a list can be narrowed by, naming the rows of another place."""
    side = "county" if place == "county" else "own"
    branch = world.branches[place]
    return {
        "unit": world.towns[place].pk,
        "branch": branch.pk,
        "cycle": world.cycles["filing"][side].pk,
        "owner": world.counties[place].pk,
        "origin": world.editions[side].pk,
        "user": world.authors[place].pk,
        "columns": world.columns["county"].pk,
        "ids": [row[place].pk for row in (*world.findings.values(), *world.assessments.values(),
                                          *world.results.values())],
        "every": "1",
        "q": branch.code,
    }  # fmt: skip


__all__ = ["VERBS", "Sample", "samples"]
