"""The list as a workbook: exactly the rows and the order of the screen, and who took it when."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access_log import note_access
from branches.filters import BranchFilter
from branches.lists import COLUMNS
from branches.models import Organization
from branches.scope import Actor
from portal.kit.streaming import streamed

CHUNK = 500


def definition() -> str:
    """口径: what the numbers of this list are."""
    return _(
        "Open branches with the members, posts and terms their units last reported; temporary branches have no term."
    )


def export_list(
    rows: QuerySet[Organization], *, actor: Actor, chosen: BranchFilter, now: datetime
) -> Iterator[bytes]:
    """Logs the download and gives the workbook piece by piece."""
    unit = chosen.chosen.get("unit") or home_of(actor)
    place = unit.short_name if unit else ""
    moment = timezone.localtime(now)
    note_access(actor.user, "branches.exported", rows=rows.count(), query=chosen.summary, now=now)
    return streamed(
        title=_("%(unit)s: list of branches") % {"unit": place},
        columns=COLUMNS,
        rows=rows.iterator(chunk_size=CHUNK),
        unit_line=[
            _("Unit: %(unit)s") % {"unit": unit.name if unit else ""},
            _("Exported by: %(name)s") % {"name": actor.user.name},
            _("Exported at: %(moment)s") % {"moment": f"{moment:%Y-%m-%d %H:%M}"},
        ],
        notes=[
            _("How it is counted: %(text)s") % {"text": definition()},
            _("Filter: %(filters)s") % {"filters": chosen.summary},
        ],
        filters=f"{chosen.summary} · {actor.user.name} · {moment:%Y-%m-%d %H:%M}",
    )


def home_of(actor: Actor) -> Organization | None:
    return Organization.objects.filter(pk=actor.home_id).first() if actor.home_id else None
