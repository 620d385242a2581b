"""A file with several scoring tables: the longest is reviewed first, any other may be taken in its place."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.scope import Actor
from standards.actions import open_draft
from standards.models import EditionImport

# What the other sheets of the file say holds for each of its tables.
OF_THE_FILE = ("options", "tiers", "sentences")


def offered(uploaded: EditionImport) -> list[dict[str, Any]]:
    """Title and size of each table that may be taken."""
    return [
        {
            "at": at,
            "title": other["content"]["reading"]["title"],
            "clauses": len(other["content"]["rows"]) + other["counts"]["unchanged"],
        }
        for at, other in enumerate(uploaded.rows.get("others", []))
    ]


@transaction.atomic
def take(actor: Actor, uploaded: EditionImport, at: str) -> None:
    """Reviews another table; the one reviewed so far stays on offer, with what was put right in it."""
    open_draft(actor, uploaded.edition)
    kept = EditionImport.objects.select_for_update().get(pk=uploaded.pk)
    if kept.state != EditionImport.State.PREVIEW:
        raise Refused(_("This table has been imported. Change its clauses in the draft."))
    others = kept.rows.get("others", [])
    if not at.isdecimal() or int(at) >= len(others):
        raise Refused(_("The file has no such table."))
    before = {name: value for name, value in kept.rows.items() if name != "others"}
    chosen = others[int(at)]
    others[int(at)] = {"content": before, "counts": kept.counts}
    held = {name: before[name] for name in OF_THE_FILE}
    kept.rows = chosen["content"] | held | {"others": others}
    kept.counts = chosen["counts"]
    # The marked file shows the errors of the table it was made for.
    kept.returned = None
    kept.save(update_fields=["rows", "counts", "returned"])
