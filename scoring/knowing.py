"""What an edition's composition asks beside the sheets: figures, other sources, the cycle before.

Asked for many branches of one cycle at once, a constant number of queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from branches.facts import facts_for
from inspections.models import Assessment, Cycle, Finding
from inspections.standing import Heard, Hearing, spoken, standings
from scoring.comparing import ACCEPTANCE, HEARD, may_have_spoken
from scoring.gathering import gather_all
from scoring.models import Figure, Result
from scoring.record import SPOKEN
from scoring.sums import NOTHING, Known, Last
from scoring.tallies import plain_total
from scoring.vector import score
from scoring.verdicts import ON_SITE
from standards.composing.shapes import BRANCHES_AVERAGE, BRANCHES_PASSING, Composition
from standards.rules.amounts import read_amount
from standards.sheets import edition_composition

AVERAGE, PASSING = BRANCHES_AVERAGE, BRANCHES_PASSING
ROLLED_UP = frozenset({AVERAGE, PASSING})
SEEN_ON_SITE = [code for code, (source, _how) in SPOKEN.items() if source in ON_SITE]


def known_for(
    cycle: Cycle,
    rows: Sequence[Assessment],
    *,
    today: date,
    hearing: Hearing | None = None,
    summed: Mapping[int, Mapping[str, int]] = MappingProxyType({}),
) -> dict[int, Known]:
    """By branch; without what only the peers decide. rows of the cycle with `branch` loaded.

    `summed`: by branch what its other sources come to, where that need not be read again.
    """
    plan = edition_composition(cycle.edition)
    if plan.is_empty:
        return {row.branch_id: NOTHING for row in rows}
    ids = [row.branch_id for row in rows]
    figures = figures_of(cycle, ids)
    unread = [row for row in rows if row.branch_id not in summed]
    totals = {
        source: totals_of(cycle, unread, source, today=today, hearing=hearing)
        for source in plan.sources
    }
    facts = facts_for([row.branch for row in rows], today=today) if asks_facts(plan) else {}
    last = lasts_of(cycle, ids)
    unsolved = unsolved_of(cycle, ids) if plan.history.unsolved else {}
    return {
        pk: Known(
            figures=figures.get(pk, {}),
            totals=summed[pk]
            if pk in summed
            else {source: found[pk] for source, found in totals.items() if pk in found},
            facts=asked_facts(plan, facts.get(pk, {})),
            last=last.get(pk),
            unsolved=frozenset(unsolved.get(pk, ())),
        )
        for pk in ids
    }


def asks_facts(plan: Composition) -> bool:
    return any(row.fact for row in plan.conditions)


def asked_facts(plan: Composition, facts: dict[str, Any]) -> dict[str, Any]:
    """Only what is asked, so that a result keeps no more than it was made of."""
    return {row.fact: facts.get(row.fact) for row in plan.conditions if row.fact}


def figures_of(cycle: Cycle, ids: Iterable[int]) -> dict[int, dict[str, Fraction]]:
    """The newest of each figure."""
    rows = Figure.objects.filter(cycle=cycle, branch__in=list(ids)).order_by("at", "pk")
    found: dict[int, dict[str, Fraction]] = {}
    for branch_id, key, value in rows.values_list("branch_id", "key", "value"):
        found.setdefault(branch_id, {})[key] = read_amount(value)
    return found


def totals_of(
    cycle: Cycle,
    rows: Sequence[Assessment],
    source: str,
    *,
    today: date,
    hearing: Hearing | None = None,
) -> dict[int, int]:
    """The plain sums of one source, for the branches about which it has spoken."""
    asked = [row for row in rows if may_have_spoken(row, source)]
    listen = partial(only, hearing or spoken, HEARD[source])
    chunk = gather_all(asked, today=today, hearing=listen)
    found: dict[int, int] = {}
    for each in chunk.gathered:
        totals = score(each.program, each.vectors).total.tolist()
        was_there = np.isin(each.said, SEEN_ON_SITE).any(axis=1).tolist()
        for row, total, on_site in zip(each.rows, totals, was_there, strict=True):
            if on_site or source != ACCEPTANCE:
                found[row.branch_id] = total
    heard = standings(chunk.odd, today=today, hearing=listen)
    for row in chunk.odd:
        if source != ACCEPTANCE or any(s.source in ON_SITE for s in heard[row.pk].values()):
            found[row.branch_id] = plain_total(cycle.edition, row.branch, heard[row.pk])
    return found


def totals_kept(cycle: Cycle, rows: Sequence[Assessment]) -> dict[int, dict[str, int]]:
    """By branch the sums of the other sources that its result was made of."""
    if not rows or not edition_composition(cycle.edition).sources:
        return {}
    found = Result.objects.filter(cycle=cycle, branch__in=[row.branch_id for row in rows])
    return dict(found.values_list("branch_id", "detail__sums__known__totals"))


def only(hearing: Hearing, heard: tuple[str, ...], rows, *, sources: tuple[str, ...]) -> Heard:
    """Nobody else's word."""
    return hearing(rows, sources=heard)


def lasts_of(cycle: Cycle, ids: Iterable[int]) -> dict[int, Last]:
    """What the cycle before came to: the decided tier where there is one."""
    if cycle.prior_id is None:
        return {}
    rows = Result.objects.filter(cycle=cycle.prior_id, branch__in=list(ids))
    found = rows.values_list("branch_id", "total", "tier", "decided_tier")
    return {pk: Last(total, decided or tier) for pk, total, tier, decided in found}


def unsolved_of(cycle: Cycle, ids: Iterable[int]) -> dict[int, set[str]]:
    """Clauses with a problem found before this cycle began and still open."""
    rows = Finding.objects.open().filter(branch__in=list(ids), found_on__lt=cycle.starts_on)
    found: dict[int, set[str]] = {}
    for branch_id, key in rows.exclude(clause_key="").values_list("branch_id", "clause_key"):
        found.setdefault(branch_id, set()).add(key)
    return found


def told(known: Known) -> dict[str, Any]:
    """Plain JSON, so that a published result can be computed again from itself."""
    return {
        "figures": {key: str(value) for key, value in sorted(known.figures.items())},
        "totals": dict(sorted(known.totals.items())),
        "facts": dict(sorted(known.facts.items())),
        "last": [known.last.total, known.last.tier] if known.last else None,
        "unsolved": sorted(known.unsolved),
        "extra": dict(sorted(known.extra.items())),
    }


def read_back(data: dict[str, Any]) -> Known:
    if not data:
        return NOTHING
    return Known(
        figures={key: Fraction(value) for key, value in data["figures"].items()},
        totals=data["totals"],
        facts=data["facts"],
        last=Last(*data["last"]) if data["last"] else None,
        unsolved=frozenset(data["unsolved"]),
        extra=data["extra"],
    )
