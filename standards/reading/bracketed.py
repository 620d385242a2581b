"""Points and rule in one bracket: 支委会每月1次（3分，每少1次扣0.3分） as 支委会每月1次（3分）。每少1次扣0.3分."""

import re

from standards.reading.characters import Written
from standards.reading.numerals import ARABIC

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
        text = _BETWEEN.sub("；", text + written.text[at:])
        return Written(written.phrase, text, (*origin, *written.origin[at:]))
    return written
