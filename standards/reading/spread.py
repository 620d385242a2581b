"""Levels with ranges whose words name the thing: 氛围浓厚得5-6分，一般得3-4分，没有不得分."""

from fractions import Fraction
from itertools import pairwise

from standards.reading.ladder import given
from standards.reading.levels import is_absence
from standards.reading.lexicon import WORDS
from standards.reading.parts import Part, Rules, Unread
from standards.reading.scales import SCALES

_WORST = tuple(word for word in WORDS["grade"] if word.startswith("不") or word in ("差", "较差"))


def spreads(parts: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    """One table for a row of ranges of which the best reaches all points of the line."""
    found: list[Part] = []
    at = 0
    while at < len(parts):
        run = _run(parts[at:])
        spans = [_span(part) for part in run]
        if len(run) > 1 and not _on_a_scale(run) and _choice(spans, points):
            rules.doubt("各得分档按择一得分读", "0.8")
            found.append(_table(run, spans))
        else:
            found.extend(run or parts[at : at + 1])
        at += len(run) or 1
    return found


def _on_a_scale(run: list[Part]) -> bool:
    """Read as graded words."""
    names = {
        part.values.get("name", "").removesuffix("要求") for part in run if part.shape != "~zero"
    }
    return any(names <= set(scale) for scale in SCALES)


def _run(parts: list[Part]) -> list[Part]:
    """From a range on; what stands behind a level without points is no level of the table."""
    run: list[Part] = []
    for part in parts:
        if "applies" in part.values or not _is_level(part, first=not run):
            break
        run.append(part)
        if _span(part) == (0, 0):
            break
    return run


def _is_level(part: Part, *, first: bool) -> bool:
    values = part.values
    if part.shape == "judged":
        return values["verb"] == "get" and not values["bare"] and bool(part.what)
    if part.shape == "~grade":
        earns = values["verb"] == "get" and isinstance(values["points"], tuple)
        return earns or not first and values["points"] == "none"
    worst = is_absence(part.what) or part.what.endswith(_WORST)
    return part.shape == "~zero" and worst and not first


def _span(part: Part) -> tuple[Fraction, Fraction]:
    if part.shape == "judged":
        low, high = part.values["range"]
        return low, high
    points = part.values.get("points")
    return points if isinstance(points, tuple) else (Fraction(0), Fraction(0))


def _choice(spans: list[tuple[Fraction, Fraction]], points: Fraction | None) -> bool:
    """Whether one of them is chosen; where they add up to the line each stands for itself."""
    ranges = [high for _, high in spans if high]
    if len(ranges) < 2 or sum(ranges) == points:
        return False
    falls = all(better[0] >= worse[1] for better, worse in pairwise(spans))
    if not falls or ranges[0] != points:
        raise Unread("各得分区间是择一还是累加，没有写明")
    return True


def _table(run: list[Part], spans: list[tuple[Fraction, Fraction]]) -> Part:
    bands = [
        {
            "label": part.values.get("condition") or part.what,
            "points": given(span) if span[1] else Fraction(0),
        }
        for part, span in zip(run, spans, strict=True)
    ]
    return Part("bands", {"bands": bands}, "", "", run[0].start, run[-1].end, run[0].sentence)
