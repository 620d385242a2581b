"""The working calendar of this installation: CalendarDay rows, seeded from the published lists."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from branches.models import CalendarDay
from portal.kit.calendar import Calendar, RestDay, published, statutory

YEARS = range(2025, 2029)
PUBLISHED = "国务院办公厅通知"
STATUTORY = "《全国年节及纪念日放假办法》"


def working_calendar() -> Calendar:
    """One query. Before the first seeding the published lists stand in for the table."""
    rows = list(CalendarDay.objects.values_list("date", "is_workday", "name", "confirmed"))
    if not rows:
        return Calendar.seeded(YEARS)
    days = [(day, "work" if is_workday else "off", name) for day, is_workday, name, _c in rows]
    return Calendar.of(days, confirmed={day.year for day, *_rest, confirmed in rows if confirmed})


@transaction.atomic
def seed_calendar(years: Iterable[int] = YEARS) -> int:
    """Writes the years that have no confirmed rows yet; an unpublished year gets its statutory days, provisional.

    Runs again without effect, and brings a year in once its list is published. Returns the rows written.
    """
    known = set(CalendarDay.objects.filter(confirmed=True).dates("date", "year"))
    open_years = [year for year in years if date(year, 1, 1) not in known]
    rows = [row for year in open_years for row in _rows_of(year)]
    CalendarDay.objects.filter(date__year__in=open_years).delete()
    return len(CalendarDay.objects.bulk_create(rows))


def _rows_of(year: int) -> list[CalendarDay]:
    listed = published(year)
    return [_row(day, confirmed=bool(listed)) for day in listed or statutory(year)]


def _row(day: RestDay, *, confirmed: bool) -> CalendarDay:
    return CalendarDay(
        date=day.date,
        is_workday=day.kind == "work",
        name=day.name,
        source=PUBLISHED if confirmed else STATUTORY,
        confirmed=confirmed,
    )


@transaction.atomic
def confirm_year(year: int, days: Iterable[RestDay], *, source: str) -> int:
    """The arrangement an administrator pasted replaces what was known of the year."""
    CalendarDay.objects.filter(date__year=year).delete()
    rows = [
        CalendarDay(date=d.date, is_workday=d.kind == "work", name=d.name, source=source[:100])
        for d in days
        if d.date.year == year
    ]
    return len(CalendarDay.objects.bulk_create(rows))
