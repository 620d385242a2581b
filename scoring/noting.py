"""Figures from outside, noted for many branches at once: a column of names and a column of numbers."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.roles import COUNTY
from accounts.trail import record
from branches.permits import require
from branches.scope import Actor, under
from inspections.models import Assessment, Cycle
from portal.kit.normal import NARROW
from scoring.models import Figure
from scoring.permissions import TABLE
from standards.composing.shapes import NamedFigure
from standards.rules.amounts import read_amount, write_amount
from standards.sheets import edition_composition

MOST = 5_000
TOLD = 10


def figures_named(cycle: Cycle) -> tuple[NamedFigure, ...]:
    """What the cycle's edition wants brought in."""
    return edition_composition(cycle.edition).named


@transaction.atomic
def note(actor: Actor, cycle: Cycle, *, key: str, text: str, now: datetime) -> int:
    """Every line or none; the newest figure counts, earlier ones stay. Returns how many were noted."""
    require(TABLE, actor, "figure.note", cycle, _("Only a county officer notes figures."))
    if key not in {figure.key for figure in figures_named(cycle)}:
        raise Refused(_("The standard asks for no such figure."), field="figure")
    rows, wrong = [], []
    for branch_id, value, problem in matched(lines_of(text), branches_of(actor, cycle)):
        (wrong.append(problem) if problem else rows.append((branch_id, value)))
    if wrong or not rows:
        told = wrong[:TOLD] or [_("There is nothing to note.")]
        raise Refused("\n".join(told), field="text")
    Figure.objects.bulk_create(
        Figure(cycle=cycle, branch_id=pk, key=key, value=value, at=now, by=actor.user)
        for pk, value in rows
    )
    path = cycle.owner.path
    record(actor.user, "figure.note", cycle, now=now, path=path, figure=key, count=len(rows))
    return len(rows)


def lines_of(text: str) -> list[tuple[int, str, str]]:
    """(number of the line, name, what stands for the number); the last cell of a line is the number."""
    found = []
    for number, line in enumerate(text.splitlines()[:MOST], start=1):
        cells = line.replace("，", "\t").replace(",", "\t").split("\t")
        if line.strip():
            found.append((number, cells[0].strip(), cells[-1].strip() if len(cells) > 1 else ""))
    return found


def branches_of(actor: Actor, cycle: Cycle) -> dict[str, list[int]]:
    """Full and short names of the cycle's branches under the actor."""
    rows = Assessment.objects.filter(under(actor.paths(*COUNTY), prefix="branch__"), cycle=cycle)
    known: dict[str, list[int]] = {}
    for pk, *names in rows.values_list("branch_id", "branch__name", "branch__short_name"):
        for name in set(names):
            known.setdefault(name, []).append(pk)
    return known


def matched(
    lines: list[tuple[int, str, str]], known: dict[str, list[int]]
) -> Iterator[tuple[int, str, str]]:
    """(branch, number, "") or (0, "", what is wrong with the line)."""
    seen: set[int] = set()
    for number, name, typed in lines:
        words = {"line": number, "name": name}
        found, amount = known.get(name, []), read_amount(typed.translate(NARROW))
        if not found:
            yield 0, "", _("Line %(line)s: no branch “%(name)s” in this cycle.") % words
        elif len(found) > 1:
            yield 0, "", _("Line %(line)s: several branches are called “%(name)s”.") % words
        elif amount is None:
            yield 0, "", _("Line %(line)s: a number is missing for “%(name)s”.") % words
        elif found[0] in seen:
            yield 0, "", _("Line %(line)s: “%(name)s” stands twice.") % words
        else:
            seen.add(found[0])
            yield found[0], write_amount(amount), ""
