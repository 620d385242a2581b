"""JSON in, Composition out, with every problem found; and back."""

from collections.abc import Callable

from standards.composing import fit, schema
from standards.composing.shapes import Composition
from standards.rules import read
from standards.rules.amounts import write_amount
from standards.rules.build import READERS as RULE_READERS
from standards.rules.problems import Problem, RuleError
from standards.rules.read import BAD, Reader, whole
from standards.rules.schema import Field

__all__ = ["Problem", "RuleError", "parse", "to_json"]

_AMOUNTS = ("amount", "size", "positive", "percent", "factor")


def parse(data: object) -> Composition:
    """The composition, or RuleError listing all problems with their JSON paths."""
    reader = Reader(READERS)
    values = reader.fields(data, "$", table=schema.COMPOSITION)
    if not reader.problems:
        fit.check(reader, data, values)
    if reader.problems:
        raise RuleError(reader.problems)
    return Composition(**values)


def to_json(composition: Composition) -> dict:
    """The shortest JSON: defaults left out, amounts as decimal strings. An empty one is {}."""
    return _dump(composition, schema.COMPOSITION)


def _dump(part: object, table: tuple[Field, ...]) -> dict:
    values = ((field, getattr(part, field.name)) for field in table)
    return {
        field.key: _plain(value, field.type)
        for field, value in values
        if field.required or value != field.default
    }


def _plain(value: object, type: str) -> object:
    if value is None:
        return None
    if type[0] in "[{":
        table = schema.TABLES[type[1:-1]][1]
        return [_dump(each, table) for each in value] if type[0] == "[" else _dump(value, table)
    if type in ("keys", "choices"):
        return list(value)
    return write_amount(value) if type.rstrip("?") in _AMOUNTS else value


def _record(name: str) -> Callable:
    cls, table = schema.TABLES[name]

    def record(reader: Reader, value: object, path: str, field: Field) -> object:
        values = reader.fields(value, path, table=table)
        return cls(**values) if whole(values) else BAD

    return record


def _records(name: str) -> Callable:
    record = _record(name)

    def records(reader: Reader, value: object, path: str, field: Field) -> object:
        return reader.items(value, path, each=lambda item, at: record(reader, item, at, field))

    return records


def _keys(reader: Reader, value: object, path: str, field: Field) -> object:
    found = reader.items(value, path, each=lambda item, at: read.key(reader, item, at, field))
    if found is not BAD and not found:
        return reader.bad(path, "至少选一项。", "Choose at least one.")
    if found is not BAD and len(set(found)) < len(found):
        return reader.bad(path, "有重复的项。", "Something is listed twice.")
    return found


def _choices(reader: Reader, value: object, path: str, field: Field) -> object:
    return reader.items(value, path, each=lambda item, at: read.choice(reader, item, at, field))


def _percent(reader: Reader, value: object, path: str, field: Field) -> object:
    number = read.positive(reader, value, path, field)
    if number is not BAD and number > 100:
        return reader.bad(path, "比例不能超过100%。", "A share is at most 100 per cent.")
    return number


def _factor(reader: Reader, value: object, path: str, field: Field) -> object:
    number = read.positive(reader, value, path, field)
    if number is not BAD and number <= 1:
        return reader.bad(path, "倍数要大于1。", "The factor is more than 1.")
    return number


def _fact(reader: Reader, value: object, path: str, field: Field) -> object:
    if isinstance(value, bool | int) or (isinstance(value, str) and value):
        return value
    return reader.bad(path, "应为数字、文字或是否。", "A number, text or yes/no is expected.")


READERS: dict[str, Callable] = {
    **RULE_READERS,
    "keys": _keys,
    "choices": _choices,
    "percent": _percent,
    "factor": _factor,
    "fact": _fact,
    **{f"[{name}]": _records(name) for name in schema.TABLES},
    **{f"{{{name}}}": _record(name) for name in schema.TABLES},
}
