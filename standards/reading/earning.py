"""Several credits side by side: they add up to the line, or one of them is chosen."""

from fractions import Fraction

from standards.reading.parts import Part, Rules, Unread
from standards.reading.scales import alike


def several(run: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    if len(run) == 1:
        if run[0].values.get("only_in_sum"):
            raise Unread(f"“{run[0].what}”后面的分值没有写扣还是得")
        return run
    amounts = [part.values["points"] for part in run]
    if points is None:
        raise Unread("没有本项分值，不清楚各得分项是累加还是择一")
    chosen = _by_deadline(run) or alike([part.what for part in run])
    if sum(amounts) == points and not chosen:
        return [_sum(run)]
    named_only = any(part.values.get("only_in_sum") for part in run)
    if amounts[0] == points and not named_only and amounts == sorted(set(amounts), reverse=True):
        rules.doubt("各得分档按择一得分读", "0.8")
        return [_choice(run)]
    raise Unread("各得分项加起来与本项分值对不上")


def _sum(run: list[Part]) -> Part:
    credits = {part.what: part.values["points"] for part in run}
    if len(credits) < len(run):
        raise Unread("各得分项的名称相同")
    return _joined(run, "parts", parts=list(credits), credits=credits)


def _choice(run: list[Part]) -> Part:
    bands = [{"label": part.what, "points": part.values["points"]} for part in run]
    return _joined(run, "bands", bands=bands)


def _joined(run: list[Part], shape: str, **values: object) -> Part:
    return Part(shape, values, "", "", run[0].start, run[-1].end, run[0].sentence)


def _by_deadline(run: list[Part]) -> bool:
    """一周内整改得2分，两周内整改得1分: one deed, of which only the time is asked."""
    deeds = [(part, part.values["deed"]) for part in run if part.values.get("deed")]
    return any(
        other is not part and other.what.endswith(deed) for part, deed in deeds for other in run
    )
