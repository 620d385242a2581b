"""The example edition of `data/`: branches in example.json, committees in committees.json; put in force for an owner."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from branches.models import Organization
from portal.kit import points
from standards import contents
from standards.issuing import put_in_force
from standards.models import Edition

DATA = Path(__file__).parent / "data"


@cache
def example_data() -> dict[str, Any]:
    return json.loads((DATA / "example.json").read_text(encoding="utf-8"))


@cache
def committees_data() -> dict[str, Any]:
    """Clauses only; tiers, options and chapters are the example's."""
    return json.loads((DATA / "committees.json").read_text(encoding="utf-8"))


@transaction.atomic
def load_example(owner: Organization, *, by: User, now: datetime) -> Edition:
    """An issued edition of `owner`; an example, so it carries no issuer and no document number."""
    edition = start_from_example(owner, name="", year=now.year)
    return put_in_force(edition, by=by, now=now)


def start_from_example(
    owner: Organization, *, name: str, year: int, with_clauses: bool = True, **head: Any
) -> Edition:
    """A draft with the example's tiers, options and, unless left out, its clauses."""
    data = example_data()
    edition = Edition.objects.create(
        owner=owner,
        name=name or data["name"],
        year=year or data["year"],
        note=data["note"] if with_clauses else "",
        options=data["options"],
        tiers=data["tiers"],
        ceiling=points.parse(data["ceiling"]),
        **head,
    )
    held = [*data["clauses"], *committees_data()["clauses"]] if with_clauses else []
    contents.fill(edition, data={**data, "clauses": held})
    return edition
