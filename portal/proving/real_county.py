"""A real county's towns and villages through the roster and LibreOffice. Only by hand: no real name stays in the tree."""

import csv
import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from accounts.models import User
from accounts.roles import Role
from branches.growth import plant
from branches.models import Grant, Organization, OrgKind
from branches.rosters import imports as rosters
from branches.scope import Actor, act_as

PACKAGE = "china-division@2.7.0"
HEAD = (
    "组织全称",
    "组织简称",
    "上级组织",
    "组织类别",
    "支部领域",
    "正式党员数",
    "支委人数",
    "联系电话",
)
OLD, NEW = "80", "90"
URBAN = ("居委会", "社区")


@dataclass(frozen=True)
class County:
    """towns: code -> name. villages: (town code, name)."""

    name: str
    towns: dict[str, str]
    villages: list[tuple[str, str]]


def fetch(folder: Path) -> Path:
    """The package's tables, through the ordinary client."""
    npm = shutil.which("npm") or "npm"
    made = subprocess.run(
        [npm, "pack", PACKAGE, "--silent"], cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / made.stdout.split()[-1]
    shutil.unpack_archive(archive, folder, "gztar", filter="data")
    return folder / "package" / "dist"


def table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def county(folder: Path, code: str) -> County:
    """The county of that code; without one, the county with the median number of villages."""
    code = code or median(Counter(row["areaCode"] for row in table(folder, "villages")))
    name = next(row["name"] for row in table(folder, "areas") if row["code"] == code)
    towns = {
        row["code"]: row["name"] for row in table(folder, "streets") if row["areaCode"] == code
    }
    villages = [
        (row["streetCode"], row["name"])
        for row in table(folder, "villages")
        if row["areaCode"] == code
    ]
    return County(name, towns, villages)


def median(sizes: Counter) -> str:
    ordered = sorted(sizes, key=lambda code: (sizes[code], code))
    return ordered[len(ordered) // 2]


def roster_of(found: County) -> Workbook:
    """Every town as a committee, every village and community as a branch under its full name."""
    book = Workbook()
    book.active.append(HEAD)
    full = {code: f"中共{found.name}{name}委员会" for code, name in found.towns.items()}
    for code, name in found.towns.items():
        book.active.append((full[code], name, found.name, "党委", "", "", "", ""))
    for number, (town, name) in enumerate(found.villages):
        field = "社区" if name.endswith(URBAN) else "农村"
        unit = f"中共{found.name}{found.towns[town]}{name}支部委员会"
        row = (unit, name, full[town], "党支部", field, 20, 3, f"{OLD}{number:05d}")
        book.active.append(row)
    return book


def officer_of(name: str, *, now: datetime) -> tuple[Actor, Organization]:
    owner = plant(
        parent=None, kind=OrgKind.DEPARTMENT, name=name, short_name=name, opened_on=now.date()
    )
    user = User.objects.create(username="officer", name="officer")
    Grant.objects.create(
        user=user, organization=owner, role=Role.COUNTY_OFFICER, from_on=now.date()
    )
    return act_as(user, today=now.date()), owner


def bring_in(actor: Actor, owner: Organization, content: bytes, *, now: datetime) -> dict[str, int]:
    """Preview and confirm; the preview's counts."""
    upload = SimpleUploadedFile("roster.xlsx", content)
    item = rosters.preview(actor, owner, upload, now=now, client_key=uuid4())
    rosters.write(actor, item, now=now)
    return {name: item.counts[name] for name in ("new", "changed", "same", "wrong")}


def content_of(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited_in_libreoffice(content: bytes, folder: Path, *, edits: int) -> bytes:
    """LibreOffice opens the workbook and saves its own format, some telephones change there, and it saves .xlsx again."""
    (folder / "table.xlsx").write_bytes(content)
    convert(folder, "table.xlsx", to="fods")
    text = (folder / "table.fods").read_text(encoding="utf-8")
    for number in range(edits):
        text = text.replace(f">{OLD}{number:05d}<", f">{NEW}{number:05d}<", 1)
    (folder / "table.fods").write_text(text, encoding="utf-8")
    (folder / "table.xlsx").unlink()
    convert(folder, "table.fods", to="xlsx")
    return (folder / "table.xlsx").read_bytes()


def convert(folder: Path, name: str, *, to: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, str(folder / name)], check=True, capture_output=True, timeout=300)
