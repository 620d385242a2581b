"""Where a cycle stands today: its phases in order, and how many working days the next deadline leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy

from inspections.models import Cycle, CycleState, Phase, PhaseKind
from portal.kit.calendar import Calendar
from standards.language import reader

WORDS = {
    PhaseKind.APPLY: gettext_lazy("Application phase"),
    PhaseKind.SELF: gettext_lazy("Self-assessment"),
    PhaseKind.FIRST_CHECK: gettext_lazy("First-check phase"),
    PhaseKind.MID_YEAR: gettext_lazy("Mid-year check"),
    PhaseKind.ACCEPTANCE: gettext_lazy("Acceptance phase"),
    PhaseKind.DECIDE: gettext_lazy("Decision phase"),
    PhaseKind.NOTICE: gettext_lazy("Public notice"),
    PhaseKind.CUTOFF: gettext_lazy("Cutoff"),
}
HELP = {
    PhaseKind.CUTOFF: gettext_lazy("What is put right and closed by this day counts in the result.")
}
WEEKDAYS = "一二三四五六日"


def phase_word(kind: str) -> str:
    return str(WORDS[kind])


def day_word(day: date) -> str:
    """11月27日 周五: the weekday stands where a deadline matters."""
    if reader() == "zh":
        return f"{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"
    return f"{day:%a} {day.day} {day:%B}"


@dataclass(frozen=True)
class PhaseShown:
    """state: done, now or ahead. left: working days up to and including the last day, negative when past.

    has_year: the last days of this cycle are not all in the present year.
    """

    phase: Phase
    state: str
    left: int
    has_year: bool = False

    @property
    def label(self) -> str:
        return phase_word(self.phase.kind)

    @property
    def help(self) -> str:
        return str(HELP.get(self.phase.kind, ""))

    @property
    def until(self) -> str:
        return day_word(self.phase.ends_on)


def phase_bar(cycle: Cycle, *, today: date, calendar: Calendar) -> list[PhaseShown]:
    """A closed cycle waits for nothing any more."""
    phases = in_order(cycle.phases.all())
    has_year = any(phase.ends_on.year != today.year for phase in phases)
    over = cycle.state == CycleState.CLOSED
    return [
        PhaseShown(
            phase,
            "done" if over else state_of(phase, today=today),
            calendar.workdays_between(today, phase.ends_on),
            has_year,
        )
        for phase in phases
    ]


def in_order(phases: Iterable[Phase]) -> list[Phase]:
    order = list(PhaseKind.values)
    return sorted(phases, key=lambda phase: (phase.ends_on, order.index(phase.kind)))


def state_of(phase: Phase, *, today: date) -> str:
    return "done" if phase.ends_on < today else "now" if phase.starts_on <= today else "ahead"


def filing_phase(bar: Iterable[PhaseShown]) -> PhaseShown | None:
    return next((shown for shown in bar if shown.phase.kind == PhaseKind.SELF), None)
