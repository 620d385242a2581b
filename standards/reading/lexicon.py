"""Loads lexicon.txt: word -> the types it can be, in the order of the file, plain text last."""

from pathlib import Path

_FILE = Path(__file__).with_name("lexicon.txt")


def _load() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    type = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if not line.startswith(" "):
            type, _, line = line.partition(":")
        found[type] = (*found.get(type, ()), *line.split())
    return found


def _vocabulary() -> dict[str, list[tuple[str, str]]]:
    """Verbs come first: they ask for a number behind them, the same word without one is another."""
    verbs = {type: WORDS[type] for type in VERBS}
    plain = {"text": WORDS["text"]}
    found: dict[str, list[tuple[str, str]]] = {}
    for table in (verbs, {type: words for type, words in WORDS.items() if type != "text"}, plain):
        for type, words in table.items():
            for entry in words:
                word, _, value = entry.partition("=") if type == "per" else (entry, "", "")
                found.setdefault(word, []).append((type, value or word))
    return found


VERBS = ("lose", "gain", "get")
WORDS = _load()
VOCABULARY = _vocabulary()
LONGEST = max(map(len, VOCABULARY))
