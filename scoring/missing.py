"""达标差距清单: what is missing to pass, or to the next tier for who passes. Pure and exact.

The fewest lines that, made full, reach the target; no bonus is proposed. Within a chapter the lines
with most to gain are best, chapters add up, and every later step only grows with them: so the best
sum for each number of lines is found chapter by chapter, and the first number that suffices is the
smallest there is.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from scoring.formula import compose
from scoring.mending import Item, cleared, items, mended
from scoring.reaching import Picks, chapter_picks, pick
from scoring.sums import Composed, Sheet
from scoring.tiering import Sums, climbing_limit, met, places_of
from standards.rules.amounts import to_centi

CLEARED_FIRST = ("fail", "not_graded", "force_tier", "cap_tier")


@dataclass(frozen=True)
class Barrier:
    """What no line can mend: a gate (`name`: tier or chapter), a condition, or what is not known yet."""

    kind: str
    name: str = ""


@dataclass(frozen=True)
class Path:
    """`short`: what the total, the sheets (centi-points) or the number of stars lacks. `steps` and
    `barriers` together reach `target`; none of them can be left out."""

    target: str | None
    short: int = 0
    steps: tuple[Item, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    reachable: bool = True

    @property
    def count(self) -> int:
        return len(self.steps) + len(self.barriers)


def missing(sheet: Sheet, *, mandatory: Collection[str] = ()) -> Path:
    """The path to the target tier; `reachable` False when no lines and gates lead there."""
    composed = compose(sheet)
    target = target_of(sheet, composed)
    if target is None:
        return Path(None)
    key, lacking = sheet.tiers[target].key, short(sheet, composed, target)
    if composed.waiting:
        barriers = tuple(Barrier("waiting", name) for name in composed.waiting)
        return Path(key, lacking, barriers=barriers, reachable=False)
    limit = climbing_limit(sheet)
    found = [
        path
        for place in range(target, limit - 1, -1)
        if (path := _solve(sheet, composed, place, mandatory)) is not None
    ]
    if not found:
        held = (Barrier("climb", sheet.tiers[limit].key),) if limit > target else ()
        return Path(key, lacking, barriers=held, reachable=False)
    return replace(min(found, key=lambda path: path.count), target=key, short=lacking)


def target_of(sheet: Sheet, composed: Composed) -> int | None:
    """The lowest tier that passes for who does not; the next better one for who does."""
    order = places_of(sheet)
    if composed.passes:
        return order[composed.tier] - 1 if order[composed.tier] else None
    passing = [place for place, tier in enumerate(sheet.tiers) if tier.passes]
    return passing[-1] if passing else None


def short(sheet: Sheet, composed: Composed, place: int) -> int:
    plan, key = sheet.composition, sheet.tiers[place].key
    if plan.stars:
        return max(0, stars_for(sheet, place) - composed.stars)
    if plan.sheets:
        return sum(
            max(0, to_centi(each.least) - sum(composed.chapter(c).points for c in own))
            for each in plan.sheets
            if key in each.tiers
            and (own := [c.key for c in composed.chapters if c.key in each.chapters])
        )
    return max(0, bound(sheet, place) - composed.total)


def bound(sheet: Sheet, place: int) -> int:
    """The least total that counts as the tier: half a point less where whole points are compared."""
    return sheet.tiers[place].floor - (50 if sheet.options.tier_rounding == "integer" else 0)


def stars_for(sheet: Sheet, place: int) -> int:
    rows = {row.tier: row.stars for row in sheet.composition.stars.tiers}
    return rows.get(sheet.tiers[place].key, 0)


def reached(sheet: Sheet, place: int) -> bool:
    composed, order = compose(sheet), places_of(sheet)
    return composed.tier is not None and order[composed.tier] <= place


def _solve(sheet: Sheet, composed: Composed, place: int, mandatory: Collection[str]) -> Path | None:
    """The smallest path to this very tier; zeroed chapters are freed only where that is cheaper."""
    barriers = tuple(_barriers(sheet, composed, place))
    free = cleared(sheet, barriers)
    if reached(free, place):
        return Path(None, barriers=barriers)
    zeroed = [chapter.key for chapter in composed.chapters if chapter.zeroed]
    best: Path | None = None
    for size in range(len(zeroed) + 1):
        if best is not None and best.count <= len(barriers) + size:
            break
        for keys in combinations(zeroed, size):
            freed = tuple(Barrier("zero_group", key) for key in keys)
            steps = _steps(cleared(free, freed), place, mandatory)
            if steps is not None and (
                best is None or len(steps) + size + len(barriers) < best.count
            ):
                best = Path(None, steps=steps, barriers=(*barriers, *freed))
    return best


def _barriers(sheet: Sheet, composed: Composed, place: int) -> Iterator[Barrier]:
    """Gates and conditions that bar this tier whatever the lines give; each bars it alone."""
    order = places_of(sheet)
    for effect in CLEARED_FIRST:
        for tier in dict.fromkeys(g.tier for g in composed.gates if g.effect == effect):
            if effect in ("fail", "not_graded") or order.get(tier, -1) > place:
                yield Barrier(effect, tier)
    sums = Sums(composed.total, composed.chapters, composed.lines, composed.terms)
    for row in sheet.composition.conditions:
        asked = row.tier == sheet.tiers[place].key and not _by_lines(row, sheet)
        if asked and not met(row, sheet, sums):
            yield Barrier(row.kind, row.name)


def _by_lines(row, sheet: Sheet) -> bool:
    """Can lines meet the condition?"""
    if row.kind == "component":
        parts = {part.key: part.kind for part in sheet.composition.components}
        return parts.get(row.component) == "chapters"
    return row.kind in ("clause", "chapter")


def _steps(sheet: Sheet, place: int, mandatory: Collection[str]) -> tuple[Item, ...] | None:
    """The smallest set of lines, in the order of the list; None where all of them do not suffice."""
    composed = compose(sheet)
    found = items(sheet, composed, mandatory=mandatory)
    forced = [item for item in found if item.unjudged or _demanded(item, sheet, composed, place)]
    offered = [item for item in found if item not in forced]
    picks = _picks(sheet, composed, place, forced, offered)
    if picks is None:
        return None
    chosen = [*forced, *_chosen(picks, offered)]
    if not reached(mended(sheet, chosen), place):
        return None
    positions = {item: index for index, item in enumerate(found)}
    return tuple(sorted(chosen, key=lambda i: (not i.mandatory, -i.lost, positions[i])))


def _demanded(item: Item, sheet: Sheet, composed: Composed, place: int) -> bool:
    sums = Sums(composed.total, composed.chapters, composed.lines, composed.terms)
    return any(
        row.kind == "clause"
        and row.tier == sheet.tiers[place].key
        and row.clause in item.keys
        and not met(row, sheet, sums)
        for row in sheet.composition.conditions
    )


def _picks(
    sheet: Sheet,
    composed: Composed,
    place: int,
    forced: Sequence[Item],
    offered: Sequence[Item],
) -> Picks | None:
    """How many mandatory and other lines of each chapter; the fewest in all, then the most mandatory."""
    by_chapter = chapter_picks(sheet, composed, forced, offered, least=_least(sheet, place))
    return pick(sheet, by_chapter, place, bound=bound, stars=stars_for)


def _least(sheet: Sheet, place: int) -> Mapping[str, int]:
    """Points that chapters must reach by themselves."""
    return {
        row.chapter: to_centi(row.least)
        for row in sheet.composition.conditions
        if row.kind == "chapter" and row.tier == sheet.tiers[place].key
    }


def _chosen(picks: Picks, offered: Sequence[Item]) -> Iterator[Item]:
    for chapter, (mandatory, other) in picks.items():
        for wanted, count in ((True, mandatory), (False, other)):
            own = [i for i in offered if i.chapter == chapter and i.mandatory == wanted]
            yield from sorted(own, key=lambda item: -item.lost)[:count]
