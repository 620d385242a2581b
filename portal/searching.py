"""One box for everything: branches and units by characters or initials, findings by number or text. All scoped."""

from branches.find import LONGEST, find
from branches.scope import Actor
from inspections.ledger_filter import listed
from inspections.ledger_rows import shown
from inspections.permits_findings import TABLE
from portal.board_links import branches, ledger
from portal.kit.normal import loose

FIRST = 10


def found_by(actor: Actor, typed: str) -> dict:
    """The first of each kind, with the way to the whole list. Blank or unreadable input finds nothing."""
    text = loose(typed[:100])[:LONGEST].strip()
    if not text:
        return {"text": "", "units": [], "findings": []}
    units = list(find(actor, text, limit=FIRST))
    findings = []
    if TABLE["ledger.view"].allows(actor):
        rows = listed(actor, {"q": text, "sort": "-found"})
        findings = shown(rows.prefetch_related("owner__close_rules")[:FIRST], today=actor.today)
    return {
        "text": text,
        "units": units,
        "findings": findings,
        "all_branches": branches(q=text),
        "all_findings": ledger(q=text),
    }
