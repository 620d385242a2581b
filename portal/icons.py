"""The icon sprite cut to the icons we name: 2,000 drawings weigh more than everything else on a page."""

import re
from collections.abc import Iterator
from pathlib import Path

SYMBOL = re.compile(r'<symbol\b.*?\bid="([^"]+)".*?</symbol>', re.DOTALL)
QUOTED = re.compile(r"""["'#]([a-z][a-z0-9-]*)["']""")


def cut(sprite: Path, sources: Path, target: Path) -> Path:
    """Write to `target` the symbols whose id stands in quotes in our templates, code or scripts."""
    named = set(quoted(sources))
    kept = [
        m.group(0)
        for m in SYMBOL.finditer(sprite.read_text(encoding="utf-8"))
        if m.group(1) in named
    ]
    text = '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(kept) + "</svg>"
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return target


def quoted(sources: Path) -> Iterator[str]:
    folders = (
        "templates",
        "static/js",
        "portal",
        "accounts",
        "branches",
        "standards",
        "inspections",
        "scoring",
    )
    for folder in folders:
        for file in sorted((sources / folder).rglob("*")):
            if file.suffix in (".html", ".py", ".js"):
                yield from QUOTED.findall(file.read_text(encoding="utf-8"))
