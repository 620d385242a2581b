"""A paper checklist typed in afterwards: every clause one line, one post, the true date of the visit."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.fields import too_long
from accounts.refusal import Refused
from branches.permits import require
from branches.scope import Actor
from inspections import visiting
from inspections.answers_form import short_of
from inspections.logging import log
from inspections.models import FindingSource, Source, Stop
from inspections.permits_visits import TABLE
from inspections.sheets import SINGLE, Judgement, judge, judge_rest
from inspections.stop_rows import NA, NO, YES, Row
from portal.kit.normal import Unclean, clean_text
from standards.language import reader
from standards.measures_form import Button, buttons
from standards.measures_form import read as read_measures
from standards.measures_read import POINTS, REASON
from standards.sheets import Line

VERDICTS = (YES, NO, NA)
LONGEST = 1_000
SEPARATOR = "="


@dataclass(frozen=True)
class Entry:
    """One clause of the paper as typed. `choices`: the quick measures; `asks_points`: a number to take off."""

    row: Row
    verdict: str = ""
    short: str = ""
    points: str = ""
    text: str = ""
    values: Mapping[str, Any] | None = None
    error: str = ""

    @property
    def line(self) -> Line:
        return self.row.line

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(coded(b), f"{b.label} {b.price}".strip()) for b in buttons(self.line, reader())]

    @property
    def asks_points(self) -> bool:
        return judged_measure(self.line) is not None


@dataclass(frozen=True)
class PaperSheet:
    rows: tuple[Entry, ...]

    @property
    def errors(self) -> int:
        return sum(bool(row.error) for row in self.rows)


def coded(button: Button) -> str:
    return f"{button.name}{SEPARATOR}{button.value}"


def judged_measure(line: Line) -> str | None:
    """The measure under which a person takes off points, when that is all the clause asks."""
    kinds = {measure.kind for measure in line.typed}
    return line.typed[0].name if kinds == {"points"} else None


def read(rows: Iterable[Row], post: Any) -> PaperSheet:
    """Every clause the team judges; without a post as it stands now."""
    wanted = [row for row in rows if row.counts]
    if post is None:
        return PaperSheet(tuple(Entry(row, verdict=known(row)) for row in wanted))
    return PaperSheet(tuple(read_line(row, post) for row in wanted))


def known(row: Row) -> str:
    return row.state if row.state in VERDICTS else ""


def read_line(row: Row, post: Any) -> Entry:
    name = f"{row.key}:"
    typed = {
        "verdict": post.get(name + "verdict", ""),
        "short": post.get(name + "short", ""),
        "points": post.get(name + "points", "").strip(),
    }
    if typed["verdict"] not in VERDICTS:
        typed["verdict"] = ""
    raw = post.get(name + "text", "")
    try:
        text = clean_text(raw).strip()
    except Unclean as bad:
        return Entry(row, **typed, error=bad.sentence)
    values, error = measured(row, typed, text)
    return Entry(row, **typed, text=text, values=values, error=error or wrong(row, typed, text))


def measured(row: Row, typed: Mapping[str, str], text: str) -> tuple[dict | None, str]:
    """(measures that fall short or None, a sentence): only of a problem."""
    if typed["verdict"] != NO:
        return None, ""
    given: dict[str, list[str]] = {}
    name, separator, value = typed["short"].partition(SEPARATOR)
    if separator:
        given[name] = [value]
    judged = judged_measure(row.line)
    if judged and typed["points"]:
        given |= {judged + POINTS: [typed["points"]], judged + REASON: [text[:300]]}
    values, errors = read_measures(row.line, given)
    return short_of(row.line, values) or None, " ".join(errors.values())


def wrong(row: Row, typed: Mapping[str, str], text: str) -> str:
    verdict = typed["verdict"]
    if sentence := too_long(text, most=LONGEST, name=_("What is wrong")):
        return sentence
    if not verdict and (text or typed["short"] or typed["points"]):
        return _("Something is noted here but no verdict is ticked.")
    if verdict == NA and not text and row.state != NA:
        return _("Say why the clause does not apply here.")
    if verdict == NO and row.is_award:
        as_known = row.state == NO and not text
        return (
            ""
            if as_known
            else _("Enter an award at its clause: it needs the matter and the level.")
        )
    noted = typed["short"] or typed["points"] or not row.findings
    if verdict == NO and not text and noted:
        return _("Say in a sentence what is wrong.")
    return ""


@transaction.atomic
def enter(
    actor: Actor, stop: Stop, *, sheet: PaperSheet, key: uuid.UUID, on: date, now: datetime
) -> int:
    """Write the paper's verdicts and problems. The same form again changes nothing. Returns its clauses."""
    visiting.hold(stop)
    require(TABLE, actor, "stop.judge", stop, _(visiting.NOT_OPEN))
    if not stop.visit.starts_on <= on <= actor.today:
        raise Refused(
            _("The day lies between the first day of the visit and today."), field="visited_on"
        )
    typed = [row for row in sheet.rows if row.verdict]
    body = {"on": on.isoformat(), "rows": [spoken(row) for row in typed]}
    if not visiting.taken_first(actor, stop, key, kind="paper", body=body, device_at=None, now=now):
        return len(typed)
    said = [row for row in typed if not unchanged(row)]
    visiting.arrive(stop, on=on)
    Stop.objects.filter(pk=stop.pk).update(visited_on=on)
    conforming(actor, stop, [row for row in said if row.verdict == YES], on=on, now=now)
    for row in said:
        if row.verdict == NA:
            write(actor, stop, Judgement(row.row.key, applicable=False, remark=row.text), on, now)
        elif row.verdict == NO:
            problem(actor, stop, row, key=key, on=on, now=now)
    return len(typed)


def unchanged(row: Entry) -> bool:
    """The line stands as it was already known: nothing was typed to it."""
    return row.verdict == row.row.state and not row.text and not row.values


def spoken(row: Entry) -> dict[str, Any]:
    return {"clause": row.row.key, "verdict": row.verdict, "text": row.text, "values": row.values}


def conforming(actor: Actor, stop: Stop, rows: list[Entry], *, on: date, now: datetime) -> None:
    """Clauses nobody judged yet are covered at once; the others give up what was said of them."""
    if not rows:
        return
    assessment = visiting.assessment_of(stop)
    fresh = [row.row.key for row in rows if row.row.is_open]
    judge_rest(assessment, Source.ACCEPTANCE, fresh, now=now, how=SINGLE)
    for row in rows:
        if not row.row.is_open:
            visiting.refuse_over_problem(stop, row.row.key)
            write(actor, stop, Judgement(row.row.key), on, now)


def write(actor: Actor, stop: Stop, judgement: Judgement, on: date, now: datetime) -> None:
    assessment = visiting.assessment_of(stop)
    judge(assessment, Source.ACCEPTANCE, judgement, by=actor.user, now=now, on=on, how=SINGLE)


def problem(
    actor: Actor, stop: Stop, row: Entry, *, key: uuid.UUID, on: date, now: datetime
) -> None:
    log(
        actor,
        branch=stop.branch,
        text=row.text,
        source=FindingSource.ACCEPTANCE,
        stop=stop,
        clause_key=row.row.key,
        values=row.values,
        found_on=on,
        now=now,
        client_key=uuid.uuid5(key, row.row.key),
    )
