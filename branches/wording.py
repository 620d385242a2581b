"""What units and meetings say in the trail and in the list of downloads."""

from django.utils.translation import gettext_noop as _

from accounts.wording import DEEDS, SENTENCES, TAKEN, Wording
from branches import profiles

DEEDS |= profiles.DEEDS
DEEDS |= {"roster.confirm": _("Confirmed the import of a roster")}
SENTENCES |= {
    "roster.written": Wording(
        _("The roster %(name)s was written: %(new)s new, %(changed)s changed."), action=_("View")
    ),
    "roster.stale": Wording(
        _("The roster %(name)s was not written: look at its preview again."),
        tone="back",
        action=_("View"),
    ),
}
TAKEN |= {
    "branches.exported": _("Exported the list of branches"),
    "elections.exported": _("Exported the list of terms and elections"),
    "evidence.read": _("Opened a file of evidence"),
    "roster.downloaded": _("Downloaded the roster"),
    "roster.returned": _("Downloaded a roster with errors marked"),
}
