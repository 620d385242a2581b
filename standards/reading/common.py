"""One rule behind several parts with points of their own: 党员大会每季度1次（2分）、支委会每月1次（3分），每缺1次扣0.5分."""

import re
from fractions import Fraction

from standards.reading.characters import Written
from standards.reading.numerals import ARABIC
from standards.reading.sections import SCORED, Section, cut_out, label_of

_BRACKET = re.compile(rf"（(?:共|计)?(?P<n>{ARABIC})分）")
_MARKS = "，。；：、"
_STRENGTH = "、，；。"
# One that is missing, of each of them.
_RULE = re.compile(
    rf"[，。；：](?:以上)?(?:各项|各类|每项)?(?:会议|活动)?，?(?:每|凡)?(?:缺少?|少)(?:召开|开展|组织|开)?[一1](?:次|场|期|节)(?:的|者)?，?扣{ARABIC}分"
    rf"(?:[，。；](?:各项)?(?:该项分值)?扣完为止)?[。；]?"
)


def split(written: Written, points: Fraction | None) -> list[Section]:
    """Each part with the rule behind all of them; nothing where they do not add up to the line."""
    text = written.text
    found = list(_BRACKET.finditer(text))
    if found and Fraction(found[0]["n"]) == points:
        start, found = found[0].end(), found[1:]
    else:
        start = 0
    if len(found) < 2 or not _RULE.fullmatch(text, found[-1].end()):
        return []
    if sum(Fraction(one["n"]) for one in found) != points:
        return []
    behind = text[found[-1].end()]
    if any(_STRENGTH.find(text[one.end()]) >= _STRENGTH.find(behind) for one in found[:-1]):
        return []  # of the last part alone, or of all?
    starts = [start, *(one.end() for one in found[:-1])]
    parts = list(zip(starts, found, strict=True))
    if any(SCORED.search(text[at : one.start()]) for at, one in parts):
        return []
    rule = range(found[-1].end(), len(text))
    return [_part(written, at, one, rule) for at, one in parts]


def _part(written: Written, start: int, found: re.Match, rule: range) -> Section:
    head = written.text[start : found.start()]
    start += len(head) - len(head.lstrip(_MARKS))
    own = cut_out(written, [*range(start, found.start()), *rule])
    return Section(own, Fraction(found["n"]), label_of(head.strip(_MARKS)))
