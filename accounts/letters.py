"""Mail for those who gave an address, when the county runs a mail gateway. The inbox stays the record."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Notice, User
from accounts.outbox import HANDLERS
from accounts.wording import render

GATEWAY_SECONDS = 10


def send_letter(payload: dict, *, now: datetime) -> int:
    """payload: {"user": id, "notices": [ids]}. What has been read meanwhile is left out; nothing left, no letter."""
    user = User.objects.filter(pk=payload["user"], is_active=True).exclude(email="").first()
    if user is None or not settings.EMAIL_ENABLED:
        return 0
    notices = list(
        Notice.objects.filter(pk__in=payload["notices"], user=user).unread().order_by("pk")
    )
    return post(user, notices) if notices else 0


def post(user: User, notices: list[Notice]) -> int:
    with override(user.language):
        lines = [render(notice.code, notice.params).text for notice in notices]
        letter = EmailMessage(
            subject=_("Branchmark: %(n)s to do") % {"n": len(lines)},
            body="\n".join(lines),
            to=[user.email],
            connection=get_connection(timeout=GATEWAY_SECONDS),
        )
    return letter.send()


HANDLERS["email"] = send_letter
