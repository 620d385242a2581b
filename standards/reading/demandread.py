"""Reads the text of a clause for what it demands: each number and frequency with its name."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from standards.reading.bounds import Bound, join
from standards.reading.characters import normalise
from standards.reading.context import BY_WHEN
from standards.reading.counted import AMOUNTS
from standards.reading.cover import Piece, Stuck, cover
from standards.reading.demand import Demand, Goal, Spell
from standards.reading.numerals import number
from standards.reading.pattern import headed, significant
from standards.reading.periods import behind_period
from standards.reading.respelled import respelled
from standards.reading.tokens import Token, tokenize
from standards.reading.walk import measured, trim

LONGEST = 600
_SENTENCE = re.compile(r"[。；]")
_BARE = re.compile(r"[^，。；：、（）0-9%]{2,16}")
_AMOUNT = re.compile(
    r"(?!.*(?:抽[查取]|随机|现有|共有|其中))(?P<what>[^，。；：、（）0-9%每第各]{3,16}?)"
    r"(?P<n>[0-9]+|[一二两三四五六七八九十]+)(?P<unit>名|人|个|家|篇|条|户|件|份|项)"
)
_COUNTS = re.compile(r"每|[一二两三四五六七八九十][次个项名人场期篇]|(?<![级省市县区乡镇])以[上下]")
_HEAD = re.compile(
    r"^(?:（[一二三四五六七八九十0-9]+）|[一二三四五六七八九十0-9]+[、.]|①|②|③|④|⑤|按时|按期|按规定|按要求|定期|认真|做好|抓好|严格|坚持|及时|"
    r"扎实|积极|规范(?=开展|组织|召开)|组织(?!生活|部|关系|委员|建设)|召开|开展|举行|落实|执行|至少|应当?|须|要|每名?(?!个?[月季年周]|半年|学期)|全体)+"
)
_TAIL = re.compile(
    r"(?:至少|应当?|须|需|要|组织|召开|开展|举行|进行|参加|的|不少于|达到|原则上|一般|，|、|：)+$"
)
# 每月固定一天开展主题党日: how often is no part of the name.
_OFTEN = re.compile(r"^每(?:个?月|个?季度?|半年|年度?|周|学期)(?:至少|应当?|须|要)*固定[一1][天日]")
# 加分项 in the column of demands names nothing.
_HEADING = re.compile(
    r"^[^，。；]{0,12}(?:加分|减分|扣分|奖分|得分|否决|一票否决)(?:项|事项|项目|内容|情形|因素|指标|条件|清单)?$|^负面清单$"
)
# 党员无违纪违法, 杜绝侵占党费行为: what is counted is that which should not be there.
_FREE_OF = re.compile(
    r"(?<![^，。、员部干会子组织村区人])(?:无|没有|未发生|未出现|不发生|不出现|杜绝|严禁|禁止|防止)"
    r"(?=[^，、]*(?:违|侵占|造假|虚假|投诉|上访|信访|事故|案件|处分|腐败|行为|现象|问题|舆情|拖欠|挪用|纠纷|差错|失误|事件))"
)
_OF_THEM = re.compile("其中[^，]*$")
_RULES = ("note", "freq", "aim", "method", "owed")


def read_demand(text: str) -> Demand:
    spells: list[Spell] = []
    goals: list[Goal] = []
    plain = respelled(normalise(text[:LONGEST])).text
    for sentence in _SENTENCE.split(plain):
        for piece in _pieces(sentence):
            words = _words(sentence, piece)
            if piece.kind == "freq" and (spell := _spell(sentence, piece)):
                if spell.unit in AMOUNTS and spell.per != "year":
                    continue  # 每月不少于8学时: twelve sums
                if spell.unit in AMOUNTS:  # 每年不少于32学时 is a sum to reach
                    bound = Bound(spell.unit, lower=spell.need, said=spell.need)
                    goals.append(Goal(bound, spell.what))
                else:
                    spells.append(spell)
            elif piece.kind == "aim" and (bound := _bound(piece)):
                if bound.unit != "%" and _OF_THEM.search(sentence[: _start(piece)]):
                    continue  # 后备干部2-4名，其中女干部不少于1名: no number of all of them
                goals.append(Goal(bound, named(words.partition(_said(sentence, piece))[0])))
    goals += _amounts(plain, {one.unit for one in spells} | {one.bound.unit for one in goals})
    label = spells[0].what if len(spells) == 1 else goals[0].what if len(goals) == 1 else ""
    label = label or _first_words(plain)
    return Demand(nameable(label), tuple(spells), tuple(goals))


def _amounts(text: str, known: set[str]) -> Iterator[Goal]:
    """引进人才2名 asks for two, where nothing else is counted in 名."""
    found = list(filter(None, map(_AMOUNT.fullmatch, re.split("[，。；]", text))))
    units = [one["unit"] for one in found]
    for one in found:
        asked = number(one["n"])
        if asked and one["unit"] not in known and units.count(one["unit"]) == 1:
            yield Goal(Bound(one["unit"], lower=asked, said=asked), named(one["what"]), bare=True)


# 群众诉求及时办结, 支委会班子配齐: how it should be is no part of the name.
_AS_IT_SHOULD = re.compile(
    r"^([^，、（）]{2,10}?)(?<![未不能应须要])(?:(?:(?:及时|按时|按期|按月|按季度?|按规定|按要求|按计划|准时|足额)+[^，、]{2,6}|配齐|配强|健全|完善|齐全|完整)+)$"
)


def nameable(words: str) -> str:
    """What a rule beside these words is about."""
    return "" if _HEADING.match(words) else _AS_IT_SHOULD.sub(r"\1", _FREE_OF.sub("", words))


def _pieces(sentence: str) -> Iterator[Piece]:
    """A sentence that says points is a rule, not a demand."""
    tokens = join(headed(significant(tokenize(sentence))))
    pieces = cover(tokens)
    if isinstance(pieces, Stuck):
        pieces = [piece for clause in _clauses(tokens) for piece in _read(clause)]
    if all(piece.kind in _RULES for piece in pieces):
        yield from pieces


def _clauses(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    ends = [at for at, token in enumerate(tokens) if token.type == "comma"]
    for start, end in pairwise([-1, *ends, len(tokens)]):
        yield tokens[start + 1 : end]


def _read(clause: Sequence[Token]) -> Sequence[Piece]:
    """Of a sentence that cannot be read as a whole the clauses that can."""
    pieces = cover(clause)
    return () if isinstance(pieces, Stuck) else pieces


def _start(piece: Piece) -> int:
    return piece.found.first("bound", "pct").start


def _words(text: str, piece: Piece) -> str:
    return text[piece.found.tokens[0].start : piece.found.tokens[-1].end]


def _spell(text: str, piece: Piece) -> Spell | None:
    found = piece.found
    size, bound = behind_period(found)
    if found.has("dur") or (bound and bound.value.lower is None) or (size and bound):
        return None
    need = size.value.number if size else bound.value.lower if bound else Fraction(1)
    unit = size.value.unit if size else bound.value.unit if bound else "次"
    groups = [found.groups[name] for name in ("what", "mid", "then") if name in found.groups]
    groups.sort(key=lambda tokens: tokens[0].start)
    parts = [text[tokens[0].start : tokens[-1].end] for tokens in groups]
    keys = tuple(filter(None, map(named, parts)))
    return Spell(found.value("per"), need, unit, named("".join(parts)), keys)


def _bound(piece: Piece) -> Bound | None:
    """A demand has one end: at least so much, or at most."""
    token = piece.found.first("bound")
    if token is None:
        share = piece.found.value("pct")
        return Bound("%", lower=share, said=share) if share is not None else None
    value = token.value
    at_least = value.lower is not None and value.upper is None and value.last is None
    at_most = value.lower is None and value.last is not None
    return value if at_least or at_most else None


def _said(text: str, piece: Piece) -> str:
    token = piece.found.first("bound", "pct")
    return text[token.start : token.end]


def named(words: str) -> str:
    """支委会每月召开 -> 支委会: without the verbs of holding and the words before a number."""
    words = measured(BY_WHEN.sub("", words))
    for pattern in (_HEAD, _TAIL, _HEAD):
        words = pattern.sub("", words) or words
    return trim(words) if len(words) > 1 and not _HEAD.fullmatch(words) else ""


def _first_words(text: str) -> str:
    found = _BARE.match(_HEAD.sub("", _OFTEN.sub("", text)))
    ends = found and found.string[found.end() :][:1] in ("", "，", "。", "；", "：", "（")
    return "" if not ends or _COUNTS.search(found.group()) else named(found.group())
