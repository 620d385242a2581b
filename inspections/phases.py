"""Where a cycle stands today: its phases in order, and how many working days the next deadline leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspections.models import Cycle, Phase, PhaseKind
from portal.kit.calendar import Calendar


@dataclass(frozen=True)
class PhaseShown:
    """state: done, now or ahead. left: working days up to and including the last day, negative when past."""

    phase: Phase
    state: str
    left: int

    @property
    def label(self) -> str:
        return PhaseKind(self.phase.kind).label


def phase_bar(cycle: Cycle, *, today: date, calendar: Calendar) -> list[PhaseShown]:
    return [show(phase, today=today, calendar=calendar) for phase in in_order(cycle.phases.all())]


def in_order(phases: Iterable[Phase]) -> list[Phase]:
    order = list(PhaseKind.values)
    return sorted(phases, key=lambda phase: (phase.ends_on, order.index(phase.kind)))


def show(phase: Phase, *, today: date, calendar: Calendar) -> PhaseShown:
    state = "done" if phase.ends_on < today else "now" if phase.starts_on <= today else "ahead"
    return PhaseShown(phase, state, calendar.workdays_between(today, phase.ends_on))


def filing_phase(bar: Iterable[PhaseShown]) -> PhaseShown | None:
    return next((shown for shown in bar if shown.phase.kind == PhaseKind.SELF), None)
