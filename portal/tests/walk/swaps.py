"""An own address with a foreign key in the form: moving, tying, planning, ticking and citing stay inside the scope."""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

from django.forms.models import model_to_dict

from branches.models import Evidence, Grant, Link, Organization
from inspections.models import Assessment, Finding, Stop
from portal.tests.walk.addresses import Address, addresses
from portal.tests.walk.samples import samples
from portal.tests.walk.steps import Walker
from scoring.models import Result
from standards.models import Edition


def foreign_branch(world: SimpleNamespace) -> int:
    return world.branches["county"].pk


def foreign_town(world: SimpleNamespace) -> int:
    return world.towns["county"].pk


def rows_of(kept: dict[str, Any]) -> list[int]:
    return [row["county"].pk for row in kept.values()]


# address, who posts, field, the foreign value
SWAPS: list[tuple[str, str, str, Callable[[SimpleNamespace], Any]]] = [
    ("branches:move", "officer", "parent", foreign_town),
    ("branches:links", "officer", "unit", foreign_town),
    ("branches:create", "officer", "parent", foreign_town),
    ("branches:hand_over", "officer", "old", lambda w: w.grants["county"].pk),
    ("branches:roster_accounts", "officer", "organization", foreign_town),
    ("branches:meeting_month", "clerk", "unit", foreign_town),
    ("standards:create", "officer", "origin", lambda w: w.editions["county"].pk),
    ("inspections:visit_plan", "officer", "branches", foreign_branch),
    ("inspections:visit_change", "officer", "branches", foreign_branch),
    ("inspections:visit_plan", "officer", "cycle", lambda w: w.cycles["filing"]["county"].pk),
    ("inspections:assessments_submit", "clerk", "ids", lambda w: rows_of(w.assessments)),
    ("inspections:assessments_chase", "officer", "ids", lambda w: rows_of(w.assessments)),
    ("inspections:assessments_pass", "secretary", "ids", lambda w: rows_of(w.assessments)),
    ("inspections:assessment_evidence", "clerk", "files", lambda w: w.evidence["county"].pk),
    ("inspections:ledger_issue", "officer", "ids", lambda w: rows_of(w.findings)),
    ("inspections:ledger_verify", "secretary", "ids", lambda w: rows_of(w.findings)),
    ("inspections:ledger_close", "officer", "ids", lambda w: rows_of(w.findings)),
    ("inspections:ledger_chase", "officer", "ids", lambda w: rows_of(w.findings)),
    ("scoring:results_decide", "officer", "ids", lambda w: rows_of(w.results)),
    ("scoring:results_publish", "officer", "ids", lambda w: rows_of(w.results)),
]  # fmt: skip


def there(world: SimpleNamespace) -> list[Any]:
    """Everything of the other county, as it stands in the database."""
    units = Organization.objects.filter(path__startswith=world.counties["county"].path)
    rows = [
        *units,
        *Link.objects.filter(unit__in=units),
        *Grant.objects.filter(organization__in=units),
        *Edition.objects.filter(owner__in=units),
        *Stop.objects.filter(branch__in=units),
        *Assessment.objects.filter(branch__in=units),
        *Finding.objects.filter(branch__in=units),
        *Result.objects.filter(branch__in=units),
    ]
    files = Evidence.objects.filter(organization__in=units)
    cited = [("cited", file.pk, list(file.answers.values_list("pk"))) for file in files]
    return [*cited, *((type(row).__name__, model_to_dict(row)) for row in rows)]


def taken(walker: Walker, swap: tuple[str, str, str, Callable[[SimpleNamespace], Any]]) -> str:
    """What the swap did to the other county, or told of it; nothing when all is well."""
    world, (name, actor, field, value) = walker.world, swap
    sample = samples(world, next(a for a in addresses() if a.name == name))[0]
    before = there(world)
    answer = walker.ask(
        actor, "POST", name, sample, more={field: value(world)}, then=lambda: there(world)
    )
    leaks = world.ink.spilt(answer.text, to=actor)
    return f"{answer} with a foreign {field}" if answer.then != before or leaks else ""


def swaps_at(known: Iterable[Address]) -> list[tuple[str, str, str, Callable[..., Any]]]:
    names = {address.name for address in known}
    return [swap for swap in SWAPS if swap[0] in names]
