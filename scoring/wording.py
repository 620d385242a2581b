"""What results say in the inbox and in the trail."""

from django.utils.translation import gettext_noop as _

from accounts.wording import DEEDS, SENTENCES, TAKEN, Wording

SENTENCES |= {
    "result.published": Wording(
        _("%(cycle)s: the result of %(branch)s has been published."), action=_("See the result")
    ),
}
SENTENCES |= {
    "adoption.asked": Wording(
        _("%(cycle)s: a change to “%(edition)s” waits for you to check and carry out."),
        tone="new",
        action=_("Check"),
    ),
    "adoption.done": Wording(_("%(cycle)s now runs under “%(edition)s”."), action=_("Open")),
    "adoption.dropped": Wording(
        _("%(cycle)s: the change to “%(edition)s” was not carried out."),
        tone="back",
        action=_("Open"),
    ),
}
DEEDS |= {
    "adoption.ask": _("Asked for another edition in a running cycle"),
    "adoption.confirm": _("Settled the edition of a running cycle"),
    "adoption.drop": _("Dropped a change of edition"),
    "result.decide": _("Decided a result"),
    "result.publish": _("Published a result"),
    "comparison.set": _("Changed how units are compared"),
    "run.archive": _("Put results on file"),
    "figure.note": _("Noted figures from outside"),
}
TAKEN |= {
    "results.exported": _("Exported results"),
    "simulation.exported": _("Exported a simulation"),
}
