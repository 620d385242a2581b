"""Where rest days come from: the State Council's published lists, the statutory days of a year not yet published,
and the text of a notice pasted by an administrator. Pure: rows of (date, kind, name) with kind "off" or "work".
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from chinese_calendar import constants

Kind = Literal["off", "work"]

# Spring Festival, Dragon Boat and Mid-Autumn by the lunar calendar.
LUNAR = {
    2026: ((2, 17), (6, 19), (9, 25)),
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)),
    2034: ((2, 19), (6, 20), (9, 27)),
    2035: ((2, 8), (6, 10), (9, 16)),
    2036: ((1, 28), (5, 30), (10, 4)),
}
NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
DAY = r"(?:(?P<{0}month>\d{{1,2}})月)?(?P<{0}day>\d{{1,2}})日"
SPAN = re.compile(DAY.format("a") + r"(?:至" + DAY.format("b") + r")?")
REMARK = re.compile(r"[（(][^（）()]*[）)]")
HEADING = re.compile(r"[一二三四五六七八九十]+、\s*([^：:\s]{2,12})\s*[：:]")


class RestDay(NamedTuple):
    date: date
    kind: Kind
    name: str


class NoticeUnclear(ValueError):
    """The pasted text holds no arrangement that can be read."""


def published(year: int) -> list[RestDay]:
    """The official arrangement of a year, in date order; empty while it is not published."""
    days: list[RestDay] = []
    kinds: tuple[tuple[Kind, dict[date, str]], ...] = (
        ("off", constants.holidays),
        ("work", constants.workdays),
    )
    for kind, source in kinds:
        days += [
            RestDay(day, kind, _chinese(name)) for day, name in source.items() if day.year == year
        ]
    return sorted(days) if any(day.kind == "off" for day in days) else []


def statutory(year: int) -> list[RestDay]:
    """The days off by law (13 since 2025). They are known years ahead; what is shifted around them is not."""
    fixed = [
        (1, 1, 1, "元旦"),
        (4, _tomb_sweeping(year), 1, "清明节"),
        (5, 1, 2, "劳动节"),
        (10, 1, 3, "国庆节"),
    ]
    days = {
        date(year, month, first) + timedelta(more): name
        for month, first, count, name in fixed
        for more in range(count)
    }
    if year in LUNAR:
        spring, dragon, autumn = (date(year, month, day) for month, day in LUNAR[year])
        days |= {spring + timedelta(more): "春节" for more in range(-1, 3)}
        days |= {dragon: "端午节"}
        days.setdefault(autumn, "中秋节")
    return [RestDay(day, "off", name) for day, name in sorted(days.items())]


def parse_notice(text: str, *, year: int) -> list[RestDay]:
    """The arrangement in the words of the notice: 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

    Raises NoticeUnclear when nothing can be read or a day does not exist. The result is a preview to be confirmed.
    """
    parts = HEADING.split(text)
    days: list[RestDay] = []
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        try:
            days += _arranged(name, REMARK.sub("", body), year)
        except ValueError as wrong:
            raise NoticeUnclear(name) from wrong
    if not days:
        raise NoticeUnclear(text[:40])
    return sorted(set(days))


def _arranged(name: str, body: str, year: int) -> Iterator[RestDay]:
    for sentence in re.split(r"[。；;\n]", body):
        kind: Kind | None = (
            "work" if "上班" in sentence else "off" if re.search(r"放假|休息", sentence) else None
        )
        if kind is None:
            continue
        month = 0
        for span in SPAN.finditer(sentence):
            month = int(span["amonth"] or month)
            first = date(year, month, int(span["aday"]))
            last = (
                date(year, int(span["bmonth"] or month), int(span["bday"]))
                if span["bday"]
                else first
            )
            if not 0 <= (last - first).days <= 15:
                raise ValueError(sentence)
            yield from (
                RestDay(first + timedelta(more), kind, name)
                for more in range((last - first).days + 1)
            )
            month = last.month


def _chinese(name: str) -> str:
    chinese = constants.Holiday(name).chinese
    return NAMES.get(chinese, chinese)


def _tomb_sweeping(year: int) -> int:
    """The day in April, by the usual formula for this century."""
    return int(year % 100 * 0.2422 + 4.81) - year % 100 // 4
