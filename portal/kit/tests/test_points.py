import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit import points


@pytest.mark.parametrize(
    ("hundredths", "shown"),
    [
        (8650, "86.5"),
        (8600, "86"),
        (5, "0.05"),
        (-50, "-0.5"),
        (0, "0"),
        (None, "—"),
        (125, "1.25"),
    ],
)
def test_points_are_shown_without_idle_zeros(hundredths, shown):
    assert points.show(hundredths) == shown


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("0.5", 50), ("100", 10000), ("８６．５", 8650), ("-0.5", -50), (" 3 ", 300), ("1.250", 125)],
)
def test_points_are_read_as_hundredths(typed, hundredths):
    assert points.parse(typed) == hundredths


@pytest.mark.parametrize(
    "typed", ["", "1e3", "1_0", "0.125", "١٢", "nan", "inf", "1.", ".5", "①", "--1"]
)
def test_what_is_not_a_number_of_points_gives_none(typed):
    assert points.parse(typed) is None


def test_additions_carry_a_plus_sign():
    assert [points.signed(value) for value in (50, -50, 0)] == ["+0.5", "-0.5", "0"]


@given(st.integers(-999_999_999, 999_999_999))
def test_what_is_shown_reads_back_the_same(hundredths):
    assert points.parse(points.show(hundredths)) == hundredths
