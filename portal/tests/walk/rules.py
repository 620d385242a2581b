"""What an answer must be, told from the tables and from who is where; and what is wrong with one that is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace

from django.urls import reverse

from portal.tests.walk import matrix
from portal.tests.walk.cast import KINDS
from portal.tests.walk.samples import Sample
from portal.tests.walk.steps import ANYBODY, Answer, plain

SHOWN = {"GET": {200, 302}, "HEAD": {200, 302}, "POST": {200, 302, 422}}
HELD_BACK = {403, 409}  # by the state of the row, or because this person did the step before
REFUSED = {403, 404, 405, 409}


@dataclass(frozen=True)
class Asked:
    """The question behind an answer. `nowhere`: what the same actor got for a row that does not exist."""

    world: SimpleNamespace
    sample: Sample
    need: str
    nowhere: Answer | None = None


def wrong(answer: Answer, asked: Asked) -> list[str]:
    """Every deviation, in words; nothing when all is well."""
    leaks = sorted(asked.world.ink.spilt(answer.text, to=answer.actor))
    found = [f"leaks {leak}" for leak in leaks]
    if (said := status_wrong(answer, asked)) is not None:
        found.append(said)
    return [f"{answer}: {said}" for said in [*found, *writing_wrong(answer, asked)]]


def status_wrong(answer: Answer, asked: Asked) -> str | None:
    if answer.actor == ANYBODY:
        return guest_wrong(answer, asked)
    if asked.need == "public":
        return None if answer.status in {200, 302, 422, 429} else "a public page refuses"
    if answer.actor not in asked.sample.found_by(answer.method):
        return hidden_wrong(answer, asked)
    if not may(answer, asked):
        return None if answer.status == 403 else "the role may not, expected 403"
    allowed = SHOWN[answer.method] | (
        HELD_BACK if asked.need != "login" or answer.method == "POST" else set()
    )
    return None if answer.status in allowed else "the role may"


def may(answer: Answer, asked: Asked) -> bool:
    if asked.need == "login":
        return True
    # A tie opens the page of one unit; no role is held there.
    if answer.actor == "tied" and asked.sample.args:
        return False
    return matrix.may(answer.actor, asked.need)


def guest_wrong(answer: Answer, asked: Asked) -> str | None:
    sign_in = f"Location: {reverse('accounts:sign_in')}"
    is_sent = answer.status == 302 and sign_in in answer.text
    if asked.need == "public":
        return (
            "a public page asks to sign in"
            if is_sent and answer.name != "accounts:sign_out"
            else None
        )
    return None if is_sent else "a guest is not sent to the sign-in page"


def hidden_wrong(answer: Answer, asked: Asked) -> str | None:
    """404, or 403 for a page that is not this role's at all; and never different from a row that is not there."""
    nowhere = asked.nowhere or answer
    closed = asked.need != "login" and not matrix.may(answer.actor, asked.need)
    if answer.status != 404 and not (closed and answer.status == 403):
        return "hidden, expected 404"
    if (answer.status, plain(answer)) != (nowhere.status, plain(nowhere)):
        return "tells a hidden row from one that does not exist"
    return None


def writing_wrong(answer: Answer, asked: Asked) -> list[str]:
    """Nothing is written on a refusal, and never under a path the actor does not hold."""
    if answer.status in REFUSED and answer.deeds:
        return ["wrote to the trail on a refusal"]
    if answer.actor in KINDS or answer.actor == ANYBODY:
        return []
    roots: Mapping[str, tuple[str, ...]] = asked.world.roots
    outside = [p for p in answer.deeds if p and not p.startswith(roots[answer.actor])]
    return [f"wrote under {path}" for path in outside]
