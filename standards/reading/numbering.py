"""The numbers of a list: 一、 ① （2） 3. and, at the head of a cell, a1 and 2 without a mark."""

import re

_MARKED = re.compile(
    r"[①-⑳]|（[一二三四五六七八九十0-9]{1,2}）|第[一二三四五六七八九十]，|(?<![0-9.])[0-9]{1,2}）|(?<![0-9.])[0-9]{1,2}(?:\.(?![0-9])|、)|[一二三四五六七八九十]{1,2}(?:是(?!否)|、(?!(?:[二三]、){0,2}[二三]等))|[A-Fa-f][.、]"
)
# A number of the list without its mark: 2出现重大事故, a1班子健全, 3-1凡逾期办理的, 第七条班子不健全的.
_UNMARKED = re.compile(
    r"第[一二三四五六七八九十]{1,3}条(?=[\u4e00-\u9fff])(?!规定|要求|标准|的|中|所|未|没|不)|"
    r"[0-9]{1,2}-[0-9]{1,2}(?=凡|对|未|无|建立|制定|落实|开展|组织|召开|按)|"
    r"[A-Za-z][0-9]{1,2}(?=[\u4e00-\u9fff])|[0-9]{1,2}(?=出现|发生|存在|到(?!位)|未|没有|对|被|因|违|受|获|开展|建立|制定|落实|党建)"
)
_BEFORE = ("", "stop", "comma", "colon", "points", "none", "until")


def end(text: str, at: int, last: str) -> int:
    """Where the number of a list that begins here ends, behind a token of type `last`; 0 where none begins."""
    found = _MARKED.match(text, at) or (not last and _UNMARKED.match(text, at))
    if not found or last not in _BEFORE:
        return 0
    if last == "comma" and found.group()[0] not in "①②③④⑤⑥⑦⑧⑨⑩（":
        return 0
    return found.end()
