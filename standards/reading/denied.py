"""未组织2次以上学习的扣1分: a number that is denied is one that was not reached."""

import re
from collections.abc import Sequence
from dataclasses import replace

from standards.reading.bounds import SPANS, Bound
from standards.reading.cover import Piece
from standards.reading.parts import Unsettled
from standards.reading.tokens import Token
from standards.reading.walk import Walk

_NOT = re.compile(
    "(?P<before>.{0,6}?)(?P<not>未能?|没有?能?|没能|不能|不(?=$|在)|无(?!故|正当|理由|特殊))(?P<verb>.{0,4})"
)
# What is held, had or kept ready; 未整改3项以上 counts what was left undone.
_HAD = re.compile(
    "(?:按要求|按规定)?(?:组织|开展|召开|举办|举行|配备|配齐|发展|建立|建成|建有|设立|设置|安排|培训|培育|培养|引进|打造|创建|形成|拥有|具备|走访|巡查|研究|报送|上报|发生|出现)?"
)


_AT_LEAST = re.compile("以上$|^(?:不少于|不低于|至少)")


def told(walk: Walk, piece: Piece) -> Piece:
    bound = piece.found.first("bound")
    if piece.kind != "band" or bound is None or not _is_least(bound.value):
        return piece
    if not _AT_LEAST.search(walk.span([bound])):
        return piece  # 未达标率超过20%
    at = [token.start for token in piece.found.tokens].index(bound.start)
    head, behind = piece.found.tokens[:at], walk.named(piece, "then")
    found = _NOT.fullmatch(walk.span(head[-1:])) if head else None
    share = bound.value.unit == "%"
    apart = len(head) > 1 and found is None and _NOT.fullmatch(walk.span(head[-2:]))
    if (
        _by_period(walk, head)
        or apart
        and apart["verb"]
        or found
        and not share
        and _is_open(found, behind)
    ):
        words = walk.span(piece.found.tokens[: at + 1])
        raise Unsettled(f"“{words}”是没有达到，还是有这么多没有做到，没有写明")
    if found is None or not (share or behind and not re.match("[未没不]", behind)):
        return piece
    return _turned(walk, piece, head[-1], found, bound) if _flips(found, share=share) else piece


def _is_least(bound: Bound) -> bool:
    return bound.lower is not None and bound.upper is bound.last is None and bound.unit not in SPANS


def _by_period(walk: Walk, head: Sequence[Token]) -> bool:
    """未每月巡查2次以上: once for every month, or once?"""
    said = [at for at, token in enumerate(head) if token.type == "per"]
    return bool(said) and said[0] > 0 and walk.span(head[: said[0]]).endswith(("未", "没", "没有"))


def _is_open(found: re.Match, behind: str) -> bool:
    had = bool(_HAD.fullmatch(found["verb"]))
    return bool(found["verb"]) and (not had and bool(behind) or had and not behind)


def _flips(found: re.Match, *, share: bool) -> bool:
    return share or bool(_HAD.fullmatch(found["verb"]))


def _turned(walk: Walk, piece: Piece, denied: Token, found: re.Match, bound: Token) -> Piece:
    """低于2次 of what was to be held."""
    said = bound.value
    made = {
        bound.start: replace(bound, value=Bound(said.unit, upper=said.lower, said=said.said)),
        denied.start: replace(denied, type="text", start=denied.start + found.end("not")),
    }
    if found["before"]:
        raise Unsettled(f"“{walk.words(piece)}”是没有达到，还是有这么多没有做到，没有写明")

    def told_so(tokens: Sequence[Token]) -> list[Token]:
        return [made.get(token.start, token) for token in tokens]

    groups = {name: told_so(held) for name, held in piece.found.groups.items()}
    groups = {name: [one for one in held if one.end > one.start] for name, held in groups.items()}
    tokens = [token for token in told_so(piece.found.tokens) if token.end > token.start]
    return replace(piece, found=replace(piece.found, tokens=tokens, groups=groups))
