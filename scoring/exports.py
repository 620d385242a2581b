"""The list as a workbook: exactly the rows and the order of the screen, and who took it when."""

import io
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access_log import note_access
from branches.exports import home_of
from branches.models import Organization
from branches.scope import Actor
from inspections.models import Cycle
from portal.kit.table import Column
from portal.kit.workbooks import ledger
from scoring import simulated
from scoring.filters import ResultFilter
from scoring.lists import columns_for, definition
from scoring.record import each_ready
from scoring.simulating import Difference, Simulation


def export_list(
    out: io.IOBase, *, actor: Actor, cycle: Cycle, chosen: ResultFilter, rows, now: datetime
) -> int:
    """Writes the workbook, logs the download, returns the number of rows."""
    unit = chosen.chosen.get("unit") or home_of(actor)
    moment = timezone.localtime(now)
    count = ledger(
        out,
        title=_("%(unit)s: results of %(cycle)s")
        % {"unit": unit.short_name if unit else "", "cycle": cycle.name},
        columns=columns_for(cycle.edition),
        rows=each_ready(rows),
        unit_line=head(unit, actor, moment),
        notes=[
            _("How it is counted: %(text)s") % {"text": definition(cycle)},
            _("Filter: %(filters)s") % {"filters": chosen.summary},
        ],
        filters=f"{chosen.summary} · {actor.user.name} · {moment:%Y-%m-%d %H:%M}",
    )
    note_access(actor.user, "results.exported", rows=count, query=chosen.summary, now=now)
    return count


def head(unit: Organization | None, actor: Actor, moment: datetime) -> list[str]:
    return [
        _("Unit: %(unit)s") % {"unit": unit.name if unit else ""},
        _("Exported by: %(name)s") % {"name": actor.user.name},
        _("Exported at: %(moment)s") % {"moment": f"{moment:%Y-%m-%d %H:%M}"},
    ]


def export_simulation(
    out: io.IOBase,
    *,
    actor: Actor,
    found: Simulation,
    rows: Sequence[Difference],
    chosen: str,
    now: datetime,
) -> int:
    """What is on screen, of all pages."""
    moment = timezone.localtime(now)
    count = ledger(
        out,
        title=_("%(edition)s: simulation on %(cycle)s")
        % {"edition": found.new.name, "cycle": found.cycle.name},
        columns=simulated.columns_for(found),
        rows=rows,
        unit_line=head(home_of(actor), actor, moment),
        notes=[
            _("How it is counted: %(text)s") % {"text": simulated.definition(found)},
            _("Filter: %(filters)s") % {"filters": chosen},
        ],
        filters=f"{chosen} · {actor.user.name} · {moment:%Y-%m-%d %H:%M}",
    )
    note_access(actor.user, "simulation.exported", rows=count, query=chosen, now=now)
    return count


def export_rows(
    out: io.IOBase,
    *,
    actor: Actor,
    title: str,
    columns: Sequence[Column],
    rows,
    chosen: str = "",
    definition: str = "",
    now: datetime,
) -> int:
    """A list of results under its own columns: what is on screen, of all pages."""
    moment = timezone.localtime(now)
    notes = [_("How it is counted: %(text)s") % {"text": definition}] if definition else []
    notes += [_("Filter: %(filters)s") % {"filters": chosen}] if chosen else []
    count = ledger(
        out,
        title=title,
        columns=columns,
        rows=rows,
        unit_line=head(home_of(actor), actor, moment),
        notes=notes,
        filters=f"{chosen or title} · {actor.user.name} · {moment:%Y-%m-%d %H:%M}",
    )
    note_access(actor.user, "results.exported", rows=count, query=f"{title} {chosen}", now=now)
    return count
