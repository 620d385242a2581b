"""Putting right what an import has read, row by row, before anything is written."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.scope import Actor
from portal.kit.normal import folded
from standards.actions import open_draft
from standards.excel_read import CHANGED, DEFAULTS, NEW, WRONG, titles
from standards.issuing import rule_problems
from standards.language import reader
from standards.models import EditionImport
from standards.phrases import PERSON, READ, WRITTEN, Frame, again, maxima
from standards.questions import open_questions
from standards.reading.tabletext import PLAIN
from standards.rules.notation import from_text
from standards.rules.parse import canonical
from standards.rules.problems import Problem, RuleError
from standards.table_rows import mode_of


@transaction.atomic
def accept(actor: Actor, uploaded: EditionImport, key: str) -> None:
    """The clause counts as it was read."""
    kept, row = _open(actor, uploaded, key)
    if row["reading"]["rule"] is None:
        raise Refused(
            _("Nothing was read here that could count. Correct the words or write the rule.")
        )
    _decide(row, READ, row["reading"]["rule"])
    row["seen"] = True
    save(kept)


@transaction.atomic
def leave(actor: Actor, uploaded: EditionImport, key: str) -> None:
    """A person judges the clause."""
    kept, row = _open(actor, uploaded, key)
    _decide(row, PERSON, None)
    row["seen"] = True
    save(kept)


@transaction.atomic
def check(actor: Actor, uploaded: EditionImport, key: str, *, seen: bool) -> None:
    """Somebody has looked at the row, whatever becomes of it; a press takes it back."""
    kept, row = _open(actor, uploaded, key)
    row["seen"] = seen
    save(kept)


@transaction.atomic
def reword(actor: Actor, uploaded: EditionImport, key: str, *, phrase: str) -> None:
    """The scoring rule in other words, read again. What is read counts only if it is sure."""
    kept, row = _open(actor, uploaded, key)
    if not phrase.strip():
        raise Refused(_("Write the scoring rule."))
    row["reading"] = _read_again(kept, row, phrase)
    row["values"]["rule_text"] = phrase
    row["seen"] = False
    _decide(row, row["reading"]["decision"], row["reading"]["rule"])
    save(kept)


@transaction.atomic
def write(actor: Actor, uploaded: EditionImport, key: str, *, notation: str) -> None:
    """The machine rule in its notation. Refused, line by line, when it is none."""
    kept, row = _open(actor, uploaded, key)
    try:
        rule = canonical(from_text(notation))
    except RuleError as wrong:
        raise Refused(_said(wrong.problems)) from wrong
    if problems := problems_of(kept, row, rule):
        raise Refused(_said(problems))
    _decide(row, WRITTEN, rule)
    row["seen"] = True
    save(kept)


def problems_of(
    kept: EditionImport, row: Mapping[str, Any], rule: Mapping[str, Any]
) -> list[Problem]:
    frame = frame_of(kept)
    return rule_problems(
        rule,
        maxima=maxima(row),
        tiers=set(frame.tiers.values()),
        chapters=set(frame.chapters.values()),
    )


@transaction.atomic
def set_points(actor: Actor, uploaded: EditionImport, key: str, *, points: int) -> None:
    """The points, in hundredths, of a clause for which the table gives none."""
    kept, row = _open(actor, uploaded, key)
    set_row_points(kept, row, points=points)
    save(kept)


def set_row_points(kept: EditionImport, row: dict[str, Any], *, points: int) -> None:
    row["points"] = dict.fromkeys(kept.rows["fields"], points)
    row["sentences"].pop("points", None)
    if row["state"] == WRONG and not row["sentences"]:
        row["state"] = NEW
        row["values"] = DEFAULTS | row["values"]
        put_in_order(kept.rows, row)
    read_within(kept, row)


def read_within(kept: EditionImport, row: dict[str, Any]) -> None:
    """Read again with the points it has now, to be looked at again. A rule that somebody wrote stays, as long as it fits."""
    row["seen"] = False
    written = row["values"].get("rule") if row["reading"]["decision"] == WRITTEN else None
    row["reading"] = _read_again(kept, row, row["reading"]["phrase"])
    if written is not None and not problems_of(kept, row, written):
        _decide(row, WRITTEN, written)
    else:
        _decide(row, row["reading"]["decision"], row["reading"]["rule"])


def _read_again(kept: EditionImport, row: dict[str, Any], phrase: str) -> dict[str, Any]:
    """What was printed stays beside what a person made of it."""
    old = row["reading"]
    subject = old.get("subject", row["values"].get("text", "") if old["kind"] == PLAIN else "")
    fresh = again(phrase, old, frame=frame_of(kept), maxima=maxima(row), subject=subject)
    return fresh | {"subject": subject, "printed": old.get("printed", old["phrase"])}


def opened(actor: Actor, uploaded: EditionImport) -> EditionImport:
    """The preview, held until the change is made."""
    open_draft(actor, uploaded.edition)
    kept = EditionImport.objects.select_for_update().get(pk=uploaded.pk)
    if kept.state != EditionImport.State.PREVIEW:
        raise Refused(_("This table has been imported. Change its clauses in the draft."))
    return kept


def _open(actor: Actor, uploaded: EditionImport, key: str) -> tuple[EditionImport, dict[str, Any]]:
    kept = opened(actor, uploaded)
    row = next((row for row in kept.rows["rows"] if row["key"] == key and "reading" in row), None)
    if row is None:
        raise Refused(_("The preview has no such row."))
    return kept, row


def _decide(row: dict[str, Any], decision: str, rule: Mapping[str, Any] | None) -> None:
    row["reading"]["decision"] = decision
    row["values"]["rule"] = None if decision == PERSON else rule
    if row["values"]["rule"] is not None and "source" in row:
        row["values"]["mode"] = mode_of(rule)


def save(kept: EditionImport) -> None:
    states = [row["state"] for row in kept.rows["rows"]]
    kept.counts |= {state: states.count(state) for state in (NEW, CHANGED, WRONG)}
    asked = open_questions(kept.rows["rows"], kept.rows["reading"]["notes"])
    kept.rows["reading"]["questions"] = [question.name for question in asked]
    kept.save(update_fields=["rows", "counts"])


def put_in_order(content: dict[str, Any], row: Mapping[str, Any]) -> None:
    """A row that was wrong takes its place behind the row before it."""
    keys = [one["key"] for one in content["rows"]]
    before = [key for key in keys[: keys.index(row["key"])] if key in content["order"]]
    at = content["order"].index(before[-1]) + 1 if before else 0
    content["order"].insert(at, row["key"])


def frame_of(kept: EditionImport) -> Frame:
    fresh = {folded(title): key for key, title in kept.rows["chapters"].items()}
    known = titles(kept.edition.chapters.all())
    return Frame.of(kept.rows["tiers"] or kept.edition.tiers, known | fresh)


def _said(problems: Iterable[Problem]) -> str:
    return "\n".join(dict.fromkeys(problem.say(reader()) for problem in problems))
