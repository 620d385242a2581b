"""How the forest grows: plant, rename, move, close. Paths are only ever written here.

`plant` and `move` lock the root of the tree, so a unit never gets a path that is being rewritten.
Who may do it is the business of branches/actions.py; what a tree allows is decided here.
"""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.models import CommitteeField, Organization, OrgKind, Profile
from branches.tree import STEP, depth, step
from portal.kit.normal import initials

DEEPEST = 25


@transaction.atomic
def plant(
    *,
    parent: Organization | None,
    kind: str,
    name: str,
    short_name: str,
    field: str = "",
    code: str = "",
    position: int | None = None,
    opened_on: date | None = None,
) -> Organization:
    """A new unit under `parent` (None: a new root); a branch gets its empty profile."""
    if parent is not None:
        lock_tree(parent.path)
        parent.refresh_from_db(fields=["path", "kind", "closed_on"])
        refuse_bad_parent(parent)
    if kind == OrgKind.BRANCH and not field:
        raise Refused(_("A branch needs a field."), field="field")
    unit = Organization.objects.create(
        parent=parent,
        path=seedling(),
        kind=kind,
        name=name,
        short_name=short_name,
        initials=initials(short_name)[:100],
        field=field if kind == OrgKind.BRANCH else field_of(kind),
        code=code,
        position=next_position(parent) if position is None else position,
        opened_on=opened_on,
    )
    unit.path = (parent.path if parent else "") + step(unit.pk)
    unit.save(update_fields=["path"])
    if unit.is_branch:
        Profile.objects.create(organization=unit)
    return unit


def field_of(kind: str) -> str:
    """A committee is measured as what it is; an organization department is not measured."""
    return kind if kind in CommitteeField.values else ""


def seedling() -> str:
    """A unique path for the moment before the id is known; no subtree range contains it."""
    return f"?{uuid.uuid4().hex}"


def lock_tree(path: str) -> None:
    """Serialises growth within one tree; references to its root are not held up."""
    Organization.objects.select_for_update(no_key=True).get(path=path[:STEP])


def next_position(parent: Organization | None) -> int:
    last = Organization.objects.filter(parent=parent).order_by("-position").first()
    return last.position + 1 if last else 1


def refuse_bad_parent(parent: Organization) -> None:
    if parent.is_branch:
        raise Refused(_("A branch has no units under it."), field="parent")
    if parent.closed_on is not None:
        raise Refused(
            _("%(unit)s was closed and takes no units.") % {"unit": parent}, field="parent"
        )
    if depth(parent.path) >= DEEPEST:
        raise Refused(_("The tree is too deep."), field="parent")


def rename(unit: Organization, *, name: str, short_name: str) -> Organization:
    unit.name, unit.short_name = name, short_name
    unit.initials = initials(short_name)[:100]
    unit.save(update_fields=["name", "short_name", "initials"])
    return unit


@transaction.atomic
def move(unit: Organization, *, parent: Organization) -> Organization:
    """Hangs `unit` with all below it under `parent` of the same tree: one rewrite of the paths."""
    lock_tree(parent.path)
    unit.refresh_from_db(fields=["path", "parent"])
    parent.refresh_from_db(fields=["path", "kind", "closed_on"])
    refuse_bad_move(unit, parent)
    old, new = unit.path, parent.path + step(unit.pk)
    subtree = Organization.objects.filter(path__gte=old, path__lt=old + "~")
    rise = depth(new) - depth(old)
    longest = subtree.aggregate(longest=Max(Length("path")))["longest"]
    if longest // STEP + rise > DEEPEST:
        raise Refused(_("The tree is too deep."), field="parent")
    subtree.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    unit.path, unit.parent = new, parent
    unit.save(update_fields=["parent"])
    return unit


def refuse_bad_move(unit: Organization, parent: Organization) -> None:
    if parent.path.startswith(unit.path):
        raise Refused(_("A unit cannot be moved under itself."), field="parent")
    if parent.path[:STEP] != unit.path[:STEP] or len(unit.path) == STEP:
        raise Refused(_("A unit cannot leave its county."), field="parent")
    refuse_bad_parent(parent)


@transaction.atomic
def close(unit: Organization, *, on: date) -> Organization:
    """From `on` the unit takes no part; its history stays. Units below must be closed or moved first."""
    lock_tree(unit.path)
    below = Organization.objects.within(unit).exclude(pk=unit.pk).open(on).count()
    if below:
        raise Refused(
            _("%(count)s units below are still open. Move or close them first.") % {"count": below}
        )
    unit.closed_on = on
    unit.save(update_fields=["closed_on"])
    return unit


def reopen(unit: Organization) -> Organization:
    if unit.parent is not None and unit.parent.closed_on is not None:
        raise Refused(_("%(unit)s was closed and takes no units.") % {"unit": unit.parent})
    unit.closed_on = None
    unit.save(update_fields=["closed_on"])
    return unit
