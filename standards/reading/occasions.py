"""A number missed, counted by the occasion: 出席率低于80%，一次扣2分; 每次到会率应达80%，未达到的每次扣."""

import re

from standards.reading.cover import Piece
from standards.reading.restated import SHORT
from standards.reading.walk import Walk, trim

_FOUND = re.compile("(?:每?(?:发现|出现|发生|有)|每)?")
_WRONG = re.compile("低于|不足|不到|未达|达不到|少于|超过|高于")


def below(walk: Walk, piece: Piece, values: dict) -> bool:
    """The bound is a part of the case, as in 低于80%的每次扣2分."""
    aim = walk.aims[-1] if len(walk.aims) == 1 else None
    bound = aim and aim.found.first("bound")
    bare = _FOUND.fullmatch(walk.named(piece, "what")) and not walk.named(piece, "then")
    if not bound or bound.value.unit != "%" or not bare or walk.freqs:
        return False
    if not _WRONG.match(walk.span([bound])):
        return False
    walk.aims.remove(aim)
    walk.forget_notes()
    walk.add(piece, "step", trim(walk.words(aim)), "次", case=True, **values)
    return True


def _share_due(walk: Walk, counter: str) -> Piece | None:
    """应到会人数三分之二以上到会，达不到的每次扣0.5分."""
    aim = walk.aims[0] if len(walk.aims) == 1 and not (walk.owed or walk.freqs) else None
    bound = aim and aim.found.first("bound")
    least = bound and bound.value.unit == "%" and bound.value.lower is not None
    return aim if least and counter == "次" and not _WRONG.match(walk.span([bound])) else None


def missed(walk: Walk, piece: Piece, counter: str, values: dict) -> bool:
    """每次活动到会率应在80%以上，达不到的每次扣0.5分: each occasion that falls short of it."""
    asked = walk.owed[0] if len(walk.owed) == 1 else _share_due(walk, counter)
    bound = asked and asked.found.first("bound")
    if not bound or piece.found.first("less", "more"):
        return False
    if walk.owed and asked.found.value("one").unit != counter:
        return False
    said = [note for note in walk.notes if walk.conditional(note)]
    told = [*(trim(walk.words(note)) for note in said), walk.named(piece, "what", "mid", "then")]
    short = "".join(told)
    wrong = bool(walk.owed) and bool(_WRONG.match(walk.span([bound])))
    if not (SHORT.match(short) if short else wrong) or short and wrong or "step" in values:
        return False
    walk.owed, walk.aims = [], [aim for aim in walk.aims if aim is not asked]
    walk.notes = [note for note in walk.notes if note not in said]
    walk.forget_notes()
    words = trim(walk.words(asked))
    what = re.sub("^每[一1]?.[，的]?", "", words) if wrong else f"未达到“{words}”要求"
    walk.add(piece, "step", what, counter, case=True, **values)
    return True
