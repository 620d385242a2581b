"""The words of a cycle read under another edition: by clause key, and clause by clause where that fails."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from inspections.models import Assessment, Source
from inspections.sheets import REST
from inspections.standing import Heard, Hearing, Said, spoken
from standards.carrying import carried
from standards.models import Edition
from standards.sheets import Line, edition_options, sheet

ASSUMED = (Source.SELF.value, REST, None)


@dataclass
class Carrying:
    """Reads what was said under `old` as if it were an answer to `new`; call it like `spoken`.

    Clauses that have to be answered (again) count as conforming, and stand in `again` by assessment.
    """

    old: Edition
    new: Edition
    listen: Hearing = spoken
    again: dict[int, list[str]] = field(default_factory=dict)
    known: dict[tuple, dict[str, Any] | None] = field(default_factory=dict)
    olds: dict[str, dict[str, Line]] = field(default_factory=dict)
    changed: dict[str, list[tuple[str, Line]]] = field(default_factory=dict)

    def __call__(self, rows: Iterable[Assessment], *, sources: tuple[str, ...]) -> Heard:
        rows = list(rows)
        heard = self.listen(rows, sources=sources)
        return {row.pk: self.read(row, heard[row.pk]) for row in rows}

    def read(self, row: Assessment, heard: Mapping[str, tuple]) -> dict[str, tuple]:
        """A branch that has said nothing yet is asked nothing again."""
        if not heard:
            return {}
        field_key = row.branch.field
        found, again = dict(heard), []
        for key, line in self.asking(field_key):
            old, said = self.before(field_key).get(key), heard.get(key)
            kept = self.translated(field_key, old, line, said) if said else None
            if kept is not None:
                found[key] = kept
            elif said or (old is None and line.typed):
                found[key] = ASSUMED
                again.append(key)
        self.again.setdefault(row.pk, again)
        return found

    def asking(self, field_key: str) -> list[tuple[str, Line]]:
        """Only the clauses whose rule is another one can have to be read otherwise."""
        if field_key not in self.changed:
            before = self.before(field_key)
            self.changed[field_key] = [
                (line.key, line)
                for line in sheet(self.new, field_key)
                if line.key not in before or before[line.key].rule != line.rule
            ]
        return self.changed[field_key]

    def before(self, field_key: str) -> dict[str, Line]:
        if field_key not in self.olds:
            self.olds[field_key] = {line.key: line for line in sheet(self.old, field_key)}
        return self.olds[field_key]

    def translated(self, field_key: str, old: Line | None, new: Line, said: tuple) -> tuple | None:
        source, how, answer = said
        if answer is not None and not answer.applicable:
            return said
        written = answer.measures if answer is not None else {}
        key = (field_key, new.key, repr(written))
        if key not in self.known:
            options = edition_options(self.new)
            self.known[key] = carried(old, new, written, options=options)
        kept = self.known[key]
        if kept is None or answer is None:
            return None if kept is None else said
        return (source, how, reworded(answer, kept))


def reworded(answer: Said, measures: Mapping[str, Any]) -> Said:
    return answer._replace(measures=measures)
