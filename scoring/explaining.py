"""Every lost point with its clause, rule, measure, source, who, when and evidence, in the reader's language."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring import formula
from scoring.models import Result
from scoring.record import chapters_of, lines_of
from scoring.tallies import evaluated
from standards.models import Edition
from standards.rules.explain import account, describe
from standards.sheets import Line, sheet

JUDGED = ("judged", "restored")


@dataclass(frozen=True)
class Receipt:
    """One line of the explanation. `sentences` say how the points came about; `gates`: what it sets off;
    `outside`: it adds to the total or takes from it."""

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
    outside: bool = False

    @property
    def is_told(self) -> bool:
        """Worth its sentences: it lost points, came back by a recheck or once elsewhere, or moved the total."""
        came_back = self.state == "restored" or self.source == "recheck"
        return bool(self.lost) or came_back or self.outside


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
    found = chapters_of(result)
    lines = [line for line in sheet(edition, result.field) if line.key in by_key]
    elsewhere = counted_elsewhere(lines, by_key, edition)
    return [
        ChapterReceipt(
            key=chapter.key,
            title=names[chapter.key],
            **{name: found[chapter.key][name] for name in SUMMED},
            lines=[
                receipt(
                    line,
                    by_key[line.key],
                    edition,
                    lang=lang,
                    names=names,
                    elsewhere=elsewhere.get(line.key, ()),
                )
                for line in lines
                if line.chapter == chapter.key
            ],
        )
        for chapter in chapters(edition)
        if chapter.key in found
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


def counted_elsewhere(
    lines: Iterable[Line], rows: Mapping[str, Mapping[str, Any]], edition: Edition
) -> dict[str, set[str]]:
    """By line, the events entered on it that weigh more on another line and count there."""
    judged = [
        formula.Line(
            line.chapter,
            line.key,
            line.maximum,
            evaluated(line, rows[line.key]["values"], edition),
        )
        for line in lines
        if rows[line.key]["state"] in JUDGED and any(m.kind == "events" for m in line.rule.measures)
    ]
    counted = {(key, entry.key) for key, entry in formula.entries_of(judged)}
    found = {
        line.key: {
            entry.key for entry in line.outcome.adjustments if (line.key, entry.key) not in counted
        }
        for line in judged
    }
    return {key: events for key, events in found.items() if events}


def receipt(
    line: Line,
    row: Mapping[str, Any],
    edition: Edition,
    *,
    lang: str,
    names: Mapping[str, str],
    elsewhere: Collection[str] = (),
) -> Receipt:
    judged = row["state"] in JUDGED
    outcome = evaluated(line, row["values"], edition) if judged else None
    words = {"maximum": line.maximum, "lang": lang, "names": names}
    said = {"values": row["values"], "elsewhere": elsewhere} if judged else {}
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
        rule=describe(line.rule, **words),
        sentences=account(line.rule, outcome, **words, **said) if outcome else [],
        gates=tuple(row.get("gates", ())),
        outside=bool(outcome and outcome.adjustments),
    )


def gaps(chapters_found: Iterable[ChapterReceipt]) -> list[Receipt]:
    """达标差距清单: what would raise the result, mandatory clauses first, then the most points."""
    lines = [line for chapter in chapters_found for line in chapter.lines if line.lost]
    return sorted(lines, key=lambda r: (not r.line.mandatory, -r.lost))
