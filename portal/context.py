"""What the frame of every page shows: the menu, the unit, the open notices."""

from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Notice
from accounts.roles import COUNTY, FILERS, Kind, Role
from branches.models import Organization

BUSINESS = COUNTY | FILERS
WHOLE = BUSINESS | {Role.INSPECTOR}


def menu_entries():
    """(label, url name, icon, roles, kinds) in the order of the left menu."""
    return [
        (_("Workbench"), "home", "house", WHOLE, set(Kind)),
        (_("Branches"), "branches:list", "diagram-3", BUSINESS, set()),
        (_("Standard"), "standards:list", "journal-check", WHOLE, set()),
        (_("Self-assessment"), "inspections:assessments", "pencil-square", BUSINESS, set()),
        (
            _("Inspections"),
            "inspections:visits",
            "clipboard-check",
            COUNTY | {Role.INSPECTOR},
            set(),
        ),
        (_("Rectification ledger"), "inspections:ledger", "list-task", WHOLE, set()),
        (_("Results"), "scoring:results", "bar-chart", BUSINESS, set()),
        (_("Accounts"), "accounts:users", "people", set(), {Kind.SYSTEM, Kind.SECURITY}),
        (_("Trail"), "accounts:trail", "shield-check", set(), {Kind.AUDIT}),
    ]


# Where a page's trail begins, where its address does not say so.
BELONGS = {
    "scoring:simulation": "standards:list",
    "scoring:adoption": "inspections:assessments",
    "inspections:cycles": "inspections:assessments",
    "inspections:cycle_create": "inspections:assessments",
}


def menu(request, actor):
    return [
        {
            "label": label,
            "url": reverse(name),
            "icon": icon,
            "active": active(request, name),
        }
        for label, name, icon, roles, kinds in menu_entries()
        if actor.has(*roles) or request.user.kind in kinds
    ]


def active(request, name):
    found = request.resolver_match
    belongs = BELONGS.get(found.view_name) if found else None
    if belongs:
        return name == belongs
    url = reverse(name)
    return request.path == url if name == "home" else request.path.startswith(url)


def unit_of(actor):
    """The unit a person works for; who is only on visits belongs to none of the branches visited."""
    if not actor.has(*WHOLE - {Role.INSPECTOR}):
        return None
    return Organization.objects.filter(pk=actor.home_id).first()


@cache
def script_words(language):
    """What the scripts may have to say: the same on every page of one language."""
    return render_to_string("parts/words.html")


def bare_frame(request):
    """What is the same for everybody, and asks the database for nothing."""
    return {
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "banner": _(
            "This system is not for classified matter: never store, process or send state secrets here."
        ),
        "feedback_url": reverse("accounts:suggest"),
        "demo": settings.BRANCHMARK_DEMO,
        "script_words": script_words(get_language()),
    }


def frame(request):
    actor = getattr(request, "actor", None)
    if actor is None:
        return bare_frame(request)
    staff = request.user.is_administrator
    return bare_frame(request) | {
        "reader": request.user,
        "idle_minutes": settings.IDLE_MINUTES_ADMINISTRATOR if staff else settings.IDLE_MINUTES,
        "menu": menu(request, actor),
        "unit": SimpleLazyObject(lambda: unit_of(actor)),
        "todo_count": Notice.objects.visible_to(actor).unread().count(),
    }
