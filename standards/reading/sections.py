"""A cell of several parts, each with points of its own: 基础工作（6分）：…。重点工作（4分）：…

Each part is read by itself with its points; `portions.joined` puts the readings together. Nothing is
a part unless the points of all of them add up to the points of the line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, product

from standards.reading.characters import Written
from standards.reading.demandread import nameable, named, read_demand
from standards.reading.numerals import ARABIC
from standards.reading.parts import Unread
from standards.reading.scales import SCALES, alike
from standards.reading.tokens import Token, tokenize
from standards.reading.walk import trim


@dataclass(frozen=True)
class Section:
    """`written` is what is left without numbering and points; `label` says in a few words what it is about."""

    written: Written
    points: Fraction
    label: str = ""
    head: str = ""  # what stands before the points it earns
    below: Written | None = None  # what stands under a plain heading
    more: bool = False  # on top of all parts, of the points of the line
    rest: bool = False  # it has no points of its own: what the others leave must be what it costs


_SAID = r"(?:满分|分值|共|计|占)?：?"
_BRACKET = re.compile(
    rf"（(?P<more>(?:[^（），。；]{{2,12}}，)?){_SAID}(?P<n>{ARABIC})分）"
)  # （每月1次，3分）
_HEADED = re.compile(
    rf"^(?:(?![扣得加减计奖]{ARABIC}|(?<![笔登日书标])记{ARABIC})[^，。；：、（]){{2,16}}?(?P<said>，?(?:共计?|计|满分)?)(?P<n>(?<![0-9.]){ARABIC})分(?=[：，。（]|$)"
)
SCORED = re.compile(rf"[扣得加减计记]{ARABIC}|不得分|满分|酌情")
_PLAIN_HEAD = re.compile("[^，。；：、0-9%每的除]{2,24}")
_LOST = re.compile(rf"扣{ARABIC}|不得分|(?<![0-9.])0分")
_FLOOR = re.compile(
    "(?:以上|上述)?(?:各|每)?(?:小?项|部分)?(?:分值|分数)?(?:均|都)?(?:以)?扣完为止"
)
_TOTAL = re.compile(
    rf"(?:本项|此项|该项)?(?:共计|共|合计|满分|分值|计)?：?(?P<n>{ARABIC})分[，。；：](?:其中[，：]?)?"
)
_DONE = re.compile(
    "有(?!效)|按期|按时|按要求|及时|制定|建立|召开|开展|完成|设立|配备|签订|成立|落实|悬挂|公开|公示"
)
_AMOUNT = re.compile(rf"{SCORED.pattern}|{ARABIC}分|得分=|率[^，。；]{{0,6}}[得计]分")
_ENDS = re.compile("不得分|最多|最高|封顶|为限")
_CLOSED = re.compile(rf"(?:{ARABIC}分扣完|扣[完满光]{ARABIC}分)为止[。；]?$")
_LONGEST = 24
_MARKS = "，。；：、"
_STATE = re.compile("(?:均|都)?(?:齐全|完整|齐备|完备|健全|规范|完善|到位|达标)+(?:规范)?$")
STATE_OR_DEED = re.compile(
    f"{_DONE.pattern}|齐全|完整|齐备|完备|健全|规范|完善|到位|达标|整齐|整洁|清晰|明确|上墙|良好|较好"
)
# 本项不得分 inside a part: is it the part or the line?
_WHICH = re.compile(
    "(?:本|此|全|整)(?:大)?项(?:目)?(?:均|都|一律)?(?:不得分|不[计记]分|[计记]?零分|得?0分)|全部不得分|总分"
)


def split(written: Written, points: Fraction | None) -> list[Section]:
    """The parts of the cell, in the order of the text; nothing where it is not clear that there are any."""
    if points is None:
        return []
    total = _TOTAL.match(written.text)
    if total and Fraction(total["n"]) == points:
        written = cut_out(written, range(total.end(), len(written.text)))
    tokens = tokenize(written.text)
    cuts = (numbered, _sentences, _clauses, _headings)
    for closed, cut in product((True, False), cuts):
        found = [_section(written, *stretch) for stretch in cut(written.text, tokens)]
        made = _complete(found, points, closed=closed)
        if len(made) > 1 and sum(one.points for one in made if not one.more) == points:
            if which := _WHICH.search(written.text):
                raise Unread(f"“{which.group()}”指这一部分还是整项，没有写明")
            _no_open_end([one.written.text.strip(_MARKS) for one in made])
            return [] if _alternatives(made) else made
    return []


def _alternatives(made: Sequence[Section]) -> bool:
    """考核优秀得3分；考核良好得2分 are levels of one thing, and what only earns is read elsewhere."""
    heads = [one.head for one in made]
    if all(heads) and not any(_LOST.search(one.written.text) for one in made):
        return not all(_is_ladder(one) for one in made)
    return alike(heads) or any(_on_one_scale(heads, scale) for scale in SCALES)


def _is_ladder(section: Section) -> bool:
    """参学率80%以上得3分，60%以上得2分: of its own figure."""
    tokens = tokenize(section.written.text)
    rows = [token.type for token in tokens].count("get")
    share = any(token.type in ("pct", "pct_range") for token in tokens)
    return rows > 1 and share and tokens[0].type in ("text", "grade")


def _on_one_scale(heads: Sequence[str], scale: Sequence[str]) -> bool:
    grades = [
        max((word for word in scale if head.endswith(word)), key=len, default="") for head in heads
    ]
    rests = {head.removesuffix(grade) for head, grade in zip(heads, grades, strict=True)}
    return all(grades) and len(set(grades)) == len(grades) and len(rests) == 1


def _no_open_end(texts: Sequence[str]) -> None:
    """A sentence behind the last part may be about all of them, unless other parts have such sentences too."""
    for mark, doubtful in (("。", SCORED), ("；", _ENDS)):
        _, found, tail = texts[-1].partition(mark)
        if found and doubtful.search(tail) and not any(mark in text for text in texts[:-1]):
            raise Unread(f"“{tail}”只管最后一部分还是管全部，没有写明")


_PARTIAL = re.compile(rf"扣{ARABIC}分")
_NAUGHT = re.compile("(?<!上)(?<!上的)(?:不得分|不计分)")


def no_end_of_each(text: str) -> None:
    """①一般的扣1分，差的不得分。②…差的不得分: of parts whose points stand nowhere in the cell."""
    parts = [text[slice(*part)] for part in numbered(text, tokenize(text))]
    ended = [part for part in parts if _PARTIAL.search(part) and _NAUGHT.search(part)]
    if len(ended) > 1 and not any(_WHICH.search(part) for part in ended):
        raise Unread("各小项里都有“不得分”，是只及这一小项还是整项，没有写明")


def _complete(
    found: Sequence[tuple[Section | None, Written]], points: Fraction, *, closed: bool
) -> list[Section]:
    """Of all but the last the text says the points (and 2分扣完为止): the last has what is left."""
    made = [section for section, _ in found if section]
    left = points - sum(one.points for one in made)
    if len(made) == len(found):
        return made
    behind = [own for section, own in found[len(made) :] if section is None]
    if left == 0 and len(behind) == len(found) - len(made) and all(map(_is_on_top, behind)):
        return [*made, *(Section(own, points, more=True) for own in behind)]
    ended = len(made) > 1 and not closed or all(_CLOSED.search(one.written.text) for one in made)
    if not found or found[-1][0] or len(made) != len(found) - 1 or not ended or left <= 0:
        return []
    return [*made, Section(found[-1][1], left, rest=True)]


# 典型做法被推广的另加1分 behind parts that come to the line is said of none of them.
_ON_TOP = re.compile(rf"另行?[扣加]{ARABIC}|(?<!另)[加奖]{ARABIC}分|直接(?:确定|评|定)为")


def _is_on_top(own: Written) -> bool:
    within = rf"[得计记]{ARABIC}|不得分|每[少低差缺][^，。；]*扣{ARABIC}"
    return bool(_ON_TOP.search(own.text)) and not re.search(within, own.text)


# --- where one part ends and the next begins

_Stretches = Iterator[tuple[int, int]]


def numbered(text: str, tokens: Sequence[Token]) -> _Stretches:
    """①…②…, 一、…二、…: the first number tells how the parts are numbered."""
    if not tokens or tokens[0].type != "enum":
        return
    style = _style(text[tokens[0].start : tokens[0].end])
    marks = [
        token
        for token in tokens
        if token.type == "enum" and _style(text[token.start : token.end]) == style
    ]
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    yield from zip((mark.end for mark in marks), ends, strict=True)


_STYLES = (("[0-9]+", "0"), ("[①-⑳]", "①"), ("[一二三四五六七八九十]+", "一"), ("[A-Fa-f]", "A"))


def _style(number: str) -> str:
    for digits, one in _STYLES:
        number = re.sub(digits, one, number)
    return number


def _sentences(text: str, tokens: Sequence[Token]) -> _Stretches:
    return _between(text, tokens, "。")


def _clauses(text: str, tokens: Sequence[Token]) -> _Stretches:
    return _between(text, tokens, "。；")


def _between(text: str, tokens: Sequence[Token], marks: str) -> _Stretches:
    at = 0
    for token in tokens:
        if token.type == "stop" and text[token.start] in marks:
            if _says_something(text[at : token.start]):
                yield at, token.start
            at = token.end
    if _says_something(text[at:]):
        yield at, len(text)


def _says_something(clause: str) -> bool:
    """各项扣完为止 behind the parts is so anyway."""
    plain = clause.strip(_MARKS)
    return bool(plain) and not _FLOOR.fullmatch(plain)


def _headings(text: str, tokens: Sequence[Token]) -> _Stretches:
    """What stands behind 基础工作（6分）： belongs to it up to the next such heading."""
    starts = [start for start, end in _clauses(text, tokens) if _is_heading(text[start:end])]
    if starts and not text[: starts[0]].strip(_MARKS):
        yield from pairwise([*starts, len(text)])


def _is_heading(clause: str) -> bool:
    found = _BRACKET.search(clause)
    if found is None:
        return _HEADED.match(clause) is not None
    return not SCORED.search(clause[: found.start()]) and clause[found.end() :][:1] in ("", "：")


# --- one part


def _section(written: Written, start: int, end: int) -> tuple[Section | None, Written]:
    own = cut_out(written, range(start, end))
    return (_bracketed(own) or _with_heading(own) or _earning(own)), own


def _bracketed(own: Written) -> Section | None:
    """支委会每月1次（3分），每缺1次扣0.3分."""
    found = list(_BRACKET.finditer(own.text))
    if len(found) != 1:
        return None
    if SCORED.search(own.text[: found[0].start()]):
        return _behind_its_rule(own, found[0])
    head, behind = own.text[: found[0].start()], own.text[found[0].end() :]
    if head and not _AMOUNT.search(behind):
        return _deed(own, found[0]) if not behind.strip(_MARKS) else None
    made = _made(_without_points(own, found[0]), found[0], label_of(head + found[0]["more"]))
    if not _PLAIN_HEAD.fullmatch(head) or found[0]["more"]:
        return made
    skipped = found[0].end() + (behind[0] in "。；")
    return replace(made, below=cut_out(own, range(skipped, len(own.text))), label=nameable(head))


def _behind_its_rule(own: Written, found: re.Match) -> Section | None:
    """1.每缺一次扣1分（3分）; 2.未制定计划不得分（2分）."""
    head = own.text[: found.start()]
    if found["more"] or own.text[found.end() :].strip(_MARKS) or not _LOST.search(head):
        return None
    return _made(cut_out(own, range(found.start())), found, "")


def _without_points(own: Written, found: re.Match) -> Written:
    """基础工作（6分）有1处 as 基础工作：有1处; of （每月1次，3分） the first half stays."""
    start, end = found.span()
    more = found.span("more")
    kept = [*range(start), *range(more[0], more[1] - 1)]
    behind = own.text[end : end + 1]
    if not kept or behind in ("，", "：") or own.text[kept[-1]] in _MARKS:
        return cut_out(own, [*kept, *range(end, len(own.text))])
    rest = cut_out(own, range(end + (behind in ("。", "；")), len(own.text)))
    first = cut_out(own, kept)
    origin = (*first.origin, own.origin[start], *rest.origin)
    return Written(own.phrase, f"{first.text}：{rest.text}", origin)


def _deed(own: Written, found: re.Match) -> Section | None:
    """制定年度计划（1分） with nothing behind it is done or not; 组织建设（1分） may be anything."""
    head = own.text[: found.start()]
    if not (_DONE.match(head) or _STATE.search(head)) or _LISTED.search(head):
        return None
    kept = cut_out(own, [*range(found.start() + 1), *range(found.start("n"), found.end() - 1)])
    text = f"{head}得{kept.text[len(head) + 1 :]}"
    return _made(Written(own.phrase, text, kept.origin), found, "")


_LISTED = re.compile("[，、0-9]")
_DEMANDING = re.compile("[，。；：、0-9]|每")


def label_of(head: str) -> str:
    """基础工作 as it stands; of 支委会每月1次 the name that the demand has; a list names its parts."""
    plain = trim(head)
    if "、" in re.sub("“[^”]*”", "", plain):
        return ""
    unquoted = _DEMANDING.search(re.sub("[“”]", "", plain))
    return read_demand(head).label if unquoted and "“" not in plain else nameable(plain[:_LONGEST])


def _with_heading(own: Written) -> Section | None:
    """基础工作6分：每少1次扣0.5分."""
    found = _HEADED.match(own.text)
    if not found or _BRACKET.search(own.text):
        return None
    start, end = found.start("said"), found.end()
    if not own.text[end:].strip(_MARKS):
        return _bare_deed(own, found)
    kept = [*range(start), *range(end, len(own.text))]
    return _made(cut_out(own, kept), found, named(own.text[:start]))


def _bare_deed(own: Written, found: re.Match) -> Section | None:
    """制定学习计划2分 with nothing behind it."""
    head, at = own.text[: found.start("said")], found.start("n")
    if not (_DONE.match(head) or _STATE.search(head)) or _LISTED.search(head):
        return None
    kept = cut_out(own, [*range(len(head)), at, *range(at, found.end())])
    text = f"{head}得{kept.text[len(head) + 1 :]}"
    return _made(Written(own.phrase, text, kept.origin), found, "")


def _earning(own: Written) -> Section | None:
    """材料齐全的得1分，每缺一项扣0.2分: the best of what it earns are its points."""
    if _BRACKET.search(own.text):
        return None
    tokens = tokenize(own.text)
    earned = [
        (one, other)
        for one, other in pairwise(tokens)
        if one.type == "get" and other.type == "points"
    ]
    if not earned or SCORED.search(own.text[: earned[0][0].start]):
        return None
    best = max(other.value for _, other in earned)
    head = trim(own.text[: earned[0][0].start])
    label = "" if _LISTED.search(head) else nameable(_STATE.sub("", head))
    return Section(own, best, label, head)


def _made(written: Written, found: re.Match, label: str) -> Section:
    return Section(written, Fraction(found["n"]), label)


def cut_out(written: Written, kept: Sequence[int]) -> Written:
    text = "".join(written.text[at] for at in kept)
    return Written(written.phrase, text, tuple(written.origin[at] for at in kept))
