"""Markers: each text that somebody must not read carries one, and the ink knows who may."""

import io
import re
import zipfile
from collections.abc import Iterable
from itertools import count
from typing import Any

MARK = re.compile(r"zq([a-z]+)(\d+)zq")


class Ink:
    """`of` gives a marker for a row; `spilt` names the markers in an answer that its reader must not see."""

    def __init__(self) -> None:
        self.serial = count(1)
        self.known: dict[str, tuple[str, str, frozenset[str]]] = {}

    def of(self, kind: str, *, at: str, by: Iterable[str]) -> str:
        """A marker of this kind for a row at the place, to be read by these actors and nobody else."""
        mark = f"zq{at}{next(self.serial):03d}zq"
        self.known[mark] = (kind, at, frozenset(by))
        return mark

    def spilt(self, text: str, *, to: str) -> set[str]:
        """Kind and place of each marker `to` must not read."""
        found = {hit.group() for hit in MARK.finditer(text)}
        rows = [(mark, *self.known[mark]) for mark in found if mark in self.known]
        return {f"{kind} at {place}" for _mark, kind, place, seen_by in rows if to not in seen_by}


def written(response: Any) -> str:
    """Everything a reader gets: the headers, the text, and what is inside a workbook."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    return "\n".join([heads, *texts_of(content)])


def texts_of(content: bytes) -> list[str]:
    if not content.startswith(b"PK\x03\x04"):
        return [content.decode("utf-8", errors="replace")]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [book.read(name).decode("utf-8", errors="replace") for name in book.namelist()]
