"""What a refusal says: its sentences, taken from wherever the page shows them."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

from django.forms import BaseForm
from django.template.context import BaseContext
from django.test.utils import ContextList

HAN = re.compile("[\u4e00-\u9fff]")
# Words that stand in Chinese sentences as they are.
TERMS = {"excel", "office", "xlsx", "docx", "docm", "xlsm", "xlsb", "jpg", "jpeg", "png", "webp", "pdf", "word", "heic", "wps",
         "cells", "true", "false", "null"}  # fmt: skip
LEAKS = re.compile(
    r"Traceback|DataError|IntegrityError|OperationalError|ValueError|This field is required|Enter a (?:valid|whole)"
    r"|Ensure this value|Null characters|Select a valid choice|site-packages"
)


def encoded(said: dict[str, Any]) -> bytes:
    """A form as bytes, with lone surrogates as a broken program would send them."""
    pairs = [(name, value) for name, values in said.items() for value in listed(values)]
    return "&".join(f"{typed(name)}={typed(value)}" for name, value in pairs).encode("ascii")


def listed(values: Any) -> list[Any]:
    return list(values) if isinstance(values, (list, tuple)) else [values]


def typed(value: Any) -> str:
    return quote_plus(str(value).encode("utf-8", "surrogatepass"))


def form_errors(response: Any) -> dict[str, list[str]]:
    """{field: sentences} of every form on the page; "" for what stands beside no field."""
    found: dict[str, list[str]] = {}
    for form in forms_of(response):
        for name, errors in form.errors.items() if form.is_bound else ():
            found.setdefault("" if name == "__all__" else name, []).extend(map(str, errors))
    return found


def forms_of(response: Any) -> list[BaseForm]:
    """Looked for once: it is asked several times of each answer."""
    if not hasattr(response, "forms_shown"):
        response.forms_shown = list({id(form): form for form in forms_within(response)}.values())
    return response.forms_shown


def forms_within(response: Any) -> Iterator[BaseForm]:
    """A page is made of a hundred templates; most layers of their contexts are the same ones."""
    layers = {id(layer): layer for context in listed_contexts(response) for layer in context.dicts}
    for layer in layers.values():
        for value in layer.values():
            yield from values_within(value)


def listed_contexts(response: Any) -> list[BaseContext]:
    found = response.context
    return [] if found is None else list(found) if isinstance(found, ContextList) else [found]


def values_within(value: Any) -> Iterator[BaseForm]:
    if isinstance(value, BaseForm):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value[:50]:
            yield from values_within(each)
    elif isinstance(value, dict):
        for each in list(value.values())[:50]:
            yield from values_within(each)


def sentences(response: Any) -> list[str]:
    """Everything the answer says about what was wrong."""
    if "json" in response.get("Content-Type", ""):
        return [json.loads(response.content)["error"]]
    html = response.content.decode()
    said = [text for errors in form_errors(response).values() for text in errors]
    marked = re.findall(
        r'(?s)<(\w+)[^>]*(?:class="[^"]*(?:invalid-feedback|alert-|field-error|error)[^"]*"|role="alert")[^>]*>(.*?)</\1>',
        html,
    )
    said += [text for _tag, inner in marked if (text := plain(inner))]
    if "data-stopped" in html:
        said.append(plain(html.partition("<h1>")[2].partition("</section>")[0]))
    return said


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def foreign_words(sentence: str, *, sent: str) -> list[str]:
    """Latin words that are neither terms nor what was typed."""
    words = re.findall(r"[A-Za-z]{4,}", sentence)
    return [word for word in words if word.lower() not in TERMS and word not in sent]
