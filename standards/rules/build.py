"""Builds the shapes of a rule from JSON, with the readers of `read.py`."""

from collections.abc import Callable
from dataclasses import replace

from standards.rules import read, schema, shapes
from standards.rules.read import BAD, MOST, Reader, whole


def _pairs(value_reader: Callable) -> Callable:
    def pairs_of(reader: Reader, value: object, path: str, field: schema.Field) -> object:
        if not isinstance(value, dict) or not value or len(value) > MOST:
            return reader.bad(
                path,
                "此处应为“代号: 分值”的对照表。",
                "A table of key and points is expected here.",
            )
        pairs = {}
        for key, points in value.items():
            pairs[read.key(reader, key, f"{path}.{key}", field)] = value_reader(
                reader, points, f"{path}.{key}", field
            )
        return tuple(pairs.items()) if BAD not in pairs and whole(pairs) else BAD

    return pairs_of


def _points(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    """One amount, or [low, high] for a person to fill: (low, None) or (low, high)."""
    if not isinstance(value, list):
        amount = read.amount(reader, value, path, field)
        return BAD if amount is BAD else (amount, None)
    if len(value) != 2:
        return reader.bad(path, "分值区间应为 [最低, 最高]。", "A range of points is [low, high].")
    low, high = (
        read.amount(reader, part, f"{path}[{index}]", field) for index, part in enumerate(value)
    )
    if BAD in (low, high):
        return BAD
    if low >= high:
        return reader.bad(
            path, "区间的最低分应小于最高分。", "The low end must be below the high end."
        )
    return (low, high)


def _band(reader: Reader, data: object, path: str) -> object:
    values = reader.fields(data, path, table=schema.BAND)
    if not whole(values):
        return BAD
    if (values["lower"] is None) == (values["grade"] is None):
        return reader.bad(
            path,
            "每档写“起”（从多少起）或“为”（哪个等级），写其中一个。",
            "A band has either “from” or “is”.",
        )
    low, high = values["points"]
    return shapes.Band(low=low, high=high, lower=values["lower"], grade=values["grade"])


def _bands(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    if value == []:
        return reader.bad(path, "至少写一档。", "At least one band is needed.")
    return reader.items(value, path, each=lambda item, at: _band(reader, item, at))


def _units(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    found = reader.items(value, path, each=lambda item, at: read.positive(reader, item, at, field))
    if found is not BAD and len(found) < 2:
        return reader.bad(path, "至少写两档分值。", "At least two units are needed.")
    return found


def _knots(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    found = reader.items(value, path, each=lambda item, at: _knot(reader, item, at))
    if found is BAD:
        return BAD
    rising = all(one.at < two.at for one, two in zip(found, found[1:], strict=False))
    if len(found) < 2 or not rising:
        return reader.bad(
            path,
            "至少写两个点，按值从小到大排列，不重复。",
            "At least two knots are needed, in rising order, none twice.",
        )
    return found


def _knot(reader: Reader, data: object, path: str) -> object:
    values = reader.fields(data, path, table=schema.KNOT)
    return shapes.Knot(**values) if whole(values) else BAD


def _compound(reader: Reader, data: dict, path: str, *, inner: bool = False) -> object:
    """{"any": [...]} or {"all": [...]}; one level below, the other word groups single conditions."""
    [test] = data
    parts = reader.items(
        data[test],
        f"{path}.{test}",
        each=lambda item, at: _condition(reader, item, at, outer=test, inner=inner),
    )
    if parts is BAD:
        return BAD
    if len(parts) < 2:
        return reader.bad(path, "至少写两个条件。", "At least two conditions are needed.")
    return shapes.When(test, None, parts=parts)


def _condition(reader: Reader, item: object, path: str, *, outer: str, inner: bool) -> object:
    other = "all" if outer == "any" else "any"
    if isinstance(item, dict) and set(item) == {other} and not inner:
        return _compound(reader, item, path, inner=True)
    if not isinstance(item, dict) or "measure" not in item:
        return reader.bad(
            path, "每个条件写明计量。", "Each condition names its measure; groups nest once."
        )
    name = read.name(reader, item["measure"], f"{path}.measure", schema.Field("measure", "name"))
    rest = {key: value for key, value in item.items() if key != "measure"}
    when = _single(reader, rest, path)
    return BAD if BAD in (name, when) else replace(when, measure=name)


def _when(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    if isinstance(value, dict) and set(value) in ({"any"}, {"all"}):
        return _compound(reader, value, path)
    return _single(reader, value, path)


def _single(reader: Reader, value: object, path: str) -> object:
    field = schema.Field("when", "when")
    if isinstance(value, dict):
        for keys, build in WHENS.items():
            if set(value) == set(keys):
                return build(reader, value, path, field)
    return reader.bad(
        path,
        "条件写一种：为=…、值>=…、缺=…、缺项=…。",
        "A condition is one of: is; op and value; missing; missing_count.",
    )


def _when_is(reader: Reader, data: dict, path: str, field: schema.Field) -> object:
    value = (
        data["is"]
        if isinstance(data["is"], bool)
        else read.key(reader, data["is"], f"{path}.is", field)
    )
    return BAD if value is BAD else shapes.When("is", value)


def _when_op(reader: Reader, data: dict, path: str, field: schema.Field) -> object:
    op = read.choice(
        reader, data["op"], f"{path}.op", schema.Field("op", "choice", choices=schema.OPS)
    )
    value = read.amount(reader, data["value"], f"{path}.value", field)
    return BAD if BAD in (op, value) else shapes.When("op", value, op)


def _when_missing(reader: Reader, data: dict, path: str, field: schema.Field) -> object:
    value = read.key(reader, data["missing"], f"{path}.missing", field)
    return BAD if value is BAD else shapes.When("missing", value)


def _when_missing_count(reader: Reader, data: dict, path: str, field: schema.Field) -> object:
    value = read.counting(reader, data["missing_count"], f"{path}.missing_count", field)
    return BAD if value is BAD else shapes.When("missing_count", value)


def _derive(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    source = value.get("from") if isinstance(value, dict) else None
    if not isinstance(source, str) or source not in schema.DERIVE:
        return reader.bad(
            path, "取数来源只能是 meetings 或 facts。", "“from” must be meetings or facts."
        )
    cls, table = schema.DERIVE[source]
    values = reader.fields(value, path, table=table, spare=("from",))
    return cls(**values) if whole(values) else BAD


def _classes(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    return reader.items(value, path, each=lambda item, at: _panel(reader, item, at))


def _panel(reader: Reader, data: object, path: str) -> object:
    values = reader.fields(data, path, table=schema.PANEL)
    return shapes.Panel(**values) if whole(values) else BAD


def _measure(reader: Reader, data: object, path: str) -> object:
    kind = data.get("kind") if isinstance(data, dict) else None
    listed = schema.LISTS.get(kind, "") if isinstance(kind, str) else ""
    values = reader.fields(data, path, table=schema.MEASURE, spare=(listed,) if listed else ())
    if listed:
        values["choices"] = reader.items(
            data.get(listed),
            f"{path}.{listed}",
            each=lambda item, at: _option(reader, item, at, kind),
        )
    return shapes.Measure(**values) if whole(values) else BAD


def _option(reader: Reader, data: object, path: str, kind: str) -> object:
    values = reader.fields(data, path, table=schema.CHOICES[kind])
    return shapes.Choice(**values) if whole(values) else BAD


def _step(reader: Reader, data: object, path: str) -> object:
    shape = data.get("shape") if isinstance(data, dict) else None
    if not isinstance(shape, str) or shape not in schema.STEPS:
        known = ", ".join(schema.STEPS)
        return reader.bad(
            f"{path}.shape", f"规则形式只能是：{known}。", f"“shape” must be one of: {known}."
        )
    cls, table = schema.STEPS[shape]
    values = reader.fields(data, path, table=table, spare=("shape",))
    return cls(**values) if whole(values) else BAD


def _optional(build: Callable) -> Callable:
    def build_or_none(reader: Reader, value: object, path: str, field: schema.Field) -> object:
        return None if value is None else build(reader, value, path, field)

    return build_or_none


WHENS = {
    ("is",): _when_is,
    ("op", "value"): _when_op,
    ("missing",): _when_missing,
    ("missing_count",): _when_missing_count,
}
READERS: dict[str, Callable] = {
    "amount": read.amount,
    "amount?": _optional(read.amount),
    "size": read.size,
    "size?": _optional(read.size),
    "positive": read.positive,
    "whole": read.counting,
    "bool": read.boolean,
    "bool?": _optional(read.boolean),
    "choice": read.choice,
    "choice?": _optional(read.choice),
    "text": read.text,
    "key": read.key,
    "name": read.name,
    "name?": _optional(read.name),
    "sizes": _pairs(read.size),
    "amounts": _pairs(read.amount),
    "points": _points,
    "bands": _bands,
    "units": _units,
    "knots": _knots,
    "classes": _classes,
    "when": _when,
    "derive": _derive,
    # Measures and steps keep their places: a bad one stays in the list as BAD.
    "measures": lambda reader, value, path, field: _listed(reader, value, path, _measure),
    "steps": lambda reader, value, path, field: _listed(reader, value, path, _step),
}


def _listed(reader: Reader, value: object, path: str, build: Callable) -> object:
    if not isinstance(value, list) or len(value) > MOST:
        return reader.bad(
            path, f"此处应为列表，最多{MOST}项。", f"A list of at most {MOST} entries is expected."
        )
    return tuple(build(reader, item, f"{path}[{index}]") for index, item in enumerate(value))
