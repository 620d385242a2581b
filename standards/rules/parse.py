"""JSON in, Rule out, with every problem found; and the checks that need the clause around it."""

from collections.abc import Collection

from standards.rules import fit, schema, standing
from standards.rules.amounts import write_amount
from standards.rules.build import READERS
from standards.rules.problems import Problem, RuleError
from standards.rules.read import BAD, Reader
from standards.rules.shapes import Band, Rule, When

__all__ = ["Problem", "RuleError", "canonical", "parse", "to_json", "validate"]


def parse(data: object) -> Rule:
    """The rule, or RuleError listing all problems with their JSON paths."""
    reader = Reader(READERS)
    values = reader.fields(data, "$", table=schema.RULE)
    if BAD not in (values["measures"], values["steps"]):
        fit.check(reader, data, values["measures"], values["steps"])
    if reader.problems:
        raise RuleError(reader.problems)
    return Rule(**values)


def validate(
    rule: Rule, *, maximum: int, tiers: Collection[str], chapters: Collection[str]
) -> list[Problem]:
    """What keeps a well-formed rule from standing in a clause of `maximum` centi-points."""
    return standing.within(rule, maximum=maximum, tiers=tiers, chapters=chapters)


def canonical(data: object) -> dict:
    """The same rule with defaults left out and amounts in their shortest form: for comparing."""
    return to_json(parse(data))


def to_json(rule: Rule) -> dict:
    data = _dump(rule, [field for field in schema.RULE if field.key not in ("measures", "steps")])
    data["measures"] = [_measure(measure) for measure in rule.measures]
    data["steps"] = [_step(step) for step in rule.steps]
    return data


def _measure(measure: object) -> dict:
    data = _dump(measure, [field for field in schema.MEASURE if field.key != "derive"])
    if measure.kind in schema.LISTS:
        data[schema.LISTS[measure.kind]] = [
            _dump(choice, schema.CHOICES[measure.kind]) for choice in measure.choices
        ]
    for source, (cls, table) in schema.DERIVE.items():
        if isinstance(measure.derive, cls):
            data["derive"] = {"from": source, **_dump(measure.derive, table)}
    return data


def _step(step: object) -> dict:
    shape = schema.SHAPE_OF[type(step)]
    return {"shape": shape, **_dump(step, schema.STEPS[shape][1])}


def _dump(part: object, table: Collection[schema.Field]) -> dict:
    values = ((field, getattr(part, field.name)) for field in table)
    return {
        field.key: _plain(value, field.type)
        for field, value in values
        if field.required or value != field.default
    }


def _plain(value: object, type: str) -> object:
    if value is None:
        return None
    if type == "bands":
        return [_band(band) for band in value]
    if type in ("sizes", "amounts"):
        return {key: write_amount(points) for key, points in value}
    if type == "when":
        return _when(value)
    if type == "units":
        return [write_amount(unit) for unit in value]
    if type in ("knots", "classes"):
        table = schema.KNOT if type == "knots" else schema.PANEL
        return [_dump(each, table) for each in value]
    return write_amount(value) if type.rstrip("?") in ("amount", "size", "positive") else value


def _band(band: Band) -> dict:
    points = (
        write_amount(band.low)
        if band.high is None
        else [write_amount(band.low), write_amount(band.high)]
    )
    where = {"is": band.grade} if band.lower is None else {"from": write_amount(band.lower)}
    return {**where, "points": points}


def _when(when: When) -> dict:
    if when.parts:
        return {when.test: [_when(part) for part in when.parts]}
    named = {"measure": when.measure} if when.measure else {}
    return named | _single(when)


def _single(when: When) -> dict:
    if when.test == "op":
        return {"op": when.op, "value": write_amount(when.value)}
    return {when.test: when.value}
