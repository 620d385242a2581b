"""The rows of an uploaded roster with their fate, and the units known when it was judged."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from branches.models import Organization
from branches.rosters.read import Record
from portal.kit.normal import folded

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
Said = tuple[str, dict[str, Any]]


@dataclass(eq=False)
class Row:
    """One row and its fate. `changes`: key -> (old, new). `errors`: (key or "", sentence, params)."""

    record: Record
    unit: Organization | None = None
    parent: "Organization | Row | None" = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    errors: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    warnings: list[Said] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.record.number

    @property
    def name(self) -> str:
        return self.record.values.get("name") or (self.unit.name if self.unit else "")

    @property
    def kind(self) -> str:
        return self.record.values.get("kind") or (self.unit.kind if self.unit else "")

    @property
    def status(self) -> str:
        if self.errors:
            return WRONG
        if self.unit is None:
            return NEW
        return CHANGED if self.changes else SAME

    def blame(self, key: str, sentence: str, **params: Any) -> None:
        self.errors.append((key, sentence, params))

    def warn(self, sentence: str, **params: Any) -> None:
        self.warnings.append((sentence, params))


@dataclass
class Plan:
    rows: list[Row]
    ignored: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.status for row in self.rows)
        return {status: found.get(status, 0) for status in (NEW, CHANGED, SAME, WRONG)}

    @property
    def to_write(self) -> list[Row]:
        return [row for row in self.rows if row.status in (NEW, CHANGED)]

    def stored(self) -> list[dict[str, Any]]:
        """Plain JSON of every row that would be written or is wrong or warned about."""
        return [as_json(row) for row in self.rows if row.status != SAME or row.warnings]

    @property
    def digest(self) -> str:
        text = json.dumps(self.stored(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def as_json(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "status": row.status,
        "unit": row.unit.pk if row.unit else None,
        "name": row.name,
        "changes": [[key, plain(old), plain(new)] for key, (old, new) in row.changes.items()],
        "errors": [[key, sentence, params] for key, sentence, params in row.errors],
        "warnings": [[sentence, params] for sentence, params in row.warnings],
    }


def plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, bool, type(None))) else str(value)


class Known:
    """The owner's subtree as it is now, looked up by number, code and names."""

    def __init__(self, owner: Organization, units: Iterable[Organization]):
        self.owner = owner
        self.by_id = {unit.pk: unit for unit in units} | {owner.pk: owner}
        self.by_code: dict[str, list[Organization]] = defaultdict(list)
        self.by_name: dict[str, list[Organization]] = defaultdict(list)
        self.by_short: dict[str, list[Organization]] = defaultdict(list)
        for unit in self.by_id.values():
            self.by_name[folded(unit.name)].append(unit)
            self.by_short[folded(unit.short_name)].append(unit)
            if unit.code:
                self.by_code[folded(unit.code)].append(unit)


def open_first(units: list[Organization]) -> list[Organization]:
    """A closed unit gives its name up to an open one."""
    return [unit for unit in units if unit.closed_on is None] or units
