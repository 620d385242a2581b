"""有方案；满意率90%以上得5分: what is asked for in a sentence of its own, and no points say what it is worth."""

import re
from collections.abc import Sequence

from standards.reading.parts import Part, Unsettled
from standards.reading.tokens import Token
from standards.reading.walk import Walk, trim

_DEMAND = re.compile(
    r"(?:有(?![关的])|建有|建立|制定|制订|成立|设立|设有|配备|配齐)[^，：未没不无]{1,12}"
    r"|[^，：未没不无缺“]{2,10}(?:健全|齐全|完善|规范|明确|到位|完整|合理)"
)
_EARNS = ("~got", "~full", "~earned")


def hold(walk: Walk, marks: Sequence[Token]) -> None:
    """A heading ends with a colon; a demand of its own before a semicolon waits for its points."""
    if walk.text[marks[0].start] == "；":
        words = [trim(walk.words(note)) for note in walk.notes]
        walk.asked += [one for one in words if _DEMAND.fullmatch(one)]


def check(walk: Walk) -> None:
    for demand in walk.asked:
        if any(_about(part, demand) for part in walk.rules.parts):
            continue
        if walk.rules.parts and all(map(_earns, walk.rules.parts)):
            raise Unsettled(f"“{demand}”占多少分没有写明")
        walk.rules.doubt(f"“{demand}”没有写扣多少分", "0.9")


def _earns(part: Part) -> bool:
    won = part.shape in ("~band", "~grade") and part.values.get("verb") == "get"
    return won or part.shape in _EARNS and part.values.get("verb", "get") == "get"


def _about(part: Part, demand: str) -> bool:
    """A count without a name goes on with what stood before it."""
    words = part.values.get("condition") or part.what
    pairs = (words[at : at + 2] for at in range(len(words) - 1))
    return not _earns(part) and (not words or any(pair in demand for pair in pairs))
