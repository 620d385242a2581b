"""A number that is one of several things said together: 制度不健全，群众满意率低于80%的，扣3分."""

import re

from standards.reading.bounds import SPANS
from standards.reading.cover import Piece
from standards.reading.parts import Unread
from standards.reading.restated import goes_on
from standards.reading.tokens import Token
from standards.reading.walk import Walk, trim


def one_of_several(walk: Walk, piece: Piece, unit: str) -> bool:
    """制度不健全，群众满意率低于80%的，扣3分: the number is said with other things, and once for all."""
    held = [note for note in walk.notes if walk.conditional(note)]
    if not held or goes_on(walk, piece, unit) and unit in SPANS:
        return False
    bound, then = piece.found.first("bound", "range"), piece.found.groups.get("then")
    end = then[-1].end if then else bound.end
    what = trim(walk.text[walk.tokens[held[0].start].start : end])
    if goes_on(walk, piece, unit):
        walk.forget_notes()
    walk.name_notes()
    walk.rules.doubt(f"“{what}”合成了一个条件", "0.9")
    points, verb = worth(piece)
    if isinstance(points, tuple) and verb == "lose":
        walk.add(
            piece, "judged", what, range=[-points[1], -points[0]], verb=verb, bare=False, case=True
        )
    else:
        fined_in(walk, piece, "", what)
    return True


def under_a_number(walk: Walk, piece: Piece) -> str:
    """群众满意率低于80%：酌情扣1-3分; what else was said before goes with it."""
    headings = [aim for aim in walk.aims if aim.after == "colon"]
    if "what" in piece.found.groups or len(headings) != 1 or len(walk.aims) != 1:
        return ""
    held = [note for note in walk.notes if walk.conditional(note)]
    start, end = min(one.start for one in [*held, *headings]), headings[0].end
    walk.aims = []
    walk.name_notes()
    return trim(walk.text[walk.tokens[start].start : walk.tokens[end - 1].end])


_AND = re.compile("、|，|且|并(?!不)|和|及(?!时)")


def all_together(walk: Walk, piece: Piece, unit: str) -> bool:
    """每月至少学习1次、内容符合要求且有记录的得1分: all of it at once, not a level of a number."""
    points, verb = worth(piece)
    then = piece.found.groups.get("then")
    whole = verb == "get" and points in ("full", walk.points) and walk.points is not None
    if not (whole and then and piece.found.first("per") and _AND.search(walk.span(then))):
        return False
    what = trim(walk.text[piece.found.tokens[0].start : then[-1].end])
    walk.forget_notes()
    walk.add(piece, "~got", what, points=walk.points)
    return True


def fined_in(walk: Walk, piece: Piece, applies: str, what: str) -> None:
    points, verb = worth(piece)
    if verb != "lose" or isinstance(points, tuple) or points == "kept":
        raise Unread(f"“{walk.words(piece)}”未能识别，请人工核定")
    part = walk.add(piece, "~zero" if points == "none" else "~fine", what, "", points=points)
    if applies:
        part.values["applies"] = applies


def worth(piece: Piece) -> tuple[object, str]:
    """Points, a range of points or full, none, kept, calm; and the verb."""
    verb = piece.found.first("lose", "gain", "get")
    word = piece.found.first("none", "full", "kept", "calm")
    if word:
        return word.type, "lose" if word.type in ("none", "kept") else "get"
    amounts = [token for token in piece.found.tokens if token.type in ("points", "range")]
    found = amounts[-1].value
    if isinstance(found, tuple) and not (verb and verb.type == "lose"):
        found = (min(found), max(found))  # 好得6-5分
    return found, verb.type if verb else "get"


_LOSSES = ("fine", "step", "less", "count", "zero", "floor", "method")


def all_before_losses(walk: Walk, piece: Piece) -> bool:
    """台账齐全、更新及时5分（每缺一项扣1分，更新不及时扣2分）: what costs nothing, first of all."""
    later = [one for one in walk.pieces if one is not piece]
    amount, own = piece.found.token("points"), walk.named(piece, "what")
    first = amount.value == walk.points and not walk.rules.parts
    if walk.text[amount.start - 1] == "（" or len(own) > 1 and f"未{own}" in walk.text:
        return False
    return first and bool(later) and all(one.kind in _LOSSES for one in later)


def each_of(own: str, then: str) -> list[str]:
    """登记率、发证率低于95%的各扣5分: each has a figure of its own."""
    if not then.endswith(("各", "分别")):
        return [own + then]
    names = re.split("、|和|与|以?及", own)
    if len(names) < 2 or not all(name.endswith(("率", "度", "占比", "比例")) for name in names):
        raise Unread(f"“{own}{then}”各指哪几项，没有写明")
    return names


def denied(walk: Walk, what: str) -> str:
    """有活动室5分，没有的扣5分: without it."""
    best = walk.rules.parts[-1] if walk.rules.parts else None
    thing = best is not None and best.shape == "~full" and best.what.startswith("有")
    return what + best.what[1:] if thing and what in ("没有", "无", "没") else what


_STANDARD = re.compile("[^0-9]*?(?P<of>标准|要求|目标|任务|指标|计划)[^0-9]*[0-9]")
_SHARE = re.compile("率|比例|比重|占比|满意度")


def of_the_standard(walk: Walk, bound: Token | None, own: str) -> str:
    """低于标准10%以内: how much of it there is; of a share nobody can say 10% of what."""
    said = _STANDARD.match(walk.span([bound])) if bound else None
    if said is None or bound.value.unit != "%":
        return ""
    if _SHARE.search(own or walk.subject) or any(
        one.bound.unit == "%" for one in walk.demand.goals
    ):
        raise Unread(f"“{walk.span([bound])}”是按百分点还是按标准的比例算，没有写明")
    return f"{own or walk.subject}达到{said['of']}的比例"
