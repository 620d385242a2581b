"""What rules may ask about a branch, from its profile. Plain JSON values; None = not known."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from branches.models import BranchForm, Field, Organization, OrgKind, Profile

COMMITTEE_FROM = 7
LONG_TERM_FIELDS = frozenset({Field.RURAL, Field.COMMUNITY})
LONG_TERM_KINDS = frozenset({OrgKind.COMMITTEE, OrgKind.ORGAN_COMMITTEE})


def facts_of(branch: Organization, *, today: date) -> dict:
    return facts_for([branch], today=today)[branch.pk]


class Asked(NamedTuple):
    """What facts need of a profile; an instance of the model for each of many branches takes ten times as long."""

    organization_id: int
    form: str
    full_members: int
    probationary_members: int
    cells: int
    committee_size: int
    term_ends_on: date | None
    term_delayed_until: date | None
    term_delay_document: str
    joint_units: int
    premises_area: int | None
    vacant_since: date | None
    founded_on: date | None
    weak_since: date | None

    @property
    def members(self) -> int:
        return self.full_members + self.probationary_members


def facts_for(branches: Iterable[Organization], *, today: date) -> dict[int, dict]:
    """Facts by branch id in one query. A branch without a profile has the facts of an empty one."""
    ids = [branch.pk for branch in branches]
    rows = Profile.objects.filter(organization_id__in=ids).values_list(*Asked._fields)
    profiles = {row[0]: Asked._make(row) for row in rows}
    return {pk: facts(profiles.get(pk) or Profile(), today=today) for pk in ids}


def facts(profile: Profile | Asked, *, today: date) -> dict:
    founded = profile.founded_on
    return {
        "full_members": profile.full_members,
        "members": profile.members,
        "cells": profile.cells,
        "committee_size": profile.committee_size,
        "has_committee": profile.committee_size > 0,
        "term_overdue_days": overdue_days(profile, today=today),
        "months_to_term_end": months_left(profile.term_ends_on, today=today),
        "days_to_term_end": days_left(profile, today=today),
        "term_delay_approved": is_delayed(profile, today=today),
        "joint_units": profile.joint_units,
        "premises_area": profile.premises_area,
        "vacant_months": months_between(profile.vacant_since, today) if profile.vacant_since else 0,
        "founded_on": founded.isoformat() if founded else None,
        "is_temporary": profile.form == BranchForm.TEMPORARY,
        "on_weak_list": profile.weak_since is not None,
    }


def overdue_days(profile: Profile | Asked, *, today: date) -> int:
    """Days past the end of the term; an approved delay counts as none until its own end."""
    if profile.term_ends_on is None or is_delayed(profile, today=today):
        return 0
    put_off = profile.term_delayed_until if profile.term_delay_document else None
    return max(0, (today - max(profile.term_ends_on, put_off or profile.term_ends_on)).days)


def is_delayed(profile: Profile | Asked, *, today: date) -> bool:
    """A later election is approved, and the day it was put off to has not passed."""
    until = profile.term_delayed_until
    return bool(profile.term_delay_document) and (until is None or until >= today)


def days_left(profile: Profile | Asked, *, today: date) -> int | None:
    """Days to the end of the term, whatever was approved; negative once it has passed."""
    return (profile.term_ends_on - today).days if profile.term_ends_on else None


def months_left(end: date | None, *, today: date) -> int | None:
    """Whole months until `end`; negative once it has passed."""
    if end is None:
        return None
    return months_between(today, end) if end >= today else -months_between(end, today)


def months_between(first: date, last: date) -> int:
    """Whole months from `first` to `last`, 0 when `last` is earlier."""
    whole = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return max(0, whole)


def term_years(field: str, *, kind: str = OrgKind.BRANCH) -> int:
    """Primary committees, villages and communities five years, others three (Regulation, Art. 21).

    `field`: see `term_field`.
    """
    return 5 if field in LONG_TERM_FIELDS or kind in LONG_TERM_KINDS else 3


def term_end(started_on: date, *, field: str, kind: str = OrgKind.BRANCH) -> date:
    """The same day `term_years` later; 29 February ends on 28 February."""
    return add_months(started_on, 12 * term_years(field, kind=kind))


def term_field(unit: Organization) -> str:
    """What a unit's term goes by: its field, and for a general branch that of its branches, for in a village or
    community every level has five years. Without a branch below it, it goes by its kind."""
    if unit.kind != OrgKind.GENERAL_BRANCH:
        return unit.field
    below = Organization.objects.within(unit).branches().filter(closed_on=None).order_by()
    fields = set(below.values_list("field", flat=True).distinct())
    return min(fields) if fields and fields <= LONG_TERM_FIELDS else unit.field


def add_months(day: date, count: int) -> date:
    """The corresponding day `count` months later, else the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
