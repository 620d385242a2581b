"""Every address of the portal, read from the resolver: nothing is listed by hand, so nothing can be forgotten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Address:
    """name: "" when a pattern has none, which fails the walk."""

    name: str
    params: tuple[str, ...]


def addresses() -> list[Address]:
    return list(found(get_resolver().url_patterns, ""))


def found(patterns: Iterable[Any], space: str) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            name = f"{space}{pattern.name}" if pattern.name else ""
            yield Address(name, tuple(pattern.pattern.converters))
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from found(pattern.url_patterns, space + inner)


def unlisted(known: Iterable[Address], access: dict[str, dict[str, str]]) -> list[str]:
    """Addresses without a row, rows without an address, rows that open nothing."""
    names = [address.name for address in known]
    return sorted(
        [
            f"not in any ACCESS: {name or '(a pattern without a name)'}"
            for name in names
            if name not in access
        ]
        + [f"no such address: {name}" for name in access if name not in names]
        + [f"no method: {name}" for name, row in access.items() if not row]
    )
