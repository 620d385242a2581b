"""What a stop's page shows clause by clause: the team's verdict, what was said before, what may be pressed.

One constant set of queries however many clauses the sheet has.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from branches.facts import facts_for
from inspections.answers_form import prefix_of, verdict_words
from inspections.filing_words import bracketed, said
from inspections.models import Answer, Assessment, Finding, FindingStage, Sheet, Source, Stop
from inspections.standing import Standing, serious_overdue, standings
from inspections.visiting import countable, facts_of, lines_of, with_open_findings
from inspections.wording_visits import due_choices
from standards.language import reader
from standards.measures_form import Question, questions
from standards.rules.evaluate import applies
from standards.rules.options import Options
from standards.sheets import Line, edition_options, sheets
from standards.shortfalls import is_award, is_guard

OPEN, YES, NO, NA, RECORDS, LEFT_OUT = "open", "yes", "no", "na", "records", "left_out"
JUDGED = (YES, NO, NA)
TONES = {OPEN: "muted", YES: "ok", NO: "overdue", NA: "muted", RECORDS: "info", LEFT_OUT: "muted"}
RECENT = 1_000
# 无故缺次数（每周1次）: what stands in brackets is for whoever fills in.
NOTE = re.compile("（.*?）|\\(.*?\\)")


@dataclass(frozen=True)
class Row:
    """One clause on site. `doubt`: why 其余均符合 leaves it out. `open_panel`: shown unfolded (a wrong form)."""

    line: Line
    state: str
    words: str
    self_words: str = ""
    self_who: str = ""
    self_short: bool = False
    doubt: str = ""
    findings: tuple[Finding, ...] = ()
    phrases: tuple[str, ...] = ()
    given: Mapping[str, list[str]] | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    is_hidden: bool = False

    @property
    def key(self) -> str:
        return self.line.key

    @property
    def is_award(self) -> bool:
        return is_award(self.line)

    @property
    def tone(self) -> str:
        return "ok" if self.is_award and self.state == NO else TONES[self.state]

    @property
    def taps(self) -> dict[str, str]:
        """符合/有问题; where a clause only names a harm or an award, 没有/有."""
        return taps_of(self.line)

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def counts(self) -> bool:
        """Whether the clause is one of those the team goes through."""
        return self.state in (OPEN, *JUDGED)

    @property
    def text(self) -> str:
        return self.line.wording(reader())

    @property
    def dues(self) -> list[tuple[str, str]]:
        return due_choices(self.line)

    @property
    def questions(self) -> Iterable[Question]:
        prefix = prefix_of(self.line.key)
        if self.given is None:
            return blank_questions(self.line, reader(), prefix)
        return questions(self.line, reader(), prefix=prefix, post=self.given, errors=self.errors)


class ByIdentity:
    """A sheet's line as a cache key: lines of issued editions live as long as the process keeps them."""

    def __init__(self, line: Line):
        self.line = line

    def __hash__(self) -> int:
        return id(self.line)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and self.line is other.line


def blank_questions(line: Line, lang: str, prefix: str) -> tuple[Question, ...]:
    return _blank(ByIdentity(line), lang, prefix)


@lru_cache(maxsize=2_048)
def _blank(held: ByIdentity, lang: str, prefix: str) -> tuple[Question, ...]:
    return tuple(questions(held.line, lang, prefix=prefix))


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    assessment: Assessment | None

    @property
    def counted(self) -> list[Row]:
        return [row for row in self.rows if row.counts]

    @property
    def judged(self) -> int:
        return sum(row.state in JUDGED for row in self.rows)

    @property
    def total(self) -> int:
        return len(self.counted)

    @property
    def unjudged(self) -> list[Row]:
        return [row for row in self.rows if row.is_open]

    @property
    def rest(self) -> list[Row]:
        """What 其余均符合 would take."""
        return [row for row in self.unjudged if not row.doubt]

    @property
    def left_out(self) -> list[Row]:
        return [row for row in self.unjudged if row.doubt]


def page_of(stop: Stop, *, today: date, only: Collection[str] | None = None) -> Page:
    """Rows of the stop's sheet in order; `only` narrows to some clauses (the answer to a tap)."""
    assessment = find_assessment(stop)
    if assessment is None:
        return Page((), None)
    lines = [line for line in lines_of(stop) if only is None or line.key in only]
    seen = Seen.of(stop, assessment, today=today)
    return Page(tuple(row_of(line, seen) for line in lines), assessment)


def find_assessment(stop: Stop) -> Assessment | None:
    rows = Assessment.objects.filter(cycle=stop.visit.cycle, branch=stop.branch)
    return rows.select_related("branch", "cycle__edition").first() if stop.visit.cycle else None


@dataclass(frozen=True)
class Seen:
    """What was loaded once for all rows."""

    facts: Mapping[str, Any]
    coverage: Mapping[str, str]
    answers: Mapping[str, Answer]
    before: Mapping[str, Standing]
    open_keys: Collection[str]
    findings: Mapping[str, list[Finding]]
    used: Mapping[str, list[str]]
    options: Options

    @classmethod
    def of(cls, stop: Stop, assessment: Assessment, *, today: date) -> "Seen":
        coverage, answers = accepted(assessment)
        said_before = standings(
            [assessment], today=today, sources=(Source.FIRST_CHECK, Source.SELF)
        )
        return cls(
            facts=facts_of(assessment, today=today),
            coverage=coverage,
            answers=answers,
            before=said_before[assessment.pk],
            open_keys=with_open_findings(stop),
            findings=logged_at(stop),
            used=texts_used(stop),
            options=edition_options(assessment.cycle.edition),
        )


def accepted(assessment: Assessment) -> tuple[dict[str, str], dict[str, Answer]]:
    sheet = Sheet.objects.filter(assessment=assessment, source=Source.ACCEPTANCE).first()
    if sheet is None:
        return {}, {}
    return sheet.coverage, {a.clause_key: a for a in sheet.answers.select_related("by")}


def logged_at(stop: Stop) -> dict[str, list[Finding]]:
    """This stop's problems by clause, the withdrawn ones left out."""
    found: dict[str, list[Finding]] = {}
    rows = stop.findings.exclude(stage=FindingStage.WITHDRAWN).prefetch_related("evidence")
    for finding in rows.order_by("pk"):
        found.setdefault(finding.clause_key, []).append(finding)
    return found


def texts_used(stop: Stop) -> dict[str, list[str]]:
    """What was written lately in this county under each clause: phrases in use stand first."""
    rows = Finding.objects.filter(owner_id=stop.visit.owner_id).exclude(clause_key="")
    used: dict[str, list[str]] = {}
    for key, text in rows.order_by("-pk").values_list("clause_key", "text")[:RECENT]:
        used.setdefault(key, []).append(text)
    return used


def row_of(line: Line, seen: Seen) -> Row:
    before = seen.before.get(line.key)
    state = state_of(line, seen)
    from_records = before is None or before.source == RECORDS
    return Row(
        line=line,
        state=state,
        words=words_of(line, state, seen),
        self_words="" if from_records else brief(line, before),
        self_who="" if from_records else str(Source(before.source).label),
        self_short=bool(before and before.is_exception),
        doubt=doubt_of(line, seen) if state == OPEN else "",
        findings=tuple(seen.findings.get(line.key, ())),
        phrases=by_use(line.phrases, seen.used.get(line.key, ())),
    )


def state_of(line: Line, seen: Seen) -> str:
    if line.key in seen.coverage:
        answer = seen.answers.get(line.key)
        if answer is not None and not answer.applicable:
            return NA
        return NO if (answer and answer.measures) or seen.findings.get(line.key) else YES
    if not applies(line.applies, seen.facts):
        return LEFT_OUT
    return RECORDS if line.from_records else OPEN


def taps_of(line: Line) -> dict[str, str]:
    if line.typed and all(is_guard(line.rule, measure) for measure in line.typed):
        return verdict_words(line)
    return {YES: _("Conforms"), NO: _("Has a problem")}


def words_of(line: Line, state: str, seen: Seen) -> str:
    answer = seen.answers.get(line.key)
    if state == NO:
        return bracketed(taps_of(line)[NO], observed(line, answer.measures) if answer else "")
    if state == NA:
        return bracketed(_("Not applicable"), answer.remark)
    if state == RECORDS:
        known = said(line, seen.before.get(line.key), options=seen.options)
        return _("By the records: %(words)s") % {"words": known}
    return {YES: taps_of(line)[YES], LEFT_OUT: _("Does not apply to this branch")}.get(
        state, _("Not yet judged")
    )


def brief(line: Line, before: Standing) -> str:
    """What was said before in a few words for a small screen: 符合, 少开1次, 不适用."""
    if not before.applicable:
        return bracketed(_("Not applicable"), before.remark)
    if not before.is_exception:
        return taps_of(line)[YES]
    return observed(line, before.values) or _("Does not conform")


def observed(line: Line, values: Mapping[str, Any]) -> str:
    """The measures that fall short as the buttons and boxes would say them; nothing about points."""
    return spoken(questions(line, reader(), values=values))


def spoken(asked: Iterable[Question]) -> str:
    """Where a clause asks several things, each answer names its own."""
    asked = list(asked)
    heard = [(question.label, answers_to(question)) for question in asked]
    if len(asked) == 1:
        return _(", ").join(heard[0][1])
    told = [
        f"{NOTE.sub('', label)}{_(': ')}{_(', ').join(words)}" for label, words in heard if words
    ]
    return _("; ").join(told)


def answers_to(question: Question) -> list[str]:
    pressed = [each.label for each in question.buttons if each.checked and each.value]
    typed = [(box.label, dict(box.choices).get(box.value, box.value)) for box in question.boxes]
    return pressed + [f"{label}{value}" for label, value in typed if value]


def doubt_of(line: Line, seen: Seen) -> str:
    """Why the clause must be looked at by itself and is left out of 其余均符合."""
    before = seen.before.get(line.key)
    if line.key in seen.open_keys:
        return _("Has an open problem")
    if before is None or not before.is_exception:
        return ""
    if is_award(line):
        return _("An award was entered")
    if before.source == Source.FIRST_CHECK:
        return _("First check found a shortfall")
    return _("The branch itself reports a shortfall")


def by_use(phrases: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The clause's phrases, those used most in this county first, then in the standard's order."""
    uses = Counter(phrase for phrase in phrases for text in texts if phrase in text)
    return tuple(sorted(phrases, key=lambda phrase: -uses[phrase]))


def progress(stops: Iterable[Stop], *, today: date) -> dict[Any, tuple[int, int]]:
    """{stop id: (clauses judged, clauses to judge)} for stops of one visit, in a constant number of queries."""
    stops = list(stops)
    cycle = stops[0].visit.cycle if stops else None
    if cycle is None:
        return {stop.pk: (0, 0) for stop in stops}
    covered = coverage_of(stops, cycle)
    facts = plain_facts(stops, today=today)
    lines = sheets(cycle.edition)
    result = {}
    for stop in stops:
        keys = [x.key for x in countable(lines.get(stop.branch.field, ()), facts[stop.branch_id])]
        got = covered.get(stop.branch_id)
        result[stop.pk] = (0, 0) if got is None else (sum(key in got for key in keys), len(keys))
    return result


def coverage_of(stops: list[Stop], cycle) -> dict[int, Collection[str]]:
    """{branch: clauses accepted}; a branch without an assessment in the cycle is absent."""
    branches = [stop.branch_id for stop in stops]
    covered: dict[int, Collection[str]] = dict.fromkeys(
        Assessment.objects.filter(cycle=cycle, branch__in=branches).values_list(
            "branch_id", flat=True
        ),
        (),
    )
    rows = Sheet.objects.filter(
        assessment__cycle=cycle, assessment__branch__in=branches, source=Source.ACCEPTANCE
    )
    return covered | dict(rows.values_list("assessment__branch_id", "coverage"))


def plain_facts(stops: list[Stop], *, today: date) -> dict[int, Mapping[str, Any]]:
    branches = [stop.branch for stop in stops]
    serious = serious_overdue([branch.pk for branch in branches], today=today)
    return {
        pk: facts | {"overdue_serious_findings": serious.get(pk, 0)}
        for pk, facts in facts_for(branches, today=today).items()
    }
