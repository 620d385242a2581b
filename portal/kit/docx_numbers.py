"""The numbers Word gives to paragraphs by itself: 一、 1. （1） ① of its lists, which stand in no text of the document.

Every paragraph that is counted gets its number once, in the order of the document, so that a table read twice (in its
cell and by itself) keeps it.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from portal.kit.docx_numerals import written
from portal.kit.docx_words import W, deleted, native, on

LABEL = "label"
PARTS = ("word/numbering.xml", "word/styles.xml")
LEVELS = 9
DEEPEST_STYLE = 20


@dataclass(frozen=True)
class Level:
    form: str
    text: str
    start: int
    restarts: bool
    digits_only: bool
    style: str

    @classmethod
    def of(cls, element: Element) -> "Level":
        return cls(
            form=_value(element, "numFmt", "decimal"),
            text=_value(element, "lvlText", ""),
            start=_whole(_value(element, "start", "1"), 0),
            restarts=_value(element, "lvlRestart", "") != "0",
            digits_only=on(element.find(f"{W}isLgl")),
            style=_value(element, "pStyle", ""),
        )


@dataclass
class List:
    """One w:num. anew: levels that begin again where the list is first used."""

    counter: str
    levels: dict[int, Level]
    anew: dict[int, int] = field(default_factory=dict)


def mark(body: Element, archive: zipfile.ZipFile) -> None:
    """Writes the number of each counted paragraph beside it."""
    numbering, styles = (part_of(archive, name) for name in PARTS)
    if numbering is None:
        return
    counting = Counting(_lists(numbering), Styles(styles))
    uncounted = {id(one) for one in _unseen(body)}
    for paragraph in body.iter(f"{W}p"):
        if id(paragraph) not in uncounted and (label := counting.next(paragraph)):
            paragraph.set(LABEL, label)


class Styles:
    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else root.findall(f"{W}style")
        self.known = {style.get(f"{W}styleId", ""): style for style in styles}
        self.default = next(
            (
                style.get(f"{W}styleId", "")
                for style in styles
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in ("1", "true")
            ),
            "",
        )

    def chain(self, name: str) -> Iterator[tuple[str, Element]]:
        """The style and those it is based on."""
        for _step in range(DEEPEST_STYLE):
            style = self.known.get(name or self.default)
            if style is None:
                return
            yield name, style
            name = _value(style, "basedOn", "")
            if not name:
                return


class Counting:
    def __init__(self, lists: dict[str, List], styles: Styles) -> None:
        self.lists = lists
        self.styles = styles
        self.reached: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def next(self, paragraph: Element) -> str:
        number, at = self._asked(paragraph)
        found = self.lists.get(number)
        if found is None or at not in found.levels:
            return ""
        reached = self.reached.setdefault(found.counter, {})
        reached[at] = self._value(number, found, at)
        for deeper in [level for level in reached if level > at]:
            if deeper in found.levels and found.levels[deeper].restarts:
                del reached[deeper]
        return _label(found, at, reached)

    def _value(self, number: str, found: List, at: int) -> int:
        if at in found.anew and (number, at) not in self.begun:
            self.begun.add((number, at))
            return found.anew[at]
        before = self.reached[found.counter].get(at)
        return found.levels[at].start if before is None else before + 1

    def _asked(self, paragraph: Element) -> tuple[str, int]:
        """Number of the list and level: of the paragraph itself, else of its style."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number, level = _value(own, "numId", ""), _value(own, "ilvl", "")
        if number:
            return number, _whole(level, 0)
        style = _value(paragraph.find(f"{W}pPr"), "pStyle", "")
        for name, one in self.styles.chain(style):
            asked = one.find(f"{W}pPr/{W}numPr")
            if number := _value(asked, "numId", ""):
                linked = self._linked(number, name)
                return number, _whole(level or _value(asked, "ilvl", ""), linked)
        return "", 0

    def _linked(self, number: str, style: str) -> int:
        levels = self.lists[number].levels if number in self.lists else {}
        return next((at for at, level in levels.items() if style and level.style == style), 0)


def _label(found: List, at: int, reached: dict[int, int]) -> str:
    level = found.levels[at]

    def one(digit: re.Match[str]) -> str:
        upper = int(digit[1]) - 1
        shown = found.levels.get(upper, level)
        value = reached.get(upper, shown.start)
        return written(value, "decimal" if level.digits_only else shown.form)

    if level.form == "bullet":
        return ""
    label = re.sub("%([1-9])", one, level.text).strip()
    # 1 and 20 below each other are no 120.
    last = label[-1:]
    return f"{label} " if last.isdecimal() or last.isalpha() else label


def _lists(root: Element) -> dict[str, List]:
    counters = {one.get(f"{W}abstractNumId", ""): one for one in root.findall(f"{W}abstractNum")}
    linked = {name: key for key, one in counters.items() if (name := _value(one, "styleLink", ""))}
    found: dict[str, List] = {}
    for num in root.findall(f"{W}num"):
        key = _value(num, "abstractNumId", "")
        if key in counters:
            key = linked.get(_value(counters[key], "numStyleLink", ""), key)
            found[num.get(f"{W}numId", "")] = _list(num, key, counters[key])
    return found


def _list(num: Element, key: str, counter: Element) -> List:
    levels = {_at(one): Level.of(one) for one in counter.findall(f"{W}lvl")}
    anew: dict[int, int] = {}
    for override in num.findall(f"{W}lvlOverride"):
        at = _at(override)
        if (own := override.find(f"{W}lvl")) is not None:
            levels[at] = Level.of(own)
        if start := _value(override, "startOverride", ""):
            anew[at] = _whole(start, 1)
    return List(key, levels, anew)


def _unseen(body: Element) -> Iterator[Element]:
    """Paragraphs nobody sees a number at."""
    for element in body.iter():
        if _hides(element):
            yield from element.iter(f"{W}p")
        elif element.tag == f"{W}p" and deleted(element):
            yield element


def _hides(element: Element) -> bool:
    if element.tag == f"{W}tr":
        return element.find(f"{W}trPr/{W}del") is not None
    if element.tag != f"{W}tc":
        return element.tag.endswith("}Fallback")
    merge = element.find(f"{W}tcPr/{W}vMerge")
    grown = merge is not None and merge.get(f"{W}val", "continue") != "restart"
    return grown or element.find(f"{W}tcPr/{W}cellDel") is not None


def part_of(archive: zipfile.ZipFile, name: str) -> Element | None:
    if name not in archive.namelist():
        return None
    with archive.open(name) as part:
        return native(ElementTree.parse(part).getroot())


def _at(element: Element) -> int:
    return _whole(element.get(f"{W}ilvl", "0"), 0)


def _value(element: Element | None, name: str, otherwise: str) -> str:
    found = None if element is None else element.find(f"{W}{name}")
    return otherwise if found is None else found.get(f"{W}val", otherwise)


def _whole(text: str, otherwise: int) -> int:
    return min(int(text), 32_767) if text.isdecimal() else otherwise
