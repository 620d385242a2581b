"""The rule of a clause in English, one function per shape."""

from fractions import Fraction

from standards.rules import shapes
from standards.rules.amounts import show, write_amount
from standards.rules.labels import LEVELS
from standards.rules.wording import Clause, spans

CONTINUOUS = ("value", "marks", "ballots")
DEDUPE = {None: "", True: "one case counts once", False: "one case may count several times"}


def points(amount: Fraction) -> str:
    return f"{write_amount(abs(amount))} {'point' if abs(amount) == 1 else 'points'}"


def change(amount: Fraction) -> str:
    if not amount:
        return "no change"
    return f"{points(amount)} {'lost' if amount < 0 else 'gained'}"


def title(measure: shapes.Measure) -> str:
    return measure.label_en or measure.label or measure.name


def measured(number: Fraction, measure: shapes.Measure) -> str:
    return f"{show(number)}{'%' if measure.kind == 'ratio' else ''}"


def distance(number: Fraction, measure: shapes.Measure) -> str:
    if measure.kind != "ratio":
        return show(number)
    return f"{show(number)} percentage {'point' if number == 1 else 'points'}"


def each_one(step: shapes.Step, measure: shapes.Measure) -> str:
    if step.each == 1:
        return "each percentage point" if measure.kind == "ratio" else "each one"
    return f"every {distance(step.each, measure)}"


# --- the rule itself


def binary(step: shapes.Binary, clause: Clause) -> str:
    amount = clause.top if step.points is None else step.points
    name = title(clause.measure(step))
    if not clause.full:
        return f"{name}: {points(amount)} if {'not' if step.fault else 'so'}"
    lost = "no points" if amount >= clause.top else f"{points(amount)} lost"
    return f"{name}: {lost} if {'so' if step.fault else 'not'}"


def step(step: shapes.Step, clause: Clause) -> str:
    measure = clause.measure(step)
    change = f"{points(step.unit)} {'gained' if step.credit else 'lost'}"
    text = f"{title(measure)}{_beyond(step, measure)}: {change} for {each_one(step, measure)}"
    if step.both_ways:
        text += f", and {'lost' if step.credit else 'gained'} in the same way on the other side"
    return text + _rounding(step, clause, measure) + _limit(step, clause)


def _beyond(step: shapes.Step, measure: shapes.Measure) -> str:
    if step.target is None:
        return f" above {measured(step.free, measure)}" if step.free else ""
    return f" {step.direction} {measured(step.target, measure)}"


def _rounding(step: shapes.Step, clause: Clause, measure: shapes.Measure) -> str:
    if step.rounding is None or clause.whole_steps(step):
        return ""
    return {
        "floor": ", part of that not counted",
        "ceil": ", part of that counted as a whole",
        "exact": ", in proportion",
    }[step.rounding]


def _limit(step: shapes.Step | shapes.Escalating, clause: Clause) -> str:
    if step.cap is not None:
        return f", at most {points(step.cap)}"
    return "" if step.credit else clause_end(clause)


def clause_end(clause: Clause) -> str:
    return "" if clause.rule.under else ", down to zero"


def bands(step: shapes.Bands, clause: Clause) -> str:
    measure = clause.measure(step)
    if measure.kind == "grade":
        texts = [f"{grade(measure, band.grade)}: {worth(step, band)}" for band in step.bands]
        named = {band.grade for band in step.bands}
        rest = ["otherwise no points"] if step.mode == "set" and set(measure.keys) - named else []
        return f"{title(measure)} — {'; '.join(texts + rest)}"
    texts = [
        f"{span(lower, upper, measure)}: {worth(step, band)}" for band, lower, upper in spans(step)
    ]
    bottom = min(band.lower for band in step.bands)
    if step.mode == "set" and (bottom > 0 or measure.kind in CONTINUOUS):
        texts.append(f"{span(None, bottom, measure)}: no points")
    return f"{title(measure)} — {'; '.join(texts)}"


def grade(measure: shapes.Measure, key: str) -> str:
    choice = measure.choice(key)
    return choice.label_en or choice.label or key


def worth(step: shapes.Bands, band: shapes.Band) -> str:
    if band.high is not None:
        return f"{_between(band, step)}, as a person judges"
    if step.mode == "add":
        return change(band.low)
    return f"{'minus ' if band.low < 0 else ''}{points(band.low)}" if band.low else "no points"


def _between(band: shapes.Band, step: shapes.Bands) -> str:
    low, high = write_amount(band.low), write_amount(band.high)
    if band.high <= 0:
        return f"{high.lstrip('-')} to {low.lstrip('-')} points lost"
    return f"{low} to {high} points{' gained' if step.mode == 'add' and band.low >= 0 else ''}"


def span(lower: Fraction | None, upper: Fraction | None, measure: shapes.Measure) -> str:
    if upper is None:
        return f"{measured(lower, measure)} or more"
    if lower is None or (lower <= 0 and measure.kind not in CONTINUOUS):
        return f"under {measured(upper, measure)}"
    return f"{measured(lower, measure)} to under {measured(upper, measure)}"


def escalating(step: shapes.Escalating, clause: Clause) -> str:
    measure, verb = clause.measure(step), "gained" if step.credit else "lost"
    texts = [f"{points(unit)} for no. {n}" for n, unit in enumerate(step.units[:-1], 1)]
    texts.append(f"{points(step.units[-1])} for each from no. {len(step.units)} on")
    free = f" above {measured(step.free, measure)}" if step.free else ""
    return f"{title(measure)}{free}: {verb} are {', '.join(texts)}{_limit(step, clause)}"


def curve(step: shapes.Curve, clause: Clause) -> str:
    measure, first, last = clause.measure(step), step.knots[0], step.knots[-1]
    texts = [f"{measured(first.at, measure)} or less: {knot_worth(step, first.points)}"]
    for left, right in zip(step.knots, step.knots[1:], strict=False):
        ends = f"{measured(left.at, measure)} to {measured(right.at, measure)}"
        between = f"in proportion from {write_amount(left.points)} to {points(right.points)}"
        texts.append(f"{ends}: {between}")
    texts.append(f"{measured(last.at, measure)} or more: {knot_worth(step, last.points)}")
    return f"{title(measure)} — {'; '.join(texts)}"


def knot_worth(step: shapes.Curve, amount: Fraction) -> str:
    if step.mode == "add":
        return change(amount)
    return f"{'minus ' if amount < 0 else ''}{points(amount)}" if amount else "no points"


def parts(step: shapes.Parts, clause: Clause) -> str:
    measure = clause.measure(step)
    verb, have = ("lost", "missing") if clause.full else ("gained", "present")
    end = clause_end(clause) if clause.full else ""
    if step.missing is not None:
        listed = ", ".join(grade(measure, key) for key in measure.keys)
        return (
            f"{title(measure)} ({listed}): {points(step.missing)} {verb} for each one {have}{end}"
        )
    texts = [f"{grade(measure, key)} {points(step.worth(key))}" for key in measure.keys]
    return f"{title(measure)}: {verb} for each one {have}: {', '.join(texts)}{end}"


def judged(step: shapes.Judged, clause: Clause) -> str:
    name = title(clause.measure(step))
    if step.low >= 0 and not clause.full:
        return (
            f"{name}: a person gives {write_amount(step.low)} to {points(step.high)}, with a reason"
        )
    taken, added = max(-step.low, Fraction(0)), max(step.high, Fraction(0))
    least = (
        f"{write_amount(-step.high)} to "
        if step.high < 0
        else f"{write_amount(step.low)} to "
        if step.low > 0
        else "up to "
    )
    texts = [f"takes {least}{points(taken)}"] if taken else []
    texts += [f"adds {least}{points(added)}"] if added else []
    return f"{name}: a person {' or '.join(texts)}, with a reason"


def zero_if(step: shapes.ZeroIf, clause: Clause) -> str:
    return f"no points for this clause if {condition(step, clause)}"


def gate(step: shapes.Gate, clause: Clause) -> str:
    return f"if {condition(step, clause)}: {effect(step, clause)}"


def effect(hit: shapes.Gate, clause: Clause) -> str:
    tier, chapter = clause.name(hit.tier), clause.name(hit.chapter)
    return {
        "fail": "veto, the branch cannot pass",
        "cap_tier": f"the tier is no better than “{tier}”",
        "force_tier": f"the tier is “{tier}”",
        "not_graded": "the branch is not graded",
        "zero_group": f"the chapter “{chapter}” counts zero",
        "grant_tier": f"the tier is at least “{tier}”",
    }[hit.effect]


def condition(step: shapes.ZeroIf | shapes.Gate, clause: Clause) -> str:
    if step.when.parts:
        word = ", or " if step.when.test == "any" else ", and "
        return word.join(_part(part, clause) for part in step.when.parts)
    return _single(clause.measure(step), step.when)


def _part(when: shapes.When, clause: Clause) -> str:
    if not when.parts:
        return _single(clause.rule.measure(when.measure), when)
    word = " or " if when.test == "any" else " and "
    return f"({word.join(_part(part, clause) for part in when.parts)})"


def _single(measure: shapes.Measure, when: shapes.When) -> str:
    name = f"“{title(measure)}”"
    if when.test == "missing":
        return f"{name} lacks “{grade(measure, when.value)}”"
    if when.test == "missing_count":
        return f"{name} lacks {when.value} or more"
    if when.test == "op":
        words = {
            ">": "more than",
            ">=": "at least",
            "<": "less than",
            "<=": "at most",
            "=": "exactly",
        }
        return f"{name} is {words[when.op]} {measured(when.value, measure)}"
    if isinstance(when.value, str):
        return f"{name} is “{grade(measure, when.value)}”"
    return f"{name} is {'true' if when.value else 'not true'}"


def adjust(step: shapes.Adjust, clause: Clause) -> str:
    per = " per person" if step.per == "person" else ""
    texts = [
        f"{level(key, clause)} {signed(amount * step.multiplier)}{per}"
        for key, amount in step.table
    ]
    ends = [
        "only the largest counts" if step.take == "largest" else "",
        DEDUPE[step.dedupe],
    ]
    ends.append(f"at most {points(step.cap)}" if step.cap is not None else "")
    ends.append("within this clause" if step.inside else "on the total")
    return f"{title(clause.measure(step))}: {', '.join(texts)}; {', '.join(end for end in ends if end)}"


def signed(amount: Fraction) -> str:
    return f"{'−' if amount < 0 else '+'}{show(abs(amount))}"


def level(key: str, clause: Clause) -> str:
    return clause.names.get(key) or LEVELS.get(key, (key, key))[1]


def heard(measure: shapes.Measure) -> str:
    """How many voices become one number."""
    how = "the mean of the marks"
    if measure.kind == "ballots":
        scores = [f"{grade(measure, c.key)} {write_amount(c.score)}" for c in measure.choices]
        how = f"the mean of the votes ({', '.join(scores)})"
    if measure.drop:
        how += f" without the {measure.drop} highest and {measure.drop} lowest"
    if len(measure.classes) > 1:
        named = [(p.label_en or p.label or p.key, write_amount(p.weight)) for p in measure.classes]
        how += f" in each class, weighed {', '.join(f'{name} {weight}' for name, weight in named)}"
    return f"{title(measure)}: {how}"


def limits(clause: Clause) -> list[str]:
    found = [heard(measure) for measure in clause.rule.measures if measure.classes]
    if clause.rule.over is None:
        found.append("additions to this clause have no limit")
    elif clause.rule.over:
        found.append(
            f"with additions this clause gives at most {points(clause.top + clause.rule.over)}"
        )
    if clause.rule.under:
        found.append(f"this clause may go down to minus {points(clause.rule.under)}")
    return found
