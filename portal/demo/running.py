"""The running cycle: 46 of 60 filed, nine typing, three returned, two not begun."""

from datetime import date, timedelta
from random import Random

from inspections.models import (
    Answer,
    Assessment,
    CycleState,
    Mark,
    PhaseKind,
    Sheet,
    Source,
    Stage,
    Step,
)
from inspections.sheets import CARRIED, SINGLE, reopen
from inspections.standing import records_for
from portal.demo.flaws import Flaw
from portal.demo.people import Cast
from portal.demo.places import Places
from portal.demo.rounds import (
    FILED_FIELDS,
    Round,
    add_flaws,
    at,
    begin,
    filer,
    flaws_of,
    hold_meetings,
    phases,
    write_sheets,
)
from standards.models import Edition, Mode
from standards.sheets import edition_options, sheet


def running_round(
    places: Places, cast: Cast, edition: Edition, prior: Round, *, rng: Random, as_of: date
) -> Round:
    """The year in hand: 46 of 60 filed, 9 typing, 3 returned, 2 not begun (in proportion at scale)."""
    this = begin(places, edition, as_of.year, prior, state=CycleState.OPEN)
    last = date(as_of.year, 12, 31)
    phases(
        this.cycle,
        {
            PhaseKind.SELF: (as_of - timedelta(days=32), as_of - timedelta(days=1)),
            PhaseKind.FIRST_CHECK: (as_of, min(as_of + timedelta(days=14), last)),
            PhaseKind.ACCEPTANCE: (
                min(as_of + timedelta(days=15), last),
                min(as_of + timedelta(days=34), last),
            ),
            PhaseKind.DECIDE: (min(as_of + timedelta(days=35), last), last),
        },
    )
    hold_meetings(places, as_of.year, as_of, cast, rng=rng)
    set_stages(this, cast, rng=rng, as_of=as_of)
    return this


def set_stages(this: Round, cast: Cast, *, rng: Random, as_of: date) -> None:
    plan = stages_for(this.rows, rng=rng)
    pool = {row.pk: admitted(row, rng=rng, today=as_of) for row in this.rows}
    this.flaws = pool
    filed_on = as_of - timedelta(days=6)
    begun = {
        pk: pool[pk] for pk, stage in plan.items() if stage not in (Stage.NOT_BEGUN, Stage.DRAFTING)
    }
    write_sheets(this, Source.SELF, begun, filed_on, cast, how=CARRIED)
    write_drafts(this, [r for r in this.rows if plan[r.pk] == Stage.DRAFTING], filed_on, cast)
    checked = {pk: pool[pk][:1] for pk in begun if plan[pk] == Stage.PASSED and pk % 4 == 0}
    write_sheets(
        this, Source.FIRST_CHECK, checked, as_of - timedelta(days=2), cast, only_flaws=True
    )
    for row in this.rows:
        row.stage = plan[row.pk]
        dress(row, cast, filed_on=filed_on, as_of=as_of)
    Assessment.objects.bulk_update(this.rows, FILED_FIELDS)
    steps_and_marks(this, cast, filed_on=filed_on, as_of=as_of)


def stages_for(rows: list[Assessment], *, rng: Random) -> dict[int, str]:
    share = len(rows) / 60
    returned, none, drafting = round(3 * share), round(2 * share), round(9 * share)
    passed = round(28 * share)
    labels = [Stage.RETURNED] * returned + [Stage.NOT_BEGUN] * none + [Stage.DRAFTING] * drafting
    labels += [Stage.PASSED] * passed
    labels += [Stage.SUBMITTED] * (len(rows) - len(labels))
    rng.shuffle(labels)
    plan = {row.pk: label for row, label in zip(rows, labels, strict=True)}
    fixed = {row.branch.short_name: row.pk for row in rows}
    for name, stage in FIXED.items():
        swap(plan, fixed[name], stage)
    return plan


FIXED = {
    "双井村党支部": Stage.PASSED,
    "上坝村党支部": Stage.RETURNED,
    "樟树坪村党支部": Stage.SUBMITTED,
    "河沿村党支部": Stage.DRAFTING,
    "东岔口村党支部": Stage.DRAFTING,
    "石板沟村党支部": Stage.DRAFTING,
    "新禾村党支部": Stage.NOT_BEGUN,
}


def swap(plan: dict[int, str], pk: int, stage: str) -> None:
    """Give one branch a stage by trading with another, so that the counts stay."""
    other = next((k for k, v in plan.items() if v == stage and k != pk), None)
    if plan[pk] != stage and other is not None:
        plan[pk], plan[other] = stage, plan[pk]


# What a branch says it falls short by this year, in centi-points; most say little.
ADMITTED = ((0, 300), (0, 300), (300, 800), (600, 1200), (1100, 1800), (1800, 2600))


def admitted(row: Assessment, *, rng: Random, today: date) -> list[Flaw]:
    """The shortfalls a branch files by itself this year."""
    edition = row.cycle.edition
    options = edition_options(edition)
    records = records_for([row], cycle=row.cycle, options=options, today=today)[row.branch_id]
    pool = flaws_of(sheet(edition, row.branch.field), records, options)
    rng.shuffle(pool)
    chosen: dict[str, Flaw] = {}
    add_flaws(chosen, pool, room=rng.choice(ADMITTED))
    return list(chosen.values())


def write_drafts(this: Round, rows: list[Assessment], day: date, cast: Cast) -> None:
    """Begun, not filed: the first ones have answered all that is counted anew, the others half."""
    sheets = []
    for n, row in enumerate(rows):
        lines = sheet(this.cycle.edition, row.branch.field)
        keys = [
            x.key
            for x in lines
            if x.typed and (x.mode == Mode.PERIOD or has_failed(row, x.key, this))
        ]
        sheets.append(
            Sheet(
                assessment=row,
                source=Source.SELF,
                coverage=dict.fromkeys(keys if n < 6 else keys[::2], SINGLE),
                changed_at=at(day),
            )
        )
    Sheet.objects.bulk_create(sheets)


def has_failed(row: Assessment, key: str, this: Round) -> bool:
    """Answered as put right when last year's acceptance found it short."""
    return (
        row.prior is not None
        and Answer.objects.filter(
            sheet__assessment=row.prior, sheet__source=Source.ACCEPTANCE, clause_key=key
        ).exists()
    )


def dress(row: Assessment, cast: Cast, *, filed_on: date, as_of: date) -> None:
    row.changed_at = at(filed_on) if row.stage != Stage.NOT_BEGUN else None
    if row.stage in (Stage.SUBMITTED, Stage.PASSED):
        row.submitted_at, row.submitted_by = at(filed_on), filer(row.branch, cast)
        row.discussed_on = filed_on - timedelta(days=2)
    if row.stage == Stage.PASSED:
        row.passed_at = at(as_of - timedelta(days=2))
        row.passed_by = cast.secretaries[row.branch.parent_id]
    if row.stage == Stage.RETURNED:
        row.round = 2


def steps_and_marks(this: Round, cast: Cast, *, filed_on: date, as_of: date) -> None:
    steps, marks = [], []
    for row in this.rows:
        clerk, secretary = filer(row.branch, cast), cast.secretaries[row.branch.parent_id]
        if row.stage in (Stage.SUBMITTED, Stage.PASSED, Stage.RETURNED):
            steps.append(step(row, "submit", Stage.DRAFTING, Stage.SUBMITTED, clerk, at(filed_on)))
        if row.stage == Stage.PASSED:
            steps.append(step(row, "pass", Stage.SUBMITTED, Stage.PASSED, secretary, row.passed_at))
        if row.stage == Stage.RETURNED:
            note = "支委会记录与填报次数不一致，请核对后再报"
            steps.append(
                step(
                    row,
                    "return",
                    Stage.SUBMITTED,
                    Stage.RETURNED,
                    secretary,
                    at(as_of - timedelta(days=1)),
                    note,
                )
            )
            marks.append(Mark(assessment=row, clause_key="systems.records", round=2, reason=note))
    Step.objects.bulk_create(steps)
    Mark.objects.bulk_create(marks)
    for mark in marks:
        reopen(mark.assessment, Source.SELF, [mark.clause_key], now=at(as_of - timedelta(days=1)))


def step(row: Assessment, move: str, was: str, to: str, by, when, note="") -> Step:
    return Step(assessment=row, move=move, from_stage=was, to_stage=to, by=by, at=when, note=note)
