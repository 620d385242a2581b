"""Reads an uploaded standard into a plan: what is new, changed, unchanged, wrong. Writes nothing.

Takes our own export and a county's own scoring table, which may have no more than chapter, clause,
scoring rule and points.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from portal.kit.normal import folded
from portal.kit.table import Found, Record, check, complete, find_header, records
from standards import sheets
from standards.columns import POINTS, methods_from, points_of, understood
from standards.issuing import rule_problems
from standards.language import reader
from standards.models import Chapter, Clause, Edition
from standards.rules.conditions import check_applies
from standards.rules.notation import from_text
from standards.rules.parse import canonical
from standards.rules.problems import RuleError
from standards.vocabulary import applies_from

LIMIT = 2_000
NUMBERING = re.compile(r"^[一二三四五六七八九十]+[、.．]\s*|^[（(][一二三四五六七八九十]+[）)]\s*")
TOTAL = re.compile(r"[（(]\s*(?:共|计|满分)?\s*\d+(?:\.\d+)?\s*分\s*[）)]$")
SUMS = ("合计", "小计", "总计", "总分")
DEFAULTS = {
    "mode": "carried", "severity": "general", "deadline_days": 15, "deadline_unit": "workdays",
    "mandatory": False, "under_review": False, "rule": None, "methods": [], "applies": [], "phrases": [],
}  # fmt: skip
LISTS = ("methods", "applies", "phrases")
# What a rule is read from.
WORDS = {"text", "rule_text"}
IGNORED = ("key", "chapter", "measures", "points")
NEW, CHANGED, UNCHANGED, WRONG = "new", "changed", "unchanged", "wrong"


@dataclass
class RowPlan:
    """One row of the file. `chapter` is a chapter key; `points` None leaves them as they are, `carries` says what
    the clause is worth then. `settled`: its words and rule are as before, so nobody is asked about them again."""

    number: int
    state: str
    key: str
    code: str
    text: str
    chapter: str
    values: dict[str, Any] = field(default_factory=dict)
    points: dict[str, int] | None = None
    changed: list[str] = field(default_factory=list)
    sentences: dict[str, str] = field(default_factory=dict)
    carries: dict[str, int] = field(default_factory=dict)
    settled: bool = False


@dataclass
class Plan:
    rows: list[RowPlan]
    chapters: dict[str, str]
    absent: list[str]
    unknown: list[str]
    found: Found

    @property
    def counts(self) -> dict[str, int]:
        states = [row.state for row in self.rows]
        return {state: states.count(state) for state in (NEW, CHANGED, UNCHANGED, WRONG)}


def plan(
    edition: Edition, rows: Sequence[Sequence[Any]], *, fields: Collection[str], tiers: set[str]
) -> Plan:
    """`rows` as the workbook reader gives them; `fields` take the points of a table with one column.

    Raises TableRefused when no table is found.
    """
    columns = understood()
    found = find_header(rows, columns)
    complete(found)
    reading = Reading(edition, found=found, columns=columns, fields=fields, tiers=tiers)
    plans = [row for record in records(rows, found, limit=LIMIT) if (row := reading.row(record))]
    seen = {row.key for row in plans}
    return Plan(
        rows=plans,
        chapters=reading.new_chapters,
        absent=[key for key in reading.existing if key not in seen],
        unknown=found.unknown,
        found=found,
    )


class Reading:
    """What is known while going down the rows: chapters, clauses, and the cells merged above."""

    def __init__(
        self, edition: Edition, *, found: Found, columns: Sequence, fields: Collection[str], tiers: set[str]
    ) -> None:  # fmt: skip
        self.columns, self.found, self.fields, self.tiers = columns, found, fields, tiers
        self.headers = {column.key: str(column.header) for column in columns}
        self.existing = {clause.key: clause for clause in sheets.clauses(edition)}
        self.by_code = unique({clause.key: clause.code for clause in self.existing.values()})
        self.by_text = unique({c.key: folded(c.text) for c in self.existing.values()})
        self.chapters = titles(edition.chapters.all())
        self.chapter_keys = set(self.chapters.values())
        self.new_chapters: dict[str, str] = {}
        self.taken: set[str] = set()
        self.above: dict[str, Any] = {"chapter": "", "text": ""}
        self.per_chapter: dict[str, int] = {}
        # Into an empty frame the file brings its own chapters, counted from one.
        self.places = list(self.chapters.values()) if self.existing else []

    def row(self, record: Record) -> RowPlan | None:
        """None for a line of sums or the title of a chapter."""
        if self.is_title(record.raw) or is_sum(record.raw):
            return None
        values, bad = check(self.columns, self.carried(record.raw))
        sentences = {key: refusal.sentence for key, refusal in bad.items()}
        clause = self.match(values)
        chapter = self.chapter(values.get("chapter"), clause)
        if not chapter:
            sentences.setdefault("chapter", _("Which chapter does this clause belong to?"))
        content = self.content(values, sentences)
        points = self.points(values, clause, sentences)
        self.check_rule(content, points, clause, sentences)
        key = clause.key if clause else f"i{uuid4().hex[:12]}"
        if key in self.taken:
            sentences["key"] = _("This clause stands in the file twice.")
        self.taken.add(key)
        return self.judged(
            RowPlan(
                number=record.number,
                state=WRONG if sentences else NEW,
                key=key,
                code=str(content.get("code") or (clause.code if clause else self.number(chapter))),
                text=str(content.get("text") or ""),
                chapter=chapter,
                values=content,
                points=points,
                sentences=sentences,
            ),
            clause,
        )

    def is_title(self, raw: Mapping[str, Any]) -> bool:
        """A row with nothing but 一、基本组织（20分） opens a chapter."""
        filled = {key: value for key, value in raw.items() if value is not None}
        if len(filled) != 1 or not set(filled) <= {"chapter", "code", "text"}:
            return False
        key, value = filled.popitem()
        if key != "chapter" and not NUMBERING.match(str(value).strip()):
            return False
        self.above = {"chapter": str(value), "text": ""}
        return True

    def carried(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Cells merged downwards are empty below the first: the chapter always carries on, the demand
        where another scoring rule stands beside it."""
        filled = dict(raw)
        if filled.get("chapter") is None:
            filled["chapter"] = self.above["chapter"] or None
        elif filled["chapter"] != self.above["chapter"]:
            self.above["text"] = ""
        if filled.get("text") is None and filled.get("rule_text") is not None:
            filled["text"] = self.above["text"] or None
        self.above |= {key: filled.get(key) or "" for key in ("chapter", "text")}
        return filled

    def match(self, values: Mapping[str, Any]) -> Clause | None:
        """By system number, else by number, else by the words of the demand."""
        key = values.get("key")
        if key:
            return self.existing.get(key)
        code = self.by_code.get(values.get("code") or "")
        key = code or self.by_text.get(folded(values.get("text") or ""))
        return self.existing[key] if key and key not in self.taken else None

    def chapter(self, title: str | None, clause: Clause | None) -> str:
        if not title:
            return clause.chapter.key if clause else ""
        name = bare(title)
        if folded(name) not in self.chapters:
            key = f"c{uuid4().hex[:12]}"
            self.chapters[folded(name)] = key
            self.new_chapters[key] = name
        key = self.chapters[folded(name)]
        if key not in self.places:
            self.places.append(key)
        return key

    def number(self, chapter: str) -> str:
        """A number for a row that has none: its chapter's place and its own."""
        self.per_chapter[chapter] = self.per_chapter.get(chapter, 0) + 1
        place = self.places.index(chapter) + 1 if chapter in self.places else 0
        return f"{place}.{self.per_chapter[chapter]}"

    def content(self, values: Mapping[str, Any], sentences: dict[str, str]) -> dict[str, Any]:
        """The columns of the clause itself that the file has, as the model holds them."""
        content: dict[str, Any] = {}
        for key, value in values.items():
            if key in IGNORED or key.startswith(POINTS):
                continue
            if key in READERS:
                content[key], sentence = READERS[key](value or "")
                if sentence:
                    sentences[key] = sentence
            else:
                content[key] = DEFAULTS.get(key, "") if value is None else value
        if not content.get("code"):
            content.pop("code", None)
        return content

    def points(
        self, values: Mapping[str, Any], clause: Clause | None, sentences: dict[str, str]
    ) -> dict[str, int] | None:
        each = {key[len(POINTS) :]: v for key, v in values.items() if key.startswith(POINTS)}
        if any(key.startswith(POINTS) for key in self.found.mapping):
            kept = {} if clause is None else points_of(clause)
            merged = kept | each
            return {name: amount for name, amount in merged.items() if amount is not None}
        if "points" in self.found.mapping:
            amount = values.get("points")
            if amount is None and "points" not in sentences and clause is None:
                sentences["points"] = _("How many points does this clause carry?")
            return None if amount is None else dict.fromkeys(self.fields, amount)
        return None

    def check_rule(
        self,
        content: dict[str, Any],
        points: dict[str, int] | None,
        clause: Clause | None,
        sentences: dict[str, str],
    ) -> None:
        if content.get("rule") is None or "rule" in sentences:
            return
        held = points if points is not None else (points_of(clause) if clause else {})
        wrong = rule_problems(
            content["rule"],
            maxima=sorted(set(held.values())),
            tiers=self.tiers,
            chapters=self.chapter_keys,
        )
        if wrong:
            sentences["rule"] = "".join(dict.fromkeys(p.say(reader()) for p in wrong))

    def judged(self, row: RowPlan, clause: Clause | None) -> RowPlan:
        """Sets the state, and names the columns in which an existing clause changes."""
        row.carries = points_of(clause) if clause and row.points is None else row.points or {}
        if row.state == WRONG:
            return row
        if clause is None:
            row.values = DEFAULTS | row.values
            return row
        row.values = {k: v for k, v in row.values.items() if not same(getattr(clause, k), v, k)}
        row.changed = [self.headers[key] for key in row.values]
        if row.points == points_of(clause):
            row.points = None
        if row.points is not None:
            row.changed.append(_("Points"))
        if row.chapter != clause.chapter.key:
            row.changed.append(_("Chapter"))
        row.state = CHANGED if row.changed else UNCHANGED
        row.settled = not row.values.keys() & WORDS and self.still_fits(clause, row.carries)
        return row

    def still_fits(self, clause: Clause, points: Mapping[str, int]) -> bool:
        maxima = sorted(set(points.values()))
        return clause.rule is None or not rule_problems(
            clause.rule, maxima=maxima, tiers=self.tiers, chapters=self.chapter_keys
        )


def unique(names: Mapping[str, str]) -> dict[str, str]:
    """name -> key, for the names that occur once."""
    values = list(names.values())
    return {name: key for key, name in names.items() if values.count(name) == 1}


def titles(chapters: Sequence[Chapter]) -> dict[str, str]:
    ordered = sorted(chapters, key=lambda chapter: (chapter.position, chapter.pk))
    return {folded(bare(chapter.title)): chapter.key for chapter in ordered}


def bare(title: str) -> str:
    """一、基本组织（20分） -> 基本组织."""
    return TOTAL.sub("", NUMBERING.sub("", title.strip())).strip() or title.strip()


def is_sum(raw: Mapping[str, Any]) -> bool:
    texts = [
        folded(str(raw[key])) for key in ("chapter", "code", "text") if raw.get(key) is not None
    ]
    return (
        bool(texts)
        and any(text.startswith(SUMS) for text in texts)
        and raw.get("rule_text") is None
    )


def same(old: Any, new: Any, key: str) -> bool:
    if key == "rule" and old is not None and new is not None:
        return canonical(old) == new
    if key == "applies":
        return [_plain(one) for one in old] == [_plain(one) for one in new]
    return (old.strip() if isinstance(old, str) else old) == new


def _plain(condition: Mapping[str, Any]) -> dict[str, Any]:
    value = condition["value"]
    return {**condition, "value": value if isinstance(value, bool) else str(value)}


def _methods(text: str) -> tuple[list[str], str]:
    found, strange = methods_from(text)
    return found, _("“%(value)s” is no way of checking.") % {"value": strange} if strange else ""


def _rule(text: str) -> tuple[dict | None, str]:
    if not text:
        return None, ""
    try:
        return canonical(from_text(text)), ""
    except RuleError as wrong:
        return None, "".join(dict.fromkeys(p.say(reader()) for p in wrong.problems))


def _applies(text: str) -> tuple[list, str]:
    conditions = applies_from(text)
    return conditions, "".join(problem.say(reader()) for problem in check_applies(conditions))


def _phrases(text: str) -> tuple[list[str], str]:
    return [line.strip() for line in text.splitlines() if line.strip()], ""


READERS = {"methods": _methods, "rule": _rule, "applies": _applies, "phrases": _phrases}
