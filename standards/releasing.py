"""A draft on its way into force: one officer submits it, another issues it or returns it with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import trail
from accounts.inbox import tell
from accounts.refusal import Refused
from accounts.roles import Role
from branches.people import holders
from branches.permits import require
from branches.scope import Actor
from standards.issuing import problems, put_in_force
from standards.models import Edition, EditionState
from standards.permissions import TABLE


@transaction.atomic
def submit(actor: Actor, edition: Edition, *, now: datetime, note: str = "") -> Edition:
    """From now on nobody changes the draft; the other officers are told. `note`: a word to whoever issues it."""
    edition = locked(edition)
    sentence = _("Only a county officer submits a draft, and only once.")
    require(TABLE, actor, "edition.submit", edition, sentence)
    found = problems(edition)
    if found:
        raise Refused("\n".join(found))
    keep(edition, submitted_at=now, submitted_by=actor.user, return_reason="")
    said = {"note": note.strip()} if note.strip() else {}
    trail.record(actor.user, "edition.submit", edition, now=now, path=edition.owner.path, **said)
    others = holders(edition.owner, Role.COUNTY_OFFICER, today=actor.today)
    inform(edition, "edition.submitted", set(others) - {actor.user.pk}, now=now, by=actor.user.name)
    return edition


@transaction.atomic
def withdraw(actor: Actor, edition: Edition, *, now: datetime) -> Edition:
    """The submitter takes it back while nobody has settled it."""
    edition = locked(edition)
    sentence = _("Only who submitted this draft can withdraw it, and only until it is settled.")
    require(TABLE, actor, "edition.withdraw", edition, sentence)
    keep(edition, submitted_at=None, submitted_by=None)
    trail.record(actor.user, "edition.withdraw", edition, now=now, path=edition.owner.path)
    return edition


@transaction.atomic
def give_back(actor: Actor, edition: Edition, *, reason: str, now: datetime) -> Edition:
    edition = locked(edition)
    require(TABLE, actor, "edition.return", edition, by_another())
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say what has to be changed."), field="reason")
    submitter, moment = edition.submitted_by_id, edition.submitted_at
    keep(edition, submitted_at=None, submitted_by=None, return_reason=reason)
    path = edition.owner.path
    trail.record(actor.user, "edition.return", edition, now=now, path=path, reason=reason)
    inform(edition, "edition.returned", [submitter], now=now, at=moment, reason=reason)
    return edition


@transaction.atomic
def issue(actor: Actor, edition: Edition, *, now: datetime) -> Edition:
    edition = locked(edition)
    require(TABLE, actor, "edition.issue", edition, by_another())
    edition = put_in_force(edition, by=actor.user, now=now)
    inform(edition, "edition.issued", [edition.submitted_by_id], now=now)
    return edition


def by_another() -> str:
    return _("A draft is issued once it has been submitted, and by another county officer.")


def locked(edition: Edition) -> Edition:
    rows = Edition.objects.select_for_update(of=("self",)).select_related("owner")
    edition = rows.get(pk=edition.pk)
    if edition.state != EditionState.DRAFT:
        raise Refused(_("This edition has been issued already."))
    return edition


def keep(edition: Edition, **fields) -> None:
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(fields))


def inform(edition: Edition, code: str, people, *, now: datetime, at=None, **words: str) -> None:
    """Once for each submission, however often the draft comes back."""
    moment = at or edition.submitted_at
    page = "issue/" if edition.state == EditionState.DRAFT else ""
    tell(
        people,
        code,
        key=f"{code}:{edition.pk}:{moment:%Y%m%d%H%M%S%f}",
        now=now,
        url=f"/standards/{edition.pk}/{page}",
        edition=edition.name,
        **words,
    )
