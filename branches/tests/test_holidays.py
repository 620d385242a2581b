from datetime import date

import pytest

from branches.holidays import confirm_year, seed_calendar, working_calendar
from branches.models import CalendarDay
from portal.kit.calendar import RestDay

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seeded", [False, True])
def test_the_calendar_counts_make_up_days_and_skips_holidays(seeded):
    if seeded:
        seed_calendar()
    calendar = working_calendar()
    assert calendar.due(date(2026, 9, 30), 5, "workdays") == date(2026, 10, 13)
    assert not calendar.provisional(date(2026, 12, 31))
    assert calendar.provisional(date(2027, 1, 4))


def test_seeding_twice_writes_nothing_new():
    assert seed_calendar() > 0
    before = CalendarDay.objects.filter(confirmed=True).count()
    seed_calendar()
    assert CalendarDay.objects.filter(confirmed=True).count() == before


def test_a_confirmed_year_is_no_longer_provisional_and_survives_seeding():
    seed_calendar()
    days = [RestDay(date(2027, 1, 1), "off", "元旦"), RestDay(date(2027, 1, 2), "off", "元旦")]
    assert confirm_year(2027, days, source="国办发明电〔2026〕1号") == 2
    seed_calendar()
    assert CalendarDay.objects.filter(date__year=2027).count() == 2
    assert not working_calendar().provisional(date(2027, 5, 5))
