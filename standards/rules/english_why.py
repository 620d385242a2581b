"""Why a clause came to its points, in English: the measure, its value, the arithmetic."""

from collections.abc import Mapping
from fractions import Fraction

from standards.rules import english, shapes
from standards.rules.aggregating import aggregate, has_dropped
from standards.rules.amounts import show, show_centi
from standards.rules.outcome import Adjustment, GateHit, Move
from standards.rules.wording import Clause, answered, spans

SHOWN = 6  # escalating units told one by one


def seen(measure: shapes.Measure, value: object) -> str:
    name = english.title(measure)
    if measure.kind == "flag":
        return f"{name}: {'yes' if value else 'no'}"
    if measure.kind == "ratio":
        percent = show(Fraction(100 * value["part"], value["whole"]))
        return f"{name}: {percent}% ({value['part']} of {value['whole']})"
    if measure.kind in ("count", "value"):
        return f"{name}: {show(Fraction(value))}"
    if measure.kind == "grade":
        return f"{name}: {english.grade(measure, value)}"
    if measure.kind == "parts":
        lacking = [english.grade(measure, key) for key in measure.keys if key not in value]
        return f"{name}: missing {', '.join(lacking)}" if lacking else f"{name}: all present"
    if measure.kind in ("marks", "ballots"):
        return _heard(measure, value)
    return name


def _heard(measure: shapes.Measure, value: Mapping[str, object]) -> str:
    number = f"{english.title(measure)}: {show(aggregate(measure, value))}"
    told = []
    if len(measure.classes) > 1:
        named = [(p.label_en or p.label or p.key, show(p.weight)) for p in measure.classes]
        told.append(", ".join(f"{name} weighing {weight}" for name, weight in named))
    if has_dropped(measure, value):
        told.append(f"without the {measure.drop} highest and lowest")
    return f"{number} ({'; '.join(told)})" if told else f"{number} (mean)"


def binary(move: Move, step: shapes.Binary, clause: Clause) -> str:
    return f"{seen(clause.measure(step), clause.values[step.measure])}, {_moved(move, clause)}"


def step(move: Move, step: shapes.Step, clause: Clause) -> str:
    measure, params = clause.measure(step), move.params
    texts = [seen(measure, clause.values[step.measure]), _distance(move, step, measure)]
    if params["distance"] != "0":
        verb = "gained" if step.credit != params["away"] else "lost"
        texts.append(f"{english.points(step.unit)} {verb} for {english.each_one(step, measure)}")
        texts.append(_left_over(move))
        texts.append(f"limited to {english.points(step.cap)}" if params["capped"] else "")
    return ", ".join([*filter(None, texts), _moved(move, clause)])


def _distance(move: Move, step: shapes.Step, measure: shapes.Measure) -> str:
    far = english.distance(Fraction(move.params["distance"]), measure)
    if step.target is None:
        free = english.measured(step.free, measure)
        if not step.free:
            return ""
        return f"{far} above {free}" if move.params["distance"] != "0" else f"not above {free}"
    bound = english.measured(step.target, measure)
    if move.params["distance"] == "0":
        return f"reaches {bound}" if step.direction == "below" else f"not above {bound}"
    lower = (step.direction == "below") != move.params["away"]
    return f"{far} {'below' if lower else 'above'} {bound}"


def _left_over(move: Move) -> str:
    if move.params["even"]:
        return ""
    return {
        "floor": "the remainder not counted",
        "ceil": "the remainder counted as a whole",
        "exact": "in proportion",
    }[move.params["rounding"]]


def bands(move: Move, step: shapes.Bands, clause: Clause) -> str:
    measure = clause.measure(step)
    text = seen(measure, clause.values[step.measure])
    index = move.params["band"]
    if index is None:
        return f"{text}, in no band, {_banded(move, step)}"
    band = step.bands[index]
    if measure.kind != "grade":
        upper = next(upper for known, _, upper in spans(step) if known is band)
        text += f", in the band {english.span(band.lower, upper, measure)}"
    reason = f", {_reasoned(clause, step.judge)}" if band.high is not None else ""
    return f"{text}, {_banded(move, step)}{reason}"


def _banded(move: Move, step: shapes.Bands) -> str:
    amount = Fraction(move.amount, 100)
    if step.mode == "add":
        return english.change(amount)
    return f"{'minus ' if amount < 0 else ''}{english.points(amount)}" if amount else "no points"


def escalating(move: Move, step: shapes.Escalating, clause: Clause) -> str:
    count, verb = move.params["count"], "gained" if step.credit else "lost"
    texts = [seen(clause.measure(step), clause.values[step.measure])]
    if count > 1:
        units = [step.units[min(n, len(step.units) - 1)] for n in range(min(count, SHOWN))]
        listed = ", ".join(show(unit) for unit in units) + (" …" if count > SHOWN else "")
        texts.append(f"{listed} {verb} one after the other")
    if move.params["capped"]:
        texts.append(f"limited to {english.points(step.cap)}")
    return ", ".join([*texts, _moved(move, clause)])


def curve(move: Move, step: shapes.Curve, clause: Clause) -> str:
    measure = clause.measure(step)
    text = seen(measure, clause.values[step.measure])
    worth = english.knot_worth(step, Fraction(move.amount, 100))
    if move.params["piece"] is None:
        at = english.measured(step.knots[move.params["end"]].at, measure)
        return f"{text}, {at} or {'more' if move.params['end'] else 'less'}, {worth}"
    left, right = step.knots[move.params["piece"] :][:2]
    ends = f"{english.measured(left.at, measure)} and {english.measured(right.at, measure)}"
    return f"{text}, in proportion between {ends}, {worth}"


def parts(move: Move, step: shapes.Parts, clause: Clause) -> str:
    measure, keys = clause.measure(step), move.params["keys"]
    verb, have = ("lost", "missing") if clause.full else ("gained", "has")
    if not keys:
        return f"{english.title(measure)}: {'all present' if clause.full else 'none present'}, {_moved(move, clause)}"
    if step.missing is None:
        listed = ", ".join(
            f"{english.grade(measure, key)} ({english.points(step.worth(key))})" for key in keys
        )
        return f"{english.title(measure)}: {have} {listed}, together {_moved(move, clause)}"
    listed = ", ".join(english.grade(measure, key) for key in keys)
    return f"{english.title(measure)}: {have} {listed} ({len(keys)}), {english.points(step.missing)} {verb} each, {_moved(move, clause)}"


def judged(move: Move, step: shapes.Judged, clause: Clause) -> str:
    name = english.title(clause.measure(step))
    return f"{name}: {_moved(move, clause)}, {_reasoned(clause, step.measure)}"


def _reasoned(clause: Clause, name: str) -> str:
    return f"because “{clause.values[name]['reason']}”"


def zero_if(move: Move, step: shapes.ZeroIf, clause: Clause) -> str:
    return f"{_observed(step, clause)}, so this clause gives no points"


def _observed(step: shapes.ZeroIf | shapes.Gate, clause: Clause) -> str:
    return ", ".join(seen(measure, value) for measure, value in answered(step, clause))


def adjust(move: Move, step: shapes.Adjust, clause: Clause) -> str:
    entries = [entered(entry, clause) for entry in move.params["entries"]]
    name = english.title(clause.measure(step))
    return (
        f"{name}: {', '.join(entries)}, together {_moved(move, clause)}"
        if entries
        else f"{name}: none, no change"
    )


def entered(entry: Mapping[str, object], clause: Clause) -> str:
    return (
        f"{english.level(entry['level'], clause)} {english.signed(Fraction(entry['amount'], 100))}"
    )


def outside(entry: Adjustment, clause: Clause) -> str:
    amount = english.signed(Fraction(entry.amount, 100))
    return f"{english.level(entry.level, clause)} ({entry.key}): {amount} on the total"


def repeated(entry: Adjustment, clause: Clause) -> str:
    return f"{english.level(entry.level, clause)} ({entry.key}): counted on another clause, not here as well"


def hit(gate: GateHit, step: shapes.Gate, clause: Clause) -> str:
    reason = f" ({gate.label_en})" if gate.label_en else ""
    text = _observed(step, clause)
    return f"{text}{reason}: {english.effect(step, clause)}"


def nothing(clause: Clause) -> str:
    return "nothing found that takes points" if clause.top else "nothing found that counts here"


def _moved(move: Move, clause: Clause) -> str:
    if not move.amount and not clause.full:
        return "no points"
    return english.change(Fraction(move.amount, 100))


def floor(clause: Clause, points: int) -> str:
    return f"the loss stops at {show_centi(points)}"


def ceiling(clause: Clause, points: int) -> str:
    return f"no higher than {show_centi(points)}"


def stepped(clause: Clause, points: int) -> str:
    return f"rounded to {show_centi(points)}"


def total(clause: Clause, points: int) -> str:
    return f"{show_centi(points)} of {english.points(clause.top)}"


def open_(clause: Clause, missing: tuple[str, ...]) -> str:
    names = ", ".join(f"“{english.title(clause.rule.measure(name))}”" for name in missing)
    return f"not judged yet: {names} not answered"
