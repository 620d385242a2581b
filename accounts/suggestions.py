"""Comments and suggestions: written by anyone, anonymously if they like, answered where they can be acted on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import permit
from accounts.inbox import tell
from accounts.models import Suggestion
from accounts.refusal import Refused
from accounts.trail import record

STEP = 6


@transaction.atomic
def write(
    actor, *, text: str, anonymous: bool, client_key: UUID, now: datetime, page: str = ""
) -> Suggestion:
    """A second sending of the same form is the same suggestion."""
    said = {
        "at": now,
        "text": text,
        "page": "" if anonymous else page,
        "user": None if anonymous else actor.user,
        "path": place(actor, anonymous=anonymous),
    }
    row, _created = Suggestion.objects.get_or_create(client_key=client_key, defaults=said)
    return row


def place(actor, *, anonymous: bool) -> str:
    """The unit the writer works for; anonymously the unit above it, where many write."""
    path = min(actor.paths(), key=len, default="")
    return (path[:-STEP] or path) if anonymous else path


@transaction.atomic
def answer(actor, row: Suggestion, *, reply: str, now: datetime) -> None:
    """One reply, once: what a writer has read is not rewritten."""
    permit(actor, "suggestion.reply", row)
    fresh = {"reply": reply, "replied_at": now, "replied_by": actor.user}
    if not Suggestion.objects.filter(pk=row.pk, replied_at=None).update(**fresh):
        raise Refused(_("This suggestion has been answered already."))
    if row.user_id:
        tell(
            [row.user_id],
            "suggestion.replied",
            key=f"suggestion:{row.pk}",
            now=now,
            url=reverse("accounts:suggestion", args=[row.client_key]),
        )
    record(actor.user, "suggestion.answered", row, now=now, path=row.path)
