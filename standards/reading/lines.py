"""Lines `phrase TAB points` in, one line each out: what `manage.py read_rule` does."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import BinaryIO

from standards.reading.numerals import ARABIC
from standards.reading.phrase import Reading, printed_number, read
from standards.rules.explain import describe
from standards.rules.parse import parse

_LONGEST_LINE = 100_000


def answer(stream: BinaryIO | None = None, *, as_json: bool) -> Iterator[str]:
    """One line for every line of the stream that is not blank."""
    for line in _lines(sys.stdin.buffer if stream is None else stream):
        if line.strip():
            reading, wrong = _read(line)
            yield as_object(reading, wrong) if as_json else as_text(reading, wrong)


def _lines(stream: BinaryIO) -> Iterable[str]:
    while raw := stream.readline(_LONGEST_LINE):
        rest = raw
        while rest and not rest.endswith(b"\n"):  # the end of a line beyond the limit is dropped
            rest = stream.readline(_LONGEST_LINE)
        yield raw.decode("utf-8", errors="replace").rstrip("\r\n").removeprefix("\ufeff")


def _read(line: str) -> tuple[Reading, str]:
    phrase, _, given = line.rpartition("\t") if "\t" in line else (line, "", "")
    points = _points(given)
    wrong = f"分值“{given.strip()[:20]}”不是数字" if given.strip() and points is None else ""
    return read(phrase, points), wrong


def _points(text: str) -> Fraction | None:
    text = text.strip().removesuffix("分")
    return Fraction(text) if re.fullmatch(ARABIC, text) else None


def as_object(reading: Reading, wrong: str = "") -> str:
    data = {
        "phrase": reading.phrase,
        "points": None if reading.points is None else printed_number(reading.points),
        "rules": list(reading.rules),
        "rule": reading.rule,
        "confidence": reading.confidence,
        "reason": "；".join(part for part in (wrong, reading.reason) if part),
        **reading.extra,
    }
    return json.dumps(data, ensure_ascii=False)


def as_text(reading: Reading, wrong: str = "") -> str:
    reason = "；".join(part for part in (wrong, reading.reason) if part)
    if not reading.confidence:
        return f"{_one_line(reading.phrase)} → 人工评判（{reason}）"
    maximum = int(100 * reading.points) if reading.points is not None else 10**9
    sentences = "".join(describe(parse(reading.rule), maximum=maximum, lang="zh"))
    return f"{_one_line(reading.phrase)} → {sentences}" + (
        f"（请核对：{reason}）" if reason else ""
    )


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
