"""The filter bar of the results. It lives in the address; what cannot be read narrows nothing."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.find import LONGEST, matching
from branches.models import SHEET_CHOICES, CommitteeField, Field, Organization
from branches.order import tree_order
from branches.scope import Actor, under
from branches.unit_field import UnitField
from inspections.models import Cycle
from scoring.models import Proposal, Result
from scoring.verdicts import rests_on_site, verdict

VERDICTS = [
    (Proposal.PASS.value, gettext_lazy("Up to standard, decided or proposed")),
    (Proposal.FAIL.value, gettext_lazy("Not up to standard, decided or proposed")),
    (Proposal.OPEN.value, gettext_lazy("Not all clauses judged")),
    (Proposal.NOT_GRADED.value, gettext_lazy("Not graded")),
]
STATES = [
    ("undecided", gettext_lazy("Not decided")),
    ("decided", gettext_lazy("Decided, not published")),
    ("published", gettext_lazy("Published")),
]
BASES = [
    ("site", gettext_lazy("Accepted on site")),
    ("paper", gettext_lazy("Not accepted on site")),
]
# A number of branches opens their list without the committees' own results.
OF = {
    "branches": gettext_lazy("Branches"),
    "committees": gettext_lazy("Committees and party groups"),
}
FIRST_ROW, MORE_ROW = ("unit", "field", "verdict", "tier"), ("of", "state", "basis")


class ResultFilter(forms.Form):
    """`cycle` is settled by the view, because it decides which tiers and columns there are."""

    q = forms.CharField(
        label=gettext_lazy("Name, initials or secretary"), required=False, max_length=LONGEST
    )
    unit = UnitField()
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    verdict = forms.ChoiceField(label=gettext_lazy("Conclusion"), required=False)
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), required=False)
    of = forms.ChoiceField(label=gettext_lazy("Whose"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Decision"), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("Acceptance on site"), required=False)

    def __init__(self, data, *, actor: Actor, tiers: dict[str, str]):
        super().__init__(data)
        self.fields["unit"].offer(actor, data.get("unit", ""))
        every = [("", gettext_lazy("All"))]
        self.fields["field"].choices = every + SHEET_CHOICES
        self.fields["verdict"].choices = every + VERDICTS
        self.fields["tier"].choices = every + list(tiers.items())
        self.fields["of"].choices = every + list(OF.items())
        self.fields["state"].choices = every + STATES
        self.fields["basis"].choices = every + BASES
        self.is_valid()

    @property
    def chosen(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def selects(self) -> list[dict]:
        return [self.box(name) for name in FIRST_ROW]

    @property
    def more(self) -> list[dict]:
        return [self.box(name) for name in MORE_ROW]

    @property
    def more_is_used(self) -> bool:
        return any(name in self.chosen for name in MORE_ROW)

    def box(self, name: str) -> dict:
        picked = self.chosen.get(name, "")
        options = [(str(code), label) for code, label in self.fields[name].choices]
        options[0] = ("", _("All"))
        return {
            "name": name,
            "label": self.fields[name].label,
            "options": options,
            "picked": str(getattr(picked, "pk", picked)),
        }

    @property
    def summary(self) -> str:
        """The filter in words, for the page, the export and the print."""
        colon = _(": ")
        said = [f"{self.fields[name].label}{colon}{self.word(name)}" for name in self.chosen]
        return _("; ").join(said) or _("none")

    def word(self, name: str) -> str:
        value = self.chosen[name]
        if isinstance(value, Organization):
            return value.short_name
        return str(dict(getattr(self.fields[name], "choices", [])).get(value, value))


def listed(actor: Actor, cycle: Cycle, chosen: dict) -> QuerySet[Result]:
    """The rows of the list in protocol order: what the screen, the export and a batch all mean."""
    rows = Result.objects.visible_to(actor).filter(cycle=cycle).annotate(verdict=verdict())
    for name, value in chosen.items():
        rows = rows.filter(NARROW[name](value))
    if basis := chosen.get("basis"):
        rows = rows.filter(pk__in=on_basis(rows, on_site=basis == "site"))
    return (
        rows.select_related("branch", "cycle__edition", "detail")
        .defer("detail__told", "detail__notes", "detail__sums")
        .order_by(*tree_order("branch__"))
    )


def on_basis(rows: QuerySet[Result], *, on_site: bool) -> list[int]:
    """Read in Python: what a JSON key holds is not asked alike on both engines."""
    known = rows.order_by().values_list("pk", "detail__sources")
    return [pk for pk, sources in known if rests_on_site(sources) == on_site]


def in_state(state: str) -> Q:
    if state == "published":
        return Q(published_at__isnull=False)
    return Q(published_at=None, decided_pass__isnull=state == "undecided")


NARROW = {
    "q": lambda text: Q(branch__in=Organization.objects.filter(matching(text)).values("pk")),
    "unit": lambda unit: under([unit.path]),
    "field": lambda field: Q(field=field),
    "verdict": lambda word: Q(verdict=word),
    # The tier that stands: the decided one where there is one.
    "tier": lambda tier: Q(decided_tier=tier) | Q(decided_tier="", tier=tier),
    "of": lambda of: Q(field__in=CommitteeField if of == "committees" else Field),
    "state": in_state,
    "basis": lambda basis: Q(),
}
