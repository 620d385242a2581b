"""Cuts one line of the notation into words and key=value pairs."""

import re
from dataclasses import dataclass

from standards.rules.words import NO, NONE, YES

# What Excel and Chinese keyboards put in the place of the plain signs is read as the plain sign.
_SIGNS = {"＝": "=", "＞": ">", "＜": "<", "≥": ">=", "≤": "<=", "＞=": ">=", "＜=": "<="}
_SPACE = re.compile(r"[\s,，;；]*")
_BARE = re.compile(r"[^\s\"“”=<>＝＞＜≥≤,，;；#][^\s\"“”=<>＝＞＜≥≤,，;；]*")
_OP = re.compile(r"\s*(>=|<=|[=<>＝≥≤]|＞=?|＜=?)\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|“([^”]*)”')


@dataclass(frozen=True)
class Word:
    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Pair:
    key: str
    op: str
    value: Word


class Uncut(ValueError):
    """The line cannot be cut at this place."""

    def __init__(self, rest: str) -> None:
        self.rest = rest
        super().__init__(rest)


def cut(line: str) -> list[Word | Pair]:
    """Words and pairs of a line; a # where a word could begin starts a comment. Raises Uncut."""
    found: list[Word | Pair] = []
    at = _SPACE.match(line).end()
    while at < len(line) and line[at] != "#":
        word, at = _word(line, at)
        sign = None if word.quoted else _OP.match(line, at)
        if sign:
            value, at = _word(line, sign.end())
            found.append(Pair(word.text, _SIGNS.get(sign.group(1), sign.group(1)), value))
        else:
            found.append(word)
        at = _SPACE.match(line, at).end()
    return found


def _word(line: str, at: int) -> tuple[Word, int]:
    quoted = _QUOTED.match(line, at)
    if quoted:
        plain, curly = quoted.groups()
        text = curly if plain is None else re.sub(r"\\(.)", r"\1", plain)
        return Word(text, quoted=True), quoted.end()
    bare = _BARE.match(line, at)
    if not bare:
        raise Uncut(line[at : at + 10])
    return Word(bare.group()), bare.end()


def write_word(text: str) -> str:
    """As it is, or in quotes where it would be read as something else."""
    bare = _BARE.fullmatch(text)
    if bare and text.lower() not in (*YES, *NO, *NONE):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
