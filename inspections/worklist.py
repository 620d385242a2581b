"""Self-assessment by exceptions: what of a branch's sheet asks for work this cycle, and why.

A carried clause opens with the last answer; what records know is never asked; only what is new,
failed last time, has a finding open, or is due again waits for an answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from inspections.earlier import Earlier, Past, earlier
from inspections.models import Answer, Assessment, Cycle, Finding, Mark, Sheet, Source, Stage
from inspections.querysets import UNRELEASED
from inspections.sheets import CARRIED as TAKEN_OVER
from inspections.sheets import DRAFT
from inspections.standing import RECORDS as FROM_RECORDS
from inspections.standing import Records, Standing, derive, records_for, window_of
from standards.models import Clause, Mode
from standards.rules.evaluate import applies
from standards.sheets import Line, edition_options, sheet

CARRIED, RECORDS, ANSWERED, ASK, LEFT_OUT = "carried", "records", "answered", "ask", "left_out"
NEW, FAILED, COUNTED, RETURNED, FOUND, UNFINISHED, CHANGED, PHOTO = (
    "new", "failed", "counted", "returned", "found", "unfinished", "changed", "photo",
)  # fmt: skip
TYPABLE = (Stage.NOT_BEGUN, Stage.DRAFTING, Stage.RETURNED)
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Item:
    """One clause as the filer meets it. `why` is set when state is "ask".

    last: what stood at the end of the cycle before, past: in the words of that time where the rule has
    changed since. now: what records say, None where they know
    nothing, owed: the same if no meeting at all had been held. how: how the self-assessment covers it. rests: without an answer nothing would wait.
    """

    line: Line
    state: str
    why: str = ""
    last: Standing | None = None
    past: Past | None = None
    now: Standing | None = None
    owed: Mapping = field(default_factory=dict)
    answer: Answer | None = None
    how: str = ""
    is_open: bool = True
    mark: str = ""
    rests: bool = False

    @property
    def waits(self) -> bool:
        return self.state == ASK


@dataclass(frozen=True)
class Known:
    """What decides one clause besides its own sheet."""

    facts: Mapping
    earlier: Earlier
    now: Standing | None
    owed: Mapping
    is_due: bool
    is_found: bool
    mark: str | None
    """None: no return is pending; "": not marked in it."""
    has_file: bool
    is_typed: bool
    """It is still with the branch: what was filed is not asked for again."""


def worklists(assessments: Iterable[Assessment], *, today: date) -> dict[int, list[Item]]:
    """Items per assessment of one cycle, in the sheet's order (constant number of queries).

    assessments need `branch`, `cycle__edition` and `cycle__prior` loaded.
    """
    rows = list(assessments)
    if not rows:
        return {}
    cycle = rows[0].cycle
    options = edition_options(cycle.edition)
    window = window_of(cycle, today=today)
    records = records_for(rows, cycle=cycle, options=options, today=today)
    before, own, marks = earlier(rows, today=today), own_sheets(rows), marked(rows)
    due, found, filed = due_again(cycle), open_findings(rows), files_behind(cycle, rows)

    def known(row: Assessment, line: Line) -> Known:
        told = records[row.branch_id]
        derived = derive(line, told, window=window, options=options)
        return Known(
            facts=told.facts,
            earlier=before.get(row.pk, {}).get(line.key, NOTHING_EARLIER),
            now=Standing(FROM_RECORDS, FROM_RECORDS, True, derived) if derived else None,
            owed=derive(line, Records(told.facts), window=window, options=options)
            if derived
            else {},
            is_due=line.mode == Mode.PERIOD and line.key in due,
            is_found=(row.branch_id, line.key) in found,
            mark=marks[row.pk].get(line.key, "") if row.pk in marks else None,
            has_file=(row.branch_id, line.key) in filed,
            is_typed=row.stage in TYPABLE,
        )

    return {
        row.pk: [
            item(line, known(row, line), *own.get(row.pk, NOTHING))
            for line in sheet(cycle.edition, row.branch.field)
        ]
        for row in rows
    }


NOTHING: tuple[dict, dict] = ({}, {})
NOTHING_EARLIER = Earlier(None)


def item(line: Line, known: Known, coverage: Mapping[str, str], answers: Mapping) -> Item:
    how = coverage.get(line.key, "")
    said = {
        "line": line,
        "last": known.earlier.standing,
        "past": known.earlier.past,
        "now": known.now,
        "owed": known.owed,
        "answer": answers.get(line.key),
        "how": how,
        "mark": known.mark or "",
        "is_open": known.mark is None or bool(known.mark) or not how,
    }
    if not applies(line.applies, known.facts):
        return Item(state=LEFT_OUT, **said)
    why = asked(line, known)
    said["rests"] = not why
    if how == TAKEN_OVER and not why:
        return Item(state=CARRIED, **said)
    is_judged = bool(how) and how != DRAFT
    if (is_judged or not why) and lacks_photo(line, known, said["answer"]):
        return Item(state=ASK, why=PHOTO, **said)
    if is_judged:
        return Item(state=ANSWERED, **said)
    if how == DRAFT:
        return Item(state=ASK, why=UNFINISHED, **said)
    if why:
        return Item(state=ASK, why=why, **said)
    return Item(state=RECORDS if line.from_records else CARRIED, **said)


def asked(line: Line, known: Known) -> str:
    """Why somebody has to look at the clause; "" when nobody has to."""
    if known.mark:
        return RETURNED
    if line.from_records:
        return ""
    last, past = known.earlier.standing, known.earlier.past
    if last is None:
        return COUNTED if known.is_due else CHANGED if past else NEW
    if last.is_exception and last.applicable:
        return FAILED
    if known.is_found:
        return FOUND
    return COUNTED if known.is_due else ""


def lacks_photo(line: Line, known: Known, answer: Answer | None) -> bool:
    """The standard says why a photo is needed, and no file stands behind the clause. One cited in any cycle
    serves on while the clause is carried; what does not apply needs none."""
    if not line.photo_reason or line.from_records or not known.is_typed:
        return False
    said = answer or known.earlier.standing
    if (said and not said.applicable) or (answer and answer.evidence.all()):
        return False
    return known.is_due or not known.has_file


def files_behind(cycle: Cycle, rows: list[Assessment]) -> frozenset[tuple[int, str]]:
    """(branch, clause) where a photo is needed and some file was cited, now or in an earlier cycle."""
    sheets = [sheet(cycle.edition, field) for field in {row.branch.field for row in rows}]
    keys = {line.key for lines in sheets for line in lines if line.photo_reason}
    if not keys:
        return frozenset()
    branches = [row.branch_id for row in rows]
    cited = Answer.objects.filter(
        sheet__assessment__branch__in=branches, clause_key__in=keys, evidence__isnull=False
    )
    return frozenset(cited.values_list("sheet__assessment__branch_id", "clause_key").distinct())


def due_again(cycle: Cycle) -> frozenset[str]:
    """Per-period clauses whose natural cycle has come round since the last cycle (invariant A7)."""
    rows = Clause.objects.filter(edition_id=cycle.edition_id, mode=Mode.PERIOD)
    before = cycle.prior.ends_on if cycle.prior else None
    return frozenset(
        key
        for key, cadence in rows.values_list("key", "cadence")
        if before is None or season(before, cadence) != season(cycle.ends_on, cadence)
    )


def season(day: date, cadence: str) -> tuple[int, int] | date:
    """The month, quarter, half or year a day lies in; without a cadence every day is its own."""
    months = MONTHS.get(cadence)
    return (day.year, (day.month - 1) // months) if months else day


def own_sheets(rows: list[Assessment]) -> dict[int, tuple[dict, dict]]:
    """{assessment: (coverage, answers by clause)} of the self-assessment being typed."""
    sheets = Sheet.objects.filter(assessment__in=rows, source=Source.SELF).prefetch_related(
        "answers__evidence", "answers__by"
    )
    return {
        each.assessment_id: (each.coverage, {a.clause_key: a for a in each.answers.all()})
        for each in sheets
    }


def marked(rows: list[Assessment]) -> dict[int, dict[str, str]]:
    """For returned ones the clauses that are open again, with the reviewer's reason."""
    turns = {row.pk: row.round for row in rows if row.stage == Stage.RETURNED}
    result: dict[int, dict[str, str]] = {pk: {} for pk in turns}
    if not turns:
        return result
    marks = Mark.objects.filter(assessment__in=turns)
    for pk, turn, key, reason in marks.values_list("assessment", "round", "clause_key", "reason"):
        if turn == turns[pk]:
            result[pk][key] = reason
    return result


def open_findings(rows: list[Assessment]) -> frozenset[tuple[int, str]]:
    """(branch, clause) with a released finding that is not closed."""
    found = Finding.objects.open().exclude(stage__in=UNRELEASED).exclude(clause_key="")
    branches = [row.branch_id for row in rows]
    return frozenset(found.filter(branch__in=branches).values_list("branch_id", "clause_key"))


def unchanged(items: Iterable[Item]) -> bool:
    """Nothing waits for an answer: the branch may go into the batch."""
    return not any(each.waits and each.is_open for each in items)
