"""每次扣2分，影响恶劣的扣5分: a worse case of what costs already, on top of it or in its place?"""

import re
from collections.abc import Sequence
from itertools import pairwise

from standards.reading.parts import Part, Unread
from standards.reading.tokens import Token

_CAME_OF_IT = "(?:造成|产生|引起|引发|导致|致使|带来|酿成)(?!的).+"
_HOW_BAD = (
    "(?:情节|性质|影响|后果|程度|问题)(?:较为?|特别|极其?|十分|非常|比较)?(?:严重|恶劣|重|大|坏)"
)
_GRAVER = re.compile(
    rf"(?:且|并|其中)?(?:社会|单位|工作|集体|组织|党组织|群众)?(?:{_CAME_OF_IT}|{_HOW_BAD})"
    r"|(?:较为?|特别|十分|比较)?严重|屡教不改"
)
_STILL = re.compile("(?:拒不|屡次不|仍不|仍未|仍然未)(?P<what>.{2,6})")
_NEXT_TO_IT = re.compile("[，；的对]*")
# 情节较轻的扣1分，情节较重的扣3分 shut each other out.
_MILD = re.compile("(?:较轻|轻微|一般|较小|不(?:大|严重))$")


def check(parts: Sequence[Part], text: str, tokens: Sequence[Token]) -> None:
    for first, second in pairwise(parts):
        between = text[tokens[first.end - 1].end : tokens[second.start].start]
        beside = first.end <= second.start and _NEXT_TO_IT.fullmatch(between)
        fined = beside and _costs(first) and not _MILD.search(first.what)
        if fined and _once(second) and _is_worse(first, second):
            raise Unread(f"“{second.what}”是在前一条之外再扣，还是改按这个扣，没有写明")


def _costs(part: Part) -> bool:
    if part.shape == "judged":
        return part.values["range"][0] < 0
    return part.shape == "step" and not part.values.get("credit") or _once(part)


def _once(part: Part) -> bool:
    """What takes all of the line leaves nothing to add."""
    fined = part.shape == "binary" and part.values.get("points") is not None
    return fined and not part.values.keys() & {"more", "all", "start"}


def _is_worse(first: Part, second: Part) -> bool:
    still = _STILL.fullmatch(second.what)
    return bool(_GRAVER.fullmatch(second.what) or still and still["what"] in first.what)
