"""What the steps of filing are called in the inbox and in the trail."""

from django.utils.translation import gettext_noop as _

from accounts.wording import DEEDS, SENTENCES, TAKEN, Wording

SENTENCES |= {
    "cycle.opened": Wording(
        _("%(cycle)s has begun: the self-assessment can be filled in."),
        tone="new",
        action=_("Start"),
    ),
    "cycle.joined": Wording(
        _("%(branch)s takes part in %(cycle)s: the self-assessment can be filled in."),
        tone="new",
        action=_("Start"),
    ),
    "assessment.submitted": Wording(
        _("%(branch)s has submitted its self-assessment (%(cycle)s); it waits for your review."),
        tone="new",
        action=_("Review"),
    ),
    "assessments.submitted": Wording(
        _("%(count)s branches of %(unit)s have submitted (%(cycle)s); they wait for your review."),
        tone="new",
        action=_("Review"),
    ),
    "assessment.returned": Wording(
        _("The self-assessment of %(branch)s was returned for changes: %(reason)s"),
        tone="back",
        action=_("Change it"),
    ),
    "assessment.chased": Wording(
        _("Please submit the self-assessment of %(branch)s (%(cycle)s)."),
        tone="warn",
        action=_("Fill in"),
    ),
}
DEEDS |= {
    "assessment.submit": _("Submitted a self-assessment"),
    "assessment.withdraw": _("Took a self-assessment back"),
    "assessment.pass": _("Passed a self-assessment"),
    "assessment.return": _("Returned a self-assessment"),
    "assessment.recall": _("Returned a passed self-assessment"),
    "assessment.chase": _("Chased a self-assessment"),
    "cycle.plan": _("Planned a cycle"),
    "cycle.open": _("Opened a cycle"),
    "cycle.join": _("Took a branch into a running cycle"),
    "cycle.close": _("Closed a cycle"),
}
TAKEN |= {
    "assessment.exported": _("Exported a self-assessment"),
    "assessments.exported": _("Exported the filing table"),
    "assessments.downloaded": _("Downloaded the table to fill in"),
    "assessments.returned": _("Downloaded a filled-in table with errors marked"),
}
