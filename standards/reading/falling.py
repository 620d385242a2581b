"""Tables of losses side by side: 迟到1次扣1分，2次以上不得分；缺席1次扣2分，2次以上不得分."""

from collections.abc import Sequence
from fractions import Fraction

from standards.reading.parts import Part


def side_by_side(parts: list[Part], points: Fraction | None) -> list[Part]:
    """Each takes its own from the line: 不得分 of one is all the points of it, whatever the others say."""
    tables = [part for part in parts if part.shape == "bands" and part.values.get("as") != "add"]
    if points is None or len(tables) < 2 or not all(_falls(part, points) for part in tables):
        return parts
    return [_lost(part, points) if part in tables else part for part in parts]


def _falls(part: Part, points: Fraction) -> bool:
    amounts = [row["points"] for row in part.values["bands"]]
    return "fell" in part.values and points in amounts


def _lost(part: Part, points: Fraction) -> Part:
    rows = [{**row, "points": _less(row["points"], points)} for row in part.values["bands"]]
    return part.turned("bands", **{**part.values, "bands": rows, "as": "add"})


def _less(worth: object, points: Fraction) -> object:
    return [one - points for one in worth] if isinstance(worth, Sequence) else worth - points
