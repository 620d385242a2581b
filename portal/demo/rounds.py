"""Two past cycles, decided and published. Results are computed from what is laid down here."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from branches.models import BranchForm, Meeting, MeetingKind, Organization
from inspections.models import (
    Answer,
    Assessment,
    Cycle,
    CycleState,
    Phase,
    PhaseKind,
    Sheet,
    Source,
    Stage,
)
from inspections.sheets import CARRIED, REST, SINGLE
from inspections.standing import Records, Said, records_for, standing_of
from portal.demo.flaws import Flaw, flaws_in
from portal.demo.people import Cast
from portal.demo.places import Places
from scoring import results
from scoring.archiving import freeze
from scoring.models import Detail, Proposal, Result, RunKind
from scoring.record import frozen, ready
from scoring.tallies import tally
from standards.models import Edition
from standards.rules.evaluate import applies
from standards.sheets import Line, edition_options, sheet


@dataclass
class Round:
    """One cycle as it is being laid down."""

    cycle: Cycle
    rows: list[Assessment]
    year: int
    flaws: dict[int, list[Flaw]]


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def past_rounds(
    places: Places, cast: Cast, edition: Edition, *, passed, rng: Random, as_of: date
) -> list[Round]:
    """The past two years. `passed`: how many passed in each."""
    rounds: list[Round] = []
    for offset, wanted in ((2, passed[0]), (1, passed[1])):
        prior = rounds[-1] if rounds else None
        rounds.append(
            past_round(places, cast, edition, as_of.year - offset, wanted, prior, rng=rng)
        )
    return rounds


def past_round(places, cast, edition, year: int, wanted: int, prior, *, rng: Random) -> Round:
    this = begin(places, edition, year, prior, state=CycleState.OPEN)
    hold_meetings(places, year, date(year, 12, 31), cast, rng=rng)
    targets = aims(places, year, wanted, rng=rng)
    this.flaws = {
        row.pk: flawed(row, targets[row.branch_id], rng=rng, today=date(year, 12, 31))
        for row in this.rows
    }
    judge_all(this, cast, rng=rng)
    publish(this, cast)
    return this


def begin(places: Places, edition, year: int, prior: Round | None, *, state: str) -> Round:
    cycle = Cycle.objects.create(
        owner=places.county,
        edition=edition,
        name=f"{year}年度对标达标",
        state=state,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        prior=prior.cycle if prior else None,
    )
    earlier = {row.branch_id: row for row in prior.rows} if prior else {}
    rows = [
        Assessment(cycle=cycle, branch=branch, prior=earlier.get(branch.pk))
        for branch in places.branches
    ]
    Assessment.objects.bulk_create(rows)
    return Round(cycle=cycle, rows=rows, year=year, flaws={})


def phases(cycle: Cycle, days: dict[str, tuple[date, date]]) -> None:
    Phase.objects.bulk_create(
        Phase(cycle=cycle, kind=kind, starts_on=first, ends_on=last)
        for kind, (first, last) in days.items()
    )


def hold_meetings(places: Places, year: int, last: date, cast: Cast, *, rng: Random) -> None:
    """The year's meetings of every branch up to `last`; every fifth branch missed one or two."""
    rows = []
    for branch in places.branches:
        for kind, day in calls(branch, year, rng):
            if day <= last:
                rows.append(meeting(branch, kind, day, cast))
    Meeting.objects.bulk_create(rows, batch_size=2000)


def calls(branch: Organization, year: int, rng: Random):
    months = list(range(1, 13))
    missed = set(rng.sample(months, rng.choice((0, 0, 0, 0, 1, 2))))
    for month in months:
        if month not in missed:
            yield MeetingKind.COMMITTEE, date(year, month, rng.randint(2, 12))
        yield MeetingKind.THEME_DAY, date(year, month, 15)
        yield MeetingKind.CELL, date(year, month, rng.randint(16, 26))
    for month in (2, 5, 8, 11):
        yield MeetingKind.MEMBER, date(year, month, rng.randint(5, 18))
        yield MeetingKind.CLASS, date(year, month + 1, rng.randint(1, 9))
    yield MeetingKind.LIFE, date(year, 1, rng.randint(10, 25))
    yield MeetingKind.APPRAISAL, date(year, 1, 26)
    yield MeetingKind.TALK, date(year, 1, 8)


def meeting(branch: Organization, kind: str, day: date, cast: Cast) -> Meeting:
    return Meeting(
        organization=branch,
        kind=kind,
        held_on=day,
        paper="会议记录本",
        recorded_at=at(day + timedelta(days=2), 16),
        recorded_by=filer(branch, cast),
    )


def filer(branch: Organization, cast: Cast):
    """Who types for the branch: the clerk of its parent, or of the unit above that."""
    return cast.clerks[branch.parent_id]


BANDS = {"top": (9050, 9850), "good": (8050, 8950), "near": (6200, 7900), "low": (4500, 5900)}


def aims(places: Places, year: int, wanted: int, *, rng: Random) -> dict[int, tuple[int, int]]:
    """A band of points for every branch such that `wanted` of them pass."""
    ids = [branch.pk for branch in places.branches]
    ungraded = [b.pk for b in places.branches if b.profile.form == BranchForm.TEMPORARY]
    order = (
        rng.sample([pk for pk in ids if pk not in ungraded], len(ids) - len(ungraded)) + ungraded
    )
    share = len(ids) / 60
    top = round(18 * share) if year % 2 else round(12 * share)
    low = round(8 * share) if year % 2 else round(7 * share)
    labels = (
        ["top"] * top
        + ["good"] * (wanted - top)
        + ["near"] * (len(ids) - wanted - low)
        + ["low"] * low
    )
    return {pk: BANDS[label] for pk, label in zip(order, labels, strict=True)}


def flawed(row: Assessment, band: tuple[int, int], *, rng: Random, today: date) -> list[Flaw]:
    """Exceptions that bring the branch's total into its band."""
    low, high = band
    edition = row.cycle.edition
    options = edition_options(edition)
    lines = sheet(edition, row.branch.field)
    records = records_for([row], cycle=row.cycle, options=options, today=today)[row.branch_id]
    pool = flaws_of(lines, records, options)
    rng.shuffle(pool)
    window = (row.cycle.starts_on, today)
    chosen: dict[str, Flaw] = {}
    total = sum_of(row, lines, records, chosen, window, options)
    while total > high and pool:
        total -= add_flaws(chosen, pool, room=(total - high, total - low))
        total = sum_of(row, lines, records, chosen, window, options)
    return list(chosen.values())


def add_flaws(chosen: dict[str, Flaw], pool: list[Flaw], *, room: tuple[int, int]) -> int:
    """Move flaws from the pool into `chosen` until their loss, taken as additive, lies within `room`."""
    lost = 0
    while pool and lost < room[0]:
        flaw = pool.pop()
        if flaw.key not in chosen and lost + flaw.loss <= room[1]:
            chosen[flaw.key] = flaw
            lost += flaw.loss
    return lost


def sum_of(row, lines, records: Records, chosen: dict[str, Flaw], window, options) -> int:
    said = {line.key: (Source.ACCEPTANCE, REST, None) for line in lines if line.typed}
    for key, flaw in chosen.items():
        words = Said(True, flaw.values, flaw.remark, "", "", window[1], at(window[1]))
        said[key] = (Source.ACCEPTANCE, SINGLE, words)
    found = standing_of(lines, said, records, window=window, options=options)
    return tally(row.cycle.edition, row.branch, found).composed.total


def flaws_of(lines: tuple[Line, ...], records: Records, options) -> list[Flaw]:
    return [
        flaw
        for line in lines
        if line.maximum and line.typed and applies(line.applies, records.facts)
        for flaw in flaws_in(line, options)
    ]


def judge_all(this: Round, cast: Cast, *, rng: Random) -> None:
    """Self, first check and acceptance of a past year; acceptance found what is laid down."""
    year = this.year
    days = {
        Source.SELF: date(year, 11, 8),
        Source.FIRST_CHECK: date(year, 11, 28),
        Source.ACCEPTANCE: date(year, 12, 16),
    }
    phases(
        this.cycle,
        {
            PhaseKind.SELF: (date(year, 10, 20), date(year, 11, 20)),
            PhaseKind.FIRST_CHECK: (date(year, 11, 21), date(year, 12, 5)),
            PhaseKind.ACCEPTANCE: (date(year, 12, 6), date(year, 12, 25)),
            PhaseKind.DECIDE: (date(year, 12, 26), date(year, 12, 31)),
        },
    )
    admitted = {row.pk: own_word(row, this.flaws[row.pk], rng=rng) for row in this.rows}
    write_sheets(
        this, Source.SELF, admitted, days[Source.SELF], cast, how=CARRIED if year % 2 else SINGLE
    )
    corrected = {
        row.pk: rng.sample(rest, len(rest) // 3)
        for row in this.rows
        if (rest := [f for f in this.flaws[row.pk] if f not in admitted[row.pk]])
    }
    write_sheets(
        this, Source.FIRST_CHECK, corrected, days[Source.FIRST_CHECK], cast, only_flaws=True
    )
    write_sheets(this, Source.ACCEPTANCE, this.flaws, days[Source.ACCEPTANCE], cast, how=REST)
    for row in this.rows:
        row.stage = Stage.CONFIRMED
        row.submitted_at, row.submitted_by = at(days[Source.SELF]), filer(row.branch, cast)
        row.passed_at, row.passed_by = (
            at(days[Source.FIRST_CHECK]),
            cast.secretaries[row.branch.parent_id],
        )
        row.discussed_on, row.changed_at = (
            days[Source.SELF] - timedelta(days=3),
            at(days[Source.ACCEPTANCE]),
        )
    Assessment.objects.bulk_update(this.rows, FILED_FIELDS)


FILED_FIELDS = [
    "stage",
    "submitted_at",
    "submitted_by",
    "passed_at",
    "passed_by",
    "discussed_on",
    "changed_at",
    "round",
]
PROUD = "石埠镇"


def own_word(row: Assessment, flaws: list[Flaw], *, rng: Random) -> list[Flaw]:
    """What the branch admits by itself: one town admits next to nothing."""
    if row.branch.parent.short_name == PROUD:
        return flaws[:0]
    return rng.sample(flaws, len(flaws) // 2)


def write_sheets(
    this: Round,
    source: str,
    flaws: dict[int, list[Flaw]],
    day: date,
    cast: Cast,
    *,
    how=SINGLE,
    only_flaws=False,
) -> None:
    """Sheets with their coverage and answers for every assessment named in `flaws`."""
    sheets, answers = [], []
    for row in this.rows:
        if row.pk not in flaws:
            continue
        lines = sheet(this.cycle.edition, row.branch.field)
        keys = [] if only_flaws else [line.key for line in lines if line.typed]
        each = Sheet(
            assessment=row, source=source, coverage=dict.fromkeys(keys, how), changed_at=at(day)
        )
        each.coverage |= {flaw.key: SINGLE for flaw in flaws[row.pk]}
        sheets.append(each)
        answers += [said(each, flaw, day, author(source, row, cast)) for flaw in flaws[row.pk]]
    Sheet.objects.bulk_create(sheets)
    Answer.objects.bulk_create(answers)


def author(source: str, row: Assessment, cast: Cast):
    if source == Source.SELF:
        return filer(row.branch, cast)
    return (
        cast.secretaries[row.branch.parent_id]
        if source == Source.FIRST_CHECK
        else cast.inspectors[0]
    )


def said(each: Sheet, flaw: Flaw, day: date, by) -> Answer:
    return Answer(
        sheet=each,
        clause_key=flaw.key,
        measures=flaw.values,
        remark=flaw.remark,
        on=day,
        at=at(day),
        by=by,
    )


def publish(this: Round, cast: Cast) -> None:
    """Computed as of 5 January, decided and published on the 12th."""
    day = date(this.year + 1, 1, 5)
    results.compute(this.cycle, now=at(day))
    rows = Result.objects.filter(cycle=this.cycle)
    final = {
        "decided_on": day + timedelta(days=4),
        "document_number": f"安组发〔{this.year + 1}〕2号",
        "published_at": at(day + timedelta(days=7)),
        "published_by": cast.officer,
        "decided_by": cast.second_officer,
    }
    for row in ready(rows.select_related("cycle__edition", "detail")):
        final["decided_pass"] = row.proposal == Proposal.PASS
        Detail.objects.filter(pk=row.pk).update(**frozen(row))
        Result.objects.filter(pk=row.pk).update(**final)
    freeze(
        this.cycle,
        rows.all(),
        kind=RunKind.PUBLISHED,
        by=cast.officer,
        reason=final["document_number"],
        now=final["published_at"],
    )
    Cycle.objects.filter(pk=this.cycle.pk).update(state=CycleState.CLOSED)
    this.cycle.state = CycleState.CLOSED
