"""没有落实扣2分，落实不到位扣1分: none of a thing and a part of it are levels, as nothing is both."""

import re
from collections.abc import Sequence
from fractions import Fraction

from standards.reading.parts import Part, Rules, in_runs

_NONE = re.compile(
    r"(?:[^，、或“]{2,10}?(?=没有|未))?(?:没有|没|未|无|不)(?!按|及时|全|足|完全|到位|能)"
    "(?:组织|开展|建立|制定|制订|设立|设置|签订|编制)?(?P<thing>[^，、或“]{2,8})"
)
_HOW = "到位|规范|健全|完整|齐全|全面|全|及时|具体|经常|完善|准确|好|彻底|明确|深入|扎实|详细|合理"
_PARTLY = re.compile(
    rf"(?P<thing>[^，、或“]{{2,8}}?)(?:内容|情况|工作)?不(?:够|太)?(?P<how>{_HOW})"
)
_NOT_SO = re.compile(
    "未(?P<how>及时|按时|按期|按要求|按规定|规范|全面|认真|严格)(?P<thing>[^，、或“]{2,8})"
)
_PLAIN = {"points", "of_what", "unnamed"}


def levels(parts: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    if points is None:
        return parts
    return in_runs(parts, lambda run: _pair(run, points), lambda run: [_table(run, rules)])


def _pair(parts: Sequence[Part], points: Fraction) -> list[Part]:
    """Of several shortcomings (公开不及时, 公开不全面) more than one may be, and they stay apart."""
    first, *rest = parts
    held = [part for part in rest if _is_part_of(part, first)]
    if len(held) != 1 or rest[0] is not held[0]:
        return []
    all_, some = first.values["points"], rest[0].values["points"]
    return [first, rest[0]] if points > all_ > some else []


def _is_part_of(part: Part, first: Part) -> bool:
    if not (_once(first) and _once(part)):
        return False
    none = _NONE.fullmatch(first.what)
    some = _PARTLY.fullmatch(part.what) or _NOT_SO.fullmatch(part.what)
    return bool(none and some) and some["thing"] == none["thing"]


def _once(part: Part) -> bool:
    fined = part.shape == "binary" and part.values.get("points") is not None
    return fined and part.values.keys() <= _PLAIN


def _table(run: Sequence[Part], rules: Rules) -> Part:
    none, some = run
    held = _PARTLY.fullmatch(some.what) or _NOT_SO.fullmatch(some.what)
    how = {"全": "齐全"}.get(held["how"], held["how"])
    best = f"{held['thing']}{how}" if "不" in some.what else f"{how}{held['thing']}"
    rules.doubt(f"“{none.what}”和“{some.what}”不会同时有，按择一扣分读", "0.9")
    bands = [
        {"label": best, "points": Fraction(0)},
        {"label": some.what, "points": -some.values["points"]},
        {"label": none.what, "points": -none.values["points"]},
    ]
    values = {"bands": bands, "as": "add"}
    return Part("bands", values, "", "", none.start, some.end, none.sentence)
