"""Saved sets of ledger columns: one's own unit's, replaced by name."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Organization
from branches.permits import require
from branches.scope import Actor
from inspections.ledger_columns import COLUMNS
from inspections.models import SavedColumns
from inspections.permits_findings import TABLE


@transaction.atomic
def save_columns(actor: Actor, *, name: str, columns: Iterable[str], now: datetime) -> SavedColumns:
    refuse_others(actor)
    known = [key for key in columns if key in COLUMNS]
    if not known:
        raise Refused(_("Choose at least one column."), field="columns")
    owner = Organization.objects.get(pk=actor.home_id)
    saved, _created = SavedColumns.objects.update_or_create(
        owner=owner, name=name, defaults={"columns": known, "created_by": actor.user}
    )
    record(actor.user, "ledger.columns", owner, now=now, path=owner.path, name=name)
    return saved


@transaction.atomic
def forget_columns(actor: Actor, saved: SavedColumns, *, now: datetime) -> None:
    refuse_others(actor)
    owner = saved.owner
    record(actor.user, "ledger.columns", owner, now=now, path=owner.path, removed=saved.name)
    saved.delete()


def refuse_others(actor: Actor) -> None:
    require(
        TABLE, actor, "ledger.columns", None, _("Only the county and parent committees save sets.")
    )
