"""How the total of a composed result came about, in the reader's words: its summands, and why this tier."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.kit import points
from scoring.explaining import names_of
from scoring.models import Result
from scoring.weighing import IMPROVED
from standards.composing.describe import naming
from standards.language import reader
from standards.sheets import edition_composition, sheet

WORDS = {
    "bonus": gettext_lazy("Bonus"),
    "penalty": gettext_lazy("Penalties"),
    "cap": gettext_lazy("Bonus beyond its limit"),
    "ceiling": gettext_lazy("Beyond the highest total"),
    "floor": gettext_lazy("A total below zero counts zero"),
}


@dataclass(frozen=True)
class Summand:
    """`points` signed; all of them together are the total. `why`: how a line from the peers came about."""

    word: str
    points: int
    why: str = ""


def summands(result: Result) -> list[Summand]:
    """Empty where the chapters alone make the total."""
    name = namer(result)
    return [
        Summand(word_of(kind, key, name), amount, compared(result, key) if kind == "extra" else "")
        for kind, key, amount in result.sums.get("terms", [])
    ]


def namer(result: Result):
    edition = result.cycle.edition
    plan, lang = edition_composition(edition), reader()
    return naming(plan, lang=lang, names=names_of(edition, lang=lang))


def word_of(kind: str, key: str, name) -> str:
    if kind in ("chapter", "component", "extra"):
        return name(key)
    if kind == "bonus" and key == IMPROVED:
        return _("Better than last time")
    return name(key) if kind == "bonus" and key else str(WORDS[kind])


def compared(result: Result, key: str) -> str:
    found = result.sums["compared"].get(key)
    if not found:
        return _("Not known yet")
    if found["rank"]:
        return _("Place %(rank)s of %(peers)s") % found
    return ""


def reasons(result: Result) -> list[str]:
    """Why the tier is not simply the one of the points; what weighed double; what does not count."""
    return list(_reasons(result.sums, result, namer(result))) if result.sums else []


def _reasons(sums: Mapping, result: Result, name) -> Iterator[str]:
    if sums["moved"]:
        earned, now, _quota = sums["moved"]
        yield _("“%(earned)s” by points; “%(now)s” by quota.") % {
            "earned": name(earned),
            "now": name(now),
        }
    for key in sums["unmet"]:
        yield _("The further conditions of “%(tier)s” are not met.") % {"tier": name(key)}
    if sums["held"]:
        yield _("One tier at a time: “%(tier)s” is not open yet.") % {"tier": name(sums["held"])}
    if sums["stars"] is not None:
        yield ngettext("%(n)s star", "%(n)s stars", sums["stars"]) % {"n": sums["stars"]}
    for key in sums["waiting"]:
        yield _("Not known yet: %(name)s") % {"name": name(key)}
    if sums["withheld"]:
        yield _("Bonus of %(points)s points does not count: too few points before bonus.") % {
            "points": points.show(sums["withheld"])
        }
    for key, amount in sums["clamped"].items():
        yield _("The chapter “%(chapter)s” is held within its limits: %(points)s points.") % {
            "chapter": name(key),
            "points": points.signed(amount),
        }
    codes = [
        line.code
        for line in sheet(result.cycle.edition, result.field)
        if line.key in sums["doubled"]
    ]
    if codes:
        yield _("Earlier problems still open weigh more: %(codes)s.") % {
            "codes": _(", ").join(codes)
        }
