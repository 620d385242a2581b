"""Each clause of a table with what its scoring rule becomes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from standards.reading import phrase
from standards.reading.tableshape import Group, Line, Table
from standards.reading.tablesplit import EACH_WORTH, parts_told
from standards.reading.tabletext import BONUS_KIND, PLAIN, VETO_KIND, numbered, scores

EFFECT = "一票否决"
UNSAID = "表中没有写怎么评分"
# 扣10分 beside 受到党纪处分的, where the line has no points
BARE = re.compile(r"[扣减加]\d+(?:\.\d+)?分")
ENDS = "。；;，, "
# Below 加分项 国家级5分 adds, where nothing says otherwise.
SIGNED = re.compile("[加奖扣减得计记给]")


@dataclass(frozen=True)
class Understood:
    """`phrase` is what was read: the rule as printed, in a veto or bonus list together with its case."""

    group: Group
    line: Line
    phrase: str
    reading: phrase.Reading


def understand(table: Table) -> Iterator[Understood]:
    for group in table.groups:
        for line in group.lines:
            words, reading = _read(group, line)
            yield Understood(group, line, words, reading)


def again(line: Line, words: str) -> phrase.Reading:
    """A phrase that a person has put right."""
    return phrase.read(words, _points(line), line.text)


def _read(group: Group, line: Line) -> tuple[str, phrase.Reading]:
    words = [line.rule_text]
    if group.kind == PLAIN and not line.rule_text:
        words.append(_told_in(line.text))
    if group.kind == PLAIN and line.points is None and BARE.fullmatch(line.rule_text):
        words.append(_joined(line.text, line.rule_text))
    if group.kind != PLAIN:
        # 直接评定为“后进”, 省级+5分: a line may say itself what follows.
        words += [line.text] if not line.rule_text else []
        words.append(_joined(line.text, numbered(line.rule_text)[1]))
    if group.kind == BONUS_KIND and line.rule_text and not SIGNED.search(line.rule_text):
        words.append(f"加分：{line.rule_text}")
    if group.kind == VETO_KIND and not line.rule_text:
        words.append(_joined(line.text, _effect(group)))
    subject = line.text if group.kind == PLAIN else ""
    found = [(text, phrase.read(text, _points(line), subject)) for text in words if text]
    best = max(found, key=lambda read: (read[1].confidence, _named(read[1])), default=None)
    if best is None:
        return "", replace(phrase.read("", _points(line)), reason=UNSAID)
    return best if best[1].confidence > 0 else found[0]


def _named(reading: phrase.Reading) -> bool:
    """一篇2分 counts; only with its case it says what."""
    return all("measure" in rule for rule in reading.rules if rule["shape"] == "step")


def _told_in(text: str) -> str:
    """A demand that says what each of its parts, or each case, is worth is its own rule."""
    return text if parts_told(text) > 1 or scores(text) or EACH_WORTH.search(text) else ""


def _effect(group: Group) -> str:
    """有下列情形之一的，不得评为先进 says in the title what every line of the list sets off."""
    for mark in ("，", ","):
        _case, comma, effect = group.title.rpartition(mark)
        if comma:
            return effect
    return EFFECT


def _joined(case: str, effect: str) -> str:
    case = case.rstrip(ENDS)
    if not effect or not case or case in effect:
        return effect
    return f"{case}，{effect}" if case.endswith("的") else f"{case}的，{effect}"


def _points(line: Line) -> Fraction | None:
    return None if line.points is None else Fraction(line.points, 100)
