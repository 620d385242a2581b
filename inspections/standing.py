"""Which judgement counts, clause by clause: recheck before acceptance before first check before self.

A clause counts by the latest source that covered it. Measures derived from meetings and facts are
filled in unless the source states them itself. What nobody covered is absent: not judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch

from branches.facts import facts_for
from branches.meetings import held
from inspections.models import Answer, Assessment, Finding, Sheet, Source, Stage
from inspections.querysets import WITH_UNIT
from standards.conform import conforming
from standards.rules.evaluate import applies
from standards.rules.observe import shortfall
from standards.rules.options import Options
from standards.rules.shapes import NamedFact
from standards.sheets import Line, edition_options, sheet

RECORDS = "records"
ORDER = (Source.RECHECK, Source.ACCEPTANCE, Source.FIRST_CHECK, Source.SELF)
FILED = (Stage.SUBMITTED, Stage.PASSED, Stage.CONFIRMED)
CHECKED = (Stage.PASSED, Stage.CONFIRMED)
SPEAKS_IN = {Source.SELF: FILED, Source.FIRST_CHECK: CHECKED}


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


@dataclass(frozen=True)
class Records:
    """What nobody types about one branch: its facts, and meetings held by kind and month."""

    facts: Mapping[str, Any]
    meetings: Mapping[str, Mapping[date, int]] = field(default_factory=dict)


Standings = dict[str, Standing]


def standings(
    assessments: Iterable[Assessment], *, today: date, sources: Iterable[str] = ORDER
) -> dict[int, Standings]:
    """Standing per clause key for each assessment of one cycle (constant number of queries).

    assessments need `branch` and `cycle__edition` loaded. `sources` narrows whose word is heard.
    """
    rows = list(assessments)
    if not rows:
        return {}
    cycle = rows[0].cycle
    options = edition_options(cycle.edition)
    records = records_for(rows, cycle=cycle, options=options, today=today)
    said = spoken(rows, sources=tuple(sources))
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
        return Standing(source, how, True, conforming(line.rule) | derived)
    return Standing(
        source=source,
        how=how,
        applicable=answer.applicable,
        values=conforming(line.rule) | derived | answer.measures,
        remark=answer.remark,
        paper=answer.paper,
        by_name=answer.by.name,
        on=answer.on,
        at=answer.at,
        evidence=answer.evidence_count,
        is_exception=bool(answer.measures) or not answer.applicable,
    )


def derive(line: Line, records: Records, *, window, options: Options) -> dict[str, Any]:
    return {
        m.name: derived_value(m.derive, records, window=window, options=options)
        for m in line.rule.measures
        if m.derive is not None
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
    rows: list[Assessment], *, cycle, options: Options, today: date
) -> dict[int, Records]:
    branches = [row.branch for row in rows]
    ids = [branch.pk for branch in branches]
    facts = facts_for(branches, today=today)
    serious = serious_overdue(ids, today=today)
    first, last = window_of(cycle, today=today)
    meetings = held(ids, first=first, last=last, options=options)
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


def spoken(rows: list[Assessment], *, sources: tuple[str, ...]) -> dict[int, dict[str, tuple]]:
    """{assessment: {clause: (source, how, answer or None)}} by the first source in order that covered it.

    A self-assessment is heard once filed, the parent's corrections once it passed.
    """
    heard: dict[int, dict[str, tuple]] = {row.pk: {} for row in rows}
    stages = {row.pk: row.stage for row in rows}
    sheets = Sheet.objects.filter(assessment__in=rows, source__in=sources).prefetch_related(
        answers_with_names()
    )
    for each in sorted(sheets, key=lambda s: ORDER.index(s.source)):
        if stages[each.assessment_id] not in SPEAKS_IN.get(each.source, Stage.values):
            continue
        answers = {answer.clause_key: answer for answer in each.answers.all()}
        for key, how in each.coverage.items():
            heard[each.assessment_id].setdefault(key, (each.source, how, answers.get(key)))
    return heard


def answers_with_names():
    return Prefetch(
        "answers",
        queryset=Answer.objects.select_related("by").annotate(evidence_count=Count("evidence")),
    )
