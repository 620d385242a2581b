"""Who plans visits, who judges on site, who confirms and signs.

Without a target a row answers for the role alone: lists and the generated walk ask that way.
"""

from accounts.roles import COUNTY, Role
from branches.permits import Permit
from branches.scope import Actor
from inspections.models import CycleState, Stop, StopState, Visit

OFFICER = frozenset({Role.COUNTY_OFFICER})
TEAM = frozenset({Role.INSPECTOR})


def owner_path(visit: Visit) -> str:
    return visit.owner.path


def branch_path(stop: Stop) -> str:
    return stop.branch.path


def is_open(actor: Actor, stop: Stop | None) -> bool:
    """On the team, the sheet not yet confirmed, the cycle not closed."""
    return stop is None or (
        stop.state in (StopState.PLANNED, StopState.BEGUN)
        and is_member(actor, stop)
        and is_live(stop.visit)
    )


def is_live(visit: Visit) -> bool:
    """A closed cycle takes no more verdicts; a visit without a cycle lasts as long as its window."""
    return visit.cycle is None or visit.cycle.state == CycleState.OPEN


def is_member(actor: Actor, stop: Stop | None) -> bool:
    if stop is None:
        return True
    return any(member.user_id == actor.user.pk for member in stop.visit.members.all())


def leads(actor: Actor, stop: Stop) -> bool:
    members = stop.visit.members.all()
    return any(m.user_id == actor.user.pk and m.is_leader for m in members)


def can_confirm(actor: Actor, stop: Stop | None) -> bool:
    return stop is None or (stop.state == StopState.BEGUN and leads(actor, stop))


def can_sign(actor: Actor, stop: Stop | None) -> bool:
    return stop is None or (stop.state == StopState.CONFIRMED and is_member(actor, stop))


def can_reopen(actor: Actor, stop: Stop | None) -> bool:
    """Before anybody signed, the leader may take the confirmation back."""
    return stop is None or (stop.state == StopState.CONFIRMED and leads(actor, stop))


STOP_TABLE = {
    "stop.view": Permit(roles=COUNTY | TEAM, path=branch_path),
    "stop.judge": Permit(roles=TEAM, path=branch_path, when=is_open),
    "stop.photo": Permit(roles=TEAM, path=branch_path, when=is_member),
    "stop.confirm": Permit(roles=TEAM, path=branch_path, when=can_confirm),
    "stop.reopen": Permit(roles=TEAM, path=branch_path, when=can_reopen),
    "stop.sign": Permit(roles=TEAM, path=branch_path, when=can_sign),
}
TABLE = {
    "visit.plan": Permit(roles=OFFICER),
    "visit.change": Permit(roles=OFFICER, path=owner_path),
} | STOP_TABLE
