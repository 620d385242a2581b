"""The forms of an edition's composition, one for each section: rows to fill in, empty ones are left out.

Keys are never typed: a row keeps the key it had, a new one gets the next free key of its section.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.utils.translation import gettext as _

from accounts.fields import LineField
from branches.forms import helper
from portal.kit.normal import NARROW
from standards.composing.describe import LANGUAGES
from standards.composing.shapes import BRANCHES_AVERAGE, BRANCHES_PASSING, OWN_TOTAL
from standards.forms import Fold, cells
from standards.language import reader
from standards.models import Edition
from standards.rules.amounts import read_amount, write_amount
from standards.screens import chapter_title, tier_label

JSON = dict[str, Any]
WIDE, NARROW_CELL = "col-12 col-lg-6", "col-6 col-lg-3"


class AmountField(forms.CharField):
    """A number as a decimal string in its shortest form; empty is None."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 12}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value):
        typed = (value or "").translate(NARROW).strip()
        amount = read_amount(typed) if typed else None
        if typed and amount is None:
            raise forms.ValidationError(_("Give a number such as 12 or 12.5."))
        return None if amount is None else write_amount(amount)


class CountField(AmountField):
    """A whole number."""

    def to_python(self, value):
        found = super().to_python(value)
        if found is None:
            return None
        if not found.isdecimal() or len(found) > 6:
            raise forms.ValidationError(_("Give a whole number."))
        return int(found)


class Choices:
    """What the forms of one edition offer."""

    def __init__(self, edition: Edition) -> None:
        self.lang, self.plan = reader(), edition.composition
        self.words = LANGUAGES[self.lang]
        chapters = edition.chapters.order_by("position", "pk")
        self.chapters = [(c.key, chapter_title(c, self.lang)) for c in chapters]
        self.tiers = [(tier["key"], tier_label(tier, self.lang)) for tier in edition.tiers]
        clauses = edition.clauses.order_by("position", "pk").values_list("key", "code", "rule")
        self.clauses = [(key, clause_name(code)) for key, code, _rule in clauses]
        self.giving = [
            (key, clause_name(code)) for key, code, rule in clauses if gives_entries(rule)
        ]

    def label(self, part: Mapping[str, Any]) -> str:
        return (
            (part.get("label_en") if self.lang == "en" else "") or part.get("label") or part["key"]
        )

    def parts(self, section: str) -> list[tuple[str, str]]:
        return [(part["key"], self.label(part)) for part in self.plan.get(section, [])]

    @property
    def figures(self) -> list[tuple[str, str]]:
        derived = [(key, self.words.FIGURES[key]) for key in (BRANCHES_AVERAGE, BRANCHES_PASSING)]
        return self.parts("figures") + derived

    @property
    def sources(self) -> list[tuple[str, str]]:
        return list(self.words.SOURCES.items())

    @property
    def within(self) -> list[tuple[str, str]]:
        return list(self.words.WITHIN.items())


def clause_name(code: str) -> str:
    return _("Clause %(code)s") % {"code": code}


def gives_entries(rule: JSON | None) -> bool:
    """Adds to or takes from the total, so that a bonus group may hold it."""
    steps = (rule or {}).get("steps", [])
    return any(step["shape"] == "adjust" and not step.get("inside") for step in steps)


def pick(label: str, choices: Sequence, *, empty: str = "—") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


def tick(label: str, choices: Sequence) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def named(label: str) -> LineField:
    return LineField(label=label, max_length=40, required=False)


class SectionForm(forms.Form):
    """`section` of the composition. Single fields come first, then rows of `columns`."""

    section = ""
    ROWS = 0
    key_prefix = ""

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer = Choices(edition)
        self.agreed = edition.composition.get(self.section)
        self.fields |= self.single()
        layout: list = [cells(*self.fields, css=NARROW_CELL)] if self.fields else []
        rows = [self.cells_of(at) for at in range(self.ROWS)]
        layout += rows[: self.open_rows]
        if self.open_rows < self.ROWS:
            layout.append(Fold(_("More rows"), *rows[self.open_rows :]))
        for at, item in enumerate(self.items()[: self.ROWS]):
            self.initial |= {f"{name}_{at}": value for name, value in self.shown(item).items()}
        self.initial |= self.shown_single()
        self.helper = helper(*layout)

    def cells_of(self, at: int) -> Row:
        columns = {f"{name}_{at}": field for name, field in self.columns().items()}
        self.fields |= columns
        return cells(*columns, css=WIDE if len(columns) < 4 else NARROW_CELL)

    @property
    def open_rows(self) -> int:
        """What is agreed and room for one more; the others are folded."""
        return max(len(self.items()) + 1, 2)

    def items(self) -> list[JSON]:
        return list(self.agreed or [])

    def single(self) -> dict[str, forms.Field]:
        return {}

    def shown_single(self) -> JSON:
        return {}

    def columns(self) -> dict[str, forms.Field]:
        return {}

    def shown(self, item: JSON) -> JSON:
        """The item as the initial values of its row."""
        return item

    def item(self, row: JSON) -> JSON:
        """The row as an item, without its key."""
        return {name: value for name, value in row.items() if value not in (None, "", [])}

    def is_filled(self, row: JSON) -> bool:
        return any(value not in (None, "", []) for value in row.values())

    def required(self, row: JSON) -> tuple[str, ...]:
        """Names that a row which says anything must say."""
        return ()

    def clean(self):
        values = super().clean()
        for at in range(self.ROWS):
            row = {name: values.get(f"{name}_{at}") for name in self.columns()}
            for name in self.required(row) if self.is_filled(row) else ():
                if row.get(name) in (None, "", []):
                    self.want(f"{name}_{at}")
        return values

    def want(self, name: str) -> None:
        if name not in self.errors:
            self.add_error(name, _("Please fill this in."))

    def changes(self) -> Any:
        """The section's JSON; empty means that nothing of the kind is agreed."""
        return self.listed()

    def listed(self) -> list[JSON]:
        taken, known = set(), self.items()
        found = []
        for at in range(self.ROWS):
            row = {name: self.cleaned_data.get(f"{name}_{at}") for name in self.columns()}
            if self.is_filled(row):
                own = known[at].get("key") if at < len(known) else None
                found.append((own, self.item(row)))
                taken.add(own)
        return [{**self.keyed(own, taken), **item} for own, item in found]

    def keyed(self, own: str | None, taken: set) -> JSON:
        if not self.key_prefix:
            return {}
        used = taken | {item.get("key") for item in self.items()}
        free = (f"{self.key_prefix}{n}" for n in range(1, 100))
        key = own or next(key for key in free if key not in used)
        taken.add(key)
        return {"key": key}


def kept(values: Mapping[str, Any], *names: str) -> JSON:
    return {name: values[name] for name in names if values.get(name) not in (None, "", [])}


def divided(value: str | None) -> tuple[str, str]:
    kind, _sign, name = (value or "").partition(":")
    return kind, name


__all__ = [
    "OWN_TOTAL", "AmountField", "Choices", "CountField", "SectionForm", "divided", "kept", "named",
    "pick", "tick",
]  # fmt: skip
