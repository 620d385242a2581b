"""The digest: what fired for one person since the last one, in one message a day."""

from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import Outbox, User
from accounts.outbox import HANDLERS, owe
from branches.holidays import working_calendar
from inspections.models import Fired
from inspections.windows import is_open, next_window

SHOWN = 30
GATEWAY_SECONDS = 10


def send_digest(payload: dict, *, now: datetime) -> int:
    """payload: {"user": id, "day": iso}. Outside the window it is owed again for the next one."""
    calendar = working_calendar()
    if not is_open(now, calendar):
        put_off(payload["user"], now=now, due=next_window(now, calendar))
        return 0
    return deliver(payload["user"], day=timezone.localdate(now), now=now)


def put_off(user_id: int, *, now: datetime, due: datetime) -> None:
    day = timezone.localdate(due).isoformat()
    owe(
        "digest",
        key=f"digest:{user_id}:{day}",
        payload={"user": user_id, "day": day},
        now=now,
        due_at=due,
    )


@transaction.atomic
def deliver(user_id: int, *, day: date, now: datetime) -> int:
    """Claim what is undigested, then mail it. A repeat finds nothing left; the mail carries the day's key."""
    if Fired.objects.filter(recipient_id=user_id, digest_on=day).exists():
        return 0
    claimed = Fired.objects.filter(recipient_id=user_id, digest_on=None).update(digest_on=day)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if claimed and user and user.email and settings.EMAIL_ENABLED:
        letter(user, day=day).send()
    return claimed


def letter(user: User, *, day: date) -> EmailMessage:
    fired = Fired.objects.filter(recipient=user, digest_on=day).select_related("finding__branch")
    count = fired.count()
    with override(user.language):
        lines = [line(row, day=day) for row in fired.order_by("due_on", "pk")[:SHOWN]]
        if count > SHOWN:
            lines.append(_("and %(count)s more") % {"count": count - SHOWN})
        subject = ngettext(
            "%(count)s finding to look after", "%(count)s findings to look after", count
        )
        return EmailMessage(
            subject=subject % {"count": count},
            body="\n".join(lines),
            to=[user.email],
            headers={"Message-ID": f"<digest-{user.pk}-{day.isoformat()}@branchmark>"},
            connection=get_connection(timeout=GATEWAY_SECONDS),
        )


def line(row: Fired, *, day: date) -> str:
    late = (day - row.due_on).days
    words = {
        "branch": row.finding.branch.short_name,
        "text": row.finding.text[:60],
        "days": abs(late),
    }
    if late > 0:
        return _("Overdue by %(days)s days: %(branch)s, %(text)s") % words
    return _("%(days)s days left: %(branch)s, %(text)s") % words


def owe_missing(*, now: datetime) -> int:
    """The safety net of beat and of `manage.py daily`: everybody with undigested lines is owed a digest."""
    due = next_window(now, working_calendar())
    day = timezone.localdate(due)
    waiting = Fired.objects.filter(digest_on=None).order_by("recipient_id")
    users = set(waiting.values_list("recipient_id", flat=True).distinct())
    served = set(Fired.objects.filter(digest_on=day).values_list("recipient_id", flat=True))
    if late := served & users:
        tomorrow = next_window(
            timezone.localtime(due).replace(hour=18, minute=0), working_calendar()
        )
        for pk in sorted(late):
            put_off(pk, now=now, due=tomorrow)
    for pk in sorted(users - served):
        put_off(pk, now=now, due=due)
    return Outbox.objects.filter(kind="digest", done_at=None, dead_at=None).count()


HANDLERS["digest"] = send_digest
