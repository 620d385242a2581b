"""What kind of problem a finding is, when nobody named it: on site there is no time to ask.

Stored as the county counts it, so in Chinese whatever language the page had.
"""

import re

from standards.sheets import Line

OTHER = "其他"
LONGEST = 40
STOPS = re.compile(r"[，。；：、！？（,;:!?(]|\.\s")


def category_of(line: Line | None, text: str) -> str:
    """The clause's frequent problem that the text names first, else what the clause is about, else 其他."""
    if line is None:
        return OTHER
    named = [phrase for phrase in line.phrases if phrase and phrase in text]
    if not named:
        return about(line.text)
    first = min(named, key=lambda phrase: (text.index(phrase), -len(phrase)))
    return first[:LONGEST].strip()


def about(demand: str) -> str:
    """The demand up to its first stop: 党员按月交纳党费，收缴有登记 is about 党员按月交纳党费."""
    first = next(filter(None, map(str.strip, STOPS.split(demand))), "")
    return first[:LONGEST].strip() or OTHER
