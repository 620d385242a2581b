"""A demand with its scoring behind it, in one cell: where the rule begins, and what the brackets say of the points.

Commas, full stops and words that score count only outside brackets and quotation marks.
"""

import re

from portal.kit.points import parse
from standards.reading.tablerungs import rungs
from standards.reading.tabletext import (
    AMOUNT,
    AND_MORE,
    LEAD,
    SCORING,
    SENTENCE,
    Bracket,
    brackets,
    narrow,
    points_of,
    scores,
    without,
)

PAIRS = ("()", "[]", "【】", "〔〕", "〈〉", "“”", "《》", "「」", "『』")
INNERMOST = re.compile(
    "|".join(f"{re.escape(a)}[^{re.escape(a + b)}]*{re.escape(b)}" for a, b in PAIRS)
)
FILLER = "□"
ENDING = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]+)[)\]】〕][。；;]?\s*$")
POINTS_AND_RULE = re.compile(rf"\s*({LEAD}\s*{AMOUNT}\s*分)\s*[,，;；:：、。]\s*")
# 作用明显 20分（好20分，较好15分）
POINTS_BEFORE = re.compile(
    rf"(?<![扣加减得计记每各\d.])\s*({AMOUNT}\s*分)\s*[(（]([^()\[\]【】〔〕]+)[)）][。；;]?\s*$"
)
# What a part is worth, with or without brackets.
OWN = re.compile(rf"(?<![扣加减得计记每各\d.]){AMOUNT}\s*分(?![钟之])")
LEVELS = re.compile(r"(?:[好优良高]|健全|齐全|规范|明显|到位|合格)[^\d，。；]{0,3}[\d.]+分.*\d分")
# （最高加5分） limits what stands before it, （含加分项） says nothing of an amount.
LIMIT = re.compile(r"\s*(?:最高|最多|最低|不超过|累计|封顶|上限|满分|共|总分)")
TOLD = re.compile(r"\d|不得|酌情|零分|全扣|[一二三四五六七八九十半]分")
HEADED = re.compile(r"([^。；;:\n]{2,30}[(【〔]\s*(?:满分|共)?[\d.]+\s*分\s*[)】〕])\s*:")
EARNED = re.compile(rf"[计记得]\s*({AMOUNT})\s*分")
# What is earned each time, or instead of something else, is not what the demand is worth.
EACH = re.compile(r"每[^，。；;,]*$|各$|(?:最高|最多|累计|另|再|加)[^，。；;,]{0,6}$")
LOWER = re.compile(r"较|一般|基本|良|不|未|没有")
ELSE = re.compile(r"[，,。；;\s]*(?:否则|不然)")
# What is wrong belongs to the condition behind it: 阵地管理不到位，党旗破损的，每处扣1分.
WRONG = re.compile(
    r"(?:不(?:规范|到位|及时|健全|完善|落实|力|齐全?|全面?|完整|准确|严格?|实|达标|合格|配合|支持|作为|"
    r"认真|真实|重视|积极|主动|团结|公开|正常|彻底|统一|清楚|合理|履职|担当|整洁|整齐)|"
    r"缺失|混乱|松散|涣散|滞后|恶劣|强烈|脏乱差?|拖拉|推诿|敷衍|薄弱|淡薄|走过场|流于形式)$|"
    r"^\s*(?:发生|未(?!发生|出现|受|被|成年|来)|被|受到|违反|擅自|拒不|无故)(?!.*(?:及时|应当?|必须))"
)
WITH_MORE = re.compile(r"\s*(?:或|以及|且|并且|经查|查实|属实|造成|引发|导致|致使|情节)")
# 扣2分 alone does not say for what; 一件4分 is the first of several rules.
BARE_LOSS = re.compile(rf"\s*[扣减]\s*{AMOUNT}\s*分[。；;]?\s*")
LACKING = re.compile(r"[无不未没缺少漏]")
EACH_WORTH = re.compile(rf"[一每][件次条篇项个人名例期场]\s*{AMOUNT}\s*分")
PAUSE = "。；;，,、：: \n"
SHORTEST = 3


def outside(text: str) -> str:
    """In one way of writing and as long as before, with what stands in brackets or quotation marks blanked out."""
    blanked, before = narrow(text), ""
    while blanked != before:
        before = blanked
        blanked = INNERMOST.sub(lambda found: FILLER * len(found.group()), blanked)
    return blanked


def split_rule(text: str) -> tuple[str, str]:
    """A demand with its scoring behind it -> the demand and, from the first sentence that scores, the rule.

    Levels are both at once.
    """
    if rungs(text):
        return text, text
    demand, rule = _split(text)
    return (text, "") if rule and rule != text and len(brackets(demand)) > 1 else (demand, rule)


def _split(text: str) -> tuple[str, str]:
    blanked = outside(text)
    for sentence in SENTENCE.finditer(blanked):
        if SCORING.search(sentence.group()):
            head = text[: sentence.start()].strip(PAUSE)
            if EACH_WORTH.search(blanked, 0, sentence.start()):
                return text, text
            return (
                (head, text[sentence.start() :].strip()) if head else _split_clause(text, blanked)
            )
    return _split_bracket(text)


def _split_clause(text: str, blanked: str) -> tuple[str, str]:
    """按期换届，未按期换届的不得分: the rule begins at the comma before the words that score.

    A condition, 未…的，扣2分, belongs to the rule.
    """
    first = SCORING.search(blanked)
    if _earned_once(text) is not None and EARNED.match(blanked, first.start()):
        return text, text
    cut = _comma(blanked, first.start())
    head = text[: max(cut, 0)].strip()
    if len(head) <= SHORTEST:
        return text, text
    if BARE_LOSS.fullmatch(blanked[cut + 1 :]) and LACKING.search(
        blanked, _comma(blanked, cut) + 1, cut
    ):
        return head, text
    if not blanked[:cut].rstrip(FILLER + " ").endswith("的"):
        return head, text[cut + 1 :].strip()
    before = _condition(blanked, cut)
    if before <= SHORTEST:
        return head, text
    return text[:before].strip(), text[before + 1 :].strip()


def _condition(blanked: str, end: int) -> int:
    """The comma before the whole condition: 被处理的，或被处罚的，扣3分 begins with its first half."""
    before = _comma(blanked, end)
    while before > SHORTEST and (
        blanked[:before].rstrip(FILLER + " ").endswith("的")
        or WITH_MORE.match(blanked, before + 1)
        or WRONG.search(blanked[_comma(blanked, before) + 1 : before])
    ):
        before = _comma(blanked, before)
    return before


def earned(text: str) -> int | None:
    """班子团结的记5分，有矛盾的酌情扣分: the one amount to earn is what the demand is worth, of levels the best."""
    once = _earned_once(text)
    amounts = [parse(found.group(1)) or 0 for found in EARNED.finditer(outside(text))]
    levels = len(amounts) > 1 and amounts == sorted(set(amounts), reverse=True)
    if once is not None or not levels or not LOWER.search(narrow(text)):
        return once
    heads = (outside(text)[: found.start()] for found in EARNED.finditer(outside(text)))
    return None if any(map(EACH.search, heads)) else amounts[0]


def _earned_once(text: str) -> int | None:
    blanked = outside(text)
    found = list(EARNED.finditer(blanked))
    first = SCORING.search(blanked)
    if len(found) != 1 or first is None or found[0].start() != first.start():
        return None
    return None if EACH.search(blanked[: first.start()]) else parse(found[0].group(1))


def split_earned(text: str, amount: int | None) -> tuple[str, str] | None:
    """班子团结计4分。不团结的扣1分 -> the demand and what takes points, where the amount stands in a column as well."""
    if amount is None or _earned_once(text) != amount:
        return None
    found = EARNED.search(outside(text))
    rest = text[found.end() :].lstrip(PAUSE)
    head = re.sub(r"[的，,、]+$", "", text[: found.start()].strip())
    cut = (
        len(head) > SHORTEST and SCORING.search(outside(rest)) and not ELSE.match(text, found.end())
    )
    return (head, rest) if cut else None


def _comma(text: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) for mark in "，,:：")


def _split_bracket(text: str) -> tuple[str, str]:
    """村务按季公开（少一次扣1分）"""
    found = ENDING.search(narrow(text))
    head = text[: found.start()].strip(PAUSE) if found else ""
    if len(head) < SHORTEST or not _is_rule(found.group(1)) or _several(head, found.group(1)):
        return text, ""
    return head, text[found.start(1) : found.end(1)].strip()


def _several(head: str, bracket: str) -> bool:
    """有计划2分，有总结2分，按季研究2分（少1次扣0.5分）: the bracket is about the last alone."""
    amounts = len(OWN.findall(narrow(head))) + bool(POINTS_AND_RULE.match(narrow(bracket)))
    return amounts > 1


def _is_rule(said: str) -> bool:
    if LEVELS.search(narrow(said)):
        return True
    return scores(said) and bool(TOLD.search(said)) and not LIMIT.match(said)


def headed(text: str) -> tuple[str, str]:
    """阵地建设（3分）：没有党旗的扣1分… -> the demand with its points, and the rule: what scores from its first sentence on."""
    found = HEADED.match(narrow(text))
    if not found:
        return text, ""
    rest = text[found.end() :]
    rule = not brackets(rest) and SCORING.search(SENTENCE.match(outside(rest)).group())
    return (text[: found.end(1)], rest.strip()) if rule else (text, "")


def worth(text: str) -> tuple[int | None, str]:
    """What the brackets of a demand say it is worth, and its text without the ones that say no more than that."""
    text = opened(text)
    marks = brackets(text)
    levels = rungs(text)
    if levels:
        return max(levels), text
    total = _said_twice(text, marks)
    if total:
        return total.points, without(text, [total])
    more = [points_of(found) for found in AND_MORE.finditer(narrow(text).replace(" ", ""))]
    if len(marks) == 1 and not more:
        return marks[0].points, without(text, marks)
    return sum(mark.points for mark in marks) + sum(more) or None, text


def parts_told(text: str) -> int:
    """How many amounts in brackets the text has."""
    return len(brackets(text)) + len(AND_MORE.findall(narrow(text).replace(" ", "")))


def opened(text: str) -> str:
    """投影仪能用（2分，坏的扣1分） -> 投影仪能用（2分）（坏的扣1分）"""
    before = POINTS_BEFORE.search(narrow(text))
    if before and _alone(text[: before.start()]) and _is_rule(before.group(2)):
        rule = text[before.start(2) : before.end(2)]
        return f"{text[: before.start()].strip(PAUSE)}（{before.group(1)}）（{rule}）"
    found = ENDING.search(narrow(text))
    points = POINTS_AND_RULE.match(found.group(1)) if found else None
    if (
        not points
        or not _is_rule(found.group(1)[points.end() :])
        or OWN.search(narrow(text[: found.start()]))
    ):
        return text
    rule = text[found.start(1) + points.end() : found.end(1)]
    return f"{text[: found.start()]}（{points.group(1)}）（{rule}）"


def _alone(before: str) -> bool:
    return not scores(before) and not OWN.search(narrow(before))


def _said_twice(text: str, marks: list[Bracket]) -> Bracket | None:
    """教育（1分）、谈话（1分），督促整改。（2分）, or 教育（2分）：… in front of its parts."""
    if len(marks) < 2:
        return None
    first, last = marks[0], marks[-1]
    whole = sum(mark.points for mark in marks)
    if 2 * first.points == whole and text[first.end :].lstrip()[:1] in (":", "："):
        return first
    if 2 * last.points != whole or text[last.end :].strip(PAUSE):
        return None
    between = text[marks[-2].end : last.start]
    closing = between.rstrip()[-1:] in ("。", "；", ";")
    if between and not between.strip(PAUSE):
        return last
    alone = not any(text[: mark.start].rstrip()[-1:] in ("。", "；", ";") for mark in marks[:-1])
    return last if closing and alone and len(marks) > 2 else None
