"""What a unit sets for its ledger: saved sets of columns, who closes what, how numbers begin."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from accounts.trail import record
from branches.models import Organization
from branches.permits import require
from branches.scope import Actor
from inspections.ledger_columns import COLUMNS
from inspections.models import CloseRule, SavedColumns
from inspections.numbering import set_prefix
from inspections.permits_findings import TABLE
from inspections.powers import default_closer


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


@transaction.atomic
def set_rules(
    actor: Actor,
    owner: Organization,
    *,
    closers: Mapping[tuple[str, str], str],
    prefixes: Mapping[str, str],
    now: datetime,
) -> None:
    """closers: (source, severity) -> who closes. prefixes: series -> beginning, from this year's next number on."""
    require(
        TABLE, actor, "ledger.rules", owner, _("Only county officers set the rules of the ledger.")
    )
    CloseRule.objects.filter(owner=owner).delete()
    CloseRule.objects.bulk_create(
        CloseRule(owner=owner, source=source, severity=severity, closer=closer)
        for (source, severity), closer in closers.items()
        if closer != default_closer(source, severity)
    )
    for series, prefix in prefixes.items():
        set_prefix(owner, series, prefix, on=actor.today)
    record(actor.user, "ledger.rules", owner, now=now, path=owner.path, prefixes=dict(prefixes))


def refuse_others(actor: Actor) -> None:
    require(
        TABLE, actor, "ledger.columns", None, _("Only the county and parent committees save sets.")
    )
