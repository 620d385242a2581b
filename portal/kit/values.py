"""Cell values as officers type them, parsed to Python values. Each parser returns the value or raises CellBad.

A blank cell gives None; whether it may be blank is the column's business (portal.kit.table). What a parser
receives is what the workbook reader gives: str, int, float, bool, date, datetime, time, timedelta or None.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext_noop as _

from portal.kit import points
from portal.kit.normal import NARROW, Unclean, clean_line, clean_text, folded, loose
from portal.kit.refusal import Refusal

YES = {"是", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "1"}
NO = {"否", "×", "✗", "✘", "x", "n", "no", "false", "0"}
EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = (date(1921, 1, 1) - EPOCH).days, (date(2100, 12, 31) - EPOCH).days
DAY = re.compile(
    r"(\d{4})(?:([./。-])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)(?:[ T]?00?:00(?::00)?(?:\.0+)?)?",
    re.ASCII,
)
PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
MONTH = re.compile(r"(\d{4})(?:[./。-](\d{1,2})|年(\d{1,2})月)", re.ASCII)


class CellBad(Refusal):
    """One cell that cannot be taken, with the sentence that goes beside it."""


def plain(value: Any) -> str:
    """Any cell as the text its author sees: 12.0 -> "12", a date -> "2026-11-03"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == datetime.min.time()
            else value.isoformat(" ", "minutes")
        )
    return str(value)


def blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not folded(value))


def text(value: Any, *, longest: int = 255, lines: bool = False) -> str | None:
    """Cleaned text. A leading apostrophe before a digit or a sign ('001) is Excel's habit, not part of the text."""
    raw = plain(value)
    try:
        cleaned = clean_text(raw) if lines else clean_line(raw)
    except Unclean as bad:
        raise CellBad(bad.msgid, bad.params) from bad
    cleaned = re.sub(r"^['’](?=[\d=+@-])", "", cleaned)
    if len(cleaned) > longest:
        raise CellBad(
            _("Too long: %(length)s characters, at most %(longest)s."),
            {"length": len(cleaned), "longest": longest},
        )
    return cleaned or None


def integer(value: Any, *, least: int = 0, most: int = 2**31 - 1) -> int | None:
    """A whole number. Full-width digits are read; 1.5, 1e3 and 1_0 are not numbers of people."""
    if blank(value):
        return None
    number = _whole(value)
    if number is None:
        raise CellBad(_("“%(value)s” is not a whole number."), {"value": _shown(value)})
    return _within(number, least, most)


def decimal(
    value: Any, *, places: int = 2, least: Decimal = Decimal(0), most: Decimal = Decimal(10**9)
) -> Decimal | None:
    """A plain decimal number with at most `places` digits after the point."""
    if blank(value):
        return None
    typed = repr(value) if isinstance(value, float) else _narrow(value)
    if isinstance(value, bool) or not re.fullmatch(
        rf"-?[0-9]{{1,12}}(\.[0-9]{{1,{places}}}0*|\.0+)?", typed
    ):
        raise CellBad(
            _("“%(value)s” is not a number with at most %(places)s decimals."),
            {"value": _shown(value), "places": places},
        )
    return _within(Decimal(typed), least, most)


def centipoints(value: Any, *, least: int = 0, most: int = 100_000) -> int | None:
    """Points as hundredths of a point: 0.5 -> 50."""
    if blank(value):
        return None
    typed = repr(value) if isinstance(value, float) else _narrow(value)
    found = None if isinstance(value, bool) else points.parse(typed)
    if found is None:
        raise CellBad(_("“%(value)s” is not a number of points."), {"value": _shown(value)})
    if not least <= found <= most:
        raise CellBad(
            _("Must be between %(least)s and %(most)s."),
            {"least": points.show(least), "most": points.show(most)},
        )
    return found


def date_(
    value: Any, *, month_ok: bool = False, earliest: date | None = None, latest: date | None = None
) -> date | None:
    """A day in any spelling found in ledgers: 2026.11.3, 2026年11月3日, 20261103, Excel serials, real dates.

    With `month_ok` a month stands for its first day (joined the Party 1998.07).
    """
    if blank(value):
        return None
    day = _day(value, month_ok)
    if earliest and day < earliest:
        raise CellBad(
            _("%(day)s is too early: not before %(bound)s."),
            {"day": day.isoformat(), "bound": earliest.isoformat()},
        )
    if latest and day > latest:
        raise CellBad(
            _("%(day)s is too late: not after %(bound)s."),
            {"day": day.isoformat(), "bound": latest.isoformat()},
        )
    return day


def choice(value: Any, choices: Mapping[str, Any]) -> Any:
    """The code behind a label. `choices` maps labels to codes; width, case and spaces of the label do not count."""
    if blank(value):
        return None
    known = {folded(str(label)): label for label in choices}
    typed = folded(plain(value))
    if typed in known:
        return choices[known[typed]]
    near = get_close_matches(typed, known, n=1, cutoff=0.5)
    if near:
        raise CellBad(
            _("“%(value)s” is not in the list. Did you mean “%(near)s”?"),
            {"value": _shown(value), "near": str(known[near[0]])},
        )
    listed = "、".join(str(label) for label in list(choices)[:12])
    raise CellBad(
        _("“%(value)s” is not in the list. Choose one of: %(choices)s."),
        {"value": _shown(value), "choices": listed},
    )


def boolean(value: Any) -> bool | None:
    """是, √, y, 1 are yes; 否, ×, n, 0 are no."""
    if blank(value):
        return None
    typed = folded(plain(value))
    if typed in YES or typed in NO:
        return typed in YES
    raise CellBad(_("“%(value)s” is neither 是 nor 否."), {"value": _shown(value)})


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return int(value) if float(value).is_integer() and abs(value) < 1e15 else None
    typed = _narrow(value)
    return int(typed) if re.fullmatch(r"[+-]?[0-9]{1,15}", typed) else None


def _within(number: Any, least: Any, most: Any) -> Any:
    if least <= number <= most:
        return number
    raise CellBad(_("Must be between %(least)s and %(most)s."), {"least": least, "most": most})


def _day(value: Any, month_ok: bool) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _day_of_number(value, month_ok)
    return _day_of_text(value, month_ok)


def _day_of_number(value: int | float, month_ok: bool) -> date:
    if float(value).is_integer() and FIRST_SERIAL <= value <= LAST_SERIAL:
        return EPOCH + timedelta(days=int(value))
    if month_ok and not float(value).is_integer() and re.fullmatch(r"\d{4}\.1", repr(value)):
        # Excel turns a typed 2026.10 into the number 2026.1: both months look alike, so ask.
        year = int(value)
        raise CellBad(
            _("%(value)s may be January or October. Write %(year)s年1月 or %(year)s年10月."),
            {"value": repr(value), "year": year},
        )
    return _day_of_text(plain(value), month_ok)


def _day_of_text(value: Any, month_ok: bool) -> date:
    typed = re.sub(r"\s*([./。年月-])\s*", r"\1", _narrow(value))
    whole = DAY.fullmatch(typed) or PACKED_DAY.fullmatch(typed)
    if whole:
        year, month, day = (int(part) for part in whole.groups() if part and part.isdecimal())
        return _existing(year, month, day, shown=_shown(value))
    part = MONTH.fullmatch(typed)
    if part and month_ok:
        return _existing(int(part[1]), int(part[2] or part[3]), 1, shown=_shown(value))
    if part or re.fullmatch(r"[0-9]{4}年?", typed):
        raise CellBad(
            _("“%(value)s” lacks the day. Write it like 2026.11.3."), {"value": _shown(value)}
        )
    raise CellBad(
        _("“%(value)s” is not a date. Write it like 2026.11.3."), {"value": _shown(value)}
    )


def _existing(year: int, month: int, day: int, *, shown: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise CellBad(_("There is no such day as %(value)s."), {"value": shown}) from wrong


def _narrow(value: Any) -> str:
    """Full-width forms as ASCII, ends trimmed. Other scripts' digits stay and then match no pattern."""
    return plain(value).translate(NARROW).strip()


def _shown(value: Any) -> str:
    shown = loose(plain(value))
    return shown if len(shown) <= 30 else shown[:30] + "…"
