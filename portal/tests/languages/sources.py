"""Every message the sources name, read without gettext's own tools: Python by its syntax tree, templates as Django
itself turns them into Python."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
APPS = ("accounts", "branches", "inspections", "portal", "scoring", "standards")
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop", "N_"}
SEVERAL = {"ngettext", "ngettext_lazy"}
STORY = ("tests", "demo", "migrations")
LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(_|n?gettext)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?")


@cache
def messages() -> dict[str, str]:
    """msgid -> where it is first said."""
    found: dict[str, str] = {}
    for path in pages():
        for message in said_in_template(path.read_text(encoding="utf-8")):
            found.setdefault(message, str(path.relative_to(ROOT)))
    for path in modules():
        for message in said_in_python(path.read_text(encoding="utf-8")):
            found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def pages() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.*"))


def modules() -> list[Path]:
    every = (path for app in APPS for path in sorted((ROOT / app).rglob("*.py")))
    return [path for path in every if not set(path.parts) & set(STORY)]


def said_in_template(text: str) -> Iterator[str]:
    for match in IN_TEMPLATE.finditer(templatize(text)):
        yield ast.literal_eval(match.group(2))


def said_in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and name_of(node.func) in ONE | SEVERAL and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))
