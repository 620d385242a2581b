"""Rows of the work itself: assessments, visits, findings in every stage, notices, results, saved columns."""

import io
import uuid
from datetime import timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from branches.models import Grant
from branches.scope import act_as
from inspections.filing_table import COLUMNS, table_rows
from inspections.filing_upload import keep_file
from inspections.models import (
    ElectionLetter,
    Entry,
    Extension,
    FindingStage,
    Mark,
    Member,
    Notification,
    SavedColumns,
    Signoff,
    Source,
    Stage,
    Step,
    Stop,
    StopState,
    Visit,
)
from inspections.sheets import Judgement, judge, judge_rest
from inspections.tests.make import make_assessment
from inspections.tests.make_findings import make_finding
from portal.kit.workbooks import template
from portal.tests.walk.cast import COUNTY, COVER, INSPECTORS, PLACES, give
from scoring import results
from scoring.archiving import freeze
from scoring.models import Proposal, Result, RunKind

S = FindingStage
HIDDEN_FROM_UNITS = (S.DRAFT, S.CONFIRMED)
# Rows beside the plain one of each stage, for moves that need more than the stage.
VARIANTS = {
    "asked": {"stage": S.IN_PROGRESS},
    "long_term": {"stage": S.IN_PROGRESS, "is_long_term": True},
    "unplanned": {"stage": S.IN_PROGRESS, "measures": ""},
    "parents": {"stage": S.VERIFIED, "source": "self"},
    "serious": {"stage": S.VERIFIED, "severity": "serious"},
}


def side_of(place: str) -> str:
    return "county" if place == "county" else "own"


def plant(world: SimpleNamespace) -> None:
    world.assessments = {
        kind: {place: assessment(world, place, kind=kind) for place in PLACES}
        for kind in ("filing", "checked", "past")
    }
    world.table = filled_table(world)
    world.visits = {}
    world.stops = {
        state: {place: stop(world, place, state=state) for place in PLACES}
        for state in ("begun", "confirmed")
    }
    overdue_visit(world)
    world.letters = {place: letter(world, place) for place in PLACES}
    world.notifications = {place: notification(world, place) for place in PLACES}
    world.findings = {
        key: {place: finding(world, place, key=key) for place in PLACES}
        # Pages show the newest few of a branch: what is not yet released comes last, to be seen where it leaks.
        for key in (*VARIANTS, *reversed(S.values))
    }
    world.results = {kind: scored(world, kind) for kind in ("filing", "checked", "past")}
    world.runs = {side: run(world, side) for side in ("own", "county")}
    world.columns = {name: columns(world, name) for name in ("own", "above", "county")}


def assessment(world, place, *, kind):
    """filing is still typed, checked waits for the parent, past was passed a year ago."""
    mark = world.ink.of("assessment", at=place, by=COVER[place])
    author, side = world.authors[place], side_of(place)
    stage = {"filing": Stage.DRAFTING, "checked": Stage.SUBMITTED, "past": Stage.PASSED}[kind]
    sent = {"submitted_at": world.now, "submitted_by": author} if kind != "filing" else {}
    row = make_assessment(
        cycle=world.cycles[kind][side], branch=world.branches[place], stage=stage, **sent
    )
    said = Judgement("records", values={"short": 1}, remark=mark, paper=mark)
    judge(row, Source.SELF, said, by=author, now=world.now, on=world.today,
          evidence=[world.evidence[place]])  # fmt: skip
    judge_rest(row, Source.SELF, ["setup"], now=world.now)
    Mark.objects.create(assessment=row, clause_key="records", round=1, reason=mark)
    Step.objects.create(
        assessment=row, move="submit", from_stage="", to_stage=stage, note=mark,
        at=world.now, by=author,
    )  # fmt: skip
    return row


def filled_table(world):
    """The clerk's own table, uploaded as it was given out."""
    clerk, key = act_as(world.cast["clerk"], today=world.today), uuid.uuid4()
    open_ones = [world.assessments["filing"][place] for place in ("own", "sibling")]
    out, rows = io.BytesIO(), table_rows(open_ones, today=world.today)
    template(out, title="自评", columns=COLUMNS, rows=rows, guide=[])
    keep_file(clerk, SimpleUploadedFile("自评.xlsx", out.getvalue()), key)
    return key


def stop(world, place, *, state):
    """The own branch is visited by the team of the cast, the other places by somebody else's team."""
    team = {"chief", "inspector"} if place == "own" else set()
    visit = round_of(world, place, state=state, team=team)
    seen_by = (COVER[place] & COUNTY) | team
    mark = world.ink.of("stop", at=place, by=seen_by)
    confirmed = {"confirmed_at": world.now, "confirmed_by": world.authors[place]}
    return Stop.objects.create(
        visit=visit,
        branch=world.branches[place],
        state=state,
        visited_on=world.today,
        representative=f"李{mark}",
        number=f"检反{mark}",
        **(confirmed if state == StopState.CONFIRMED else {}),
    )


def round_of(world, place, *, state, team):
    mark = world.ink.of("visit", at=place, by=(COVER[place] & COUNTY) | team)
    visit = Visit.objects.create(
        owner=world.counties[place],
        cycle=world.cycles["filing"][side_of(place)],
        name=f"第一组{mark}",
        starts_on=world.today - timedelta(days=1),
        ends_on=world.today,
        created_at=world.now,
        created_by=world.authors[place],
    )
    people = [world.cast[name] for name in sorted(team)] or [world.authors[place]]
    for person in people:
        Member.objects.create(visit=visit, user=person, is_leader=person == people[0])
    world.visits[state, place] = visit
    return visit


def overdue_visit(world):
    """`late` was on a team whose window is over: nothing of it is open to him any more."""
    visit = Visit.objects.create(
        owner=world.counties["own"],
        cycle=world.cycles["filing"]["own"],
        name=f"上月{world.ink.of('visit', at='own', by=COUNTY - {'rival'})}",
        starts_on=world.today - timedelta(days=9),
        ends_on=world.today - timedelta(days=1),
        created_at=world.now,
        created_by=world.cast["officer"],
    )
    Member.objects.create(visit=visit, user=world.cast["late"], is_leader=True)
    world.overdue_stop = Stop.objects.create(visit=visit, branch=world.branches["own"])


def letter(world, place):
    """A reminder of the election, for the branch and whoever stands above it."""
    return ElectionLetter.objects.create(
        owner=world.counties[place],
        unit=world.branches[place],
        step="notice",
        term_ends_on=world.today,
        number=f"换{world.ink.of('letter', at=place, by=COVER[place])}",
        issued_on=world.today,
    )


def notification(world, place):
    mark = world.ink.of("notification", at=place, by=COVER[place])
    return Notification.objects.create(
        owner=world.counties[place],
        unit=world.branches[place],
        number=f"整改{mark}",
        issued_on=world.today,
        issued_at=world.now,
        issued_by=world.authors[place],
    )


def finding(world, place, *, key):
    """One per stage and place. What is not yet released is hidden from the units; its words tell on a leak."""
    fields = {"stage": key} | VARIANTS.get(key, {})
    released = COVER[place] & (COUNTY | INSPECTORS)
    seen_by = released if fields["stage"] in HIDDEN_FROM_UNITS else COVER[place]
    mark = world.ink.of(f"finding {key}", at=place, by=seen_by)
    words = ("text", "facts", "measures", "responsible", "leader", "source_document", "category")
    side, author = side_of(place), logger_of(world, place)
    row = make_finding(
        branch=world.branches[place],
        by=author,
        number=f"ZG-{mark}",
        cycle=world.cycles["filing"][side],
        edition=world.editions[side],
        clause_key="records",
        stop=world.stops["begun"][place],
        notification=world.notifications[place],
        **(dict.fromkeys(words, f"问题{mark}") | fields),
    )
    row.evidence.add(world.evidence[place])
    tell(world, row, mark, author)
    sign(world, row, place)
    return row


def logger_of(world, place):
    """Somebody of a team whose window is over, so that no rule about the logger is in the way."""
    key = f"logger-{place}"
    if key not in world.loggers:
        mark = world.ink.of("author", at=place, by=COVER[place] | {"system", "security", "audit"})
        person = world.make_user(username=key, name=f"孙{mark}")
        give(person, world.branches[place], Role.INSPECTOR, until_on=world.today - timedelta(1))
        world.loggers[key] = person
    return world.loggers[key]


def tell(world, row, mark, author):
    entry = Entry.objects.create(
        finding=row, round=1, move="submit", from_stage="", to_stage=row.stage,
        note=mark, at=world.now, by=author, unit=row.branch,
    )  # fmt: skip
    entry.evidence.add(*row.evidence.all())
    if "asked" in world.ink.known[mark][0]:
        Extension.objects.create(
            finding=row, reason=mark, old_due_on=row.due_on,
            new_due_on=row.due_on + timedelta(days=9), asked_at=world.now, asked_by=author,
        )  # fmt: skip


def sign(world, row, place):
    """Reported by the author of the place, and verified by the logger: both differ from the cast."""
    stages = {S.SUBMITTED: 1, S.VERIFIED: 2, S.CLOSED: 2}
    signers = ((Signoff.Role.REPORTER, reporter(world, place)),
               (Signoff.Role.VERIFIER, logger_of(world, place)))  # fmt: skip
    for role, by in signers[: stages.get(row.stage, 0)]:
        Signoff.objects.create(
            finding=row, round=1, role=role, by=by, unit=row.branch, at=world.now
        )


def reporter(world, place):
    """At the own branch its clerk reported, so that taking back and keeping apart are walked too."""
    return world.cast["branch_clerk"] if place == "own" else world.authors[place]


def scored(world, kind):
    for side in ("own", "county"):
        results.compute(world.cycles[kind][side], now=world.now)
    return {place: settled(world, place, kind=kind) for place in PLACES}


def run(world, side):
    """Only the county reads runs; the occasion is told nowhere else."""
    mark = world.ink.of(
        "run", at=side, by={"own": {"officer", "leader"}, "county": {"rival"}}[side]
    )
    cycle, by = world.cycles["past"][side], world.cast["officer" if side == "own" else "rival"]
    rows = Result.objects.filter(cycle=cycle)
    return freeze(cycle, rows, kind=RunKind.TRIAL, by=by, reason=mark, now=world.now)


def score(world, place):
    """Results of one branch that came later."""
    for kind in ("filing", "checked", "past"):
        cycle, branch = world.cycles[kind][side_of(place)], world.branches[place]
        results.compute(cycle, branch_ids=[branch.pk], now=world.now)
        settled(world, place, kind=kind)


def settled(world, place, *, kind):
    """filing is proposed, checked is decided by somebody else, past is published."""
    rows = Result.objects.filter(
        cycle=world.cycles[kind][side_of(place)], branch=world.branches[place]
    )
    rows.update(proposal=Proposal.PASS, **decision(world, place, kind=kind))
    if kind == "past":
        rows.update(published_at=world.now, published_by=world.cast["officer"])
    return rows.get()


def decision(world, place, *, kind):
    if kind == "filing":
        return {}
    seen_by = COVER[place] if kind == "past" else COVER[place] & COUNTY
    mark = world.ink.of("decision", at=place, by=seen_by)
    return {
        "decided_pass": True,
        "decided_on": world.today,
        "decided_by": world.authors[place],
        "decision_reason": mark,
        "document_number": f"组发{mark}",
    }


def columns(world, name):
    """A set of the own town, one of the county above it, one of the other county."""
    owner = {
        "own": world.towns["own"],
        "above": world.counties["own"],
        "county": world.counties["county"],
    }[name]
    seen_by = {
        "own": COVER["own"] - COUNTY,
        "above": {held.user.username.removeprefix("walk-") for held in inside(world)},
        "county": {"rival"},
    }[name]
    mark = world.ink.of("columns", at="county" if name == "county" else "own", by=seen_by)
    return SavedColumns.objects.create(
        owner=owner, name=f"格式{mark}", columns=["number"], created_by=world.cast["officer"]
    )


def inside(world):
    """Every grant in force in the own county: sets of columns hold downward."""
    rows = Grant.objects.filter(organization__path__startswith=world.counties["own"].path)
    actors = [grant for grant in rows.select_related("user") if grant.user in world.cast.values()]
    return [g for g in actors if act_as(g.user, today=world.today).held]
