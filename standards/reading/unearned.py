"""有计划、有总结（3分）。获市级表彰加2分: what adds on top does not say how the points of the demand are earned."""

from collections.abc import Sequence

from standards.reading.parts import Part, Unread


def check(parts: Sequence[Part], demand: str) -> None:
    """`demand` says the points of the line; the rules stand behind it."""
    if demand and parts and all(_on_top(part) for part in parts):
        raise Unread(f"“{demand}”没有写怎么评分，后面只写了加分")


def _on_top(part: Part) -> bool:
    if part.shape == "adjust":
        return not part.values.get("inside")
    return part.shape == "step" and bool(part.values.get("credit"))
