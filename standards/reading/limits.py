"""Limits and manners: 扣完为止, 最多扣3分, 不足一次按一次计, 取最高分."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from standards.reading import awarding, entries, escalating, grading
from standards.reading.bounds import SPANS
from standards.reading.cover import Piece
from standards.reading.parts import Part, Unread
from standards.reading.tokens import Token
from standards.reading.walk import Walk


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
    if entries.has_its_own_limit(_own(walk, piece), walk.rules.parts):
        walk.rules.parts[-1].values["cap"] = piece.found.first("points").value
        return
    walk.rules.parts = entries.rows(escalating.joined(walk.rules.parts), walk.points)
    limited = [part for part in walk.rules.parts if _limits(part, verb)]
    if not walk.rules.parts and walk.limit is None:
        walk.limit = piece
        return
    near = [part for part in limited if part.sentence == walk.sentence]
    if not near or _ALL_ABOVE.match(walk.words(piece)):
        near = limited
    if walk.points is None and len(near) > 1:
        entries.share_a_limit(near)
    kinds = {(part.shape, part.values.get("verb", "")) for part in near}
    amount = piece.found.first("points").value
    one_table = len(kinds) == 1 and near[0].shape == "~entry"
    if one_table and _goes_on(walk, piece):
        raise Unread(f"“{walk.words(piece)}”只限前面几级还是连后面一起限，没有写明")
    if one_table and verb and _both_ways(walk, near):
        raise Unread(f"“{walk.words(piece)}”只限加分还是连扣分一起限，没有写明")
    if amount == walk.points and len(walk.rules.parts) > 1 and not (verb or one_table):
        return  # 达到3次得2分，每多1次加0.5分，最高3分: all of the line; awards add to the total
    if _says_it_again(walk, near, amount) or _of_a_share(near, verb) and amount == walk.points:
        return
    if len(near) == 1 and (_is_on_top(walk, near[0]) or _of_a_share(near, verb)):
        raise Unread(f"“{walk.words(piece)}”限的是合计，还是增加的部分，没有写明")
    if len(near) != 1 and not one_table and not piece.found.first("both"):
        if amount == walk.points and verb and verb.type in ("lose", "losing"):
            return  # the floor of the line, which holds anyway
        raise Unread(f"“{walk.words(piece)}”限的是哪几条，没有写明")
    if not near:
        raise Unread(f"“{walk.words(piece)}”限的是哪几条，没有写明")
    _no_single_losses(walk, piece, near)
    near[-1].values["cap"] = amount
    if piece.found.first("both"):
        near[-1].values["both"] = True


_SINGLE = ("~fine", "~grade", "~band", "binary")


def _no_single_losses(walk: Walk, piece: Piece, near: list[Part]) -> None:
    """每缺1次扣1分，无记录扣0.5分，合计最多扣2分: no rule can limit what costs once together with others."""
    of_all = bool(_OF_SEVERAL.search(walk.words(piece)))
    first = 0 if of_all else near[0].sentence
    said = [part for part in walk.rules.parts if part.sentence >= first]
    losses = [part for part in said if part.shape in _SINGLE and _costs(part)]
    floor_of_line = piece.found.value("points") == walk.points
    together = (of_all or said[-1] in losses) and any(map(_costs, near))
    if losses and together and not floor_of_line:
        raise Unread(f"“{walk.words(piece)}”限的是合计，没有办法几条一起限")


def _costs(part: Part) -> bool:
    return not part.values.get("credit") and part.values.get("verb", "lose") == "lose"


def _own(walk: Walk, piece: Piece) -> list[Part]:
    """What the sentence of the limit says, unless it limits more than that."""
    own = [part for part in walk.rules.parts if part.sentence == walk.sentence]
    verb = piece.found.first("lose", "gain", "get", "losing", "gaining")
    said = walk.points is None and not _OF_SEVERAL.search(walk.words(piece))
    return own if said and all(_limits(part, verb) for part in own) else []


def _says_it_again(walk: Walk, near: list[Part], amount: Fraction) -> bool:
    """5篇以上的奖1分（封顶1分）."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    bonus = last is not None and last.shape == "~band" and last.values["verb"] == "gain"
    return not near and bonus and last.values["points"] == amount


def _of_a_share(near: list[Part], verb: Token | None) -> bool:
    """得分=完成率×5，最高5分 limits what is earned, and the step counts what is lost."""
    said = verb is not None and verb.type in ("lose", "losing")
    return not said and bool(near) and near[-1].values.get("rounding") == "exact"


def _is_on_top(walk: Walk, part: Part) -> bool:
    """3篇以上加2分，每多1篇加0.5分."""
    first = walk.rules.parts[0]
    grows = part.values.get("credit") and part.values.get("direction") == "above"
    return bool(grows and first.shape == "~band" and first.values["verb"] == "gain")


_OF_SEVERAL = re.compile("以上|上述|[合总共]|加起来|[两各]项|均")
_ALL_ABOVE = re.compile("以上|上述")


def _goes_on(walk: Walk, piece: Piece) -> bool:
    """省级每项加3分，最多加6分，市级每项加1分."""
    later = walk.pieces[walk.pieces.index(piece) + 1 :] if piece.after == "comma" else ()
    return bool(later) and later[0].kind in ("level", "bonus", "credit")


def _both_ways(walk: Walk, near: list[Part]) -> bool:
    """表扬加1分，批评扣1分，最多加3分: the cap of a table holds for the sum of both."""
    ways = {
        part.values["verb"] == "lose"
        for part in walk.rules.parts
        if part.shape == "~entry" and part.what == near[0].what
    }
    return len(ways) > 1


def said(walk: Walk, piece: Piece) -> None:
    """满分2分 repeats the points of the line; 起评分5分 with more to earn is something else."""
    if piece.found.has("standing") and any(_earns(other) for other in walk.pieces):
        raise Unread(f"“{walk.words(piece)}”之上还有加分或得分，从多少分起算没有写明")
    alone = len(piece.found.tokens) == 1 and piece.start > 0
    if alone or piece.found.value("points") != walk.points:
        raise Unread(f"“{walk.words(piece)}”与本项分值对不上")


def deducts(walk: Walk, piece: Piece) -> None:
    """实行扣分制 says what a line without anything to earn does anyway."""
    if any(_earns(other) for other in walk.pieces):
        raise Unread(f"“{walk.words(piece)}”，但又有加分或得分")


def _earns(piece: Piece) -> bool:
    return piece.found.first("gain", "get", "gaining", "grading", "full") is not None


def own(walk: Walk, piece: Piece) -> None:
    """缺一项不得该项分 behind parts that are earned one by one: without it that part is lost."""
    parts = [awarding.alone(part) for part in walk.rules.parts]
    if len(parts) < 2 or {part.shape for part in parts} != {"~got"}:
        raise Unread(f"“{walk.words(piece)}”说的是前面哪几项，没有写明")
    walk.rules.parts = [replace(part, values={**part.values, "own": True}) for part in parts]


def late(walk: Walk) -> None:
    """A limit that stood first: 加分最高不超过5分，每项创新加1分."""
    if walk.limit is not None:
        piece, walk.limit = walk.limit, None
        walk.sentence = max((part.sentence for part in walk.rules.parts), default=0)
        cap(walk, piece)


def _limits(part: Part, verb: Token | None) -> bool:
    ways = {
        "step": ("lose", "gain"),
        "escalating": ("lose",),
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
    bound = piece.found.first("bound", "span")
    if bound and bound.type == "bound" and bound.value.lower is not None:
        grading.band(walk, piece)  # 10万元以上不扣分 is a row of a table
        return
    if last is None or (bound and bound.value.said != last.values.get("step", 1)):
        raise Unread(f"“{walk.words(piece)}”未能识别，请人工核定")
    one = piece.found.value("as_one")
    if isinstance(one, Fraction) and bound and one != bound.value.said:
        raise Unread(f"“{walk.words(piece)}”未能识别，请人工核定")
    kind = (
        "ceil"
        if piece.found.first("as_one")
        else "exact"
        if piece.found.has("prorated")
        else "floor"
    )
    last.values["rounding"] = kind
    if last.counter in SPANS and last.values.get("step", 1) == 1:
        walk.rules.doubt(f"“{walk.words(piece)}”由检查人计数时掌握", "0.9")


def excused(walk: Walk, piece: Piece) -> None:
    """因不可抗力未开展的除外 says what is not counted: whoever counts has to know it."""
    said = [part for part in walk.rules.parts if part.sentence == walk.sentence]
    rows = {(part.shape, part.counter) for part in walk.rules.parts}
    if len(rows) == 1 and rows <= {("~band", "%")}:
        said = [Part("bands")]  # of one table
    if len(said) != 1 or said[0].values.get("verb") in ("gain", "get"):
        raise Unread(f"“{walk.words(piece)}”是前面哪一条的例外，没有写明")
    walk.rules.doubt(f"“{walk.words(piece)}”由检查人掌握", "0.9")


_ENTRIES = ("~entry", "~grade")


# 同一奖项取最高分；不重复计分 says it again.
_NO_SUM = re.compile("(?:且|并)?不(?:得)?(?:重复|累计|累加|叠加)(?:计分|加分|奖分|计算|累计)?")


def largest(walk: Walk, piece: Piece) -> None:
    found = _entries(walk)
    if not found and (_once_only(walk, piece) or _rows_of_one(walk)):
        return
    if not found:
        raise Unread(f"“{walk.words(piece)}”取的是哪几项，没有写明")
    if "dedupe" in found[-1].values and _NO_SUM.fullmatch(walk.words(piece)):
        return
    taken = found[-1].values.get("taken", "") + walk.words(piece)
    found[-1].values |= {"take": "largest", "taken": taken}
    found[-1].values.pop("once", None)  # 不重复计分，取最高分: of all of them one


def _once_only(walk: Walk, piece: Piece) -> bool:
    """任何一项奖1分（不累计奖分）: one of them, and no more than that."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    one = last is not None and last.shape == "~earned" and last.values["number"] == 1
    if not one or last.values["verb"] != "gain" or not _NO_SUM.fullmatch(walk.words(piece)):
        return False
    last.values["cap"] = last.values["points"]
    return True


def _rows_of_one(walk: Walk) -> bool:
    """50万元以上加0.5分、100万元以上加1分（就高）: of the rows of one number only one holds anyway."""
    rows = [part for part in walk.rules.parts if part.sentence == walk.sentence]
    won = all(part.shape == "~band" and part.values["verb"] in ("gain", "get") for part in rows)
    return len(rows) > 1 and won and len({part.counter for part in rows}) == 1


# Several cases share one person or one kind: neither one case nor all of them.
_MANY = re.compile(
    "同(?:类|种|一类|一种)|同一(?:类|种|人|名|党员|党?支部|单位|个人|对象|党组织)(?!同一)"
)
_ONE_CASE = re.compile(
    "同一(?:事|项|奖|荣誉|成果|案|件|批|篇|稿|信息|工作|活动|内容|问题|材料|表彰|称号|经验|做法)"
)
_IN_YEAR = re.compile("同一(?:考核|评价)?(?:年度|年|周期)(?:内)?")


def highest(walk: Walk, piece: Piece) -> None:
    """同一奖项取最高分: of entries about one case the highest counts, which holds for all tables."""
    words = _IN_YEAR.sub("", walk.words(piece))
    if "同" not in words and "多级" not in words:
        largest(walk, piece)
        return
    if _MANY.search(words) and not _ONE_CASE.search(words):
        raise Unread(
            f"“{walk.words(piece)}”是在几件事里取最高，与同一件事只计一次不同，没有写明怎么取"
        )
    held = _entries(walk)
    if not held:
        raise Unread(f"“{walk.words(piece)}”取的是哪几项，没有写明")
    held[-1].values["dedupe"] = True


def _entries(walk: Walk) -> list[Part]:
    walk.rules.parts = entries.rows(walk.rules.parts, walk.points)
    found = [part for part in walk.rules.parts if part.shape in _ENTRIES]
    return found or _bare_levels(walk) or entries.by_level(walk.rules.parts, walk.sentence)


def _bare_levels(walk: Walk) -> list[Part]:
    """国家级3分、省级2分，按最高一项计: without a verb a table of awards as well."""
    rows = [part for part in walk.rules.parts if part.sentence == walk.sentence]
    names = [awarding.level_in(part.what) for part in rows]
    bare = all(part.values.get("only_in_sum") for part in rows)
    if len(rows) < 2 or not bare or "" in names or len(set(names)) < len(names):
        return []
    for part, name in zip(rows, names, strict=True):
        verb = "gain" if walk.points is None else "get"
        part.values |= {"name": name, "verb": verb, "per": "event", "whole": part.what}
        del part.values["only_in_sum"]
        part.shape, part.what = "~entry", walk.subject
    return rows


# 不同奖项可累计 is about cases that differ; that each of them counts once goes without saying.
_APART = re.compile("不同")
_HIGHEST = re.compile("最[高多重]|就高|从高|从重")


def once(walk: Walk, piece: Piece) -> None:
    """One case counts once, whatever its levels; in what is counted the edition decides."""
    words = walk.words(piece)
    found = _entries(walk)
    if not found and _HIGHEST.search(words):
        raise Unread(f"“{words}”，前面各条各扣各的，没有办法只取其中最高的")
    if not found:
        walk.rules.doubt(f"“{words}”由全表口径决定", "0.9")
        return
    values = found[-1].values
    if values.get("take") and "累" not in values.get("taken", ""):
        if _NO_SUM.fullmatch(words):
            return  # 取最高分，不重复计分 says it again
        raise Unread(f"“{words}”与取最高放在一起，是同一件事取最高还是全部取最高，没有写明")
    if not _APART.search(words):
        values["once"] = True


def repeats(walk: Walk, piece: Piece) -> None:
    """同一事项可重复计: even one case counts every time."""
    _of_entries(walk, piece).values["repeats"] = True


def summed(walk: Walk, piece: Piece) -> None:
    """累计扣分 says of what is counted what is so anyway; 迟到扣0.5分，累计扣分 may be each time."""
    counted = {"step", "~less", "~count", "~entry"}
    if not walk.rules.parts or any(part.shape not in counted for part in walk.rules.parts):
        raise Unread(f"“{walk.words(piece)}”累计的是哪些，未能识别，请人工核定")


def endless(walk: Walk, piece: Piece) -> None:
    """不封顶 is so anyway for entries on the total; a line that goes both ways loses its ceiling.

    A line that only adds may begin at nothing or at its points: a person says which.
    """
    if walk.last(*_ENTRIES) is not None:
        return
    ways = {way for part in walk.rules.parts for way in _ways(part)}
    if "up" not in ways:
        raise Unread(f"“{walk.words(piece)}”，但没有加分的规定")
    if "down" not in ways:
        raise Unread(f"“{walk.words(piece)}”从多少分起加没有写")
    walk.rules.over = True


def _ways(part: Part) -> set[str]:
    if part.values.get("both_ways"):
        return {"up", "down"}
    return {"up"} if part.values.get("credit") else {"down"}


def inside(walk: Walk, piece: Piece) -> None:
    _of_entries(walk, piece).values["inside"] = True


def outside(walk: Walk, piece: Piece) -> None:
    _of_entries(walk, piece).values["inside"] = False


def _of_entries(walk: Walk, piece: Piece) -> Part:
    walk.rules.parts = entries.rows(walk.rules.parts, walk.points)
    found = walk.last(*_ENTRIES)
    if not found:
        raise Unread(f"“{walk.words(piece)}”未能识别，请人工核定")
    return found


_OF_THE_LINE = re.compile(
    r"(?:加分?后|得分|总分)[^，。；0-9]{0,6}不得?(?:能)?超过(?:(?:本|该|此)项|满分|标准分|分值)"
)


def no_limit_of_the_line(parts: Sequence[Part], text: str) -> None:
    """获市级表彰加2分，加后不超过本项满分: what stands on the total has no limit of its line."""
    on_top = any(part.shape == "adjust" and not part.values.get("inside") for part in parts)
    if on_top and _OF_THE_LINE.search(text):
        raise Unread("加分不超过本项分值，与在总分中加分怎么衔接，没有写明")
