"""Parts with points of their own, and what they cost said behind all of them.

党员大会每季度1次（2分）、支委会每月1次（3分），每缺1次扣0.5分 is one rule for each; 建立制度（1分）；按季公示（1分）。
未建立制度扣1分，少公示1次扣0.25分 is one for every part.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
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
_LOSS = re.compile(
    rf"[，。；]*(?P<said>[^。；]*?(?:扣{ARABIC}分|不得分)(?:[，。；]扣完为止)?)(?=[，。；]|$)"
)
_NUMBERED = re.compile(r"^(?:[0-9]{1,2}[.、]|（[0-9一二三四五六七八九十]+）|[①-⑳])")


def split(written: Written, points: Fraction | None) -> list[Section]:
    """Each part with the rule behind all of them; nothing where they do not add up to the line."""
    parts = _parts(written.text, points)
    if not parts:
        return []
    behind = range(parts[-1][1].end(), len(written.text))
    if not _RULE.fullmatch(written.text, behind.start):
        losses = _each_its_own(written.text, parts, behind.start)
        return [replace(_part(written, *one), label="") for one in zip(parts, losses, strict=False)]
    mark = _STRENGTH.find(written.text[behind.start])
    if any(_STRENGTH.find(written.text[one.end()]) >= mark for _, one in parts[:-1]):
        return []  # of the last part alone, or of all?
    return [_part(written, one, behind) for one in parts]


_Parts = Sequence[tuple[int, re.Match]]


def _parts(text: str, points: Fraction | None) -> _Parts:
    """Where each begins, and its points; the points of the line may stand before them."""
    found = list(_BRACKET.finditer(text))
    start = 0
    if found and Fraction(found[0]["n"]) == points:
        start, found = found[0].end(), found[1:]
    parts = list(zip([start, *(one.end() for one in found)], found, strict=False))
    plain = not any(SCORED.search(text[at : one.start()]) for at, one in parts)
    together = sum(Fraction(one["n"]) for one in found)
    ends = len(found) > 1 and found[-1].end() < len(text)
    return parts if ends and plain and together == points else []


def _each_its_own(text: str, parts: _Parts, start: int) -> list[list[int]]:
    """As many losses as parts, each with words of one part more than of any other."""
    losses = list(_LOSS.finditer(text, start))
    rest = _LOSS.sub("", text[start:]).strip(_MARKS)
    if rest or len(losses) != len(parts):
        return []
    heads = [text[at : one.start()] for at, one in parts]
    nearest = [_nearest(loss.group(), heads) for loss in losses]
    if sorted(nearest, key=str) != sorted(range(len(parts)), key=str):
        return []
    ordered = [losses[nearest.index(at)] for at in range(len(parts))]
    return [[start, *range(loss.start("said"), loss.end())] for loss in ordered]


def _nearest(loss: str, heads: Sequence[str]) -> int | None:
    """The only part with the most words in common."""
    pairs = {loss[at : at + 2] for at in range(len(loss) - 1)}
    shared = [sum(head[at : at + 2] in pairs for at in range(len(head) - 1)) for head in heads]
    best = max(shared)
    return shared.index(best) if best and shared.count(best) == 1 else None


def _part(written: Written, part: tuple[int, re.Match], rule: Sequence[int]) -> Section:
    start, found = part
    head = written.text[start : found.start()]
    plain = _NUMBERED.sub("", head.lstrip(_MARKS))
    own = [*range(found.start() - len(plain), found.start()), *rule]
    return Section(cut_out(written, own), Fraction(found["n"]), label_of(plain.strip(_MARKS)))
