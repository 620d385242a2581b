"""Reads single values of JSON and notes every problem instead of stopping at one.

A reader returns the value or `BAD`; whoever meets `BAD` leaves the part out, and the noted
problem refuses the whole rule in the end.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from standards.rules import schema
from standards.rules.amounts import read_amount
from standards.rules.problems import Problem

BAD = object()
MOST = 60  # measures, steps, bands or choices in one list
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}\Z")


class Reader:
    """`readers` maps a field's type to the function that reads it (build.py has them all)."""

    def __init__(self, readers: Mapping[str, Callable]) -> None:
        self.readers = readers
        self.problems: list[Problem] = []

    def bad(self, path: str, zh: str, en: str) -> object:
        self.problems.append(Problem(path, zh, en))
        return BAD

    def fields(
        self, data: object, path: str, *, table: Sequence[schema.Field], spare: Sequence[str] = ()
    ) -> dict:
        """Attribute -> value for every field of the table; `spare` keys are read elsewhere."""
        if not isinstance(data, dict):
            self.bad(path, "此处应为一组键值（对象）。", "An object is expected here.")
            return {field.name: BAD for field in table}
        known = {field.key for field in table} | set(spare)
        for key in data:
            if key not in known:
                self.bad(f"{path}.{key}", f"不认识的项“{key}”。", f"Unknown key “{key}”.")
        return {field.name: self.field(data, path, field=field) for field in table}

    def field(self, data: dict, path: str, *, field: schema.Field) -> object:
        if field.key in data:
            return self.readers[field.type](self, data[field.key], f"{path}.{field.key}", field)
        if field.required:
            return self.bad(
                f"{path}.{field.key}", f"缺少“{field.key}”。", f"“{field.key}” is missing."
            )
        return field.default

    def items(self, data: object, path: str, *, each: Callable[[object, str], object]) -> object:
        if not isinstance(data, list):
            return self.bad(path, "此处应为列表。", "A list is expected here.")
        if len(data) > MOST:
            return self.bad(path, f"最多{MOST}项。", f"At most {MOST} entries.")
        found = [each(item, f"{path}[{index}]") for index, item in enumerate(data)]
        return tuple(item for item in found if item is not BAD)


def whole(values: dict) -> bool:
    return all(value is not BAD for value in values.values())


def amount(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    number = read_amount(value)
    if number is None:
        return reader.bad(
            path,
            "应为整数或普通小数，如 0.5；不用科学记数法和全角数字。",
            "Give a whole number or a plain decimal such as 0.5, in JSON as a string; no exponent, no full-width digit.",
        )
    return number


def size(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    number = amount(reader, value, path, field)
    if number is not BAD and number < 0:
        return reader.bad(path, "不能是负数。", "It must not be negative.")
    return number


def positive(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    number = amount(reader, value, path, field)
    if number is not BAD and number <= 0:
        return reader.bad(path, "必须大于0。", "It must be greater than 0.")
    return number


def counting(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10**6:
        return reader.bad(path, "应为大于0的整数。", "A whole number above 0 is expected.")
    return value


def boolean(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    if not isinstance(value, bool):
        return reader.bad(path, "应为 true 或 false。", "It must be true or false.")
    return value


def choice(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    if value not in field.choices:
        allowed = ", ".join(field.choices)
        return reader.bad(path, f"只能是：{allowed}。", f"It must be one of: {allowed}.")
    return value


def _one_line(value: object, *, most: int) -> bool:
    """Text without line breaks, control characters or the halves of surrogate pairs."""
    if not isinstance(value, str) or len(value) > most or len(value.splitlines()) > 1:
        return False
    return all(unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") for char in value)


def text(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    if not _one_line(value, most=200):
        return reader.bad(
            path,
            "应为一行文字，不超过200字。",
            "One line of text is expected, at most 200 characters.",
        )
    return value


def key(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    if not value or not _one_line(value, most=60):
        return reader.bad(
            path, "应为不超过60字的代号。", "A key of 1 to 60 characters is expected."
        )
    return value


def name(reader: Reader, value: object, path: str, field: schema.Field) -> object:
    if not isinstance(value, str) or not _NAME.match(value):
        return reader.bad(
            path,
            "代号只用英文字母、数字和下划线，且不以数字开头。",
            "A name has ASCII letters, digits and underscores and does not begin with a digit.",
        )
    return value
