"""Who hears of a step of an assessment, at once and in the same transaction. Never the county leader."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from accounts.inbox import tell
from accounts.roles import FILERS, Role
from branches.models import Grant, Organization
from branches.people import holders, in_force, nearest_holders
from branches.scope import Actor, under
from inspections.models import Assessment, Cycle


def submitted(actor: Actor, assessments: Iterable[Assessment], *, now: datetime) -> None:
    """One line per reviewer, however many branches were filed in one go."""
    by_parent: dict[int, list[Assessment]] = {}
    for each in assessments:
        by_parent.setdefault(each.branch.parent_id, []).append(each)
    for filed in by_parent.values():
        first = filed[0]
        people = reviewers(actor, first.branch.parent)
        if len(filed) == 1:
            tell_one(people, first, now=now)
        else:
            tell_many(people, filed, now=now)


def tell_one(people: list[int], assessment: Assessment, *, now: datetime) -> None:
    tell(
        people,
        "assessment.submitted",
        key=f"assessment:{assessment.pk}:{assessment.round}:submitted:{now.timestamp():.0f}",
        now=now,
        url=reverse("inspections:check", args=[assessment.pk]),
        branch=assessment.branch.short_name,
        cycle=assessment.cycle.name,
    )


def tell_many(people: list[int], filed: list[Assessment], *, now: datetime) -> None:
    first = filed[0]
    address = reverse("inspections:assessments")
    tell(
        people,
        "assessments.submitted",
        key=f"assessments:{first.cycle_id}:{first.branch.parent_id}:{now.timestamp():.0f}",
        now=now,
        url=f"{address}?cycle={first.cycle_id}&stage=submitted",
        count=len(filed),
        unit=first.branch.parent.office_name,
        cycle=first.cycle.name,
    )


def reviewers(actor: Actor, parent: Organization | None) -> list[int]:
    """The parent's secretaries; where the one who filed is the only one, the county's officers."""
    if parent is None:
        return []
    near = nearest_holders(parent, Role.SECRETARY, today=actor.today)
    others = [pk for pk in near if pk != actor.user.pk]
    return others or nearest_holders(parent, Role.COUNTY_OFFICER, today=actor.today)


def returned(
    actor: Actor, assessment: Assessment, filer_id: int, *, reason: str, now: datetime
) -> None:
    tell(
        {filer_id, *filers(assessment, today=actor.today)} - {actor.user.pk, None},
        "assessment.returned",
        key=f"assessment:{assessment.pk}:{assessment.round}:returned",
        now=now,
        url=reverse("inspections:assessment", args=[assessment.pk]),
        branch=assessment.branch.short_name,
        reason=reason[:120],
    )


def chased(actor: Actor, assessment: Assessment, *, now: datetime) -> int:
    """At most one line a day per person and branch. Returns how many people were told."""
    return tell(
        set(filers(assessment, today=actor.today)) - {actor.user.pk},
        "assessment.chased",
        key=f"assessment:{assessment.pk}:chased:{actor.today.isoformat()}",
        now=now,
        url=reverse("inspections:assessment", args=[assessment.pk]),
        branch=assessment.branch.short_name,
        cycle=assessment.cycle.name,
    )


def filers(assessment: Assessment, *, today: date) -> list[int]:
    """Who files for the branch: its own people, else the nearest unit above that has any."""
    own = holders(assessment.branch, *FILERS, today=today)
    parent = assessment.branch.parent
    return own or (nearest_holders(parent, *FILERS, today=today) if parent else [])


def opened(actor: Actor, cycle: Cycle, *, now: datetime) -> int:
    """Everybody who files under the owner hears that the cycle has begun."""
    rows: Iterable[Grant] = in_force(actor.today).filter(role__in=FILERS)
    people = rows.filter(under([cycle.owner.path], prefix="organization__"))
    return tell(
        set(people.values_list("user_id", flat=True)),
        "cycle.opened",
        key=f"cycle:{cycle.pk}:opened",
        now=now,
        url=f"{reverse('inspections:assessments')}?cycle={cycle.pk}",
        cycle=cycle.name,
    )


def joined(assessment: Assessment, *, today: date, now: datetime) -> int:
    """A branch that came later hears of the cycle it missed the opening of."""
    return tell(
        filers(assessment, today=today),
        "cycle.joined",
        key=f"cycle:{assessment.cycle_id}:joined:{assessment.branch_id}",
        now=now,
        url=reverse("inspections:assessment", args=[assessment.pk]),
        branch=assessment.branch.short_name,
        cycle=assessment.cycle.name,
    )
