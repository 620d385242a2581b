"""What an edition asks of the branches, in time a year, and what a draft adds or takes away.

Per branch and round: looking through, each clause to fill in, each photo to attach. The seconds are
first estimates; a clause carried over costs less once it has been filled in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    def minutes(self) -> int:
        """Of one branch on average."""
        return -(-self.seconds // (60 * self.branches)) if self.branches else 0


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
    return asked(new, old) + _("; ") + taken(new, old)


def asked(new: Burden, old: Burden | None) -> str:
    step = new.clauses - old.clauses if old else 0
    words = {"clauses": new.clauses, "step": abs(step)}
    if step > 0:
        return _("%(clauses)s clauses to fill in, %(step)s more than before") % words
    if step < 0:
        return _("%(clauses)s clauses to fill in, %(step)s fewer than before") % words
    return _("%(clauses)s clauses to fill in") % words


def taken(new: Burden, old: Burden | None) -> str:
    step = new.seconds - old.seconds if old else 0
    words = {
        "branches": new.branches,
        "time": spell(new.seconds),
        "step": spell(step),
        "each": new.minutes,
    }
    if step > 0:
        return (
            _(
                "all %(branches)s branches together about %(time)s a year (%(step)s more), %(each)s minutes for each."
            )
            % words
        )
    if step < 0:
        return (
            _(
                "all %(branches)s branches together about %(time)s a year (%(step)s less), %(each)s minutes for each."
            )
            % words
        )
    return (
        _("all %(branches)s branches together about %(time)s a year, %(each)s minutes for each.")
        % words
    )


def spell(seconds: int) -> str:
    """Without its sign, rounded up: half an hour more is not nothing. Minutes up to two hours."""
    minutes = -(-abs(seconds) // 60)
    if minutes <= 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return _("%(n)s hours") % {"n": -(-minutes // 60)}
