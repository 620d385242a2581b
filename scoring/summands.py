"""How the total of a composed result came about, in the reader's words: its summands, and why this tier."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.kit import points
from scoring.explaining import names_of
from scoring.models import Result
from scoring.record import chapters_of
from scoring.weighing import IMPROVED
from standards.composing.describe import naming
from standards.composing.shapes import Component
from standards.language import reader
from standards.models import Edition
from standards.rules.amounts import show
from standards.sheets import Line, edition_composition, sheet

WORDS = {
    "bonus": gettext_lazy("Bonus"),
    "penalty": gettext_lazy("Penalties"),
    "cap": gettext_lazy("Bonus beyond its limit"),
    "ceiling": gettext_lazy("Beyond the highest total"),
    "floor": gettext_lazy("A total below zero counts zero"),
}


@dataclass(frozen=True)
class Summand:
    """`points` signed; all of them together are the total. `why`: what was weighed or held against the peers."""

    word: str
    points: int
    why: str = ""


def summands(result: Result) -> list[Summand]:
    """Empty where the chapters alone make the total."""
    name = namer(result.cycle.edition)
    return [
        Summand(word_of(kind, key, name), amount, WHY[kind](result, key) if kind in WHY else "")
        for kind, key, amount in result.sums.get("terms", [])
    ]


def namer(edition: Edition) -> Callable[[str], str]:
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
    value = show(Fraction(found["value"]))
    if found["bound"] is None:
        return f"{value}%"
    said = {"value": value, "bound": show(Fraction(found["bound"]))}
    if form_of(result, key) == "average":
        return _("%(value)s, the average is %(bound)s") % said
    return _("%(value)s, the best is %(bound)s") % said


def form_of(result: Result, key: str) -> str:
    plan = edition_composition(result.cycle.edition)
    return next(extra.form for extra in plan.extra if extra.key == key)


def weighed(result: Result, key: str) -> str:
    """What a component had of its maximum, and its weight."""
    plan = edition_composition(result.cycle.edition)
    part = next(part for part in plan.components if part.key == key)
    weight = {"weight": show(part.weight)}
    if not (found := had(part, result)):
        return _("Not known yet")
    points, worth = found
    if not worth:
        return _("%(weight)s%% of the total") % weight
    said = {"points": show(points), "worth": show(worth)}
    return _("%(points)s of %(worth)s, %(weight)s%% of the total") % (said | weight)


def had(part: Component, result: Result) -> tuple[Fraction, Fraction] | None:
    """Points and their maximum; None where they have not come."""
    known, base = result.sums["known"], Fraction(result.cycle.edition.base, 100)
    if part.kind == "chapters":
        found = chapters_of(result)
        own = [found[key] for key in part.chapters if key in found]
        sums = (sum(chapter[name] for chapter in own) for name in ("points", "maximum"))
        points, worth = (Fraction(number, 100) for number in sums)
        return points, worth
    if part.kind == "source":
        total = known["totals"].get(part.source)
        return None if total is None else (Fraction(total, 100), base)
    figure = known["figures"].get(part.figure)
    return None if figure is None else (Fraction(figure), part.maximum)


WHY = {"extra": compared, "component": weighed}


def reasons(result: Result) -> list[str]:
    """Why the tier is not simply the one of the points; what weighed double; what does not count."""
    edition = result.cycle.edition
    return list(reasons_of(result.sums, namer(edition), sheet(edition, result.field)))


def by_quota(
    earned: str,
    now: str,
    _quota: str,
    places: int | None = None,
    kept: int | None = None,
    line: int | None = None,
    *,
    name: Callable[[str], str],
) -> str:
    """`places`, `kept`, `line` as `quotas.Moved` has them; results of before they were kept have none."""
    said = {"earned": name(earned), "now": name(now), "places": places, "kept": kept}
    said |= {"line": points.show(line)}
    if not places:
        return _("“%(earned)s” by points; “%(now)s” by quota.") % said
    if not kept:
        return (
            _(
                "“%(earned)s” by points; there are %(places)s places, and the equal points at the top exceed them: “%(now)s”."
            )
            % said
        )
    if kept < places:
        return (
            _(
                "“%(earned)s” by points; of %(places)s places %(kept)s are taken, down to %(line)s points, and the equal points behind them would exceed the rest: “%(now)s”."
            )
            % said
        )
    return (
        _("“%(earned)s” by points; its %(places)s places reach down to %(line)s points: “%(now)s”.")
        % said
    )


def reasons_of(
    sums: Mapping[str, Any], name: Callable[[str], str], lines: Iterable[Line]
) -> Iterator[str]:
    """`sums` as a result keeps them; none for an edition without a composition."""
    if not sums:
        return
    if sums["moved"]:
        yield by_quota(*sums["moved"], name=name)
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
    codes = [line.code for line in lines if line.key in sums["doubled"]]
    if codes:
        yield _("Earlier problems still open weigh more: %(codes)s.") % {
            "codes": _(", ").join(codes)
        }
