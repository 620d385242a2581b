"""All of the points for one thing, none of them for another: 制度健全的得5分，弄虚作假的不得分."""

import re
from collections.abc import Sequence
from fractions import Fraction

from standards.reading.parts import Part, Rules

# 未开展, 逾期上报 are only the other side of what earns.
_OTHER_SIDE = re.compile(
    "(?:仍|尚|应)?(?:未|没|无|不|非|否|缺|少|漏|逾期|超期|超时|延|迟|晚|其[他它余])"
)
_NOTHING = re.compile("(?:全年|年内)?(?:均|都)?(?:无|没有|未发生|未出现)")
_HAPPENS = re.compile("(?:查实|查出|发现|发生|出现|存在|有|被|受)")
_AS_ASKED = re.compile("(?:完全)?(?:符合|达到)(?:要求|标准|规定)?|达标")
_LACKS = re.compile("(?:没有|无|缺少?).{2,}")  # 有制度得2分，没有台账不得分
_PROOF = re.compile(
    "(?:没有|无|未见)(?:相关|会议|工作|活动|文字|书面|影像)*(?P<proof>记录|资料|佐证|材料|痕迹|图片|照片)(?:材料|资料)?"
)


def in_points(parts: list[Part], points: Fraction | None) -> list[Part]:
    """建立台账得满分，弄虚作假不得分: all of the points as a number."""
    shapes = sorted({part.shape for part in parts})
    if points is None or shapes != ["~full", "~zero"] or not parts[0].what:
        return parts
    return [
        part.turned("~got", **{**part.values, "points": points}) if part.shape == "~full" else part
        for part in parts
    ]


def beside_the_rest(parts: list[Part], points: Fraction | None) -> list[Part]:
    """建立制度得2分，未建立的不得分；参学率低于95%的扣1分 on three points: each has its own."""
    if len(parts) < 3 or [part.shape for part in parts[:2]] != ["~got", "~zero"]:
        return parts
    (won, denied), rest = parts[:2], parts[2:]
    own = won.values["points"]
    together = won.sentence == denied.sentence and all(one.sentence > won.sentence for one in rest)
    costs = [_cost(part) for part in rest]
    fits = isinstance(own, Fraction) and None not in costs and points == own + sum(costs)
    if not (together and fits and _is_same(denied, won)):
        return parts
    return [won.turned("binary", points=own, met=True), *rest]


def _cost(part: Part) -> Fraction | None:
    """What one loss takes, where it can be no more."""
    if part.shape == "~fine" and isinstance(part.values["points"], Fraction):
        return part.values["points"]
    if part.shape != "bands" or part.values.get("as") != "add":
        return None
    amounts = [band["points"] for band in part.values["bands"]]
    known = all(isinstance(one, Fraction) and one <= 0 for one in amounts)
    return -min(amounts) if known else None


def both(won: Sequence[Part], others: Sequence[Part], rules: Rules) -> list[Part] | None:
    """What earns is asked as well, unless what ends it says the same; that it must be proved is no rule."""
    if len(won) != 1 or not won[0].what or any(part.shape != "~zero" for part in others):
        return None
    own = won[0].turned("binary", met=True)
    unproved = [part for part in others if _is_proof(part, own)]
    if len(unproved) == len(others) == 1:
        rules.doubt(f"“{others[0].what}”不得分，由检查人掌握", "0.9")
        return [own]
    if any(_is_same(part, own) for part in others):
        return None
    failed = won[0].turned("~zero")
    failed.what = f"未达到“{re.sub('[“”]', '', own.what)}”要求"
    return [failed, *others]


def _is_proof(part: Part, own: Part) -> bool:
    found = _PROOF.fullmatch(part.what)
    return found is not None and found["proof"] not in own.what


def _is_same(part: Part, own: Part) -> bool:
    happens = _NOTHING.match(own.what) and _HAPPENS.match(part.what)
    if happens or _AS_ASKED.fullmatch(own.what) or _shares_words(part.what, own.what):
        return True
    return bool(_OTHER_SIDE.match(part.what)) and not _LACKS.match(part.what)


def _shares_words(words: str, others: str) -> bool:
    return any(words[at : at + 2] in others for at in range(len(words) - 1))
