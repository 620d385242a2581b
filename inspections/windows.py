"""When people may be written to: working days, 8:30 to 18:00, Asia/Shanghai, unless the settings name other hours."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from portal.kit.calendar import Calendar

OPENS, CLOSES = (time.fromisoformat(hour) for hour in settings.DIGEST_HOURS.split("-"))


def is_open(moment: datetime, calendar: Calendar) -> bool:
    local = timezone.localtime(moment)
    return calendar.is_workday(local.date()) and OPENS <= local.time() < CLOSES


def next_window(moment: datetime, calendar: Calendar) -> datetime:
    """`moment` itself inside a window, else the next opening."""
    if is_open(moment, calendar):
        return moment
    local = timezone.localtime(moment)
    day = local.date()
    if local.time() >= OPENS or not calendar.is_workday(day):
        day += timedelta(days=1)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, OPENS))
