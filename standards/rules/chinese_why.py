"""Why a clause came to its points, in Chinese: the measure, its value, the arithmetic."""

from collections.abc import Mapping
from fractions import Fraction

from standards.rules import chinese, chinese_when, shapes
from standards.rules.aggregating import aggregate, has_dropped
from standards.rules.amounts import show, show_centi
from standards.rules.labels import read_label, title
from standards.rules.outcome import Adjustment, GateHit, Move
from standards.rules.wording import Clause, answered, spans

SHOWN = 6  # escalating units told one by one


def seen(measure: shapes.Measure, value: object) -> str:
    """The observation itself: 支委会少开2次; 满意度85%（17/20）."""
    if measure.kind == "flag":
        return f"{measure.label or measure.name}：{'是' if value else '否'}"
    if measure.kind == "ratio":
        percent = show(Fraction(100 * value["part"], value["whole"]))
        return f"{title(measure)}{percent}%（{value['part']}/{value['whole']}）"
    if measure.kind in ("count", "value"):
        label = read_label(measure)
        return f"{label.stem}{chinese_when.measured(Fraction(value), label)}{label.note}"
    if measure.kind == "grade":
        return f"{measure.label or measure.name}为“{measure.choice(value).label or value}”"
    if measure.kind == "parts":
        return _unticked(measure, value)
    if measure.kind in ("marks", "ballots"):
        return _heard(measure, value)
    return measure.label or measure.name


def _heard(measure: shapes.Measure, value: Mapping[str, object]) -> str:
    """评委评分90分（去掉1个最高分和1个最低分后平均）; with several classes each with its weight."""
    number = f"{measure.label or measure.name}{show(aggregate(measure, value))}分"
    dropped = has_dropped(measure, value)
    drop = f"去掉{measure.drop}个最高分和{measure.drop}个最低分后平均" if dropped else "平均"
    if len(measure.classes) == 1:
        return f"{number}（{drop if measure.kind == 'marks' else '按票数加权'}）"
    names = [f"{panel.label or panel.key}权重{show(panel.weight)}" for panel in measure.classes]
    return f"{number}（{'、'.join(names)}{f'，{drop}' if dropped else ''}）"


def _unticked(measure: shapes.Measure, value: list[str]) -> str:
    lacking = [choice.label or choice.key for choice in measure.choices if choice.key not in value]
    name = measure.label or measure.name
    return f"{name}缺{'、'.join(lacking)}" if lacking else f"{name}各要素齐全"


def binary(move: Move, step: shapes.Binary, clause: Clause) -> str:
    met = clause.values[step.measure]
    label = clause.measure(step).label or step.measure
    told = (
        f"{'有' if met else '没有'}“{label}”情形"
        if step.fault
        else f"{'达到' if met else '未达到'}“{label}”要求"
    )
    return f"{told}，{_moved(move, clause)}"


def step(move: Move, step: shapes.Step, clause: Clause) -> str:
    measure = clause.measure(step)
    texts = [seen(measure, clause.values[step.measure]), _distance(move, step, measure)]
    if move.params["distance"] != "0":
        label = read_label(measure)
        verb = ("加" if clause.full else "得") if step.credit != move.params["away"] else "扣"
        texts.append(f"{chinese.each_one(step, label)}{verb}{chinese.points(step.unit)}")
        texts.append(_left_over(move))
        texts.append(f"按上限{chinese.points(step.cap)}计" if move.params["capped"] else "")
    return "，".join([*filter(None, texts), _stepped(move, step, clause)])


def _distance(move: Move, step: shapes.Step, measure: shapes.Measure) -> str:
    label, params = read_label(measure), move.params
    far = chinese.distance(Fraction(params["distance"]), label)
    if step.target is None:
        free = chinese_when.measured(step.free, label)
        return (
            ""
            if not step.free
            else (f"超过{free}的部分为{far}" if params["distance"] != "0" else f"未超过{free}")
        )
    bound = chinese_when.measured(step.target, label)
    if params["distance"] == "0":
        return f"达到{bound}" if step.direction == "below" else f"未超过{bound}"
    lower = (step.direction == "below") != params["away"]
    return f"比{bound}{'低' if lower else '高'}{far}"


def _left_over(move: Move) -> str:
    if move.params["even"]:
        return ""
    return {"floor": "零头不计", "ceil": "零头按一档算", "exact": "按比例折算"}[
        move.params["rounding"]
    ]


def bands(move: Move, step: shapes.Bands, clause: Clause) -> str:
    measure = clause.measure(step)
    text = seen(measure, clause.values[step.measure])
    index = move.params["band"]
    if index is None:
        return f"{text}，不在任何一档，{_banded(move, step, clause)}"
    band = step.bands[index]
    if measure.kind != "grade":
        upper = next(upper for known, _, upper in spans(step) if known is band)
        text += f"，属于{chinese.span(band.lower, upper, measure)}一档"
    reason = _reasoned(clause, step.judge) if band.high is not None else ""
    return f"{text}，{_banded(move, step, clause)}{reason}"


def _banded(move: Move, step: shapes.Bands, clause: Clause) -> str:
    amount = Fraction(move.amount, 100)
    return chinese.gain(amount) if step.mode == "set" else chinese.shift(amount, clause)


def escalating(move: Move, step: shapes.Escalating, clause: Clause) -> str:
    text, count = seen(clause.measure(step), clause.values[step.measure]), move.params["count"]
    units = [step.units[min(n, len(step.units) - 1)] for n in range(min(count, SHOWN))]
    verb = ("加" if clause.full else "得") if step.credit else "扣"
    listed = "、".join(chinese.points(unit) for unit in units) + ("……" if count > SHOWN else "")
    each = f"依次{verb}{listed}" if count > 1 else ""
    capped = f"按上限{chinese.points(step.cap)}计" if move.params["capped"] else ""
    return "，".join([*filter(None, (text, each, capped)), _stepped(move, step, clause)])


def curve(move: Move, step: shapes.Curve, clause: Clause) -> str:
    measure, amount = clause.measure(step), Fraction(move.amount, 100)
    label, text = read_label(measure), seen(measure, clause.values[step.measure])
    worth = chinese.gain(amount) if step.mode == "set" else chinese.shift(amount, clause)
    if move.params["piece"] is None:
        at = step.knots[move.params["end"]].at
        side = "以上" if move.params["end"] else "以下"
        return f"{text}，在{chinese_when.measured(at, label)}及{side}，{worth}"
    left, right = step.knots[move.params["piece"] :][:2]
    ends = [chinese_when.measured(knot.at, label) for knot in (left, right)]
    return f"{text}，在{ends[0]}与{ends[1]}之间按比例折算，{worth}"


def parts(move: Move, step: shapes.Parts, clause: Clause) -> str:
    measure, keys = clause.measure(step), move.params["keys"]
    if not keys:
        state = "各要素齐全" if clause.full else "各要素均不具备"
        return f"{measure.label}{state}，{_moved(move, clause)}"
    verb, have = ("扣", "缺") if clause.full else ("得", "有")
    named = [(measure.choice(key).label or key, step.worth(key)) for key in keys]
    if step.missing is None:
        each = [f"{name}（{chinese.points(worth)}）" for name, worth in named]
        return f"{measure.label}{have}：{chinese.listed(each)}，共{_moved(move, clause)}"
    names = chinese.listed([name for name, _ in named])
    each = f"每项{verb}{chinese.points(step.missing)}"
    return f"{measure.label}{have}：{names}，共{len(keys)}项，{each}，{_moved(move, clause)}"


def judged(move: Move, step: shapes.Judged, clause: Clause) -> str:
    label = clause.measure(step).label or step.measure
    return f"{label}：{_moved(move, clause)}{_reasoned(clause, step.measure)}"


def _reasoned(clause: Clause, name: str) -> str:
    return f"（理由：{clause.values[name]['reason']}）"


def zero_if(move: Move, step: shapes.ZeroIf, clause: Clause) -> str:
    condition = chinese_when.condition(step, clause)
    if step.when.test == "is":
        return f"{condition}，本项不得分"
    return f"{_observed(step, clause)}，属于{condition}的情形，本项不得分"


def _observed(step: shapes.ZeroIf | shapes.Gate, clause: Clause) -> str:
    return "，".join(seen(measure, value) for measure, value in answered(step, clause))


def adjust(move: Move, step: shapes.Adjust, clause: Clause) -> str:
    entries = [entered(entry, clause) for entry in move.params["entries"]]
    label = clause.measure(step).label or step.measure
    return (
        f"{label}：{'、'.join(entries)}，共{_moved(move, clause)}"
        if entries
        else f"{label}：无，不加不减"
    )


def entered(entry: Mapping[str, object], clause: Clause) -> str:
    return f"{chinese.level(entry['level'], clause)}{_signed(entry['amount'])}"


def outside(entry: Adjustment, clause: Clause) -> str:
    return f"{chinese.level(entry.level, clause)}（{entry.key}），总分{_signed(entry.amount)}"


def repeated(entry: Adjustment, clause: Clause) -> str:
    return f"{chinese.level(entry.level, clause)}（{entry.key}），已计入其他条目，不重复计"


def hit(gate: GateHit, step: shapes.Gate, clause: Clause) -> str:
    effect = chinese_when.effect(step, clause)
    if step.when.test == "is":
        text = chinese_when.condition(step, clause)
    else:
        text = _observed(step, clause)
    # A label such as 一票否决 only repeats the effect.
    told = not gate.label or gate.label in text or gate.label in effect
    return f"{text}，{effect}" if told else f"{text}（{gate.label}），{effect}"


def nothing(clause: Clause) -> str:
    return "没有应扣分的情形" if clause.top else "没有发生，不影响总分和等次"


def _signed(centi: int) -> str:
    return f"{'扣' if centi < 0 else '加'}{show_centi(abs(centi))}分"


def _moved(move: Move, clause: Clause) -> str:
    return chinese.change(Fraction(move.amount, 100), clause)


def _stepped(move: Move, step: shapes.Step | shapes.Escalating, clause: Clause) -> str:
    if move.amount:
        return _moved(move, clause)
    if getattr(step, "both_ways", False):
        return "不加不扣"
    return ("不加分" if clause.full else "不得分") if step.credit else "不扣分"


def floor(clause: Clause, points: int) -> str:
    return f"扣分超过下限，记{show_centi(points)}分" if points else "扣分超过本项分值，扣完为止"


def ceiling(clause: Clause, points: int) -> str:
    return f"以{show_centi(points)}分为限，超出部分不计"


def stepped(clause: Clause, points: int) -> str:
    return f"按计分单位取整为{show_centi(points)}分"


def total(clause: Clause, points: int) -> str:
    verb = "记" if points < 0 else "得"
    return f"本项满分{show(clause.top)}分，{verb}{show_centi(points)}分"


def open_(clause: Clause, missing: tuple[str, ...]) -> str:
    names = "、".join(f"“{clause.rule.measure(name).label or name}”" for name in missing)
    return f"{names}尚未填报，本项暂不计分"
