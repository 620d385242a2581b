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
        spans = [_span(part, points) for part in run]
        if _has_range(run) and not _on_a_scale(run) and _choice(spans, points):
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
        if _span(part, Fraction(1)) == (0, 0):
            break
    return run


def _has_range(run: list[Part]) -> bool:
    return len(run) > 1 and any(
        part.shape == "judged" or isinstance(part.values.get("points"), tuple) for part in run
    )


def _is_level(part: Part, *, first: bool) -> bool:
    """A range, or a fixed credit beside ranges: 齐全规范得5分，基本齐全得3-4分."""
    values = part.values
    if part.shape == "judged":
        return values["verb"] == "get" and not values["bare"] and bool(part.what)
    if part.shape == "~grade":
        earns = values["verb"] == "get" and values["points"] not in ("kept", "calm")
        return earns or not first and values["points"] == "none"
    if part.shape in ("~got", "~full"):
        return bool(part.what)
    worst = is_absence(part.what) or part.what.endswith(_WORST)
    return part.shape == "~zero" and worst and not first


def _span(part: Part, top: Fraction | None) -> tuple[Fraction, Fraction]:
    if part.shape == "judged":
        low, high = part.values["range"]
        return low, high
    points = part.values.get("points", "full" if part.shape == "~full" else "none")
    if isinstance(points, tuple):
        return points
    amount = points if isinstance(points, Fraction) else (points == "full") * (top or Fraction(0))
    return amount, amount


def _choice(spans: list[tuple[Fraction, Fraction]], points: Fraction | None) -> bool:
    """Whether one of them is chosen; where they add up to the line each stands for itself."""
    ranges = [high for _, high in spans if high]
    if len(ranges) < 2 or sum(ranges) == points:
        return False
    falls = all(better[0] >= worse[1] for better, worse in pairwise(spans))
    if falls and ranges[0] == points:
        return True
    if all(low < high for low, high in spans if high):
        raise Unread("各得分区间是择一还是累加，没有写明")
    return False


def _table(run: list[Part], spans: list[tuple[Fraction, Fraction]]) -> Part:
    bands = [
        {
            "label": part.values.get("condition") or part.what,
            "points": given(span if span[0] < span[1] else span[0]),
        }
        for part, span in zip(run, spans, strict=True)
    ]
    return Part("bands", {"bands": bands}, "", "", run[0].start, run[-1].end, run[0].sentence)
