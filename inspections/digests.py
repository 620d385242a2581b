"""The digest: what fired for one person since the last one, in one message a day.

One key is one row of the outbox, one day on the lines it carries, and one Message-ID. The lines are fixed and
committed before the letter leaves; the row is done only after the gateway took it. Whoever is killed in between
leaves the outcome unknown: the next worker sends the same letter under the same Message-ID, by which a gateway or
a mail program knows a repeat.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import Outbox, User
from accounts.outbox import HANDLERS, Later, owe_many
from branches.holidays import working_calendar
from inspections.models import Fired
from inspections.windows import is_open, next_window

KIND = "digest"
SHOWN = 30
GATEWAY_SECONDS = 10
RELEASED_WITHIN = timedelta(days=7)


def key_of(user_id: int, day: date) -> str:
    return f"{KIND}:{user_id}:{day.isoformat()}"


def owe_digests(user_ids: Iterable[int], *, now: datetime, due: datetime) -> int:
    """One digest per person and day. Returns how many are new."""
    day = timezone.localdate(due)
    payloads = {key_of(pk, day): {"user": pk, "day": day.isoformat()} for pk in user_ids}
    return owe_many(KIND, payloads, now=now, due_at=due)


def send_digest(payload: dict, *, now: datetime) -> int:
    """payload: {"user": id, "day": iso}. Returns the number of lines."""
    user_id, day = payload["user"], date.fromisoformat(payload["day"])
    calendar = working_calendar()
    if not is_open(now, calendar):
        raise Later(next_window(now, calendar))
    if day < timezone.localdate(now) and not carried(user_id, day).exists():
        # Late, and nothing left under that day: it becomes today's, so that nobody gets two on one day.
        owe_digests([user_id], now=now, due=now)
        return 0
    lines = claim(user_id, day=day)
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if lines and user and settings.EMAIL_ENABLED:
        letter(user, day=day).send()
    return lines


@transaction.atomic
def claim(user_id: int, *, day: date) -> int:
    """Fix which lines the day's digest carries; a repeat finds them fixed. Returns their number."""
    # Two holders of one row (a lease that ran out) fix the lines one after the other.
    Outbox.objects.select_for_update().filter(key=key_of(user_id, day)).first()
    fixed = carried(user_id, day).count()
    return fixed or carried(user_id, None).update(digest_on=day)


def carried(user_id: int, day: date | None):
    """A person's lines in the digest of a day; None: in no digest yet."""
    return Fired.objects.filter(recipient_id=user_id, digest_on=day)


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
    release(now=now)
    due = next_window(now, working_calendar())
    waiting = Fired.objects.filter(digest_on=None).order_by("recipient_id")
    users = set(waiting.values_list("recipient_id", flat=True).distinct())
    today = Fired.objects.filter(digest_on=timezone.localdate(due), recipient__in=users)
    served = set(today.values_list("recipient_id", flat=True).distinct())
    owe_digests(users - served, now=now, due=due)
    owe_digests(served, now=now, due=next_opening(due))
    return Outbox.objects.filter(kind=KIND, done_at=None, dead_at=None).count()


def next_opening(moment: datetime) -> datetime:
    """The first window after the day of this one."""
    evening = timezone.localtime(moment).replace(hour=23, minute=59, second=59)
    return next_window(evening + timedelta(seconds=1), working_calendar())


def release(*, now: datetime) -> int:
    """The lines of a digest that was given up (no gateway for two hours) go into the next one."""
    given_up = Outbox.objects.filter(
        kind=KIND, done_at=None, dead_at__gte=now - RELEASED_WITHIN
    ).order_by("pk")
    released = 0
    for row in given_up:
        with transaction.atomic():
            day = date.fromisoformat(row.payload["day"])
            released += carried(row.payload["user"], day).update(digest_on=None)
            Outbox.objects.filter(pk=row.pk).update(done_at=now)
    return released


HANDLERS[KIND] = send_digest
