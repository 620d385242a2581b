"""Do the parts of a composition fit each other, and the edition around them?"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from standards.composing import schema
from standards.composing.shapes import DERIVED, Composition
from standards.rules.problems import Problem
from standards.rules.read import Reader


def check(reader: Reader, data: dict, values: Mapping) -> None:
    """Notes what contradicts itself; every part has been read."""
    for section, (kind, names, wanted) in schema.WANTED.items():
        for index, part in enumerate(data.get(section, [])):
            path = f"$.{section}[{index}]"
            _check_names(reader, part, path, names, wanted[part[kind]])
    _check_weights(reader, values["components"])
    for section in ("components", "extra", "sheets"):
        _check_once(reader, section, [part.key for part in values[section]])
    _check_once(reader, "figures", [figure.key for figure in values["named"]])
    _check_once(reader, "clamps", [clamp.chapter for clamp in values["clamps"]])
    _check_once(reader, "bonus.groups", [group.key for group in values["bonus"].groups])
    _check_shared(reader, "components", "chapters", values["components"])
    _check_shared(reader, "sheets", "chapters", values["sheets"])
    _check_shared(reader, "bonus.groups", "clauses", values["bonus"].groups)
    _check_clamps(reader, values["clamps"])
    _check_tiers(reader, values)
    _check_quotas(reader, values["quotas"])


def _check_names(reader: Reader, part: dict, path: str, names: Collection, needed: tuple) -> None:
    for name in needed:
        if name not in part:
            reader.bad(f"{path}.{name}", f"缺少“{name}”。", f"“{name}” is missing.")
    for name in names:
        if name in part and name not in needed:
            reader.bad(f"{path}.{name}", f"这里用不上“{name}”。", f"“{name}” has no place here.")


def _check_weights(reader: Reader, components: Sequence) -> None:
    total = sum(component.weight for component in components)
    if components and total != 100:
        reader.bad(
            "$.components",
            "各组成部分的权重合计应为100%。",
            "The weights of the components add up to 100 per cent.",
        )


def _check_once(reader: Reader, section: str, keys: Sequence[str]) -> None:
    for key in sorted(key for key, count in Counter(keys).items() if count > 1):
        reader.bad(f"$.{section}", f"“{key}”重复。", f"“{key}” is repeated.")


def _check_shared(reader: Reader, section: str, attr: str, parts: Sequence) -> None:
    counts = Counter(key for part in parts for key in getattr(part, attr))
    for key in sorted(key for key, count in counts.items() if count > 1):
        reader.bad(
            f"$.{section}",
            f"“{key}”只能归入一处。",
            f"“{key}” belongs to one of them only.",
        )


def _check_clamps(reader: Reader, clamps: Sequence) -> None:
    for index, clamp in enumerate(clamps):
        path = f"$.clamps[{index}]"
        if clamp.floor is None and clamp.ceiling is None:
            reader.bad(path, "写明最低分或最高分。", "Give a floor or a ceiling.")
        elif None not in (clamp.floor, clamp.ceiling) and clamp.floor > clamp.ceiling:
            reader.bad(path, "最低分不能高于最高分。", "The floor must not be above the ceiling.")


def _check_tiers(reader: Reader, values: Mapping) -> None:
    if values["sheets"] and values["stars"]:
        reader.bad(
            "$.stars",
            "“一等一表”和“一章一星”只能选一种。",
            "Either a sheet per tier or a star per chapter, not both.",
        )
    if values["stars"]:
        _check_once(reader, "stars.tiers", [row.tier for row in values["stars"].tiers])
    if values["history"].first and values["history"].climb is None:
        reader.bad(
            "$.history.first",
            "写了首次评定的最高等次，就要写每次最多升几等。",
            "A first tier needs “climb”.",
        )


def _check_quotas(reader: Reader, quotas: Sequence) -> None:
    for index, quota in enumerate(quotas):
        given = [name for name in ("most", "places", "least") if getattr(quota, name) is not None]
        if len(given) != 1:
            reader.bad(
                f"$.quotas[{index}]",
                "“不超过比例”“不超过个数”“不少于比例”写其中一个。",
                "Give one of most, places and least.",
            )
    for named in (("most", "places"), ("least",)):
        tiers = [
            quota.tier
            for quota in quotas
            if any(getattr(quota, name) is not None for name in named)
        ]
        _check_once(reader, "quotas", tiers)


def within(
    composition: Composition,
    *,
    chapters: Collection[str],
    tiers: Sequence[str],
    clauses: Collection[str],
) -> list[Problem]:
    """What keeps a well-formed composition from standing in its edition. `tiers` best first."""
    found = list(_unknown(composition, chapters, tiers, clauses))
    known = {*(figure.key for figure in composition.named), *DERIVED}
    if composition.figures - known:
        found.append(
            Problem(
                "$.figures",
                "还有地方用到没有列出的外部数据，请先改那里或者把它列入外部数据。",
                "A figure is used that is not listed; change that place or list the figure.",
            )
        )
    weighed = {key for part in composition.components for key in part.chapters}
    if composition.components and not found:
        for key in chapters:
            if key not in weighed:
                found.append(
                    Problem(
                        "$.components",
                        f"“{key}”一章没有归入任何组成部分，不会计分。",
                        f"The chapter “{key}” is in no component and would not count.",
                    )
                )
    return found


def _unknown(
    composition: Composition,
    chapters: Collection[str],
    tiers: Collection[str],
    clauses: Collection[str],
) -> Iterator[Problem]:
    named = {
        "chapter": ({*_chapters(composition)}, chapters, "章节"),
        "tier": ({*_tiers(composition)}, tiers, "等次"),
        "clause": ({*_clauses(composition)}, clauses, "条目"),
        "component": (
            {row.component for row in composition.conditions},
            {part.key for part in composition.components},
            "组成部分",
        ),
    }
    for word, (used, known, zh) in named.items():
        for key in sorted(used - {*known} - {""}):
            yield Problem("$", f"没有{zh}“{key}”。", f"There is no {word} “{key}”.")


def _chapters(composition: Composition) -> Iterator[str]:
    yield from (clamp.chapter for clamp in composition.clamps)
    yield from (condition.chapter for condition in composition.conditions)
    for part in (*composition.components, *composition.sheets):
        yield from part.chapters
    yield from composition.stars.chapters if composition.stars else ()


def _tiers(composition: Composition) -> Iterator[str]:
    yield composition.history.first
    yield from (row.tier for row in (*composition.conditions, *composition.quotas))
    for sheet in composition.sheets:
        yield from sheet.tiers
    yield from (row.tier for row in composition.stars.tiers) if composition.stars else ()


def _clauses(composition: Composition) -> Iterator[str]:
    yield from (condition.clause for condition in composition.conditions)
    for group in composition.bonus.groups:
        yield from group.clauses
