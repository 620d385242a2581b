"""A posted tap, from the phone's queue or from a plain form, read into what `visiting` takes."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.fields import too_long
from accounts.refusal import Refused
from branches.scope import Actor
from inspections import deadlines, visiting
from inspections.answers_form import Fields, cleaned, prefix_of, short_of
from inspections.models import Finding, Stop
from inspections.stop_rows import spoken
from portal.kit.normal import Unclean, clean_line, clean_text
from standards.language import reader
from standards.measures_form import questions, read
from standards.models import Severity
from standards.sheets import Line
from standards.shortfalls import is_award

YES, PROBLEM, NA, CLEAR, REST = "conforms", "problem", "not_applicable", "no_answer", "rest"
VERDICTS = (YES, PROBLEM, NA, CLEAR, REST)
LONGEST = {"text": 1_000, "remark": 300, "responsible": 40}
DUE_MOST = 730


class Bad(Exception):
    """A tap that cannot be taken as it is: sentences by field."""

    def __init__(self, errors: Mapping[str, str]):
        super().__init__(errors)
        self.errors = errors


@dataclass(frozen=True)
class Tapped:
    """`values`: the measures that fall short; None when the team named none."""

    key: uuid.UUID
    verdict: str
    clause_key: str
    on: date
    device_at: datetime | None = None
    remark: str = ""
    text: str = ""
    values: Mapping[str, Any] | None = None
    is_award: bool = False
    words: Mapping[str, Any] = field(default_factory=dict)
    clauses: tuple[str, ...] | None = None


def read_tap(post: Any, stop: Stop, *, today: date) -> Tapped:
    """Raises Bad with sentences by field: "" for the tap as a whole, else the input's or the measure's name."""
    verdict, clause_key = post.get("verdict", ""), post.get("clause", "")
    lines = {line.key: line for line in visiting.lines_of(stop)}
    line = lines.get(clause_key)
    if verdict not in VERDICTS or (line is None and not stands_alone(verdict, clause_key)):
        raise Bad({"": _("This clause is not on the branch's sheet.")})
    device_at = moment(post.get("device_at", ""))
    words = read_words(post)
    common = {
        "key": key_of(post),
        "verdict": verdict,
        "clause_key": clause_key,
        "on": day_of(device_at, stop, today=today),
        "device_at": device_at,
        "remark": words["remark"],
    }
    if verdict == REST:
        known = [key for key in post.getlist("clauses") if key in lines]
        return Tapped(**common, clauses=tuple(known) if "clauses" in post else None)
    if verdict != PROBLEM:
        return Tapped(**common)
    values, label = read_measures(line, post) if line else (None, "")
    if line and is_award(line):
        return awarded(common, values, words["text"])
    text = words["text"] or composed(line, label)
    if not text:
        raise Bad({"text": _("Say in a sentence what is wrong, or press what falls short.")})
    return Tapped(**common, values=values, text=text, words=details(post, words))


def awarded(common: Mapping[str, Any], values: Mapping[str, Any] | None, text: str) -> Tapped:
    if values is None:
        raise Bad({"text": _("Say what it was for and at which level.")})
    return Tapped(**common, values=values, text=text, is_award=True)


def stands_alone(verdict: str, clause_key: str) -> bool:
    """其余均符合 and a problem beside the standard name no clause."""
    return not clause_key and verdict in (REST, PROBLEM)


def key_of(post: Any) -> uuid.UUID:
    try:
        return uuid.UUID(post.get("key", ""))
    except ValueError:
        raise Bad({"": _("This page is out of date. Reload it.")}) from None


def moment(typed: str) -> datetime | None:
    """What the phone's clock said; nonsense is nothing."""
    try:
        found = parse_datetime(typed[:40])
    except ValueError:
        return None
    # Years at the ends of the calendar have no day in every zone.
    return found if found and timezone.is_aware(found) and 2000 <= found.year <= 2100 else None


def day_of(device_at: datetime | None, stop: Stop, *, today: date) -> date:
    """The day the tap was made: a tap sent late keeps its day, a wrong clock does not make one up."""
    day = timezone.localdate(device_at) if device_at else today
    return day if stop.visit.starts_on <= day <= today else today


def read_words(post: Any) -> dict[str, str]:
    try:
        typed = "；".join(
            [*post.getlist("phrase"), *filter(None, [clean_text(post.get("text", "")).strip()])]
        )
        words = {
            "text": clean_text(typed).strip(),
            "remark": clean_line(post.get("remark", "")),
            "responsible": clean_line(post.get("responsible", "")),
        }
    except Unclean as bad:
        raise Bad({"text": bad.sentence}) from None
    for name, longest in LONGEST.items():
        if sentence := too_long(words[name], most=longest):
            raise Bad({name: sentence})
    return words


def read_measures(line: Line, post: Any) -> tuple[dict[str, Any] | None, str]:
    """(measures that fall short or None, the same as words for the finding's text)."""
    prefix = prefix_of(line.key)
    given: Fields = {name: post.getlist(name) for name in post if name.startswith(prefix)}
    clean, unclean = cleaned(given, prefix)
    values, errors = read(line, clean, prefix) if not unclean else ({}, unclean)
    if errors:
        raise Bad(errors)
    short = short_of(line, values)
    return short or None, spoken(
        questions(line, reader(), prefix=prefix, post=clean)
    ) if short else ""


def composed(line: Line | None, label: str) -> str:
    """What was pressed on a clause that asks several things says itself what is wrong."""
    if not line or not label:
        return ""
    if len(line.typed) > 1:
        return label[: LONGEST["text"]]
    return f"{line.wording(reader()).rstrip('。.')}：{label}"[: LONGEST["text"]]


def details(post: Any, words: Mapping[str, str]) -> dict[str, Any]:
    """Severity, deadline and responsible person, as far as they were named; the clause says the rest."""
    said: dict[str, Any] = {}
    if post.get("severity") in Severity.values:
        said["severity"] = post["severity"]
    days, _sep, unit = post.get("due", "").partition(":")
    if (
        days.isascii()
        and days.isdecimal()
        and unit in deadlines.UNITS
        and len(days) <= len(str(DUE_MOST))
        and 0 < int(days) <= DUE_MOST
    ):
        said |= {"due_days": int(days), "due_unit": unit}
    if words["responsible"]:
        said["responsible"] = words["responsible"]
    return said


def take(
    actor: Actor, stop: Stop, tapped: Tapped, *, now: datetime, evidence=()
) -> Finding | bool | int:
    """Hand the tap to its action. Refused as the action refuses."""
    at = {"key": tapped.key, "on": tapped.on, "device_at": tapped.device_at, "now": now}
    if tapped.verdict == REST:
        return visiting.rest_conform(actor, stop, clauses=tapped.clauses, **at)
    if tapped.verdict == PROBLEM and not tapped.is_award:
        return visiting.tap_problem(
            actor,
            stop,
            clause_key=tapped.clause_key,
            text=tapped.text,
            values=tapped.values,
            evidence=evidence,
            **at,
            **tapped.words,
        )
    return visiting.tap(
        actor,
        stop,
        clause_key=tapped.clause_key,
        verdict=tapped.verdict,
        values=tapped.values,
        remark=tapped.text or tapped.remark,
        **at,
    )


def photo_of(stop: Stop, key: uuid.UUID, *, by) -> Finding:
    """The finding a photo belongs to, by the key of the tap that logged it."""
    found = Finding.objects.filter(stop=stop, client_key=key, logged_by=by).first()
    if found is None:
        raise Refused(_("The problem this photo belongs to has not been received."))
    return found
