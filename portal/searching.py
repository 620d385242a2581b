"""One box for everything: units by characters or initials, findings by number, words or deadline. All scoped."""

import re
from datetime import date

from branches.find import LONGEST, find
from branches.scope import Actor
from inspections.finding_words import RUNNING
from inspections.ledger_filter import listed
from inspections.ledger_rows import shown
from inspections.permits_findings import TABLE
from portal.board_links import branches, ledger
from portal.kit.normal import loose

FIRST = 10
DAY = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?")


def found_by(actor: Actor, typed: str) -> dict:
    """The first of each kind, with the way to the whole list. Blank or unreadable input finds nothing."""
    text = loose(typed[:100])[:LONGEST].strip()
    if not text:
        return {"text": "", "units": [], "findings": []}
    findings = []
    if TABLE["ledger.view"].allows(actor):
        rows = listed(actor, {"q": text, "sort": "-found"})
        findings = shown(rows.prefetch_related("owner__close_rules")[:FIRST], today=actor.today)
    return {
        "text": text,
        "units": list(find(actor, text, limit=FIRST)),
        "findings": findings,
        "all_branches": branches(q=text),
        "all_findings": ledger(q=text),
    }


def day_in(typed: str) -> date | None:
    """A whole date typed into the box asks for what falls due on that day."""
    found = DAY.fullmatch(loose(typed[:100]))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def due_on(actor: Actor, day: date):
    """The findings whose clock runs out that day, as the load of the next days counts them."""
    rows = listed(actor, {"sort": "branch"}).prefetch_related("owner__close_rules")
    return rows.filter(stage__in=RUNNING, is_long_term=False, due_on=day)
