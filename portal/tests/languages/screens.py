"""What a page says to its reader: every text and every spoken attribute, without what people typed themselves."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, JSONField, TextField

from accounts.models import User

SPOKEN = {"title", "alt", "placeholder", "aria-label", "data-label", "data-confirm", "label"}
SILENT = {"script", "style"}
CODE = re.compile(r"[a-z_.:]+")
HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[A-Za-z]{2,}")
# Latin a Chinese officer writes too: names of file kinds, keys and units, numbers of papers, check codes.
USUAL = re.compile(
    r"English|Excel|WPS|Word|PDF|A4|\b(?:JPG|PNG|WEBP|DOCX|XLSX)\b|Ctrl\+[A-Z]|\b(?:Tab|Alt)\b|\.?xlsx\b|\.xls\b|\.docx\b|\b[KM]B\b|m²"
    r"|\bZG\b|ZG-\d{4}-\d{4}|https?://\S+|[\w.]+@[\w.]+|\bliuwan-dj01\b|\{[a-z]\}|\bfull_members\b|\bshort\b|Meetings short"
    r"|(?<![0-9A-Za-z])(?=[a-f]*[0-9])[0-9a-f]{16,}(?![0-9A-Za-z])",
    re.ASCII,
)


class Speech(HTMLParser):
    """`said`: the texts of one page, in its order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.is_silent = self.is_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.is_silent = tag in SILENT
        self.is_json = given.get("id") == "words"
        self.said += [value for name, value in attrs if name in SPOKEN and value]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.said.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.is_silent = self.is_json = False

    def handle_data(self, data: str) -> None:
        if self.is_json:
            self.said += json.loads(data).values()
        elif not self.is_silent and data.strip():
            self.said.append(data.strip())


def texts(page: str) -> list[str]:
    speech = Speech()
    speech.feed(page)
    return speech.said


class Typed:
    """What the database holds of people's own words. A text the catalog says too is no excuse: it counts as ours."""

    def __init__(self, catalog: Iterable[str]) -> None:
        names = set(User.objects.values_list("username", flat=True))
        names |= set(User.objects.values_list("name", flat=True))
        kept = {text for text in stored() if is_prose(text)} - set(catalog)
        self.by_first: dict[str, list[str]] = defaultdict(list)
        for text in sorted(kept | names, key=len, reverse=True):
            self.by_first[text[:1]].append(text)

    def without(self, text: str) -> str:
        """The text with everything typed cut out of it, the longest first."""
        left, at = [], 0
        while at < len(text):
            typed = next((t for t in self.by_first.get(text[at], ()) if text.startswith(t, at)), "")
            left.append(" " if typed else text[at])
            at += len(typed) or 1
        return "".join(left)


def is_prose(text: str) -> bool:
    """A code such as in_progress must never be read on a screen, and a bare number excuses nothing."""
    return bool(HAN.search(text) or LATIN.search(text)) and not CODE.fullmatch(text)


def stored() -> Iterator[str]:
    for model in apps.get_models():
        fields = [f for f in model._meta.concrete_fields if is_text(f)]
        for row in model._base_manager.values_list(*[f.attname for f in fields]) if fields else ():
            yield from strings(row)


def is_text(field: Field) -> bool:
    return isinstance(field, CharField | TextField | JSONField) and not field.choices


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from filter(None, [value.strip(), *value.splitlines()])
    elif isinstance(value, dict):
        yield from strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


def han(text: str) -> list[str]:
    """What stands in quotes is a word to be written in a Chinese workbook; a language is named in itself."""
    return HAN.findall(re.sub("“[^”]*”|^(简体)?中文$", "", text))


def latin(text: str) -> list[str]:
    return LATIN.findall(USUAL.sub(" ", text))
