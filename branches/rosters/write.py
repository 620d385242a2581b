"""Writing a plan: all of it or nothing, in few statements however many rows there are."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import Deed
from branches import growth
from branches.models import BranchForm, Organization, OrgKind, Profile
from branches.rosters.columns import PROFILE_KEYS, UNIT_KEYS
from branches.rosters.planned import NEW, Plan, Row, plain
from branches.tree import step
from portal.kit.normal import initials

BATCH = 500


@transaction.atomic
def write_plan(plan: Plan, *, by, now: datetime, today: date) -> dict[str, int]:
    """Writes the new and changed rows; returns the plan's counts. The tree must be locked by the caller."""
    new = [row for row in plan.to_write if row.status == NEW]
    changed = [row for row in plan.to_write if row.status != NEW]
    counts = plan.counts
    told = [*new, *changed]
    plant_all(new, today=today)
    amend_all(changed)
    write_profiles(changed, by=by, now=now)
    move_all(changed)
    tell_all(told, by=by, now=now)
    return counts


def plant_all(rows: list[Row], *, today: date) -> None:
    """Level by level, because a unit's path needs the id of its parent."""
    places = Places(rows)
    waiting = rows
    while waiting:
        ready = [row for row in waiting if parent_unit(row) is not None]
        if not ready:
            raise RuntimeError("a plan held units whose parents are never planted")
        plant_level(ready, places, today=today)
        waiting = [row for row in waiting if row.unit is None]


def parent_unit(row: Row) -> Organization | None:
    return row.parent.unit if isinstance(row.parent, Row) else row.parent


def plant_level(rows: list[Row], places: "Places", *, today: date) -> None:
    units = [seedling(row, places, today=today) for row in rows]
    Organization.objects.bulk_create(units, batch_size=BATCH)
    for row, unit in zip(rows, units, strict=True):
        unit.path = unit.parent.path + step(unit.pk)
        row.unit = unit
    Organization.objects.bulk_update(units, ["path"], batch_size=BATCH)
    profiles = [profile_for(row) for row in rows if row.unit.kind == OrgKind.BRANCH]
    Profile.objects.bulk_create(profiles, batch_size=BATCH)


def seedling(row: Row, places: "Places", *, today: date) -> Organization:
    values, parent = row.record.values, parent_unit(row)
    position = values.get("position")
    return Organization(
        parent=parent,
        path=growth.seedling(),
        kind=values["kind"],
        name=values["name"],
        short_name=values["short_name"],
        initials=initials(values["short_name"])[:100],
        field=values.get("field") or growth.field_of(values["kind"]),
        code=values.get("code") or "",
        position=places.next(parent) if position is None else position,
        opened_on=today,
    )


class Places:
    """The next protocol order under each parent."""

    def __init__(self, rows: list[Row]):
        parents = {row.parent.pk for row in rows if isinstance(row.parent, Organization)}
        found = Organization.objects.filter(parent__in=parents).values("parent")
        self.last = defaultdict(
            int, found.annotate(last=Max("position")).values_list("parent", "last")
        )

    def next(self, parent: Organization) -> int:
        self.last[parent.pk] += 1
        return self.last[parent.pk]


def profile_for(row: Row) -> Profile:
    said = {key: row.record.values[key] for key in PROFILE_KEYS if key in row.record.values}
    return Profile(organization=row.unit, **{"form": BranchForm.ORDINARY} | said)


def amend_all(rows: list[Row]) -> None:
    keys = {key for row in rows for key in row.changes if key in UNIT_KEYS}
    touched = [row for row in rows if keys & row.changes.keys()]
    for row in touched:
        for key in keys & row.changes.keys():
            setattr(row.unit, key, row.changes[key][1])
        row.unit.initials = initials(row.unit.short_name)[:100]
    if touched:
        units = [row.unit for row in touched]
        Organization.objects.bulk_update(units, [*sorted(keys), "initials"], batch_size=BATCH)


def write_profiles(rows: list[Row], *, by, now: datetime) -> None:
    keys = {key for row in rows for key in row.changes if key in PROFILE_KEYS}
    profiles = []
    for row in rows:
        if keys & row.changes.keys():
            profile = row.unit.profile
            for key in keys & row.changes.keys():
                setattr(profile, key, row.changes[key][1])
            profile.updated_at, profile.updated_by = now, by
            profiles.append(profile)
    if profiles:
        fields = [*sorted(keys), "updated_at", "updated_by"]
        Profile.objects.bulk_update(profiles, fields, batch_size=BATCH)


def move_all(rows: list[Row]) -> None:
    """From the top of the new tree downward, so that no step makes a circle that the whole does not have."""
    moved = {row.unit.pk: row for row in rows if "parent" in row.changes}
    for row in sorted(moved.values(), key=lambda row: height(row, moved)):
        growth.move(row.unit, parent=Organization.objects.get(pk=parent_unit(row).pk))


def height(row: Row, moved: dict[int, Row]) -> int:
    """How many steps below the top the unit will stand."""
    steps, unit = 0, parent_unit(row)
    while unit is not None:
        steps += 1
        unit = parent_unit(moved[unit.pk]) if unit.pk in moved else unit.parent
    return steps


def tell_all(rows: list[Row], *, by, now: datetime) -> None:
    """One deed per unit: the page of a branch reads from it where a fact came from and when."""
    Deed.objects.bulk_create([deed(row, by=by, now=now) for row in rows], batch_size=BATCH)


def deed(row: Row, *, by, now: datetime) -> Deed:
    changed: dict[str, Any] = {
        key: [plain(old), plain(new)] for key, (old, new) in row.changes.items()
    }
    return Deed(
        at=now,
        by=by,
        by_name=by.name,
        verb="roster.write",
        object_type=Organization._meta.label_lower,
        object_id=str(row.unit.pk),
        object_name=str(row.unit)[:200],
        path=row.unit.path,
        params={"changed": changed, "row": row.number},
    )
