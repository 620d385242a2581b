"""The thirty-three forms of `examples/`: each issued by the product's own door, its branches scored by both evaluators."""

import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import translation

from accounts.tests.make import NOW
from branches.models import Organization
from branches.tests.make import make_county
from inspections.models import Assessment, Cycle
from inspections.standing import Records, Said, Standing, standing_of, window_of
from portal.kit import points
from scoring import passes, summands, vector
from scoring.explaining import counted_elsewhere, names_of
from scoring.footing import ByHand
from scoring.models import Detail, Result
from scoring.observing import observed
from scoring.program import Program, compile_field
from scoring.sums import Known
from scoring.tallies import evaluated
from standards import contents
from standards.models import Edition
from standards.rules import notation, observe
from standards.rules.amounts import read_amount
from standards.rules.explain import account, describe
from standards.sheets import Line, edition_options, sheet
from standards.tests.make import issue

FOLDER = Path(__file__).parent / "examples"
NAMES = sorted(path.stem for path in FOLDER.glob("e*.json"))
LANGUAGES = {"zh": "zh-hans", "en": "en"}
NO_FAULTS = {
    "text_en": "", "guidance": "", "evidence": "", "mode": "period", "cadence": "", "applies": [],
    "mandatory": False, "basis": "", "severity": "general", "phrases": [], "under_review": False,
    "method": ["read"], "deadline": {"n": 15, "unit": "workdays"},
}  # fmt: skip


@dataclass
class Scored:
    """One branch of an example with what both evaluators and the explanation said of it."""

    wanted: dict
    passed: passes.Passed
    lines: tuple[Line, ...]
    sentences: dict[str, dict[str, list[str]]]  # language -> clause -> why these points
    rules: dict[str, list[list[str]]]  # language -> the rule of each clause
    summands: dict[str, list[summands.Summand]]
    reasons: dict[str, list[str]]
    columns: "Columns | None"
    label: str


@dataclass
class Columns:
    """What the vectorised evaluator said: lines, chapters, and the rest where the edition only adds up."""

    lines: list[tuple[int, str]]
    chapters: dict[str, int]
    total: int
    tier: str | None
    passes: bool | None
    plain: bool


@cache
def read(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text())


@cache
def played(name: str) -> tuple[Scored, ...]:
    """Needs the database once, to issue the edition; what comes back needs it no more."""
    example = read(name)
    cycle = cycle_of(example, issued(example))
    rows = [row_of(example, cycle, n) for n in range(len(example["branches"]))]
    heard = {row.pk: heard_of(example, row) for row in rows}
    known = {row.branch_id: known_of(branch_of(example, row)) for row in rows}
    footings = {row.pk: ByHand(row, heard[row.pk]) for row in rows}
    found = passes.reckoned(cycle, rows, footings, known)
    return tuple(scored(example, each, heard[each.row.pk]) for each in found)


def issued(example: dict) -> Edition:
    """Submitted by one officer and issued by another, with every check a county's edition goes through."""
    place = make_county()
    edition = Edition.objects.create(
        owner=place.county,
        name=example["why"][:100],
        year=2026,
        options=example.get("options", {}),
        tiers=example["tiers"],
        base=points.parse(example.get("base", "100")),
        ceiling=points.parse(example.get("ceiling", "100")),
        composition=example.get("composition", {}),
    )
    chapters = [{"key": key, "title": title} for key, title in example["chapters"].items()]
    clauses = [clause_of(example, n) for n in range(len(example["clauses"]))]
    contents.fill(edition, data={"chapters": chapters, "clauses": clauses})
    return issue(place, edition)


def clause_of(example: dict, number: int) -> dict:
    clause = example["clauses"][number]
    rule = clause["rule"] and notation.from_text("\n".join(clause["rule"]))
    fields = clause.get("fields", example["fields"])
    own = {"code": f"{number + 1}", "method": clause.get("methods", ["read"]), "rule_text": ""}
    amounts = dict.fromkeys(fields, clause["points"])
    return NO_FAULTS | own | clause | {"rule": rule, "points": amounts}


def cycle_of(example: dict, edition: Edition) -> Cycle:
    first, last = example.get("months", [1, 12])
    ends_on = date(2026, last, monthrange(2026, last)[1])
    return Cycle(edition=edition, starts_on=date(2026, first, 1), ends_on=ends_on)


def row_of(example: dict, cycle: Cycle, number: int) -> Assessment:
    field = example["branches"][number].get("field", example["fields"][0])
    branch = Organization(pk=number + 1, field=field, path=f"/{number + 1}/")
    return Assessment(pk=number + 1, cycle=cycle, branch=branch)


def branch_of(example: dict, row: Assessment) -> dict:
    return example["branches"][row.branch_id - 1]


def heard_of(example: dict, row: Assessment) -> dict[str, Standing]:
    """What counts of each clause: the answers over "the rest conform", meetings and facts from the records."""
    branch, lines = branch_of(example, row), sheet(row.cycle.edition, row.branch.field)
    return standing_of(
        lines,
        {line.key: ("self", "single", said_of(line, branch["answers"])) for line in lines},
        records_of(branch),
        window=window_of(row.cycle, today=row.cycle.ends_on),
        options=edition_options(row.cycle.edition),
    )


def said_of(line: Line, answers: dict) -> Said | None:
    if line.key not in answers:
        return None
    measures = {
        name: observe.check_value(line.rule.measure(name), value)
        for name, value in answers[line.key].items()
    }
    return Said(True, measures, "", "", "", date(2026, 12, 1), NOW)


def records_of(branch: dict) -> Records:
    held = {}
    for kind, months in branch.get("held", {}).items():
        held[kind] = {date(2026, month, 1): months.count(month) for month in months}
    founded = {"founded_on": f"2026-{branch['founded']:02}-01"} if "founded" in branch else {}
    return Records(facts=branch.get("facts", {}) | founded, meetings=held)


def known_of(branch: dict) -> Known:
    return Known(
        figures={key: read_amount(value) for key, value in branch.get("figures", {}).items()},
        totals={key: points.parse(value) for key, value in branch.get("sources", {}).items()},
    )


def scored(example: dict, each: passes.Passed, heard: dict[str, Standing]) -> Scored:
    edition, field = each.row.cycle.edition, each.row.branch.field
    program = compile_field(edition, field)
    result = Result(cycle=each.row.cycle, field=field, tier=each.tier)
    result.detail = Detail(sums=passes.sums_of(each), chapters=each.tally.chapters)
    by_key = {row["key"]: row for row in each.tally.lines}
    elsewhere = counted_elsewhere(program.lines, by_key, edition)
    told = {"sentences": {}, "rules": {}, "summands": {}, "reasons": {}}
    for lang, code in LANGUAGES.items():
        with translation.override(code):
            names = names_of(edition, lang=lang)
            told["sentences"][lang] = {
                row["key"]: account(
                    line.rule,
                    evaluated(line, row["values"], edition),
                    maximum=line.maximum,
                    values=row["values"],
                    lang=lang,
                    names=names,
                    elsewhere=elsewhere.get(line.key, ()),
                )
                for line, row in zip(program.lines, each.tally.lines, strict=True)
                if row["state"] in ("judged", "unjudged")
            }
            told["rules"][lang] = [
                describe(line.rule, maximum=line.maximum, lang=lang, names=names)
                for line in program.lines
            ]
            told["summands"][lang] = summands.summands(result)
            told["reasons"][lang] = summands.reasons(result)
    return Scored(
        wanted=branch_of(example, each.row),
        passed=each,
        lines=program.lines,
        columns=columns_of(program, heard),
        label=names_of(edition, lang="zh").get(each.tier, ""),
        **told,
    )


def columns_of(program: Program, heard: dict[str, Standing]) -> Columns | None:
    """None where a value (an event) has no place in a vector, which is why such a branch is not scored so."""
    if not vector.fits(program):
        return None
    seen = observed(program, [heard])
    if seen.odd:
        return None
    scores = vector.score(program, seen.vectors)
    tier, verdict = scores.tier[0], scores.passes[0]
    states = [vector.STATES[state] for state in scores.states[0].tolist()]
    keys = [chapter.key for chapter in program.chapters]
    return Columns(
        lines=list(zip(scores.points[0].tolist(), states, strict=True)),
        chapters=dict(zip(keys, scores.chapters[0].tolist(), strict=True)),
        total=int(scores.total[0]),
        tier=None if tier == vector.NO_TIER else program.tiers[tier].key,
        passes=None if verdict == vector.NO_VERDICT else bool(verdict),
        plain=program.plain,
    )
