"""Can a well-formed rule stand in its clause: its points, the edition's tiers and chapters?"""

from collections.abc import Collection, Iterator
from fractions import Fraction

from standards.rules import shapes
from standards.rules.amounts import show
from standards.rules.problems import Problem


def within(
    rule: shapes.Rule, *, maximum: int, tiers: Collection[str], chapters: Collection[str]
) -> list[Problem]:
    top = Fraction(maximum, 100)
    found = list(_unused(rule))
    for index, step in enumerate(rule.steps):
        path = f"$.steps[{index}]"
        found += _too_much(step, path, top + rule.above)
        found += _unknown(step, path, tiers, chapters)
        found += _unreachable(step, path)
    best = _best(rule, top)
    if best is not None and best < top:
        found.append(
            Problem(
                "$.steps",
                f"按这些规则最多得{show(best)}分，达不到本项{show(top)}分。",
                f"These steps give at most {show(best)} of {show(top)} points.",
            )
        )
    return found


def _unused(rule: shapes.Rule) -> Iterator[Problem]:
    used = {name for step in rule.steps for name in shapes.measures_of(step)} | {
        getattr(step, "judge", None) for step in rule.steps
    }
    for index, measure in enumerate(rule.measures):
        path = f"$.measures[{index}]"
        if measure.name not in used:
            yield Problem(
                path,
                f"计量“{measure.name}”没有用到。",
                f"The measure “{measure.name}” is not used.",
            )
        if not measure.label:
            yield Problem(
                f"{path}.label",
                f"计量“{measure.name}”缺少中文名称。",
                f"The measure “{measure.name}” has no Chinese label.",
            )
    if not rule.steps:
        yield Problem("$.steps", "至少写一条规则。", "At least one step is needed.")


def _too_much(step: shapes.AnyStep, path: str, top: Fraction) -> Iterator[Problem]:
    if isinstance(step, shapes.Adjust) and not step.inside:
        return
    stated = {
        "points": getattr(step, "points", None),
        "high": getattr(step, "high", None),
        "cap": getattr(step, "cap", None),
        "missing": getattr(step, "missing", None),
    }
    for index, band in enumerate(getattr(step, "bands", ())):
        stated[f"bands[{index}].points"] = band.low if band.high is None else band.high
    for index, knot in enumerate(getattr(step, "knots", ())):
        stated[f"knots[{index}].points"] = knot.points
    for key, points in stated.items():
        if points is not None and points > top:
            yield Problem(
                f"{path}.{key}",
                f"{show(points)}分超过了本项可得的{show(top)}分。",
                f"{show(points)} is more than the {show(top)} points of this clause.",
            )


def _unknown(
    step: shapes.AnyStep, path: str, tiers: Collection[str], chapters: Collection[str]
) -> Iterator[Problem]:
    if not isinstance(step, shapes.Gate):
        return
    if step.tier and step.tier not in tiers:
        yield Problem(
            f"{path}.tier", f"没有等次“{step.tier}”。", f"There is no tier “{step.tier}”."
        )
    if step.chapter and step.chapter not in chapters:
        yield Problem(
            f"{path}.chapter",
            f"没有章节“{step.chapter}”。",
            f"There is no chapter “{step.chapter}”.",
        )


def _unreachable(step: shapes.AnyStep, path: str) -> Iterator[Problem]:
    """A band listed after a lower or equal one, or a grade listed twice, is never reached."""
    bands = getattr(step, "bands", ())
    for index, band in enumerate(bands):
        earlier = bands[:index]
        covered = (
            any(other.lower <= band.lower for other in earlier)
            if band.lower is not None
            else any(other.grade == band.grade for other in earlier)
        )
        if covered:
            yield Problem(
                f"{path}.bands[{index}]",
                "这一档永远轮不到：前面的档已经包含它。请从高到低排列。",
                "This band is never reached; list bands from high to low.",
            )


def _best(rule: shapes.Rule, top: Fraction) -> Fraction | None:
    """The most a credit-style rule can give; None when it starts full or has no limit."""
    most = [_most(rule, step, top) for step in rule.steps]
    if rule.start == "full" or None in most:
        return None
    return sum(most, Fraction(0))


def _most(rule: shapes.Rule, step: shapes.AnyStep, top: Fraction) -> Fraction | None:
    if isinstance(step, shapes.Binary):
        return top if step.points is None else step.points
    if isinstance(step, shapes.Step):
        return step.cap if step.credit or step.both_ways else Fraction(0)
    if isinstance(step, shapes.Bands):
        return max(band.low if band.high is None else band.high for band in step.bands)
    if isinstance(step, shapes.Curve):
        return max(knot.points for knot in step.knots)
    if isinstance(step, shapes.Escalating):
        return step.cap if step.credit else Fraction(0)
    if isinstance(step, shapes.Parts):
        return sum((step.worth(key) for key in rule.measure(step.measure).keys), Fraction(0))
    if isinstance(step, shapes.Judged):
        return step.high
    return None if isinstance(step, shapes.Adjust) and step.inside else Fraction(0)
