"""What an edition asks of the branches, in hours a year, and what a draft adds or takes away.

Per branch and round: looking through, each clause to fill in, each photo to attach. The seconds are
first estimates; a clause carried over costs less once it has been filled in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from branches.models import Field, Organization
from standards.comparing import previous
from standards.models import Edition
from standards.rules.problems import RuleError
from standards.sheets import Line, sheets

LOOK, ANSWER, PHOTO = 40, 20, 25


@dataclass(frozen=True)
class Burden:
    """`clauses` a branch fills in, over all fields; `seconds` of all branches in one year."""

    clauses: int = 0
    seconds: int = 0
    branches: int = 0

    @property
    def hours(self) -> int:
        return whole_hours(self.seconds)


def whole_hours(seconds: int) -> int:
    """Rounded away from zero: half an hour more is not nothing."""
    return -(-abs(seconds) // 3600) * (1 if seconds >= 0 else -1)


def weigh(edition: Edition, branches: Mapping[str, int]) -> Burden:
    """`branches`: how many of each field. One round a year."""
    found = sheets(edition)
    served = {field: n for field, n in branches.items() if field in found}
    return Burden(
        clauses=len({line.key for lines in found.values() for line in lines if asks(line)}),
        seconds=sum(n * cost(found[field]) for field, n in served.items()),
        branches=sum(served.values()),
    )


def asks(line: Line) -> bool:
    return not line.from_records


def cost(lines: tuple[Line, ...]) -> int:
    """Seconds for one branch."""
    asked = [line for line in lines if asks(line)]
    photos = sum(bool(line.photo_reason) for line in asked)
    return LOOK + ANSWER * len(asked) + PHOTO * photos


def branches_of(owner: Organization, *, today: date) -> dict[str, int]:
    """Branches alone: what their committees file is not asked of the branches."""
    rows = Organization.objects.within(owner).filter(field__in=Field).open(today).order_by()
    return dict(rows.values_list("field").annotate(Count("pk")))


def sentence(edition: Edition, *, today: date) -> str:
    """For the draft and before it is issued; empty while a rule of it cannot be read."""
    branches = branches_of(edition.owner, today=today)
    before = previous(edition)
    try:
        new = weigh(edition, branches)
        old = weigh(before, branches) if before else None
    except RuleError:
        return ""
    return said(new, old)


def said(new: Burden, old: Burden | None) -> str:
    words = {"clauses": new.clauses, "branches": new.branches, "hours": new.hours}
    if old is None:
        return (
            _(
                "%(clauses)s clauses to fill in; about %(hours)s hours a year for all %(branches)s branches."
            )
            % words
        )
    step = whole_hours(new.seconds - old.seconds)
    words |= {"step": f"{new.clauses - old.clauses:+d}", "more": abs(step)}
    if step > 0:
        return (
            _(
                "%(step)s clauses to fill in; about %(more)s hours more a year for all %(branches)s branches, %(hours)s in all."
            )
            % words
        )
    if step < 0:
        return (
            _(
                "%(step)s clauses to fill in; about %(more)s hours less a year for all %(branches)s branches, %(hours)s in all."
            )
            % words
        )
    return (
        _(
            "%(step)s clauses to fill in; no more hours than before: about %(hours)s a year for all %(branches)s branches."
        )
        % words
    )
