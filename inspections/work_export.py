"""The work table as a workbook: the rows and the order of the screen, and who took it when."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access_log import note_access
from branches.scope import Actor
from inspections.filing_words import stage_label
from inspections.models import Cycle
from inspections.work_table import ALL, COLUMNS, OF_WORDS, WorkRow
from portal.kit.workbooks import ledger


def export_table(
    out: io.IOBase,
    *,
    actor: Actor,
    cycle: Cycle,
    chosen: dict[str, Any],
    rows: Iterable[WorkRow],
    now: datetime,
) -> int:
    unit, moment = chosen["unit"] or cycle.owner, timezone.localtime(now)
    filters = summary(chosen)
    count = ledger(
        out,
        title=_("%(cycle)s: filing table") % {"cycle": cycle.name},
        columns=COLUMNS,
        rows=rows,
        unit_line=[
            _("Unit: %(unit)s") % {"unit": unit.name},
            _("Exported by: %(name)s") % {"name": actor.user.name},
            _("Exported at: %(moment)s") % {"moment": f"{moment:%Y-%m-%d %H:%M}"},
        ],
        notes=[definition(), _("Filter: %(filters)s") % {"filters": filters}],
        filters=f"{filters} · {actor.user.name} · {moment:%Y-%m-%d %H:%M}",
    )
    note_access(actor.user, "assessments.exported", cycle, rows=count, query=filters, now=now)
    return count


def definition() -> str:
    return _(
        "Clauses to look at: new, fallen short last time, with an open problem, returned, or filled in each period and not yet answered."
    )


def summary(chosen: dict[str, Any]) -> str:
    said = [
        chosen["unit"].short_name if chosen["unit"] else "",
        stage_label(chosen["stage"]) if chosen["stage"] else "",
        str(OF_WORDS[chosen["of"]]) if chosen["of"] != ALL else "",
        chosen["q"],
    ]
    return _(", ").join(filter(None, said)) or _("All")
