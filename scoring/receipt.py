"""得分凭据: one result on one page: every clause with its points, rule, what was seen, source, person and day.

Made from a stored result or from a row of a run, which keep the same columns; nothing is computed anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.archiving import digest_of
from scoring.explaining import ChapterReceipt, Receipt, receipts
from scoring.models import Result, Run, RunResult
from scoring.summands import reasons, summands
from scoring.verdicts import SOURCES
from standards.language import reader

SOLID = ("judged", "restored")


@dataclass(frozen=True)
class Entry:
    """One clause of the receipt, in words."""

    code: str
    text: str
    mandatory: bool
    points: int | None
    maximum: int
    lost: int
    rule: str
    seen: str
    source: str
    who: str
    proof: str


@dataclass(frozen=True)
class Part:
    """A chapter of the receipt. `quiet`: codes of clauses without points that set nothing off."""

    title: str
    points: int
    maximum: int
    note: str
    entries: tuple[Entry, ...]
    quiet: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """`run` None: the result stands in no run yet, so its digest holds only as long as it does not change."""

    parts: tuple[Part, ...]
    summands: tuple
    reasons: tuple[str, ...]
    digest: str
    run: Run | None

    @property
    def count(self) -> int:
        return sum(len(part.entries) for part in self.parts)

    @property
    def quiet(self) -> list[str]:
        return [code for part in self.parts for code in part.quiet]


def receipt_of(result: Result | RunResult, *, run: Run | None) -> Document:
    chapters = receipts(result, lang=reader())
    return Document(
        parts=tuple(part(chapter) for chapter in chapters),
        summands=tuple(summands(result)),
        reasons=tuple(reasons(result)),
        digest=digest_of(result),
        run=run,
    )


def newest_run(result: Result) -> Run | None:
    """The last run that holds this very result."""
    rows = RunResult.objects.filter(
        run__cycle=result.cycle, branch=result.branch, digest=digest_of(result)
    )
    found = rows.select_related("run__edition").order_by("-run__number").first()
    return found.run if found else None


def part(chapter: ChapterReceipt) -> Part:
    return Part(
        title=chapter.title,
        points=chapter.points,
        maximum=chapter.maximum,
        note=note(chapter),
        entries=tuple(entry(line) for line in chapter.lines if not is_quiet(line)),
        quiet=tuple(line.line.code for line in chapter.lines if is_quiet(line)),
    )


def is_quiet(line: Receipt) -> bool:
    """Bars and bonuses that nobody set off: named together, so that the page has room for the rest."""
    is_plain = line.state == "judged" and not line.points and not line.line.maximum
    return is_plain and not (line.gates or line.outside or line.remark)


def note(chapter: ChapterReceipt) -> str:
    if chapter.zeroed:
        return _("Chapter set to zero")
    if chapter.scaled:
        return _("Clauses that do not apply are left out; the rest is scaled up")
    return ""


def entry(line: Receipt) -> Entry:
    is_solid = line.state in SOLID
    return Entry(
        code=line.line.code,
        text=line.line.wording(reader()),
        mandatory=line.line.mandatory,
        points=None if line.state in ("unjudged", "left_out") else line.points,
        maximum=line.line.maximum,
        lost=line.lost,
        rule=" ".join(line.rule),
        seen=seen(line) if is_solid else unseen(line),
        source=str(SOURCES.get(line.source, "")),
        who=" ".join(filter(None, [line.by, line.on])),
        proof=proof(line),
    )


def seen(line: Receipt) -> str:
    """How the points came about, and what somebody wrote; a clause that conforms says so in a word."""
    is_told = line.lost or line.gates or line.outside or line.state == "restored"
    said = line.sentences if is_told else []
    return " ".join([*said, *quoted(line.remark)]) or _("Conforms")


def quoted(remark: str) -> Iterable[str]:
    return [_("Seen: %(remark)s") % {"remark": remark}] if remark else []


def unseen(line: Receipt) -> str:
    return _("Not judged") if line.state == "unjudged" else _("Does not apply")


def proof(line: Receipt) -> str:
    files = line.evidence and ngettext("%(n)s file", "%(n)s files", line.evidence) % {
        "n": line.evidence
    }
    return _("; ").join(filter(None, [line.paper, files]))
