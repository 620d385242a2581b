"""Every bad input at every place that takes its kind, as one list."""

import io
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.tests.bad import answers, doors, files, queries, texts, workbooks

FORM = "application/x-www-form-urlencoded"
# Refused: a sentence, and nothing is written. Harmless: that, or taken and stored clean. Read: nothing is written.
REFUSED, HARMLESS, READ = "refused", "harmless", "read"
# These do not tell by field what they refuse, so each field has a sending of its own.
UNNAMED = (
    "sign-in", "own password", "self-assessment", "autosaved day", "autosave", "return of a self-assessment",
    "clause on site", "tap of a phone",
)  # fmt: skip
WIDE = 50_000  # letters: a sending takes one field of that length


@dataclass(frozen=True)
class Case:
    """send: the request. names: the fields a refusal must name. sent: what was typed, so that it may be quoted.

    beside: tables that are written by design. once: nothing in it meets the database, so one engine is enough.
    """

    title: str
    send: Callable[[Any], Any]
    must: str = REFUSED
    names: tuple[str, ...] = ()
    sent: str = ""
    seconds: int = 5
    beside: tuple[str, ...] = ()
    once: bool = False


def post(world: Any, door: doors.Door, said: dict[str, Any]) -> Any:
    body = answers.encoded(said)
    return world.clients[door.by].post(door.at(world), body, content_type=FORM)


def every() -> list[Case]:
    return [*in_addresses(), *in_queries(), *in_forms(), *in_files(), *in_workbooks()]


def in_forms() -> Iterator[Case]:
    """Every field of every form; within one part of the portal a kind of field is tried in full once."""
    for group in doors.GROUPS:
        tried: set[str] = set()
        for door in group:
            alone, together = sorted_out(door, tried)
            yield from (in_field(door, *row) for row in alone)
            yield from (in_fields(door, rows) for rows in side_by_side(together))
            tried |= {kind.rstrip("*") for kind in door.fields.values()}


Row = tuple[
    str, str, str, bool, bool
]  # field, title, value, whether it is refused, is one engine enough


def sorted_out(door: doors.Door, tried: set[str]) -> tuple[list[Row], list[Row]]:
    """Sent alone: what a form may take, and what is refused without naming the field."""
    alone, together, seen = [], [], set(tried)
    for name, kind in door.fields.items():
        known = kind.rstrip("*") in seen
        for title, value, refused in texts.odd(kind, briefly=known):
            # What a form refuses asks no database; on the second engine a kind is tried once.
            once = value not in texts.BY_ENGINE or (known and refused)
            many = refused and door.name not in UNNAMED and len(value) < WIDE
            (together if many else alone).append((name, title, value, refused, once))
        seen.add(kind.rstrip("*"))
    return alone, together


def side_by_side(rows: list[Row]) -> Iterator[list[Row]]:
    """One row of each field at a time: each has to be named, so none can hide behind another."""
    for once in (False, True):
        by_field = defaultdict(list)
        for row in rows:
            if row[-1] == once:
                by_field[row[0]].append(row)
        for nth in zip_longest(*by_field.values()):
            yield [row for row in nth if row]


def in_field(
    door: doors.Door, name: str, title: str, value: str, refused: bool, once: bool
) -> Case:
    must, named = (REFUSED, (name,)) if refused else (HARMLESS, ())
    titled = f"{door.name}: {name}: {title}"
    case = Case(titled, filled(door, {name: value}), must, named, value, once=once)
    # Guesses are answered with one sentence beside no field, and each leaves a line in the trail.
    return replace(case, names=(), beside=("accounts_deed",)) if door.name == "sign-in" else case


def in_fields(door: doors.Door, rows: list[Row]) -> Case:
    said = {name: value for name, _title, value, *_ in rows}
    title = f"{door.name}: " + ", ".join(f"{name}: {title}" for name, title, *_ in rows)
    once = all(row[-1] for row in rows)
    return Case(
        title[:200], filled(door, said), REFUSED, tuple(said), " ".join(said.values()), once=once
    )


def filled(door: doors.Door, said: dict[str, str]) -> Callable[[Any], Any]:
    def send(world):
        placed = {world.grid_cell if name == "GRID" else name: v for name, v in said.items()}
        return post(world, door, door.said(world) | placed)

    return send


def in_queries() -> Iterator[Case]:
    """Every name of a page at once; within one part of the portal a name is tried in full, and alone, once."""
    tried: dict[str, set[str]] = defaultdict(set)
    for page in queries.PAGES:
        known = tried[page.name.partition(":")[0]]
        fresh = [name for name in page.names if name not in known]
        known.update(fresh)
        for title in queries.VALUES if fresh else queries.WORST:
            names = (*page.names, *queries.STRANGE)
            yield asked(page, names, title, f"{page.name}: all: {title}")
        for name in fresh:
            title = queries.WORST[0]
            yield asked(page, (name,), title, f"{page.name}: {name}: {title}")


def asked(page: queries.Page, names: tuple[str, ...], value: str, title: str) -> Case:
    query = "&".join(f"{name}={queries.VALUES[value]}" for name in names)
    once = value not in queries.BY_ENGINE
    return Case(
        title, lambda world: get(world, page.by, f"{page.at(world)}?{query}"), READ, once=once
    )


def get(world: Any, by: str, address: str) -> Any:
    path, _mark, query = address.partition("?")
    return world.clients[by].get(path, QUERY_STRING=query)


def in_addresses() -> Iterator[Case]:
    """Numbers everywhere; what is no number fits no address, which one place of each part of the portal shows."""
    shown: set[str] = set()
    for place in queries.PLACES:
        part = place.split("/")[1]
        for step in queries.STEPS:
            if part in shown and not step.isdecimal():
                continue
            address = place.format(step)
            yield Case(
                f"{place}: {step[:30]}",
                lambda world, a=address: get(world, "officer", a),
                READ,
                once=not step.isdecimal(),
            )
        shown.add(part)


def in_files() -> Iterator[Case]:
    for store in files.STORES:
        whole = store in (files.STORES[0], files.STORES[-1])
        for title, (name, content) in files.REFUSED.items():
            if whole or title in files.WORST:
                case = f"{store.name}: {title}"
                yield Case(case, stored(store, name, content), REFUSED, (), name, once=not whole)
        for title, name in files.TAKEN.items():
            if whole or title in files.WORST:
                case = f"{store.name}: name: {title}"
                yield Case(
                    case, stored(store, name, files.photo()), HARMLESS, (), name, once=not whole
                )


def stored(store: files.Store, name: str, content: bytes) -> Callable[[Any], Any]:
    def send(world):
        file = Named(content, name)
        return world.clients[store.by].post(
            store.at(world), store.said(world) | {store.field: file}
        )

    return send


class Named(io.BytesIO):
    """A file whose name reaches the server as it stands, as no browser's would."""

    def __init__(self, content: bytes, name: str):
        super().__init__(content)
        self.name, self.content_type = name, "application/octet-stream"


def in_workbooks() -> Iterator[Case]:
    for place in workbooks.IMPORTS:
        for title in workbooks.WORKBOOKS:
            must = HARMLESS if title in TABLES else REFUSED
            name, once = f"{place.name}: {title}", title not in TABLES
            yield Case(name, brought(place, title), must, (), WORDS, seconds=30, once=once)
    door = next(place for place in workbooks.IMPORTS if place.name == "edition")
    for title, (name, build) in workbooks.TABLES.items():
        send = carried(door, name, build)
        yield Case(
            f"scoring table: {title}", send, REFUSED, ("file",), f"{name} {WORDS}", once=True
        )


# Tables that may be read, though nothing in them fits: a preview with every row marked is as good as a refusal.
TABLES = {"infinite", "merged whole", "odd texts", "first column twice", "header renamed", "100 columns", "title only",
          "another table", "NaN", "one text of 60 MB"}  # fmt: skip
WORDS = "XFD"


def brought(place: workbooks.Import, title: str) -> Callable[[Any], Any]:
    def send(world):
        file = SimpleUploadedFile("名册.xlsx", built(title))
        return world.clients[place.by].post(place.at(world), place.said(world) | {"file": file})

    return send


def carried(
    place: workbooks.Import, name: str, build: Callable[[Path], bytes]
) -> Callable[[Any], Any]:
    def send(world):
        with tempfile.TemporaryDirectory() as folder:
            file = SimpleUploadedFile(name, build(Path(folder) / "bad"))
        return world.clients[place.by].post(place.at(world), place.said(world) | {"file": file})

    return send


@cache
def built(title: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return workbooks.WORKBOOKS[title](Path(folder) / "bad.xlsx")
