"""Many branches of one field at once: packed vectors -> lines -> chapters -> total -> gates -> tier.

The meaning is `standards.rules.evaluate` and `scoring.formula`; this says the same for whole columns, in
whole numbers. `by_hand` names lines that the pure evaluator had to take row by row.
"""

from dataclasses import dataclass, field

import numpy as np

from scoring.formula import Chapter
from scoring.program import JUDGED, MOST_GATES, NOT_APPLICABLE, UNJUDGED, Program
from scoring.vector_exact import Unfit, times, worked_out
from scoring.vector_tables import MOST_DISTINCT, OPEN, Found, distinct, looked_up
from standards.rules.amounts import to_centi

STATES = ("unjudged", "judged", "left_out", "full", "zero")
LEFT_OUT, FULL, ZERO = 2, 3, 4
WAYS = {"full": FULL, "zero": ZERO}
NO_TIER = -1
LOWEST, HIGHEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
PASSES, FAILS, NO_VERDICT = 1, 0, -1


@dataclass
class Scores:
    """A row per branch. `states` index STATES; `tier` indexes the program's tiers or is NO_TIER.

    `chapters` are within the bounds of the composition; `total`, `tier` and `passes` are those of a sheet that
    simply adds up, the meaning of a composition beyond that is `formula.completed`.
    """

    points: np.ndarray
    states: np.ndarray
    gates: np.ndarray
    chapters: np.ndarray
    scaled: np.ndarray
    zeroed: np.ndarray
    clamped: np.ndarray
    total: np.ndarray
    tier: np.ndarray
    passes: np.ndarray
    unjudged: np.ndarray
    by_hand: tuple[str, ...] = field(default=())


def fits(program: Program) -> bool:
    """Whether the field's lines can be scored in columns: a mask holds its gates, and no loss depends on an earlier problem."""
    if not program.lines or program.composition.history.unsolved is not None:
        return False
    return len(program.gates) <= MOST_GATES and program.packs


def score(program: Program, vectors: np.ndarray) -> Scores:
    """`vectors` of the program's layout, one row per branch."""
    count, width = len(vectors), len(program.lines)
    # A line is one piece of memory; the branches see the same the other way round.
    said = np.ascontiguousarray(vectors["state"].T)
    judged, outside = said == JUDGED, (said == NOT_APPLICABLE).any(axis=1)
    whole = judged.all(axis=1)
    points, states = np.zeros((width, count), np.int64), judged.view(np.uint8)
    gates, by_hand = np.zeros(count, np.int64), []
    for line in range(width):
        found, alone = found_for(program, line, vectors)
        if found.is_open:
            judged[line] &= found.points != OPEN
        is_whole = whole[line] and not found.is_open
        points[line] = found.points if is_whole else np.where(judged[line], found.points, 0)
        if found.gates is not None:
            gates |= found.gates if is_whole else np.where(judged[line], found.gates, 0)
        if outside[line]:
            left_out(program, line, said[line] == NOT_APPLICABLE, points, states)
        by_hand += [program.lines[line].key] if alone else []
    return composed(program, points, states, gates, tuple(by_hand))


def found_for(program: Program, line: int, vectors: np.ndarray) -> tuple[Found, bool]:
    """The line's points, and whether the pure evaluator had to take every distinct row."""
    found = looked_up(program, line, vectors) or distinct(
        program, line, vectors, most=MOST_DISTINCT
    )
    if found is not None:
        return found, False
    try:
        return worked_out(program, line, vectors), False
    except Unfit:
        return distinct(program, line, vectors, most=None), True


def left_out(program: Program, line: int, here, points: np.ndarray, states: np.ndarray) -> None:
    """A clause that does not apply: left out, full or zero, as the clause or else the edition says."""
    own = program.lines[line]
    way = WAYS.get(own.not_applicable or program.options.not_applicable, LEFT_OUT)
    points[line, here] = own.maximum if way == FULL else 0
    states[line, here] = way


def composed(program: Program, points, states, gates, by_hand: tuple[str, ...]) -> Scores:
    """`points` and `states`: a row per line."""
    columns = [chapter_of(program, chapter, points, states) for chapter in program.chapters]
    chapters = np.stack([part for part, _scaled in columns], axis=1)
    scaled = np.stack([scaled for _part, scaled in columns], axis=1)
    zeroed = np.stack(
        [zeroed_by(program, chapter.key, gates) for chapter in program.chapters], axis=1
    )
    chapters[zeroed] = 0
    total = chapters.sum(axis=1)
    clamped = clamp(program, chapters, zeroed)
    total = np.maximum(total if program.ceiling is None else np.minimum(total, program.ceiling), 0)
    unjudged = np.count_nonzero(states == UNJUDGED, axis=0)
    tier, passes = verdict(program, total, gates, unjudged > 0)
    return Scores(
        points=points.T,
        states=states.T,
        gates=gates,
        chapters=chapters,
        scaled=scaled,
        zeroed=zeroed,
        clamped=clamped,
        total=total,
        tier=tier,
        passes=passes,
        unjudged=unjudged,
        by_hand=by_hand,
    )


def clamp(program: Program, chapters: np.ndarray, zeroed: np.ndarray) -> np.ndarray:
    """Hold the chapters within the composition's bounds, in place; one that a gate zeroed stays at 0.

    Returns what that added or took.
    """
    if not program.composition.clamps:
        return np.broadcast_to(np.int64(0), chapters.shape)
    before = chapters.copy()
    place = {chapter.key: n for n, chapter in enumerate(program.chapters)}
    for each in program.composition.clamps:
        n = place.get(each.chapter)
        if n is None:
            continue
        least = LOWEST if each.floor is None else to_centi(each.floor)
        most = HIGHEST if each.ceiling is None else to_centi(each.ceiling)
        held = np.minimum(np.maximum(chapters[:, n], least), most)
        chapters[:, n] = np.where(zeroed[:, n], 0, held)
    return chapters - before


def chapter_of(program: Program, chapter: Chapter, points, states) -> tuple[np.ndarray, np.ndarray]:
    """(points, whether left-out lines gave their weight to the others)"""
    own = [n for n, line in enumerate(program.lines) if line.chapter == chapter.key]
    # A line left out has no points.
    summed, counted = points[own].sum(axis=0), states[own] != LEFT_OUT
    scaled = ~counted.all(axis=0)
    if not scaled.any():
        return summed, scaled
    maxima = np.array([program.lines[n].maximum for n in own], np.int64)
    weight = (maxima[:, None] * counted).sum(axis=0)
    share = rounded(times(summed, chapter.maximum), np.maximum(weight, 1))
    share = np.where(weight > 0, share, chapter.maximum + summed)
    return np.where(scaled, share, summed), scaled


def rounded(number: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Half up by size, as `amounts.round_half_up`."""
    return np.sign(number) * ((2 * np.abs(number) + base) // (2 * base))


def bits_of(program: Program, effect: str, **named: str) -> dict[int, str]:
    """{bit: the tier it names} of the gates with this effect."""
    found = {}
    for place, (line, step) in enumerate(program.gates):
        gate = program.lines[line].rule.steps[step]
        if gate.effect == effect and all(getattr(gate, name) == key for name, key in named.items()):
            found[1 << place] = gate.tier
    return found


def hit(program: Program, gates: np.ndarray, effect: str, **named: str) -> np.ndarray:
    return (gates & sum(bits_of(program, effect, **named))) != 0


def zeroed_by(program: Program, chapter: str, gates: np.ndarray) -> np.ndarray:
    return hit(program, gates, "zero_group", chapter=chapter)


def verdict(program: Program, total, gates, is_open) -> tuple[np.ndarray, np.ndarray]:
    """Not graded beats fail beats an open line beats force beats cap beats grant."""
    tiers = program.tiers
    below = len(tiers)
    place = places(program, total, gates)
    tier = np.where(place < below, place, NO_TIER)
    passing = np.array([tier.passes for tier in tiers] + [False])
    passes = np.where(passing[place], PASSES, FAILS)
    silent = is_open | (below == 0)
    tier, passes = np.where(silent, NO_TIER, tier), np.where(silent, NO_VERDICT, passes)
    failing = [n for n, tier in enumerate(tiers) if not tier.passes]
    failed = hit(program, gates, "fail")
    tier = np.where(failed, failing[-1] if failing else NO_TIER, tier)
    passes = np.where(failed, FAILS, passes)
    ungraded = hit(program, gates, "not_graded")
    return np.where(ungraded, NO_TIER, tier), np.where(ungraded, NO_VERDICT, passes)


def places(program: Program, total: np.ndarray, gates: np.ndarray) -> np.ndarray:
    """Index of the tier, best 0; below every floor it is one past the last."""
    if program.options.tier_rounding == "integer":
        total = 100 * rounded(total, np.int64(100))
    place = np.full(len(total), len(program.tiers))
    for n, tier in reversed(list(enumerate(program.tiers))):
        place = np.where(total >= tier.floor, n, place)
    named = {tier.key: n for n, tier in enumerate(program.tiers)}
    place = np.minimum(place, bound(program, gates, "grant_tier", named, np.minimum, len(named)))
    place = np.maximum(place, bound(program, gates, "cap_tier", named, np.maximum, -1))
    forced = bound(program, gates, "force_tier", named, np.maximum, -1)
    return np.where(forced >= 0, forced, place)


def bound(
    program: Program, gates, effect: str, named: dict[str, int], pick, idle: int
) -> np.ndarray:
    """The tier named by the gates hit, the strictest of several; `idle` where none is."""
    found = np.full(len(gates), idle)
    for bit, tier in bits_of(program, effect).items():
        if tier in named:
            found = pick(found, np.where(gates & bit, named[tier], idle))
    return found
