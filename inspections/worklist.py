"""Self-assessment by exceptions: what of a branch's sheet asks for work this cycle, and why.

A carried clause opens with the last answer; what records know is never asked; only what is new,
failed last time, or counted anew each period waits for an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspections.models import Answer, Assessment, Sheet, Source, Stage
from inspections.standing import Standing, records_for, standings
from standards.models import Mode
from standards.rules.evaluate import applies
from standards.sheets import Line, edition_options, sheet

CARRIED, RECORDS, ANSWERED, ASK, LEFT_OUT = "carried", "records", "answered", "ask", "left_out"
NEW, FAILED, COUNTED, RETURNED = "new", "failed", "counted", "returned"


@dataclass(frozen=True)
class Item:
    """One clause as the filer meets it. `why` is set when state is "ask"."""

    line: Line
    state: str
    why: str = ""
    last: Standing | None = None
    now: Standing | None = None
    answer: Answer | None = None
    is_open: bool = True
    mark: str = ""

    @property
    def waits(self) -> bool:
        return self.state == ASK


def worklists(assessments: Iterable[Assessment], *, today: date) -> dict[int, list[Item]]:
    """Items per assessment of one cycle, in the sheet's order (constant number of queries)."""
    rows = list(assessments)
    if not rows:
        return {}
    cycle = rows[0].cycle
    options = edition_options(cycle.edition)
    records = records_for(rows, cycle=cycle, options=options, today=today)
    before = earlier(rows, today=today)
    own = own_sheets(rows)
    marks = marked(rows)
    known = standings(rows, today=today, sources=())
    return {
        row.pk: [
            item(
                line,
                facts=records[row.branch_id].facts,
                last=before.get(row.pk, {}).get(line.key),
                records=known[row.pk].get(line.key),
                said=own.get(row.pk, NOTHING),
                marks=marks.get(row.pk),
            )
            for line in sheet(cycle.edition, row.branch.field)
        ]
        for row in rows
    }


NOTHING: tuple[dict, dict] = ({}, {})


def item(line: Line, *, facts, last, records, said, marks) -> Item:
    coverage, answers = said
    mark = (marks or {}).get(line.key, "")
    is_open = marks is None or line.key in marks
    common = {"line": line, "last": last, "is_open": is_open, "mark": mark}
    if not applies(line.applies, facts):
        return Item(state=LEFT_OUT, **common)
    if line.key in coverage and not (marks and line.key in marks and mark):
        return Item(state=ANSWERED, answer=answers.get(line.key), now=records, **common)
    if line.from_records:
        return Item(state=RECORDS, now=records, answer=answers.get(line.key), **common)
    return asked(line, last, answers, common)


def asked(line: Line, last: Standing | None, answers, common) -> Item:
    answer = answers.get(line.key)
    if common["mark"]:
        return Item(state=ASK, why=RETURNED, answer=answer, **common)
    if line.mode == Mode.PERIOD:
        return Item(state=ASK, why=COUNTED, answer=answer, **common)
    if last is None:
        return Item(state=ASK, why=NEW, answer=answer, **common)
    if last.is_exception and last.applicable:
        return Item(state=ASK, why=FAILED, answer=answer, **common)
    return Item(state=CARRIED, answer=answer, **common)


def earlier(rows: list[Assessment], *, today: date) -> dict[int, dict[str, Standing]]:
    """Each row's last confirmed standings: those of the assessment it follows."""
    prior_ids = [row.prior_id for row in rows if row.prior_id]
    if not prior_ids:
        return {}
    prior = Assessment.objects.filter(pk__in=prior_ids).select_related("branch", "cycle__edition")
    by_prior = standings(prior, today=today)
    return {row.pk: by_prior[row.prior_id] for row in rows if row.prior_id in by_prior}


def own_sheets(rows: list[Assessment]) -> dict[int, tuple[dict, dict]]:
    """{assessment: (coverage, answers by clause)} of the self-assessment being typed."""
    sheets = Sheet.objects.filter(assessment__in=rows, source=Source.SELF).prefetch_related(
        "answers__evidence"
    )
    return {
        each.assessment_id: (each.coverage, {a.clause_key: a for a in each.answers.all()})
        for each in sheets
    }


def marked(rows: list[Assessment]) -> dict[int, dict[str, str]]:
    """For returned ones the clauses that are open again, with the reviewer's reason."""
    result: dict[int, dict[str, str]] = {}
    for row in rows:
        if row.stage == Stage.RETURNED:
            result[row.pk] = {
                m.clause_key: m.reason for m in row.marks.all() if m.round == row.round
            }
    return result


def unchanged(items: Iterable[Item]) -> bool:
    """Nothing waits for an answer: the branch may go into the batch."""
    return not any(each.waits for each in items)
