"""The rule of a clause in Chinese, as 评分细则 are written, one function per shape."""

from fractions import Fraction

from standards.rules import shapes
from standards.rules.amounts import show, write_amount
from standards.rules.chinese_when import condition, effect, measured
from standards.rules.labels import LEVELS, Label, read_label
from standards.rules.wording import Clause, spans

JOIN = "，"
DEDUPE = {None: "", True: "同一事项只计一次", False: "同一事项可重复计"}
CONTINUOUS = ("value", "marks", "ballots")
SIZES = ("平方米", "小时", "学时", "元", "万元")  # never below nothing


def points(amount: Fraction) -> str:
    return f"{write_amount(abs(amount))}分"


def change(amount: Fraction, clause: Clause) -> str:
    """What happens to the score: 扣1分, 加1分, or 得1分 where the clause counts up from zero."""
    if amount < 0:
        return f"扣{points(amount)}"
    up = "加" if clause.full else "得"
    return f"{up}{points(amount)}" if amount else f"不{'扣' if clause.full else '得'}分"


def shift(amount: Fraction, clause: Clause) -> str:
    """As `change`, for what may go either way."""
    return change(amount, clause) if amount else "不加不扣"


def gain(amount: Fraction) -> str:
    if amount < 0:
        return f"记-{points(amount)}"
    return f"得{points(amount)}" if amount else "不得分"


def distance(number: Fraction, label: Label) -> str:
    return f"{show(number)}{'个百分点' if label.counter == '%' else label.counter}"


def each_one(step: shapes.Step, label: Label) -> str:
    """每次, 每个百分点, 每10人."""
    text = distance(step.each, label)
    return f"每{text[1:]}" if step.each == 1 and len(text) > 1 else f"每{text}"


# --- the rule itself


def binary(step: shapes.Binary, clause: Clause) -> str:
    label = clause.measure(step).label or step.measure
    amount = clause.top if step.points is None else step.points
    if not clause.full:
        met = f"没有“{label}”情形的" if step.fault else f"达到“{label}”要求的"
        return f"{met}，得{points(amount)}"
    if step.fault:
        # 不得分 said of a fault is zero_if: nothing is left, whatever else the rule gives.
        return f"{label.removesuffix('的')}的，扣{points(amount)}"
    lost = "不得分" if amount >= clause.top else f"扣{points(amount)}"
    return f"未达到“{label}”要求的，{lost}"


def step(step: shapes.Step, clause: Clause) -> str:
    label = read_label(clause.measure(step))
    verb = ("加" if clause.full else "得") if step.credit else "扣"
    change = f"{verb}{points(step.unit)}"
    if step.both_ways:
        other = "扣" if step.credit else "加"
        worse, better = ("每高", "每低") if step.direction == "above" else ("每低", "每高")
        size = distance(step.each, label)
        text = f"{label.whole}以{measured(step.target, label)}为基准，{worse}{size}{change}，{better}{size}{other}{points(step.unit)}"
    elif step.target is None and not step.free:
        text = f"{_each(step, label)}{change}"
    else:
        text = f"{_beyond(step, label)}{change}"
    return text + _rounding(step, clause, label) + _limit(step, clause, verb)


def _each(step: shapes.Step, label: Label) -> str:
    size = measured(step.each, label)
    if label.verb:
        return f"{label.stem[: -len(label.verb)]}每{label.verb}{size}{label.note}"
    if label.counter == "%" or not label.counter:
        return f"{label.whole}每{distance(step.each, label)}"
    if label.stem.endswith("的"):
        return f"{label.stem}{label.note}，每{size}"
    return f"每有{size}{label.stem}{label.note}"


def _beyond(step: shapes.Step, label: Label) -> str:
    size = distance(step.each, label)
    if step.target is None:
        return f"{label.whole}超过{measured(step.free, label)}的，每超{size}"
    bound = measured(step.target, label)
    if step.direction == "above":
        return f"{label.whole}超过{bound}的，每超{size}"
    low, less = (
        ("少于", "少") if label.counter in ("人", "次", "件", "项", "个", "户") else ("低于", "低")
    )
    return f"{label.whole}{low}{bound}的，每{less}{size}"


def _rounding(step: shapes.Step, clause: Clause, label: Label) -> str:
    if step.rounding is None or clause.whole_steps(step):
        return ""
    size = distance(step.each, label)
    return {
        "floor": f"，不足{size}的不计",
        "ceil": f"，不足{size}的按{size}算",
        "exact": "，按比例折算",
    }[step.rounding]


def _limit(step: shapes.Step | shapes.Escalating, clause: Clause, verb: str) -> str:
    if step.cap is not None:
        both = "加、扣均" if getattr(step, "both_ways", False) else ""
        return f"，{both}最多{verb if not both else ''}{points(step.cap)}"
    if step.credit:
        return "，加满为止" if clause.full else "，得满为止"
    return clause_end(clause)


def clause_end(clause: Clause) -> str:
    return "" if clause.rule.under else "，扣完为止"


def bands(step: shapes.Bands, clause: Clause) -> str:
    measure = clause.measure(step)
    if measure.kind == "grade":
        texts = [
            f"{measure.choice(band.grade).label or band.grade}{_worth(step, band, clause)}"
            for band in step.bands
        ]
        named = {band.grade for band in step.bands}
        rest = ["其余不得分"] if step.mode == "set" and set(measure.keys) - named else []
        return f"{measure.label}：" + JOIN.join(texts + rest)
    label = read_label(measure)
    texts = [
        f"{span(lower, upper, measure)}{_worth(step, band, clause)}"
        for band, lower, upper in spans(step)
    ]
    bottom = min(band.lower for band in step.bands)
    if step.mode == "set" and (bottom > 0 or measure.kind in CONTINUOUS):
        texts.append(f"{span(None, bottom, measure)}不得分")
    return f"{label.stem}{JOIN.join(texts)}{label.note}"


def _worth(step: shapes.Bands, band: shapes.Band, clause: Clause) -> str:
    if band.high is None:
        return gain(band.low) if step.mode == "set" else shift(band.low, clause)
    return f"{between(band.low, band.high, clause, sets=step.mode == 'set')}（由检查人评定）"


def between(low: Fraction, high: Fraction, clause: Clause, *, sets: bool = False) -> str:
    if high <= 0:
        return f"扣{write_amount(-high)}—{write_amount(-low)}分"
    if low >= 0:
        up = "加" if clause.full and not sets else "得"
        return f"{up}{write_amount(low)}—{write_amount(high)}分"
    return f"最多加{write_amount(high)}分、最多扣{write_amount(-low)}分"


def span(lower: Fraction | None, upper: Fraction | None, measure: shapes.Measure) -> str:
    """90%及以上, 80%—89%, 80%以下; counts and whole per cents name both ends."""
    label = read_label(measure)
    if upper is None:
        return f"{measured(lower, label)}及以上"
    sized = measure.kind not in CONTINUOUS or label.counter in SIZES
    if lower is None or (lower <= 0 and sized):
        return (
            f"{measured(upper, label)}以下"
            if measure.kind == "ratio"
            else f"不足{measured(upper, label)}"
        )
    last = upper - 1
    if measure.kind in CONTINUOUS or last.denominator != 1 or lower.denominator != 1:
        return f"{measured(lower, label)}及以上、不足{measured(upper, label)}"
    if last <= lower:
        return f"{measured(lower, label)}" + (
            "及以上、不足" + measured(upper, label) if measure.kind == "ratio" else ""
        )
    first = measured(lower, label) if label.counter == "%" else show(lower)
    return f"{first}—{measured(last, label)}"


def escalating(step: shapes.Escalating, clause: Clause) -> str:
    label = read_label(clause.measure(step))
    verb = ("加" if clause.full else "得") if step.credit else "扣"
    texts = [f"第{n}{label.counter}{verb}{points(u)}" for n, u in enumerate(step.units[:-1], 1)]
    texts.append(
        f"第{len(step.units)}{label.counter}起每{label.counter}{verb}{points(step.units[-1])}"
    )
    head = label.stem if label.verb and not step.free else f"{label.whole}："
    free = f"超过{measured(step.free, label)}的，超出的" if step.free else ""
    return f"{head}{free}{JOIN.join(texts)}{_limit(step, clause, verb)}{label.note}"


def curve(step: shapes.Curve, clause: Clause) -> str:
    label = read_label(clause.measure(step))
    first, last = step.knots[0], step.knots[-1]
    below = "" if not first.at and label.counter else "及以下"
    texts = [f"{measured(first.at, label)}{below}{knot_worth(step, first, clause)}"]
    for left, right in zip(step.knots, step.knots[1:], strict=False):
        ends = f"{measured(left.at, label)}至{measured(right.at, label)}"
        if left.points == right.points:
            texts.append(f"{ends}{knot_worth(step, left, clause)}")
        else:
            texts.append(f"{ends}由{_knot(left)}到{_knot(right)}按比例折算")
    texts.append(f"{measured(last.at, label)}及以上{knot_worth(step, last, clause)}")
    return f"{label.stem}{JOIN.join(texts)}{label.note}"


def _knot(knot: shapes.Knot) -> str:
    return f"{write_amount(knot.points)}分"


def knot_worth(step: shapes.Curve, knot: shapes.Knot, clause: Clause) -> str:
    return gain(knot.points) if step.mode == "set" else shift(knot.points, clause)


def parts(step: shapes.Parts, clause: Clause) -> str:
    measure = clause.measure(step)
    names = [choice.label or choice.key for choice in measure.choices]
    end = clause_end(clause) if clause.full else "，得满为止"
    if step.missing is not None:
        change = (
            f"每缺1项要素扣{points(step.missing)}"
            if clause.full
            else f"每具备1项要素得{points(step.missing)}"
        )
        return f"{measure.label}（{listed(names)}），{change}{end}"
    verb, have = ("扣", "缺") if clause.full else ("得", "有")
    texts = [
        f"{have}“{name}”{verb}{points(step.worth(key))}"
        for key, name in zip(measure.keys, names, strict=True)
    ]
    return f"{measure.label}：{JOIN.join(texts)}{end}"


def listed(names: list[str]) -> str:
    """A、B、C; a semicolon where a name has a comma of its own."""
    return ("；" if any(mark in name for name in names for mark in "，、") else "、").join(names)


def judged(step: shapes.Judged, clause: Clause) -> str:
    reason = "须写明理由"
    label = clause.measure(step).label or step.measure
    if step.low >= 0 and not clause.full:
        spread = (
            f"最高{points(step.high)}"
            if not step.low
            else f"{write_amount(step.low)}—{write_amount(step.high)}分"
        )
        return f"{label}：由检查人评分，{spread}，{reason}"
    if step.high == 0 or step.low == 0:
        verb = "扣" if step.high == 0 else "加"
        return (
            f"{label}：由检查人视情况{verb}分，最多{verb}{points(step.low or step.high)}，{reason}"
        )
    return f"{label}：由检查人视情况{between(step.low, step.high, clause)}，{reason}"


def zero_if(step: shapes.ZeroIf, clause: Clause) -> str:
    return f"{condition(step, clause)}的，本项不得分"


def gate(step: shapes.Gate, clause: Clause) -> str:
    return f"{condition(step, clause)}的，{effect(step, clause)}"


def adjust(step: shapes.Adjust, clause: Clause) -> str:
    label = clause.measure(step).label or step.measure
    each = "" if step.take == "largest" else "每次"
    per = "每人" if step.per == "person" else each
    texts = [
        f"{level(key, clause)}{per}{_signed(amount * step.multiplier)}"
        for key, amount in step.table
    ]
    ends = [
        "取最高一项，不累加" if step.take == "largest" else "",
        DEDUPE[step.dedupe],
    ]
    ends.append(f"{_most(step)}{points(step.cap)}" if step.cap is not None else "")
    ends.append("计入本项" if step.inside else OUTSIDE[_sign(step)])
    return f"{label}：{'、'.join(texts)}，{'，'.join(end for end in ends if end)}"


MOST = {"takes": "最多扣", "adds": "最多加", "both": "加、扣均最多"}
OUTSIDE = {"takes": "从总分中扣", "adds": "计入总分", "both": "在总分中加减"}


def _most(step: shapes.Adjust) -> str:
    return MOST[_sign(step)]


def _sign(step: shapes.Adjust) -> str:
    signs = {amount * step.multiplier < 0 for _, amount in step.table}
    return {(True,): "takes", (False,): "adds"}.get(tuple(signs), "both")


def _signed(amount: Fraction) -> str:
    return f"{'扣' if amount < 0 else '加'}{points(amount)}"


def level(key: str, clause: Clause) -> str:
    return clause.names.get(key) or LEVELS.get(key, (key, key))[0]


def heard(measure: shapes.Measure) -> str:
    """How many voices become one number."""
    how = "取平均分"
    if measure.kind == "ballots":
        scores = [f"{c.label or c.key}{points(c.score)}" for c in measure.choices]
        how = f"按得票折分（{'、'.join(scores)}）取平均"
    if measure.drop:
        how = f"去掉{measure.drop}个最高分和{measure.drop}个最低分后{how}"
    named = [panel.label or panel.key for panel in measure.classes]
    if len(named) > 1:
        pairs = zip(named, measure.classes, strict=True)
        weights = "、".join(f"{name}{write_amount(panel.weight)}" for name, panel in pairs)
        how = f"各类分别{how}，再按权重（{weights}）合计"
    return f"{measure.label or measure.name}：{how}"


def limits(clause: Clause) -> list[str]:
    """What the clause as a whole allows beyond 0 and its maximum."""
    found = [heard(measure) for measure in clause.rule.measures if measure.classes]
    if clause.rule.over is None:
        found.append("本项加分不封顶")
    elif clause.rule.over:
        found.append(f"本项加分后最高{points(clause.top + clause.rule.over)}")
    if clause.rule.under:
        found.append(f"本项可以倒扣，最多倒扣{points(clause.rule.under)}")
    return found
