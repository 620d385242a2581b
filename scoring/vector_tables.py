"""Points by looking up: each combination of values that occurs is asked of the pure evaluator once.

A line whose measures have few values keeps a table; any other line is asked for its distinct rows, as
long as they are not too many (`vector_exact` takes those that are).
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from scoring.packing import NONE, unpack
from scoring.program import Program, Slot
from standards.rules.evaluate import evaluate

LARGEST_TABLE = 1 << 16
LARGEST_COUNT = 254
MOST_DISTINCT = 4_096
ROOM = 1 << 20
OPEN = np.iinfo(np.int64).min  # points of a line that is not judged
UNKNOWN = OPEN + 1


@dataclass
class Found:
    """What a line came to on every row: points or OPEN, and a bit for each of the program's gates (None: it has none)."""

    points: np.ndarray
    gates: np.ndarray | None

    @cached_property
    def is_open(self) -> bool:
        return bool(len(self.points)) and int(self.points.min()) == OPEN


@dataclass
class Table:
    """By code of the combination; `UNKNOWN` until somebody asks."""

    points: np.ndarray
    gates: np.ndarray = field(repr=False)


def looked_up(program: Program, line: int, vectors: np.ndarray) -> Found | None:
    """None when the line has too many values for a table."""
    slots = program.layout.of_line[line]
    coded = [known(slot, vectors) for slot in slots]
    sizes = [n for _codes, n in coded]
    many = int(np.prod(sizes, dtype=object)) if all(sizes) else 0
    if not 0 < many <= LARGEST_TABLE:
        return None
    table = program.tables.setdefault(line, Table(np.full(many, UNKNOWN), np.zeros(many, np.int64)))
    codes = coded[0][0] if coded else np.zeros(len(vectors), np.intp)
    for own, n in coded[1:]:
        codes = codes * n + own
    points = table.points[codes]
    if len(points) and points.min() <= UNKNOWN and (unknown := points == UNKNOWN).any():
        for code in np.unique(codes[unknown]):
            values = [
                unpacked(slot, n) for slot, n in zip(slots, digits(int(code), sizes), strict=True)
            ]
            table.points[code], table.gates[code] = asked(program, line, slots, values)
        points = table.points[codes]
    return Found(points, table.gates[codes] if gate_bits(program, line) else None)


def known(slot: Slot, vectors: np.ndarray) -> tuple[np.ndarray, int]:
    """(0: not observed, else the value and one; how many there may be, 0: too many to list)"""
    if not (n := size(slot)):
        return vectors[slot.names[0]], 0
    numbers = vectors[slot.names[0]].astype(np.intp)
    low, high = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
    if low < 0:
        none = NONE[slot.types[0]]
        if low != none or (numbers[numbers < 0] != none).any():
            return numbers, 0
        numbers[numbers < 0] = -1
    return numbers + 1, n if high < n - 1 else 0


def size(slot: Slot) -> int:
    """How many values a table holds of the measure, "not observed" among them; 0: it holds none."""
    kind = slot.measure.kind
    if kind in ("flag", "events"):
        return 3
    if kind in ("grade", "parts"):
        return 1 + (len(slot.measure.keys) if kind == "grade" else 2 ** len(slot.measure.keys))
    return LARGEST_COUNT + 2 if kind == "count" else 0


def digits(code: int, sizes: list[int]) -> list[int]:
    found = []
    for n in reversed(sizes):
        code, digit = divmod(code, n)
        found.append(digit)
    return found[::-1]


def unpacked(slot: Slot, digit: int):
    return unpack(slot.measure, (digit - 1,)) if digit else None


def asked(program: Program, line: int, slots: tuple[Slot, ...], values: list) -> tuple[int, int]:
    """(points or OPEN, gates) by the pure evaluator; a line that is not judged closes no gate."""
    found = evaluate(
        program.lines[line].rule,
        maximum=program.lines[line].maximum,
        values={slot.measure.name: value for slot, value in zip(slots, values, strict=True)},
        options=program.options,
    )
    if found.points is None:
        return OPEN, 0
    bits = (1 << program.gates.index((line, hit.step)) for hit in found.gates)
    return found.points, sum(set(bits))


def distinct(program: Program, line: int, vectors: np.ndarray, *, most: int | None) -> Found | None:
    """Each distinct row asked once; None when there are more than `most`."""
    slots = program.layout.of_line[line]
    columns = [
        numbered(vectors[name], NONE[kind])
        for slot in slots
        for name, kind in zip(slot.names, slot.types, strict=True)
    ]
    codes, many = combined(columns, len(vectors))
    example = np.full(many, -1)
    example[codes] = np.arange(len(vectors))
    present = np.flatnonzero(example >= 0)
    if most is not None and len(present) > most:
        return None
    names = [name for slot in slots for name in slot.names]
    rows = zip(*(vectors[name][example[present]].tolist() for name in names), strict=True)
    answers = np.array([known_row(program, line, slots, row) for row in rows], np.int64)
    found = np.zeros((2, many), np.int64)
    found[:, present] = answers.reshape(-1, 2).T
    return Found(found[0][codes], found[1][codes])


def numbered(numbers: np.ndarray, none: int) -> tuple[np.ndarray, int]:
    """(a code for each number, how many codes there may be)"""
    seen = numbers != none
    held = numbers[seen]
    if not len(held):
        return np.zeros(len(numbers), np.int64), 1
    low, high = int(held.min()), int(held.max())
    if high - low < LARGEST_TABLE:
        return np.where(seen, numbers.astype(np.int64) - (low - 1), 0), high - low + 2
    told, codes = np.unique(numbers, return_inverse=True)
    return codes, len(told)


def combined(columns: list[tuple[np.ndarray, int]], count: int) -> tuple[np.ndarray, int]:
    """One code for each row; never more than there is room for."""
    codes, many = np.zeros(count, np.int64), 1
    for own, n in columns:
        if many * n > ROOM:
            told, own = np.unique(own, return_inverse=True)
            n = len(told)
        codes, many = codes * n + own, many * n
        if many > ROOM:
            told, codes = np.unique(codes, return_inverse=True)
            many = len(told)
    return codes, max(many, 1)


def known_row(program: Program, line: int, slots: tuple[Slot, ...], row: tuple[int, ...]):
    """The same row was mostly asked before, for the chunk or the cycle before this one."""
    rows = program.rows.setdefault(line, {})
    if row not in rows:
        if len(rows) >= LARGEST_TABLE:
            rows.clear()
        rows[row] = asked(program, line, slots, values_of(slots, row))
    return rows[row]


def values_of(slots: tuple[Slot, ...], row: tuple[int, ...]) -> list:
    numbers = iter(row)
    return [unpack(s.measure, tuple(next(numbers) for _name in s.names)) for s in slots]


def gate_bits(program: Program, line: int) -> dict[int, int]:
    """{place of the step in the rule: its bit}"""
    return {place: 1 << bit for bit, (own, place) in enumerate(program.gates) if own == line}
