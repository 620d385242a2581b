"""Do the parts of a rule fit each other? Asked while parsing, so that all problems come at once."""

from standards.rules import schema, shapes, words
from standards.rules.read import BAD, Reader
from standards.rules.shapes import NUMBERS


def check(reader: Reader, data: dict, measures: tuple, steps: tuple) -> None:
    """Notes what contradicts itself. `measures` and `steps` hold BAD where reading failed."""
    known = {measure.name: measure for measure in measures if measure is not BAD}
    for index, measure in enumerate(measures):
        if measure is not BAD:
            _check_measure(reader, measure, f"$.measures[{index}]", known)
    unread = _unread(data["measures"], measures) if measures else set()
    for index, step in enumerate(steps):
        if step is not BAD and not unread.intersection(shapes.measures_of(step)):
            _check_step(reader, step, f"$.steps[{index}]", known)
    setters = [
        index
        for index, step in enumerate(steps)
        if isinstance(step, shapes.Bands | shapes.Curve) and step.mode == "set"
    ]
    for index in setters[1:]:
        reader.bad(
            f"$.steps[{index}].as",
            "一条里只能有一个“定分”的分档或折线，其余用“加减”。",
            "Only one bands or curve step may set the points; the others add.",
        )


def _unread(raws: list, measures: tuple) -> set[object]:
    """Names of measures that could not be read: a step naming one is not at fault."""
    bad = [raw for raw, read in zip(raws, measures, strict=True) if read is BAD]
    names = [raw.get("name") for raw in bad if isinstance(raw, dict)]
    return {name for name in names if isinstance(name, str)}


def _check_measure(reader: Reader, measure: shapes.Measure, path: str, known: dict) -> None:
    if known[measure.name] is not measure:
        reader.bad(
            f"{path}.name",
            f"计量“{measure.name}”重名。",
            f"Two measures are called “{measure.name}”.",
        )
    if measure.kind in schema.LISTS:
        _check_choices(reader, measure, f"{path}.{schema.LISTS[measure.kind]}")
    _check_classes(reader, measure, path)
    if isinstance(measure.derive, shapes.MeetingCount) and measure.kind != "count":
        reader.bad(
            f"{path}.derive",
            "取自会议的计量，类型必须是“次数”。",
            "A measure derived from meetings is a count.",
        )
    if isinstance(measure.derive, shapes.NamedFact) and measure.kind not in (
        "flag",
        "count",
        "value",
    ):
        reader.bad(
            f"{path}.derive",
            "取自台账的计量，类型只能是“是否”“次数”或“数值”。",
            "A measure derived from a fact is a flag, count or value.",
        )


def _check_choices(reader: Reader, measure: shapes.Measure, path: str) -> None:
    if not measure.choices:
        reader.bad(path, "至少列一项。", "List at least one.")
    for key in sorted({key for key in measure.keys if measure.keys.count(key) > 1}):
        reader.bad(path, f"代号“{key}”重复。", f"The key “{key}” is repeated.")


def _check_classes(reader: Reader, measure: shapes.Measure, path: str) -> None:
    classed = measure.kind in schema.CLASSED
    if classed != bool(measure.classes):
        zh, en = ("要列出“类”", "needs") if classed else ("不分“类”", "takes no")
        reader.bad(
            f"{path}.classes",
            f"“{words.KINDS[measure.kind]}”{zh}。",
            f"A measure of the kind {measure.kind} {en} classes.",
        )
    keys = [panel.key for panel in measure.classes]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        reader.bad(f"{path}.classes", f"代号“{key}”重复。", f"The key “{key}” is repeated.")
    if measure.drop and measure.kind != "marks":
        reader.bad(f"{path}.drop", "只有评分能去掉高低分。", "Only marks can be dropped.")


def _check_step(reader: Reader, step: shapes.AnyStep, path: str, known: dict) -> None:
    if isinstance(step, shapes.ZeroIf | shapes.Gate) and step.when.parts:
        _check_compound(reader, step, path, known)
        return
    measure = known.get(step.measure)
    if not step.measure:
        reader.bad(f"{path}.measure", "缺少“measure”。", "“measure” is missing.")
        return
    if measure is None:
        reader.bad(
            f"{path}.measure",
            f"没有名为“{step.measure}”的计量。",
            f"There is no measure “{step.measure}”.",
        )
        return
    shape = schema.SHAPE_OF[type(step)]
    kinds = schema.MEASURES_OF[shape]
    if measure.kind not in kinds:
        zh, own = "、".join(words.KINDS[kind] for kind in kinds), words.KINDS[measure.kind]
        reader.bad(
            f"{path}.measure",
            f"“{words.LINES[shape]}”只能用于{zh}；“{measure.name}”的类型是{own}。",
            f"{shape} takes {', '.join(kinds)}; “{measure.name}” is a {measure.kind}.",
        )
        return
    if shape in CHECKS:
        CHECKS[shape](reader, step, path, measure, known)


def _check_compound(
    reader: Reader, step: shapes.ZeroIf | shapes.Gate, path: str, known: dict
) -> None:
    """Every single condition must stand by itself on its own measure."""
    if step.measure:
        reader.bad(
            f"{path}.measure",
            "几个条件并列时，计量写在各个条件里。",
            "With several conditions each names its own measure.",
        )
        return
    for leaf in step.when.leaves:
        _check_step(reader, shapes.ZeroIf(leaf.measure, leaf), path, known)
    if isinstance(step, shapes.Gate):
        _check_effect(reader, step, path)


def _check_free(
    reader: Reader, step: shapes.Step, path: str, measure: shapes.Measure, known: dict
) -> None:
    if step.target is not None and step.free:
        reader.bad(
            f"{path}.free",
            "写了“目标”就不能再写“免”。",
            "“free” has no place beside a target.",
        )
    if step.target is None and step.both_ways:
        reader.bad(f"{path}.both_ways", "“双向”加减要有“目标”。", "“both_ways” needs a target.")


def _check_bands(
    reader: Reader, step: shapes.Bands, path: str, measure: shapes.Measure, known: dict
) -> None:
    for index, band in enumerate(step.bands):
        _check_band(reader, band, f"{path}.bands[{index}]", measure)
    if any(band.high is not None for band in step.bands):
        _check_judge(reader, step, path, known)
    elif step.judge is not None:
        reader.bad(
            f"{path}.judge",
            "各档都是固定分值，不用写“评分”。",
            "“judge” is for bands with a range of points.",
        )


def _check_band(reader: Reader, band: shapes.Band, path: str, measure: shapes.Measure) -> None:
    if measure.kind == "grade" and band.grade is None:
        reader.bad(path, "按等级分档的，每档写“为”。", "A band over a grade uses “is”.")
    elif measure.kind != "grade" and band.lower is None:
        reader.bad(path, "按数值分档的，每档写“起”。", "A band over a number uses “from”.")
    elif band.grade is not None and band.grade not in measure.keys:
        reader.bad(
            f"{path}.is",
            f"计量里没有等级“{band.grade}”。",
            f"The measure has no grade “{band.grade}”.",
        )


def _check_judge(reader: Reader, step: shapes.Bands, path: str, known: dict) -> None:
    judge = known.get(step.judge or "")
    if judge is None or judge.kind != "points":
        reader.bad(
            f"{path}.judge",
            "分值区间要由人评定，“评分”写一个类型为“评分”的计量。",
            "A range of points needs “judge”: the name of a points measure.",
        )


def _check_parts(
    reader: Reader, step: shapes.Parts, path: str, measure: shapes.Measure, known: dict
) -> None:
    if (step.credits is None) == (step.missing is None):
        reader.bad(path, "“每缺”和逐项的“分”写其中一种。", "Give either “credits” or “missing”.")
    elif step.credits is not None and {key for key, _ in step.credits} != set(measure.keys):
        reader.bad(
            f"{path}.credits",
            "要给每个要素各写一个分值，不多不少。",
            "Every part needs its points, and no other key.",
        )


def _check_judged(
    reader: Reader, step: shapes.Judged, path: str, measure: shapes.Measure, known: dict
) -> None:
    if step.low >= step.high:
        reader.bad(path, "最低分应小于最高分。", "“low” must be below “high”.")


def _check_when(
    reader: Reader,
    step: shapes.ZeroIf | shapes.Gate,
    path: str,
    measure: shapes.Measure,
    known: dict,
) -> None:
    when = step.when
    if not _answers(when, measure):
        reader.bad(
            f"{path}.when",
            f"“{measure.name}”的类型是{words.KINDS[measure.kind]}，不能用这个条件。",
            f"This condition does not suit the {measure.kind} “{measure.name}”.",
        )
    elif when.test == "missing" and when.value not in measure.keys:
        reader.bad(
            f"{path}.when.missing",
            f"计量里没有要素“{when.value}”。",
            f"The measure has no part “{when.value}”.",
        )
    elif when.test == "missing_count" and when.value > len(measure.keys):
        reader.bad(
            f"{path}.when.missing_count", "缺项数超过了要素总数。", "There are not that many parts."
        )
    elif when.test == "is" and isinstance(when.value, str) and when.value not in measure.keys:
        reader.bad(
            f"{path}.when.is",
            f"计量里没有等级“{when.value}”。",
            f"The measure has no grade “{when.value}”.",
        )


def _answers(when: shapes.When, measure: shapes.Measure) -> bool:
    if when.test == "is":
        return measure.kind == ("flag" if isinstance(when.value, bool) else "grade")
    return measure.kind in NUMBERS if when.test == "op" else measure.kind == "parts"


def _check_gate(
    reader: Reader, step: shapes.Gate, path: str, measure: shapes.Measure, known: dict
) -> None:
    _check_when(reader, step, path, measure, known)
    _check_effect(reader, step, path)


def _check_effect(reader: Reader, step: shapes.Gate, path: str) -> None:
    for key, effects in (
        ("tier", ("cap_tier", "force_tier", "grant_tier")),
        ("chapter", ("zero_group",)),
    ):
        if (step.effect in effects) != bool(getattr(step, key)):
            word = words.value_word("gate", "effect", step.effect, "zh")
            need = "要写" if step.effect in effects else "不用写"
            zh = f"效果“{word}”{need}“{words.key_word('gate', key, 'zh')}”。"
            en = f"The effect {step.effect} {'needs' if step.effect in effects else 'takes no'} “{key}”."
            reader.bad(f"{path}.{key}", zh, en)


CHECKS = {
    "step": _check_free,
    "bands": _check_bands,
    "parts": _check_parts,
    "judged": _check_judged,
    "zero_if": _check_when,
    "gate": _check_gate,
}
