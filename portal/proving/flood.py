"""The day the ladder is switched on over years of old findings: one telling each, one letter per person."""

import resource
import time
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.utils import timezone

from accounts.models import Outbox, User
from accounts.roles import Role
from branches.models import Organization, OrgKind
from branches.tests.make import make_branch, make_organization
from inspections import reminders
from inspections.models import Finding
from portal.proving.machine import Machine
from portal.proving.story import overdue, person
from portal.proving.trial import all_carried


@dataclass(frozen=True)
class Flood:
    findings: int
    people: int
    told: int
    told_again: int
    digests: int
    first_seconds: float
    again_seconds: float
    more_megabytes: int


def make_flood(*, findings: int, branches: int) -> set[int]:
    """Old findings spread over branches. Returns who must hear: the secretaries and the county officer."""
    county = make_organization(name="安禾县委组织部", kind=OrgKind.DEPARTMENT)
    officer = person(county, Role.COUNTY_OFFICER)
    places = [make_branch(parent=county) for _n in range(branches)]
    secretaries = [person(place, Role.SECRETARY) for place in places]
    rows = old_findings(findings, places, county=county, by=officer)
    while batch := list(islice(rows, 2000)):
        Finding.objects.bulk_create(batch)
    return {user.pk for user in (officer, *secretaries)}


def old_findings(count: int, places: list[Organization], *, county: Organization, by: User):
    today = timezone.localdate()
    for n in range(count):
        due_on = today - timedelta(days=30 + n % 1000)
        yield overdue(f"F-{n}-4", places[n % len(places)], due_on=due_on, owner=county, by=by)


def switch_on(*, people: int) -> Flood:
    """Run the ladder twice and weigh it."""
    before = peak_megabytes()
    now = timezone.now()
    told, first = timed(lambda: reminders.remind(now=now))
    again, second = timed(lambda: reminders.remind(now=now))
    return Flood(
        findings=Finding.objects.count(),
        people=people,
        told=told,
        told_again=again,
        digests=Outbox.objects.filter(kind="digest").count(),
        first_seconds=first,
        again_seconds=second,
        more_megabytes=peak_megabytes() - before,
    )


def deliver(machine: Machine, *, workers: int = 2) -> dict[str, float]:
    """Let the real workers carry out what is owed."""
    crew = machine.crew(workers=workers)
    seconds = crew.wait_for(all_carried, seconds=600, doing=crew.programs[0])
    return {
        "letters": len(machine.gateway.letters),
        "repeats": machine.gateway.repeats(),
        "delivered_in_seconds": round(seconds, 1),
    }


def timed(work) -> tuple[int, float]:
    begun = time.monotonic()
    return work(), round(time.monotonic() - begun, 1)


def peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
