"""Who hears of a finding's step, at once and in the same transaction. The county leader is never among them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from accounts.inbox import tell
from accounts.roles import Role
from branches.models import Organization
from branches.people import holders, nearest_holders
from branches.scope import Actor
from inspections import wording_findings  # noqa: F401  fills the register of sentences
from inspections.models import Finding
from inspections.powers import parent_closes

UNIT = (Role.BRANCH_CLERK, Role.CLERK, Role.SECRETARY)
ABOVE = (Role.CLERK, Role.SECRETARY, Role.COUNTY_OFFICER)


def people_of_unit(finding: Finding, *, today: date) -> list[int]:
    """Whoever handles it, with the holders of the unit or else of the nearest unit above."""
    found = nearest_holders(finding.unit, *UNIT, today=today)
    return [*found, finding.handler_id] if finding.handler_id in active(finding, today) else found


def active(finding: Finding, today: date) -> set[int]:
    parents = [finding.unit, finding.unit.parent] if finding.unit.parent else [finding.unit]
    return {pk for unit in parents for pk in holders(unit, *UNIT, today=today)}


def people_above(unit: Organization, *, but: Iterable[int], today: date) -> list[int]:
    """Holders of the nearest unit above that has anybody left besides `but`: one person at the parent, so the county."""
    spared, parent = set(but), unit.parent
    while parent is not None:
        found = [pk for pk in holders(parent, *ABOVE, today=today) if pk not in spared]
        if found:
            return found
        parent = parent.parent
    return []


def officers(finding: Finding, *, today: date) -> list[int]:
    return nearest_holders(finding.owner, Role.COUNTY_OFFICER, today=today)


def signed(finding: Finding) -> set[int]:
    return {s.by_id for s in finding.signoffs.all() if s.round == finding.round}


def verifiers(finding: Finding, *, today: date) -> list[int]:
    return people_above(finding.unit, but=signed(finding), today=today)


def closers(finding: Finding, *, today: date) -> list[int]:
    if parent_closes(finding):
        return verifiers(finding, today=today)
    return [pk for pk in officers(finding, today=today) if pk not in signed(finding)]


def deciders(finding: Finding, *, today: date) -> list[int]:
    if parent_closes(finding):
        return people_above(finding.unit, but=(), today=today)
    return officers(finding, today=today)


def announce(
    actor: Actor, people: Iterable[int], code: str, finding: Finding, *, now: datetime, **params
) -> None:
    """One notice per person and step; the one who acts is not told of it."""
    tell(
        set(people) - {actor.user.pk},
        code,
        key=f"{code}:{finding.pk}:{now.isoformat()}",
        now=now,
        url=reverse("inspections:finding", args=[finding.pk]),
        number=finding.number,
        unit=finding.branch.short_name,
        text=finding.text[:40],
        **params,
    )
