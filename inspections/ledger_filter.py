"""The filter bar of the ledger. It lives in the address; what cannot be read narrows nothing."""

from datetime import date

from django import forms
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import PARENT, Role
from branches.models import Organization
from branches.order import tree_order
from branches.scope import Actor, under
from branches.unit_field import UnitField
from inspections.models import (
    Cycle,
    Entry,
    Extension,
    Finding,
    FindingSource,
    FindingStage,
)
from portal.kit.normal import loose
from standards.models import Severity

LONGEST = 50
# overdue and due7 can be combined with everything else; "mine" is what waits for the reader
DUE = [
    ("overdue", gettext_lazy("Overdue")),
    ("due7", gettext_lazy("Due within 7 days")),
    ("due30", gettext_lazy("Due within 30 days")),
    ("long", gettext_lazy("Long-term")),
    ("extension", gettext_lazy("Extension asked")),
    ("look_back", gettext_lazy("Look-back due")),
    ("rebounded", gettext_lazy("Rebounded")),
]
SHOWN = [
    ("open", gettext_lazy("Open ones")),
    ("mine", gettext_lazy("Waiting for me")),
    ("closed_month", gettext_lazy("Closed this month")),
]
# what is still to be done stands before what is over
OVER = Case(When(stage__in=("closed", "withdrawn"), then=1), default=0)
SORTS = {
    "": [OVER, F("due_on").asc(nulls_last=True), "number", "pk"],
    "due": [F("due_on").asc(nulls_last=True), "number", "pk"],
    "-due": [F("due_on").desc(nulls_last=True), "-number", "-pk"],
    "number": ["number", "pk"],
    "-number": ["-number", "-pk"],
    "found": ["found_on", "pk"],
    "-found": ["-found_on", "-pk"],
    "stage": ["stage", F("due_on").asc(nulls_last=True), "pk"],
    "-stage": ["-stage", F("due_on").asc(nulls_last=True), "pk"],
    "branch": [],
}
FIRST_ROW, MORE_ROW = ("unit", "stage", "due", "show"), ("severity", "source", "cycle", "sort")


class LedgerFilter(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Keyword, number or person"), required=False, max_length=LONGEST
    )
    unit = UnitField()
    branch = forms.ModelChoiceField(
        label=gettext_lazy("Branch"), required=False, queryset=Organization.objects.none()
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("All")), *FindingStage.choices],
    )
    due = forms.ChoiceField(
        label=gettext_lazy("Deadline"), required=False, choices=[("", gettext_lazy("All")), *DUE]
    )
    show = forms.ChoiceField(
        label=gettext_lazy("Show"), required=False, choices=[("", gettext_lazy("All")), *SHOWN]
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"),
        required=False,
        choices=[("", gettext_lazy("All")), *Severity.choices],
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Source"),
        required=False,
        choices=[("", gettext_lazy("All")), *FindingSource.choices],
    )
    cycle = forms.ModelChoiceField(
        label=gettext_lazy("Benchmark cycle"), required=False, queryset=Cycle.objects.none()
    )
    category = forms.CharField(label=gettext_lazy("Category"), required=False, max_length=40)
    clause = forms.CharField(label=gettext_lazy("Clause"), required=False, max_length=60)
    sort = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[
            ("", gettext_lazy("Open ones first, by deadline")),
            ("due", gettext_lazy("By deadline")),
            ("-due", gettext_lazy("By deadline, latest first")),
            ("branch", gettext_lazy("By protocol order")),
            ("-found", gettext_lazy("Newest first")),
            ("found", gettext_lazy("Oldest first")),
            ("number", gettext_lazy("By number")),
            ("-number", gettext_lazy("By number, latest first")),
            ("stage", gettext_lazy("By status")),
        ],
    )

    def __init__(self, data, *, actor: Actor):
        super().__init__(data)
        self.actor = actor
        self.fields["branch"].queryset = Organization.objects.filter(under(actor.paths()))
        self.fields["unit"].offer(actor, data.get("unit", ""))
        self.fields["cycle"].queryset = Cycle.objects.visible_to(actor).order_by("-ends_on", "pk")
        self.is_valid()

    @property
    def chosen(self) -> dict:
        """Only what could be read; a wrong value in the address narrows nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def selects(self) -> list[dict]:
        return [self.box(name) for name in FIRST_ROW]

    @property
    def more(self) -> list[dict]:
        return [self.box(name) for name in MORE_ROW]

    def box(self, name: str) -> dict:
        picked = self.chosen.get(name, "")
        value = str(getattr(picked, "pk", picked))
        options = [(str(code), label) for code, label in self.fields[name].choices]
        if options and options[0][0] == "":
            options[0] = ("", _("Open ones first, by deadline") if name == "sort" else _("All"))
        return {
            "name": name,
            "label": self.fields[name].label,
            "options": options,
            "picked": value,
        }

    @property
    def more_is_used(self) -> bool:
        return any(name in self.chosen for name in (*MORE_ROW, "category", "clause", "branch"))

    @property
    def summary(self) -> str:
        """The filter in words, for the page, the export and the print."""
        colon = _(": ")
        said = [
            f"{self.fields[name].label}{colon}{self.word(name)}"
            for name in self.chosen
            if name != "sort"
        ]
        return _("; ").join(said) or _("none")

    def word(self, name: str) -> str:
        value = self.chosen[name]
        if isinstance(value, Organization):
            return value.short_name
        return str(dict(getattr(self.fields[name], "choices", [])).get(value, value))


def listed(actor: Actor, chosen: dict) -> QuerySet[Finding]:
    """The rows of the ledger in their order: what the screen, the export and the print all show."""
    rows = Finding.objects.visible_to(actor)
    for name, value in chosen.items():
        if name in NARROW:
            rows = rows.filter(NARROW[name](value, actor))
    rows = rows.annotate(latest=latest_progress(), extension_asked=Exists(open_extensions()))
    sort = chosen.get("sort", "")
    order = [*tree_order("branch__"), "number"] if sort == "branch" else SORTS[sort]
    return rows.select_related(
        "branch__parent", "unit__parent", "owner", "notification", "edition", "cycle"
    ).order_by(*order)


def latest_progress() -> Subquery:
    """The last thing the unit said."""
    said = Entry.objects.filter(finding=OuterRef("pk"), move__in=("progress", "submit"))
    return Subquery(said.order_by("-at", "-pk").values("note")[:1])


def open_extensions() -> QuerySet:
    return Extension.objects.filter(finding=OuterRef("pk"), decided_at=None)


def by_text(text: str, actor: Actor) -> Q:
    """Every word occurs somewhere in number, text, branch or person."""
    condition = Q()
    for word in loose(text)[:LONGEST].split() or [text]:
        condition &= (
            Q(number__icontains=word)
            | Q(text__icontains=word)
            | Q(measures__icontains=word)
            | Q(branch__name__icontains=word)
            | Q(branch__initials__contains=word.lower())
            | Q(responsible=word)
            | Q(leader=word)
            | Q(category__icontains=word)
        )
    return condition


def by_due(due: str, actor: Actor) -> Q:
    rows = Finding.objects.order_by()
    if due == "overdue":
        return Q(pk__in=rows.overdue(actor.today))
    if due in ("due7", "due30"):
        return Q(pk__in=rows.due_within(actor.today, int(due.removeprefix("due"))))
    if due == "long":
        return Q(is_long_term=True, stage=FindingStage.IN_PROGRESS)
    if due == "extension":
        return Q(pk__in=Extension.objects.filter(decided_at=None).values("finding"))
    if due == "look_back":
        return Q(stage=FindingStage.CLOSED, look_back_on__lte=actor.today)
    return Q(pk__in=Entry.objects.filter(move="rebound").values("finding"))


def by_show(show: str, actor: Actor) -> Q:
    if show == "mine":
        return waiting_for(actor)
    if show == "closed_month":
        return Q(stage=FindingStage.CLOSED, closed_on__range=(month(actor.today), actor.today))
    return ~Q(stage__in=(FindingStage.CLOSED, FindingStage.WITHDRAWN))


def month(today: date) -> date:
    return today.replace(day=1)


def waiting_for(actor: Actor) -> Q:
    """What waits for the reader by role: the unit its own, the parent what to verify, the county its end."""
    me = actor.user.pk
    signed = Q(signoffs__by=me, signoffs__round=F("round"))
    to_do = Q(stage__in=(FindingStage.ISSUED, FindingStage.IN_PROGRESS))
    asked = Q(pk__in=Extension.objects.filter(decided_at=None).values("finding"))
    at_branch = under(actor.paths(Role.BRANCH_CLERK, *PARENT), prefix="unit__") & to_do
    at_parent = under(actor.paths(*PARENT), prefix="unit__") & Q(stage=FindingStage.SUBMITTED)
    at_county = under(actor.paths(Role.COUNTY_OFFICER), prefix="branch__") & (
        Q(stage__in=(FindingStage.CONFIRMED, FindingStage.OBJECTED, FindingStage.VERIFIED)) | asked
    )
    serious = under(actor.paths(Role.COUNTY_LEADER), prefix="branch__") & Q(
        stage=FindingStage.VERIFIED, severity=Severity.SERIOUS
    )
    theirs = Q(pk__in=Finding.objects.filter(signed, stage__in=PASSING).values("pk"))
    return (at_branch | at_parent | at_county | serious) & ~theirs


PASSING = (FindingStage.SUBMITTED, FindingStage.VERIFIED)
NARROW = {
    "q": by_text,
    "unit": lambda unit, actor: under([unit.path], prefix="branch__"),
    "branch": lambda branch, actor: Q(branch=branch),
    "stage": lambda stage, actor: Q(stage=stage),
    "due": by_due,
    "show": by_show,
    "severity": lambda severity, actor: Q(severity=severity),
    "source": lambda source, actor: Q(source=source),
    "cycle": lambda cycle, actor: Q(cycle=cycle),
    "category": lambda category, actor: Q(category=category),
    "clause": lambda clause, actor: Q(clause_key=clause),
}
