"""The filter bar of the list of branches. It lives in the address; what cannot be read is left out."""

from datetime import date, timedelta

from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.checks import ELECTION_NOTICE_MONTHS, LARGEST_BRANCH
from branches.facts import add_months
from branches.find import LONGEST, matching
from branches.models import BranchForm, Field, Organization, OrgKind
from branches.order import tree_order
from branches.scope import Actor

TERMS = [
    ("overdue", gettext_lazy("Overdue without approval")),
    ("delayed", gettext_lazy("Later election approved")),
    ("3", gettext_lazy("Ends within 3 months")),
    ("6", gettext_lazy("Ends within 6 months")),
    ("12", gettext_lazy("Ends within 12 months")),
    ("unknown", gettext_lazy("End not known")),
]
SHOWN = [
    ("closed", gettext_lazy("Closed units")),
    ("units", gettext_lazy("Committees and other units")),
    ("vacant", gettext_lazy("Secretary vacant")),
    ("over", gettext_lazy("More than 50 members")),
    ("weak", gettext_lazy("On the weak list")),
]


class BranchFilter(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Name, initials or secretary"), required=False, max_length=LONGEST
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        required=False,
        queryset=Organization.objects.none(),
        widget=forms.HiddenInput,
    )
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    form = forms.ChoiceField(label=gettext_lazy("Form of the branch"), required=False)
    term = forms.ChoiceField(label=gettext_lazy("Term of office"), required=False)
    show = forms.ChoiceField(label=gettext_lazy("Which units"), required=False)

    def __init__(self, data, *, actor: Actor):
        super().__init__(data)
        self.fields["unit"].queryset = Organization.objects.visible_to(actor).exclude(
            kind=OrgKind.BRANCH
        )
        for name, choices in self.boxes().items():
            self.fields[name].choices = choices
        self.is_valid()

    def boxes(self) -> dict[str, list]:
        """The select boxes with their choices, in the order of the bar."""
        return {
            "field": [("", _("All")), *Field.choices],
            "form": [("", _("All")), *BranchForm.choices],
            "term": [("", _("All")), *TERMS],
            "show": [("", _("Open branches")), *SHOWN],
        }

    @property
    def chosen(self) -> dict:
        """Only what could be read; a wrong value in the address narrows nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def selects(self) -> list[dict]:
        """The select boxes of the bar with what is picked, wrong values as if nothing were."""
        return [
            {
                "name": n,
                "label": self[n].label,
                "field": self.fields[n],
                "picked": self.chosen.get(n, ""),
            }
            for n in self.boxes()
        ]

    @property
    def summary(self) -> str:
        """The filter in words, for the page, the export and the print."""
        colon = _(": ")
        said = [f"{self.fields[name].label}{colon}{self._word(name)}" for name in self.chosen]
        return _("; ").join(said) or _("none")

    def _word(self, name: str) -> str:
        value = self.chosen[name]
        return str(dict(getattr(self.fields[name], "choices", [])).get(value, value))


def listed(actor: Actor, chosen: dict) -> QuerySet[Organization]:
    """The branches (or other units) of the list, in protocol order, with parent and profile."""
    rows = Organization.objects.visible_to(actor).select_related("parent", "profile")
    rows = shown(rows, chosen.get("show", ""), actor.today)
    if unit := chosen.get("unit"):
        rows = rows.within(unit)
    if field := chosen.get("field"):
        rows = rows.filter(field=field)
    if form := chosen.get("form"):
        rows = rows.filter(profile__form=form)
    if term := chosen.get("term"):
        rows = rows.filter(term_due(term, today=actor.today))
    if text := chosen.get("q"):
        rows = rows.filter(matching(text))
    return rows.order_by(*tree_order())


def shown(rows: QuerySet, show: str, today: date) -> QuerySet:
    if show == "closed":
        return rows.filter(closed_on__lte=today)
    if show == "units":
        return rows.exclude(kind=OrgKind.BRANCH).open(today)
    rows = rows.branches().open(today)
    if show == "vacant":
        return rows.filter(Q(profile__secretary="") | Q(profile__vacant_since__isnull=False))
    if show == "over":
        members = F("profile__full_members") + F("profile__probationary_members")
        return rows.annotate(members=members).filter(members__gt=LARGEST_BRANCH)
    if show == "weak":
        return rows.filter(profile__weak_since__isnull=False)
    return rows


def term_due(term: str, *, today: date) -> Q:
    """Temporary branches have no term."""
    ordinary = ~Q(profile__form=BranchForm.TEMPORARY)
    if term == "unknown":
        return ordinary & Q(profile__term_ends_on=None)
    if term == "overdue":
        return ordinary & Q(profile__term_ends_on__lt=today) & ~delay_approved(today)
    if term == "delayed":
        return ordinary & Q(profile__term_ends_on__lt=today) & delay_approved(today)
    ends = add_months(today, int(term))
    return ordinary & Q(profile__term_ends_on__range=(today, ends - timedelta(days=1)))


def delay_approved(today: date) -> Q:
    """As facts.is_delayed says it, for the database."""
    lasting = Q(profile__term_delayed_until=None) | Q(profile__term_delayed_until__gte=today)
    return ~Q(profile__term_delay_document="") & lasting


def election_due(today: date) -> Q:
    """Branches to be reminded of their election (Regulation: six months before)."""
    return term_due(str(ELECTION_NOTICE_MONTHS), today=today)
