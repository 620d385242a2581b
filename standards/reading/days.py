"""Days late, row by row: 逾期1至3天扣0.5分，4至7天扣1分，8天以上不得分."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from standards.reading.bounds import Bound
from standards.reading.parts import Part, in_runs

_DAYS = ("天", "日", "个工作日", "工作日")


def rows(parts: Sequence[Part]) -> list[Part]:
    """Stretches of whole days that follow on each other are rows of one table."""
    return in_runs(parts, _run, _table)


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
    made = [part if "or_else" in part.values else _row(run[0], part) for part in run]
    if "or_else" in run[-1].values:
        made[-2].values["bound"] = replace(made[-2].values["bound"], last=None)
    return made


def _row(first: Part, part: Part) -> Part:
    kept = {key: part.values[key] for key in ("applies",) if key in part.values}
    points = part.values.get("points", "none")
    verb = part.values.get("verb") or ("get" if part.shape == "~got" else "lose")
    made = part.turned("~band", bound=_stretch(part), points=points, verb=verb, **kept)
    made.what, made.counter = first.values.get("head", first.what), _stretch(part).unit
    return made
