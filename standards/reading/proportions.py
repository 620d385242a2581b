"""Idioms of points in proportion to a share: 按完成率×5分计分, 得分=完成率×5, 未完成的按完成比例得分."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from standards.reading.numerals import ARABIC


@dataclass(frozen=True, slots=True)
class Proportion:
    """`times` is what the whole is worth where the text says a number."""

    share: str
    times: Fraction | None


_RATE = r"[^，。；：、=×÷/（）0-9扣]{0,14}(?:率|度|比例|百分比|占比)"
_COUNTS = r"（?[^，。；：=×÷/（）0-9+-]{2,14}[/÷][^，。；：=×÷/（）0-9+-]{2,14}）?"
_SHARE = rf"(?P<share>{_RATE}|{_COUNTS})(?:×100%)?"
_WHOLE = rf"(?:(?:该项|本项|此项|该指标|本指标|指标)?(?:标准|基准|满)?分值?|(?P<n>{ARABIC})分?)"
_TIMES = "(?:×|乘以|[xX])"
_GIVEN = "(?:得分|计分|记分|赋分|给分|打分|计得分)"
_END = r"(?=[，。；（）]|\Z)"
_WORKED = rf"(?:计算|折算|计)?{_END}"
_SCORE = r"(?:该项|本项|此项|该指标|本指标)?(?:实际|最终|最后|考核)?得分"
_FORMULA = r"(?:(?:计分|评分|得分|计算)(?:公式|方法|办法)(?:为|是)?：?)?"
_AS = "(?:=|为：?|：|按照?)(?:实际|其)?"
_NAMED = rf"(?P<share>{_RATE})(?:×100%)?"
_NUMBER = "[^，。；：=×÷/（）0-9+%-]{2,14}"
_OF = rf"(?:（(?P<part>{_NUMBER})[/÷](?P<all>{_NUMBER})(?:×100%)?）|(?P<part2>{_NUMBER})[/÷](?P<all2>{_NUMBER}))(?:×100%)?"


def _found(found: re.Match) -> Proportion:
    held = found.groupdict()
    times = Fraction(held["n"]) if held.get("n") else None
    if "all" in held:  # 完成数/任务数 has its name from both
        part, whole = held["part"] or held["part2"], held["all"] or held["all2"]
        return Proportion(f"{part}占{whole}的比例", times)
    return Proportion(re.sub("[（）]", "", held.get("share") or ""), times)


PROPORTIONS: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), _found)
    for type, pattern in (
        (
            "proportion",  # 按完成率×5分计分
            rf"按照?(?:实际|其)?{_SHARE}{_TIMES}{_WHOLE}(?:(?:计算|折算)?{_GIVEN}|计算|折算){_END}",
        ),
        (
            "proportion",
            rf"{_FORMULA}{_SCORE}{_AS}{_NAMED}{_TIMES}{_WHOLE}{_WORKED}",
        ),  # 得分=完成率×5
        (
            "proportion",
            rf"{_FORMULA}{_SCORE}{_AS}{_OF}{_TIMES}(?P<n>{ARABIC})分?{_WORKED}",
        ),  # 得分=完成数/任务数×5
        (
            "proportion",
            rf"{_FORMULA}{_SCORE}{_AS}{_WHOLE}{_TIMES}{_NAMED}{_WORKED}",
        ),  # 得分=5×完成率
        (
            "proportion",  # 完成率×5为得分
            rf"(?:以|按照?)?{_NAMED}{_TIMES}{_WHOLE}(?:=|即?为){_SCORE}{_END}",
        ),
        (
            "proportion",  # 按完成比例得分
            rf"按照?(?:实际|其)?(?P<share>完成[^，。；：、0-9扣]{{0,6}}(?:率|比例|百分比)|[^，。；：、=×/（）0-9扣未差]{{1,6}}率)"
            rf"(?:折算|计算|相应|进行)*{_GIVEN}{_END}",
        ),
        (
            "proportion",
            rf"(?:(?<=未完成的)|(?<=未完成任务的)|(?<=未全部完成的))，?按(?:相应)?比例(?:折算|计算|进行)*{_GIVEN}{_END}",
        ),
    )
)
