"""The examples of docs/rules.md are true."""

import re
from pathlib import Path

import pytest

from standards.rules import schema, words
from standards.rules.explain import describe
from standards.rules.notation import from_text
from standards.rules.parse import parse

TEXT = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```\n(.*?)```\n([^\n]*)", TEXT, re.DOTALL)
TABLE = TEXT[TEXT.index("| line | 行 | keys |") :]


def complete(index):
    """An example that begins with its step takes the measures of the one before."""
    block = EXAMPLES[index][0]
    if block.startswith("计量"):
        return block
    before = EXAMPLES[index - 1][0]
    return before[: before.index("\n要素 ") + 1] + block


@pytest.mark.parametrize("index", range(len(EXAMPLES)))
def test_an_example_reads_as_the_sentence_below_it(index):
    rule = parse(from_text(complete(index)))
    assert " ".join(describe(rule, maximum=500, lang="zh")) == EXAMPLES[index][1]


def test_every_shape_has_an_example():
    shown = {
        step["shape"]
        for index in range(len(EXAMPLES))
        for step in from_text(complete(index))["steps"]
    }
    assert shown == set(schema.STEPS)


def test_every_word_of_the_notation_is_in_the_table():
    known = [
        zh for keys in words.KEYS.values() for key, zh in keys.items() if key not in ("is", "value")
    ]
    known += words.LINES.values()
    known += [
        zh
        for key, values in words.VALUES.items()
        if key != ("gate", "effect")
        for zh in values.values()
    ]
    assert [zh for zh in known if zh not in TABLE and zh not in ("缺", "缺项")] == []
    assert [zh for zh in words.VALUES["gate", "effect"].values() if zh not in TEXT] == []
