"""换届提醒: six months before a term ends, one month before, and once it is over without approval.

A step fires for a unit and a term's end once (a unique row, which is also the printed letter). Only the
highest step reached fires, so a missed day is caught up with one letter.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.inbox import tell
from accounts.roles import FILERS
from branches.approving import ELECTED
from branches.checks import ELECTION_NOTICE_MONTHS
from branches.facts import add_months
from branches.filters import delay_approved
from branches.models import BranchForm, Organization, OrgKind
from branches.people import nearest_holders
from branches.scope import Actor
from branches.tree import ancestors
from inspections.models import ElectionLetter
from inspections.numbering import letter_number

BATCH = 500


@dataclass(frozen=True)
class Step:
    """Reached while the term ends from `first` to `last`; `code` is what the inbox says."""

    key: str
    code: str
    first: date | None
    last: date


def steps(today: date) -> tuple[Step, ...]:
    near = add_months(today, 1)
    return (
        Step("overdue", "election.overdue", None, today - timedelta(days=1)),
        Step("near", "election.near", today, near),
        Step(
            "notice",
            "election.due",
            near + timedelta(days=1),
            add_months(today, ELECTION_NOTICE_MONTHS),
        ),
    )


def remind(*, now: datetime) -> int:
    """Write the letters due and not yet written. Returns their number; may run twice."""
    today = timezone.localdate(now)
    return sum(remind_step(step, today=today, now=now) for step in steps(today))


def remind_step(step: Step, *, today: date, now: datetime) -> int:
    units = list(due(step, today=today)[:BATCH])
    owners = departments(units)
    return sum(write(step, unit, owners, today=today, now=now) for unit in units)


def due(step: Step, *, today: date) -> QuerySet[Organization]:
    """Units whose term has reached the step and who have no letter of it."""
    written = ElectionLetter.objects.filter(
        unit=OuterRef("pk"), term_ends_on=OuterRef("profile__term_ends_on"), step=step.key
    )
    reached = Q(profile__term_ends_on__lte=step.last)
    if step.first:
        reached &= Q(profile__term_ends_on__gte=step.first)
    return (
        Organization.objects.open(today)
        .filter(reached, ~Exists(written), kind__in=ELECTED)
        .exclude(profile__form=BranchForm.TEMPORARY)
        .exclude(delay_approved(today))
        .annotate(term_ends_on=F("profile__term_ends_on"))
        .order_by("pk")
    )


def departments(units: list[Organization]) -> dict[str, Organization]:
    """{path: organization department}, those above the units."""
    above = {path for unit in units for path in ancestors(unit.path)}
    rows = Organization.objects.filter(path__in=above, kind=OrgKind.DEPARTMENT)
    return {row.path: row for row in rows}


def write(
    step: Step, unit: Organization, owners: dict[str, Organization], *, today: date, now: datetime
) -> int:
    """One letter and the lines in the inboxes. Two runs at once: the unique row lets one win."""
    owner = next((owners[p] for p in reversed(ancestors(unit.path)) if p in owners), None)
    if owner is None:
        return 0
    try:
        with transaction.atomic():
            letter = ElectionLetter.objects.create(
                owner=owner,
                unit=unit,
                step=step.key,
                term_ends_on=unit.term_ends_on,
                number=letter_number(owner, on=today),
                issued_on=today,
            )
            announce(letter, step, now=now)
    except IntegrityError:
        return 0
    return 1


def announce(letter: ElectionLetter, step: Step, *, now: datetime) -> None:
    tell(
        nearest_holders(letter.unit, *FILERS, today=letter.issued_on),
        step.code,
        key=f"election:{letter.pk}",
        now=now,
        url=reverse("inspections:election_letter", args=[letter.pk]),
        unit=letter.unit.short_name,
        due=letter.term_ends_on.isoformat(),
        number=letter.number,
    )


def letters(actor: Actor, unit: Organization) -> dict | None:
    """The panel on the page of a unit's approvals."""
    rows = ElectionLetter.objects.visible_to(actor).filter(unit=unit).order_by("-pk")[:8]
    if not rows:
        return None
    return {
        "title": _("Reminders of the election"),
        "template": "inspections/election_letters.html",
        "context": {"letters": rows},
    }
