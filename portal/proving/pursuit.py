"""Mutants and what noticed them: chosen, tried on the walk, then on the app's own tests, and told."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise
from pathlib import Path

from portal.proving import equivalents, tally, walks
from portal.proving.mutants import PARTS, Mutant, mutants

NAMES = "BRANCHMARK_MUTATE"  # names a file: one mutant a line
JOBS = int(os.environ.get("BRANCHMARK_MUTATE_JOBS", os.cpu_count() or 1))
QUICK = "not walk and not browser and not redis and not own_postgres and not journey and not slow"
PLUGIN = ("-p", "portal.proving.mutation", "-m", QUICK)


def chosen(*, app: str = "", kind: str = "", limit: int | None = None) -> list[Mutant]:
    """Equivalent ones are told, not tried."""
    rows = [m for m in mutants() if app in ("", m.app) and kind in ("", m.kind)]
    return [m for m in rows if m.name not in equivalents.REASONS][:limit]


def run(rows: list[Mutant]) -> list[dict[str, str]]:
    """One line per mutant: mutant, noticed (walk, tests or nothing), how."""
    with tempfile.TemporaryDirectory(prefix="branchmark-mutants-") as folder:
        hunt = Hunt(Path(folder))
        found = hunt.by_walk(rows)
        found |= hunt.by_tests([m for m in rows if found[m.name]["noticed"] == "nothing"])
    return [found[m.name] for m in rows]


@dataclass
class Hunt:
    """Each stage is a pytest of its own, because tests and walk do not share a database."""

    folder: Path
    stages: Iterator[int] = field(default_factory=count)

    def by_walk(self, rows: list[Mutant]) -> dict[str, dict[str, str]]:
        return self.tried(rows, "portal/tests/walk/test_mutants.py")

    def by_tests(self, rows: list[Mutant]) -> dict[str, dict[str, str]]:
        """Each app by its own, and by those of the rung above, which builds on it."""
        apps = {m.app for m in rows}
        apps |= {above for app, above in pairwise(PARTS[:-1]) if app in apps}
        return self.tried(rows, *PLUGIN, *(part for part in PARTS if part in apps))

    def tried(self, rows: list[Mutant], *arguments: str) -> dict[str, dict[str, str]]:
        if not rows:
            return {}
        stage = next(self.stages)
        names, record = self.folder / f"names{stage}", self.folder / f"tally{stage}"
        names.write_text("\n".join(m.name for m in rows))
        walks.pytest(*arguments, **{NAMES: str(names), "BRANCHMARK_TALLY": str(record)})
        found = {row["mutant"]: row for row in tally.read(record) if "mutant" in row}
        if lost := [m.name for m in rows if m.name not in found]:
            raise RuntimeError(f"not tried: {', '.join(lost)}")
        return found


# ---- inside the run ----


def wanted() -> list[Mutant]:
    names = Path(os.environ[NAMES]).read_text().splitlines()
    return [m for m in mutants() if m.name in set(names)]


def note(name: str, *, noticed: str, how: str) -> None:
    tally.append({"mutant": name, "noticed": noticed, "how": how})
