"""Several credits side by side: they add up to the line, or one of them is chosen."""

import re
from dataclasses import replace
from fractions import Fraction

from standards.reading.awarding import level_in
from standards.reading.parts import Part, Rules, Unread
from standards.reading.scales import alike

_MISSING = re.compile("[缺少漏]")
_NOT_MET = re.compile("(?:不符合?|不达标|不合格|未达到?|未做到|没有?)(?:要求|标准|规定)?")


def restated(parts: list[Part], points: Fraction | None) -> list[Part]:
    """有计划1分、有记录1分，缺一项扣1分 says twice what each of them is worth."""
    won = parts[:-1]
    worth = [amount for part in won for amount in _credits(part)]
    if len(worth) < max(2, len(won)) or points not in (None, sum(worth)):
        return parts
    return won if set(worth) == {_each(parts[-1], parts[0])} else parts


def _credits(part: Part) -> list[Fraction]:
    """A list that each earns so much is one part already."""
    if part.shape == "~got":
        return [part.values["points"]]
    return list(part.values.get("credits", {}).values())


def _each(part: Part, listed: Part) -> Fraction | None:
    """What one that is missing costs, of a loss that says no more than this."""
    values = part.values
    own = part.what.removeprefix(listed.what) if listed.shape == "parts" else part.what
    bare = part.counter in ("项", "个") and (_MISSING.fullmatch(own) or _NOT_MET.fullmatch(own))
    if not bare or values.keys() & {"target", "free", "per", "step", "cap", "applies"}:
        return None
    if part.shape == "~less":
        return values["points"] if values["number"] == 1 else None
    return values["unit"] if part.shape == "step" else None


def whose(parts: list[Part], points: Fraction | None) -> None:
    """有党旗得1分；有制度得2分，无制度不得分: of the one that it stands beside, or of the line?"""
    won = [part for part in parts if part.shape == "~got"]
    if len(won) < 2 or sum(part.values["points"] for part in won) != points:
        return
    beside = {part.sentence for part in won}
    labels = [part.what.removeprefix("有") for part in won]
    for part in parts:
        told = labels.count(_NOT.sub("", part.what)) == 1  # 有党旗得1分，有制度得2分，无制度不得分
        told |= len(beside) > 1 and part.sentence in beside
        if part.shape == "~zero" and told:
            raise Unread(f"“{part.what}”不得分的是它前面一项还是全部，没有写明")


def worst_last(parts: list[Part], points: Fraction | None) -> list[Part]:
    """按期得3分，延期未报批不得分，经批准延期得2分: levels of one deed, of which the worst stands between."""
    if [part.shape for part in parts] != ["~got", "~zero", "~got"]:
        return parts
    best, worst, rest = parts
    falls = best.values["points"] == points and rest.values["points"] < points
    return [best, rest, worst] if falls and worst.what else parts


_NOT = re.compile("^(?:未|没有?|不|无)")


def unearned(parts: list[Part]) -> list[Part]:
    """参加一次得1分，不参加不得分: who earns nothing has nothing anyway."""
    ends = len(parts) == 2 and parts[1].shape == "~zero"
    return parts[:1] if ends and says_nothing(parts[:1], parts[1].what) else parts


def says_nothing(parts: list[Part], what: str) -> bool:
    if len(parts) != 1 or not _NOT.match(what):
        return False
    each = parts[0].values.get("credit") or parts[0].values.get("number") == 1
    return bool(each) and parts[0].what.endswith(_NOT.sub("", what))


def several(run: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    if len(run) == 1:
        if run[0].values.get("only_in_sum"):
            raise Unread(f"“{run[0].what}”后面的分值没有写扣还是得")
        return run
    amounts = [part.values["points"] for part in run]
    if all(part.values.get("own") for part in run) and points is not None:
        return [_each_lost(part) for part in run] if sum(amounts) < points else [_sum(run)]
    chosen = _by_deadline(run) or alike([part.what for part in run])
    if points is None and (chosen or not _side_by_side(run)):
        raise Unread("没有本项分值，不清楚各得分项是累加还是择一")
    if points is None:
        return [_sum(run)]
    if sum(amounts) == points and not chosen:
        return [_sum(run)]
    named_only = any(part.values.get("only_in_sum") for part in run)
    if amounts[0] == points and not named_only and amounts == sorted(set(amounts), reverse=True):
        rules.doubt("各得分档按择一得分读", "0.8")
        return [_choice(run)]
    ranked = any(level_in(part.what) for part in run)  # 国家级5分、省级3分
    if named_only and not ranked and _falls_from_all(amounts, points):
        rules.doubt("各得分档按择一得分读", "0.8")
        return [_choice(run)]
    raise Unread("各得分项加起来与本项分值对不上")


def _each_lost(part: Part) -> Part:
    """有制度1分、有记录1分，没有的不得相应分 beside other losses: without it so much less."""
    return part.turned("binary", points=part.values["points"], met=True)


def lost_one_by_one(parts: list[Part]) -> list[Part]:
    """The parts of a line that loses points for something else as well."""
    listed = [part for part in parts if part.values.get("own") and "credits" in part.values]
    if len(parts) == 1 or len(listed) != 1:
        return parts
    credits = listed[0].values["credits"]
    made = [listed[0].turned("binary", points=credits[label], met=True) for label in credits]
    for part, label in zip(made, credits, strict=True):
        part.what = label
    at = parts.index(listed[0])
    return [*parts[:at], *made, *parts[at + 1 :]]


def _falls_from_all(amounts: list[Fraction], points: Fraction) -> bool:
    """非常积极4分；积极3分；一般2分: no parts, as the first alone is the line and the rest are not."""
    falls = amounts == sorted(set(amounts), reverse=True)
    return falls and len(amounts) > 2 and amounts[0] == points != sum(amounts[1:])


_LACKS = re.compile("[未没无不缺差漏]")


def judged_each(parts: list[Part], points: Fraction | None) -> list[Part]:
    """组织科6分、宣传科4分，酌情扣分: each may take up to its own points."""
    if len(parts) != 2 or "credits" not in parts[0].values or parts[1].shape != "judged":
        return parts
    credits, rest = parts[0].values["credits"], parts[1].values
    if _LACKS.search(parts[1].what):
        return parts  # 资料不全酌情扣分 is about something else
    if not rest["bare"] or rest["verb"] != "losing" or sum(credits.values()) != points:
        return parts
    return [
        replace(parts[1], what=label, values={**rest, "range": [-most, Fraction(0)]})
        for label, most in credits.items()
    ]


_DEED = re.compile(
    "(?:^|[，、：。]|部|支|委|员|织|位|人|导|作|初|终|末|月|年|度)(?:能|已|均|都)?(?:有(?!效)|按[期时]|按要求|及时|定期|制定|建立|召开|开展|完成|设立|配备|签订|成立|落实|公开|公示|参加|组织|进行|撰写|上报|报送)|"
    "进行|召开|开展|到位|齐全|完整|规范|健全|清楚|明确|及时|有力"
)


def _side_by_side(run: list[Part]) -> bool:
    """有计划（5分）；按时总结（5分）: deeds, each in a sentence of its own; 有“党旗”得1分，有“制度”得1分."""
    if all(part.what.startswith("有") for part in run):
        return True
    apart = len({part.sentence for part in run}) == len(run)
    deeds = all(_DEED.search(part.what) and not level_in(part.what) for part in run)
    return apart and deeds and any(part.values.get("only_in_sum") for part in run)


def less_what_is_lost(zero: list[Part], full: list[Part]) -> bool:
    """舆情排查1分，标语清理2分，每被通报1次扣1分: what is lost is another thing than what is earned."""
    credits = zero[0].values.get("credits", {}) if len(zero) == 1 else {}
    pairs = {label[at : at + 2] for label in credits for at in range(len(label) - 1)}
    first = len(credits) > 1 and all(zero[0].end <= part.start for part in full)
    return first and all(_apart(part.what, pairs) for part in full)


def of_other_things(zero: list[Part], full: list[Part]) -> bool:
    """每刊发1篇得1分，被通报1次扣1分 in a line without points: each stands on the total."""
    words = [part.what for part in zero]
    pairs = {word[at : at + 2] for word in words for at in range(len(word) - 1)}
    return all(words) and all(_apart(part.what, pairs) for part in full)


def _apart(what: str, pairs: set[str]) -> bool:
    return (
        len(what) > 2
        and not _NOT_MET.fullmatch(what)
        and not any(what[at : at + 2] in pairs for at in range(len(what) - 1))
    )


def _sum(run: list[Part]) -> Part:
    credits = {part.what: part.values["points"] for part in run}
    if len(credits) < len(run):
        raise Unread("各得分项的名称相同")
    own = {"own": True} if all(part.values.get("own") for part in run) else {}
    return _joined(run, "parts", parts=list(credits), credits=credits, **own)


def _choice(run: list[Part]) -> Part:
    bands = [{"label": part.what, "points": part.values["points"]} for part in run]
    return _joined(run, "bands", bands=bands)


def _joined(run: list[Part], shape: str, **values: object) -> Part:
    return Part(shape, values, "", "", run[0].start, run[-1].end, run[0].sentence)


def _by_deadline(run: list[Part]) -> bool:
    """一周内整改得2分，两周内整改得1分: one deed, of which only the time is asked."""
    deeds = [(part, part.values["deed"]) for part in run if part.values.get("deed")]
    return any(
        other is not part and other.what.endswith(deed) for part, deed in deeds for other in run
    )


def _no_levels_of_one_deed(parts: list[Part], points: Fraction | None) -> None:
    """完成挂牌得1分，通过县级验收得2分，通过市级验收得3分 of three points: one after the other, or together?"""
    won = [amount for part in parts if part.shape in ("~got", "parts") for amount in _credits(part)]
    tables = [part for part in parts if part.shape == "adjust" and part.values.get("start")]
    best = [max(part.values["table"].values()) for part in tables]
    if points is not None and won and best and sum(won) + sum(best) > points:
        raise Unread("各得分项是择一还是累加，没有写明")


def no_credit_beside_all(parts: list[Part], points: Fraction | None) -> None:
    """按月更新得1分，一季更新一次得0.5分 of one point: so much for each would be more than all."""
    _no_levels_of_one_deed(parts, points)
    everything = any(part.shape == "~got" and part.values["points"] == points for part in parts)
    for part in parts:
        if everything and part.shape == "step" and part.values.get("start") == "zero":
            raise Unread("得满分的一档与其余各档接不上")
