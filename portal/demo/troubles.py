"""186 findings: where they came from, how far they are, whom they wait for. Told by their timelines."""

from dataclasses import dataclass
from datetime import date, timedelta

from branches.holidays import working_calendar
from branches.models import Organization
from inspections.models import (
    Counter,
    Entry,
    Extension,
    Finding,
    Notification,
    Signoff,
    Stop,
)
from inspections.models import FindingSource as Src
from inspections.models import FindingStage as St
from inspections.numbering import DEFAULT_PREFIX, FINDINGS, NOTICES
from portal.demo.kinds import KINDS, Kind
from portal.demo.people import Cast
from portal.demo.places import Places
from portal.demo.rounds import Round, at
from portal.kit.calendar import Calendar

SOURCES = {
    Src.SELF: 62,
    Src.FIRST_CHECK: 41,
    Src.ACCEPTANCE: 57,
    Src.TOUR: 11,
    Src.LOOK_BACK: 9,
    Src.RESEARCH: 6,
}
OPEN = {St.ISSUED: 6, St.IN_PROGRESS: 24, St.SUBMITTED: 9, St.VERIFIED: 6}
LATE_DAYS = (1, 2, 3, 10, 10, 47, 118)
SLOW_TOWN = "松岭镇"


@dataclass
class Trouble:
    """One finding being made up: `late` days past its deadline, `seen` the stop it was found at."""

    source: str
    kind: Kind
    stage: str
    branch: Organization
    text: str
    clause: str
    late: int = 0
    round: int = 1
    seen: Stop | None = None
    is_long_term: bool = False
    wants_more_time: bool = False
    returned_twice: bool = False


@dataclass
class Book:
    """Rows waiting to be written together."""

    places: Places
    cast: Cast
    rounds: dict[int, Round]
    calendar: Calendar
    as_of: date
    findings: list[Finding]
    entries: list[tuple[int, dict]]
    signoffs: list[tuple[int, dict]]
    extensions: list[tuple[int, dict]]
    notices: dict[tuple[int, date], Notification]


def make(places: Places, cast: Cast, laid: list[Round], seen, *, rng, as_of: date) -> None:
    book = Book(
        places, cast, {r.year: r for r in laid}, working_calendar(), as_of, [], [], [], [], {}
    )
    for trouble in dealt(places, seen, rng=rng):
        write(book, trouble, rng=rng)
    save(book)


def dealt(places: Places, seen, *, rng) -> list[Trouble]:
    """Sources, kinds and stages in their exact numbers (in proportion at scale), shuffled together."""
    times = max(1, round(len(places.branches) / 60))
    sources = [s for s, n in SOURCES.items() for _ in range(n * times)]
    kinds = [k for k in KINDS for _ in range(k.count * times)]
    stages = [s for s, n in OPEN.items() for _ in range(n * times)]
    stages += [St.CLOSED] * (len(sources) - len(stages))
    for pile in (sources, kinds, stages):
        rng.shuffle(pile)
    troubles = [
        Trouble(
            source, kind, stage, rng.choice(places.branches), rng.choice(kind.texts), kind.clause
        )
        for source, kind, stage in zip(sources, kinds, stages, strict=True)
    ]
    settle_villages(troubles, places, rng=rng)
    pin_to_visit(troubles, seen)
    dramatise(troubles, places, rng=rng)
    return troubles


def settle_villages(troubles: list[Trouble], places: Places, *, rng) -> None:
    """Village matters happen in villages."""
    villages = [b for b in places.branches if b.field == "rural"]
    for trouble in troubles:
        if trouble.clause == "systems.four_discussions":
            trouble.branch = rng.choice(villages)


def pin_to_visit(troubles: list[Trouble], seen) -> None:
    """What the running visit found short is in the ledger, open, under the very clause."""
    wanted = [(stop, flaw) for stop, flaws in seen for flaw in flaws]
    slots = [t for t in troubles if t.source == Src.ACCEPTANCE and t.stage == St.IN_PROGRESS]
    slots += [
        t for t in troubles if t.source == Src.ACCEPTANCE and t.stage in (St.ISSUED, St.SUBMITTED)
    ]
    slots += [t for t in troubles if t.source == Src.ACCEPTANCE and t.stage == St.CLOSED]
    for trouble, (stop, flaw) in zip(slots, wanted, strict=False):
        trouble.branch, trouble.seen = stop.branch, stop
        trouble.clause, trouble.text = flaw.key, flaw.remark
        if trouble.stage == St.CLOSED:
            trouble.stage = St.IN_PROGRESS
            spare = next(t for t in troubles if t.stage == St.IN_PROGRESS and t.seen is None)
            spare.stage = St.CLOSED


def dramatise(troubles: list[Trouble], places: Places, *, rng) -> None:
    """Seven overdue, four of them in the town whose clerk changed; extensions, rebounds, a long-term one."""
    rectifying = [t for t in troubles if t.stage == St.IN_PROGRESS and t.seen is None]
    slow = places.of(SLOW_TOWN)
    for n, (trouble, days) in enumerate(zip(rectifying, LATE_DAYS, strict=False)):
        trouble.late = days
        if n < 4:
            trouble.branch = slow[n]
    rest = [t for t in troubles if t.stage == St.IN_PROGRESS and not t.late]
    for trouble in rest[:3]:
        trouble.wants_more_time = True
    for trouble in rest[3:7]:
        trouble.round = 2
    for trouble in rest[7:8]:
        trouble.is_long_term, trouble.text = True, "活动场所需维修，等待项目资金"
        trouble.clause = "guarantees.premises"
    for trouble in rest[8:9]:
        trouble.returned_twice = True


def write(book: Book, trouble: Trouble, *, rng) -> None:
    issued = issue_day(book, trouble, rng=rng)
    found = trouble.seen.visited_on if trouble.seen else issued - timedelta(days=rng.randint(1, 4))
    due = due_day(book, trouble, issued)
    finding = Finding(
        owner=book.places.county,
        branch=trouble.branch,
        unit=trouble.branch,
        cycle=book.rounds[found.year].cycle,
        edition=book.rounds[found.year].cycle.edition,
        stop=trouble.seen,
        clause_key=trouble.clause,
        source=trouble.source,
        category=trouble.kind.category,
        text=trouble.text,
        severity="serious" if trouble.kind.serious and not trouble.late else "general",
        stage=trouble.stage,
        round=trouble.round,
        found_on=found,
        notification=None if trouble.source == Src.SELF else notice(book, trouble.branch, issued),
        issued_on=issued,
        due_on=due,
        is_long_term=trouble.is_long_term,
        measures=trouble.kind.measures if trouble.stage != St.ISSUED else "",
        responsible=trouble.branch.profile.secretary if trouble.stage != St.ISSUED else "",
        leader=book.cast.secretaries[trouble.branch.parent_id].name,
        logged_at=at(found, 15),
        logged_by=logger(book, trouble),
        moved_on=issued,
    )
    book.findings.append(finding)
    tell_story(book, trouble, finding, rng=rng)


def issue_day(book: Book, trouble: Trouble, *, rng) -> date:
    if trouble.late:
        return book.as_of - timedelta(days=trouble.late + 21)
    if trouble.seen:
        return min(trouble.seen.visited_on + timedelta(days=1), book.as_of)
    if trouble.stage != St.CLOSED:
        return book.as_of - timedelta(days=rng.randint(2, 12))
    return book.as_of - timedelta(days=rng.randint(40, 640))


def due_day(book: Book, trouble: Trouble, issued: date) -> date:
    if trouble.late:
        return book.as_of - timedelta(days=trouble.late)
    return book.calendar.due(issued, 15, "workdays")


def logger(book: Book, trouble: Trouble):
    if trouble.source == Src.SELF:
        return book.cast.clerks[trouble.branch.parent_id]
    if trouble.source == Src.FIRST_CHECK:
        return book.cast.secretaries[trouble.branch.parent_id]
    return book.cast.inspectors[1] if trouble.seen else book.cast.second_officer


def notice(book: Book, unit: Organization, day: date) -> Notification:
    key = (unit.pk, day)
    if key not in book.notices:
        book.notices[key] = Notification(
            owner=book.places.county,
            unit=unit,
            issued_on=day,
            issued_at=at(day, 9),
            issued_by=book.cast.officer,
        )
    return book.notices[key]


def tell_story(book: Book, trouble: Trouble, finding: Finding, *, rng) -> None:
    """Entries, sign-offs and requests up to the stage the finding is in."""
    clerk = book.cast.clerks[trouble.branch.parent_id]
    secretary = book.cast.secretaries[trouble.branch.parent_id]
    day = finding.issued_on
    entry(book, "log", "", St.DRAFT, finding.logged_by, finding.found_on)
    entry(book, "issue", St.CONFIRMED, St.ISSUED, book.cast.officer, day)
    if trouble.stage == St.ISSUED:
        return
    entry(book, "acknowledge", St.ISSUED, St.IN_PROGRESS, clerk, later(book, day, 1))
    if trouble.returned_twice:
        for n in (2, 3):
            entry(
                book,
                "return_plan",
                "",
                "",
                secretary,
                later(book, day, n),
                "措施太笼统，请写明谁做、做什么、何时完成",
            )
    entry(book, "plan", "", "", clerk, later(book, day, 2), trouble.kind.measures)
    if trouble.is_long_term:
        entry(
            book,
            "hold_open",
            "",
            "",
            book.cast.officer,
            later(book, day, 3),
            "等待项目资金，每季度报一次进展",
        )
    if trouble.stage == St.IN_PROGRESS:
        unfinished(book, trouble, finding, clerk, day)
        return
    finish(book, trouble, finding, clerk, secretary, rng=rng)


def unfinished(book: Book, trouble: Trouble, finding: Finding, clerk, day: date) -> None:
    if trouble.round == 2:
        entry(
            book,
            "rebound",
            St.CLOSED,
            St.IN_PROGRESS,
            book.cast.second_officer,
            day,
            "回头看发现同样问题",
        )
    if not trouble.late:
        entry(book, "progress", "", "", clerk, later(book, day, 4), "已安排专人负责，正在补齐")
    if trouble.wants_more_time:
        book.extensions.append(
            (len(book.findings) - 1, {
                "reason": "资料需向上级调取，请求延期十个工作日",
                "old_due_on": finding.due_on,
                "new_due_on": book.calendar.add_workdays(finding.due_on, 10),
                "asked_at": at(later(book, day, 5)),
                "asked_by": clerk,
            })
        )  # fmt: skip


def finish(book: Book, trouble: Trouble, finding: Finding, clerk, secretary, *, rng) -> None:
    days = rng.randint(4, 14) if trouble.stage == St.CLOSED else 3
    submitted = later(book, finding.issued_on, days)
    entry(
        book,
        "progress",
        "",
        "",
        clerk,
        later(book, finding.issued_on, days - 1),
        "已按措施整改完毕，资料存支部档案柜",
    )
    entry(
        book, "submit", St.IN_PROGRESS, St.SUBMITTED, clerk, submitted, "申请销号，佐证为纸质记录"
    )
    sign(book, "reporter", clerk, trouble.branch, submitted)
    if trouble.stage == St.SUBMITTED:
        return
    verified = later(book, submitted, 1)
    entry(book, "verify", St.SUBMITTED, St.VERIFIED, secretary, verified, "已现场核实")
    sign(book, "verifier", secretary, trouble.branch.parent, verified)
    if trouble.stage == St.VERIFIED:
        return
    finding.closed_on = later(book, verified, rng.randint(1, 5))
    finding.look_back_on = finding.closed_on + timedelta(days=90)
    entry(book, "close", St.VERIFIED, St.CLOSED, book.cast.officer, finding.closed_on, "同意销号")
    sign(book, "closer", book.cast.officer, book.places.county, finding.closed_on)


def later(book: Book, day: date, days: int) -> date:
    return min(day + timedelta(days=days), book.as_of)


def entry(book: Book, move: str, was: str, to: str, by, day: date, note: str = "") -> None:
    hour = 9 + len(book.entries) % 8
    row = {
        "round": 1,
        "move": move,
        "from_stage": was,
        "to_stage": to,
        "by": by,
        "at": at(day, hour),
        "note": note,
    }
    book.entries.append((len(book.findings) - 1, row))


def sign(book: Book, role: str, by, unit: Organization, day: date) -> None:
    row = {"round": 1, "role": role, "by": by, "unit": unit, "at": at(day, 16)}
    book.signoffs.append((len(book.findings) - 1, row))


def save(book: Book) -> None:
    number_notices(book)
    Notification.objects.bulk_create(book.notices.values())
    number_findings(book)
    Finding.objects.bulk_create(book.findings)
    for model, rows in (
        (Entry, book.entries),
        (Signoff, book.signoffs),
        (Extension, book.extensions),
    ):
        model.objects.bulk_create(model(finding=book.findings[n], **row) for n, row in rows)


def number_findings(book: Book) -> None:
    used: dict[int, int] = {}
    for finding in sorted(book.findings, key=lambda f: f.found_on):
        year = finding.found_on.year
        used[year] = used.get(year, 0) + 1
        finding.number = f"{DEFAULT_PREFIX}-{year}-{used[year]:04d}"
    count(book, FINDINGS, used, "")


def number_notices(book: Book) -> None:
    used: dict[int, int] = {}
    for paper in sorted(book.notices.values(), key=lambda n: n.issued_on):
        year = paper.issued_on.year
        used[year] = used.get(year, 0) + 1
        paper.number = f"安组整〔{year}〕{used[year]}号"
    count(book, NOTICES, used, "安组")


def count(book: Book, series: str, used: dict[int, int], prefix: str) -> None:
    Counter.objects.bulk_create(
        Counter(owner=book.places.county, year=year, series=series, value=n, prefix=prefix)
        for year, n in used.items()
    )
