"""Points and rule in one bracket: 支委会每月1次（3分，每少1次扣0.3分） as 支委会每月1次（3分）。每少1次扣0.3分."""

import re

from standards.reading.characters import Written
from standards.reading.numerals import ARABIC
from standards.reading.parts import Unread

_BOTH = re.compile(
    rf"(?P<points>（(?:共|计)?{ARABIC}分)[，；。：](?P<rule>[^（）]*(?:扣{ARABIC}分|不得分)[^（）]*)）"
)


_POINTS = rf"（(?:共|计)?{ARABIC}分）"
# 有计划（2分）、有总结（2分，无总结不得分）: the rule is of its own part alone.
_BETWEEN = re.compile(rf"(?<=分）)[、，](?=[^（）。；]*{_POINTS})")


def opened(written: Written) -> Written:
    """The rule taken out of the bracket, behind its points; a mark stands where each mark stood."""
    text, origin, at = "", [], 0
    for found in _BOTH.finditer(written.text):
        text += written.text[at : found.end("points")] + "），" + found["rule"]
        mark = written.origin[found.end("points")]
        origin += [*written.origin[at : found.end("points")], mark, mark]
        origin += written.origin[slice(*found.span("rule"))]
        at = found.end()
        if written.text[at : at + 1] in ("，", "、"):
            text, origin, at = text + "；", [*origin, written.origin[at]], at + 1
    if at:
        _no_loss_of_all(written.text)
        text = _BETWEEN.sub("；", text + written.text[at:])
        return Written(written.phrase, text, (*origin, *written.origin[at:]))
    return written


_EACH_LOST = re.compile(rf"{_POINTS}[，。；]?[^（）]*(?:扣{ARABIC}分|不得分)")


def _no_loss_of_all(text: str) -> None:
    """有台账（1分）、有计划（1分，无计划不得分），缺一项扣0.5分: of each part, or of the last?"""
    if _BETWEEN.search(text) and _EACH_LOST.search(text):
        raise Unread("各项已写明分值，后面的扣分怎么衔接没有写明")
