"""Graded words become one table: 好得5分，较好得3分，一般扣1分."""

from dataclasses import replace
from fractions import Fraction

from standards.reading import entries, ladder
from standards.reading.parts import Part, Rules, Unread
from standards.reading.scales import SCALES, best, is_top


def merged(run: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    names = [part.values["name"].removesuffix("要求") for part in run]
    scale = next((scale for scale in SCALES if set(names) <= set(scale)), None)
    if scale is None or len(run) < 2 or len(set(names)) < len(names):
        return [_plain(part) for part in run]
    subject = next((part.what for part in run if part.what), "")
    if len(run) == 2 and _is_all(run[0], points) and run[1].values["points"] == "none":
        return [
            Part(
                "~got",
                {"points": points},
                subject + names[0],
                start=run[0].start,
                end=run[1].end,
                sentence=run[0].sentence,
            )
        ]
    bands = [(name, *_set_or_add(part, points)) for name, part in zip(names, run, strict=True)]
    return [_labelled(bands, run, subject, scale, points)]


def _is_all(part: Part, points: Fraction | None) -> bool:
    return part.values["points"] == "full" or (
        part.values["points"] == points and part.values["verb"] == "get"
    )


def _set_or_add(part: Part, points: Fraction | None) -> tuple[object, bool]:
    return ladder.worth(part.values["points"], part.values["verb"], points)


def _labelled(
    bands: list, run: list[Part], subject: str, scale: tuple[str, ...], points: Fraction | None
) -> Part:
    bands = sorted(bands, key=lambda band: scale.index(band[0]))
    listed, mode = ladder.one_way([(worth, sets) for _, worth, sets in bands], points)
    table = [
        {"label": name, "points": ladder.given(worth)}
        for (name, _, _), worth in zip(bands, listed, strict=True)
    ]
    falls_short = all(part.values["verb"] == "lose" for part in run)
    falls_short = falls_short and run[0].values["points"] not in ("kept", "calm", 0)
    if falls_short and bands[0][0] != scale[0]:
        name = best([band[0] for band in bands], scale)
        table.insert(0, {"label": name, "points": points if mode == "set" else Fraction(0)})
    _no_top_unsaid(table, scale, points if mode == "set" else None)
    values = {"bands": table} | ({"as": "add"} if mode == "add" else {})
    if "applies" in run[0].values:
        values["applies"] = run[0].values["applies"]
    return Part("bands", values, subject, "", run[0].start, run[-1].end, run[0].sentence)


def _no_top_unsaid(table: list[dict], scale: tuple[str, ...], points: Fraction | None) -> None:
    """基本合格得2分，不合格不得分 of five says nothing of who passes."""
    worth = table[0]["points"]
    most = worth[-1] if isinstance(worth, list) else worth
    if points is not None and most < points and not is_top(table[0]["label"], scale):
        raise Unread(f"“{table[0]['label']}”以上得多少分没有写明")


def _plain(part: Part) -> Part:
    points, verb = part.values["points"], part.values["verb"]
    shape = (
        {"none": "~zero", "full": "~full", "kept": "~kept", "calm": "~kept"}.get(points)
        if isinstance(points, str)
        else {"lose": "~fine", "get": "~got", "gain": "~entry"}[verb]
    )
    if isinstance(points, tuple):
        low, high = points
        return Part(
            "judged",
            {
                "range": [-high, -low] if verb == "lose" else [low, high],
                "verb": verb,
                "bare": False,
            },
            part.values["condition"],
            "",
            part.start,
            part.end,
            part.sentence,
        )
    values = {
        key: part.values[key]
        for key in ("points", "applies", "duration", "more")
        if key in part.values
    }
    if shape == "~entry":
        values |= {"name": part.values["condition"], "verb": "gain", "per": "event"}
        values["whole"] = values["name"]
        values |= {key: part.values[key] for key in entries.KEYS if key in part.values}
        return replace(part, shape=shape, values=values, what=part.values.get("subject", ""))
    return Part(shape, values, part.values["condition"], "", part.start, part.end, part.sentence)
