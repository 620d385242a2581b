import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.calendar import SHANGHAI, Calendar

CALENDAR = Calendar.seeded(range(2025, 2029))
CASES = json.loads((Path(__file__).parent / "cases" / "deadlines.json").read_text(encoding="utf-8"))
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("id", case["start"]))
def test_a_deadline_falls_on_its_stated_day(case):
    due = CALENDAR.due(date.fromisoformat(case["start"]), case["n"], case["unit"])
    assert (due.isoformat(), CALENDAR.provisional(due)) == (
        case["due"],
        case.get("provisional", False),
    )


def test_2026_has_248_workdays():
    months = [
        sum(
            CALENDAR.is_workday(date(2026, 1, 1) + timedelta(at))
            for at in range(365)
            if (date(2026, 1, 1) + timedelta(at)).month == month
        )
        for month in range(1, 13)
    ]
    assert months == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]


@pytest.mark.parametrize(
    ("start", "n", "unit", "sentence"),
    [
        (
            (2026, 9, 30),
            5,
            "workdays",
            "9月30日下发，5个工作日（跳过国庆假期，含10月10日调休），10月13日到期",
        ),
        ((2026, 9, 18), 3, "workdays", "9月18日下发，3个工作日（含9月20日调休），9月22日到期"),
        (
            (2026, 9, 18),
            8,
            "workdays",
            "9月18日下发，8个工作日（跳过中秋假期，含9月20日调休），9月30日到期",
        ),
        ((2026, 10, 30), 15, "workdays", "10月30日下发，15个工作日，11月20日到期"),
        (
            (2026, 9, 30),
            7,
            "days",
            "9月30日下发，7个自然日（10月7日在国庆假期内，顺延至下一工作日），10月8日到期",
        ),
        (
            (2026, 11, 20),
            30,
            "days",
            "11月20日下发，30个自然日（12月20日为休息日，顺延至下一工作日），12月21日到期",
        ),
        (
            (2026, 12, 31),
            1,
            "workdays",
            "12月31日下发，1个工作日（跳过元旦假期，2027年放假安排尚未公布，暂按此计算），2027年1月4日到期",
        ),
        ((2026, 3, 10), 1, "months", "3月10日下发，1个月，4月10日到期"),
    ],
)
def test_the_sentence_says_how_the_deadline_came_about(start, n, unit, sentence):
    issued = date(*start)
    assert CALENDAR.sentence(issued, n, unit, CALENDAR.due(issued, n, unit), "zh-hans") == sentence


def test_the_sentence_is_there_in_english_too():
    assert CALENDAR.sentence(date(2026, 9, 30), 5, "workdays", date(2026, 10, 13), "en") == (
        "Issued 30 September, 5 working days (skipping National Day, counting the make-up workday 10 October), due 13 October"
    )
    assert CALENDAR.sentence(date(2026, 12, 4), 30, "days", date(2027, 1, 4), "en") == (
        "Issued 4 December, 30 calendar days (3 January 2027 is a rest day, moved to the next workday, "
        "the 2027 holidays are not published yet), due 4 January 2027"
    )


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-11-20 08:30", True),
        ("2026-11-20 08:29", False),
        ("2026-11-20 18:00", False),
        ("2026-11-21 10:00", False),
        ("2026-10-10 10:00", True),
    ],
)
def test_messages_go_out_on_workdays_from_half_past_eight_to_six(moment, open_):
    assert CALENDAR.in_window(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)) is open_


def test_a_negative_period_is_refused():
    for unit in ("workdays", "days", "months"):
        with pytest.raises(ValueError, match="before its start"):
            CALENDAR.due(date(2026, 1, 5), -1, unit)


@given(DAYS, st.integers(0, 60))
def test_workdays_added_are_workdays_counted(start, n):
    assert CALENDAR.workdays_between(start, CALENDAR.add_workdays(start, n)) == n


@given(DAYS, DAYS)
def test_counting_backwards_is_the_same_with_a_minus(start, end):
    assert CALENDAR.workdays_between(start, end) == -CALENDAR.workdays_between(end, start)


@given(DAYS, st.integers(1, 90), st.sampled_from(["workdays", "days", "months"]))
def test_a_deadline_is_always_a_workday(start, n, unit):
    assert CALENDAR.is_workday(CALENDAR.due(start, min(n, 12) if unit == "months" else n, unit))
