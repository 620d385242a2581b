"""What a result was made of, opened: one packed record of what was observed, and notes for what somebody wrote.

The record is the observed vector with the source of every line; the edition, which never changes once
issued, says the rest, and points, chapters and gates are worked out from both. It begins with the hash of
its layout: a record of another layout is refused, never read wrongly. A branch that does not fit a layout
keeps everything as plain rows, and so does what is published.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from inspections.models import Source
from inspections.sheets import CARRIED, REST, SINGLE
from inspections.standing import RECORDS
from scoring.models import Detail, Result, RunResult
from scoring.program import JUDGED, Program, compile_field, unpack_line
from scoring.vector import STATES, Scores, score

BATCH = 500
MARK = 16
SOURCES = (RECORDS, Source.RECHECK.value, Source.ACCEPTANCE.value, Source.FIRST_CHECK.value, Source.SELF.value)  # fmt: skip
HOWS = (RECORDS, SINGLE, REST, CARRIED)
# 0: nobody spoke.
CODES = {
    (source, how): 1 + 8 * s + h for s, source in enumerate(SOURCES) for h, how in enumerate(HOWS)
}
SPOKEN = {code: pair for pair, code in CODES.items()}
WRITTEN = ("remark", "paper", "by", "on", "evidence")
SILENT: dict[str, Any] = {"remark": "", "paper": "", "by": "", "on": "", "evidence": 0}


NAMED = ("effect", "tier", "label", "label_en")


@dataclass(frozen=True)
class Opened:
    """What a packed record says, in the words of a `Detail`; place `n` among records of one field opened together."""

    program: Program
    records: np.ndarray
    scores: Scores
    n: int
    detail: Detail

    @cached_property
    def told(self) -> list[dict[str, Any]]:
        # A list leaves the notes unread, and asks for no lines.
        notes = self.detail.notes or {}
        return [row_of(self, line, notes) for line in range(len(self.program.lines))]

    @cached_property
    def chapters(self) -> dict[str, dict[str, Any]]:
        scores, n = self.scores, self.n
        points, scaled, zeroed = scores.chapters[n], scores.scaled[n], scores.zeroed[n]
        return {
            chapter.key: {
                "points": int(points[place]),
                "maximum": chapter.maximum,
                "scaled": bool(scaled[place]),
                "zeroed": bool(zeroed[place]),
            }
            for place, chapter in enumerate(self.program.chapters)
        }

    @property
    def gates(self) -> list[dict[str, str]]:
        mask = int(self.scores.gates[self.n])
        hits = (
            self.program.lines[line].rule.steps[step]
            for bit, (line, step) in enumerate(self.program.gates)
            if mask >> bit & 1
        )
        return [{name: getattr(gate, name) for name in NAMED} for gate in hits]


def shape_of(program: Program) -> np.dtype:
    """One branch's record behind the mark."""
    return np.dtype([("seen", program.layout.dtype), ("said", "u1", (len(program.lines),))])


def mark_of(program: Program) -> bytes:
    return bytes.fromhex(program.layout.hash)[:MARK]


def opened(program: Program, packed: Iterable[bytes | memoryview]) -> tuple[list[int], np.ndarray]:
    """Places of those that are of this layout, and their records."""
    size, mark = MARK + shape_of(program).itemsize, mark_of(program)
    kept = [
        (n, own) for n, own in enumerate(packed) if len(own) == size and bytes(own[:MARK]) == mark
    ]
    records = b"".join([own[MARK:] for _n, own in kept])
    return [n for n, _own in kept], np.frombuffer(records, shape_of(program))


def ready(results: Iterable[Result]) -> list[Result]:
    """The results with their packed records opened: of many at once it costs hardly more than of one."""
    found = list(results)
    alike: dict[tuple[int, str], list[Result]] = {}
    for result in found:
        # A record of another layout says nothing until the chore has computed it again.
        result.opened = Detail()
        if result.detail.packed is not None:
            alike.setdefault((result.cycle_id, result.field), []).append(result)
    for own in alike.values():
        program = compile_field(own[0].cycle.edition, own[0].field)
        places, records = opened(program, [result.detail.packed for result in own])
        scores = score(program, records["seen"])
        for n, place in enumerate(places):
            own[place].opened = Opened(program, records, scores, n, own[place].detail)
    return found


def each_ready(results: Iterable[Result]) -> Iterator[Result]:
    """The same for more than one wants to hold."""
    rows = iter(results)
    while batch := list(islice(rows, BATCH)):
        yield from ready(batch)


def said_of(row: Result | RunResult) -> Detail | RunResult | Opened:
    """Whatever says the lines, the chapters and the gates: plain rows, or the packed record opened."""
    if isinstance(row, RunResult):
        return row
    if row.detail.packed is None:
        return row.detail
    if not hasattr(row, "opened"):
        ready([row])
    return row.opened


def lines_of(row: Result | RunResult) -> list[dict[str, Any]]:
    """The lines of a stored result, in the order of the sheet: points, state, and what they rest on."""
    return said_of(row).told


def chapters_of(row: Result | RunResult) -> dict[str, dict[str, Any]]:
    """By key the points, the maximum, and whether it was scaled or zeroed."""
    return said_of(row).chapters


def gates_of(row: Result | RunResult) -> list[dict[str, str]]:
    """The gates that were closed, in the order of the sheet, in the words of the edition."""
    return said_of(row).gates


def frozen(result: Result) -> dict[str, Any]:
    """The detail of a result that stands by itself, whatever the layout may become."""
    told = {"told": lines_of(result), "chapters": chapters_of(result), "gates": gates_of(result)}
    return told | {"packed": None, "notes": None}


def row_of(found: Opened, n: int, notes: Mapping[str, Any]) -> dict[str, Any]:
    line, record = found.program.lines[n], found.records[found.n]
    row = {
        "key": line.key,
        "code": line.code,
        "chapter": line.chapter,
        "maximum": line.maximum,
        "points": int(found.scores.points[found.n, n]),
        "state": STATES[found.scores.states[found.n, n]],
        "mandatory": line.mandatory,
    }
    if not record["said"][n]:
        return row
    source, how = SPOKEN[int(record["said"][n])]
    note = notes.get(line.key, {})
    applicable = int(record["seen"]["state"][n]) == JUDGED
    row |= {"source": source, "how": how, "applicable": applicable}
    row |= {"values": values_of(found.program, n, record, note, applicable=applicable)}
    row |= {name: note.get(name, SILENT[name]) for name in WRITTEN}
    gates = effects_of(found.program, n, int(found.scores.gates[found.n]))
    return row | ({"gates": gates} if gates else {})


def values_of(
    program: Program, n: int, record, note: Mapping, *, applicable: bool
) -> dict[str, Any]:
    """What was observed: as noted where packing loses a word, else as packed, else what conforms."""
    if "values" in note:
        return note["values"]
    if not applicable:
        return {}
    line = program.lines[n]
    seen = unpack_line(program, n, record["seen"])
    if note:
        return seen
    return dict(line.conforming) | {m.name: as_fact(seen[m.name]) for m in line.derived}


def as_fact(value: Any) -> Any:
    """Facts are whole numbers where a person would have written an amount."""
    return int(value) if isinstance(value, str) and value.lstrip("-").isdigit() else value


def effects_of(program: Program, n: int, mask: int) -> list[str]:
    """Effects of the gates the line closed, in the order of its rule."""
    return [
        program.lines[n].rule.steps[step].effect
        for bit, (line, step) in enumerate(program.gates)
        if line == n and mask >> bit & 1
    ]
