"""Walks over the pieces of a phrase and makes steps of them, one function per kind of piece.

What a piece says may hold for the next ones: a condition, a frequency, a target. Whatever nobody
took up in the end, with a number in it or as a condition left open, makes the phrase unread.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from standards.reading import gates
from standards.reading.bounds import Bound
from standards.reading.cover import Piece
from standards.reading.parts import Part, Rules, Unread
from standards.reading.tokens import Size, Token

_NEGATIVE = re.compile(r"^(?:未|没|无|不|缺|弄虚作假|造假|超过|逾期)")
_ABOUT_BRANCH = re.compile(
    r"(?:党?支部|党组织|党委|党总支|村|社区|单位|企业|学校|机关|人数|党员人?数?|正式党员)$"
)
_TRIM = re.compile(
    r"^(?:凡是|凡|对于|对|如果|如|若|的|并|且|及|或|，|、|：|；)+|(?:的|，|、|：|为|在|(?<!未)达到|(?<!未)达|者|应)+$"
)
# Words that bring in a case and name none: 每发现1起, 有1人.
_FOUND_HEAD = re.compile(r"^(?:被?发现|出现|发生|存在|有|查出|查实)+")
_FOUND_TAIL = re.compile(r"(?:发现|出现|发生|存在|有|查出|查实|每)+$")
_PERSONS = ("人", "名", "位", "人次")
_AMOUNTS = ("平方米", "元", "万元", "小时", "个小时", "学时", "课时", "岁", "周岁", "分", "")
_MONTHS = {"年": 12, "个月": 1, "半年": 6, "个季度": 3}
_SPANS = {
    "年": "years",
    "个月": "months",
    "天": "days",
    "日": "days",
    "个工作日": "working days",
    "工作日": "working days",
    "周": "weeks",
    "个星期": "weeks",
    "个季度": "quarters",
    "季度": "quarters",
    "小时": "hours",
    "个小时": "hours",
}


@dataclass
class Walk:
    """`points` are the full points of the line, `text` the normalised phrase."""

    text: str
    tokens: Sequence[Token]
    points: Fraction | None
    rules: Rules = field(default_factory=Rules)
    notes: list[Piece] = field(default_factory=list)
    freqs: list[Piece] = field(default_factory=list)
    aims: list[Piece] = field(default_factory=list)
    unused: list[Piece] = field(default_factory=list)
    applies: str = ""
    subject: str = ""
    sentence: int = 0
    listing: Part | None = None
    collected: list[str] = field(default_factory=list)
    aims_taken: str = ""

    # --- words

    def span(self, tokens: Sequence[Token]) -> str:
        return self.text[tokens[0].start : tokens[-1].end] if tokens else ""

    def words(self, piece: Piece) -> str:
        return self.text[self.tokens[piece.start].start : self.tokens[piece.end - 1].end]

    def named(self, piece: Piece, *names: str) -> str:
        """The words of these elements, put together in this order."""
        return "".join(trim(self.span(piece.found.groups.get(name, ()))) for name in names)

    def condition(self, piece: Piece, *names: str) -> str:
        """The words of the piece, with the open conditions before it."""
        own = self.named(piece, *(names or ("what",)))
        open_notes = [note for note in self.notes if not own or self.conditional(note)]
        self.forget_notes()
        if not open_notes:
            return own
        start = self.tokens[open_notes[0].start].start
        last = open_notes[-1] if not own else piece
        end = self.tokens[last.end - 1].end if not own else piece.found.groups["what"][-1].end
        if own and len(names) > 1:
            self.rules.doubt(f"“{self.text[start:end]}”合成了一个条件", "0.9")
        return trim(self.text[start:end])

    def conditional(self, note: Piece) -> bool:
        return note.after == "de" or bool(_NEGATIVE.match(self.words(note)))

    def forget_notes(self) -> None:
        for note in self.notes:
            if not self.conditional(note):
                self.subject = trim(self.words(note))
        self.notes = []

    # --- steps

    def add(
        self, piece: Piece, shape: str, what: str = "", counter: str = "", **values: object
    ) -> Part:
        part = Part(shape, values, what, counter, piece.start, piece.end, self.sentence)
        self.applies = self.applies or take_applies(self)
        if self.applies:
            part.values["applies"] = self.applies
        duration = self.duration(piece)
        if duration and shape in ("~fine", "~zero", "step"):
            part.values["duration"] = duration
        self.rules.parts.append(part)
        return part

    def duration(self, piece: Piece) -> str:
        start = min([piece.start, *(note.start for note in self.notes)])
        for token in self.tokens[start : piece.end]:
            if token.type == "span" and token.value.said is not None:
                return f"{plain(token.value.said)} {_SPANS[token.value.unit]}"
        return ""

    def last(self, *shapes: str) -> Part | None:
        """The one step of this sentence, or of the phrase, a limit can mean."""
        found = [part for part in self.rules.parts if part.shape in shapes]
        near = [part for part in found if part.sentence == self.sentence]
        return (near or found or [None])[-1]


def trim(text: str) -> str:
    while (shorter := _TRIM.sub("", text)) != text:
        text = shorter
    return text


def plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)


def compose(
    pieces: Sequence[Piece], text: str, tokens: Sequence[Token], points: Fraction | None
) -> Rules:
    walk = Walk(text, tokens, points)
    for piece in pieces:
        if walk.listing and piece.kind in ("note", "aim", "freq"):
            gates.another(walk, piece)
        else:
            KINDS[piece.kind](walk, piece)
        if piece.after in ("stop", "enum"):
            _close_sentence(walk)
    _close(walk)
    return walk.rules


def _close_sentence(walk: Walk) -> None:
    open_notes = [note for note in walk.notes if walk.conditional(note)]
    if open_notes and not walk.listing:
        raise Unread(f"“{walk.words(open_notes[0])}”之后没有写怎么扣分")
    walk.forget_notes()
    walk.applies = ""
    walk.sentence += 1


def _close(walk: Walk) -> None:
    for piece in (*walk.notes, *walk.freqs, *walk.aims):
        raise Unread(f"“{walk.words(piece)}”没有读懂用在哪里")


# --- what holds for other pieces


def note(walk: Walk, piece: Piece) -> None:
    words = walk.words(piece)
    if piece.after in ("comma", "de") and re.search(
        r"的(?:党?支部|党组织|村|社区|单位|企业)$", words
    ):
        walk.applies = words
        return
    if piece.after == "colon":
        walk.subject = trim(words)
        return
    walk.notes.append(piece)


def freq(walk: Walk, piece: Piece) -> None:
    walk.freqs.append(piece)


def aim(walk: Walk, piece: Piece) -> None:
    walk.aims.append(piece)


def take_applies(walk: Walk) -> str:
    """党员7人以上的支部: a bound on the branch that no step took for its target."""
    for piece in walk.aims:
        bound = piece.found.first("bound")
        tail = walk.named(piece, "what", "then")
        if bound and bound.value.unit in _PERSONS and _ABOUT_BRANCH.search(tail or "支部"):
            walk.aims.remove(piece)
            return walk.words(piece) + ("的" if piece.after == "de" else "")
    return ""


def method(walk: Walk, piece: Piece) -> None:
    pass


def take_frequency(walk: Walk) -> dict:
    """per and need, taken up by a step that counts what is short."""
    pieces, walk.freqs = walk.freqs, []
    if len(pieces) != 1:
        return {}
    found = pieces[0].found
    size, bound = found.first("qty"), found.first("bound")
    need = size.value.number if size else bound.value.lower if bound else Fraction(1)
    if need is None:
        raise Unread(f"“{walk.words(pieces[0])}”的次数要求没有读懂")
    walk.subject = walk.subject or walk.named(pieces[0], "what", "mid", "then")
    return {"per": found.value("per"), "need": need}


# --- steps


def of(counter: str) -> dict:
    if counter in ("百分点", "%"):
        return {"of": "ratio"}
    if counter in _PERSONS:
        return {"of": "persons"}
    return {"of": "value"} if counter in _AMOUNTS else {}


def step(walk: Walk, piece: Piece, **credit: bool) -> None:
    found = piece.found
    amount = found.value("points") if found.first("points") else None
    size = next(
        (token for token in found.tokens if token.type in ("qty", "dur", "ppt", "pct")), None
    )
    values = {"unit": amount, **credit}
    if found.first("per"):
        need = found.value("need")
        values |= {"per": found.value("per"), "need": need.number if need else Fraction(1)}
    counter, number = _counted(size)
    if number != 1:
        values["step"] = number
    away = found.first("less", "more")
    if not credit and _missing_parts(walk, piece, counter, values):
        return
    values |= of(counter)
    if counter in ("百分点", "%") or _target_near(walk, counter):
        what = _from_target(walk, piece, values, away, counter)
    else:
        what = _counted_what(walk, piece, values)
    walk.add(piece, "step", what, counter, **values)


def _counted(size: Token | None) -> tuple[str, Fraction]:
    if size is None:
        return "次", Fraction(1)
    if isinstance(size.value, Size):
        return size.value.unit, size.value.number
    return "%", size.value


def _counted_what(walk: Walk, piece: Piece, values: dict) -> str:
    """What is counted: the open conditions and the words of the piece, else the subject before."""
    if walk.freqs and "per" not in values:
        values |= take_frequency(walk)
    words = _FOUND_TAIL.sub("", walk.named(piece, "what"))
    words += walk.named(piece, "drop") + _FOUND_HEAD.sub("", walk.named(piece, "mid"))
    words += walk.named(piece, "then")
    held = [note for note in walk.notes if walk.conditional(note)]
    if held:
        start, end = walk.tokens[held[0].start].start, walk.tokens[held[-1].end - 1].end
        words = trim(walk.text[start:end]) + words
        walk.notes = [note for note in walk.notes if note not in held]
    walk.forget_notes()
    return words if len(words) > 2 else walk.subject + words


def _missing_parts(walk: Walk, piece: Piece, counter: str, values: dict) -> bool:
    """时间、地点、人员齐全，缺一项扣0.5分: the list before names the parts."""
    drop = walk.span(piece.found.groups.get("drop", ()))
    listing = walk.span(piece.found.groups.get("what", ()))
    own = walk.named(piece, "mid", "then").removesuffix("要素").removesuffix("内容")
    if counter not in ("项", "个", "要素") or not drop.startswith(("缺", "少", "漏")) or own:
        return False
    if not listing and walk.notes:
        listing = walk.words(walk.notes.pop())
    labels = [_PART_TAIL.sub("", trim(label)) for label in listing.split("、")]
    if len(labels) < 2 or not all(labels) or _NEGATIVE.match(listing):
        return False
    walk.forget_notes()
    walk.add(piece, "parts", walk.subject, "", parts=labels, each_missing=values["unit"])
    return True


_PART_TAIL = re.compile(
    r"(?:等(?:各?项)?(?:要素|内容)?)?(?:均)?(?:齐全|完整|齐备|完备|俱全|清楚|规范)*$"
)


def _target_near(walk: Walk, counter: str) -> bool:
    return any(
        piece.found.first("bound") and piece.found.first("bound").value.unit == counter
        for piece in walk.aims
    )


def _from_target(walk: Walk, piece: Piece, values: dict, away: Token | None, counter: str) -> str:
    """So much for each step away from a target that stands before."""
    target, what, both_known = _target(walk, counter)
    if away is None or target is None:
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    direction = "above" if away.type == "more" else "below"
    if both_known and both_known != direction:
        raise Unread(f"“{walk.words(piece)}”与前面的标准方向不一致")
    if counter in _PERSONS or counter == "次":
        values |= (
            {"free": target} if direction == "above" else {"target": target, "direction": direction}
        )
    else:
        values |= {"target": target, "direction": direction}
    own = walk.named(piece, "what", "mid")
    walk.forget_notes()
    return what or own or walk.subject


def _target(walk: Walk, counter: str) -> tuple[Fraction | None, str, str]:
    """The number, what is measured, and the side on which the bound lets points go."""
    unit = "%" if counter in ("百分点", "%") else counter
    for piece in reversed(walk.aims):
        bound = piece.found.first("bound")
        if bound and bound.value.unit == unit and bound.value.last is None:
            walk.aims.remove(piece)
            side = "below" if bound.value.upper is not None else ""
            side = "above" if not side and _beyond(walk.words(piece)) else side
            return bound.value.said, walk.named(piece, "what", "then"), side
        if piece.found.first("pct") and unit == "%":
            walk.aims.remove(piece)
            return piece.found.value("pct"), trim(walk.named(piece, "what").removesuffix("以")), ""
    for part in reversed(walk.rules.parts):
        if part.shape == "~band" and part.counter == unit and part.sentence == walk.sentence:
            return _band_target(walk, part)
        if (
            part.shape == "step"
            and part.counter in ("百分点", "%", counter)
            and "target" in part.values
        ):
            return part.values["target"], part.what, ""
    return None, "", ""


def _beyond(words: str) -> bool:
    return bool(re.search(r"超过|大于|高于|多于|超出", words))


def _band_target(walk: Walk, part: Part) -> tuple[Fraction, str, str]:
    bound = part.values["bound"]
    if (
        part.values["points"] in ("full", "kept", "calm")
        and bound.lower is not None
        and bound.last is None
    ):
        walk.rules.parts.remove(part)
        return bound.said, part.what, "below"
    if bound.upper is not None and bound.lower is None and part.values["verb"] == "lose":
        return bound.said, part.what, "below"
    raise Unread("“每低…”从哪一档算起没有读懂")


def less(walk: Walk, piece: Piece) -> None:
    _series(walk, piece, "~less")


def count(walk: Walk, piece: Piece) -> None:
    _series(walk, piece, "~less")


def earned(walk: Walk, piece: Piece) -> None:
    _series(walk, piece, "~earned")


def _series(walk: Walk, piece: Piece, shape: str) -> None:
    """缺1次扣1分: alone for each one, in a row (缺2次扣2分) bands; merge.py knows which."""
    size = piece.found.first("qty", "dur", "ppt", "pct")
    counter, number = _counted(size)
    if counter in ("百分点", "%"):
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    values: dict = {}
    if (
        (walk.notes or piece.found.groups.get("what"))
        and number == 1
        and piece.found.first("points")
        and piece.found.has("lose")
    ):
        values["unit"] = piece.found.value("points")
        if _missing_parts(walk, piece, counter, values):
            return
        values = {}
    what = _counted_what(walk, piece, values)
    points = piece.found.value("points") if piece.found.first("points") else "none"
    credit = piece.found.first("gain", "get")
    if piece.found.first("dur") and piece.found.groups.get("then") and not credit:
        part = walk.add(piece, "~zero" if points == "none" else "~fine", what, "", points=points)
        part.what = trim(
            walk.span(
                [
                    token
                    for token in piece.found.tokens
                    if token.end <= piece.found.groups["then"][-1].end
                ]
            )
        )
        part.values["duration"] = f"{plain(number)} {_SPANS[counter]}"
        return
    walk.add(
        piece,
        shape,
        what,
        counter,
        number=number,
        points=points,
        verb=credit.type if credit else "lose",
        **values,
    )


def credit(walk: Walk, piece: Piece) -> None:
    step(walk, piece, credit=True)
    if piece.found.first("get"):
        walk.rules.parts[-1].values["start"] = "zero"


def twoway(walk: Walk, piece: Piece) -> None:
    size = piece.found.first("qty", "dur", "ppt", "pct")
    counter, number = _counted(size)
    target, what, _ = _target(walk, counter)
    if target is None:
        raise Unread(f"“{walk.words(piece)}”没有写明以多少为基准")
    values = {
        "unit": piece.found.value("points"),
        **of(counter),
        "target": target,
        "direction": "below",
        "both_ways": True,
    }
    if number != 1:
        values["step"] = number
    walk.add(piece, "step", what or walk.subject, counter, **values)


# --- all or nothing, graded, judged


def band(walk: Walk, piece: Piece) -> None:
    found = piece.found
    bound = found.first("bound")
    value = bound.value if bound else _points_band(found.first("range"))
    own, then = walk.named(piece, "what"), walk.named(piece, "then")
    if then and value.unit in _PERSONS and value.lower is not None and _NEGATIVE.match(then):
        _fined_in(walk, piece, f"{own}{walk.span([bound])}的", then)
        return
    points, verb = worth(piece)
    walk.forget_notes()
    what = own + then or walk.subject
    walk.add(piece, "~band", what, value.unit, bound=value, points=points, verb=verb)


def _points_band(token: Token) -> Bound:
    """80-89分得3分: a band of points that are measured, not given."""
    low, high = token.value
    return Bound("分", lower=low, last=high, said=low)


def _fined_in(walk: Walk, piece: Piece, applies: str, what: str) -> None:
    points, verb = worth(piece)
    if verb != "lose" or isinstance(points, tuple):
        raise Unread(f"“{walk.words(piece)}”没有读懂")
    part = walk.add(piece, "~zero" if points == "none" else "~fine", what, "", points=points)
    part.values["applies"] = applies


def worth(piece: Piece) -> tuple[object, str]:
    """Points, a range of points or full, none, kept, calm; and the verb."""
    verb = piece.found.first("lose", "gain", "get")
    word = piece.found.first("none", "full", "kept", "calm")
    if word:
        return word.type, "lose" if word.type in ("none", "kept") else "get"
    amounts = [token for token in piece.found.tokens if token.type in ("points", "range")]
    return amounts[-1].value, verb.type if verb else "get"


def grade(walk: Walk, piece: Piece) -> None:
    points, verb = worth(piece)
    names = [walk.span([token]) for token in piece.found.all("names")]
    own = walk.named(piece, "what")
    if not own:
        walk.forget_notes()
    condition = walk.condition(piece, "what") + names[0] if len(names) == 1 else own
    for name in names:
        walk.add(
            piece,
            "~grade",
            own or walk.subject,
            "",
            name=name,
            points=points,
            verb=verb,
            condition=condition,
        )


def level(walk: Walk, piece: Piece) -> None:
    names, verb = _names(walk, piece), piece.found.first("gain", "get", "lose").type
    amounts = [token.value for token in piece.found.all("nums")] or [
        piece.found.first("points").value
    ]
    size = piece.found.first("qty")
    if size and size.value.unit not in ("人", "名", "位", "人次"):
        raise Unread(f"“{walk.words(piece)}”没有读懂")
    if len(amounts) not in (1, len(names)) or (
        len(names) > 1 and len(amounts) == 1 and not piece.found.has("all") and verb == "lose"
    ):
        raise Unread(f"“{walk.words(piece)}”的级别和分值对不上")
    amounts = amounts * len(names) if len(amounts) == 1 else amounts
    subject = trim(walk.subject or "")
    walk.forget_notes()
    for name, amount in zip(names, amounts, strict=True):
        walk.add(
            piece,
            "~entry",
            subject or walk.subject,
            "",
            name=name,
            points=amount,
            verb=verb,
            per="person" if size else "event",
        )


def _names(walk: Walk, piece: Piece) -> list[str]:
    names = [walk.span([token]) for token in piece.found.all("names")]
    if (
        piece.kind == "level"
        and len(names) > 1
        and not any(token.type == "list" for token in piece.found.groups["names"])
    ):
        return ["".join(names)]
    return [_LEVEL.get(name, name) for name in names] if piece.kind == "level" else names


_LEVEL = {
    "省": "省级",
    "市": "市级",
    "县": "县级",
    "区": "区级",
    "乡": "乡级",
    "镇": "镇级",
    "国家": "国家级",
    "全国": "国家级",
    "全省": "省级",
    "全市": "市级",
    "全县": "县级",
    "全区": "区级",
    "中央": "国家级",
    "乡镇": "乡镇级",
    "省委": "省级",
    "市委": "市级",
    "县委": "县级",
}


def judged(walk: Walk, piece: Piece) -> None:
    found = piece.found
    verb = found.first("lose", "gain", "get", "losing", "gaining", "grading")
    low, high = _spread(walk, found)
    if verb.type in ("lose", "losing"):
        low, high = -high if high is not None else None, -low
    what = walk.condition(piece, "what", "then") or walk.subject
    walk.add(
        piece,
        "judged",
        what,
        "",
        range=[low, high],
        verb=verb.type,
        bare=found.first("points", "range") is None,
    )


def _spread(walk: Walk, found: object) -> tuple[Fraction, Fraction | None]:
    span, amount = found.first("range"), found.first("points")
    if span:
        low, high = span.value
        if low >= high:
            raise Unread(f"“{walk.span([span])}”不是从小到大的区间")
        return low, high
    return Fraction(0), amount.value if amount else walk.points


def fine(walk: Walk, piece: Piece) -> None:
    what = walk.condition(piece)
    freqs, walk.freqs = walk.freqs, []
    for held in freqs:
        walk.freqs.append(held)
        found = take_frequency(walk)
        if found.get("per") != "year" or found.get("need") != 1:
            raise Unread(f"“{walk.words(piece)}”是每少一次都扣还是只扣一次，没有写明")
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    walk.add(piece, "~fine", what, "", points=piece.found.value("points"))


def bonus(walk: Walk, piece: Piece) -> None:
    what = walk.condition(piece)
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    walk.add(
        piece,
        "~entry",
        walk.subject,
        "",
        name=what,
        points=piece.found.value("points"),
        verb="gain",
        per="event",
    )


def got(walk: Walk, piece: Piece) -> None:
    what = walk.condition(piece)
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    walk.add(piece, "~got", what, "", points=piece.found.value("points"))


def full(walk: Walk, piece: Piece) -> None:
    walk.condition(piece)
    walk.add(piece, "~full")


def zero(walk: Walk, piece: Piece) -> None:
    if piece.found.has("one_of"):
        walk.listing = Part("~zero")
        return
    walk.freqs = []
    what = walk.condition(piece)
    if not what:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    walk.add(piece, "~zero", what)


def other(walk: Walk, piece: Piece) -> None:
    walk.forget_notes()
    points = piece.found.value("points") if piece.found.first("points") else "none"
    walk.add(piece, "~else", points=points)


def rest(walk: Walk, piece: Piece) -> None:
    walk.add(
        piece,
        "~rest",
        points=piece.found.value("points") if piece.found.first("points") else "none",
    )


# --- limits and manners


def floor(walk: Walk, piece: Piece) -> None:
    pass


def under(walk: Walk, piece: Piece) -> None:
    amount = piece.found.first("points")
    walk.rules.under = amount.value if amount else True


def over(walk: Walk, piece: Piece) -> None:
    if walk.points is None or piece.found.value("points") <= walk.points:
        raise Unread(f"“{walk.words(piece)}”与本项分值对不上")
    walk.rules.over = piece.found.value("points") - walk.points


def cap(walk: Walk, piece: Piece) -> None:
    verb = piece.found.first("lose", "gain", "get", "losing", "gaining")
    limited = [part for part in walk.rules.parts if _limits(part, verb)]
    near = [part for part in limited if part.sentence == walk.sentence] or limited
    kinds = {(part.shape, part.values.get("verb", "")) for part in near}
    amount = piece.found.first("points").value
    if not near or (len(near) > 1 and (kinds != {next(iter(kinds))} or near[0].shape != "~entry")):
        if (
            walk.points is not None
            and amount == walk.points
            and verb
            and verb.type in ("lose", "losing")
        ):
            return
        raise Unread(f"“{walk.words(piece)}”限的是哪几条，没有写明")
    near[-1].values["cap"] = amount


def _limits(part: Part, verb: Token | None) -> bool:
    ways = {
        "step": ("lose", "gain"),
        "~less": ("lose",),
        "~earned": ("gain",),
        "~entry": ("gain", "lose"),
        "~grade": ("gain",),
        "judged": ("lose", "gain"),
    }
    if part.shape not in ways:
        return False
    if verb is None:
        return True
    down = verb.type in ("lose", "losing")
    gains = part.values.get("credit") or part.values.get("verb") in (
        "gain",
        "get",
        "gaining",
        "grading",
    )
    return down != bool(gains) or bool(part.values.get("both_ways"))


def rounding(walk: Walk, piece: Piece) -> None:
    last = walk.last("step", "~less")
    bound = piece.found.first("bound")
    if last is None or (bound and bound.value.said != last.values.get("step", 1)):
        raise Unread(f"“{walk.words(piece)}”没有读懂")
    kind = (
        "ceil"
        if piece.found.first("as_one")
        else "exact"
        if piece.found.has("prorated")
        else "floor"
    )
    last.values["rounding"] = kind


_ENTRIES = ("~entry", "~grade")


def largest(walk: Walk, piece: Piece) -> None:
    found = [part for part in walk.rules.parts if part.shape in _ENTRIES]
    if not found:
        raise Unread(f"“{walk.words(piece)}”取的是哪几项，没有写明")
    found[-1].values["take"] = "largest"


def once(walk: Walk, piece: Piece) -> None:
    found = walk.last(*_ENTRIES)
    if found:
        found.values["dedupe"] = True
    else:
        walk.rules.doubt(f"“{walk.words(piece)}”由全表口径决定", "0.9")


def inside(walk: Walk, piece: Piece) -> None:
    _of_entries(walk, piece).values["inside"] = True


def outside(walk: Walk, piece: Piece) -> None:
    _of_entries(walk, piece).values["inside"] = False


def _of_entries(walk: Walk, piece: Piece) -> Part:
    found = walk.last(*_ENTRIES)
    if not found:
        raise Unread(f"“{walk.words(piece)}”没有读懂")
    return found


KINDS: dict[str, Callable[[Walk, Piece], None]] = {
    "note": note,
    "freq": freq,
    "aim": aim,
    "method": method,
    "step": step,
    "less": less,
    "count": count,
    "earned": earned,
    "credit": credit,
    "twoway": twoway,
    "band": band,
    "grade": grade,
    "level": level,
    "penal": level,
    "judged": judged,
    "fine": fine,
    "bonus": bonus,
    "got": got,
    "full": full,
    "kept": full,
    "zero": zero,
    "other": other,
    "rest": rest,
    "floor": floor,
    "under": under,
    "over": over,
    "cap": cap,
    "rounding": rounding,
    "largest": largest,
    "once": once,
    "inside": inside,
    "outside": outside,
    **dict.fromkeys(
        ("veto", "barred", "ceiling", "forced", "granted", "ungraded", "chapter"), gates.gate
    ),
    "oneof": gates.one_of,
}
