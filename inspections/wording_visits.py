"""What visits and stops are called on screens, in the inbox and in the trail."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.wording import DEEDS, SENTENCES, Wording
from inspections.models import StopState, Visit
from standards.sheets import Line

STOP_TONES = {
    StopState.PLANNED: "muted",
    StopState.BEGUN: "info",
    StopState.CONFIRMED: "warn",
    StopState.SIGNED: "ok",
}
DUE_CHOICES = ((7, "days"), (15, "workdays"), (30, "workdays"), (60, "workdays"))

SENTENCES |= {
    "visit.planned": Wording(
        gettext_noop("You are on the team of the visit %(visit)s, %(first)s to %(last)s."),
        tone="new",
        action=gettext_noop("Open the visit"),
    ),
}
DEEDS |= {
    "visit.plan": gettext_noop("Planned a visit"),
    "visit.change": gettext_noop("Changed the plan of a visit"),
    "stop.confirm": gettext_noop("Confirmed a feedback sheet"),
    "stop.reopen": gettext_noop("Took back the confirmation of a feedback sheet"),
    "stop.sign": gettext_noop("Entered the signature of a feedback sheet"),
}


def visit_state(visit: Visit, *, today: date) -> dict[str, str]:
    """Derived from the window, never stored."""
    if today < visit.starts_on:
        return {"tone": "muted", "word": _("Not yet begun")}
    if today <= visit.ends_on:
        return {"tone": "info", "word": _("Visit running")}
    return {"tone": "ok", "word": _("Visit over")}


def due_words(days: int, unit: str) -> str:
    """15个工作日"""
    if unit == "workdays":
        return _("%(n)s workdays") % {"n": days}
    if unit == "months":
        return _("%(n)s months") % {"n": days}
    return _("%(n)s days") % {"n": days}


def due_choices(line: Line | None) -> list[tuple[str, str]]:
    """(posted value, words); the clause's own deadline first and under no value: the clause says it."""
    own = (line.deadline_days, line.deadline_unit) if line else (15, "workdays")
    rest = [pair for pair in DUE_CHOICES if pair != own]
    return [("", due_words(*own)), *((f"{n}:{unit}", due_words(n, unit)) for n, unit in rest)]
