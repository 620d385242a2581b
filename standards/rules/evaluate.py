"""One clause, exactly: what was observed -> points, and every move that made them.

The steps are summed from the start and clamped once, so their order does not matter. One
half-up rounding to centi-points (or to the edition's clause step) ends the sum.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from math import ceil, floor

from standards.rules import conditions, observe, schema, shapes
from standards.rules.adjusting import adjust
from standards.rules.amounts import round_half_up, show_small, to_centi
from standards.rules.conditions import applies
from standards.rules.options import Options
from standards.rules.outcome import Adjustment, GateHit, Move, Outcome

__all__ = ["Adjustment", "GateHit", "Move", "Outcome", "applies", "evaluate"]


@dataclass(frozen=True)
class _Case:
    rule: shapes.Rule
    top: Fraction
    seen: Mapping[str, object]
    options: Options

    def measure(self, step: shapes.AnyStep) -> shapes.Measure:
        return self.rule.measure(step.measure)

    @property
    def measures(self) -> dict[str, shapes.Measure]:
        return {measure.name: measure for measure in self.rule.measures}


@dataclass(frozen=True)
class _Part:
    """What one step does to the line, still exact."""

    amount: Fraction
    params: Mapping[str, object] = field(default_factory=dict)
    sets: bool = False


def evaluate(
    rule: shapes.Rule, *, maximum: int, values: Mapping[str, object], options: Options
) -> Outcome:
    """`maximum` in centi-points; `values` as `observe.check_value` gave them. Never raises on those."""
    case = _Case(rule, Fraction(maximum, 100), _see(rule, values), options)
    gates = tuple(_hit(case, step) for step in _true(case, shapes.Gate))
    adjustments = tuple(entry for step in _outside(case) for entry in _entries(case, step))
    zero = _true(case, shapes.ZeroIf)
    if zero:
        moves = tuple(_move(case, step, _Part(Fraction(0))) for step in zero)
        return Outcome(0, max(0, maximum), moves, gates, adjustments)
    parts = [(step, _part(case, step)) for step in _inline(case)]
    moves = tuple(_move(case, step, part) for step, part in parts if part is not None)
    missing = _missing(case, [step for step, part in parts if part is None])
    if missing:
        return Outcome(None, None, moves, gates, adjustments, missing)
    points = _points(case, [part for _, part in parts])
    return Outcome(points, max(0, maximum - points), moves, gates, adjustments)


def _see(rule: shapes.Rule, values: Mapping[str, object]) -> dict[str, object]:
    seen = {}
    for measure in rule.measures:
        value = values.get(measure.name)
        if observe.strays(rule, measure, value) is None:
            seen[measure.name] = observe.exact(measure, value)
        else:
            seen[measure.name] = None
    return seen


def _known(case: _Case, shape: type | tuple[type, ...]) -> list:
    return [
        step
        for step in case.rule.steps
        if isinstance(step, shape) and case.seen[step.measure] is not None
    ]


def _true(case: _Case, shape: type) -> list:
    return [step for step in case.rule.steps if isinstance(step, shape) and _truth(case, step)]


def _truth(case: _Case, step: shapes.ZeroIf | shapes.Gate) -> bool | None:
    return conditions.truth(step.when, step.measure, measures=case.measures, seen=case.seen)


def _outside(case: _Case) -> list[shapes.Adjust]:
    return [step for step in _known(case, shapes.Adjust) if not step.inside]


def _inline(case: _Case) -> list[shapes.AnyStep]:
    return [step for step in _known(case, tuple(_PARTS)) if getattr(step, "inside", True)]


def _place(case: _Case, step: shapes.AnyStep) -> int:
    return next(index for index, other in enumerate(case.rule.steps) if other is step)


def _hit(case: _Case, gate: shapes.Gate) -> GateHit:
    place = _place(case, gate)
    return GateHit(gate.effect, gate.tier, gate.chapter, gate.label, gate.label_en, place)


def _entries(case: _Case, step: shapes.Adjust) -> tuple[Adjustment, ...]:
    return adjust(step, case.seen[step.measure])[0]


def _move(case: _Case, step: shapes.AnyStep, part: _Part) -> Move:
    shape, place = schema.SHAPE_OF[type(step)], _place(case, step)
    return Move(shape, step.measure, to_centi(part.amount), part.params, place)


def _missing(case: _Case, waiting: Iterable[shapes.AnyStep]) -> tuple[str, ...]:
    """In the order of the measures; `waiting` steps want a person's points."""
    wanted = {name for step in case.rule.steps for name in _unanswered(case, step)}
    wanted |= {getattr(step, "judge", None) or step.measure for step in waiting}
    return tuple(measure.name for measure in case.rule.measures if measure.name in wanted)


def _unanswered(case: _Case, step: shapes.AnyStep) -> list[str]:
    """Measures of the step nobody answered; none where a compound condition is settled without them."""
    names = [name for name in shapes.measures_of(step) if case.seen[name] is None]
    settled = not step.measure and names and _truth(case, step) is not None
    return [] if settled else names


def _points(case: _Case, parts: list[_Part]) -> int:
    start = case.top if case.rule.start == "full" else Fraction(0)
    start = next((part.amount for part in parts if part.sets), start)
    total = start + sum(part.amount for part in parts if not part.sets)
    lowest, highest = -_under(case), case.top + case.rule.above
    step = Fraction(case.options.clause_step)
    rounded = round_half_up(min(max(total, lowest), highest) / step) * step
    # A maximum or floor that is no multiple of the step still binds.
    return to_centi(min(max(rounded, lowest), highest))


def _under(case: _Case) -> Fraction:
    if case.rule.under is not None:
        return case.rule.under
    return case.top if case.options.below_zero else Fraction(0)


def _part(case: _Case, step: shapes.AnyStep) -> _Part | None:
    return _PARTS[type(step)](case, step, case.seen[step.measure])


def _binary(case: _Case, step: shapes.Binary, value: bool) -> _Part:
    points = case.top if step.points is None else step.points
    good = value != step.fault
    if case.rule.start == "full":
        return _Part(Fraction(0) if good else -points)
    return _Part(points if good else Fraction(0))


def _step(case: _Case, step: shapes.Step, value: Fraction) -> _Part:
    distance = _distance(step, value)
    rounding = step.rounding or case.options.rounding
    steps = abs(distance) / step.each
    amount = _ROUND[rounding](steps) * step.unit
    capped = step.cap is not None and amount > step.cap
    amount = step.cap if capped else amount
    sign = (1 if step.credit else -1) * (1 if distance >= 0 else -1)
    told = {
        "distance": show_small(abs(distance)),
        "away": distance < 0,
        "even": steps.denominator == 1,
        "rounding": rounding,
        "capped": capped,
    }
    return _Part(sign * amount, told)


def _distance(step: shapes.Step, value: Fraction) -> Fraction:
    if step.target is None:
        distance = value - step.free
    else:
        distance = step.target - value if step.direction == "below" else value - step.target
    return distance if step.both_ways and step.target is not None else max(Fraction(0), distance)


def _exactly(number: Fraction) -> Fraction:
    return number


_ROUND: dict[str, Callable[[Fraction], Fraction | int]] = {
    "floor": floor,
    "ceil": ceil,
    "exact": _exactly,
}


def _bands(case: _Case, step: shapes.Bands, value: object) -> _Part | None:
    sets = step.mode == "set"
    index, band = next(
        ((index, band) for index, band in enumerate(step.bands) if _matches(band, value)),
        (None, None),
    )
    if band is None:
        return _Part(Fraction(0), {"band": None}, sets)
    if band.high is None:
        return _Part(band.low, {"band": index}, sets)
    judged = case.seen[step.judge]
    if judged is None or not band.low <= judged <= band.high:
        return None
    return _Part(judged, {"band": index}, sets)


def _matches(band: shapes.Band, value: object) -> bool:
    return value == band.grade if band.lower is None else value >= band.lower


def _escalating(case: _Case, step: shapes.Escalating, value: Fraction) -> _Part:
    count = max(0, floor(value - step.free))
    amount = sum(step.units[:count], Fraction(0))
    amount += max(0, count - len(step.units)) * step.units[-1]
    capped = step.cap is not None and amount > step.cap
    amount = step.cap if capped else amount
    return _Part(amount if step.credit else -amount, {"count": count, "capped": capped})


def _curve(case: _Case, step: shapes.Curve, value: Fraction) -> _Part:
    sets, knots = step.mode == "set", step.knots
    if value <= knots[0].at or value >= knots[-1].at:
        end = 0 if value <= knots[0].at else len(knots) - 1
        return _Part(knots[end].points, {"piece": None, "end": end}, sets)
    piece = next(index for index, knot in enumerate(knots) if value < knot.at) - 1
    left, right = knots[piece], knots[piece + 1]
    share = (value - left.at) / (right.at - left.at)
    points = left.points + share * (right.points - left.points)
    return _Part(points, {"piece": piece, "end": None}, sets)


def _parts(case: _Case, step: shapes.Parts, ticked: frozenset) -> _Part:
    full = case.rule.start == "full"
    keys = [key for key in case.measure(step).keys if (key in ticked) != full]
    amount = sum((step.worth(key) for key in keys), Fraction(0))
    return _Part(-amount if full else amount, {"keys": keys})


def _judged(case: _Case, step: shapes.Judged, value: Fraction) -> _Part | None:
    return _Part(value) if step.low <= value <= step.high else None


def _inside(case: _Case, step: shapes.Adjust, events: list) -> _Part:
    entries, total = adjust(step, events)
    return _Part(total, {"entries": [asdict(entry) for entry in entries]})


_PARTS: dict[type, Callable] = {
    shapes.Binary: _binary,
    shapes.Step: _step,
    shapes.Bands: _bands,
    shapes.Parts: _parts,
    shapes.Judged: _judged,
    shapes.Adjust: _inside,
    shapes.Escalating: _escalating,
    shapes.Curve: _curve,
}
