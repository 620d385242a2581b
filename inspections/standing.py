"""Which judgement counts, clause by clause: recheck before acceptance before first check before self.

A clause counts by the latest source that covered it. Measures derived from meetings and facts are
filled in unless the source states them itself. What nobody covered is absent: not judged.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, TextField
from django.db.models.functions import Cast

from branches.facts import facts_for
from branches.meetings import held
from branches.offices import TEAM, office_name
from branches.signing import Signers, signature
from inspections.models import Answer, Assessment, Cycle, Finding, Sheet, Source, Stage
from inspections.querysets import WITH_UNIT
from standards.rules.evaluate import applies
from standards.rules.observe import shortfall
from standards.rules.options import Options
from standards.rules.shapes import NamedFact
from standards.sheets import Line, edition_options, sheet

RECORDS = "records"
ORDER = (Source.RECHECK, Source.ACCEPTANCE, Source.FIRST_CHECK, Source.SELF)
FILED = (Stage.SUBMITTED, Stage.PASSED, Stage.CONFIRMED)
CHECKED = (Stage.PASSED, Stage.CONFIRMED)
ALWAYS = frozenset(Stage.values)
SPEAKS_IN = {Source.SELF.value: FILED, Source.FIRST_CHECK.value: CHECKED}


@dataclass(frozen=True)
class Standing:
    """One clause's counting judgement. `values` has every measure of the rule, derived ones included."""

    source: str
    how: str
    applicable: bool
    values: Mapping[str, Any]
    remark: str = ""
    paper: str = ""
    by_name: str = ""
    on: date | None = None
    at: datetime | None = None
    evidence: int = 0
    is_exception: bool = False


class Said(NamedTuple):
    """An exception as one source wrote it: what counts of an `Answer`."""

    applicable: bool
    measures: Mapping[str, Any]
    remark: str
    paper: str
    by_name: str
    on: date
    at: datetime
    evidence: int = 0


@dataclass(frozen=True)
class Records:
    """What nobody types about one branch: its facts, and meetings held by kind and month."""

    facts: Mapping[str, Any]
    meetings: Mapping[str, Mapping[date, int]] = field(default_factory=dict)


Standings = dict[str, Standing]
Heard = dict[int, dict[str, tuple]]
Hearing = Callable[..., Heard]


def standings(
    assessments: Iterable[Assessment],
    *,
    today: date,
    sources: Iterable[str] = ORDER,
    hearing: Hearing | None = None,
) -> dict[int, Standings]:
    """Standing per clause key for each assessment of one cycle (constant number of queries).

    assessments need `branch` and `cycle__edition` loaded. `sources` narrows whose word is heard.
    `hearing` in place of `spoken`: what was said, read under another edition.
    """
    rows = list(assessments)
    if not rows:
        return {}
    cycle = rows[0].cycle
    options = edition_options(cycle.edition)
    records = records_for(rows, cycle=cycle, options=options, today=today)
    said = (hearing or spoken)(rows, sources=tuple(sources))
    window = window_of(cycle, today=today)
    return {
        row.pk: standing_of(
            sheet(cycle.edition, row.branch.field),
            said[row.pk],
            records[row.branch_id],
            window=window,
            options=options,
        )
        for row in rows
    }


def window_of(cycle, *, today: date) -> tuple[date, date]:
    """The days whose meetings count: from the start of the period to its end, or to today."""
    return cycle.starts_on, min(cycle.ends_on, today)


def standing_of(
    lines: Iterable[Line], said: Mapping[str, tuple], records: Records, *, window, options: Options
) -> Standings:
    result = {}
    for line in lines:
        standing = one(line, said.get(line.key), records, window=window, options=options)
        if standing is not None:
            result[line.key] = standing
    return result


def one(
    line: Line, heard: tuple | None, records: Records, *, window, options: Options
) -> Standing | None:
    if not applies(line.applies, records.facts):
        return Standing(source=RECORDS, how=RECORDS, applicable=False, values={})
    derived = derive(line, records, window=window, options=options)
    if heard is None:
        return Standing(RECORDS, RECORDS, True, derived) if line.from_records else None
    source, how, answer = heard
    if answer is None:
        return Standing(source, how, True, line.conforming | derived)
    return Standing(
        source=source,
        how=how,
        applicable=answer.applicable,
        values=line.conforming | derived | answer.measures,
        remark=answer.remark,
        paper=answer.paper,
        by_name=answer.by_name,
        on=answer.on,
        at=answer.at,
        evidence=answer.evidence,
        is_exception=bool(answer.measures) or not answer.applicable,
    )


def derive(line: Line, records: Records, *, window, options: Options) -> dict[str, Any]:
    return {
        m.name: derived_value(m.derive, records, window=window, options=options)
        for m in line.derived
    }


def derived_value(derivation, records: Records, *, window, options: Options) -> Any:
    if isinstance(derivation, NamedFact):
        return records.facts.get(derivation.fact)
    founded = records.facts.get("founded_on")
    return shortfall(
        records.meetings.get(derivation.kind, {}),
        per=derivation.per,
        need=derivation.need,
        first=window[0],
        last=window[1],
        founded_on=date.fromisoformat(founded) if founded else None,
        options=options,
    )


def records_for(
    rows: list[Assessment], *, cycle, options: Options, today: date, with_meetings: bool = True
) -> dict[int, Records]:
    branches = [row.branch for row in rows]
    ids = [branch.pk for branch in branches]
    facts = facts_for(branches, today=today)
    serious = serious_overdue(ids, today=today)
    first, last = window_of(cycle, today=today)
    meetings = held(ids, first=first, last=last, options=options) if with_meetings else {}
    return {
        pk: Records(
            facts=facts[pk] | {"overdue_serious_findings": serious.get(pk, 0)},
            meetings=meetings.get(pk, {}),
        )
        for pk in ids
    }


def serious_overdue(branch_ids: list[int], *, today: date) -> dict[int, int]:
    rows = (
        Finding.objects.overdue(today)
        .filter(branch_id__in=branch_ids, severity="serious", stage__in=WITH_UNIT)
        .values_list("branch_id", flat=True)
    )
    counts: dict[int, int] = {}
    for branch_id in rows:
        counts[branch_id] = counts.get(branch_id, 0) + 1
    return counts


NOTHING: dict[str, Any] = {}


def spoken(
    rows: list[Assessment], *, sources: tuple[str, ...], keys: Collection[str] | None = None
) -> Heard:
    """{assessment: {clause: (source, how, answer or None)}} by the first source in order that covered it.

    A self-assessment is heard once filed, the parent's corrections once it passed. `keys`: the clauses
    whose answers are wanted, all unless given.
    """
    heard: Heard = {row.pk: {} for row in rows}
    stages = {row.pk: row.stage for row in rows}
    spoke = Sheet.objects.filter(assessment__in=list(heard), source__in=sources)
    sheets = list(spoke.values_list("pk", "assessment_id", "source", "coverage"))
    teams = {pk for pk, _row, source, _coverage in sheets if source == Source.ACCEPTANCE}
    team = team_of(rows[0].cycle) if teams else ""
    answers = answers_on(spoke, keys=keys, teams=dict.fromkeys(teams, team))
    for pk, row, source, coverage in sorted(sheets, key=lambda sheet: ORDER.index(sheet[2])):
        if stages[row] not in SPEAKS_IN.get(source, ALWAYS):
            continue
        words, said = answers.get(pk, NOTHING), heard[row]
        for key, how in coverage.items():
            if key not in said:
                said[key] = (source, how, words.get(key))
    return heard


WRITTEN = ("applicable", "remark", "paper", "on", "at")


def team_of(cycle: Cycle) -> str:
    """Whoever is sent on a visit speaks for the county, whatever the own unit."""
    return office_name(cycle.owner.kind, cycle.owner.short_name) + TEAM


def answers_on(
    sheets, *, keys: Collection[str] | None = None, teams: Mapping[int, str] = NOTHING
) -> dict[int, dict[str, Said]]:
    """{sheet: {clause: what was written}}; plain tuples, since a county has thousands of them.

    Whose word it is has the body before the name: `teams` by sheet, else the one the person speaks for.
    """
    written: dict[int, dict[str, Said]] = {}
    if keys is not None and not keys:
        return written
    cited = evidence_on(sheets)
    rows = Answer.objects.filter(sheet__in=sheets)
    if keys is not None:
        rows = rows.filter(clause_key__in=list(keys))
    signers = Signers(rows.values("by"))
    names = ("pk", "sheet_id", "clause_key", "by", "by__name", Cast("measures", TextField()))
    for pk, sheet_id, key, by, name, measures, *said in rows.values_list(*names, *WRITTEN):
        applicable, remark, paper, on, at = said
        signed = signature(teams.get(sheet_id) or signers.body(by, on), name)
        words = Said(applicable, parsed(measures), remark, paper, signed, on, at, cited.get(pk, 0))
        written.setdefault(sheet_id, {})[key] = words
    return written


@lru_cache(maxsize=4_096)
def parsed(measures: str) -> Mapping[str, Any]:
    """In a county most exceptions are said alike; never changed in place."""
    return json.loads(measures)


def evidence_on(sheets) -> dict[int, int]:
    cited = Answer.evidence.through.objects.filter(answer__sheet__in=sheets)
    return dict(cited.values_list("answer_id").annotate(Count("pk")))
