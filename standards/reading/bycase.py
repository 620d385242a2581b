"""国家级每次扣4分、省级每次扣3分，从总分中扣: a row with a level is for each case anyway."""

import re

from standards.reading.characters import Written

_SENTENCE = re.compile("[^。]+")
_TOTAL = re.compile("，(?:计入总分|从总分中扣|在总分中加减|计入本项)")
_EACH = re.compile("每次(?=[加扣][0-9])")
_OF_LEVEL = re.compile(
    "(?<=级)(?!以[上下])[^，。；：、0-9每级]{0,12}?(?P<each>每次)(?=[加扣][0-9])"
)


def plain(written: Written) -> Written:
    """Without 每次 between a level and its amount, in a sentence of such rows that says where they count."""
    taken: set[int] = set()
    for sentence in _SENTENCE.finditer(written.text):
        rows = list(_OF_LEVEL.finditer(written.text, *sentence.span()))
        if _TOTAL.search(sentence.group()) and len(rows) == len(_EACH.findall(sentence.group())):
            for found in rows:
                taken |= set(range(*found.span("each")))
    kept = [at for at in range(len(written.text)) if at not in taken]
    text = "".join(written.text[at] for at in kept)
    return Written(written.phrase, text, tuple(written.origin[at] for at in kept))
