"""Pieces that hold for others: a condition, a frequency, a target, a heading."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from standards.reading import rhythmic
from standards.reading.bounds import Bound
from standards.reading.cover import Piece
from standards.reading.demand import Spell
from standards.reading.naming import PERIODS, meeting
from standards.reading.parts import Unread
from standards.reading.pattern import Found
from standards.reading.periods import A_YEAR, OCCASIONS, a_year, as_often, behind_period
from standards.reading.targets import times
from standards.reading.tokens import Token
from standards.reading.walk import NEGATIVE, PERSONS, Walk, plain, trim

# Headings of columns name no measure.
_COLUMN = re.compile(
    "(?:评分|计分|扣分|加分|考核|检查)?(?:标准|方法|办法|细则|要求|内容|说明)|备注|其中|注|评分|[扣加]分项?"
)


# 按以下标准加分：国家级5分、省级3分 names no measure either, and says which way the amounts go.
_LIST_BELOW = re.compile(
    r"^(?:具体)?(?:按照?|根据|依据)?(?:以下|下列|下表|如下|下述)(?:标准|规定|办法|方法|情形|情况|档次|等次)?"
    r"(?:分别|进行|予以|给予)?(?:加分|扣分|奖分|减分|计分|评分|打分|赋分|得分)?$"
)
_WAYS = (("加分", "gain"), ("奖分", "gain"), ("扣分", "lose"), ("减分", "lose"))


def heads_a_list(walk: Walk, piece: Piece) -> bool:
    """按下表加分 with the rows behind it in the same cell."""
    words = walk.words(piece)
    if piece.end == len(walk.tokens) or not _LIST_BELOW.match(words):
        return False
    walk.way = _way(words)
    return True


def _way(words: str) -> str:
    """Which way the amounts under a heading go."""
    return next((way for word, way in _WAYS if word in words), "")


# 农村党支部：未落实四议两公开扣1分 holds for these.
_KIND_OF_BRANCH = re.compile(
    r"^(?:其他|其余|软弱涣散|市直|县直|区直|县区|农村|机关|社区|国企|国有企业|非公企业|非公有制企业|非公|企业|学校|高校|中小学校?|医院|公立医院|两新|社会组织|离退休|流动|学生|教工|教师|街道|乡镇|村|事业单位)"
    r"(?:党员)?(?:党?支部|党组织|单位|村)?$"
)


def note(walk: Walk, piece: Piece) -> None:
    words = walk.words(piece)
    if _for_whom(walk, words) or _behind(walk, piece, words) or _remark(walk, words):
        return
    if _explains(walk, piece, words):
        return
    if piece.after in ("comma", "de") and re.search(
        r"的[^，。的未不没无]{0,4}?(?:党?支部|党组织|村|社区|单位|企业|社会组织|学校|科室|机关|事务所|医院|商会|协会|社团|公司|楼宇|园区|网格|小区)$",
        words,
    ):
        walk.applies = words
        return
    if piece.after == "colon" and (heads_a_list(walk, piece) or _COLUMN.fullmatch(trim(words))):
        walk.way = _way(words)
        return
    if piece.after in ("colon", "comma") and _KIND_OF_BRANCH.match(trim(words)):
        walk.applies = trim(words)
        return
    if piece.after == "colon":
        walk.subject = walk.heading = trim(words)
        return
    walk.notes.append(piece)


# What counts as missing, and what else follows, beside the points.
_REMARK = re.compile(
    r"^[^，。；0-9]{0,14}(?:视同|视为|视作|等同于?|按)(?:未|没有?|缺|无|不)(?:指导|走访|联系|谈话|上报|报送|研究|学习|培训|讲授|整改|开展|召开|组织|举办|举行|参加|完成|落实|执行|席|勤|会|课|报|场|次|岗)*(?:处理|对待|计算|算|计|论)?$|"
    r"^[^，。；0-9]{2,14}的?，?(?:视同|视为|视作)(?:已|按[时期])?(?:开展|召开|组织|参加|完成|落实|执行|出席|达标|合格)$|"
    r"^(?:并|且|同时)(?:予以|给予|进行)?(?:全[市县区乡镇]|内部|在[^，。；0-9]{1,8})?(?:通报(?:批评)?|责令(?:限期)?整改|限期整改|督促整改|移[交送][^，。；0-9]{2,10}|批评教育|谈话提醒|提醒谈话|约谈[^，。；0-9]{0,8}|追究[^，。；0-9]{0,8}责任)$|"
    r"^(?:并|同时|另)?(?:处以?|给予|予以|扣发|扣除)?(?:罚款|罚金|经济处罚)"
)


def _remark(walk: Walk, words: str) -> bool:
    """无记录视同未开展, 并通报批评 and 罚款200元 change no amount: whoever checks has to know them."""
    said = [part for part in walk.rules.parts if part.sentence >= walk.sentence - 1]
    if not said or not _REMARK.match(words):
        return False
    walk.rules.doubt(f"“{words}”不影响分值，由检查人掌握", "0.9")
    return True


_OF_THESE = re.compile("(?:支部|党组织|党委|村|社区|单位|企业|学校|机关|医院)$")
_PLAIN_WORDS = re.compile(
    r"(?!.*(?:按(?:.{0,3}$|比例|实|差|权|档|级)|(?<![统审设会预合估])计(?!划|生|算机)|累[计进加]|从[重轻严]|[从放]宽|恢复|(?<![避以])免(?!费|疫|税)|豁|照顾|倾斜|通融|分[次人户项件批]|可(?![追持靠行])))[^0-9%扣得加减除未不无缺没每由最含适限]{4,40}"
)


def _explains(walk: Walk, piece: Piece, words: str) -> bool:
    """有影响力1分（市级媒体报道或上级推广）: what is meant by it, which whoever checks has to know."""
    start, end = walk.tokens[piece.start].start, walk.tokens[piece.end - 1].end
    behind_points = walk.text[:start].endswith("分（") and walk.text[end : end + 1] == "）"
    whose = _BRANCHES.search(f"的{words}") or _OF_THESE.search(words)
    if not behind_points or not _PLAIN_WORDS.fullmatch(words) or whose or not walk.rules.parts:
        return False
    walk.rules.doubt(f"“{words}”由检查人掌握", "0.9")
    return True


def whom(walk: Walk, piece: Piece) -> None:
    """设有党小组的，: where the words that follow apply."""
    if piece.end == len(walk.tokens):
        raise Unread(f"“{walk.words(piece)}”怎么计分未能识别，请人工核定")
    words = walk.words(piece)
    walk.applies = re.sub("^(?:如果|如|若)(.+?)的?$", r"\1的", words)


# （设党小组的支部适用）, 适用于机关党支部, 此项仅考核农村支部
_FOR_WHOM = re.compile(
    r"^(?:本项|此项|该项)?(?:只|仅|限)?(?P<who>[^，。；]{2,20}?)(?:的)?适用$|"
    r"^(?:本项|此项|该项)?(?:(?:只|仅)(?:适用于?|限于?|考核|针对)|适用于|限于)(?P<whom>[^，。；]{2,20})$"
)


def _for_whom(walk: Walk, words: str) -> bool:
    """It holds for what was said in this sentence, else for what follows."""
    found = _FOR_WHOM.match(words)
    if not found or "不适用" in words:
        return False
    who = found["who"] or found["whom"]
    said = [part for part in walk.rules.parts if part.sentence == walk.sentence]
    for part in said:
        part.values.setdefault("applies", who)
    if not said and found["whom"]:
        walk.for_all = who
    elif not said:
        walk.applies = who
    return True


_BRANCHES = re.compile(r"(?:的|以[上下])(?:党?支部|党组织|村|社区|单位|企业|学校)的?$")


# （新成立的支部除外）
_SPARED = re.compile("(?P<who>.+?)的?(?:除外|可以?(?:没有|不设|不建|不配)|不[作做]要求|不在此限)")


def _behind(walk: Walk, piece: Piece, words: str) -> bool:
    """未建立台账扣1分（有流动党员的支部）: the branches in brackets behind a rule."""
    start, end = walk.tokens[piece.start].start, walk.tokens[piece.end - 1].end
    in_brackets = walk.text[:start].endswith("（") and walk.text[end : end + 1] == "）"
    said = [part for part in walk.rules.parts if part.sentence == walk.sentence]
    spared = _SPARED.fullmatch(words)
    if not (in_brackets and said and (spared or _BRANCHES.search(words))):
        return False
    if len(said) > 1 or "applies" in said[0].values:
        raise Unread(f"“{words}”指的是前面哪一条，未能识别，请人工核定")
    said[0].values["applies"] = f"非{spared['who']}" if spared else words
    return True


# What a branch may not have: then the line asks nothing of it.
_LACKING = re.compile(
    r"^(?:未|没有?|无|不)(?:应)?(?P<verb>设立|设置|设有|设|成立|建立|划分|配备|建有|建|有)?(?P<what>[^，。；0-9]{0,3}"
    r"(?:党小组|支委会|支部委员会|支委|党总支|预备党员|流动党员|离退休党员|退休党员|入党积极分子|发展对象|发展党员任务|发展党员计划|"
    r"发展任务|发展计划|换届任务|驻村工作队|第一书记|困难党员|不合格党员|下属支部|下属党支部|软弱涣散(?:党?支部|(?:基层)?党组织)|困难群众|脱贫户|监测户|外出党员|集体经济|群团组织|工会|团组织|少先队|相关任务|此项任务|该项任务|此项工作|该项工作|[^，。；0-9未不]{0,4}(?:职工|妇女|青年|团员|学生|党员|干部|群众|户|军人|残疾人|儿童|老年?人|人才|教师|任务|项目)(?=的(?:党?支部|党组织|单位|村|社区|企业|学校)$)))"
    r"(?:的)?(?P<whose>党?支部|党组织|单位|村|社区|企业|学校)?$"
)


def exempt(walk: Walk, words: str) -> bool:
    """未设党小组的不扣分: the steps before hold where there is one."""
    found = _LACKING.match(trim(words).removesuffix("则"))
    said = [part for part in walk.rules.parts if part.sentence >= walk.sentence - 1]
    if not found or any("applies" in part.values for part in said):
        return False
    who = f"{found['verb'] or '有'}{found['what']}的{found['whose'] or ''}"
    if len(walk.freqs) > 1 and not walk.rules.parts:
        raise Unread(f"“{words}”只管前面一项还是各项，没有写明")
    if not walk.rules.parts:
        walk.for_all = who
    for part in said:
        part.values["applies"] = who
    return True


def freq(walk: Walk, piece: Piece) -> None:
    if NEGATIVE.match(walk.words(piece)) or _happens(walk, piece):
        walk.notes.append(piece)
        return
    bound = piece.found.first("bound")
    if bound and (bound.value.lower is None or _beyond_a_year(walk, piece, bound)):
        walk.aims.append(piece)
        return
    if also := piece.found.token("also"):
        piece = _two_numbers(walk, piece, also)
    walk.freqs.append(piece)


def _happens(walk: Walk, piece: Piece) -> bool:
    """全年发生信访的，每起扣1分 is no demand, and 全年无信访，每起扣1分 is not one a year."""
    words = walk.named(piece, "mid", "then")
    counted = piece.found.first("qty", "bound")
    return not counted and bool(_HAPPENS.match(words) or _FREE_OF.match(words))


_FREE_OF = re.compile("无|没有|未发生|未出现|零")


def _beyond_a_year(walk: Walk, piece: Piece, bound: Token) -> bool:
    """全年走访超过20户的，每超1户加0.1分 asks for nothing."""
    return piece.found.value("per") == "year" and walk.span([bound]).startswith("超过")


def _two_numbers(walk: Walk, piece: Piece, also: Token) -> Piece:
    """每年不少于6次、12天: hours are a sum to reach, days are counted like times; the rest is the first."""
    if piece.found.value("per") != "year":
        raise Unread(f"“{walk.words(piece)}”是按期核算还是合计核算，没有写明")
    head = [token for token in piece.found.tokens if token.end <= piece.found.token("bound").start]
    least = Bound(also.value.unit, lower=also.value.number, said=also.value.number)
    if also.type == "dur":
        span = Token("span", also.start, also.end, least)
        walk.freqs.append(replace(piece, found=Found([*head, span], piece.found.groups)))
    else:
        bound = Token("bound", also.start, also.end, least)
        walk.aims.append(replace(piece, kind="aim", found=Found([bound], {})))
    return replace(piece, found=Found([*head, piece.found.token("bound")], piece.found.groups))


def often(walk: Walk, piece: Piece) -> None:
    """每季度1次得2分，少1次扣0.5分: the demand, and once more the points of the line."""
    if rhythmic.levels(walk, piece):
        return
    if piece.found.value("points") != walk.points:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")
    freq(walk, piece)


_MUST = re.compile(
    r"(?P<who>(?:党员)?的?(?:党?支部|党组织|单位|企业)?)，?(?:应当?|须|要|必须)(?P<must>(?:设立?|设置|成立|建立|划分|选举产生?)[^，。；0-9]{2,12})$"
)


def aim(walk: Walk, piece: Piece) -> None:
    """党员7人以上的支部应设支委会 says where the next words apply, and what they are about."""
    words = walk.words(piece)
    if _for_whom(walk, words) or _behind(walk, piece, words):
        return
    bound = piece.found.first("bound")
    tail = walk.named(piece, "then")
    if bound and is_event(words, bound.value.unit, tail):
        walk.notes.append(piece)
        return
    if bound and (again := as_often(walk, piece)):
        walk.freqs.append(again)
        return
    must = _MUST.match(tail) if bound and bound.value.unit in PERSONS else None
    if must is None:
        walk.aims.append(piece)
        return
    walk.applies = trim(words[: len(words) - len(tail)]) + must["who"]
    walk.must = must["must"]


def owed(walk: Walk, piece: Piece) -> None:
    """每个网格至少配备1名: of how many, nobody can say beforehand; only what is short counts."""
    if piece.found.value("one").number != 1:
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    walk.owed.append(piece)


def _second(piece: Piece) -> Token:
    return [token for token in piece.found.tokens if token.type == "qty"][1]


def take_owed(walk: Walk, unit: str) -> None:
    """The step counts what each was to have."""
    for piece in walk.owed:
        amount = piece.found.first("bound") or _second(piece)
        if not times(amount.value.unit, unit):
            return
        words = walk.named(piece, "what", "mid", "then")
        if not words or piece.found.value("one").unit == "次":
            raise Unread(f"“{walk.words(piece)}”是哪一次、少几个怎么算，没有写明")  # 每项至少三次
        walk.subject = re.sub("至少|应当?|须|(?<=.)要", "", words) or walk.subject
    walk.owed = []


_HAPPENS = re.compile("^(?:[^，]{2,8}[后并])?(?:发生|出现|造成|引发|引起|存在|煽动)")


def is_event(words: str, unit: str, tail: str) -> bool:
    """发生5人以上集体访: how many took part, or how much it was about, belongs to the case."""
    return unit in (*PERSONS, "元", "万元") and bool(tail and _HAPPENS.match(words))


def asks_for_all(piece: Piece) -> bool:
    bound = piece.found.first("bound")
    if bound and bound.value.unit == "%" and bound.value.upper == 100:
        return True  # 覆盖率未达100%的，每少1人扣0.1分
    share = bound.value.lower if bound and bound.value.unit == "%" else piece.found.value("pct")
    return share == 100


_HELD = re.compile(r"(?:应当?|须|要|至少|原则上|一般|召开|开展|举行|组织|各|均|分别)+$")
_HOLDING = re.compile(r"^(?:召开|举行|开展|组织(?!生活|部|关系|委员|建设))+(?=.{2})")
# 每月15日前收缴党费: by when is no part of the name.
BY_WHEN = re.compile(r"(?:[0-9]{1,2}月)?(?:[0-9]{1,2}[日号]|[底末初])之?前")


def held(words: str) -> str:
    """支委会至少召开, 召开支委会 -> 支委会."""
    words = BY_WHEN.sub("", words.replace("至少", ""))
    return _HOLDING.sub("", re.sub("^应(?![急对用知])", "", _HELD.sub("", words)))


def whose(walk: Walk, piece: Piece) -> str:
    """What is due; 每人每月参加1次 is due from every one of them."""
    words = held(walk.named(piece, "what", "mid", "then"))
    words = words.replace("每名", "每位", 1)
    if not piece.found.has("each"):
        return words
    unit = piece.found.first("qty").value.unit
    if unit not in (*PERSONS, *_PLACES):
        raise Unread(f"“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    who = held(walk.named(piece, "what"))
    return (
        f"逐{unit}{words}" if unit in _PLACES else f"每位{who or '党员'}{words.removeprefix(who)}"
    )


# 每户每月走访1次: house by house.
_PLACES = ("户", "家", "组", "村")


def take_frequency(walk: Walk) -> dict:
    """per and need, taken up by a step that counts what is short; `due` where several things are."""
    pieces, walk.freqs = walk.freqs, []
    spells = [_spell(walk, piece) for piece in pieces]
    if len(spells) != 1:
        if found := several(walk, spells):
            return found
        raise Unread(f"“{walk.words(pieces[0])}”等的次数要求怎么合，未能识别，请人工核定")
    name, per, need = spells[0].what, spells[0].per, spells[0].need
    walk.subject = name or walk.subject
    each = _each_meeting(spells[0])
    due = {"due": [(one.what, per, need) for one in each]} if len(each) > 1 else {}
    return {"per": per, "need": need, **due}


def _each_meeting(spell: Spell) -> list[Spell]:
    """支委会和党小组会每月各1次: one of each."""
    names = re.split("、|以?及|和|与", spell.what)
    several = len(set(names)) == len(names) > 1 and (spell.apart or all(map(meeting, names)))
    return [replace(spell, what=name) for name in names] if several else [spell]


def _spell(walk: Walk, piece: Piece) -> Spell:
    size, bound = behind_period(piece.found)
    need = size.value.number if size else bound.value.lower if bound else Fraction(1)
    if need is None or bound and bound.value.unit == "%" or piece.found.first("dur", "span"):
        raise Unread(f"“{walk.words(piece)}”的次数要求未能识别，请人工核定")
    apart = piece.found.has("all")
    if days := OCCASIONS.match(walk.named(piece, "mid")) if apart else None:
        need *= len(days.group().split("、"))
    return Spell(piece.found.value("per"), need, "次", whose(walk, piece), (), apart and not days)


def _agreeing(spells: Sequence[Spell]) -> Sequence[Spell]:
    """每季度不少于1次，全年不少于4次 is one demand; 全年不少于6次 would be another."""
    first, *rest = spells
    if rest and first.per == "year" and not rest[0].what:
        first, rest = replace(rest[0], what=first.what), [replace(first, what=""), *rest[1:]]
    found = [first]
    for spell in rest:
        of = found[-1]
        if spell.per != "year" or of.per not in A_YEAR or spell.what not in ("", of.what):
            found.append(spell)
        elif spell.need not in (of.need * A_YEAR[of.per], a_year(found)):
            raise Unread(f"{PERIODS[of.per]}和全年的次数要求对不上")
    return found


def several(walk: Walk, spells: Sequence[Spell]) -> dict:
    """党员大会每季度1次、支委会每月1次，每少一次扣: each with its own name and frequency."""
    spells = [one for spell in spells for one in _each_meeting(spell)]
    spells = _agreeing(spells)
    names = {spell.what for spell in spells}
    if len(spells) == 1:
        walk.subject = spells[0].what or walk.subject
        return {"per": spells[0].per, "need": spells[0].need}
    if "" in names or len(names) < len(spells):
        return {}
    often = {spell.what: f"{PERIODS[spell.per]}{plain(spell.need)}次" for spell in spells}
    walk.subject = "、".join(f"{name}（{said}）" for name, said in often.items())
    return {"due": [(spell.what, spell.per, spell.need) for spell in spells]}
