"""What the pages of the walk say: no Chinese word of ours in English, no stray Latin in Chinese."""

from functools import cache

from portal.tests.languages import screens
from portal.tests.walk.addresses import Address
from portal.tests.walk.cast import KINDS
from portal.tests.walk.samples import Sample, samples
from portal.tests.walk.steps import Answer

READERS = ("officer", "leader", "secretary", "clerk", "branch_clerk", "chief", *KINDS)
NEAR = ("plain", "issued", "draft", "clerk", "system", "security", "above")
STRAY = {"en": screens.han, "zh-hans": screens.latin}
FEWEST = 20


class Listener:
    """wrong: {(text, *stray words): where it was first heard}. Most texts stand on every page and are judged once."""

    def __init__(self, typed: screens.Typed, language: str) -> None:
        self.read = 0
        self.wrong: dict[tuple[str, ...], str] = {}
        self.strays = cache(lambda text: STRAY[language](typed.without(text)))

    def hear(self, answer: Answer) -> None:
        if "text/html" not in answer.text:
            return
        self.read += 1
        for text in screens.texts(answer.text.partition("<head")[2]):
            if found := self.strays(text):
                self.wrong.setdefault((text, *found), str(answer))

    @property
    def is_content(self) -> bool:
        """It heard enough pages, and nothing strange."""
        return self.read > FEWEST and not self.wrong


def near(world, address: Address, actor: str) -> list[Sample]:
    """The nearest rows of each kind: another place shows the same words again."""
    seen = [s for s in samples(world, address) if actor in s.found_by("GET")]
    return [s for s in seen if "own" in s.label.split() or s.label in NEAR] or seen[:1]
