"""What notices and the trail say about findings."""

from django.utils.translation import gettext_noop as _

from accounts.wording import DEEDS, SENTENCES, TAKEN, Wording

SENTENCES |= {
    "finding.issued": Wording(
        _("%(unit)s was issued finding %(number)s “%(text)s”, due %(due)s."),
        tone="new",
        action=_("Acknowledge"),
    ),
    "finding.objected": Wording(
        _("%(unit)s objects to finding %(number)s “%(text)s”."), tone="new", action=_("Decide")
    ),
    "finding.upheld": Wording(
        _("The objection to finding %(number)s “%(text)s” was not accepted; due %(due)s."),
        tone="back",
        action=_("Acknowledge"),
    ),
    "finding.plan_returned": Wording(
        _("The measures for finding %(number)s “%(text)s” were returned: %(note)s"),
        tone="back",
        action=_("State the measures"),
    ),
    "finding.submitted": Wording(
        _("%(unit)s applies for close-out of finding %(number)s “%(text)s”."),
        tone="new",
        action=_("Verify"),
    ),
    "finding.verified": Wording(
        _("Finding %(number)s of %(unit)s “%(text)s” was verified and awaits close-out."),
        tone="new",
        action=_("Close out"),
    ),
    "finding.closed": Wording(_("Finding %(number)s “%(text)s” was closed out.")),
    "finding.returned": Wording(
        _("Finding %(number)s “%(text)s” was sent back: %(note)s"),
        tone="back",
        action=_("Report progress"),
    ),
    "finding.withdrawn": Wording(
        _("Finding %(number)s “%(text)s” was withdrawn: %(note)s"),
    ),
    "finding.rebounded": Wording(
        _("Finding %(number)s “%(text)s” came back on looking back; new deadline %(due)s."),
        tone="back",
        action=_("State the measures"),
    ),
    "finding.extension_asked": Wording(
        _("%(unit)s asks for an extension of finding %(number)s “%(text)s” until %(due)s."),
        tone="new",
        action=_("Decide"),
    ),
    "finding.extension_granted": Wording(
        _("The extension of finding %(number)s “%(text)s” was granted: due %(due)s.")
    ),
    "finding.extension_refused": Wording(
        _("The extension of finding %(number)s “%(text)s” was refused: %(note)s"), tone="back"
    ),
    "finding.chased": Wording(
        _("Please deal with finding %(number)s of %(unit)s “%(text)s”, due %(due)s."),
        tone="warn",
        action=_("Report progress"),
    ),
}
DEEDS |= {
    "finding.log": _("Logged a finding"),
    "finding.confirm": _("Confirmed a finding"),
    "finding.fix_on_spot": _("Closed a finding fixed on the spot"),
    "finding.issue": _("Issued a finding"),
    "finding.acknowledge": _("Acknowledged a finding"),
    "finding.object": _("Objected to a finding"),
    "finding.uphold": _("Upheld a finding"),
    "finding.plan": _("Stated measures"),
    "finding.return_plan": _("Returned measures"),
    "finding.progress": _("Reported progress"),
    "finding.submit": _("Applied for close-out"),
    "finding.take_back": _("Took an application for close-out back"),
    "finding.verify": _("Passed a verification"),
    "finding.reject": _("Failed a verification"),
    "finding.close": _("Closed out a finding"),
    "finding.send_back": _("Sent a finding back"),
    "finding.ask_extension": _("Asked for an extension"),
    "finding.grant_extension": _("Granted an extension"),
    "finding.refuse_extension": _("Refused an extension"),
    "finding.chase": _("Chased a finding"),
    "finding.hold_open": _("Marked a finding as long-term"),
    "finding.end_long_term": _("Ended the long-term mark of a finding"),
    "finding.keep": _("Looked back: a finding holds"),
    "finding.rebound": _("Looked back: a finding rebounded"),
    "finding.comment": _("Added a remark to a finding"),
    "finding.withdraw": _("Withdrew a finding"),
    "finding.retract": _("Took a finding back with the self-assessment"),
    "finding.refile": _("Admitted a finding again in the self-assessment"),
    "ledger.columns": _("Saved a set of ledger columns"),
    "ledger.rules": _("Set the rules of the ledger"),
}
TAKEN |= {
    "ledger.exported": _("Exported the rectification ledger"),
    "ledger.printed": _("Printed the rectification ledger"),
}
