"""What the page of one finding shows: where it stands, what is open to the reader, what happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Evidence
from branches.scope import Actor
from branches.signing import Signers, signature
from inspections import deadlines, finding_words, recheck
from inspections.finding_words import stage_word
from inspections.forms_findings import FORMS, MoveForm
from inspections.models import Entry, Extension, Finding, FindingStage, Notification
from inspections.moves import MOVES, Move, open_moves
from inspections.reminder_text import reminder
from inspections.watching import Channel
from standards.sheets import Line

# the step a page puts first, by stage; the others fold away below it
MAIN = {
    "draft": ("confirm",),
    "confirmed": ("issue",),
    "issued": ("acknowledge",),
    "objected": ("uphold",),
    "in_progress": ("plan", "submit", "grant_extension", "chase"),
    "submitted": ("verify", "take_back"),
    "verified": ("close",),
    "closed": ("keep",),
}
QUIET = ("comment", "withdraw", "chase", "hold_open", "end_long_term")
GRAVE = ("withdraw", "reject", "send_back", "rebound")


@dataclass(frozen=True)
class Step:
    """A move open to the reader with its form; `main` is the one expected, `grave` wants a second look."""

    move: Move
    form: MoveForm
    main: bool
    open: bool
    grave: bool


@dataclass(frozen=True)
class Happened:
    """One line of the timeline, in words."""

    entry: Entry
    what: str
    became: str
    details: tuple[str, ...]
    tone: str
    by: str


def loaded(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """With what every permit reads; the rest comes when it is asked for. Twelve joins take longer to plan than to do."""
    units = rows.select_related("branch__parent", "branch__profile", "unit__parent", "owner")
    return units.prefetch_related("signoffs", "extensions", "owner__close_rules")


def steps(
    actor: Actor, finding: Finding, *, tried: MoveForm | None = None, verb: str = ""
) -> list[Step]:
    """The permitted moves, the expected one first. A form that was sent wrong stands open with its errors."""
    moves = open_moves(actor, finding)
    main = main_verb(finding, [move.verb for move in moves])
    found = [
        Step(
            move=move,
            form=tried
            if tried is not None and move.verb == verb
            else FORMS[move.verb](finding=finding, today=actor.today, verb=move.verb),
            main=move.verb == main,
            open=move.verb == (verb or main),
            grave=move.verb in GRAVE,
        )
        for move in moves
    ]
    return sorted(found, key=lambda step: (not step.main, step.move.verb in QUIET))


def main_verb(finding: Finding, verbs: list[str]) -> str:
    wanted = MAIN.get(finding.stage, ())
    if finding.stage == FindingStage.IN_PROGRESS and finding.measures:
        wanted = wanted[1:]
    return next((verb for verb in wanted if verb in verbs), "")


def timeline(finding: Finding) -> list[Happened]:
    rows = finding.entries.select_related("by", "unit").prefetch_related(files())
    entries = list(rows.order_by("at", "pk"))
    signers = Signers({entry.by_id for entry in entries if entry.by_id and not entry.unit_id})
    return [happened(finding, entry, signers) for entry in entries]


def files() -> Prefetch:
    return Prefetch("evidence", queryset=Evidence.objects.order_by("uploaded_at", "pk"))


def doer(entry: Entry, signers: Signers) -> str:
    """The person behind the unit that acted; where none was noted, behind the body spoken for that day."""
    if entry.by is None or entry.unit is not None:
        body = entry.unit.office_name if entry.unit else ""
        return signature(body, entry.by.name if entry.by else "")
    return signers.signed(entry.by_id, entry.by.name, timezone.localdate(entry.at))


def happened(finding: Finding, entry: Entry, signers: Signers) -> Happened:
    """From → to is said only where the stage changed."""
    moved = entry.to_stage and entry.to_stage != entry.from_stage
    return Happened(
        entry=entry,
        what=str(MOVES[entry.move].label) if entry.move in MOVES else _("Found and logged"),
        became=stage_word(finding, stage=entry.to_stage) if moved else "",
        details=tuple(details(entry)),
        tone="late" if entry.move in ("reject", "send_back", "rebound") else "ok",
        by=doer(entry, signers),
    )


def details(entry: Entry) -> list[str]:
    """The parameters of an entry as sentences."""
    said = entry.params
    words = {
        "was": _("Wording before: %(value)s"),
        "notice": _("Notice: %(value)s"),
        "paper": _("Paper record: %(value)s"),
        "due": _("Deadline: %(value)s"),
        "new": _("New deadline: %(value)s"),
        "measures": _("Measures: %(value)s"),
        "responsible": _("Responsible: %(value)s"),
    }
    found = [text % {"value": said[key]} for key, text in words.items() if said.get(key)]
    if "channel" in said:
        found.append(str(Channel(said["channel"]).label))
    return found


def about(finding: Finding, actor: Actor, *, lang: str) -> dict[str, Any]:
    line = recheck.line_of(finding)
    today = actor.today
    return {
        "finding": finding,
        "stage": stage_word(finding),
        "tone": finding_words.tone(finding, today=today),
        "logged_by": logged_by(finding),
        "due_day": finding_words.weekday(finding.due_on),
        "due_word": finding_words.due_word(finding, today=today),
        "due_tone": finding_words.due_tone(finding, today=today),
        "turn": turn(finding),
        "due_sentence": deadlines.how_counted(finding, lang=lang),
        "line": line,
        "clause_text": line.wording(lang) if line else "",
        "evidence": finding.evidence.order_by("uploaded_at", "pk"),
        "asked": waiting(finding),
        "happened": timeline(finding),
        "ahead": ahead(finding, today=today),
        "earlier": earlier(finding, actor),
        "reminder": reminder([finding], today=today),
        "notice": notice_of(finding, actor),
    }


def logged_by(finding: Finding) -> str:
    """With the body the person spoke for on that day."""
    signers = Signers([finding.logged_by_id])
    return signers.signed(finding.logged_by_id, finding.logged_by.name, finding.found_on)


def turn(finding: Finding) -> str:
    """Whose move it is, where the name of the stage does not say it."""
    words = {"unit": finding.unit.office_name}
    if finding.stage == FindingStage.ISSUED:
        return _("Waits for %(unit)s to acknowledge it.") % words
    if finding.stage != FindingStage.IN_PROGRESS:
        return ""
    if not finding.measures:
        return _("Waits for %(unit)s to state the measures.") % words
    return _("Waits for %(unit)s to put it right and apply for close-out.") % words


def notice_of(finding: Finding, actor: Actor) -> Notification | None:
    """Addressed to the unit: an inspector sees the finding, not the letter."""
    if finding.notification_id is None:
        return None
    return Notification.objects.visible_to(actor).filter(pk=finding.notification_id).first()


def waiting(finding: Finding) -> Extension | None:
    return next((e for e in finding.extensions.all() if e.decided_at is None), None)


def ahead(finding: Finding, *, today: date) -> list[str]:
    """What is still to come on the usual way."""
    order = ["issued", "in_progress", "submitted", "verified", "closed"]
    if finding.stage not in order:
        return []
    rest = order[order.index(finding.stage) + 1 :]
    return [stage_word(finding, stage=stage) for stage in rest]


def earlier(finding: Finding, actor: Actor) -> list[Finding]:
    """The same clause at the same branch before: has it come back?"""
    if not finding.clause_key:
        return []
    rows = Finding.objects.visible_to(actor).filter(
        branch=finding.branch_id, clause_key=finding.clause_key
    )
    return list(rows.exclude(pk=finding.pk).order_by("-found_on", "-pk")[:5])


def clause_choices(lines: tuple[Line, ...], lang: str) -> list[tuple[str, str]]:
    return [(line.key, f"{line.code} {line.wording(lang)[:40]}") for line in lines]
