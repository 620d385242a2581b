"""docs/permissions.md: the printed matrix, and the same file read back as what the walk expects.

The tables decide; the file is what people agreed to. A test holds both together, so the walk may take its
expectations from the file and a row that was changed by mistake has somewhere to show.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from accounts.roles import Kind, Role
from inspections.moves import Move
from portal.access import TABLE_BY_APP, addresses
from portal.tests.walk.cast import ACTORS, KINDS, ROLES
from portal.tests.walk.steps import ANYBODY

FILE = Path(__file__).resolve().parents[3] / "docs" / "permissions.md"
OFFICES = (*Role, Kind.SYSTEM, Kind.SECURITY, Kind.AUDIT)
IS_RECORDED = os.environ.get("BRANCHMARK_WALK") == "record"
MAY = "●"
ANSWERED = (*ACTORS, ANYBODY)
HEAD = """# Who may do what

Written by `python3 manage.py walk --record` (`--only standards:` asks the addresses that begin so, and keeps the
other answers); the suite fails when it is out of date.
Which rows somebody sees is a question of its own (`visible_to`); what is hidden answers 404.
`python3 manage.py mutate` takes away every guard, every `visible_to` and every row below in turn, and lists what
neither the walk nor the apps' own tests notice.

## By verb

A role counts on the unit it was given for and below it. The last column names what must hold besides.
"""
MIDDLE = """
## By address

What the walk was answered. Each letter stands for one object, in the order of the column “asked about”:
`y` shown or done, `f` the form came back, `s` not in this state or not by this person, `n` forbidden,
`-` not found, `i` to the sign-in page, `.` not asked.
"""
LETTERS = {200: "y", 302: "y", 422: "f", 409: "s", 403: "n", 404: "-", 429: "s"}


def write(recorded: Mapping[str, Mapping[tuple[str, str], str]], labels: Mapping[str, str]) -> None:
    FILE.write_text(f"{HEAD}\n{by_verb()}\n{MIDDLE}\n{by_address(recorded, labels)}\n")
    offices_of.cache_clear()
    answers.cache_clear()


def by_verb() -> str:
    heads = ["verb", *(office.value.replace("_", " ") for office in OFFICES), "and"]
    rows = [
        [f"`{verb}`", *(marks(permit)), condition(permit)]
        for table in TABLE_BY_APP.values()
        for verb, permit in table.items()
    ]
    return table(heads, rows)


def marks(permit: Any) -> list[str]:
    return [MAY if office in permit.roles | permit.kinds else "" for office in OFFICES]


def condition(permit: Any) -> str:
    """The names of the functions, which read as words: `checked_by_another`."""
    move = getattr(permit.when, "__self__", None)
    if isinstance(move, Move):
        who = [words(ask) for ask in move.who]
        return "; ".join([f"stage {', '.join(move.stages)}", *who])
    return "" if permit.when.__name__ == "anything" else words(permit.when)


def words(function: Callable[..., Any]) -> str:
    return function.__name__.replace("_", " ")


def by_address(
    recorded: Mapping[str, Mapping[tuple[str, str], str]], labels: Mapping[str, str]
) -> str:
    """In the order of the ACCESS tables; what was not asked this time stays as it was written."""
    heads = ["address", "method", "asked about", *(name.replace("_", " ") for name in ANSWERED)]
    before = answers()
    rows = []
    for name, method in asked():
        kept = before.get((name, method), {})
        now = {actor: row.get((name, method)) for actor, row in recorded.items()}
        cells = [now.get(actor) or kept.get(actor, "") for actor in ANSWERED]
        rows.append([f"`{name}`", method, labels[name], *cells])
    return table(heads, rows)


def asked() -> list[tuple[str, str]]:
    return [(name, method) for name, row in addresses().items() for method in row]


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


# ---- read back ----


@cache
def offices_of() -> dict[str, frozenset[str]]:
    """verb -> the roles and kinds that may."""
    values = [office.value for office in OFFICES]
    return {
        verb: frozenset(v for v, mark in zip(values, cells, strict=False) if mark == MAY)
        for verb, *cells in lines("## By verb")
    }


@cache
def answers() -> dict[tuple[str, str], dict[str, str]]:
    """(address, method) -> actor -> letters."""
    return {
        (name, method): dict(zip(ANSWERED, cells, strict=True))
        for name, method, _labels, *cells in lines("## By address")
    }


def answers_to(actor: str) -> dict[tuple[str, str], str]:
    return {key: row[actor] for key, row in answers().items()}


def lines(section: str) -> list[list[str]]:
    if not FILE.exists():
        return []
    after = FILE.read_text().partition(f"{section}\n")[2].partition("\n## ")[0]
    rows = [line for line in after.splitlines() if line.startswith("| `")]
    return [[cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


def may(actor: str, verb: str) -> bool:
    """Whether the actor's role or kind is among those the file names for the verb."""
    office = ROLES.get(actor) or KINDS.get(actor)
    return office is not None and office.value in offices_of()[verb]


def verbs_asked_for() -> set[str]:
    needs = {need for row in addresses().values() for need in row.values()}
    return needs - {"login", "public"}
