"""Forms of planning, signing and entering from paper. They check their own fields; they never save."""

import uuid

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import DayField, KeyField, LineField, PersonField, RowsField
from accounts.models import User
from accounts.roles import Kind, Role
from branches.forms import cells, helper
from branches.models import Grant, Organization
from branches.order import tree_order
from branches.scope import under
from inspections.models import Cycle, CycleState, Member, Visit

LONGEST_DAYS = 366


def able(owner: Organization):
    """Business accounts of the county: roles under it, on a team of it before, or still without any role."""
    here = Grant.objects.filter(under([owner.path], prefix="organization__"), user=OuterRef("pk"))
    any_role = Grant.objects.filter(user=OuterRef("pk"))
    teams = Member.objects.filter(visit__owner=owner, user=OuterRef("pk"))
    rows = User.objects.filter(kind=Kind.BUSINESS, is_active=True).annotate(
        has_inspected=Exists(here.filter(role=Role.INSPECTOR)) | Exists(teams),
        is_fresh=~Exists(any_role),
    )
    return rows.filter(Q(has_inspected=True) | Q(is_fresh=True) | Exists(here)).order_by(
        "-has_inspected", "-is_fresh", "name", "pk"
    )


def visitable(owner: Organization, *, today, visit: Visit | None = None):
    """Open branches of the county, and those already on the visit."""
    below = Organization.objects.within(owner).branches()
    wanted = Q(pk__in=below.open(today).values("pk"))
    if visit is not None:
        wanted |= Q(pk__in=visit.stops.values("branch_id"))
    return below.filter(wanted).select_related("parent").order_by(*tree_order())


class PlanForm(forms.Form):
    """A visit: when, who, which branches. The template draws people and branches as lists to tick."""

    name = LineField(label=gettext_lazy("Name of the visit"), max_length=60)
    cycle = forms.ModelChoiceField(
        label=gettext_lazy("Accepts for the cycle"),
        queryset=Cycle.objects.none(),
        required=False,
        empty_label=gettext_lazy("No cycle (problems only)"),
    )
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))
    team = RowsField(label=gettext_lazy("Team"), queryset=User.objects.none(), required=False)
    leader = forms.ModelChoiceField(
        label=gettext_lazy("Team leader"),
        queryset=User.objects.none(),
        error_messages={"required": gettext_lazy("Choose the team leader.")},
    )
    branches = RowsField(
        label=gettext_lazy("Branches to visit"),
        queryset=Organization.objects.none(),
        error_messages={"required": gettext_lazy("Choose at least one branch to visit.")},
    )
    client_key = KeyField()

    def __init__(self, *args, owner: Organization, today, visit: Visit | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.visit = today, visit
        self.fields["team"].queryset = self.fields["leader"].queryset = able(owner)
        self.fields["branches"].queryset = visitable(owner, today=today, visit=visit)
        running = Cycle.objects.filter(owner=owner, state=CycleState.OPEN).order_by("-starts_on")
        self.fields["cycle"].queryset = running
        if visit is not None:
            del self.fields["cycle"]
        elif not self.is_bound:
            self.initial.setdefault("cycle", running.first())
            self.initial.setdefault("client_key", uuid.uuid4())
        names = (
            ("name", "starts_on", "ends_on") if visit else ("name", "cycle", "starts_on", "ends_on")
        )
        self.helper = helper(cells(*names), "client_key")

    def clean(self):
        values = super().clean()
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes after the first."))
        elif first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("ends_on", _("A visit lasts a year at most."))
        if last and last < self.today:
            self.add_error("ends_on", _("The last day is already over."))
        return values

    def changes(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "client_key"}

    def people(self) -> list[dict]:
        """Every person to tick, with what is ticked now."""
        ticked = {str(pk) for pk in self["team"].value() or ()}
        leader = str(self["leader"].value() or "")
        return [
            {
                "user": user,
                "is_member": str(user.pk) in ticked,
                "is_leader": str(user.pk) == leader,
                "is_usual": user.has_inspected or user.is_fresh or str(user.pk) in ticked,
            }
            for user in self.fields["team"].queryset
        ]

    def unusual(self) -> int:
        """How many accounts stand folded away."""
        return sum(not person["is_usual"] for person in self.people())

    def groups(self) -> list[dict]:
        """Branches by the unit above them, in protocol order."""
        ticked = {str(pk) for pk in self["branches"].value() or ()}
        groups: dict[int, dict] = {}
        for branch in self.fields["branches"].queryset:
            group = groups.setdefault(
                branch.parent_id, {"unit": branch.parent, "rows": [], "ticked": 0}
            )
            is_ticked = str(branch.pk) in ticked
            group["rows"].append({"branch": branch, "is_ticked": is_ticked})
            group["ticked"] += is_ticked
        return list(groups.values())


class SignForm(forms.Form):
    """Who signed the paper for the branch, and when."""

    representative = PersonField(label=gettext_lazy("Signed for the branch by"), max_length=40)
    signed_on = DayField(label=gettext_lazy("Day of signing"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(cells("representative", "signed_on"))


class EntryForm(forms.Form):
    """The head of the entry from paper: the day the team was really there."""

    visited_on = DayField(label=gettext_lazy("Day of the visit"))
    client_key = KeyField()

    def __init__(self, *args, first, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.first, self.today = first, today
        self.fields["visited_on"].widget.attrs |= {
            "min": first.isoformat(), "max": today.isoformat(),
        }  # fmt: skip
        self.helper = helper(cells("visited_on"), "client_key")

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if not self.first <= day <= self.today:
            raise forms.ValidationError(
                _("The day lies between the first day of the visit and today.")
            )
        return day
