"""The ledger as a workbook: exactly the rows and the order of the screen, and who took it when."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access_log import note_access
from accounts.roles import Role
from branches.models import Organization
from branches.scope import Actor
from branches.tree import ancestors
from inspections.ledger_columns import column_set, columns_for
from inspections.ledger_filter import LedgerFilter
from inspections.models import Finding, SavedColumns
from portal.kit.streaming import streamed
from standards.models import Edition

CHUNK = 500


def definition() -> str:
    """口径: what the numbers of this list are."""
    return _(
        "Findings the reader may see, one row each, whatever became of them; overdue counts from the day after the deadline while the unit is to act, long-term ones left out."
    )


def export(
    rows: QuerySet[Finding], *, actor: Actor, chosen: LedgerFilter, key: str, now: datetime
) -> Iterator[bytes]:
    """Logs the download and gives the workbook piece by piece."""
    name, keys = column_set(key, saved_sets(actor))
    unit = chosen.chosen.get("unit") or home_of(actor)
    moment = timezone.localtime(now)
    query = f"{name} | {chosen.summary}"
    note_access(actor.user, "ledger.exported", rows=rows.count(), query=query, now=now)
    return streamed(
        title=title(unit),
        columns=columns_for(keys, today=actor.today),
        rows=sharing(rows),
        unit_line=[
            _("Unit: %(unit)s") % {"unit": unit.name if unit else ""},
            _("Filled in by: %(name)s %(phone)s")
            % {"name": actor.user.name, "phone": actor.user.phone},
            _("Date: %(day)s") % {"day": f"{moment:%Y-%m-%d}"},
        ],
        notes=[
            _("How it is counted: %(text)s") % {"text": definition()},
            _("Filter: %(filters)s") % {"filters": chosen.summary},
            printed(actor, moment),
        ],
        filters=f"{chosen.summary} · {actor.user.name} · {moment:%Y-%m-%d %H:%M}",
    )


def sharing(rows: QuerySet[Finding]) -> Iterator[Finding]:
    """The rows one after another, held by nobody. What many share is read once, so the queries never grow.

    Branches, units and editions are counted in hundreds where findings are counted in ten thousands.
    """
    bare = rows.order_by()
    cited = Q(pk__in=bare.values("branch")) | Q(pk__in=bare.values("unit"))
    units = Organization.objects.filter(cited).select_related("parent").in_bulk()
    above = Organization.objects.filter(pk__in=bare.values("owner"))
    owners = above.prefetch_related("close_rules").in_bulk()
    editions = Edition.objects.filter(pk__in=bare.values("edition")).in_bulk()
    alone = rows.select_related(None).select_related("notification")
    for finding in alone.iterator(chunk_size=CHUNK):
        finding.branch, finding.unit = units[finding.branch_id], units[finding.unit_id]
        finding.owner = owners[finding.owner_id]
        finding.edition = editions.get(finding.edition_id)
        yield finding


def title(unit: Organization | None) -> str:
    return _("%(unit)s: rectification ledger") % {"unit": unit.short_name if unit else ""}


def printed(actor: Actor, moment: datetime) -> str:
    return _("Exported by %(name)s at %(moment)s") % {
        "name": actor.user.name,
        "moment": f"{moment:%Y-%m-%d %H:%M}",
    }


def home_of(actor: Actor) -> Organization | None:
    """The reader's own unit; an inspector belongs to none of the branches visited."""
    if not actor.has(*set(Role) - {Role.INSPECTOR}):
        return None
    return Organization.objects.filter(pk=actor.home_id).first() if actor.home_id else None


def saved_sets(actor: Actor) -> Iterable[SavedColumns]:
    """Sets saved by the reader's own unit or one above it."""
    above = {path for held in actor.held for path in ancestors(held.path)}
    return list(SavedColumns.objects.filter(owner__path__in=above).order_by("name", "pk"))
