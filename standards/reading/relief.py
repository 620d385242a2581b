"""A milder amount for whoever is excused (经批准的扣0.2分, 因公可酌减) comes in place of the loss, not on top."""

import re
from collections.abc import Sequence

from standards.reading.parts import Part, Unread
from standards.reading.sound import _ends

_MILDER = re.compile(
    r"(?<![未不无没])(?:(?:[履办]行?了?|有|已)?请假(?:手续|条|的)?|(?:已|事先|提前)?经[^，。；]{0,6}(?:批准|同意)|"
    r"因(?:公|病|事)(?:请假|外出|出差)?|(?:确)?[有因](?:客观|特殊|正当|合理|工作|身体|天气)(?:原因|理由|情况|因素)(?:未(?:参加|完成|到会|上报))?|"
    r"情节(?:较轻|轻微)|(?:受|因)不可抗力(?:因素|影响)*|自首|自查自纠|(?:已|能够?|事先|提前|书面)+(?:说明|报备|告知)(?:原因|情况|理由)?|"
    r"(?:能够?|及时|事后|已)?主动(?:报告|上报|整改|说明|纠正|承认|改正|认错|补救|消除影响)|"
    r"(?:能够?|已|事后)?及时(?:整改|纠正|改正|补救|报告|说明)(?:到位|完成|完毕)?)(?:的|者)?"
)
# 主动报告的少扣1分 is less of the amount before; 至少扣1分 is not.
_LESS_OR_MORE = re.compile(r"(?<![至最不减增缺次人])[少多][扣减](?=[0-9.]+分)")
# 可酌情减分: whoever may grant it takes less away.
_MAY_BE_LESS = re.compile(r"可以?(?:予以|给予)?(?:酌情|视情|适当|酌)*(?:减|少扣|从轻)")


def check(parts: Sequence[Part], text: str, said: Sequence[str]) -> None:
    """`said` are the words of each part."""
    if found := _LESS_OR_MORE.search(text):
        raise Unread(f"“{found.group()}”是在前面扣分的基础上增减，未能识别，请人工核定")
    for at, part in enumerate(parts):
        before = [one for one in parts[:at] if _costs(one)]
        if before and _costs(part) and _is_milder(part, said[at], before):
            raise Unread(f"“{part.what}”是改按这个扣还是另外再扣，没有写明")


def _is_milder(part: Part, said: str, before: Sequence[Part]) -> bool:
    excused = bool(_MILDER.fullmatch(part.what)) and not _is_another(part, said)
    if part.shape == "judged":
        return excused or bool(_MAY_BE_LESS.search(said))
    return excused and any(_amount(part) <= _amount(one) for one in before)


def _is_another(part: Part, said: str) -> bool:
    """缺席1次扣1分，请假1次扣0.2分: leave is counted for itself, and so is what goes beyond three of them."""
    beyond = bool(part.values.keys() & {"free", "target"})
    return beyond or part.what == "请假" and "假的" not in said


def _costs(part: Part) -> bool:
    if part.shape == "judged":
        return _ends(part.values["range"])[0] < 0
    return part.shape in ("binary", "step") and not (
        part.values.get("credit") or "start" in part.values
    )


def _amount(part: Part) -> object:
    amount = part.values.get("points", part.values.get("unit"))
    return amount if amount is not None else 0
