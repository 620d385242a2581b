"""Text copied from Word gives the number of an automatic list a cell of its own: 1.⇥每季度召开1次."""

import re
from collections.abc import Sequence
from itertools import pairwise

NUMBER = re.compile(
    r"(?:[(（]\s*[\d一二三四五六七八九十]{1,3}\s*[)）]|[\d一二三四五六七八九十]{1,3}\s*[.．、)）]|[①-⑳])"
)
BARE = re.compile(r"\d{1,3}")
SERIAL = re.compile(r"(?:序\s*号|编\s*号|项\s*次|No\.?)$", re.IGNORECASE)
NAMED = 3


def with_numbers(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Each number before the text it counts. A column of numbers stays one."""
    names = next((row for row in rows if sum(map(bool, row)) >= NAMED), [])
    serial = next((at for at, name in enumerate(names) if not name or SERIAL.match(name)), -1)
    found: list[list[str]] = []
    for row in rows:
        whole = _row(row, serial, len(names))
        if _goes_on(found, whole):
            found[-1][-1] += "\n" + whole[0]
        else:
            found.append(whole)
    return found


def _row(row: Sequence[str], serial: int, width: int) -> list[str]:
    counting = {
        at
        for at, (text, after) in enumerate(pairwise(row))
        if at != serial and after and NUMBER.fullmatch(text)
    }
    if len(row) - len(counting) > width and _alone(row, serial):
        counting.add(serial)
    whole: list[str] = []
    for at, text in enumerate(row):
        if at - 1 in counting:
            whole[-1] += text
        else:
            whole.append(text)
    return whole


def _alone(row: Sequence[str], serial: int) -> bool:
    """A number in the column of numbers, and behind it the cell it is the number of."""
    if serial < 0 or serial + 1 >= len(row) or row[serial + 1]:
        return False
    return bool(NUMBER.fullmatch(row[serial]) or BARE.fullmatch(row[serial]))


def _goes_on(found: list[list[str]], row: list[str]) -> bool:
    """The next number of the list in the last cell of the row before."""
    if len(row) != 1 or not found or len(found[-1]) < 2:
        return False
    last, own = (NUMBER.match(text) for text in (found[-1][-1].split("\n")[-1], row[0]))
    return bool(last and own) and _form(last) == _form(own) and _value(own) == _value(last) + 1


def _form(number: re.Match[str]) -> str:
    return re.sub(r"[\d一二三四五六七八九十①-⑳\s]", "", number.group())


def _value(number: re.Match[str]) -> int:
    digits = re.sub(r"\D", "", number.group())
    if digits:
        return int(digits)
    sign = re.sub(r"[^①-⑳一二三四五六七八九十]", "", number.group())
    if "①" <= sign <= "⑳":
        return ord(sign) - ord("①") + 1
    return "一二三四五六七八九十".find(sign[-1:]) + 1 + 10 * (len(sign) > 1)
