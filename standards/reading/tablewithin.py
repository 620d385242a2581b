"""What one cell holds besides a demand: 评分标准：… behind it, or several numbered demands with points of their own."""

import re
from typing import NamedTuple

from standards.reading.numerals import number
from standards.reading.tableoutline import LABELS
from standards.reading.tablesplit import EACH_WORTH, opened
from standards.reading.tabletext import (
    HAN_NUMBER,
    PLAIN,
    brackets,
    kind_of,
    narrow,
    numbered,
    plain,
    scores,
    without,
)

# 1. (3) ② （一） at the beginning, on a line of its own or behind a sentence or brackets.
ITEM = re.compile(
    rf"(?:^|(?<=[\n。；;)）】]))[ \t]*(?=([(（]?\d{{1,2}}[)）.．、](?!\d)|[(（]{HAN_NUMBER}[)）]|[①-⒛]))"
)
# Where a label may stand: on a line of its own, or behind a sentence or the points of the demand.
STARTS = re.compile(r"(?:^|(?<=[\n。；;，,）)】\]]))\s*(?=[^\s])")
CIRCLED = re.compile(r"^\s*[①-⑳]\s*[、.．：:]?")
BRIEF = 16
# 每有一项不符合扣2分 beside demands with points of their own is about each of them; 缺一项扣1分 may be about all.
SAME_FOR_EACH = re.compile(
    r"^(?:每?有|每?发现|每)?[一1][项处条个](?:不|未|没有|做不)[^,。;\d]{1,6}的?,?扣\d+(?:\.\d+)?分(?:[,。;]?扣完为止)?[。;]?$"
)


class Parts(NamedTuple):
    """A cell told apart by its labels."""

    text: str
    rule_text: str = ""
    method: str = ""
    evidence: str = ""


def told_apart(text: str) -> Parts:
    """按期换届（5分）。评分标准：未换届不得分 -> the demand and what each label announces."""
    cuts: list[tuple[int, int, str]] = []
    for start in (found.end() for found in STARTS.finditer(text)):
        for name, pattern in LABELS:
            if found := pattern.match(text[start:]):
                cuts.append((start, start + found.end(), name))
                break
    if not cuts or not text[: cuts[0][0]].strip():
        return Parts(text)
    said: dict[str, str] = {}
    for at, (_start, begin, name) in enumerate(cuts):
        end = cuts[at + 1][0] if at + 1 < len(cuts) else len(text)
        said[name] = "\n".join(filter(None, [said.get(name, ""), text[begin:end].strip()]))
    return Parts(text[: cuts[0][0]].strip("。；;，,：: \n"), **said)


def demands(text: str) -> list[str]:
    """1.…（5分）… 2.…（3分）… -> each numbered demand with what follows it; anything else is one."""
    found = list(numbered_items(text).values())
    pointed = [one for one in found if _pointed(one)]
    # 3.信息被采用（一篇0.5分） among others does not say what it is worth.
    rest = [one for one in found if one not in pointed]
    several = len(pointed) > 1 and len(rest) == 1 and EACH_WORTH.search(narrow(rest[0]))
    return found if found and (not rest or several) else [text]


def paired(text: str, rules: str, *, alone: bool = False) -> list[tuple[str, str]]:
    """①…（2分）②…（2分） beside ①…扣1分 ②…不得分: each demand with its rule, perhaps none. Empty where the numbers do not agree.

    Where none says its points each rule must score.
    """
    found, beside = numbered_items(text), numbered_items(rules, gaps=True)
    if found and all(map(_pointed, found.values())) and SAME_FOR_EACH.match(plain(rules)):
        return [(demand, rules) for demand in found.values()]
    if not found or not beside or not beside.keys() <= found.keys():
        return []
    alone = alone and len(beside) == len(found)
    unsaid = alone and not any(map(brackets, found.values())) and all(map(scores, beside.values()))
    if not unsaid and not all(map(_pointed, found.values())):
        return []
    return [(demand, numbered(beside.get(at, ""))[1]) for at, demand in found.items()]


def numbered_items(text: str, *, gaps: bool = False) -> dict[int, str]:
    """By their numbers, where these follow one another from the first word of the text on."""
    found = list(ITEM.finditer(text))
    if len(found) < 2 or text[: found[0].end()].strip():
        return {}
    numbers = [_value(mark.group(1)) for mark in found]
    follow = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if not follow and not (gaps and numbers == sorted(set(numbers))):
        return {}
    starts = [mark.end() for mark in found]
    cuts = zip(starts, [*starts[1:], len(text)], strict=True)
    return {at: _unmarked(text[a:b]) for at, (a, b) in zip(numbers, cuts, strict=True)}


def _unmarked(item: str) -> str:
    """Without the mark that cut it; 1. is left, for it becomes the number of the clause."""
    return CIRCLED.sub("", item).strip()


def _value(mark: str) -> int:
    if "①" <= mark <= "⒛":
        return (ord(mark) - ord("①")) % 20 + 1
    return int(number(plain(mark).strip("().、")) or 0)


def _pointed(one: str) -> bool:
    demand = opened(told_apart(one).text)
    marks = brackets(demand)
    return len(marks) == 1 and not scores(without(demand, marks)[: marks[0].start])


def titled(title: str) -> tuple[str, str, str]:
    """加分项：获得表彰的加1分 -> the title and what follows it."""
    for mark in ("：", ":"):
        head, colon, rest = title.partition(mark)
        if colon and len(head) <= BRIEF and kind_of(head) != PLAIN:
            return head, colon, rest.strip()
    return title, "", ""
