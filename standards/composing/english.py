"""A composition in English, section by section."""

from collections.abc import Callable, Iterator

from standards.composing import shapes
from standards.rules.amounts import write_amount

SECTIONS = {
    "figures": "Figures from outside",
    "clamps": "Floors and ceilings of chapters",
    "components": "What the total is made of",
    "extra": "Points by comparison with peers",
    "bonus": "Bonus",
    "history": "What the last result changes",
    "sheets": "A sheet for each tier",
    "stars": "A star for each chapter",
    "conditions": "What a tier asks beside its points",
    "quotas": "Quotas",
}
SOURCES = {"self": "self-assessment", "first_check": "first check", "acceptance": "acceptance"}
WITHIN = {"committee": "superior organization", "field": "kind of branch"}
FIGURES = {
    shapes.BRANCHES_AVERAGE: "average of its branches",
    shapes.BRANCHES_PASSING: "share of its branches that pass",
    shapes.OWN_TOTAL: "points of the sheet",
}
OPS = {">=": "is at least", "<=": "is at most", ">": "is more than", "<": "is less than", "=": "is"}
Name = Callable[[str], str]


def listed(keys, name: Name) -> str:
    return ", ".join(f"“{name(key)}”" for key in keys)


def points(amount) -> str:
    return f"{write_amount(amount)} {'point' if amount == 1 else 'points'}"


def title(part) -> str:
    return part.label_en or part.label or part.key


def figures(plan: shapes.Composition, name: Name) -> Iterator[str]:
    if plan.named:
        yield f"brought in separately: {listed([figure.key for figure in plan.named], name)}"


def clamps(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for clamp in plan.clamps:
        ends = [
            f"{word} {points(amount)}"
            for word, amount in (("at least", clamp.floor), ("at most", clamp.ceiling))
            if amount is not None
        ]
        yield f"the chapter “{name(clamp.chapter)}” counts {' and '.join(ends)}"


def components(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for part in plan.components:
        yield f"{title(part)}, {write_amount(part.weight)}%: {_read(part, name)}"


def _read(part: shapes.Component, name: Name) -> str:
    if part.kind == "chapters":
        return f"the points of {listed(part.chapters, name)}"
    if part.kind == "source":
        return f"the score of the {SOURCES[part.source]}"
    return f"“{name(part.figure)}” out of {write_amount(part.maximum)}"


def extra(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for line in plan.extra:
        compared = f" ({_within(line.within)})" if line.form != "share" else ""
        yield f"{title(line)} from “{name(line.figure)}”: {FORMS[line.form](line)}{compared}"


def _ranked(line: shapes.Extra) -> str:
    first = "lowest" if line.order == "low" else "highest"
    return (
        f"by rank, the {first} first: {points(line.points)} for the first, "
        f"{points(line.step)} less for each rank below, equals alike{_least(line)}"
    )


def _best(line: shapes.Extra) -> str:
    best = "lowest" if line.order == "low" else "highest"
    return f"{points(line.points)} for the {best}, the others in proportion"


def _averaged(line: shapes.Extra) -> str:
    worse = "above" if line.order == "low" else "below"
    lost = f"{points(line.unit)} lost for every {write_amount(line.each)} {worse} it"
    return f"{points(line.points)} from the average on, {lost}{_least(line)}"


def _shared(line: shapes.Extra) -> str:
    return f"in per cent of {points(line.points)}"


FORMS = {"rank": _ranked, "best": _best, "average": _averaged, "share": _shared}


def _least(line: shapes.Extra) -> str:
    return f", not less than {points(line.least)}" if line.least else ", down to zero"


def _within(within: tuple[str, ...]) -> str:
    if not within:
        return "all compared together"
    return f"compared within one {' and one '.join(WITHIN[key] for key in within)}"


def bonus(plan: shapes.Composition, name: Name) -> Iterator[str]:
    rule = plan.bonus
    if rule.base is not None:
        yield f"bonus counts from {points(rule.base)} before bonus on; penalties always count"
    for group in rule.groups:
        codes = ", ".join(name(key) for key in group.clauses)
        yield f"{title(group)} ({codes}): at most {points(group.cap)} together"
    if rule.cap is not None:
        yield f"at most {points(rule.cap)} of bonus in all"
    if rule.ceiling is None:
        yield "the total has no ceiling"
    elif rule.ceiling != shapes.AS_EDITION:
        yield f"the total is at most {points(rule.ceiling)}"


def history(plan: shapes.Composition, name: Name) -> Iterator[str]:
    rule = plan.history
    if rule.unsolved is not None:
        yield f"a loss whose earlier problem is still open counts {write_amount(rule.unsolved)} times, down to zero"
    if rule.improvement is not None:
        better = rule.improvement
        most = f", at most {points(better.cap)}" if better.cap is not None else ""
        yield f"{points(better.points)} gained for every {points(better.each)} better than last time{most}"
    if rule.climb is not None:
        first = f"; the first time no better than “{name(rule.first)}”" if rule.first else ""
        step = "one tier" if rule.climb == 1 else f"{rule.climb} tiers"
        yield f"up by at most {step} at a time{first}"


def sheets(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for sheet in plan.sheets:
        yield (
            f"{title(sheet)} ({listed(sheet.chapters, name)}) must reach {points(sheet.least)} "
            f"for {listed(sheet.tiers, name)}"
        )


def stars(plan: shapes.Composition, name: Name) -> Iterator[str]:
    if plan.stars is None:
        return
    which = listed(plan.stars.chapters, name) if plan.stars.chapters else "every chapter"
    yield f"{which}: a star from {write_amount(plan.stars.line)}% of the chapter's points on"
    for row in plan.stars.tiers:
        yield f"“{name(row.tier)}” from {row.stars} {'star' if row.stars == 1 else 'stars'} on"


def conditions(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for row in plan.conditions:
        yield f"“{name(row.tier)}” also asks: {condition(row, name)}"


def condition(row: shapes.Condition, name: Name) -> str:
    if row.kind == "fact":
        return f"“{name(row.fact)}” {OPS[row.op]} {_value(row.value)}"
    if row.kind == "clause":
        least = "in full" if row.least is None else f"with at least {points(row.least)}"
        return f"{name(row.clause)} met {least}"
    if row.kind == "figure":
        return f"“{name(row.figure)}” is at least {write_amount(row.least)}"
    what = {"total": lambda: f"the {SOURCES[row.source]}"}.get(
        row.kind, lambda: f"“{name(row.name)}”"
    )()
    return f"{what} has at least {points(row.least)}"


def _value(value: object) -> str:
    return {True: "true", False: "not true"}[value] if isinstance(value, bool) else str(value)


def quotas(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for quota in plan.quotas:
        base = {"all": "all branches", "graded": "the graded branches"}[quota.base]
        if quota.places is not None:
            size = f"at most {quota.places}"
        elif quota.most is not None:
            size = f"at most {write_amount(quota.most)}% of {base}"
        else:
            size = f"at least {write_amount(quota.least)}% of {base}"
        granted = "" if quota.least is not None else _granted(quota)
        split = (
            f", counted by {' and '.join(WITHIN[key] for key in quota.within)}"
            if quota.within
            else ""
        )
        yield f"“{name(quota.tier)}”: {size}{split}, by score, equals never divided{granted}; committees apart"


def _granted(quota: shapes.Quota) -> str:
    return (
        "; granted tiers use a place"
        if quota.granted == "inside"
        else "; granted tiers use no place"
    )
