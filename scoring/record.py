"""What a result keeps of its lines: one packed record, and notes for what somebody wrote.

The record is the observed vector with the points, the state and the source of every line; the edition,
which never changes once issued, says the rest. It begins with the hash of its layout: a record of another
layout is refused, never read wrongly. A branch that does not fit a layout keeps its lines as plain rows.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from inspections.models import Source
from inspections.sheets import CARRIED, REST, SINGLE
from inspections.standing import RECORDS
from scoring.models import Result
from scoring.program import JUDGED, Program, compile_field, unpack_line
from scoring.vector import STATES

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


class Foreign(Exception):
    """The record is of another layout."""


def shape_of(program: Program) -> np.dtype:
    """One branch's record behind the mark."""
    width = (len(program.lines),)
    own = [("points", "<i4", width), ("came", "u1", width), ("said", "u1", width), ("gates", "<i8")]
    return np.dtype([("seen", program.layout.dtype), *own])


def mark_of(program: Program) -> bytes:
    return bytes.fromhex(program.layout.hash)[:MARK]


def opened(program: Program, packed: bytes) -> np.void:
    """Raises Foreign."""
    shape, packed = shape_of(program), bytes(packed)
    if packed[:MARK] != mark_of(program) or len(packed) != MARK + shape.itemsize:
        raise Foreign
    return np.frombuffer(packed, shape, offset=MARK)[0]


def lines_of(result: Result) -> list[dict[str, Any]]:
    """The lines of a stored result, in the order of the sheet: points, state, and what they rest on."""
    if result.packed is None:
        return result.told
    program = compile_field(result.cycle.edition, result.field)
    try:
        record = opened(program, result.packed)
    except Foreign:
        # Made before the layout changed: nothing is shown until the chore has computed it again.
        return result.told
    return [row_of(program, n, record, result.notes or {}) for n in range(len(program.lines))]


def frozen(result: Result) -> dict[str, Any]:
    """The columns of a result whose lines stand by themselves, whatever the layout may become."""
    return {"told": lines_of(result), "packed": None, "notes": None}


def row_of(program: Program, n: int, record: np.void, notes: Mapping[str, Any]) -> dict[str, Any]:
    line = program.lines[n]
    row = {
        "key": line.key,
        "code": line.code,
        "chapter": line.chapter,
        "maximum": line.maximum,
        "points": int(record["points"][n]),
        "state": STATES[record["came"][n]],
        "mandatory": line.mandatory,
    }
    if not record["said"][n]:
        return row
    source, how = SPOKEN[int(record["said"][n])]
    note = notes.get(line.key, {})
    applicable = int(record["seen"]["state"][n]) == JUDGED
    row |= {"source": source, "how": how, "applicable": applicable}
    row |= {"values": values_of(program, n, record, note, applicable=applicable)}
    row |= {name: note.get(name, SILENT[name]) for name in WRITTEN}
    gates = gates_of(program, n, int(record["gates"]))
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


def gates_of(program: Program, n: int, mask: int) -> list[str]:
    """Effects of the gates the line closed, in the order of its rule."""
    return [
        program.lines[n].rule.steps[step].effect
        for bit, (line, step) in enumerate(program.gates)
        if line == n and mask >> bit & 1
    ]
