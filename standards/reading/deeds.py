"""A cell of nothing but demands with their points: 有80平方米以上的活动室（2分）；布置整齐，有桌椅（3分）."""

import re
from fractions import Fraction

from standards.reading.characters import Written
from standards.reading.numerals import ARABIC
from standards.reading.parts import Part, Rules
from standards.reading.sections import SCORED, STATE_OR_DEED

_DEED = re.compile(
    rf"(?:[①-⑳]|（[0-9一二三四五六七八九十]{{1,2}}）|[0-9]{{1,2}}[.、])?(?P<what>[^。；（）]{{2,60}})（(?:计|得)?(?P<n>{ARABIC})分）[，。；]?"
)
_OTHERWISE = re.compile(
    rf"{SCORED.pattern}|每|{ARABIC}分|[未没无不](?!少于|低于|小于|断)|酌|扣|分别"
)


def read(written: Written, points: Fraction | None) -> Rules | None:
    """Each is there or not; nothing where they are not the whole line, or where one may be anything."""
    found = list(_DEED.finditer(written.text))
    rest = _DEED.sub("", written.text)
    labels = [one["what"].strip("，、：") for one in found]
    credits = dict(zip(labels, (Fraction(one["n"]) for one in found), strict=True))
    whole = not rest and 1 < len(credits) == len(found) and sum(credits.values()) == points
    if not whole or not all(map(_is_deed, labels)):
        return None
    start, end = written.source(0, len(written.text))
    values = {"parts": labels, "credits": credits}
    rules = Rules([Part("parts", values, "", "", start, end)])
    rules.doubt("一项里有几个要求的，按全部做到才得分读", "0.8")
    return rules


def _is_deed(label: str) -> bool:
    """制定年度计划, 有桌椅; but 组织建设 may be anything."""
    return bool(STATE_OR_DEED.search(label)) and not _OTHERWISE.search(label)
