"""满意率低于90%扣1分，低于80%再扣1分: the second amount comes on top of the first, which no table says."""

import re
from collections.abc import Sequence

from standards.reading.parts import Part, Unread

_ON_TOP = re.compile(
    r"(?:再|另外?|又|追加|(?<=[，的上下%次])加)(?:扣减?|加|减|奖|得|计)(?=[0-9.]+分)"
)


def check(parts: Sequence[Part], said: Sequence[str]) -> None:
    for part, words in zip(parts, said, strict=True):
        found = _ON_TOP.search(words) if _has_levels(part) else None
        if found:
            raise Unread(f"各档里的“{found.group()}”是在前一档之外另计，请写明各档合计多少分")


def _has_levels(part: Part) -> bool:
    """低于80%的再扣1分 alone is one loss beside whatever stands before."""
    bands = part.values["bands"] if part.shape == "bands" else ()
    return sum(band["points"] != 0 for band in bands) > 1
