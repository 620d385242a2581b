"""What may go into a cell, and how high its row must be. Pure.

One pasted character can make a whole export unreadable (U+FFFF, a lone surrogate) or fail (\\x0b), and openpyxl cuts
text at 32,767 characters without a word; every cell written by this program goes through `safe_cell`.
"""

import math
import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Excel counts UTF-16 units and stops at 32,767; the rest leaves room for the words that point to the continuation.
CELL_UNITS = 32_000
TITLE_UNITS = 31
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x000D_ in a text as a code; this is how it spells the text itself.
CODE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
FORMULA_LIKE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
FORBIDDEN_IN_TITLES = re.compile(r"[:\\/?*\[\]]")
LOWEST_ROW, HIGHEST_ROW, LINE, MARGIN = 24, 409, 15, 6


class Safe(NamedTuple):
    """value: what to write. quoted: must stay text whatever it begins with. rest: what did not fit into one cell."""

    value: Any
    quoted: bool = False
    rest: str = ""


def safe_cell(value: Any) -> Safe:
    """Any Python value as a cell that every office program opens and that no reader takes for a formula."""
    if value is None or isinstance(value, (bool, float)):
        return Safe(_finite(value))
    if isinstance(value, (datetime, date, time, timedelta)):
        return Safe(_naive(value))
    if isinstance(value, (int, Decimal)):
        return Safe(value) if abs(value) < 10**15 and value == value else Safe(str(value))
    return _text_cell(str(value))


def safe_text(text: str) -> str:
    """Without the characters that XML or Excel cannot hold; line ends as \\n."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return UNWRITABLE.sub("", lines)


def safe_title(name: str, taken: Collection[str] = ()) -> str:
    """A sheet name: at most 31 units, none of : \\ / ? * [ ], not one of `taken`."""
    clean = " ".join(FORBIDDEN_IN_TITLES.sub(" ", safe_text(name)).split()).strip("' ") or "Sheet"
    used = {title.casefold() for title in taken} | {"history"}
    title, number = _head(clean, TITLE_UNITS), 1
    while title.casefold() in used:
        number += 1
        suffix = f"~{number}"
        title = _head(clean, TITLE_UNITS - len(suffix)) + suffix
    return title


def file_name(*parts: str, day: date) -> str:
    """安禾县_整改台账_20261121.xlsx"""
    words = [re.sub(r'[\\/:*?"<>|\s]+', " ", safe_text(part)).strip(" .") for part in parts]
    return "_".join([*(word for word in words if word), f"{day:%Y%m%d}"]) + ".xlsx"


def units(text: str) -> int:
    """Width in half characters: Han and full-width signs 2, others 1."""
    return len(text) if text.isascii() else sum(map(_char_units, text))


@lru_cache(maxsize=8192)
def _char_units(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def line_count(text: str, width: float) -> int:
    """Lines the text takes in a column of that width. A line filled to its last unit may hang its full stop: one more."""
    room = max(2, 2 * math.floor((width - 0.7) / 2))
    total = 0
    for line in text.split("\n"):
        filled = units(line)
        total += max(1, math.ceil(filled / room)) + (1 if filled and filled % room == 0 else 0)
    return total


def row_height(texts: list[tuple[str, float]]) -> float:
    """Height in points for cells given as (text, column width)."""
    lines = max((line_count(text, width) for text, width in texts if text), default=1)
    return min(HIGHEST_ROW, max(LOWEST_ROW, LINE * lines + MARGIN))


def _text_cell(text: str) -> Safe:
    clean = safe_text(text)
    head = _head(clean, CELL_UNITS)
    if len(CODE_LIKE.findall(head)) > 100:
        # Spelling a code out doubles it at most.
        head = _head(clean, CELL_UNITS // 2)
    return Safe(CODE_LIKE.sub("_x005F_", head), text.startswith(FORMULA_LIKE), clean[len(head) :])


def _head(text: str, most: int) -> str:
    """The beginning that fits into `most` UTF-16 units, never half a character."""
    if len(text) * 2 <= most:
        return text
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")


def _finite(value: Any) -> Any:
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _naive(value: Any) -> Any:
    """Excel knows no time zones: moments are written as Shanghai's clock shows them."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(SHANGHAI).replace(tzinfo=None)
    if isinstance(value, time) and value.tzinfo:
        return value.replace(tzinfo=None)
    return value
