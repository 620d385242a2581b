"""Patterns over token types: `what? each less|more? size lose worth`.

Elements stand apart by blanks. `a|b` is either type, `?` makes an element optional, `+` lets it
repeat (with 、 between). An element may carry a name: `end=pct|qty`; without one its name is its
text. Between two elements a 的 and a comma may stand, but no comma before more words. ALIASES are types that patterns share.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from standards.reading.lexicon import WORDS
from standards.reading.tokens import Token

# Joined here, or a mark; all other types are those of the lexicon.
_MADE = (
    "incl",
    "excl",
    "enum",
    "comma",
    "list",
    "stop",
    "colon",
    "slash",
    "quote",
    "pct_range",
    "range",
    "ppt",
    "pct",
    "date",
    "qty_range",
    "dur",
    "points",
    "qty",
    "num",
    "bound",
    "span",
    "quoted",
    "floor",
    "free",
    "whom",
    "share",
    "nth",
    "onward",
    "repeats",
    "own",
    "backward",
    "likewise",
    "short",
    "proportion",
    "rated",
    "halved",
    "summed",
    "nths",
    "or",
)
_TYPES = (*WORDS, *_MADE)
_LETTER = {type: chr(0x4E00 + index) for index, type in enumerate(_TYPES)}

ALIASES = {
    "size": "qty|dur|ppt|pct",
    "worth": "points|range",
    # Plain words: what is observed. Everything with a number or a verb is left out, except
    # stretches of time and dates, which belong to a condition (逾期3个月以上).
    "word": "text|or|quoted|less|more|dur|span|date|grade|level|penal|forced|base|all|chapter|tier_word|sampling",
    "tier": "grade|text|level|tier_word|quoted",
}
_SKIPPED = ("fill", "this", "quote", "reasoned")


def letters(tokens: Sequence[Token]) -> str:
    return "".join(_LETTER[token.type] for token in tokens)


def significant(tokens: Sequence[Token]) -> list[Token]:
    """Without the words that say nothing of their own."""
    return [token for token in tokens if token.type not in _SKIPPED]


_HEADING = set(ALIASES["word"].split("|")) | {
    "list",
    "de",
    "grading",
    "losing",
    "gaining",
    "per",
    "judge",
    "chapter",
    "rest",
} - {"dur", "span", "date"}


def headed(tokens: Sequence[Token]) -> list[Token]:
    """The words before a colon name what follows, whatever else they could mean."""
    found: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type == "colon" and _graded(found, tokens[index + 1 :]):
            continue
        if token.type == "colon":
            at = len(found)
            while at and found[at - 1].type in _HEADING:
                at -= 1
            if at < len(found) and (not at or found[at - 1].type in ("stop", "enum")):
                found[at:] = [Token("text", found[at].start, found[-1].end)]
        found.append(token)
    return found


def _graded(before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """好：9-10分: the colon only parts a grade from what it is worth."""
    return bool(before and behind) and before[-1].type == "grade" and behind[0].type in _AMOUNTS


_AMOUNTS = ("points", "range", "none", "full", "kept")


@dataclass(frozen=True, slots=True)
class Found:
    """The tokens a pattern matched, by the names of its elements."""

    tokens: Sequence[Token]
    groups: dict[str, Sequence[Token]]

    def has(self, name: str) -> bool:
        return any(token.type == name for token in self.tokens)

    def token(self, name: str) -> Token | None:
        held = self.groups.get(name)
        return held[0] if held else None

    def all(self, name: str) -> list[Token]:
        return [token for token in self.groups.get(name, ()) if token.type not in ("list", "de")]

    def first(self, *types: str) -> Token | None:
        return next((token for token in self.tokens if token.type in types), None)

    def value(self, name: str) -> object:
        token = self.token(name)
        return token.value if token else None


class Pattern:
    def __init__(self, text: str, *, tight: bool = False) -> None:
        """`tight`: nothing may stand between the elements."""
        self.text = text
        self._regex = re.compile(_compile(text, tight=tight))

    def match(self, coded: str, tokens: Sequence[Token], at: int) -> Found | None:
        """From token `at` on, as long as possible; `coded` is letters(tokens)."""
        return self._found(tokens, self._regex.match(coded, at))

    def fits(self, coded: str, tokens: Sequence[Token], start: int, end: int) -> Found | None:
        """Exactly tokens[start:end]."""
        return self._found(tokens, self._regex.fullmatch(coded, start, end))

    def covers(self, coded: str) -> bool:
        return self._regex.fullmatch(coded) is not None

    def _found(self, tokens: Sequence[Token], match: re.Match | None) -> Found | None:
        if not match:
            return None
        groups = {
            name: tokens[slice(*match.span(name))]
            for name in match.re.groupindex
            if match.group(name)
        }
        return Found(tokens[match.start() : match.end()], groups)


def _compile(text: str, *, tight: bool) -> str:
    """Glue follows the optional elements at the head and precedes every later element."""
    built, begun, named = "", False, set()
    for element in text.split():
        part, optional = _element(element, named)
        comma = "" if begun and element.rstrip("?").endswith("what") else f"{_LETTER['comma']}?"
        glue = "" if tight else f"{_LETTER['de']}?{comma}"
        piece = glue + part if begun else part + glue if optional else part
        # Words at the head are taken only where nothing else can begin there.
        built += f"(?:{piece}){'?' if begun else '??'}" if optional else piece
        begun = begun or not optional
    return built


def _element(element: str, named: set[str]) -> tuple[str, bool]:
    name, _, types = element.rpartition("=")
    optional, many = types.endswith("?"), types.rstrip("?").endswith("+")
    types = types.rstrip("?+")
    name = name or types
    one = f"[{_class('word' if types == 'what' else types)}]"
    body = one
    if types == "what":
        body = f"{one}[{_class('word')}{_LETTER['de']}{_LETTER['list']}]*?"
    elif many:
        body = f"{one}(?:{_LETTER['list']}?{one})*"
    if not name.isidentifier() or name in named:
        return f"(?:{body})", optional
    named.add(name)
    return f"(?P<{name}>{body})", optional


def _class(types: str) -> str:
    return "".join(
        _class(ALIASES[type]) if type in ALIASES else _LETTER[type] for type in types.split("|")
    )
