"""All of it as the best rung of a ladder of shares, or where a step begins: 全部完成得满分，完成80%以上得3分."""

import re
from fractions import Fraction

from standards.reading.bounds import Bound
from standards.reading.parts import Part

_ALL = re.compile(
    r"^(?P<what>[^，、]*?)(?:(?:全部|全面|100%|全体|所有)(?:党员|人员|干部|支部|单位|村|学员|职工|教师|委员|成员)?(?P<done>完成|落实|达标|整改|解决|销号|办结|兑现|参加|参与|到会|签订|覆盖)(?:到位|完毕)?|(?P<task>完成|达到)(?:全年|年度|既定|预定)?(?:目标任务|任务目标|任务指标|目标要求|目标|任务|指标)(?:数|值)?|(?:实现|做到)?全(?:员|部|面)?(?P<reach>覆盖))$"
)


def rungs(parts: list[Part], points: Fraction | None) -> list[Part]:
    """The credit for all of it becomes the row of 100 % of the table behind it."""
    found = list(parts)
    for at, first in enumerate(parts[1:]):
        said = _all_of_it(parts[at], points)
        if said and _is_share_of(said, first):
            found[at] = _row(parts[at], said, first)
    return found


def begins(part: Part, points: Fraction | None) -> str:
    """全部完成得5分，每差1个百分点扣0.1分: the share of which all is asked."""
    kept = part.shape in ("~grade", "~kept") and part.values.get("points", "kept") == "kept"
    said = _ALL.match(part.values.get("condition", part.what)) if kept else None
    said = said or _all_of_it(part, points)
    return f"{said['what']}{_done(said)}率" if said else ""


_LEFT_OUT = re.compile("[未没无不缺]")


def each_left_out(parts: list[Part], points: Fraction | None) -> list[Part]:
    """覆盖率100%得2分，每有1个未覆盖扣0.5分: what each one costs says the same as all of them."""
    full = [part for part in parts if _only_all(part, points)]
    if len(full) != 1 or len(full[0].what) < 3:
        return parts
    deed = re.sub("[率面度]$", "", full[0].what)[-2:]
    counts = [part for part in parts if part.shape == "step" and "target" not in part.values]
    told = any(deed in part.what and _LEFT_OUT.search(part.what) for part in counts)
    return [part for part in parts if part not in full] if told else parts


def _only_all(part: Part, points: Fraction | None) -> bool:
    """From 100 % on all points, and nothing said of less."""
    bands = part.values["bands"] if part.shape == "bands" and part.counter == "%" else ()
    return len(bands) == 1 and bands[0] == {"ge": Fraction(100), "points": points}


def _all_of_it(part: Part, points: Fraction | None) -> re.Match | None:
    everything = part.shape == "~full" or part.values.get("points") in ("full", points)
    won = part.shape in ("~full", "~got") or part.shape == "~grade" and part.values["verb"] == "get"
    held = won and everything and points is not None and "applies" not in part.values
    return _ALL.match(part.values.get("condition", part.what)) if held else None


def _is_share_of(said: re.Match, first: Part) -> bool:
    """完成80%以上, or the share alone; not the share of something else."""
    if first.shape != "~band" or first.counter != "%" or first.values["verb"] != "get":
        return False
    own = re.sub("[率面]$", "", first.what).removesuffix(_done(said))
    of_it = said["what"].endswith(own) or said["task"] and own in said.group()
    return first.values["bound"].lower is not None and bool(of_it)


def _done(said: re.Match) -> str:
    return said["done"] or said["task"] or said["reach"]


def _row(part: Part, said: re.Match, first: Part) -> Part:
    bound = Bound("%", lower=Fraction(100), said=Fraction(100))
    points, subject = part.values.get("points", "full"), said["what"] and said["what"] + _done(said)
    made = part.turned("~band", bound=bound, points=points, verb="get", subject=subject)
    made.what, made.counter = first.what, first.counter
    return made
