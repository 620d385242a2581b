"""What a profile says of a year's meetings in one line."""

from datetime import date

from django.utils.translation import override

from branches.profiles import told


def test_the_months_of_meetings_are_told_in_one_line():
    months = [date(2026, month, 1) for month in range(1, 13)]
    with override("zh-hans"):
        assert told(months, {months[1]: 1, months[4]: 2}) == "2月、5月2次"
