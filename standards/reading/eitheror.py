"""未建立台账或台账缺3项以上的扣2分: two cases, of which the number belongs to the second alone."""

import re
from collections.abc import Sequence

from standards.reading.parts import Part, Unread

_EITHER = re.compile(
    r"^(?:[^或、，]{0,6}(?:未|没有?|拒不)|无(?!故|正当)|有(?!效))[^或]+(?:或者?|或是)[^或]"
)


def check(parts: Sequence[Part]) -> None:
    for part in parts:
        if part.shape == "bands" and part.counter and _EITHER.match(part.what):
            raise Unread(f"“{part.what}”里“或”前面的情形不按数量计，请分条填写")
