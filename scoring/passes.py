"""Results of a cycle whose edition has a composition: one pass over every branch, then what peers decide.

First each branch by itself (branches before the committees above them, which roll them up); then lines
from the peers; then quotas. Everything in memory, the same for storing and for proving.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from branches.tree import ancestors
from inspections.models import Assessment, Cycle
from inspections.standing import Hearing, standings
from scoring import knowing, peers, quotas
from scoring.footing import ByHand, Footing
from scoring.models import Proposal
from scoring.sums import Composed, Known
from scoring.tallies import Reckoned
from standards.composing.shapes import OWN_TOTAL, Composition, Extra
from standards.sheets import edition_composition, edition_options

VERDICTS = (Proposal.PASS, Proposal.FAIL)


@dataclass(frozen=True)
class Passed:
    """A branch with everything its result is made of; `compared` by extra line, `moved` by a quota."""

    row: Assessment
    footing: Footing
    tally: Reckoned
    known: Known
    compared: Mapping[str, peers.Compared | None]
    moved: quotas.Moved | None = None

    @property
    def tier(self) -> str:
        return self.moved.tier if self.moved else self.tally.composed.tier or ""

    @property
    def proposal(self) -> str:
        """A quota may take the tier that passes."""
        if self.moved is None:
            return self.tally.proposal
        passing = {t["key"] for t in self.row.cycle.edition.tiers if t["passes"]}
        return Proposal.PASS if self.moved.tier in passing else Proposal.FAIL


def are_compared(cycle: Cycle) -> bool:
    """Whether a result depends on others of the cycle, so that none is computed without them."""
    plan = edition_composition(cycle.edition)
    return plan.compares_peers or rolls_up(plan)


def passed(
    cycle: Cycle, rows: Sequence[Assessment], *, today: date, hearing: Hearing | None = None
) -> list[Passed]:
    """In the order of the rows; each needs `branch` loaded and the one `cycle`."""
    heard = standings(rows, today=today, hearing=hearing)
    known = knowing.known_for(cycle, rows, today=today, hearing=hearing)
    return reckoned(cycle, rows, {row.pk: ByHand(row, heard[row.pk]) for row in rows}, known)


def reckoned(
    cycle: Cycle,
    rows: Sequence[Assessment],
    footings: Mapping[int, Footing],
    known: Mapping[int, Known],
) -> list[Passed]:
    """From what each row is completed from and what is known of each branch; asks the records nothing more."""
    plan = edition_composition(cycle.edition)
    done: dict[int, Passed] = {}
    for layer in layers(rows, plan):
        first = [
            alone(row, footings[row.pk], rolled_up(row, known[row.branch_id], done, plan))
            for row in layer
        ]
        compared = {extra.key: compare(extra, first, cycle) for extra in plan.extra}
        found = [with_peers(each, compared) for each in first]
        done |= {each.row.pk: each for each in placed(found, plan, cycle)}
    return [done[row.pk] for row in rows]


def layers(rows: Sequence[Assessment], plan: Composition) -> list[list[Assessment]]:
    """One, or where committees roll their branches up: the branches, then what stands above them."""
    if not rolls_up(plan):
        return [list(rows)]
    heights = dict.fromkeys((row.branch.path for row in rows), 0)
    for path in sorted(heights, key=len, reverse=True):
        for above in ancestors(path):
            if above != path and above in heights:
                heights[above] = max(heights[above], heights[path] + 1)
    found: dict[int, list[Assessment]] = {}
    for row in rows:
        found.setdefault(heights[row.branch.path], []).append(row)
    return [found[height] for height in sorted(found)]


def rolls_up(plan: Composition) -> bool:
    return bool(plan.figures & knowing.ROLLED_UP)


def alone(row: Assessment, footing: Footing, known: Known) -> Passed:
    return Passed(row, footing, footing.reckon(known), known, {})


def rolled_up(
    row: Assessment, known: Known, done: Mapping[int, Passed], plan: Composition
) -> Known:
    """With a committee's figures from the branches below it: their average, and how many of them pass."""
    if not rolls_up(plan):
        return known
    path = row.branch.path
    graded = [
        each
        for each in done.values()
        if each.row.branch.path.startswith(path) and each.proposal in VERDICTS
    ]
    found = {
        knowing.AVERAGE: peers.average([each.tally.composed.total for each in graded]),
        knowing.PASSING: peers.passing([each.proposal == Proposal.PASS for each in graded]),
    }
    figures = {key: value for key, value in found.items() if value is not None}
    return replace(known, figures={**known.figures, **figures})


def compare(
    extra: Extra, first: Iterable[Passed], cycle: Cycle
) -> dict[int, peers.Compared | None]:
    figures = [
        peers.Figure(
            each.row.branch_id,
            figure_of(extra, each),
            committee=each.row.branch.parent_id,
            field=each.row.branch.field,
        )
        for each in first
    ]
    return peers.earned(extra, figures, edition_options(cycle.edition))


def figure_of(extra: Extra, each: Passed) -> Fraction | None:
    """A figure from outside, or what everybody has: the sum before the extra lines."""
    if extra.figure == OWN_TOTAL:
        terms = each.tally.composed.terms
        base = sum(t.points for t in terms if t.kind in ("chapter", "component"))
        return Fraction(base, 100)
    return each.known.figures.get(extra.figure)


def with_peers(each: Passed, compared: Mapping[str, Mapping[int, peers.Compared | None]]) -> Passed:
    """Computed again with the lines that only the peers could give."""
    if not compared:
        return each
    own = {key: found[each.row.branch_id] for key, found in compared.items()}
    points = {key: found.points for key, found in own.items() if found is not None}
    known = replace(each.known, extra=points)
    return replace(each, tally=each.footing.reckon(known), known=known, compared=own)


def placed(found: list[Passed], plan: Composition, cycle: Cycle) -> list[Passed]:
    """After the quotas."""
    if not plan.quotas:
        return found
    moved = quotas.assign(
        plan.quotas,
        [tier["key"] for tier in cycle.edition.tiers],
        [as_peer(each) for each in found],
        rounding=edition_options(cycle.edition).quota_rounding,
    )
    return [
        replace(each, moved=moved[each.row.branch_id]) if each.row.branch_id in moved else each
        for each in found
    ]


def as_peer(each: Passed) -> quotas.Peer:
    composed, branch = each.tally.composed, each.row.branch
    return quotas.Peer(
        branch.pk,
        composed.total,
        composed.tier,
        fixed=is_fixed(composed),
        committee=branch.parent_id,
        field=branch.field,
    )


def is_fixed(composed: Composed) -> bool:
    """A gate set the tier or granted it: no quota takes it away."""
    effects = {gate.effect for gate in composed.gates if gate.tier == composed.tier}
    return bool(effects & {"force_tier", "grant_tier"})


def sums_of(each: Passed) -> dict[str, Any]:
    """What the stored result keeps, as plain JSON: the summands and what they were made of."""
    composed = each.tally.composed
    return {
        "terms": [[term.kind, term.key, term.points] for term in composed.terms],
        "by_points": composed.by_points or "",
        "unmet": list(composed.unmet),
        "held": composed.held,
        "waiting": list(composed.waiting),
        "stars": composed.stars,
        "withheld": composed.withheld,
        "doubled": [line.key for line in composed.lines if line.doubled]
        if each.known.unsolved
        else [],
        "clamped": {c.key: c.clamped for c in composed.chapters if c.clamped},
        "known": knowing.told(each.known),
        "compared": {key: told(found) for key, found in each.compared.items()},
        "moved": list(astuple(each.moved)) if each.moved else None,
    }


def told(found: peers.Compared | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "points": found.points,
        "value": str(found.value),
        "bound": None if found.bound is None else str(found.bound),
        "rank": found.rank,
        "peers": found.peers,
    }
