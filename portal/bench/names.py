"""Real counties with towns and villages, in an order without geography; numbered names where the package is out of reach."""

import subprocess
import tempfile
from collections import defaultdict
from hashlib import md5
from pathlib import Path

from portal.proving.real_county import fetch, table

TOWN, COUNTY = 15, 14
Town = tuple[str, list[str]]
County = tuple[str, list[Town]]


def counties(size: int) -> tuple[list[County], str]:
    """(counties with towns and `size` villages in all, where the names are from)."""
    try:
        with tempfile.TemporaryDirectory(prefix="branchmark-names-") as folder:
            return cut(real(fetch(Path(folder))), size), "real counties, towns and villages"
    except (OSError, subprocess.CalledProcessError, IndexError):
        return cut(made_up(size), size), "numbered names"


def real(folder: Path) -> list[County]:
    """Whole counties, mixed by the digest of their code: any beginning is a fair sample."""
    villages: dict[str, list[str]] = defaultdict(list)
    towns: dict[str, list[str]] = defaultdict(list)
    for row in table(folder, "villages"):
        villages[row["streetCode"]].append(row["name"])
    streets = {row["code"]: row for row in table(folder, "streets")}
    for code in streets.keys() & villages:
        towns[streets[code]["areaCode"]].append(code)
    names = {row["code"]: row["name"] for row in table(folder, "areas")}
    mixed = sorted(towns, key=lambda code: md5(code.encode()).digest())  # noqa: S324  order, not secrecy
    return [
        (names.get(code, code), [(streets[t]["name"], villages[t]) for t in sorted(towns[code])])
        for code in mixed
    ]


def made_up(size: int) -> list[County]:
    towns = [
        (f"第{at // TOWN + 1}镇", [f"第{n + 1}村" for n in range(at, at + TOWN)])
        for at in range(0, size, TOWN)
    ]
    return [
        (f"第{at // COUNTY + 1}县", towns[at : at + COUNTY]) for at in range(0, len(towns), COUNTY)
    ]


def cut(found: list[County], size: int) -> list[County]:
    """The first counties, the last of them cut so that the villages are `size` in all."""
    kept: list[County] = []
    for county, towns in found:
        inside = []
        for town, villages in towns:
            if size > 0:
                inside.append((town, villages[:size]))
                size -= len(inside[-1][1])
        if inside:
            kept.append((county, inside))
    return kept
