"""Every lost point with its clause, rule, measure, source, who, when and evidence, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.models import Result
from scoring.record import lines_of
from scoring.tallies import evaluated
from standards.models import Edition
from standards.rules.explain import account, describe
from standards.sheets import Line, sheet


@dataclass(frozen=True)
class Receipt:
    """One line of the explanation. `sentences` say how the points came about; `gates`: what it sets off."""

    line: Line
    state: str
    points: int
    lost: int
    source: str
    how: str
    remark: str
    paper: str
    by: str
    on: str
    evidence: int
    rule: list[str]
    sentences: list[str]
    gates: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChapterReceipt:
    key: str
    title: str
    points: int
    maximum: int
    scaled: bool
    zeroed: bool
    lines: list[Receipt]

    @property
    def lost(self) -> int:
        return self.maximum - self.points


def receipts(result: Result, *, lang: str) -> list[ChapterReceipt]:
    """The stored result explained, chapter by chapter in the order of the standard."""
    edition = result.cycle.edition
    names = names_of(edition, lang=lang)
    by_key = {row["key"]: row for row in lines_of(result)}
    lines = [line for line in sheet(edition, result.field) if line.key in by_key]
    return [
        ChapterReceipt(
            key=chapter.key,
            title=names[chapter.key],
            **{name: result.chapters[chapter.key][name] for name in SUMMED},
            lines=[
                receipt(line, by_key[line.key], edition, lang=lang, names=names)
                for line in lines
                if line.chapter == chapter.key
            ],
        )
        for chapter in chapters(edition)
        if chapter.key in result.chapters
    ]


# Read one by one in the order of the edition: PostgreSQL keeps no order of keys in a JSON column.
SUMMED = ("points", "maximum", "scaled", "zeroed")


def chapters(edition: Edition):
    return edition.chapters.order_by("position")


def names_of(edition: Edition, *, lang: str) -> dict[str, str]:
    """Tier and chapter keys as words."""
    label = "label_en" if lang == "en" else "label"
    tiers = {t["key"]: t.get(label) or t["label"] for t in edition.tiers}
    return tiers | {
        c.key: (c.title_en if lang == "en" and c.title_en else c.title) for c in chapters(edition)
    }


def receipt(line: Line, row: Mapping[str, Any], edition: Edition, *, lang: str, names) -> Receipt:
    judged = row["state"] in ("judged", "restored")
    return Receipt(
        line=line,
        state=row["state"],
        points=row["points"],
        lost=max(0, line.maximum - row["points"]) if judged else 0,
        source=row.get("source", ""),
        how=row.get("how", ""),
        remark=row.get("remark", ""),
        paper=row.get("paper", ""),
        by=row.get("by", ""),
        on=row.get("on", ""),
        evidence=row.get("evidence", 0),
        rule=describe(line.rule, maximum=line.maximum, lang=lang, names=names),
        sentences=why(line, row, edition, lang=lang, names=names) if judged else [],
        gates=tuple(row.get("gates", ())),
    )


def why(line: Line, row: Mapping[str, Any], edition: Edition, *, lang: str, names) -> list[str]:
    outcome = evaluated(line, row["values"], edition)
    return account(
        line.rule, outcome, maximum=line.maximum, values=row["values"], lang=lang, names=names
    )


def gaps(chapters_found: Iterable[ChapterReceipt]) -> list[Receipt]:
    """达标差距清单: what would raise the result, mandatory clauses first, then the most points."""
    lines = [line for chapter in chapters_found for line in chapter.lines if line.lost]
    return sorted(lines, key=lambda r: (not r.line.mandatory, -r.lost))
