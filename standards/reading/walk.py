"""The state of reading a phrase: what was said so far and waits for the piece that takes it up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from standards.reading.bounds import SPANS
from standards.reading.cover import Piece
from standards.reading.demand import Demand
from standards.reading.parts import Part, Rules, Unread
from standards.reading.tokens import Token

NEGATIVE = re.compile(r"^(?:未|没|无|不|缺|弄虚作假|造假|超过|逾期)")
# A shortcoming anywhere in its words: 设备故障未及时报修，影响播放的.
LACKING = re.compile(
    NEGATIVE.pattern + r"|未(?!来|成年)|(?<![得能])不(?![断仅但同少低高多得大小超忘动])"
)
_HAPPENED = re.compile(r"(?:出现|发生|存在|被(?!评|列|认|确|定)|受到|违反|造成)(?!.*[得加])")
# 支委没有分工, 工作中出现差错, 班子软弱涣散: what is wrong, said without 未 or 不.
_FAULTY = re.compile(
    r"没有(?!.*(?:问题|现象|行为|事故|案件|情况|势力|上访|违|被))"
    r"|(?<![未无没不])(?:出现|发生|存在|有)[^，未无没不得加]{0,6}(?:问题|矛盾|失误|差错|漏洞|意见|纠纷|偏差)$"
    r"|因[^，]{1,8}(?:受到?|被)[^，]{0,4}(?:处分|处理|处罚|问责|通报|批评)$"
    r"|(?:恶劣|脏乱差?|反映强烈|软弱|涣散|松散|松懈|不力|不实|淡薄|淡漠|消极|空洞|空泛|敷衍|走过场|流于形式|混乱|滞后|迟缓|缓慢|较差|薄弱|简单|推诿|拖沓|懒散|雷同|照搬照抄|照抄照搬|抄袭)$"
)
# 属于瞒报，且情节严重，受到处分的: said beside others of one case.
_FURTHER = re.compile(
    "属于(?!.*(?:范围|职责))|[且并]且?(?=情节|造成|影响|后果|未|不|受|被)|情节|因(?=[^，]{0,8}[不未失违])"
)
# 无违纪现象，出现1例扣2分 counts what should not be there.
_NONE_OF_IT = re.compile(
    r"(?:无|没有|未发生|未出现)(?=[^，]+(?:现象|行为|问题|案件|事故|情况|事件|活动)$)|"
    r"^(?:全年度?|年内|当年)(?:均|都)?(?:无|没有|未发生|未出现|零)(?=[^，]{2})"
)
# 有特殊情况不能参加的，应请假: no shortcoming yet.
_PREVENTED = re.compile("(?:特殊|因[故病事]|确[因有]|客观)[^，]*(?:不能|无法)")
PERSONS = ("人", "名", "位", "人次", "生")
_TRIM = re.compile(
    r"^(?:凡是|凡|对于|对(?![照口标接外内象台账党联应方])|如果|如(?![期实数约])|若(?!干)|的|并|且|及(?!时)|或|，|、|：|；)+|(?:的|，|、|：)+$"
)
_LEADS_OVER = re.compile(
    r"(?:(?<![行作认成因])为|控制在|保持在|控制到|在|(?<!未)达到|(?<!未)达|应|须|需)+$"
)
_NOT_SO = re.compile(
    r"^(?:未|没有?|应[^未]{1,2}未)(?:按(?:要求|规定))?(?:设立?|设置|成立|建立|划分|选举|落实|达到)?(?:要求)?的?$"
)
# 有流动党员的支部未建立台账: what the branch has says where the rule applies.
_OF_SUCH = re.compile(
    r"^(?P<who>(?:有|设有?|成立|建有?|划分|配备|与|无|没有|未设立?|未成立|未建立?)[^未没不无，、“]{1,12}的"
    r"(?:党?支部|党组织|党委|党总支|单位|村|社区|企业|学校|科室|机关))，?(?P<what>(?:未|没|不|无|缺|少|超|逾期|每).{0,60}|[^，、]{1,16}[少缺漏])$"
)
# A demand, not a size of branch.
_REQUIRED = re.compile(r"不得?少于|不得?低于|至少|达到|≥")
_ABOUT_BRANCH = re.compile(
    r"(?:党?支部|党组织|党委|党总支|村|社区|单位|企业|学校|机关|人数|党员人?数?|正式党员)$"
)


# 职工30人以上的企业没有党员，未选派指导员的: what it has not says as well where the rule applies.
_OF_NONE = re.compile(
    r"(?:企业|村|社区|单位|学校|公司|医院|商会|网格|楼宇)(?:没有|无|尚无)(?:正式)?(?:党员|党组织|党支部)$"
)


@dataclass
class Walk:
    """`points` are the full points of the line, `text` the normalised phrase."""

    text: str
    tokens: Sequence[Token]
    points: Fraction | None
    demands: Sequence[Demand] = (Demand(),)
    rules: Rules = field(default_factory=Rules)
    notes: list[Piece] = field(default_factory=list)
    freqs: list[Piece] = field(default_factory=list)
    spent: list[Piece] = field(default_factory=list)
    past: list[Piece] = field(default_factory=list)
    aims: list[Piece] = field(default_factory=list)
    owed: list[Piece] = field(default_factory=list)
    applies: str = ""
    applied: bool = False
    pieces: Sequence[Piece] = ()
    used: list[Piece] = field(default_factory=list)
    way: str = ""
    unnamed: bool = False
    for_all: str = ""
    subject: str = ""
    sentence: int = 0
    listing: Part | None = None
    collected: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    limit: Piece | None = None
    spell: str = ""
    must: str = ""
    heading: str = ""
    at: int = 0

    @property
    def demand(self) -> Demand:
        """What the clause demands, beside the piece that is being read."""
        return [one for one in self.demands if one.start <= self.at][-1]

    @property
    def about(self) -> str:
        """What is measured where the phrase does not say it."""
        return self.demand.label

    # --- words

    def span(self, tokens: Sequence[Token]) -> str:
        return self.text[tokens[0].start : tokens[-1].end] if tokens else ""

    def words(self, piece: Piece) -> str:
        return self.text[self.tokens[piece.start].start : self.tokens[piece.end - 1].end]

    def named(self, piece: Piece, *names: str) -> str:
        """The words of these elements, put together in this order."""
        return "".join(trim(self.span(piece.found.groups.get(name, ()))) for name in names)

    def condition(self, piece: Piece, *names: str, every: bool = False) -> str:
        """The words of the piece, with the open conditions before it, or every note before it."""
        own = self.named(piece, *(names or ("what",)))
        if self.must and _NOT_SO.match(own):
            own, self.must = "未" + self.must, ""
        every = every and self.text[: self.tokens[piece.start].start][-1:] != "（"
        open_notes = [note for note in self.notes if every or not own or self.conditional(note)]
        open_notes = [note for note in open_notes if not self._denies(note, own)]
        self.name_notes()
        if not open_notes:
            return own
        start = self.tokens[open_notes[0].start].start
        last = open_notes[-1] if not own else piece
        end = self.tokens[last.end - 1].end if not own else self._end_of(piece, names or ("what",))
        if own and len(names) > 1:
            self.rules.doubt(f"“{self.text[start:end]}”合成了一个条件", "0.9")
        return trim(self.text[start:end])

    def _denies(self, note: Piece, own: str) -> bool:
        """无违纪，有违纪不得分 says one thing twice."""
        found = re.match("(?:无|没有|未发生|未出现)(?P<of>.{2,})", trim(self.words(note)))
        return bool(found) and re.fullmatch(f"(?:有|发生|出现|存在)?{re.escape(found['of'])}", own)

    def _end_of(self, piece: Piece, names: Sequence[str]) -> int:
        held = [piece.found.groups[name] for name in names if piece.found.groups.get(name)]
        return max(tokens[-1].end for tokens in held)

    def conditional(self, note: Piece) -> bool:
        words = self.words(note)
        if _PREVENTED.search(words):
            return False
        wrong = LACKING.search(words) or _HAPPENED.match(words) or _FAULTY.search(words)
        wrong = wrong or _FURTHER.match(words)
        return note.kind == "aim" or note.after == "de" or bool(wrong)

    def forget_notes(self) -> None:
        """What names may go once it has named; a condition that nobody took up may not."""
        open_notes = [note for note in self.notes if self.conditional(note)]
        if open_notes:
            raise Unread(f"“{self.words(open_notes[0])}”怎么计分未能识别，请人工核定")
        self.name_notes()

    def name_notes(self) -> None:
        for note in self.notes:
            if not self.conditional(note):
                self.subject = _NONE_OF_IT.sub("", trim(self.words(note)))
        self.notes = []

    # --- steps

    def add(
        self, piece: Piece, shape: str, what: str = "", counter: str = "", **values: object
    ) -> Part:
        if values.get("unit") == 0 or shape == "~fine" and values.get("points") == 0:
            raise Unread(f"“{self.words(piece)}”未能识别，请人工核定")
        if self.adds(piece):
            values["more"] = True
        part = Part(shape, values, what, counter, piece.start, piece.end, self.sentence)
        self.applies = self.applies or self.take_applies() or self.for_all
        if shape not in ("gate", "~entry"):
            part.what, whom = self.of_such(part.what)
            part.values |= whom
        if self.applies:
            part.values["applies"] = self.applies
            self.applied = True
        duration = self.duration(piece)
        if duration and shape in ("~fine", "~zero", "step"):
            part.values["duration"] = duration
        self.rules.parts.append(part)
        return part

    def adds(self, piece: Piece) -> bool:
        """加扣1分 comes on top of what was said before."""
        verb = piece.found.first("lose")
        return verb is not None and "加" in self.span([verb])

    def duration(self, piece: Piece) -> str:
        start = min([piece.start, *(note.start for note in self.notes)])
        for token in self.tokens[start : piece.end]:
            if token.type == "span" and token.value.said is not None:
                return stretch(token.value.said, token.value.unit)
        return ""

    def last(self, *shapes: str) -> Part | None:
        """The one step of this sentence, or of the phrase, a limit can mean."""
        found = [part for part in self.rules.parts if part.shape in shapes]
        near = [part for part in found if part.sentence == self.sentence]
        return (near or found or [None])[-1]

    def of_such(self, words: str) -> tuple[str, dict]:
        """设党小组的支部少: what is counted, apart from the branches it is counted for."""
        own = _OF_SUCH.match(words)
        return (own["what"], {"applies": own["who"]}) if own else (words, {})

    def take_applies(self) -> str:
        """党员7人以上的支部: a bound on the branch that no step took for its target."""
        for piece in self.aims:
            bound = piece.found.first("bound")
            tail = self.named(piece, "what", "then")
            if re.search("[未不没无]", tail) and not _OF_NONE.search(tail):
                continue
            if bound and _REQUIRED.search(self.span([bound])):
                continue
            if (
                bound
                and bound.value.unit in PERSONS
                and (_ABOUT_BRANCH.search(tail or "支部") or _OF_NONE.search(tail))
            ):
                self.aims.remove(piece)
                return self.words(piece) + ("的" if piece.after == "de" else "")
        return ""


_UNMET = re.compile("[未没不](?:达标|达到|做到|落实|合格)的?$")  # 五分之四以上到会未达标的


def lacks(words: str) -> bool:
    return bool(NEGATIVE.match(words) or _UNMET.search(words))


def trim(text: str) -> str:
    while (shorter := _TRIM.sub("", text)) != text:
        text = shorter
    return text + "”" * (text.count("“") - text.count("”"))


_IT = "(?:发生|出现|发现|查实|查出|有)?[一1-9]"
_NOT_HAPPENED = re.compile(r"^(?:全年|年内|当年|本年度?)?(?:均|都)?(?:未|没有?|不)(?:发生|出现)")
_WITHOUT = re.compile(
    r"^(?:全年|年内|当年|本年度?)?(?:均|都)?(?:无|没有)(?!故|正当|特殊|任何|理由)"
)


def happened(demanded: str, words: str) -> str:
    """未发生上访 and then 发生1起, 无违纪 and then 发生1起: what is counted should not be there."""
    words = words.removeprefix("每")
    if re.match(_IT, words) and _NOT_HAPPENED.match(demanded):
        return _NOT_HAPPENED.sub("", demanded)
    if words.startswith(("发现", "查实", "查出")) and _NONE_OF_IT.match(demanded):
        return _NONE_OF_IT.sub("", demanded)
    return _WITHOUT.sub("", demanded) if words.startswith(("发生", "出现")) else demanded


def stretch(number: Fraction, unit: str) -> str:
    """3 months, 1 year: the duration of a condition as it is printed."""
    word = SPANS[unit]
    return f"{plain(number)} {word.removesuffix('s') if number == 1 else word}"


def measured(text: str) -> str:
    """Without the words that lead over to the number: 满意度在90%以上."""
    return trim(_LEADS_OVER.sub("", trim(text)))


def plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)
