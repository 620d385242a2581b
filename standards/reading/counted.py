"""What a step counts: its words, its unit, its frequency, or the parts that are missing."""

import re
from collections.abc import Iterator
from fractions import Fraction

from standards.reading import frequencies, shortfall
from standards.reading.bounds import SPANS
from standards.reading.context import (
    BY_WHEN,
    asks_for_all,
    held,
    take_frequency,
    take_owed,
    whose,
)
from standards.reading.cover import Piece
from standards.reading.naming import PERIODS
from standards.reading.numerals import Size
from standards.reading.parts import Unread
from standards.reading.periods import behind_period
from standards.reading.tokens import Token
from standards.reading.walk import PERSONS, Walk, happened, measured, plain, trim

AMOUNTS = ("平方米", "平米", "元", "万元", "小时", "个小时", "学时", "课时", "岁", "周岁")
# Words that bring in a case and name none: 每发现1起, 有1人.
_FOUND_HEAD = re.compile(r"^(?:被?发现|出现|发生|存在|有|查出|查实)+")
_CHECKED = re.compile(r"^(?:(?:查阅|查看|抽查)(?:资料|档案|记录|材料)发现|以上|上述)+")
# 未每季度走访一次的每户次扣 counts what was 未按季度走访.
_NOT_EACH = re.compile(
    "未(?:能|做到|坚持|严格)*每个?(?P<per>月|季度?|半年|周)(?:至少)?(?P<deed>.*)"
)
_FOUND_TAIL = re.compile(r"(?:发现|出现|发生|存在|(?<![二两三四五六七八九十])有|查出|查实|每)+$")


def of(counter: str) -> dict:
    if counter in ("百分点", "%"):
        return {"of": "ratio"}
    if counter in PERSONS:
        return {"of": "persons"}
    return {"of": "value"} if counter in (*AMOUNTS, "分") else {}


def counted(size: Token | None) -> tuple[str, Fraction]:
    if size is None:
        return "次", Fraction(1)
    if isinstance(size.value, Size):
        return size.value.unit, size.value.number
    return "分" if size.type in ("points", "num") else "%", size.value


def counted_what(walk: Walk, piece: Piece, values: dict) -> str:
    """What is counted: the open conditions and the words of the piece, else the subject before."""
    before = walk.subject
    if missed := _who_missed(walk, piece, values):
        return missed
    _take_demands(walk, piece, values)
    demanded = walk.subject if walk.subject != before else ""
    words, late = _own_words(walk, piece, values)
    words, whom = walk.of_such(_NOT_EACH.sub(_by_period, _CHECKED.sub("", words) or words))
    values |= whom
    if any(note.kind == "aim" and walk.conditional(note) for note in walk.notes):
        values["case"] = True  # 发生5人以上集体访的，每起扣5分
    words = happened(_open_conditions(walk), walk.words(piece)) + words
    if _unit(piece) in PERSONS and (whom := _LACKED_BY.fullmatch(words)):
        words = whom["who"] + whom["deed"]
    walk.forget_notes()
    if _unit(piece) in SPANS and _LATE.match(words):
        walk.subject = _DEADLINE.sub("", walk.subject)
    if _unit(piece) in SPANS:
        walk.subject, words = _DUE_BY.sub("", walk.subject), _DUE_BY.sub("", words)
    walk.subject = demanded or walk.subject or _of_all(walk)
    if "due" in values:
        values["due"] = [(name + words, per, need) for name, per, need in values["due"]]
        return walk.subject + words
    if "per" in values and (who := _ONLY_WHO.fullmatch(words)) and walk.subject:
        return who["who"] + walk.subject.removeprefix(who["who"]) + who["drop"]
    whole = len(words) > 2 and not ("per" in values and _DROPPED.match(words))
    return words if whole or late else joined_to(walk.subject, words)


def _by_period(found: re.Match) -> str:
    return f"未按{found['per']}{re.sub('[一1]次', '', found['deed'])}"


# 每月交纳党费，党员每少1人次: who is short, and of what is said before.
_ONLY_WHO = re.compile("(?P<who>党员|委员|成员|人员|干部|职工|群众|)(?P<drop>[少缺])")


# 未足额交纳党费的，党员每少1人次: who did not; but 支委未配齐的，每缺1人.
_LACKED_BY = re.compile(
    "(?P<deed>[^，]*未(?:按[时期月]|按要求|按规定|及时|如期|足额)*(?:[交缴]纳?|参加|参与|参[训学会]|到[会场]|出席|签)[^，]*?)"
    + _ONLY_WHO.pattern
)


def _of_all(walk: Walk) -> str:
    """管理率低于100%的，每少1人 counts whom the share leaves out."""
    whole = [walk.named(aim, "what") for aim in walk.aims if asks_for_all(aim)]
    return measured(whole[0]).removesuffix("率") if len(whole) == 1 else ""


def joined_to(subject: str, words: str) -> str:
    """党员积分公示 and 未公示, 书记讲党课 and 少讲: the word is not said twice."""
    if words == subject:
        return words
    again = words[1:] if words[:1] in ("未", "少", "缺", "漏", "没") else ""
    if again in subject and _DROPPED.match(words) and words[0] in "少缺":
        return subject + words[0]
    return subject.removesuffix(again) + words if len(again) > 1 else subject + words


# 每季度公开1次财务收支，每少公开1次: of what is said before.
_DROPPED = re.compile(
    "^(?:少|缺|漏|未)(?:召开|开展|公开|公示|开|报|讲|上|做|组织|参加|走访|联系|报送|学习|研究|检查|举办|举行|培训|上报|进行|巡查|更新|慰问|调研|督查|报告|汇报)$"
)


def _take_demands(walk: Walk, piece: Piece, values: dict) -> None:
    """How often, how many for each: what was asked for before is taken up here."""
    short = piece.found.first("less")
    bare = short and not walk.named(piece, "what", "mid", "then") or _left_out(walk, piece)
    bare = bare and _unit(piece) in frequencies.HELD and walk.named(piece, "drop") != "缺席"
    if bare and walk.past and not walk.spent and not walk.freqs:
        walk.spent, walk.past = walk.past, []  # 每季度1次，未开展不得分；少1次扣0.5分
    if short and not walk.freqs:
        walk.freqs, walk.spent = walk.spent, []  # 每季度1次，未开展不得分，少1次扣0.5分
    if short and _unit(piece) not in AMOUNTS:
        take_owed(walk, _unit(piece))
    if piece.found.first("get", "gain") and frequencies.in_passing(walk):
        walk.subject, walk.freqs = whose(walk, walk.freqs[0]), []
    elif walk.spent and not walk.freqs and "per" not in values and _left_out(walk, piece):
        walk.freqs, walk.spent = walk.spent, []
        values |= _frequency(walk, piece)
    elif walk.freqs and "per" not in values and _is_breach(walk, piece):
        walk.spent, walk.freqs = walk.freqs, []
        if walk.named(piece, "drop") == "缺席" and len(walk.spent) == 1:
            walk.subject = whose(walk, walk.spent[0]) or walk.subject
    elif walk.freqs and "per" not in values:
        values |= _frequency(walk, piece)
    elif _of_a_record(walk, piece, "".join(spell.what for spell in walk.demand.spells)):
        walk.spent = []  # 缺一次会议记录 is no meeting short
    elif short and not values.keys() & {"per", "target", "free"}:
        values |= frequencies.of_clause(walk, piece, _unit(piece))


def _own_words(walk: Walk, piece: Piece, values: dict) -> tuple[str, bool]:
    """程序每缺1个环节 -> 程序环节缺; and whether it is only said how late."""
    words = walk.named(piece, "what")
    proved = words in ("查实", "属实", "核实") and walk.rules.parts
    words = words if proved else trim(_FOUND_TAIL.sub("", words))
    if re.search("[没未]有$", walk.named(piece, "what")):  # 没有一项扣2分
        raise Unread(f"“{walk.words(piece)}”是每缺一个都扣，还是一个也没有才扣，没有写明")
    drop, then = walk.named(piece, "drop"), walk.named(piece, "then").removesuffix("各")
    mid = walk.named(piece, "mid")
    words, mid = happened(words, f"{mid}1") if mid else words, _FOUND_HEAD.sub("", mid)
    late = bool(_LATE.fullmatch(drop) and _DEADLINE.search(words))
    words = _DEADLINE.sub("", words) if late else words
    drop = "" if values.keys() & {"target", "free"} else drop
    if drop in _BEYOND and _unit(piece) in SPANS:
        drop = "" if words.endswith(("空缺", "缺额", "缺位")) else "超期"
    if _THINGS.fullmatch(then) and not mid:
        return words.removesuffix(then) + then + drop, late
    return words + drop + mid + then or _let_off(walk, piece), late


def _who_missed(walk: Walk, piece: Piece, values: dict) -> str:
    missed = shortfall.who(walk, piece) if _unit(piece) in PERSONS else ""
    values |= {"case": True} if missed else {}
    return missed


_BEYOND = ("超", "超过", "超出")
# 总结应于12月15日前报送，每迟报1天: by when it was due is no part of its name.
_DUE_BY = re.compile(
    rf"(?:应当?|须|要)?[于在]?{BY_WHEN.pattern}(?:上?报送?|提交|完成|报备)?(?=$|迟|逾|延|超|晚)"
)
# What is missing stands behind its number.
_THINGS = re.compile(
    "环节|步骤|程序|要素|内容|材料|资料|台账|制度|记录|签名|指标|任务|设施|设备|标识"
)


def _open_conditions(walk: Walk) -> str:
    """记录不规范的，每次扣0.2分: the words before say what is counted."""
    notes = [note for note in walk.notes if walk.conditional(note)]
    if not notes:
        return ""
    start, end = walk.tokens[notes[0].start].start, walk.tokens[notes[-1].end - 1].end
    walk.notes = [note for note in walk.notes if note not in notes]
    return trim(walk.text[start:end])


# 须在7日内上报，每逾期1天扣0.1分: the days beyond are counted, whatever the deadline is.
_DEADLINE = re.compile(
    r"(?:应当?|须|要)?在?(?:[^，。；0-9在应]{1,6}[后起])?[0-9一二三四五六七八九十]+(?:个?工作日|天|日|个月|小时)(?:以内|之内|内)"
)
_LATE = re.compile("逾期|超期|超时|超|迟|晚|延迟|延期|推迟|拖延")


# What was held, but badly: it is no shortage of the frequency before.
_BREACH = re.compile(
    r"发现|查出|出现|发生|不(?![足够到少低达能开召举走报学交缴公更讲做组联进参])|(?:未|无|没有?).{0,3}(?:记录|记载|签到|照片|图片|佐证)|"
    r"造假|虚假|问题|错误|差错|迟到|早退|缺席|走过场|形式|雷同|投诉|无故|请假"
)


def _is_breach(walk: Walk, piece: Piece) -> bool:
    """每月召开1次，记录不规范的每次扣0.2分 counts bad records; 每月报送，逾期1次 counts delays."""
    if walk.named(piece, "drop") == "缺席":
        return True  # who was not there, of what was held
    if piece.found.first("less"):
        return _of_a_record(walk, piece, "".join(map(walk.words, walk.freqs)))
    held = "".join(walk.words(note) for note in walk.notes if walk.conditional(note))
    words = held + walk.named(piece, "what", "mid", "then")
    return bool(piece.found.first("more") or _BREACH.search(words))


_NOT_HELD = re.compile(
    "(?:当[月季年])?(?:未|没有)(?:按[期时月]|按要求|及时)?(?:召开|开展|举行|组织|开)(?:的)?"
)


def _left_out(walk: Walk, piece: Piece) -> bool:
    """每月1次，记录不全的每次扣0.2分，未召开的每次扣0.5分: the second is short of them."""
    held = "".join(trim(walk.words(note)) for note in walk.notes if walk.conditional(note))
    words = held + walk.named(piece, "what", "mid", "then")
    return bool(_NOT_HELD.fullmatch(words)) and _unit(piece) in frequencies.HELD


_RECORD = re.compile("记录|签到|照片|台账|签名|笔记|考勤|纪要|影像|佐证|简报")


def _of_a_record(walk: Walk, piece: Piece, due: str) -> bool:
    """每月召开1次，缺一次会议记录扣0.2分: what was held has no record; but 每月报简报1次."""
    said = _RECORD.search(walk.named(piece, "then"))
    return bool(said) and said.group() not in due and any(_short_too(walk, piece))


def _short_too(walk: Walk, piece: Piece) -> Iterator[bool]:
    """Up to the next demand: does another count what was not held?"""
    for one in walk.pieces:
        if one.kind == "freq" and one.start > piece.start:
            return
        short = one is not piece and one.kind in ("step", "less") and one.found.first("less")
        yield bool(short) and not _RECORD.search(walk.named(one, "then"))


_ALLOWED = re.compile(r"(?:允许|可以?)(?P<what>[^0-9一二两三四五六七八九十]+)")


def _let_off(walk: Walk, piece: Piece) -> str:
    """允许缺席2次，超过的每次扣0.5分 names what is counted."""
    free = piece.found.first("free")
    found = _ALLOWED.match(walk.span([free])) if free else None
    return found["what"] if found else ""


def _frequency(walk: Walk, piece: Piece) -> dict:
    """Meetings are counted by period; hours and money are a sum to reach."""
    unit = _unit(piece)
    if unit == "人次" and len(walk.freqs) == 1 and _is_owed(walk, piece):
        return take_frequency(walk)
    if unit in PERSONS and (
        not piece.found.first("less") or all(_counts_meetings(held) for held in walk.freqs)
    ):
        names = [walk.named(held, "what", "mid", "then") for held in walk.freqs]
        walk.subject = "、".join(filter(None, dict.fromkeys(names))) or walk.subject
        walk.freqs = []
        return {}
    if unit in ("户", "家") and frequencies.in_times(walk):
        raise Unread(
            f"“{walk.words(piece)}”按什么计数未能识别，请人工核定"
        )  # 走访2次，未走访的每户扣
    if len(walk.freqs) == 1 and walk.freqs[0].found.value("per") == _PERIODS.get(unit):
        return _each_period(walk)
    if unit in SPANS and len(walk.freqs) == 1:
        return _of_time(walk, piece, unit)
    if len(walk.freqs) > 1:
        words = trim(_FOUND_TAIL.sub("", walk.named(piece, "what", "mid", "then")))
        return frequencies.of_several(walk, words, unit)
    found = take_frequency(walk)
    if "due" in found:
        return found if unit in frequencies.HELD else {}
    if not found or unit not in AMOUNTS:
        return found
    return _to_reach(found["per"], found["need"], unit)


def _to_reach(per: str, need: Fraction, unit: str) -> dict:
    """每年不少于32学时 is a sum to reach; of 每月不少于8学时 there are twelve."""
    if per != "year":
        raise Unread(f"“{PERIODS[per]}{plain(need)}{unit}”是按期核算还是合计核算，没有写明")
    return {"target": need, "direction": "below"}


def _of_time(walk: Walk, piece: Piece, unit: str) -> dict:
    """每月驻村不少于20天，每少1天 counts days; in 每季度上缴，逾期1天 it is no matter how often."""
    demand, walk.freqs = walk.freqs[0], []
    stretch, short = demand.found.first("span", "dur"), piece.found.first("less")
    if stretch is None and not short and not demand.found.first("qty", "bound"):
        return {}
    need = (
        getattr(stretch.value, "lower", None) or getattr(stretch.value, "number", None)
        if stretch
        else None
    )
    if need is None or not short or stretch.value.unit != unit:
        raise Unread(f"“{walk.words(demand)}”与“{walk.words(piece)}”按什么计数未能识别，请人工核定")
    per = demand.found.value("per")
    words = [
        token for token in demand.found.tokens if token.type != "per" and token.end <= stretch.start
    ]
    walk.subject = held("".join(walk.span([token]) for token in words)) or walk.subject
    return _to_reach(per, need, unit) if unit in AMOUNTS else {"per": per, "need": need}


def _is_owed(walk: Walk, piece: Piece) -> bool:
    """每人每年讲1次党课, 每半年联系一次，少联系一人次; but 缺1人次 is who did not come."""
    return walk.freqs[0].found.has("each") or walk.named(piece, "drop").startswith("少")


_PERIODS = {"周": "week", "个星期": "week", "个月": "month", "个季度": "quarter", "季度": "quarter"}


def _each_period(walk: Walk) -> dict:
    """每月召开支委会，少一个月扣0.5分: one for each month."""
    words = walk.words(walk.freqs[0])
    found = take_frequency(walk)
    if found["need"] != 1:
        raise Unread(f"“{words}”的次数和按月扣分对不上")
    return found


def _counts_meetings(piece: Piece) -> bool:
    """每年至少参加1次培训 asks for meetings; who is missing from one is counted by head."""
    size = next(filter(None, behind_period(piece.found)), None)
    return size is None or size.value.unit not in PERSONS


def _unit(piece: Piece) -> str:
    return counted(piece.found.token("size"))[0]
