"""未建立台账或台账缺3项以上的扣2分: two cases, of which the number belongs to the second alone."""

import re
from collections.abc import Sequence

from standards.reading.parts import Part, Unread

_EITHER = re.compile(
    r"^(?:[^或、，]{0,6}(?:未|没有?|拒绝?|拒不|弄虚作假|虚报|造假|造成(?:不良|恶劣|严重|较大|重大))|不(?:开展|组织|召开|落实|配合|参加)|无(?!故|正当)|有(?!效))[^或]*(?:或者?|或是)[^或]"
)


_OR_EACH = re.compile("^[^，。；]*(?:未|没|不|无)[^，。；]*或者?每")


def check(parts: Sequence[Part], said: Sequence[str]) -> None:
    for part, words in zip(parts, said, strict=True):
        if part.shape == "step" and _OR_EACH.match(words):
            raise Unread(f"“{part.what}”里“或”前面的情形不按数量计，请分条填写")
        if part.shape == "bands" and part.counter and _EITHER.match(part.what):
            raise Unread(f"“{part.what}”里“或”前面的情形不按数量计，请分条填写")
