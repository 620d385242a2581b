"""Every phrase shown as an example is read for sure."""

from fractions import Fraction

import pytest

from standards.phrases import SURE
from standards.reading import phrase
from standards.rule_examples import EXAMPLES


@pytest.mark.parametrize("said", [said for _shape, said in EXAMPLES])
def test_an_example_is_read_for_sure(said):
    found = phrase.read(said, Fraction(6), "")
    assert (found.rule is not None, found.confidence >= SURE, found.reason) == (True, True, "")


def test_examples_show_different_shapes():
    shapes = {
        step["shape"]
        for _shape, said in EXAMPLES
        for step in phrase.read(said, Fraction(6), "").rules
    }
    assert {"step", "binary", "bands", "adjust"} <= shapes
