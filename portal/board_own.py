"""The workbenches of one branch, of an inspector on the road, and of the three administrators."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Pulse, Suggestion, User
from accounts.outbox import oldest_due
from accounts.pulse import silent
from accounts.roles import Kind
from branches.models import Organization
from branches.scope import Actor
from inspections import cycles
from inspections.models import StopState, Visit
from portal.board_links import to
from portal.board_parts import Card
from portal.board_unit import unit_board
from scoring.sections import history


def branch_board(actor: Actor) -> dict:
    """Like the unit's, narrowed to the branch, with its own page and its results."""
    home = Organization.objects.filter(pk=actor.home_id).select_related("parent", "profile").first()
    words = unit_board(actor)
    own = history(actor, home) if home else None
    return words | {
        "template": "portal/home_branch.html",
        "home": home,
        "unit": home,
        "history": own["context"] if own else None,
    }


def inspector_board(actor: Actor) -> dict:
    """Today's visits with their stops, in the order of the road."""
    today = Visit.objects.visible_to(actor).filter(
        starts_on__lte=actor.today, ends_on__gte=actor.today
    )
    rows = today.prefetch_related("stops__branch__parent", "members__user").order_by("starts_on")
    return {
        "template": "portal/home_inspector.html",
        "visits": [visit_shown(visit) for visit in rows],
        "cycle": cycles.running(actor),
    }


def visit_shown(visit: Visit) -> dict:
    stops = sorted(visit.stops.all(), key=lambda stop: (stop.position, str(stop.pk)))
    return {
        "visit": visit,
        "stops": [(stop, TONES[stop.state]) for stop in stops],
        "next": next((s for s in stops if s.state in (StopState.BEGUN, StopState.PLANNED)), None),
        "done": sum(stop.state in DONE for stop in stops),
        "members": [member.user.name for member in visit.members.all()],
    }


DONE = (StopState.CONFIRMED, StopState.SIGNED)
TONES = {
    StopState.PLANNED: "muted",
    StopState.BEGUN: "info",
    StopState.CONFIRMED: "warn",
    StopState.SIGNED: "ok",
}


def system_board(actor: Actor, *, now) -> dict:
    accounts = User.objects.visible_to(actor)
    unanswered = Suggestion.objects.visible_to(actor).filter(replied_at=None).count()
    return {
        "template": "portal/home_staff.html",
        "cards": [
            Card(_("Accounts"), accounts.count(), to("accounts:users"), "people"),
        ],
        "unanswered": unanswered,
        "health": health(now=now),
    }


def security_board(actor: Actor, *, now) -> dict:
    accounts = User.objects.visible_to(actor)
    return {
        "template": "portal/home_staff.html",
        "cards": [Card(_("Accounts"), accounts.count(), to("accounts:users"), "people")],
    }


def audit_board(actor: Actor, *, now) -> dict:
    return {"template": "portal/home_staff.html", "cards": []}


STAFF = {Kind.SYSTEM: system_board, Kind.SECURITY: security_board, Kind.AUDIT: audit_board}


def health(*, now) -> dict:
    """What the system administrator looks at first: are the two programs behind the web server alive?"""
    heard = dict(Pulse.objects.values_list("name", "beat_at"))
    oldest = oldest_due(now=now)
    return {
        "pulses": [
            {"name": name, "at": timezone.localtime(at), "silent": name in silent(now=now)}
            for name, at in sorted(heard.items())
        ],
        "silent": silent(now=now),
        "oldest": timezone.localtime(oldest) if oldest else None,
    }
