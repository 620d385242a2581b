import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit import normal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u3000双井村党支部\u00a0", "双井村党支部"),
        ("双井\u200b村\ufeff", "双井村"),
        ("a\x0bb\x01c", "abc"),
        ("两行\r\n一句", "两行 一句"),
        ("e\u0301", "é"),
        ("\u200b\u200b", ""),
        ("𠮷\ue000·买买提", "𠮷\ue000·买买提"),
        ("表情😀", "表情😀"),
    ],
)
def test_a_line_is_tidied(typed, kept):
    assert normal.clean_line(typed) == kept


@pytest.mark.parametrize(
    "typed", ["a\x00b", "a\ufffe", "a\uffff", "\ud800", "\ufdd0", "\U0001ffff"]
)
def test_what_no_database_can_hold_is_refused_everywhere(typed):
    for clean in (normal.clean_line, normal.clean_text):
        with pytest.raises(normal.Unclean):
            clean(typed)


def test_direction_overrides_are_refused_in_names_and_removed_from_prose():
    with pytest.raises(normal.Unclean):
        normal.clean_line("支部\u202e部支")
    assert normal.clean_text("支部\u202e部支\u2067") == "支部部支"


def test_prose_keeps_its_lines():
    assert normal.clean_text(" 一\r\n二\r三\u2028四\t五 ") == "一\n二\n三\n四\t五"


def test_search_words_lose_what_is_unusable():
    assert normal.loose("\x00 双井\ud800　２０２６\n") == "双井 2026"


def test_only_full_width_digits_become_ascii():
    assert normal.digits("１２ ١٢ ①²") == "12 ١٢ ①²"


def test_a_spaced_out_name_of_two_characters_is_closed_up():
    assert [normal.person(name) for name in ("张　三", "迪丽热巴·买买提", "Li Ming")] == [
        "张三",
        "迪丽热巴·买买提",
        "Li Ming",
    ]


def test_two_spellings_of_one_name_fold_to_the_same():
    assert normal.folded("双井村（１）党支部 A") == normal.folded("双井村(1) 党支部a")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("双井村党支部", "sjcdzb"), ("县第二中学A", "xdezxa"), ("重庆", "cq"), ("·，", ""), ("", "")],
)
def test_initials_are_the_first_letters_of_the_pinyin(name, letters):
    assert normal.initials(name) == letters


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed):
    for clean in (normal.clean_line, normal.clean_text):
        try:
            once = clean(typed)
        except normal.Unclean:
            continue
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)


@given(st.text())
def test_search_words_never_raise(typed):
    assert "\x00" not in normal.loose(typed)
