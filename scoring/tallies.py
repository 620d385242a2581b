"""From standings to a composed result: one branch, in memory, nothing stored.

What comes out is plain JSON with codes and values, so a reader in either language can have every
point explained again from the very values that made it.
"""

import hashlib
import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from branches.models import Organization
from inspections import standing as standing_module
from inspections.standing import Standing
from scoring import formula, peers, quotas, tiering, weighing
from scoring.formula import Chapter, Composed, Sheet, Tier, compose
from scoring.models import Proposal
from scoring.sums import NOTHING, Known
from standards import conform
from standards.composing.shapes import EMPTY
from standards.models import Edition
from standards.rules import adjusting, aggregating, conditions, observe
from standards.rules import evaluate as evaluate_module
from standards.rules.evaluate import Outcome, evaluate
from standards.sheets import Line, edition_composition, edition_options, sheet

UNJUDGED, NOT_APPLICABLE = "unjudged", "not_applicable"


@dataclass(frozen=True)
class Reckoned:
    """A branch's sum, and what it proposes."""

    composed: Composed

    @property
    def proposal(self) -> str:
        return proposed(self.composed)


@dataclass(frozen=True)
class Tally(Reckoned):
    """A branch's sum with the lines behind it; `lines` and `chapters` are JSON-ready."""

    lines: list[dict[str, Any]]
    chapters: dict[str, Any]
    sources: dict[str, int]


def tally(
    edition: Edition,
    branch: Organization,
    standings: Mapping[str, Standing],
    *,
    known: Known = NOTHING,
) -> Tally:
    """The branch's result under the edition from the standings that count, and from what else it asks."""
    lines = sheet(edition, branch.field)
    outcomes = outcomes_of(lines, standings, edition)
    composed = compose(composition(edition, lines, standings, outcomes, known=known))
    sums = {each.key: each for each in composed.lines}
    return Tally(
        composed=composed,
        lines=[
            told(line, standings.get(line.key), outcomes[line.key], sums[line.key])
            for line in lines
        ],
        chapters={
            c.key: {
                "points": c.points,
                "maximum": c.maximum,
                "scaled": c.scaled,
                "zeroed": c.zeroed,
            }
            for c in composed.chapters
        },
        sources=counted(lines, standings),
    )


def total_of(edition: Edition, branch: Organization, standings: Mapping[str, Standing]) -> int:
    """Only the sum, where many are compared and none is explained."""
    lines = sheet(edition, branch.field)
    outcomes = outcomes_of(lines, standings, edition)
    return compose(composition(edition, lines, standings, outcomes)).total


def plain_total(edition: Edition, branch: Organization, standings: Mapping[str, Standing]) -> int:
    """The sum of the sheet alone: what one source says, before weights and comparisons."""
    lines = sheet(edition, branch.field)
    outcomes = outcomes_of(lines, standings, edition)
    plain = replace(composition(edition, lines, standings, outcomes), composition=EMPTY)
    return compose(plain).total


def outcomes_of(lines, standings, edition) -> dict[str, Outcome | None]:
    return {line.key: outcome(line, standings.get(line.key), edition) for line in lines}


def outcome(line: Line, standing: Standing | None, edition: Edition) -> Outcome | None:
    """None: nobody judged the clause, or a measure it needs is not known."""
    if standing is None or not standing.applicable:
        return None
    found = evaluated(line, standing.values, edition)
    return None if found.points is None else found


REMEMBERED = 50_000
_remembered: dict[tuple[str, str, int, str], Outcome] = {}


def evaluated(line: Line, values: Mapping[str, Any], edition: Edition) -> Outcome:
    """The same observation under the same issued rule gives the same outcome: most clauses conform."""
    key = (edition.digest, line.key, line.maximum, repr(values))
    if edition.digest and key in _remembered:
        return _remembered[key]
    found = evaluate(
        line.rule, maximum=line.maximum, values=values, options=edition_options(edition)
    )
    if len(_remembered) >= REMEMBERED:
        _remembered.clear()
    _remembered[key] = found
    return found


def composition(edition, lines, standings, outcomes, *, known: Known = NOTHING) -> Sheet:
    return Sheet(
        lines=tuple(
            formula.Line(
                chapter=line.chapter,
                key=line.key,
                maximum=line.maximum,
                outcome=outcomes[line.key],
                applicable=applicable(standings.get(line.key)),
                not_applicable=line.not_applicable or None,
            )
            for line in lines
        ),
        chapters=chapters_of(lines),
        tiers=tiers_of(edition),
        ceiling=edition.ceiling,
        options=edition_options(edition),
        composition=edition_composition(edition),
        known=known,
        base=edition.base,
    )


def tiers_of(edition: Edition) -> tuple[Tier, ...]:
    return tuple(Tier(t["key"], round(float(t["floor"]) * 100), t["passes"]) for t in edition.tiers)


def applicable(standing: Standing | None) -> bool:
    return standing is None or standing.applicable


def chapters_of(lines: Iterable[Line]) -> tuple[Chapter, ...]:
    worth: dict[str, int] = {}
    for line in lines:
        worth[line.chapter] = worth.get(line.chapter, 0) + line.maximum
    return tuple(Chapter(key, maximum) for key, maximum in worth.items())


def told(line: Line, standing: Standing | None, found: Outcome | None, total) -> dict[str, Any]:
    """One line of the stored result: what was observed, by whom, and what it gave."""
    row = {
        "key": line.key,
        "code": line.code,
        "chapter": line.chapter,
        "maximum": line.maximum,
        "points": total.points,
        "state": total.state,
        "mandatory": line.mandatory,
    }
    if standing is None:
        return row
    row |= {
        "source": standing.source,
        "how": standing.how,
        "applicable": standing.applicable,
        "values": dict(standing.values),
        "remark": standing.remark,
        "paper": standing.paper,
        "by": standing.by_name,
        "on": standing.on.isoformat() if standing.on else "",
        "evidence": standing.evidence,
    }
    if found is not None and found.gates:
        row["gates"] = [g.effect for g in found.gates]
    return row


def counted(lines: Iterable[Line], standings: Mapping[str, Standing]) -> dict[str, int]:
    sources: dict[str, int] = {}
    for line in lines:
        standing = standings.get(line.key)
        key = standing.source if standing else UNJUDGED
        sources[key] = sources.get(key, 0) + 1
    return sources


def proposed(composed: Composed) -> str:
    if composed.passes is not None:
        return Proposal.PASS if composed.passes else Proposal.FAIL
    is_open = composed.unjudged or composed.waiting
    return Proposal.OPEN if is_open else Proposal.NOT_GRADED


PROGRAM = (
    formula, weighing, tiering, peers, quotas,
    evaluate_module, observe, conditions, adjusting, aggregating, conform, standing_module,
)  # fmt: skip


@cache
def program_hash() -> str:
    """SHA-256 of the code that decides points, stored with every result."""
    text = "".join(inspect.getsource(module) for module in PROGRAM)
    return hashlib.sha256(text.encode()).hexdigest()
