"""国家级每次扣4分、省级每次扣3分，从总分中扣: a row of awards or penalties is for each case anyway."""

import re

from standards.reading.characters import Written

_SENTENCE = re.compile("[^。]+")
_TOTAL = re.compile("，(?:计入总分|从总分中扣|在总分中加减|计入本项)")
_EACH = re.compile("每次(?=[加扣][0-9])")


def plain(written: Written) -> Written:
    """Without 每次 before the amounts of a sentence that says where they count."""
    taken: set[int] = set()
    for sentence in _SENTENCE.finditer(written.text):
        if _TOTAL.search(sentence.group()):
            for found in _EACH.finditer(written.text, *sentence.span()):
                taken |= set(range(*found.span()))
    kept = [at for at in range(len(written.text)) if at not in taken]
    text = "".join(written.text[at] for at in kept)
    return Written(written.phrase, text, tuple(written.origin[at] for at in kept))
