"""The rule and its outcome as sentences, in the language of whoever reads them.

Not gettext: a stored explanation is values, worded afresh for every reader, and the two
languages build their sentences differently. Each has one function per shape.
"""

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from standards.rules import chinese, chinese_why, english, english_why, schema, shapes
from standards.rules.outcome import Move, Outcome
from standards.rules.wording import Clause

RULE = {"zh": chinese, "en": english}
WHY = {"zh": chinese_why, "en": english_why}
# A level reached says something even where it costs nothing; these do not.
PLAIN = ("step", "escalating", "binary", "judged")
_NONE: Mapping[str, str] = {}


def describe(
    rule: shapes.Rule, *, maximum: int, lang: str, names: Mapping[str, str] = _NONE
) -> list[str]:
    """The rule as the sentences of a 评分细则. `names` words the keys of tiers, chapters and levels."""
    clause = Clause(rule, Fraction(maximum, 100), names=names)
    words = RULE[lang]
    texts = [getattr(words, schema.SHAPE_OF[type(step)])(step, clause) for step in rule.steps]
    return [_sentence(text, lang) for text in texts + words.limits(clause)]


def account(
    rule: shapes.Rule,
    outcome: Outcome,
    *,
    maximum: int,
    values: Mapping[str, object],
    lang: str,
    names: Mapping[str, str] = _NONE,
    elsewhere: Collection[str] = (),
) -> list[str]:
    """Why these points: every move, then what limited them, then the sum and what it sets off.

    What cost nothing is left out where something else did. `elsewhere`: events that another clause counts.
    """
    clause = Clause(rule, Fraction(maximum, 100), values, names)
    return [_sentence(text, lang) for text in _account(clause, outcome, WHY[lang], elsewhere)]


def _account(
    clause: Clause, outcome: Outcome, words: object, elsewhere: Collection[str]
) -> Iterator[str]:
    steps = clause.rule.steps
    for move in told(clause.rule, outcome):
        yield getattr(words, move.shape)(move, steps[move.step], clause)
    if outcome.points is None:
        yield words.open_(clause, outcome.missing)
    else:
        yield from _summed(clause, outcome, words)
    for gate in outcome.gates:
        yield words.hit(gate, steps[gate.step], clause)
    for entry in outcome.adjustments:
        say = words.repeated if entry.key in elsewhere else words.outside
        yield say(entry, clause)


def told(rule: shapes.Rule, outcome: Outcome) -> tuple[Move, ...]:
    """The moves that are worth a sentence. Of several losses from one full line only those that happened."""
    if rule.start != "full" or not any(move.amount < 0 for move in outcome.moves):
        return outcome.moves
    return tuple(move for move in outcome.moves if move.amount or move.shape not in PLAIN)


def _summed(clause: Clause, outcome: Outcome, words: object) -> Iterator[str]:
    if not (outcome.moves or outcome.gates or outcome.adjustments):
        yield words.nothing(clause)
    yield from _limited(clause, outcome, words)
    if clause.top or outcome.points:
        yield words.total(clause, outcome.points)


def _limited(clause: Clause, outcome: Outcome, words: object) -> Iterator[str]:
    if any(move.shape == "zero_if" for move in outcome.moves):
        return
    raw = _raw(clause, outcome)
    if raw < outcome.points - 1 and outcome.points <= 0:
        yield words.floor(clause, outcome.points)
    elif raw > outcome.points + 1 and outcome.points == 100 * (clause.top + clause.rule.above):
        yield words.ceiling(clause, outcome.points)
    elif abs(raw - outcome.points) > len(outcome.moves):
        yield words.stepped(clause, outcome.points)


def _raw(clause: Clause, outcome: Outcome) -> Fraction:
    setting = {
        step.measure
        for step in clause.rule.steps
        if isinstance(step, shapes.Bands | shapes.Curve) and step.mode == "set"
    }
    sets = [
        move
        for move in outcome.moves
        if move.shape in ("bands", "curve") and move.measure in setting
    ]
    start = 100 * clause.top if clause.full and not sets else Fraction(0)
    return start + sum(move.amount for move in outcome.moves)


def _sentence(text: str, lang: str) -> str:
    if lang == "zh":
        return text if text.endswith("。") else f"{text}。"
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."
