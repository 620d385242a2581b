"""What the preview shows of each phrase: the words, what they became, how sure that is, who decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils.cell import coordinate_from_string

from portal.kit import points
from standards.columns import LONG
from standards.excel_read import WRONG
from standards.models import Chapter, Edition, EditionImport
from standards.phrases import HUNDRED, PERSON, READ, SURE, WRITTEN, maxima
from standards.reading.tabletext import BONUS_KIND, DEDUCT_KIND, VETO_KIND
from standards.rules.explain import describe
from standards.rules.notation import to_text
from standards.rules.parse import parse
from standards.screens import word_keys

LONGEST_SHOWN = LONG
# Lines that carry no points of their own: what they do is done to the total.
BESIDE = {
    BONUS_KIND: gettext_lazy("Adds points"),
    DEDUCT_KIND: gettext_lazy("Takes points"),
    VETO_KIND: gettext_lazy("Veto"),
}


@dataclass(frozen=True)
class ReviewRow:
    """`phrase` is what was read: as `printed`, or as a person put it since. `sentences`: the rule that counts, or
    that would if somebody said yes. `offered`: there is one to accept.
    `judged`: all it says is within which points a person decides."""

    key: str
    code: str
    text: str
    points: str
    beside: str
    place: str
    printed: str
    phrase: str
    sentences: tuple[str, ...]
    notation: str
    percent: int
    reason: str
    decision: str
    offered: bool
    judged: bool
    wrong: tuple[str, ...]
    seen: bool = False
    original: tuple[
        tuple[str, Sequence[Sequence[str]]], ...
    ] = ()  # place, (heading, text) of each cell
    error: str = ""
    error_in: str = ""  # points, phrase or notation
    typed: str = ""

    @property
    def wording(self) -> str:
        return self.typed if self.error_in == "phrase" else self.phrase

    @property
    def read(self) -> bool:
        return self.decision == READ

    @property
    def person(self) -> bool:
        return self.decision == PERSON

    @property
    def tone(self) -> str:
        if self.wrong:
            return "overdue"
        return {READ: "info", WRITTEN: "ok", PERSON: "warn" if self.offered else "muted"}[
            self.decision
        ]

    @property
    def word(self) -> str:
        if self.wrong:
            return _("To be completed")
        if self.person and self.offered:
            return _("Waiting for your yes")
        if self.judged and not self.person:
            return _("An inspector weighs it")
        return {
            READ: _("Counts as read"),
            WRITTEN: _("Counts as corrected"),
            PERSON: _("Judged by a person"),
        }[self.decision]


@dataclass(frozen=True)
class Section:
    label: str
    note: str
    rows: tuple[ReviewRow, ...]
    open: bool


def tally(kept: EditionImport) -> tuple[int, int]:
    """How many rows somebody has looked at, and how many nobody."""
    seen = [bool(row.get("seen")) for row in kept.rows["rows"] if row.get("reading")]
    return sum(seen), len(seen) - sum(seen)


def following(kept: EditionImport, key: str) -> str:
    """The row to go on with behind `key`, in the order of the page; `key` itself behind the last."""
    shown = [row for section in sections(kept, lang="zh") for row in section.rows]
    keys = [row.key for row in shown]
    behind = shown[keys.index(key) + 1 :] if key in keys else []
    return next((row.key for row in behind if not row.seen), key)


def sections(
    kept: EditionImport,
    *,
    lang: str,
    failed: Mapping[str, Any] | None = None,
    unseen: bool = False,
) -> list[Section]:
    """The rows with readings, those that need a person first, then the least sure; `unseen`: only what nobody has
    looked at. `failed`: key, sentence, field and typed text of a refusal, whose row always shows."""
    names = _names(kept, lang)
    failed = failed or {}
    rows = [
        (_sureness(row), _row(row, names=names, lang=lang, failed=failed))
        for row in kept.rows["rows"]
        if row.get("reading")
        and not (unseen and row.get("seen") and row["key"] != failed.get("key"))
    ]
    split = (
        (
            _("To be completed"),
            _("Left out of the draft until put right."),
            lambda c: c < 0,
        ),
        (
            _("Not understood"),
            _("A person judges these unless you correct them."),
            lambda c: c == 0,
        ),
        (_("Read with doubt"), _("These count only after your yes."), lambda c: 0 < c < SURE),
        (_("Read for sure"), _("These count as read unless you change them."), lambda c: c >= SURE),
    )
    found = [
        (
            label,
            note,
            tuple(row for confidence, row in sorted(rows, key=lambda r: r[0]) if fits(confidence)),
        )
        for label, note, fits in split
    ]
    return [
        Section(label, note, kept_rows, open=at < len(split) - 1 or len(kept_rows) <= 12 or unseen)
        for at, (label, note, kept_rows) in enumerate(found)
        if kept_rows
    ]


def _sureness(row: Mapping[str, Any]) -> float:
    """Below zero what cannot be written at all as it stands."""
    return -1.0 if row["state"] == WRONG else row["reading"]["confidence"]


def _names(kept: EditionImport, lang: str) -> dict[str, str]:
    edition: Edition = kept.edition
    chapters: Iterable[Chapter] = edition.chapters.all()
    return word_keys(edition, chapters=chapters, lang=lang) | kept.rows["chapters"]


def _row(
    row: Mapping[str, Any], *, names: Mapping[str, str], lang: str, failed: Mapping[str, Any]
) -> ReviewRow:
    reading = row["reading"]
    decided = row["values"].get("rule") if reading["decision"] != PERSON else None
    rule = decided if decided is not None else reading["rule"]
    held = maxima(row)
    mine = failed.get("key") == row["key"]
    return ReviewRow(
        key=row["key"],
        code=row["code"],
        text=row["text"],
        points="–".join(points.show(amount) for amount in held),
        beside=str(BESIDE.get(reading["kind"], "")) if held == [0] else "",
        place=_place(_source(row)),
        printed=reading.get("printed", reading["phrase"])[:LONGEST_SHOWN],
        phrase=reading["phrase"][:LONGEST_SHOWN],
        sentences=tuple(_sentences(rule, max(held, default=HUNDRED), names=names, lang=lang)),
        notation=_notation(rule, lang=lang, failed=failed if mine else {}),
        percent=round(100 * reading["confidence"]),
        reason=reading["reason"],
        decision=reading["decision"],
        offered=reading["rule"] is not None,
        judged=bool(rule) and all(step["shape"] == "judged" for step in rule["steps"]),
        wrong=tuple(row["sentences"].values()) if row["state"] == WRONG else (),
        seen=bool(row.get("seen")),
        original=tuple((_place(one), one["cells"]) for one in row.get("original", [])),
        error=failed["sentence"] if mine else "",
        error_in=failed["field"] if mine else "",
        typed=failed["typed"] if mine else "",
    )


def _notation(rule: Mapping[str, Any] | None, *, lang: str, failed: Mapping[str, Any]) -> str:
    if failed.get("field") == "notation":
        return failed["typed"]
    return to_text(rule, lang) if rule else ""


def _source(row: Mapping[str, Any]) -> Mapping[str, str]:
    return row.get("source") or {"sheet": "", "cell": str(row["number"])}


def _place(source: Mapping[str, str]) -> str:
    if source["cell"].isdigit():
        return _("Line %(number)s") % {"number": source["cell"]}
    _column, row = coordinate_from_string(source["cell"])
    if source["sheet"].isdigit():
        # Tables of a document have no names, so they are counted.
        return _("Table %(number)s, row %(row)s") % {"number": source["sheet"], "row": row}
    if not source["sheet"]:
        return _("Line %(number)s") % {"number": row}  # of a pasted text
    return _("Sheet “%(sheet)s”, row %(row)s") % {"sheet": source["sheet"], "row": row}


def sample(lang: str) -> str:
    """A rule in the notation, to be seen where none was read."""
    measure = {"name": "m1", "kind": "count", "label": _("meetings missed")}
    step = {"shape": "step", "measure": "m1", "unit": "0.5", "cap": "3"}
    return to_text({"measures": [measure], "steps": [step]}, lang)


def _sentences(
    rule: Mapping[str, Any] | None, maximum: int, *, names: Mapping[str, str], lang: str
) -> list[str]:
    if rule is None:
        return []
    return describe(parse(rule), maximum=maximum, lang=lang, names=names)
