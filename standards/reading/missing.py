"""One of a list is missing, and the words before it are the list: 时间、地点、人员齐全，缺一项扣0.5分."""

import re

from standards.reading.cover import Piece
from standards.reading.numerals import number
from standards.reading.parts import Unread
from standards.reading.walk import NEGATIVE, Walk, trim

_ALL_OF_THEM = re.compile(
    r"^(?:以上|上述|其中|这)*(?P<n>[二两三四五六七八九十]{0,2})(?:有|者|项|个|条|个?方面|要素|项?内容|项?要求)$"
)
_PART_TAIL = re.compile(
    r"(?:等(?:各?项)?(?:要素|内容)?)?(?:(?P<n>[两二三四五六七八九十])(?:个?(?:环节|步骤|方面|要素|程序)|[样项种类件份本](?:资料|材料|台账|记录|东西)?))?(?:[均都]有)?(?:均)?(?:不全|不齐|不?(?=齐|完))?(?:齐全|完整|齐备|完备|俱全|清楚|规范|缺一不可)*$"
)
_PART = re.compile("(?:要素|内容|环节|步骤|方面)$")


def missing_parts(walk: Walk, piece: Piece, counter: str, values: dict) -> bool:
    """时间、地点、人员齐全，缺一项扣0.5分: the list before names the parts."""
    drop = walk.span(piece.found.groups.get("drop", ()))
    listing = walk.span(piece.found.groups.get("what", ()))
    named = _ALL_OF_THEM.match(trim(listing).strip("“”")) if walk.notes else None
    listing = "" if named or (walk.notes and _LACK.match(trim(listing))) else listing
    own = _PART.sub("", walk.named(piece, "mid", "then"))
    if (
        counter not in ("项", "个", "要素", "样", "种", "方面")
        or not drop.startswith(("缺", "少", "漏"))
        or own
    ):
        return False
    open_notes = list(walk.notes)
    if HAD.fullmatch(trim(listing)) and (had := each_had(walk)):
        listing = f"{had}、{trim(listing)}"
    listing = _unquoted(listing or _listed(walk) or _demanded_list(walk.demand.text))
    tail = _PART_TAIL.search(listing)
    labels = [_PART_TAIL.sub("", trim(label)) for label in listing.split("、")]
    if not _is_list(listing, labels):
        walk.notes = open_notes
        return False
    said = (named and named["n"]) or (tail and tail["n"])
    if said and number(said) != len(labels):
        raise Unread(f"“{walk.words(piece)}”与前面列出的项数不一致")
    if listing and walk.rules.parts and walk.rules.parts[-1].what == listing:
        walk.rules.parts.pop()  # the list that earns all points
    apart = listing.startswith(("做到", "达到", "落实"))
    if not apart and any(_is_listing(walk, note) for note in walk.notes):
        raise Unread(f"“{walk.words(walk.notes[0])}”也在所列各项之内吗，没有写明")
    walk.name_notes()
    subject, labels = _shared_head(labels)
    what = subject or walk.subject
    walk.add(piece, "parts", what, "", parts=labels, each_missing=values["unit"])
    return True


def _is_list(listing: str, labels: list[str]) -> bool:
    """Not 记录缺少时间、地点等要素的, nor 时间、地点等, which are examples, nor 计划、总结不及时."""
    if len(labels) < 2 or not all(labels) or NEGATIVE.match(listing):
        return False
    if _WRONG.search(labels[-1]) and (
        not _WRONG.search(labels[0]) or all(map(_DONE_NOT.search, labels))
    ):
        return False
    lacking = re.search("缺[少失]?|没有|漏", labels[0])
    return not lacking and not any(re.search("^.+等(?![级次额同待])", label) for label in labels)


_DONE_NOT = re.compile("[未没][^，、]{2,6}$")  # 会前未学习、会后未整改
_WRONG = re.compile("[未没]|不(?![良断忘])")


def _unquoted(listing: str) -> str:
    """做到“有场所、有设施”: quotes around the whole list."""
    found = re.fullmatch(r"(.*?)(?:做到|达到|落实|实现)?“([^”]*、[^”]*)”", listing)
    return found.group(1) + found.group(2) if found else listing


def _is_listing(walk: Walk, note: Piece) -> bool:
    """室外有宣传栏 beside the list; but 六有标准 before a bracket is its name."""
    end = walk.tokens[note.end - 1].end
    return bool(re.search("有|、", walk.words(note))) and not walk.text.startswith("（", end)


# 时间、地点、人员等不全，每缺一项: says that something is missing, not what.
_LACK = re.compile(
    r"^(?:内容|要素|资料|记录)?(?:不全|不完整|不齐全|不齐|不完备|有缺失|齐全|完整|齐备|完备|有缺项)的?$"
)


def _listed(walk: Walk) -> str:
    if minimums := _minimums(walk):
        return minimums
    while len(walk.notes) > 1 and _LACK.match(walk.words(walk.notes[-1])):
        walk.notes.pop()
    if walk.notes:
        return each_had(walk) or walk.words(walk.notes.pop())
    return _yearly(walk) or _earned(walk)


HAD = re.compile("[^、，有]{0,4}有[^、，有]{1,10}")


def each_had(walk: Walk) -> str:
    """有方案，有记录，有总结，每缺一项: a list with commas."""
    had: list[str] = []
    while walk.notes and HAD.fullmatch(walk.words(walk.notes[-1])):
        had.insert(0, walk.words(walk.notes.pop()))
    return "、".join(had)


# 达到“六有”标准（有场所、有设施）; of several sentences nobody can say which one lists them.
_ONE_LIST = re.compile(
    r"[^。；（）]*（(?P<inner>[^（）。；]+、[^（）。；]+)）。?|(?P<bare>[^。；（），、]*、[^。；（），]*)。?"
)


def _demanded_list(text: str) -> str:
    found = _ONE_LIST.fullmatch(text)
    return (found["inner"] or found["bare"]) if found else ""


def _minimums(walk: Walk) -> str:
    """图书不少于200册、面积不小于100平方米，每缺一项: each number is a part."""
    aims = walk.aims
    bounds = [aim.found.first("bound") for aim in aims]
    if len(aims) < 2 or walk.freqs or not all(b and b.value.lower is not None for b in bounds):
        return ""
    start, end = walk.tokens[aims[0].start].start, walk.tokens[aims[-1].end - 1].end
    listing = walk.text[start:end]
    if listing != "、".join(walk.words(aim) for aim in aims):
        return ""
    walk.aims = []
    return listing


def _yearly(walk: Walk) -> str:
    """每年年初有计划、年末有总结: the period asks for the parts, not for a number."""
    last = walk.freqs[-1].found if walk.freqs else None
    if last is None or last.first("qty", "bound") or not last.has("list"):
        return ""
    walk.freqs.pop()
    at = [token.type for token in last.tokens].index("per")
    return trim(walk.span(last.tokens[:at]) + walk.span(last.tokens[at + 1 :]))


def _earned(walk: Walk) -> str:
    """有党旗、誓词、制度的得满分，缺一项扣0.5分: the list earns all points."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    if last is None or last.sentence < walk.sentence - 1 or "、" not in last.what:
        return ""
    if last.shape != "~full" and (last.shape != "~got" or last.values["points"] != walk.points):
        return ""
    return last.what


# 公开内容应包括组织设置、党费收缴
_CONTAINS = re.compile(
    r"^(?P<head>.{2,}?)(?:应当?|须|要)?(?:包括|包含|涵盖|含有|载明|注明|体现)(?:有)?(?P<first>[^有]{2,})$"
)


def _shared_head(labels: list[str]) -> tuple[str, list[str]]:
    """学习有计划、有记录, 活动室有党旗、誓词: the words before the first 有 belong to all."""
    if found := _CONTAINS.match(labels[0]):
        return found["head"], [found["first"], *labels[1:]]
    head, have, first = labels[0].partition("有")
    if head and have and first and all(label.startswith("有") for label in labels[1:]):
        return head, [have + first, *labels[1:]]
    if len(head) > 1 and have and first and not any("有" in label for label in labels[1:]):
        return head, [first, *labels[1:]]
    return "", labels
