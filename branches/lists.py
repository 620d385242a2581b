"""One list of columns for the list of units: the screen, the cards on a phone and the workbook all read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.checks import ELECTION_NOTICE_MONTHS
from branches.facts import months_left, overdue_days
from branches.models import BranchForm, Organization, Profile
from portal.kit.table import Column


@dataclass(frozen=True)
class Cell:
    """One cell on the screen. tone: colour of a chip around `note`, which says why in words."""

    label: str
    text: str
    css: str = ""
    note: str = ""
    tone: str = ""


def profile_of(unit: Organization) -> Profile | None:
    try:
        return unit.profile
    except ObjectDoesNotExist:
        return None


def of_profile(name: str):
    """A value function reading one field of the profile; units without one leave the cell blank."""

    def value(unit: Organization) -> Any:
        profile = profile_of(unit)
        # A committee has a term and posts; its members are counted in its branches.
        if profile is None or (name in NUMBERS and not unit.is_branch):
            return None
        found = getattr(profile, name)
        return None if found == "" else found

    return value


def form_of(unit: Organization) -> str | None:
    profile = profile_of(unit)
    return BranchForm(profile.form).label if profile and unit.is_branch else None


COLUMNS = (
    Column(key="name", header=gettext_lazy("Full name"), width=30, value=lambda unit: unit.name),
    Column(
        key="parent",
        header=gettext_lazy("Parent unit"),
        width=14,
        value=lambda unit: unit.parent.short_name if unit.parent else None,
    ),
    Column(
        key="field",
        header=gettext_lazy("Field"),
        width=10,
        value=lambda unit: unit.get_field_display() or unit.get_kind_display(),
    ),
    Column(key="form", header=gettext_lazy("Form of the branch"), width=10, value=form_of),
    Column(
        key="full_members",
        header=gettext_lazy("Number of full members"),
        kind="integer",
        width=8,
        value=of_profile("full_members"),
    ),
    Column(
        key="probationary_members",
        header=gettext_lazy("Number of probationary members"),
        kind="integer",
        width=8,
        value=of_profile("probationary_members"),
    ),
    Column(
        key="committee_size",
        header=gettext_lazy("Number of committee members"),
        kind="integer",
        width=8,
        value=of_profile("committee_size"),
    ),
    Column(
        key="secretary", header=gettext_lazy("Secretary"), width=10, value=of_profile("secretary")
    ),
    Column(
        key="secretary_since",
        header=gettext_lazy("Secretary since"),
        kind="date",
        width=11,
        value=of_profile("secretary_since"),
    ),
    Column(
        key="term_ends_on",
        header=gettext_lazy("Term ends"),
        kind="date",
        width=11,
        value=of_profile("term_ends_on"),
    ),
)
NUMBERS = {"full_members", "probationary_members", "committee_size"}
IN_WORKBOOK_ONLY = {"form", "secretary_since"}
ON_SCREEN = [column for column in COLUMNS if column.key not in IN_WORKBOOK_ONLY]


def screen(units: Iterable[Organization], *, today: date) -> list[dict]:
    """Rows for the table: the unit, and its cells after the name in the order of ON_SCREEN."""
    return [
        {"unit": unit, "cells": [_cell(column, unit, today) for column in ON_SCREEN[1:]]}
        for unit in units
    ]


def _cell(column: Column, unit: Organization, today: date) -> Cell:
    value = column.value(unit)
    css = "n" if column.key in NUMBERS else "date" if column.kind == "date" else ""
    if column.key == "probationary_members":
        css += " card-skip"
    tone, note = _countdown(unit, today) if column.key == "term_ends_on" else ("", "")
    return Cell(str(column.header), show(value), css.strip(), note, tone)


def show(value: Any) -> str:
    return "—" if value is None else str(value)


def _countdown(unit: Organization, today: date) -> tuple[str, str]:
    profile = profile_of(unit)
    return countdown(profile, today=today) if profile else ("", "")


def countdown(profile: Profile, *, today: date) -> tuple[str, str]:
    """(tone, words) about the end of the term; blank while it is far."""
    left = months_left(profile.term_ends_on, today=today)
    if profile.form == BranchForm.TEMPORARY or left is None:
        return "", ""
    if late := overdue_days(profile, today=today):
        return "overdue", _("%(days)s days overdue") % {"days": late}
    if profile.term_ends_on < today:
        return "info", _("Later election approved")
    if left < ELECTION_NOTICE_MONTHS:
        return "warn", _("%(months)s months left") % {"months": left}
    return "", ""
