"""The questions every scoring table leaves open, answered once per edition.

Letters follow the list of ambiguities: each choice changes results, so it is stored on the
edition and printed with every explanation.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from standards.rules.problems import Problem, RuleError


@dataclass(frozen=True)
class Options:
    frequency: str = "per_period"
    rounding: str = "floor"
    tier_rounding: str = "none"
    below_zero: bool = False
    before_founding: str = "skip"
    not_applicable: str = "rescale"
    clause_step: str = "0.01"
    one_problem: str = "once"
    restore: bool = True
    quota_rounding: str = "down"
    many_kinds: bool = False
    below_quorum: bool = False


DEFAULTS = Options()


@dataclass(frozen=True)
class Answer:
    value: str | bool
    zh: str
    en: str


@dataclass(frozen=True)
class Question:
    letter: str
    name: str
    zh: str
    en: str
    answers: tuple[Answer, ...]

    def answer(self, value: str | bool) -> Answer:
        return next(answer for answer in self.answers if answer.value == value)


def _ask(
    letter: str, name: str, zh: str, en: str, *answers: tuple[str | bool, str, str]
) -> Question:
    return Question(letter, name, zh, en, tuple(Answer(*answer) for answer in answers))


QUESTIONS = (
    _ask(
        "a",
        "frequency",
        "会议次数按期核算还是按总数核算",
        "Are meetings counted period by period or in total",
        (
            "per_period",
            "按期核算：某月未召开，其他月份多开不能相抵",
            "Period by period: a double month does not make up an empty one",
        ),
        (
            "total",
            "按总数核算：全期合计够数即可",
            "In total: only the sum over the whole period counts",
        ),
    ),
    _ask(
        "b",
        "rounding",
        "“每…扣…”中不足一档的部分如何计算",
        "How part of a step counts",
        ("floor", "不足一档的不计", "Part of a step does not count"),
        ("ceil", "不足一档的按一档计", "Part of a step counts as a whole one"),
        ("exact", "按比例折算", "Part of a step counts in proportion"),
    ),
    _ask(
        "c",
        "tier_rounding",
        "定等次前总分是否取整",
        "Is the total rounded before the tier is set",
        ("none", "不取整，89.5分不到90分", "No: 89.5 is below 90"),
        ("integer", "四舍五入取整，89.5分按90分", "Half up to whole points: 89.5 counts as 90"),
    ),
    _ask(
        "d",
        "below_zero",
        "一项扣分能否扣成负分",
        "May a clause go below zero",
        (False, "不能，扣完为止", "No, it stops at zero"),
        (True, "可以倒扣，最多倒扣到本项分值", "Yes, down to minus its maximum"),
    ),
    _ask(
        "e",
        "before_founding",
        "年中新成立的支部，成立前的月份是否计算",
        "Do periods before a branch was founded count",
        ("skip", "不计", "No"),
        ("count", "照常计算", "Yes"),
    ),
    _ask(
        "f",
        "not_applicable",
        "不适用的条目如何计分",
        "How a clause that does not apply counts",
        ("rescale", "不计入，本章按其余条目折算", "Left out; the chapter is rescaled"),
        ("full", "计满分", "Full points"),
        ("zero", "计零分", "No points"),
    ),
    _ask(
        "g",
        "clause_step",
        "每项得分保留到",
        "Points of a clause are kept to",
        ("0.01", "0.01分", "0.01 point"),
        ("0.5", "0.5分", "Half a point"),
        ("1", "1分", "Whole points"),
    ),
    _ask(
        "h",
        "one_problem",
        "同一问题涉及两项时",
        "One problem that hits two clauses",
        ("once", "只扣一次，就高扣", "Is deducted once, the larger loss"),
        ("twice", "两项分别扣分", "Is deducted in both"),
    ),
    _ask(
        "i",
        "restore",
        "周期的整改截止日前整改到位的是否恢复得分",
        "Does rectification before the cut-off of the cycle restore points",
        (True, "恢复", "Yes"),
        (False, "不恢复", "No"),
    ),
    _ask(
        "j",
        "quota_rounding",
        "名额按比例计算有小数时",
        "How a quota with a fraction is rounded",
        ("down", "舍去", "Down"),
        ("half_up", "四舍五入", "Half up"),
        ("up", "进位", "Up"),
    ),
    _ask(
        "k",
        "many_kinds",
        "一次活动能否同时计为几种会议",
        "May one event count as several kinds",
        (False, "只计一种", "No, as one only"),
        (True, "可以分别计算", "Yes"),
    ),
    _ask(
        "l",
        "below_quorum",
        "到会人数不足的会议是否计入",
        "Does a meeting below its quorum count",
        (False, "不计入", "No"),
        (True, "计入", "Yes"),
    ),
)


def from_dict(data: Mapping[str, object]) -> Options:
    """Absent options take their default; RuleError lists every unknown name or value."""
    problems = list(_problems(data))
    if problems:
        raise RuleError(problems)
    return Options(**data)


def to_dict(options: Options) -> dict[str, str | bool]:
    return asdict(options)


def _problems(data: object) -> list[Problem]:
    if not isinstance(data, Mapping):
        return [Problem("$", "口径选项应为一组键值。", "Options are an object.")]
    asked = {question.name: question for question in QUESTIONS}
    found = [
        Problem(f"$.{name}", f"没有口径选项“{name}”。", f"There is no option “{name}”.")
        for name in data
        if name not in asked
    ]
    for name in asked.keys() & data.keys():
        allowed = [answer.value for answer in asked[name].answers]
        if not any(type(value) is type(data[name]) and value == data[name] for value in allowed):
            listed = ", ".join(str(value) for value in allowed)
            found.append(
                Problem(
                    f"$.{name}",
                    f"“{name}”只能是：{listed}。",
                    f"“{name}” must be one of: {listed}.",
                )
            )
    return sorted(found, key=lambda problem: problem.path)


def differences(options: Options) -> list[Question]:
    """The questions answered otherwise than by default, in the order of their letters."""
    changed = {
        field.name for field in fields(Options) if getattr(options, field.name) != field.default
    }
    return [question for question in QUESTIONS if question.name in changed]
