"""Message catalogs compiled in Python, so that no gettext binary is needed to start."""

import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_all(folder: Path = LOCALE) -> int:
    """Write every .mo that is missing or older than its .po; return how many were written."""
    stale = [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    for source in stale:
        _compile(source)
    return len(stale)


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    import polib

    # Written beside and moved into place: a running server never reads half a catalog.
    part = source.with_suffix(f".{os.getpid()}.part")
    polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(part))
    part.replace(source.with_suffix(".mo"))
