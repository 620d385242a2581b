"""Deadlines by the working calendar. Pure: the calendar is a value, the clock is read elsewhere.

Counting follows arts. 201-203 of the Civil Code and office practice: the day of issue does not count; working days
skip rest days and count make-up workdays; a period in days or months that ends on a rest day ends on the next
workday. A year whose arrangement is not published is provisional: only its statutory days are known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from portal.kit.holidays import RestDay, published, statutory

__all__ = ["Calendar", "RestDay", "published", "statutory"]

Unit = Literal["workdays", "days", "months"]

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = time(8, 30), time(18, 0)
ONE = timedelta(days=1)
ENGLISH_NAMES = {
    "元旦": "New Year", "春节": "Spring Festival", "清明节": "Tomb-Sweeping Day", "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival", "中秋节": "Mid-Autumn Festival", "国庆节": "National Day",
}  # fmt: skip
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class Calendar:
    """off: rest days beyond plain weekends. work: make-up workdays. confirmed: years with a published arrangement."""

    off: frozenset[date]
    work: frozenset[date]
    confirmed: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict, hash=False, compare=False)

    @classmethod
    def of(cls, days: Iterable[tuple[date, str, str]], *, confirmed: Iterable[int]) -> "Calendar":
        """From rows of (date, "off" | "work", name)."""
        rows = list(days)
        return cls(
            off=frozenset(day for day, kind, _name in rows if kind == "off"),
            work=frozenset(day for day, kind, _name in rows if kind == "work"),
            confirmed=frozenset(confirmed),
            names={day: name for day, _kind, name in rows},
        )

    @classmethod
    def seeded(cls, years: Iterable[int]) -> "Calendar":
        """From the published lists, and from the statutory days for years that have none yet."""
        lists = {year: published(year) for year in years}
        rows = [day for year, days in lists.items() for day in (days or statutory(year))]
        return cls.of(rows, confirmed=[year for year, days in lists.items() if days])

    def is_workday(self, day: date) -> bool:
        if day in self.work:
            return True
        return day.weekday() < 5 and day not in self.off

    def next_workday(self, day: date) -> date:
        """The day itself when it is a workday."""
        while not self.is_workday(day):
            day += ONE
        return day

    def add_workdays(self, start: date, n: int) -> date:
        """The n-th workday after start; start itself does not count."""
        _refuse_negative(n)
        day = start
        while n:
            day += ONE
            n -= self.is_workday(day)
        return day

    def add_days(self, start: date, n: int) -> date:
        """n days after start; a last day of rest moves to the next workday."""
        _refuse_negative(n)
        return self.next_workday(start + timedelta(days=n))

    def add_months(self, start: date, n: int) -> date:
        """The corresponding day n months on, or that month's last day; a last day of rest moves on."""
        _refuse_negative(n)
        return self.next_workday(_same_day(start, n))

    def due(self, start: date, n: int, unit: Unit) -> date:
        adders = {"workdays": self.add_workdays, "days": self.add_days, "months": self.add_months}
        return adders[unit](start, n)

    def workdays_between(self, start: date, end: date) -> int:
        """Workdays after start up to and including end; negative when end lies before start."""
        if end < start:
            return -self.workdays_between(end, start)
        return sum(
            self.is_workday(start + timedelta(days=more))
            for more in range(1, (end - start).days + 1)
        )

    def provisional(self, day: date) -> bool:
        """Whether the arrangement of that year is still to be published."""
        return day.year not in self.confirmed

    def in_window(self, moment: datetime) -> bool:
        """Whether people may be written to: workdays from 8:30 until 18:00 in Shanghai. Takes an aware moment."""
        local = moment.astimezone(SHANGHAI)
        return self.is_workday(local.date()) and OPENS <= local.time() < CLOSES

    def sentence(self, start: date, n: int, unit: Unit, due: date, lang: str = "zh-hans") -> str:
        """How the deadline came about: 9月30日下发，5个工作日（跳过国庆假期，含10月10日调休），10月13日到期"""
        return (_chinese if lang.lower().startswith("zh") else _english)(self, start, n, unit, due)

    def skipped(self, start: date, due: date) -> list[str]:
        """Names of the holidays between start and due, in order; unnamed ones as ""."""
        days = (start + timedelta(days=more) for more in range(1, (due - start).days + 1))
        return list(dict.fromkeys(self.names.get(day, "") for day in days if day in self.off))

    def made_up(self, start: date, due: date) -> list[date]:
        """Make-up workdays on a weekend between start and due."""
        return sorted(day for day in self.work if start < day <= due and day.weekday() > 4)


def _same_day(start: date, n: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(start.day, (first_of_next - ONE).day))


def _refuse_negative(n: int) -> None:
    if n < 0:
        raise ValueError("a deadline cannot lie before its start")


def _last_day(calendar: Calendar, start: date, n: int, unit: Unit) -> date:
    """The last day before it is moved off a rest day."""
    if unit == "workdays":
        return calendar.add_workdays(start, n)
    return start + timedelta(days=n) if unit == "days" else _same_day(start, n)


def _chinese(calendar: Calendar, start: date, n: int, unit: Unit, due: date) -> str:
    counted = {"workdays": f"{n}个工作日", "days": f"{n}个自然日", "months": f"{n}个月"}[unit]
    last = _last_day(calendar, start, n, unit)
    remarks: list[str] = []
    if unit == "workdays":
        remarks += [
            f"跳过{'、'.join(_holiday(name) for name in names)}假期"
            for names in [calendar.skipped(start, due)]
            if names
        ]
        remarks += [
            f"含{'、'.join(_day_zh(day) for day in days)}调休"
            for days in [calendar.made_up(start, due)]
            if days
        ]
    elif not calendar.is_workday(last):
        remarks.append(f"{_day_zh(last, start)}{_why_rest(calendar, last)}，顺延至下一工作日")
    if calendar.provisional(due):
        remarks.append(f"{due.year}年放假安排尚未公布，暂按此计算")
    inside = f"（{'，'.join(remarks)}）" if remarks else ""
    return f"{_day_zh(start)}下发，{counted}{inside}，{_day_zh(due, start)}到期"


def _english(calendar: Calendar, start: date, n: int, unit: Unit, due: date) -> str:
    word = {"workdays": "working day", "days": "calendar day", "months": "month"}[unit]
    last = _last_day(calendar, start, n, unit)
    remarks: list[str] = []
    if unit == "workdays":
        names = [
            ENGLISH_NAMES.get(name, name) or "holiday" for name in calendar.skipped(start, due)
        ]
        remarks += [f"skipping {' and '.join(names)}"] if names else []
        days = [_day_en(day) for day in calendar.made_up(start, due)]
        remarks += (
            [f"counting the make-up workday{'s' if len(days) > 1 else ''} {' and '.join(days)}"]
            if days
            else []
        )
    elif not calendar.is_workday(last):
        remarks.append(f"{_day_en(last, start)} is a rest day, moved to the next workday")
    if calendar.provisional(due):
        remarks.append(f"the {due.year} holidays are not published yet")
    inside = f" ({', '.join(remarks)})" if remarks else ""
    return f"Issued {_day_en(start)}, {n} {word}{'' if n == 1 else 's'}{inside}, due {_day_en(due, start)}"


def _holiday(name: str) -> str:
    """国庆节假期 is said 国庆假期, but 春节假期 and 劳动节假期 keep their 节."""
    return name.removesuffix("节") if name in ("国庆节", "清明节", "端午节", "中秋节") else name


def _why_rest(calendar: Calendar, day: date) -> str:
    if day not in calendar.off:
        return "为休息日"
    return f"在{_holiday(calendar.names.get(day, ''))}假期内"


def _day_zh(day: date, beside: date | None = None) -> str:
    year = f"{day.year}年" if beside and beside.year != day.year else ""
    return f"{year}{day.month}月{day.day}日"


def _day_en(day: date, beside: date | None = None) -> str:
    year = f" {day.year}" if beside and beside.year != day.year else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year}"
