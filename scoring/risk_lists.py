"""Items at risk as they are read: counts that open their lists, and the columns of screen and workbook."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.kit import points
from portal.kit.table import Column
from scoring.risks import FACT, FINDING, MEETING, Risk
from standards.language import reader

WORDS = {
    "all": gettext_lazy("All"),
    FACT: gettext_lazy("Runs out"),
    MEETING: gettext_lazy("Meeting still owed"),
    FINDING: gettext_lazy("Finding due before the cutoff"),
}


def counts(found: Iterable[Risk]) -> dict[str, int]:
    rows = list(found)
    return {kind: len(narrowed(rows, show=kind)) for kind in WORDS}


def narrowed(found: Iterable[Risk], *, show: str) -> list[Risk]:
    return [risk for risk in found if show in ("all", risk.kind)]


def why(risk: Risk) -> str:
    """What happens if nothing is done, in one sentence."""
    if risk.kind == FINDING:
        return _("Finding %(number)s is still open.") % {"number": risk.finding.number}
    label = (risk.measure.label_en if reader() == "en" else "") or risk.measure.label
    if risk.gates:
        gates = _(", ").join(risk.gates)
        return _("%(measure)s: sets off “%(gates)s”.") % {"measure": label, "gates": gates}
    lost = points.show(risk.lost)
    return _("%(measure)s: takes %(points)s points.") % {"measure": label, "points": lost}


def columns() -> list[Column]:
    return [
        Column(key="branch", header=gettext_lazy("Branch"), width=22,
               value=lambda risk: risk.row.branch.short_name),
        Column(key="unit", header=gettext_lazy("Parent unit"), width=14,
               value=lambda risk: risk.row.branch.parent.short_name),
        Column(key="kind", header=gettext_lazy("Kind of risk"), width=14,
               value=lambda risk: str(WORDS[risk.kind])),
        Column(key="code", header=gettext_lazy("clause no."), width=8,
               value=lambda risk: risk.line.code),
        Column(key="demand", header=gettext_lazy("demand"), width=34, kind="lines",
               value=lambda risk: risk.line.wording(reader())),
        Column(key="until", header=gettext_lazy("Last day to act"), width=12, kind="date",
               value=lambda risk: risk.until),
        Column(key="why", header=gettext_lazy("If nothing is done"), width=40, kind="lines",
               value=why),
    ]  # fmt: skip
