"""What units and meetings say in the trail and in the list of downloads."""

from django.utils.translation import gettext_noop as _

from accounts.wording import DEEDS, TAKEN
from branches import profiles

DEEDS |= profiles.DEEDS
DEEDS |= {"roster.confirm": _("Confirmed the import of a roster")}
TAKEN |= {
    "branches.exported": _("Exported the list of branches"),
    "evidence.read": _("Opened a file of evidence"),
    "roster.downloaded": _("Downloaded the roster"),
    "roster.returned": _("Downloaded a roster with errors marked"),
}
