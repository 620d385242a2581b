import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.paging import paged

ROWS = list(range(312))


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2", 2),
        ("abc", 1),
        ("-1", 1),
        ("1e30", 16),
        ("9" * 60, 16),
        ("", 1),
        ("nan", 1),
        ("inf", 16),
        ("２", 1),
        (None, 1),
        ("0", 1),
    ],
)
def test_any_page_asked_for_gives_the_nearest(asked, number):
    assert paged(ROWS, {"page": asked}).number == number


def test_a_page_knows_what_it_shows():
    page = paged(ROWS, {"page": "16"})
    assert (page.rows, page.first, page.last, page.count, page.pages) == (
        ROWS[300:],
        301,
        312,
        312,
        16,
    )


def test_only_the_three_sizes_are_on_offer():
    assert [paged(ROWS, {"size": size}).size for size in ("50", "100", "7", "x")] == [
        50,
        100,
        20,
        20,
    ]


def test_links_keep_the_filter_and_drop_the_page():
    page = paged(ROWS, QueryDict("q=双井&kind=a&kind=b&page=3&size=20"))
    assert page.next == "?q=%E5%8F%8C%E4%BA%95&kind=a&kind=b&size=20&page=4"
    assert page.size_links[1] == (50, "?q=%E5%8F%8C%E4%BA%95&kind=a&kind=b&size=50")
    assert [number for number, _ in page.links] == [1, 2, 3, 4, 5, 0, 16]


def test_an_empty_list_has_one_empty_page():
    page = paged([], {"page": "5"})
    assert (page.rows, page.number, page.first, page.last, page.previous, page.next) == (
        [],
        1,
        0,
        0,
        "",
        "",
    )


@given(st.text(), st.text())
def test_no_address_raises(page, size):
    assert paged(ROWS, {"page": page, "size": size}).rows
