"""The grammar explains itself: every line carries an example that it reads."""

import pytest

from standards.reading.bounds import join
from standards.reading.characters import normalise
from standards.reading.compose import KINDS
from standards.reading.grammar import GRAMMAR, LINES
from standards.reading.lexicon import VOCABULARY
from standards.reading.numerals import number
from standards.reading.pattern import letters, significant
from standards.reading.tokens import tokenize

EXAMPLES = [line.partition("# ")[2] for line in LINES.strip().splitlines()]


def cut(text):
    return join(significant(tokenize(normalise(text).text)))


@pytest.mark.parametrize("index", range(len(GRAMMAR)), ids=EXAMPLES)
def test_a_line_of_the_grammar_fits_its_own_example(index):
    tokens = cut(EXAMPLES[index])
    assert GRAMMAR[index][1].fits(letters(tokens), tokens, 0, len(tokens))


def test_every_kind_of_line_has_a_function():
    assert {kind for kind, _ in GRAMMAR} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("得3分", ["get", "points"]),
        ("得到表彰", ["text"]),
        ("每少一次", ["each", "less", "qty"]),
        ("少数党员", ["text"]),
        ("扣１．５分", ["lose", "points"]),
        ("十分重视", ["text"]),
        ("一票否决", ["veto"]),
        ("百分之六十以下", ["bound"]),
        ("超过三個月", ["span"]),
        ("7人以上的", ["bound", "de"]),
        ("“三会一课”", ["quoted"]),
        ("三分之二", ["pct"]),
    ],
)
def test_words_are_taken_for_what_they_are_in_their_company(text, types):
    assert [token.type for token in cut(text)] == types


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.5", "1/2"), ("半", "1/2"), ("十二", 12), ("二十", 20), ("零点二五", "1/4"), ("两", 2)],
)
def test_numbers_are_read_in_digits_and_characters(text, value):
    assert str(number(text)) == str(value)


def test_two_digits_side_by_side_are_no_number():
    assert number("三四") is None


def test_a_character_of_a_phrase_is_found_again_after_normalising():
    written = normalise("扣 １ 分（扣完為止）")
    assert written.text == "扣1分（扣完为止）"
    assert written.phrase[slice(*written.source(1, 3))] == "１ 分"


def test_no_word_of_the_lexicon_is_blank_or_traditional():
    assert all(word and normalise(word).text == word for word in VOCABULARY)
