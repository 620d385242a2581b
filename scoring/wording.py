"""What results say in the inbox and in the trail."""

from django.utils.translation import gettext_noop as _

from accounts.wording import DEEDS, SENTENCES, TAKEN, Wording

SENTENCES |= {
    "result.published": Wording(
        _("%(cycle)s: the result of %(branch)s has been published."), action=_("See the result")
    ),
}
DEEDS |= {
    "result.decide": _("Decided a result"),
    "result.publish": _("Published a result"),
    "run.archive": _("Put results on file"),
    "figure.note": _("Noted figures from outside"),
}
TAKEN |= {
    "results.exported": _("Exported results"),
    "simulation.exported": _("Exported a simulation"),
}
