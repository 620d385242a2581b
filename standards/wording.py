"""What standards say in the inbox and in the trail."""

from django.utils.translation import gettext_noop as _

from accounts.wording import DEEDS, SENTENCES, Wording

SENTENCES |= {
    "edition.submitted": Wording(
        _("%(by)s has submitted “%(edition)s” for issue. Please check and issue or return it."),
        tone="new",
        action=_("Check"),
    ),
    "edition.returned": Wording(
        _("“%(edition)s” was returned: %(reason)s"), tone="back", action=_("Edit")
    ),
    "edition.issued": Wording(_("“%(edition)s” is in force."), action=_("Open")),
}
DEEDS |= {
    "edition.draft": _("Drafted a standard"),
    "edition.edit": _("Edited a standard"),
    "edition.options": _("Answered the questions of a standard"),
    "edition.composition": _("Agreed how the total comes about"),
    "edition.import": _("Imported a scoring table"),
    "edition.submit": _("Submitted a standard for issue"),
    "edition.withdraw": _("Withdrew a submitted standard"),
    "edition.return": _("Returned a submitted standard"),
    "edition.issue": _("Issued a standard"),
    "edition.discard": _("Discarded a draft"),
    "chapter.add": _("Added a chapter"),
    "chapter.rename": _("Renamed a chapter"),
    "chapter.move": _("Moved a chapter"),
    "chapter.remove": _("Removed a chapter"),
    "clause.add": _("Added a clause"),
    "clause.edit": _("Edited a clause"),
    "clause.move": _("Moved a clause"),
    "clause.remove": _("Removed a clause"),
}
