"""What is wrong with a rule, said once in Chinese and once in English."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`path` is a JSON path (`$.steps[0].unit`) or, for the notation, `line 3`."""

    path: str
    zh: str
    en: str

    def say(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


class RuleError(ValueError):
    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{problem.path}: {problem.en}" for problem in self.problems))


class ValueBad(ValueError):
    """An observed value does not fit its measure."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(en)

    def say(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en
