"""One of a list is missing, and the list stands under numbers: 缺一项扣1分。1、花名册；2、台账；3、制度."""

import re
from fractions import Fraction

from standards.reading.characters import Written
from standards.reading.demandread import named
from standards.reading.numerals import ARABIC
from standards.reading.parts import Part, Rules
from standards.reading.sections import numbered
from standards.reading.tokens import tokenize

_ITEM = "(?:项|个|份|种|样|类|本)"
_LACKS = re.compile(
    rf"(?:(?:(?:以上|上述|下列|以下)[^，。；：0-9]{{0,8}}|否则)，?)?(?:每?(?:缺少?|少|漏)[一1]|(?<=否则)每){_ITEM}(?:要素|资料|材料|内容|台账|记录)?(?:的|者)?，?"
    rf"(?:各|均)?扣(?P<unit>{ARABIC})分(?:[，。；](?:本项)?(?:{ARABIC}分)?扣完为止)?[，。；：]*"
)
_POINTS = re.compile(rf"（(?:本项|满分|分值|共计?|计)?：?(?P<n>{ARABIC})分）")
_SCORED = re.compile(
    rf"[扣得加减计记]{ARABIC}|{ARABIC}分(?![钟之])|不得分|满分|酌情|除外|以外|[得扣加减]分"
)
_HEAD = re.compile("[^。；]{0,40}")
_MARKS = "，。；：、"


def read(written: Written, points: Fraction | None) -> Rules | None:
    """The parts and what one that is missing costs; nothing where the cell says anything else."""
    text = written.text
    found = list(_LACKS.finditer(text))
    if len(found) != 1:
        return None
    lack = found[0]
    listing = _under_numbers(text, lack) or _in_brackets(text, lack)
    if listing is None:
        return None
    head, items = listing
    head = _without_points(head, points)
    labels = [_label(item.replace(f"（{lack['unit']}分）", "")) for item in items]
    if head is None or len(labels) < 2 or not all(labels) or len(set(labels)) < len(labels):
        return None
    start, end = written.source(0, len(text))
    values = {"parts": labels, "each_missing": Fraction(lack["unit"])}
    return Rules([Part("parts", values, named(head.strip(_MARKS)), "", start, end)])


def _without_points(head: str, points: Fraction | None) -> str | None:
    """What the list is called; nothing where it says more."""
    said = [Fraction(one["n"]) for one in _POINTS.finditer(head)]
    head = _POINTS.sub("", head)
    plain = _HEAD.fullmatch(head.strip(_MARKS)) and not _SCORED.search(head)
    return head if plain and all(one == points for one in said) else None


def _under_numbers(text: str, lack: re.Match) -> tuple[str, list[str]] | None:
    """1、花名册；2、台账 behind the rule or before it."""
    behind = text[lack.end() :]
    if items := list(numbered(behind, tokenize(behind))):
        return text[: lack.start()], [behind[slice(*item)] for item in items]
    tokens = tokenize(text[: lack.start()])
    first = next((at for at, token in enumerate(tokens) if token.type == "enum"), None)
    if first is None or behind:
        return None
    items = list(numbered(text[: lack.start()], tokens[first:]))
    return text[: tokens[first].start], [text[slice(*item)] for item in items]


def _in_brackets(text: str, lack: re.Match) -> tuple[str, list[str]] | None:
    """档案（花名册；学习计划，年终总结；台账），缺一项扣1分."""
    found = _LIST.fullmatch(text[: lack.start()])
    if not found or text[lack.end() :]:
        return None
    return found["head"], found["list"].split("；")


_LIST = re.compile(
    r"(?P<head>[^（）]*)（(?P<list>(?:[^（）]|（[^（）]*）)+；(?:[^（）]|（[^（）]*）)+)），?"
)
# How the item is looked at; longer than this it is no name any more.
_EXPLAINED = re.compile(r"（(?:看|查)[^（）]*）$|（[^（）]{30,}）$")


def _label(item: str) -> str:
    plain = _EXPLAINED.sub("", item.strip(_MARKS)).strip(_MARKS)
    return "" if _SCORED.search(item) else re.sub("[。；]", "，", plain)
