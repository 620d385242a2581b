"""表彰奖励：获奖每次加1分，计入总分: a table of awards gives what it gives each time anyway."""

import re
from collections.abc import Sequence
from itertools import pairwise

from standards.reading.parts import Part, Unread
from standards.reading.tokens import Token

_PLACED = {"inside", "outside"}
_SIGNS = {"gain", "lose"}
_EACH = re.compile("每次[加扣减]")


def awarded(tokens: Sequence[Token], text: str) -> list[Token]:
    found: list[Token] = []
    for sentence in _sentences(tokens):
        types = [token.type for token in sentence]
        of_a_table = "colon" in types and _PLACED & set(types)
        found += _without_each(sentence, text) if of_a_table else sentence
    return found


def _sentences(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    ends = [at + 1 for at, token in enumerate(tokens) if token.type == "stop"]
    return [tokens[start:end] for start, end in pairwise([0, *ends, len(tokens)])]


def _without_each(tokens: Sequence[Token], text: str) -> list[Token]:
    dropped: set[int] = set()
    for at, (each, counter, sign) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        said = text[each.start : counter.end] == "每次" and each.type == "each"
        if said and sign.type in _SIGNS and at and tokens[at - 1].type not in ("qty", "colon"):
            dropped |= {at, at + 1}
    return [token for at, token in enumerate(tokens) if at not in dropped]


def check(parts: Sequence[Part], said: Sequence[str]) -> None:
    """What became no row of the table would cost its points only once."""
    for part, words in zip(parts, said, strict=True):
        if part.shape == "binary" and _EACH.search(words):
            raise Unread(f"“{words}”未能识别，请人工核定")
