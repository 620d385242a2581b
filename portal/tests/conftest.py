"""What the permission walk asked and noticed, at the end of the run. Each process appends to the tally; this adds up."""

import os
from collections import Counter
from pathlib import Path

from portal.proving import tally


def pytest_terminal_summary(terminalreporter, config):
    if hasattr(config, "workerinput"):
        return
    records = tally.read(Path(os.environ["BRANCHMARK_TALLY"]))
    for line in [*walked(records), *mutated(records)]:
        terminalreporter.write_line(line)


def walked(records):
    rows = [row for row in records if "walk" in row]
    asked, wrong = (sum(row[name] for row in rows) for name in ("walk", "deviations"))
    return [f"walk: {asked} requests, {wrong} deviations"] if rows else []


def mutated(records):
    """Every mutant with what noticed it when the whole list was asked for, else the sum alone."""
    rows = [row for row in records if "mutant" in row]
    by = Counter(row["noticed"] for row in rows)
    listed = [f"{row['noticed']:8} {row['mutant']}: {row['how']}" for row in rows]
    total = (
        f"mutations: {len(rows)} tried, {by['walk']} noticed by the walk, "
        f"{by['tests']} by the app's own tests, survivors {by['nothing']}"
    )
    return [*(listed if "BRANCHMARK_MUTATE" in os.environ else []), total] if rows else []
