"""What the reminders say in the inbox."""

from django.utils.translation import gettext_noop as _

from accounts.wording import SENTENCES, Wording

SENTENCES |= {
    "election.due": Wording(
        _("%(unit)s: the term ends on %(due)s; prepare the election (%(number)s)."),
        tone="warn",
        action=_("Open the letter"),
    ),
    "election.near": Wording(
        _("%(unit)s: the term ends within a month, on %(due)s (%(number)s)."),
        tone="warn",
        action=_("Open the letter"),
    ),
    "election.overdue": Wording(
        _("%(unit)s: the term ended on %(due)s without an approved delay (%(number)s)."),
        tone="overdue",
        action=_("Open the letter"),
    ),
    "finding.overdue": Wording(
        _("Overdue by %(days)s days: %(branch)s, %(text)s"),
        tone="overdue",
        action=_("Report progress"),
    ),
    "finding.due_soon": Wording(
        _("%(days)s days left: %(branch)s, %(text)s"), tone="warn", action=_("Report progress")
    ),
}
