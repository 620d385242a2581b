"""Days late, row by row: 逾期1至3天扣0.5分，4至7天扣1分，8天以上不得分."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, takewhile

from standards.reading.bounds import SPANS, Bound
from standards.reading.parts import Part, in_runs

_DAYS = ("天", "日", "个工作日", "工作日")


def rows(parts: Sequence[Part]) -> list[Part]:
    """Stretches of whole days that follow on each other are rows of one table."""
    return in_runs(in_runs(parts, _run, _table), _one_by_one, _counted_up)


def _one_by_one(parts: Sequence[Part]) -> list[Part]:
    """逾期1个月扣0.5分，逾期2个月扣1分，逾期3个月以上不得分: one more each, and the last is open."""
    run = list(takewhile(lambda part: _exact(part) and part.sentence == parts[0].sentence, parts))
    bounds = sorted(map(_exact, run), key=lambda bound: bound.lower)
    begins = [bound.lower for bound in bounds if bound.lower]
    ends = [bound.upper for bound in bounds]
    counted = len(begins) > 2 and begins == list(range(1, len(begins) + 1))
    closed = counted and None not in ends[:-1] and ends[-1] is None
    units, names = {bound.unit for bound in bounds}, {_head(part) for part in run} - {""}
    longest = max(names, key=len, default="")
    alike = len(units) == 1 and all(longest.endswith(name) for name in names)
    return run if closed and alike else []


def _exact(part: Part) -> Bound | None:
    """Two months, three and more, or less than one."""
    if part.shape in ("~less", "~earned") and part.counter in SPANS:
        number = part.values["number"]
        return Bound(part.counter, lower=number, upper=number + 1, said=number)
    span = part.values.get("span") if part.shape in ("~fine", "~zero", "~got") else None
    if span is None or "or_else" in part.values or span.last is not None:
        return None
    whole = (span.lower, span.upper) in ((None, 1), (span.said, None))
    return replace(span, lower=span.lower or Fraction(0)) if whole else None


def _head(part: Part) -> str:
    return part.values.get("head", part.what)


def _counted_up(run: Sequence[Part]) -> list[Part]:
    first = max(run, key=lambda part: len(_head(part)))
    return [_row(first, part, _exact(part)) for part in run]


def _run(parts: Sequence[Part]) -> list[Part]:
    """As many as follow on each other, at least one of them from a day to a day."""
    run: list[Part] = []
    for part in parts:
        if _stretch(part) is None or run and not _same(run[0], part):
            break
        run.append(part)
        if "or_else" in part.values:
            break
    enough = len(run) > 1 and any(map(_is_between, run))
    return run if enough and _join(run) else []


def _is_between(part: Part) -> bool:
    return part.shape == "~band"


def _stretch(part: Part) -> Bound | None:
    bound = part.values.get("bound" if part.shape == "~band" else "span")
    held = part.shape in ("~band", "~fine", "~zero", "~got") and bound is not None
    if not held or bound.unit not in _DAYS:
        return None
    if bound.lower is None and bound.last is not None:
        return replace(bound, lower=Fraction(1), upper=None)  # 3天以内: from the first day on
    return bound


def _same(first: Part, part: Part) -> bool:
    """One delay: 逾期1至3天报送, 逾期4至7天, 8天以上."""
    head, own = (one.values.get("head", one.what) for one in (first, part))
    alike = head.startswith(own) or own.startswith(head) and _is_between(part)
    return alike and _stretch(first).unit == _stretch(part).unit


def _join(run: Sequence[Part]) -> bool:
    """Each begins on the day after the one before ends, from the first day or from none on."""
    bounds = sorted(map(_stretch, run), key=lambda bound: bound.lower or Fraction(0))
    if (bounds[0].lower or 1) != 1:
        return False
    return all(_meet(low, high) for low, high in pairwise(bounds))


def _meet(low: Bound, high: Bound) -> bool:
    if low.last is None:
        return low.upper is not None and low.upper == high.lower
    return high.lower == low.last + 1


def _table(run: Sequence[Part]) -> list[Part]:
    """8天以上或未报送 stays a condition and leaves the row before it open."""
    made = [
        part if "or_else" in part.values else _row(run[0], part, _stretch(part)) for part in run
    ]
    if "or_else" in run[-1].values:
        made[-2].values["bound"] = replace(made[-2].values["bound"], last=None)
    return made


def _row(first: Part, part: Part, bound: Bound) -> Part:
    kept = {key: part.values[key] for key in ("applies",) if key in part.values}
    points = part.values.get("points", "none")
    verb = part.values.get("verb") or ("get" if part.shape == "~got" else "lose")
    made = part.turned("~band", bound=bound, points=points, verb=verb, **kept)
    made.what, made.counter = _head(first), bound.unit
    return made
