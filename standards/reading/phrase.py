"""read(): the phrase of a scoring table as rules, or the reason why a person has to judge."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from standards.reading import (
    addressees,
    behind,
    borrowed,
    bracketed,
    bycase,
    deeds,
    degrees,
    demandcut,
    edges,
    eitheror,
    gates,
    graver,
    itemised,
    limits,
    ontop,
    placed,
    portions,
    relief,
    sections,
    shares,
    stored,
    tallied,
    unclear,
    unearned,
    unsaid,
    worded,
)
from standards.reading.bounds import join
from standards.reading.characters import Written, normalise
from standards.reading.compose import compose
from standards.reading.cover import Stuck, cover
from standards.reading.demand import Demand, completed
from standards.reading.demandread import read_demand
from standards.reading.merge import merge
from standards.reading.parts import Part, Rules, Unread, Unsettled
from standards.reading.pattern import headed, significant
from standards.reading.printed import printed
from standards.reading.respelled import respelled
from standards.reading.tokens import Token, tokenize
from standards.reading.walk import Walk
from standards.rules.problems import RuleError

LONGEST = 1000


@dataclass(frozen=True)
class Span:
    """phrase[start:end] became rules[rule]."""

    start: int
    end: int
    rule: int


@dataclass(frozen=True)
class Reading:
    """`rules` as printed, `rule` as stored; `reason` says in Chinese what is doubtful or unread."""

    phrase: str
    points: Fraction | None
    rules: tuple[dict, ...]
    rule: dict | None
    confidence: float
    reason: str = ""
    spans: tuple[Span, ...] = ()
    extra: dict = field(default_factory=dict)


def read(phrase: str, points: Fraction | None, subject: str = "") -> Reading:
    """`subject` is the text of the clause: what it demands completes the phrase and names measures."""
    if points == 0 and (veto := _without_points(phrase, subject)):
        return veto
    written = bycase.plain(respelled(normalise(phrase[: LONGEST + 1])))
    try:
        if len(phrase) > LONGEST:
            raise Unread(f"文字超过{LONGEST}字，请分条填写")
        if not _fits_a_line(points):
            raise Unread("本项分值应是大于0的数，最多六位小数")
        unclear.check(written.text)
        addressees.one_demand(written.text)
        rules = _rules(written, points, (read_demand(subject),))
        rule = stored.rule(rules, points)
    except Unread as unread:
        return _left_to_a_person(phrase, points, unread.why)
    except RuleError as error:
        return _left_to_a_person(
            phrase, points, "；".join(problem.zh for problem in error.problems)
        )
    return Reading(
        phrase,
        points,
        tuple(map(printed, rules.parts)),
        rule,
        float(rules.confidence),
        "；".join(rules.doubts),
        _spans(rules),
        {"under": True if rules.under is True else printed_number(rules.under)}
        if rules.under
        else {},
    )


def _without_points(phrase: str, subject: str) -> Reading | None:
    """A line of 0 points closes gates or adds to the total, and nothing else."""
    found = read(phrase, None, subject)
    steps = found.rule["steps"] if found.rule else ()
    if not steps or any(step["shape"] not in ("gate", "adjust") for step in steps):
        return None
    return replace(found, points=Fraction(0))


def _fits_a_line(points: Fraction | None) -> bool:
    return points is None or (0 < points < 10**6 and (points * 10**6).denominator == 1)


def printed_number(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)


def _rules(written: Written, points: Fraction | None, demands: Sequence[Demand]) -> Rules:
    """One rule for each part of the cell where they have points of their own, else one for all of it."""
    if listed := itemised.read(written, points) or worded.levels(written, points, plain=True):
        return listed
    whole, why = _tried(lambda: _whole(written, points, demands))
    if whole and all("credits" in part.values for part in whole.parts):
        return whole
    apart, doubt = _tried(lambda: _apart(written, points))
    told = apart or whole or deeds.read(written, points)
    if told := told or worded.levels(written, points, plain=False):
        return told
    if (plain := bracketed.opened(written)) != written:
        return _rules(plain, points, demands)
    found = demandcut.cut(written, points) if not isinstance(why, Unsettled) else None
    if found is None:
        raise doubt or why
    rules = _beside(found[0], points, [*demands, *found[1]])
    unearned.check(rules.parts, demandcut.worth_the_line(written.text, points))
    return rules


def _beside(written: Written, points: Fraction | None, demands: Sequence[Demand]) -> Rules:
    """What only demands stands beside the rules, as in a column of its own."""
    whole, why = _tried(lambda: _whole(written, points, demands))
    if whole:
        return whole
    apart, doubt = _tried(lambda: _apart(written, points))
    if apart is None:
        raise doubt or why
    return apart


def _tried(reading: Callable[[], Rules | None]) -> tuple[Rules | None, Unread | None]:
    try:
        return reading(), None
    except Unread as unread:
        return None, unread


def _apart(written: Written, points: Fraction | None) -> Rules | None:
    found = sections.split(written, points) or behind.split(written, points)
    return portions.joined([(one, _section(one)) for one in found]) if found else None


def _section(one: sections.Section) -> Rules:
    """A heading that cannot be read with its rule (两个责任落实到位：未落实的不得分) is only its name."""
    try:
        return _rules(one.written, one.points, (Demand(one.label),))
    except Unread:
        if one.below is None:
            raise
    return _rules(one.below, one.points, (Demand(one.label),))


def _whole(written: Written, points: Fraction | None, demands: Sequence[Demand]) -> Rules:
    text = written.text
    told = tallied.in_order(tokenize(text), text, points)
    said = unsaid.supplied(shares.valued(told, text, points), text, points)
    tokens = join(headed(significant(said)))
    if not tokens:
        raise Unread("没有文字")
    gates.check(text)
    sections.no_end_of_each(text)
    pieces = cover(tokens)
    if isinstance(pieces, Stuck):
        raise Unread(_stuck(_near(text, tokens, pieces.at)))
    walk = Walk(text, tokens, points, demands)
    rules = merge(compose(pieces, walk), points)
    placed.check(pieces, text, rules, points)
    limits.no_limit_of_the_line(rules.parts, text)
    unearned.best_below(rules.parts, text, points)
    for part in rules.parts:
        walk.at = tokens[part.start].start
        completed(part, walk.demand)
    borrowed.check(rules.parts, text)
    _alone_or_on_top(rules.parts, text, tokens)
    edges.as_printed(rules.parts, written)
    _sourced(rules, tokens, written)
    return rules


def _alone_or_on_top(parts: Sequence[Part], text: str, tokens: Sequence[Token]) -> None:
    held = [tokens[part.start : part.end] for part in parts]
    said = [text[one[0].start : one[-1].end] if one else "" for one in held]
    ontop.check(parts, said)
    relief.check(parts, text, said)
    eitheror.check(parts, said)
    degrees.check(parts)
    graver.check(parts, text, tokens)
    addressees.check(parts)


_MULTIPLE = re.compile(r"(?:[0-9.]+|[一二两三四五六七八九十]+)倍|双倍|加倍|翻倍|翻番")


_LOWERED = re.compile(
    r"(?:[降下]调?低?|下降)(?:为|到)?[一1二两]?个?(?:档次?|等次|等级|星级|类别|[级星类])|降(?:档|级|星|等)(?:处理|评定|使用)?"
)


def _stuck(words: str) -> str:
    if found := _LOWERED.search(words):
        return f"“{words}”未能识别，请人工核定：“{found.group()}”要看原来评在哪一档"
    found = _MULTIPLE.search(words)
    of_what = f"：“{found.group()}”要看已经扣了多少分" if found else ""
    return f"“{words}”未能识别，请人工核定{of_what}"


def _near(text: str, tokens: list[Token], at: int) -> str:
    """The words from which on nothing fits, up to the next mark."""
    if at >= len(tokens):
        return text[-20:]
    ends = (token.start for token in tokens[at + 1 :] if token.type in ("comma", "stop", "enum"))
    return text[tokens[at].start : next(ends, len(text))][:30]


def _left_to_a_person(phrase: str, points: Fraction | None, why: str) -> Reading:
    top = printed_number(points) if points is not None else None
    rule = stored.by_hand(points) if points is not None and _fits_a_line(points) else None
    return Reading(phrase, points, ({"shape": "judged", "range": [0, top]},), rule, 0.0, why)


def _sourced(rules: Rules, tokens: list[Token], written: Written) -> None:
    """From here on a step begins and ends in the phrase, not in its tokens."""
    for part in rules.parts:
        if part.end > part.start:
            start, end = tokens[part.start].start, tokens[part.end - 1].end
            part.start, part.end = written.source(start, end)


def _spans(rules: Rules) -> tuple[Span, ...]:
    held = ((part.start, part.end, at) for at, part in enumerate(rules.parts))
    return tuple(Span(start, end, at) for start, end, at in held if end > start)
