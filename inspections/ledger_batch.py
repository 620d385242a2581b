"""One step for many findings: what of the selection is open to the reader, and taking it row by row."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusal import Refused
from branches.scope import Actor
from inspections import powers
from inspections.finding_actions import ACTIONS, issue
from inspections.finding_words import stage_word
from inspections.ledger_filter import listed
from inspections.models import Entry, Finding
from inspections.moves import MOVES

VERBS = ("chase", "issue", "verify", "close")
MOST = 500
# What pressing the button brings about, said in the question before it.
CONSEQUENCES = {
    "chase": gettext_lazy("each unit gets one digest of it."),
    "issue": gettext_lazy("their deadlines start today, and the units are told."),
    "verify": gettext_lazy("they go on to be closed out."),
    "close": gettext_lazy("they leave the open ones; a look-back follows."),
}


@dataclass(frozen=True)
class Selection:
    """ready: the step is open on these. out: those it is not open on, each with why. cut: the list was too long."""

    ready: list[Finding]
    out: list[tuple[Finding, str]]
    cut: bool = False

    @property
    def left(self) -> int:
        return len(self.out)


@dataclass
class Outcome:
    done: int = 0
    refused: list[str] = field(default_factory=list)


def select(actor: Actor, chosen: dict, verb: str, *, ids: Sequence[int], every: bool) -> Selection:
    """The ticked rows, or all of the filter; within the reader's scope and the ledger's order either way."""
    rows = with_reports(listed(actor, chosen if every else {"sort": chosen.get("sort", "")}))
    if not every:
        rows = rows.filter(pk__in=ids)
    found = list(rows[: MOST + 1])
    permit = MOVES[verb].permit
    ready, out = [], []
    for finding in found[:MOST]:
        if permit.allows(actor, finding):
            ready.append(finding)
        else:
            out.append((finding, why_not(actor, verb, finding)))
    return Selection(ready, out, len(found) > MOST)


def why_not(actor: Actor, verb: str, finding: Finding) -> str:
    if finding.stage not in MOVES[verb].stages:
        return _("its status is “%(stage)s”") % {"stage": stage_word(finding)}
    if powers.has_signed(actor, finding):
        return _("you took an earlier step on it; another person has to take this one")
    return _("it is not yours to take")


def with_reports(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """With what the unit handed in, so that the evidence is in view while deciding."""
    reports = Entry.objects.filter(move__in=("submit", "progress")).prefetch_related("evidence")
    return rows.prefetch_related(
        "signoffs",
        "extensions",
        "owner__close_rules",
        Prefetch("entries", queryset=reports.order_by("-at", "-pk"), to_attr="reports"),
    )


def take_all(
    actor: Actor,
    verb: str,
    findings: Iterable[Finding],
    *,
    now: datetime,
    client_key: uuid.UUID,
    **said: Any,
) -> Outcome:
    """Each row for itself: one that somebody else has just taken does not stop the others."""
    if verb == "issue":
        rows = list(findings)
        return attempt(lambda: issue(actor, rows, now=now, client_key=client_key), rows)
    outcome = Outcome()
    for finding in findings:
        key = uuid.uuid5(client_key, str(finding.pk))
        one = attempt(act(actor, verb, finding, now=now, client_key=key, **said), [finding])
        outcome.done += one.done
        outcome.refused += one.refused
    return outcome


def act(actor: Actor, verb: str, finding: Finding, **said: Any) -> Callable[[], Any]:
    return lambda: ACTIONS[verb](actor, finding, **said)


def attempt(go: Callable[[], Any], rows: list[Finding]) -> Outcome:
    try:
        go()
    except Refused as refused:
        numbers = _(", ").join(finding.number for finding in rows)
        return Outcome(
            refused=[
                _("%(number)s: %(sentence)s") % {"number": numbers, "sentence": refused.sentence}
            ]
        )
    return Outcome(done=len(rows))
