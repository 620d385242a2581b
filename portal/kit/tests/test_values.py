from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit import values
from portal.kit.values import CellBad

THIRD = date(2026, 11, 3)
SPELLINGS = [
    "2026.11.3", "2026/11/3", "2026-11-03", "2026年11月3日", "２０２６-１１-０３", "2026．11．3", "20261103", 20261103,
    "2026. 11. 3", "2026。11。3", "2026年11月3号", "2026-11-03 00:00:00", 46329, 46329.0, THIRD, datetime.fromisoformat("2026-11-03 09:30"),
]  # fmt: skip


@pytest.mark.parametrize("typed", SPELLINGS)
def test_every_spelling_of_a_day_found_in_ledgers_is_read(typed):
    assert values.date_(typed) == THIRD


@pytest.mark.parametrize(
    "typed", ["2025/2/30", "2025.13.1", "2025年2月29日", "2025.0.1", "20250230"]
)
def test_a_day_that_does_not_exist_is_refused_by_name(typed):
    with pytest.raises(CellBad) as bad:
        values.date_(typed)
    assert (bad.value.msgid, bad.value.params) == (
        "There is no such day as %(value)s.",
        {"value": typed},
    )


@pytest.mark.parametrize(
    "typed",
    [
        "去年",
        "2026.11",
        "2026",
        2026,
        2026.11,
        True,
        1e300,
        -5,
        "٢٠٢٦.١١.٣",
        "3.11.2026",
        "2026.1/3",
    ],
)
def test_what_is_no_full_day_is_refused(typed):
    with pytest.raises(CellBad):
        values.date_(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1998.07", date(1998, 7, 1)),
        ("1998年7月", date(1998, 7, 1)),
        (1998.07, date(1998, 7, 1)),
        ("1998.1", date(1998, 1, 1)),
    ],
)
def test_a_month_stands_for_its_first_day_where_months_are_allowed(typed, day):
    assert values.date_(typed, month_ok=True) == day


def test_the_number_2026_1_is_asked_back_because_october_looks_the_same():
    with pytest.raises(CellBad) as bad:
        values.date_(2026.1, month_ok=True)
    assert bad.value.params == {"value": "2026.1", "year": 2026}


def test_a_day_outside_the_bounds_is_refused():
    with pytest.raises(CellBad) as early:
        values.date_("1900-03-01", earliest=date(1921, 7, 23))
    with pytest.raises(CellBad) as late:
        values.date_("2026-11-03", latest=date(2026, 11, 2))
    assert (early.value.params["bound"], late.value.params["bound"]) == ("1921-07-23", "2026-11-02")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("１２", 12),
        (12, 12),
        (12.0, 12),
        (" 7 ", 7),
        ("0", 0),
        ("+3", 3),
        (None, None),
        ("\u3000", None),
    ],
)
def test_a_whole_number_is_read(typed, number):
    assert values.integer(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "1_0",
        "1e3",
        "1.5",
        1.5,
        "1.0",
        "١٢",
        "①",
        "NaN",
        float("inf"),
        True,
        "12人",
        -1,
        2**31,
        "9" * 5000,
    ],
)
def test_what_is_no_count_is_refused(typed):
    with pytest.raises(CellBad):
        values.integer(typed)


def test_decimals_keep_their_places_and_refuse_more():
    assert values.decimal("３．５０") == Decimal("3.50")
    assert values.decimal(3.25) == Decimal("3.25")
    for typed in ("1e3", "3.125", 1e-400 + 1e-7, "NaN", True):
        with pytest.raises(CellBad):
            values.decimal(typed)


def test_points_are_read_as_hundredths_from_numbers_and_text():
    assert [values.centipoints(typed) for typed in ("0.5", 0.5, 3, "１", None)] == [
        50,
        50,
        300,
        100,
        None,
    ]
    with pytest.raises(CellBad):
        values.centipoints("1e3")


@pytest.mark.parametrize(
    ("typed", "truth"),
    [
        ("是", True),
        ("√", True),
        (1, True),
        (True, True),
        ("否", False),
        ("×", False),
        (0, False),
        ("", None),
    ],
)
def test_yes_and_no_are_read_as_they_are_ticked(typed, truth):
    assert values.boolean(typed) is truth


def test_a_choice_is_matched_without_regard_to_width_and_spaces():
    kinds = {"党总支": "general", "支部（村）": "village"}
    assert values.choice(" 支 部(村)", kinds) == "village"


def test_a_misspelt_choice_is_answered_with_the_nearest_one():
    with pytest.raises(CellBad) as bad:
        values.choice("党总枝", {"党总支": 1, "党委": 2})
    assert bad.value.params == {"value": "党总枝", "near": "党总支"}


def test_a_strange_choice_is_answered_with_the_list():
    with pytest.raises(CellBad) as bad:
        values.choice("XYZ", {"党总支": 1, "党委": 2})
    assert bad.value.params == {"value": "XYZ", "choices": "党总支、党委"}


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("'001", "001"),
        (13800138000.0, "13800138000"),
        ("  双井\n村 ", "双井 村"),
        (THIRD, "2026-11-03"),
        ("'引用'", "'引用'"),
        (None, None),
        (True, "TRUE"),
    ],
)
def test_a_cell_is_read_as_the_text_its_author_sees(cell, read):
    assert values.text(cell) == read


def test_text_that_is_too_long_or_damaged_is_refused():
    with pytest.raises(CellBad) as long:
        values.text("字" * 256)
    with pytest.raises(CellBad):
        values.text("a\uffff")
    assert long.value.params == {"length": 256, "longest": 255}


@given(
    st.dates(date(1921, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["%Y.%m.%d", "%Y/%m/%d", "%Y-%m-%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_every_day_reads_back_from_every_spelling(day, spelling):
    assert values.date_(day.strftime(spelling)) == day


@given(
    st.one_of(
        st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.dates(), st.datetimes()
    )
)
def test_no_cell_raises_anything_but_a_refusal(cell):
    for parse in (
        values.text,
        values.integer,
        values.decimal,
        values.centipoints,
        values.date_,
        values.boolean,
    ):
        try:
            parse(cell)
        except CellBad as bad:
            assert bad.sentence
