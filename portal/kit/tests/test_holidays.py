from datetime import date

import pytest

from portal.kit import holidays
from portal.kit.holidays import RestDay

NOTICE = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def days(kind, rows):
    return [(row.date.month, row.date.day) for row in rows if row.kind == kind]


def test_the_published_list_of_2026_has_its_six_make_up_workdays():
    assert days("work", holidays.published(2026)) == [
        (1, 4),
        (2, 14),
        (2, 28),
        (5, 9),
        (9, 20),
        (10, 10),
    ]


def test_rest_days_carry_the_names_of_the_notice():
    names = {row.name for row in holidays.published(2026)}
    assert names == {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
    assert RestDay(date(2026, 10, 1), "off", "国庆节") in holidays.published(2026)


def test_a_year_without_a_published_list_is_empty():
    assert holidays.published(2040) == []


def test_the_statutory_days_of_2027_are_known():
    assert days("off", holidays.statutory(2027)) == [
        (1, 1), (2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (5, 1), (5, 2), (6, 9), (9, 15), (10, 1), (10, 2), (10, 3),
    ]  # fmt: skip


def test_the_statutory_days_of_a_published_year_are_all_in_its_list():
    off = {row.date for row in holidays.published(2026) if row.kind == "off"}
    assert {row.date for row in holidays.statutory(2026)} <= off


def test_the_pasted_notice_gives_the_published_list():
    assert holidays.parse_notice(NOTICE, year=2026) == holidays.published(2026)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "通知如下。",
        "一、元旦：2月30日放假。",
        "一、元旦：1月1日至12月3日放假。",
        "一、元旦：3日放假",
    ],
)
def test_a_notice_that_cannot_be_read_is_refused(text):
    with pytest.raises(holidays.NoticeUnclear):
        holidays.parse_notice(text, year=2026)
