"""What changes a unit, its profile or its ties. Each checks the permission and leaves a deed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.roles import Role
from accounts.trail import record
from branches import growth
from branches.models import Link, Organization, OrgKind, Profile
from branches.permissions import TABLE
from branches.permits import require
from branches.scope import Actor, under

SCALARS = (str, int, bool, type(None))


@transaction.atomic
def create_unit(actor: Actor, parent: Organization, *, now: datetime, **fields: Any):
    """A new unit under `parent`; `fields` as growth.plant takes them."""
    require_officer(actor, "organization.create", parent)
    refuse_twin(actor, parent, fields["name"], fields.get("code", ""))
    unit = growth.plant(parent=parent, **fields)
    tell(actor, "organization.create", unit, now=now, parent=parent.name)
    return unit


@transaction.atomic
def amend_unit(actor: Actor, unit: Organization, *, now: datetime, **fields: Any) -> dict:
    """New name, short name, code, order or field of a unit. Returns {field: [old, new]}."""
    require_officer(actor, "organization.rename", unit)
    if unit.kind == OrgKind.BRANCH and not fields.get("field", unit.field):
        raise Refused(_("A branch needs a field."), field="field")
    refuse_twin(actor, unit, fields.get("name", unit.name), fields.get("code", unit.code), but=unit)
    changed = apply(unit, fields)
    if {"name", "short_name"} & changed.keys():
        growth.rename(unit, name=unit.name, short_name=unit.short_name)
    if changed:
        unit.save(update_fields=list(changed))
        tell(actor, "organization.amend", unit, now=now, changed=changed)
    return changed


@transaction.atomic
def move_unit(actor: Actor, unit: Organization, *, parent: Organization, now: datetime) -> None:
    require_officer(actor, "organization.move", unit)
    require_officer(actor, "organization.create", parent)
    before = unit.parent
    growth.move(unit, parent=parent)
    names = {"from": before.name if before else "", "to": parent.name}
    tell(actor, "organization.move", unit, now=now, changed={"parent": list(names.values())})


@transaction.atomic
def close_unit(actor: Actor, unit: Organization, *, on: date, now: datetime) -> None:
    require_officer(actor, "organization.close", unit)
    growth.close(unit, on=on)
    tell(actor, "organization.close", unit, now=now, on=on.isoformat())


@transaction.atomic
def reopen_unit(actor: Actor, unit: Organization, *, now: datetime) -> None:
    require_officer(actor, "organization.close", unit)
    growth.reopen(unit)
    tell(actor, "organization.reopen", unit, now=now)


@transaction.atomic
def edit_profile(
    actor: Actor, branch: Organization, *, now: datetime, source: str = "form", **fields: Any
) -> dict:
    """Writes the profile fields that differ. Returns {field: [old, new]} as plain values."""
    sentence = _("You cannot change the profile of this branch.")
    require(TABLE, actor, "profile.edit", branch, sentence)
    profile = Profile.objects.select_for_update().get(organization=branch)
    changed = apply(profile, fields)
    if changed:
        profile.updated_at, profile.updated_by = now, actor.user
        profile.save(update_fields=[*changed, "updated_at", "updated_by"])
        tell(actor, "profile.edit", branch, now=now, changed=changed, source=source)
    return changed


@transaction.atomic
def tie(
    actor: Actor, organization: Organization, *, unit: Organization, kind: str, now: datetime
) -> Link:
    """`unit` becomes the unit in charge, helping or contact unit; a repeat is the same tie."""
    require_officer(actor, "organization.link", organization)
    if unit.pk == organization.pk:
        raise Refused(_("A unit cannot be tied to itself."), field="unit")
    link, fresh = Link.objects.get_or_create(organization=organization, unit=unit, kind=kind)
    if fresh:
        tell(actor, "organization.link", organization, now=now, other=unit.name, kind=kind)
    return link


@transaction.atomic
def untie(actor: Actor, link: Link, *, now: datetime) -> None:
    require_officer(actor, "organization.link", link.organization)
    said = {"other": link.unit.name, "kind": link.kind}
    organization = link.organization
    link.delete()
    tell(actor, "organization.unlink", organization, now=now, **said)


def require_officer(actor: Actor, verb: str, unit: Organization) -> None:
    require(TABLE, actor, verb, unit, _("Only county officers keep the tree of units."))


def refuse_twin(
    actor: Actor, near: Organization, name: str, code: str, *, but: Organization | None = None
) -> None:
    """One full name and one code per county, among units not closed."""
    county = [p for p in actor.paths(Role.COUNTY_OFFICER) if near.path.startswith(p)]
    others = Organization.objects.filter(under(county), closed_on=None)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.filter(name=name).exists():
        raise Refused(_("There is a unit of this full name already."), field="name")
    if code and others.filter(code=code).exists():
        raise Refused(_("There is a unit with this code already."), field="code")


def apply(row: Any, fields: dict[str, Any]) -> dict[str, list]:
    """Sets what differs; returns {field: [old, new]} for the trail."""
    changed = {}
    for name, value in fields.items():
        old = getattr(row, name)
        if old != value:
            setattr(row, name, value)
            changed[name] = [plain(old), plain(value)]
    return changed


def plain(value: Any) -> Any:
    return value if isinstance(value, SCALARS) else str(value)


def tell(actor: Actor, verb: str, unit: Organization, *, now: datetime, **params: Any) -> None:
    record(actor.user, verb, unit, now=now, path=unit.path, **params)
