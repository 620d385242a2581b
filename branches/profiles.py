"""What the page of a branch shows: each fact with its source and date, the checks, the year's meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Deed
from branches.checks import Prompt, prompts
from branches.meetings import Everything, held, last_months
from branches.models import BranchForm, MeetingKind, Organization, Profile

RECENT = 20
TELLING = ("profile.edit", "roster.write", "approval.record")
DEEDS = {
    "profile.edit": gettext_lazy("Profile changed"),
    "roster.write": gettext_lazy("Written from a roster"),
    "approval.record": gettext_lazy("Approval recorded"),
    "organization.create": gettext_lazy("Unit set up"),
    "organization.amend": gettext_lazy("Name or order changed"),
    "organization.move": gettext_lazy("Moved to another parent"),
    "organization.close": gettext_lazy("Unit closed"),
    "organization.reopen": gettext_lazy("Unit reopened"),
    "organization.link": gettext_lazy("Tie added"),
    "organization.unlink": gettext_lazy("Tie removed"),
    "meeting.record": gettext_lazy("Meeting recorded"),
    "meeting.remove": gettext_lazy("Meeting record removed"),
    "meeting.tick": gettext_lazy("Monthly meetings ticked"),
}
GROUPS = (
    ("form", "full_members", "probationary_members", "cells", "committee_size", "joint_units"),
    ("secretary", "secretary_since", "vacant_since", "deputy", "phone"),
    (
        "founded_on",
        "term_started_on",
        "term_ends_on",
        "term_delay_document",
        "term_delayed_until",
        "election_planned_on",
    ),
    ("premises_area", "premises_note", "weak_since"),
)
ONLY_WHEN_SET = {
    "joint_units", "vacant_since", "term_delay_document", "term_delayed_until",
    "election_planned_on", "deputy", "weak_since",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One fact: what it says, where it comes from and since when, and what the Regulation would ask."""

    label: str
    text: str
    source: str
    at: datetime | None
    prompts: list[Prompt]


def facts_shown(branch: Organization, *, today: date) -> dict[str, Any]:
    """{"groups": facts in four groups, "pairs": two beside each other for paper, "prompts": in order}"""
    profile = branch.profile
    found = prompts(profile, field=branch.field, today=today)
    origin = origins(branch)
    groups = [
        [
            _fact(profile, name, origin.get(name), found)
            for name in names
            if _is_shown(profile, name)
        ]
        for names in GROUPS
    ]
    return {"groups": groups, "pairs": in_pairs(groups), "prompts": found}


def in_pairs(groups: list[list[Fact]]) -> list[list[Fact]]:
    facts = [fact for group in groups for fact in group]
    return [facts[at : at + 2] for at in range(0, len(facts), 2)]


def _is_shown(profile: Profile, name: str) -> bool:
    return name not in ONLY_WHEN_SET or bool(getattr(profile, name))


def _fact(profile: Profile, name: str, deed: Deed | None, found: Iterable[Prompt]) -> Fact:
    return Fact(
        label=str(Profile._meta.get_field(name).verbose_name),
        text=text_of(profile, name),
        source=source_of(deed) if deed else _("Entered at set-up"),
        at=deed.at if deed else None,
        prompts=[prompt for prompt in found if prompt.fact == name],
    )


def text_of(profile: Profile, name: str) -> str:
    value = getattr(profile, name)
    if name == "form":
        return str(BranchForm(value).label)
    if value in (None, ""):
        return "—"
    if name == "phone":
        return masked(value)
    return f"{value} m²" if name == "premises_area" else str(value)


def masked(phone: str) -> str:
    """The middle of a mobile number is nobody's business on paper: 138****5678."""
    digits = phone.strip()
    if len(digits) == 11 and digits.isdigit() and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    return phone


def origins(branch: Organization) -> dict[str, Deed]:
    """{field: the last deed that wrote it}, from the trail."""
    found: dict[str, Deed] = {}
    deeds = Deed.objects.filter(
        object_type="branches.organization", object_id=str(branch.pk), verb__in=TELLING
    ).order_by("-at", "-pk")
    for deed in deeds[:RECENT]:
        for name in deed.params.get("changed", {}):
            found.setdefault(name, deed)
    return found


def source_of(deed: Deed) -> str:
    if deed.verb == "roster.write":
        return _("Roster, %(name)s") % {"name": deed.by_name}
    if deed.verb == "approval.record":
        return _("Approval %(number)s, %(name)s") % {
            "number": deed.params["number"],
            "name": deed.by_name,
        }
    return _("Form, %(name)s") % {"name": deed.by_name}


def deeds_about(unit: Organization) -> list[dict[str, Any]]:
    """The last things done to the unit, newest first."""
    found = Deed.objects.filter(
        object_type="branches.organization", object_id=str(unit.pk), verb__in=DEEDS
    ).order_by("-at", "-pk")
    return [{"word": DEEDS[d.verb], "by": d.by_name, "at": d.at} for d in found[:8]]


def told(months: list[date], counts: dict[date, int]) -> str:
    """The months in which something was held, in one line."""
    held_in = [(month, counts[month]) for month in months if counts.get(month)]
    return _(", ").join(
        (_("month %(month)s: %(n)s") if n > 1 else _("month %(month)s"))
        % {"month": month.month, "n": n}
        for month, n in held_in
    )


def life_of(branch: Organization, *, today: date) -> dict[str, Any]:
    """The last twelve months of meetings: kinds down, months across."""
    months = last_months(today)
    counts = held([branch.pk], first=months[0], last=today, options=Everything())[branch.pk]
    lines = [
        {
            "label": kind.label,
            "told": told(months, counts.get(kind.value, {})),
            "needless": kind == MeetingKind.CELL and not branch.profile.cells,
            "counts": [counts.get(kind.value, {}).get(month, 0) for month in months],
            "total": sum(counts.get(kind.value, {}).values()),
        }
        for kind in MeetingKind
    ]
    return {"months": months, "lines": lines, "meeting_total": sum(x["total"] for x in lines)}
