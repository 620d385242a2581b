from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit import celltext
from portal.kit.celltext import Safe, safe_cell


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", Safe("=1+1", True)),
        ("-5", Safe("-5", True)),
        ("＝1", Safe("＝1", True)),
        ("一\x0b二\r\n三\ufffe\ud800", Safe("一\n二\n三")),
        ("a_x000D_b", Safe("a_x005F_x000D_b")),
        (datetime(2026, 11, 21, 1, 30, tzinfo=UTC), Safe(datetime.fromisoformat("2026-11-21 09:30"))),
        (date(2026, 11, 21), Safe(date(2026, 11, 21))),
        (10**18, Safe(str(10**18))),
        (float("nan"), Safe("nan")),
        (Decimal("1.5"), Safe(Decimal("1.5"))),
        (None, Safe(None)),
        (True, Safe(True)),
    ],
)  # fmt: skip
def test_a_value_becomes_a_cell_that_opens_everywhere(value, safe):
    assert safe_cell(value) == safe


def test_long_text_is_cut_between_characters_and_its_rest_is_kept():
    text = "𠮷" * 20_000 + "尾"
    safe = safe_cell(text)
    assert (safe.value + safe.rest, len(safe.value)) == (text, 16_000)


def test_text_full_of_codes_still_fits_into_a_cell_once_spelt_out():
    assert len(safe_cell("_x000D_" * 6_000).value) < 32_767


@pytest.mark.parametrize(
    ("name", "taken", "title"),
    [
        ("整改/台账:[一]*?", (), "整改 台账 一"),
        ("县" * 40, (), "县" * 31),
        ("台账", ("台账",), "台账~2"),
        ("", (), "Sheet"),
        ("History", (), "History~2"),
        ("'引'", (), "引"),
    ],
)
def test_sheet_titles_are_short_unique_and_free_of_forbidden_signs(name, taken, title):
    assert celltext.safe_title(name, taken) == title


def test_a_file_is_named_after_unit_ledger_and_day():
    assert (
        celltext.file_name("安禾县", "整改/台账", day=date(2026, 11, 21))
        == "安禾县_整改 台账_20261121.xlsx"
    )


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("字" * 4, 10.7, 1),
        ("字" * 5, 10.7, 2),
        ("字" * 6, 10.7, 2),
        ("一\n二", 10, 2),
        ("abcdefg", 8, 2),
    ],
)
def test_lines_are_counted_with_one_more_when_the_last_is_full(text, width, lines):
    assert celltext.line_count(text, width) == lines


def test_rows_are_as_high_as_their_longest_cell_within_what_excel_allows():
    assert [celltext.row_height([(text, 10.7)]) for text in ("", "字" * 14, "字" * 999)] == [
        24,
        51,
        409,
    ]


@given(st.text())
def test_safe_text_is_always_writable_xml(text):
    assert celltext.UNWRITABLE.search(celltext.safe_text(text)) is None
