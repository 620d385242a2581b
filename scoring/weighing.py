"""From chapters to the summands of the total: components by weight, extra lines, bonus, what is cut off."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor

from scoring.sums import ChapterSum, Known, Sheet, Term
from standards.composing.shapes import AS_EDITION, Bonus, Component, Improvement
from standards.rules.amounts import round_half_up, to_centi

IMPROVED = "improvement"


def basis(sheet: Sheet, chapters: Sequence[ChapterSum]) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """Components (or the chapters themselves) and extra lines; and the keys of what is not known yet."""
    parts = sheet.composition.components
    terms = (
        [component(part, sheet, chapters) for part in parts]
        if parts
        else [Term("chapter", chapter.key, chapter.points) for chapter in chapters]
    )
    waiting = [term.key for term in terms if term.kind == "component" and term.of is None]
    for extra in sheet.composition.extra:
        points = sheet.known.extra.get(extra.key)
        terms.append(Term("extra", extra.key, points or 0))
        if points is None:
            waiting.append(extra.key)
    return tuple(terms), tuple(waiting)


def component(part: Component, sheet: Sheet, chapters: Sequence[ChapterSum]) -> Term:
    """Its share of its weight of the base, rounded half up once."""
    share = _share(part, sheet, chapters)
    points = 0 if share is None else round_half_up(stake(sheet.base, part.weight) * share)
    return Term("component", part.key, points, share)


@lru_cache(maxsize=1_000)
def stake(base: int, weight: Fraction) -> Fraction:
    """What the whole of a component is worth, in centi-points."""
    return base * weight / 100


def _share(part: Component, sheet: Sheet, chapters: Sequence[ChapterSum]) -> Fraction | None:
    if part.kind == "chapters":
        own = [chapter for chapter in chapters if chapter.key in part.chapters]
        worth = sum(chapter.maximum for chapter in own)
        # Nothing of it stands on this field's sheet: full, as a chapter nothing of which applies.
        return Fraction(sum(c.points for c in own), worth) if worth else Fraction(1)
    if part.kind == "source":
        total = sheet.known.totals.get(part.source)
        return None if total is None else _within(Fraction(total, sheet.base))
    figure = sheet.known.figures.get(part.figure)
    return None if figure is None else _within(figure / part.maximum)


def _within(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))


def bonuses(
    sheet: Sheet, entries: Iterable[tuple[str, int]], base: int
) -> tuple[tuple[Term, ...], int]:
    """Bonus and penalty terms from (line, centi-points), and what is withheld below the bonus base."""
    bonus, entries = sheet.composition.bonus, list(entries)
    gains = _grouped(bonus, [(line, amount) for line, amount in entries if amount > 0])
    gains += improved(sheet.composition.history.improvement, sheet.known, base)
    penalty = sum(amount for _, amount in entries if amount < 0)
    earned = sum(term.points for term in gains)
    counted = earned if bonus.cap is None else min(earned, to_centi(bonus.cap))
    terms = [Term("penalty", "", penalty)] if penalty else []
    if bonus.base is not None and base < to_centi(bonus.base):
        return tuple(terms), counted
    if counted < earned:
        gains.append(Term("cap", "bonus", counted - earned))
    return (*gains, *terms), 0


def _grouped(bonus: Bonus, gains: Sequence[tuple[str, int]]) -> list[Term]:
    """Each group's sum under its cap; what is in no group stands as it is, under an empty key."""
    home = {clause: group for group in bonus.groups for clause in group.clauses}
    sums: dict[str, int] = {}
    for line, amount in gains:
        key = home[line].key if line in home else ""
        sums[key] = sums.get(key, 0) + amount
    caps = {group.key: to_centi(group.cap) for group in bonus.groups}
    return [Term("bonus", key, min(amount, caps.get(key, amount))) for key, amount in sums.items()]


def improved(rule: Improvement | None, known: Known, base: int) -> list[Term]:
    """So much for every whole step by which the base is better than the last total."""
    if rule is None or known.last is None or base <= known.last.total:
        return []
    points = to_centi(floor(Fraction(base - known.last.total, 100) / rule.each) * rule.points)
    points = points if rule.cap is None else min(points, to_centi(rule.cap))
    return [Term("bonus", IMPROVED, points)] if points else []


def held_within(sheet: Sheet, total: int) -> tuple[Term, ...]:
    """What the ceiling takes or the floor of 0 adds, as a term of its own."""
    top = ceiling(sheet)
    if total < 0:
        return (Term("floor", "", -total),)
    return (Term("ceiling", "", top - total),) if top is not None and total > top else ()


def ceiling(sheet: Sheet) -> int | None:
    stated = sheet.composition.bonus.ceiling
    if stated == AS_EDITION:
        return sheet.ceiling
    return None if stated is None else to_centi(stated)
