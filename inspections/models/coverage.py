"""Which clauses a sheet covers and how, packed: a letter a clause, then the keys, which many sheets share."""

import json
import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import models

LETTERS = {"single": "s", "rest": "r", "carried": "c", "draft": "d"}
HOWS = {ord(letter): how for how, letter in LETTERS.items()}
KEPT = 4_096
Coverage = dict[str, str]


class CoverageField(models.BinaryField):
    """{clause key: single | rest | carried | draft}; as JSON it weighed half of all that is answered."""

    def get_prep_value(self, value: Mapping[str, str] | None) -> bytes | None:
        return None if value is None else packed(value)

    def from_db_value(self, value: Any, expression, connection) -> Coverage | None:
        return None if value is None else unpacked(bytes(value))

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj))


def packed(coverage: Mapping[str, str]) -> bytes:
    """Keys stand in their order, so that sheets with the same clauses end alike."""
    if not coverage:
        return b""
    keys = tuple(sorted(coverage))
    letters = "".join([LETTERS[coverage[key]] for key in keys])
    return letters.encode() + b"\0" + deflated(keys)


def unpacked(stored: bytes) -> Coverage:
    letters, _zero, keys = stored.partition(b"\0")
    if not letters:
        return {}
    return dict(zip(inflated(keys), map(HOWS.__getitem__, letters), strict=True))


@lru_cache(maxsize=KEPT)
def deflated(keys: tuple[str, ...]) -> bytes:
    return zlib.compress("\n".join(keys).encode(), level=9, wbits=-zlib.MAX_WBITS)


@lru_cache(maxsize=KEPT)
def inflated(stored: bytes) -> tuple[str, ...]:
    return tuple(zlib.decompress(stored, wbits=-zlib.MAX_WBITS).decode().split("\n"))
