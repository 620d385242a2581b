"""A chunk of assessments as columns: vectors of what counts, who said it, and notes of what was written.

The same reading as `inspections.standing.standings`, without an object per branch and clause; a test holds
the two equal line by line. A branch whose values do not fit the layout is named in `odd`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from inspections.models import Assessment
from inspections.standing import (
    ORDER,
    RECORDS,
    Hearing,
    Records,
    Said,
    derive,
    records_for,
    spoken,
    window_of,
)
from scoring.batches import by_field, sliced
from scoring.packing import Unpackable, pack, unpack
from scoring.program import JUDGED, NOT_APPLICABLE, Program, compile_field
from scoring.record import CODES
from scoring.vector import fits
from standards.rules.conditions import applies
from standards.rules.shapes import MeetingCount, NamedFact
from standards.sheets import Line, edition_options

BY_RECORDS = CODES[RECORDS, RECORDS]
SAFE = ("flag", "count", "grade", "ratio")


@dataclass
class Gathered:
    """One field's branches: row n of every column is `rows[n]`. `notes`: JSON text or None."""

    program: Program
    rows: list[Assessment]
    vectors: np.ndarray
    said: np.ndarray
    notes: list[str | None]


@dataclass
class Chunk:
    """`odd`: assessments the pure evaluator takes."""

    gathered: list[Gathered] = field(default_factory=list)
    odd: list[Assessment] = field(default_factory=list)


def gather(
    rows: list[Assessment],
    *,
    today: date,
    hearing: Hearing = spoken,
    program_of: Callable[[str], Program] | None = None,
) -> Chunk:
    """rows of one cycle with `branch` loaded; a constant number of queries.

    `program_of` a field: the lines to be read, where not the whole sheet is wanted.
    """
    chunk, fields = Chunk(), by_field(rows)
    cycle = rows[0].cycle
    find = program_of or partial(compile_field, cycle.edition)
    programs = {key: find(key) for key in fields}
    usable = [row for key, own in fields.items() if fits(programs[key]) for row in own]
    chunk.odd = [row for key, own in fields.items() if not fits(programs[key]) for row in own]
    if usable:
        lines = [line for key in fields for line in programs[key].lines]
        reader = Reader(cycle, usable, lines, today=today, hearing=hearing)
        for key, own in fields.items():
            if fits(programs[key]):
                chunk.gathered.append(reader.read(programs[key], own, chunk.odd))
    return chunk


def gather_all(rows: Sequence[Assessment], *, today: date, hearing: Hearing = spoken) -> Chunk:
    """As `gather`, for as many as there are."""
    found = Chunk()
    for some in sliced(rows):
        chunk = gather(list(some), today=today, hearing=hearing)
        found.gathered += chunk.gathered
        found.odd += chunk.odd
    return found


class Reader:
    """What the database says of the chunk, asked once for all fields."""

    def __init__(
        self, cycle, rows: list[Assessment], lines: list[Line], *, today: date, hearing: Hearing
    ):
        self.options = edition_options(cycle.edition)
        self.window = window_of(cycle, today=today)
        self.records = self.asked_for(cycle, rows, lines, today=today)
        self.heard = hearing(rows, sources=ORDER)

    def asked_for(self, cycle, rows, lines: list[Line], *, today: date) -> dict[int, Records]:
        """Records are read where one of the lines asks for them."""
        if not any(line.applies or line.derived for line in lines):
            return dict.fromkeys((row.branch_id for row in rows), Records({}))
        meetings = any(map(kinds_asked, lines))
        return records_for(
            rows, cycle=cycle, options=self.options, today=today, with_meetings=meetings
        )

    def read(self, program: Program, rows: list[Assessment], odd: list[Assessment]) -> Gathered:
        by_records = ByRecords(program, window=self.window, options=self.options)
        words: Words = {}
        sheets = []
        for row in rows:
            sheet = Filled(program, by_records.of(self.records[row.branch_id]), words)
            try:
                sheet.fill(self.heard[row.pk])
                sheets.append((row, sheet))
            except Unpackable:
                odd.append(row)
        vectors = np.repeat(program.conforming, len(sheets))
        written(vectors, [sheet for _row, sheet in sheets])
        said = np.array([sheet.said for _row, sheet in sheets], np.uint8)
        return Gathered(
            program=program,
            rows=[row for row, _sheet in sheets],
            vectors=vectors,
            said=said.reshape(-1, len(program.lines)),
            notes=[sheet.noted() for _row, sheet in sheets],
        )


@dataclass(frozen=True)
class Found:
    """What the records say of a line: whether it applies, its derived values, and these packed (None: they do not fit)."""

    applies: bool
    values: Mapping[str, Any]
    numbers: "Numbers | None"
    from_records: bool


class ByRecords:
    """The lines that ask the records; branches with the same records are asked once."""

    def __init__(self, program: Program, *, window, options):
        self.program, self.window, self.options = program, window, options
        self.asking = [
            (n, line, facts_asked(line), kinds_asked(line))
            for n, line in enumerate(program.lines)
            if line.applies or line.derived
        ]
        self.known: dict[tuple, Found] = {}

    def of(self, records: Records) -> dict[int, Found]:
        facts, meetings = records.facts, records.meetings
        held = {kind: tuple(months.items()) for kind, months in meetings.items()}
        found = {}
        for n, line, names, kinds in self.asking:
            key = (n, *map(facts.get, names), *map(held.get, kinds))
            if key not in self.known:
                self.known[key] = self.ask(n, line, records)
            found[n] = self.known[key]
        return found

    def ask(self, n: int, line: Line, records: Records) -> Found:
        values = derive(line, records, window=self.window, options=self.options)
        try:
            numbers = numbers_of(self.program, n, values)
        except Unpackable:
            numbers = None
        if any(isinstance(value, str) for value in values.values()):
            # It would come back as a number.
            numbers = None
        return Found(applies(line.applies, records.facts), values, numbers, line.from_records)


def facts_asked(line: Line) -> tuple[str, ...]:
    """Meetings before the founding are not owed, so that day is asked with them."""
    derived = [m.derive for m in line.derived]
    named = [d.fact for d in derived if isinstance(d, NamedFact)]
    return (*(condition["fact"] for condition in line.applies), *named, "founded_on")


def kinds_asked(line: Line) -> tuple[str, ...]:
    return tuple(m.derive.kind for m in line.derived if isinstance(m.derive, MeetingCount))


Numbers = list[tuple[str, int]]
# What an answer comes to, by line and wording: in a county most exceptions are said alike.
Words = dict[tuple, tuple[Numbers, str]]


class Filled:
    """One branch: a code and a state for each line, and the numbers that differ from the template."""

    def __init__(self, program: Program, found: Mapping[int, Found], words: Words):
        self.program, self.found, self.words = program, found, words
        self.said = [0] * len(program.lines)
        self.states: list[int] = []
        self.numbers: Numbers = []
        self.notes: list[str] = []

    def fill(self, heard: Mapping[str, tuple]) -> None:
        """Raises Unpackable."""
        said, place, answers = self.said, self.program.place, []
        for key, (source, how, answer) in heard.items():
            n = place.get(key)
            if n is not None:
                said[n] = code_of(source, how)
                if answer is not None:
                    answers.append((n, answer))
        outside = self.judge_by_records()
        self.states = [JUDGED if code else 0 for code in said]
        for n in outside:
            said[n], self.states[n] = BY_RECORDS, NOT_APPLICABLE
        for n, answer in answers:
            if n not in outside:
                self.write(n, answer)

    def judge_by_records(self) -> set[int]:
        """Fill in what nobody types. Returns the lines that do not apply by the facts."""
        outside = set()
        for n, found in self.found.items():
            if not found.applies:
                outside.add(n)
            elif found.values and (self.said[n] or found.from_records):
                self.said[n] = self.said[n] or BY_RECORDS
                if found.numbers is None:
                    raise Unpackable(self.program.lines[n].key)
                self.numbers += found.numbers
        return outside

    def write(self, n: int, answer: Said) -> None:
        key = (n, repr(answer.measures), answer.applicable, answer.remark, answer.paper,
               answer.by_name, answer.on, answer.evidence)  # fmt: skip
        if key not in self.words or self.program.lines[n].derived:
            self.words[key] = self.worded(n, answer)
        numbers, note = self.words[key]
        self.states[n] = JUDGED if answer.applicable else NOT_APPLICABLE
        self.numbers += numbers
        self.notes.append(note)

    def worded(self, n: int, answer: Said) -> tuple[Numbers, str]:
        line = self.program.lines[n]
        derived = self.found[n].values if n in self.found else {}
        numbers = numbers_of(self.program, n, answer.measures) if answer.applicable else []
        return numbers, f"{json.dumps(line.key)}: {note(line, answer, derived)}"

    def noted(self) -> str | None:
        return "{" + ", ".join(self.notes) + "}" if self.notes else None


def numbers_of(program: Program, n: int, values: Mapping[str, Any]) -> Numbers:
    """Raises Unpackable."""
    return [
        pair
        for slot in program.layout.of_line[n]
        if slot.measure.name in values
        for pair in zip(slot.names, pack(slot.measure, values[slot.measure.name]), strict=True)
    ]


def code_of(source: str, how: str) -> int:
    """Raises Unpackable on a way of saying that is not in the record's list."""
    code = CODES.get((source, how))
    if code is None:
        raise Unpackable(how)
    return code


def note(line: Line, answer: Said, derived: Mapping[str, Any]) -> str:
    """JSON of what was written; the values too where the vector would not give them back."""
    said: dict[str, Any] = {}
    for name, value in (("remark", answer.remark), ("paper", answer.paper), ("by", answer.by_name)):
        if value:
            said[name] = value
    if answer.on:
        said["on"] = answer.on.isoformat()
    if answer.evidence:
        said["evidence"] = answer.evidence
    if not answer.applicable or not comes_back(line, answer.measures):
        said["values"] = line.conforming | derived | answer.measures
    return json.dumps(said, ensure_ascii=False)


def comes_back(line: Line, measures: Mapping[str, Any]) -> bool:
    """Whether unpacking gives the very words: a judged point has a reason, an amount its own spelling."""
    if line.derived:
        return False
    own = {measure.name: measure for measure in line.rule.measures}
    if not measures.keys() <= own.keys() or any(m.kind == "points" for m in own.values()):
        return False
    spelled = ((own[name], value) for name, value in measures.items())
    return all(m.kind in SAFE or unpack(m, pack(m, value)) == value for m, value in spelled)


def written(vectors: np.ndarray, sheets: list[Filled]) -> None:
    """States and numbers into the columns; of two numbers for one place the later counts."""
    if not sheets:
        return
    vectors["state"] = [sheet.states for sheet in sheets]
    columns: dict[str, tuple[list[int], list[int]]] = {}
    for row, sheet in enumerate(sheets):
        for name, number in sheet.numbers:
            places, numbers = columns.setdefault(name, ([], []))
            places.append(row)
            numbers.append(number)
    for name, (places, numbers) in columns.items():
        vectors[name][places] = numbers
