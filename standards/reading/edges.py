"""A ladder with a bound the rule language cannot hold: levels by their printed words.

55-60岁得1分，超过60岁不得分: who is at 60 has the point, which a bound from 60 on would take away.
"""

from fractions import Fraction
from itertools import pairwise

from standards.reading.bounds import Bound
from standards.reading.characters import Written
from standards.reading.parts import Part, Rules, Unread


def wrong_side(bounds: list[Bound], table: list[dict]) -> Bound | None:
    """The bound at which more would be taken than the text takes."""
    for (higher, lower), (above, below) in zip(pairwise(bounds), pairwise(table), strict=True):
        if higher.loose and lower.last == higher.lower and _most(above) < _most(below):
            return higher
    return None


def levels(rungs: list, table: list[dict], rules: Rules, edge: Bound) -> Part:
    """Best first, each with the words it stands in; only where the text names every one of them."""
    words = [part.values.get("worded", "") for _, part in rungs]
    whole = rungs[-1][0].lower is None and all(words) and len(set(words)) == len(words)
    if not whole or any(part.values["verb"] != "get" and _takes(part) for _, part in rungs):
        raise Unread(f"正好{_plain(edge.lower)}{edge.unit}的是下一档，按“以上”记会多扣")
    rules.doubt(f"正好{_plain(edge.lower)}{edge.unit}的属于下一档，各档按原文列出", "0.9")
    bands = [
        {"label": word, "points": rung["points"]} for word, rung in zip(words, table, strict=True)
    ]
    first, last = rungs[-1][1], rungs[0][1]
    kept = {key: first.values[key] for key in ("applies",) if key in first.values}
    what = first.what or first.values.get("subject", "")
    values = {"bands": bands[::-1], "worded": True, **kept}
    return Part("bands", values, what, "", first.start, last.end, first.sentence)


def as_printed(parts: list[Part], written: Written) -> None:
    """The levels with the dashes of the phrase: 55—60岁."""
    for part in parts:
        if part.values.pop("worded", False):
            for band in part.values["bands"]:
                band["label"] = written.printed(band["label"])


def _takes(part: Part) -> bool:
    return part.values["points"] != "none"


def _most(band: dict) -> Fraction:
    return band["points"][0] if isinstance(band["points"], list) else band["points"]


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"
