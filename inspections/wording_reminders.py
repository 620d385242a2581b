"""What the reminders say in the inbox."""

from django.utils.translation import gettext_noop as _

from accounts.wording import SENTENCES, Wording

SENTENCES |= {
    "finding.overdue": Wording(
        _("Overdue by %(days)s days: %(branch)s, %(text)s"),
        tone="overdue",
        action=_("Report progress"),
    ),
    "finding.due_soon": Wording(
        _("%(days)s days left: %(branch)s, %(text)s"), tone="warn", action=_("Report progress")
    ),
}
