"""What the reader says of a phrase it leaves to a person is said in one word of the office."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from standards.reading.phrase import read

SOURCES = sorted((Path(__file__).parent.parent / "reading").rglob("*.py"))
PLAIN = re.compile("没有读懂|读不懂|没读懂|没有读准|看不懂")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_reason_says_that_something_was_not_understood(path):
    assert not PLAIN.search(path.read_text())


@pytest.mark.parametrize(
    "phrase", ["发现一起扣分", "按文件执行", "每少一次扣0.5分，整改到位的除外"]
)
def test_what_cannot_be_read_is_left_to_a_person_in_the_same_words(phrase):
    assert "未能识别，请人工核定" in read(phrase, Fraction(5)).reason
