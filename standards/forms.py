"""Forms of an edition and its clauses. They check their own fields and never save."""

from typing import Any
from uuid import uuid4

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Column, Fieldset, Layout, Row
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import CountField, KeyField, LineField, MeasuredField, TextField
from branches.forms import helper
from branches.models import SHEET_CHOICES, Field
from portal.kit import points
from portal.kit.layouts import MOST_PASTED
from standards.language import reader
from standards.models import Edition
from standards.rules.options import QUESTIONS, Question

LONGEST = 4_000
LONGEST_NOTE = 500
MOST_POINTS = 1_000_000
EXAMPLE, EMPTY = "example", "empty"


class ProseField(TextField):
    """Text of several lines, as many of them shown as `rows`."""

    def __init__(self, *, rows: int = 3, code: bool = False, **options: Any) -> None:
        attrs = {"rows": rows}
        if code:
            attrs |= {"class": "font-monospace", "spellcheck": "false"}
        options.setdefault("max_length", LONGEST)
        super().__init__(widget=forms.Textarea(attrs=attrs), **options)


class PointsField(forms.Field):
    """Points typed as 0.5, kept as hundredths; empty means that there are none."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 12}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value):
        typed = (value or "").strip()
        if not typed:
            return None
        found = points.parse(typed)
        if found is None or not 0 <= found <= MOST_POINTS:
            raise forms.ValidationError(_("Give points with at most two decimals, such as 2.5."))
        return found

    def prepare_value(self, value):
        return points.show(value) if isinstance(value, int) else value


def cells(*names: str, css: str = "col-12 col-sm-6 col-lg-4") -> Row:
    return Row(*(Column(name, css_class=css) for name in names))


class DraftForm(forms.Form):
    """What a new draft begins with."""

    client_key = KeyField(initial=uuid4)
    origin = forms.ChoiceField(label=gettext_lazy("Begin with"), widget=forms.RadioSelect)
    name = LineField(label=gettext_lazy("Name of the edition"), max_length=100)
    year = CountField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.editions = {str(edition.pk): edition for edition in editions}
        copies = [
            (key, _("A copy of %(edition)s") % {"edition": edition.dated_name})
            for key, edition in self.editions.items()
        ]
        others = [
            (EXAMPLE, _("The example edition, to be edited")),
            (EMPTY, _("Nothing yet: our own scoring table will be imported")),
        ]
        self.fields["origin"].choices = copies + others
        self.initial.setdefault("origin", (copies + others)[0][0])
        self.helper = helper(
            Layout("client_key", "origin", cells("name", css="col-12"), cells("year"))
        )

    def changes(self) -> dict[str, Any]:
        origin = self.cleaned_data["origin"]
        return {
            "client_key": self.cleaned_data["client_key"],
            "from_edition": self.editions.get(origin),
            "from_example": origin == EXAMPLE,
            "name": self.cleaned_data["name"],
            "year": self.cleaned_data["year"],
        }


class HeadForm(forms.ModelForm):
    """The head of an edition: its name and the paper it was issued by."""

    name = LineField(label=gettext_lazy("Name of the edition"), max_length=100)
    year = CountField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)
    issuer = LineField(label=gettext_lazy("Issued by"), max_length=100, required=False)
    document_number = LineField(
        label=gettext_lazy("Document number"), max_length=60, required=False
    )
    approving_authority = LineField(
        label=gettext_lazy("Approved by"), max_length=100, required=False
    )
    approving_number = LineField(
        label=gettext_lazy("Approval number"), max_length=60, required=False
    )
    note = ProseField(label=gettext_lazy("Note"), required=False)
    base = PointsField(label=gettext_lazy("Points of each field's sheet"))
    ceiling = PointsField(label=gettext_lazy("Most points with bonus"))

    class Meta:
        model = Edition
        fields = [
            "name", "year", "issuer", "document_number", "approving_authority",
            "approving_number", "base", "ceiling", "note",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(
            cells("name", "year"),
            cells("issuer", "document_number"),
            cells("approving_authority", "approving_number"),
            cells("base", "ceiling"),
            "note",
        )

    def clean(self):
        values = super().clean()
        base, ceiling = values.get("base"), values.get("ceiling")
        if base is not None and ceiling is not None and ceiling < base:
            self.add_error("ceiling", _("Not below the points of the sheet."))
        return values


class OptionsForm(forms.Form):
    """The questions a-l, each answered once for the edition."""

    def __init__(self, *args, options: dict[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        lang = reader()
        for number, question in enumerate(QUESTIONS, start=1):
            choices = [(str(answer.value), getattr(answer, lang)) for answer in question.answers]
            self.fields[question.name] = forms.ChoiceField(
                label=f"{number}. {getattr(question, lang)}",
                choices=choices,
                widget=forms.RadioSelect,
                initial=str(options.get(question.name, question.answers[0].value)),
            )
        self.helper = helper(*(question.name for question in QUESTIONS))

    def changes(self) -> dict[str, str | bool]:
        return {q.name: self._answer(q) for q in QUESTIONS}

    def _answer(self, question: Question) -> str | bool:
        chosen = self.cleaned_data[question.name]
        return next(a.value for a in question.answers if str(a.value) == chosen)


class TiersForm(forms.Form):
    """The tiers best first: label, lowest points, whether it passes. The keys stay."""

    ROWS = 6

    def __init__(self, *args, tiers: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        self.tiers = tiers
        rows = []
        for at in range(self.ROWS):
            tier = tiers[at] if at < len(tiers) else {}
            self.fields[f"label_{at}"] = LineField(
                label=_("Tier"), max_length=20, required=False, initial=tier.get("label", "")
            )
            self.fields[f"label_en_{at}"] = LineField(
                label=_("In English"), max_length=40, required=False,
                initial=tier.get("label_en", ""),
            )  # fmt: skip
            self.fields[f"floor_{at}"] = PointsField(
                label=_("From points"), required=False, initial=tier.get("floor", "")
            )
            self.fields[f"passes_{at}"] = forms.BooleanField(
                label=_("Passes"), required=False, initial=tier.get("passes", False)
            )
            names = (f"label_{at}", f"floor_{at}", f"label_en_{at}", f"passes_{at}")
            title = _("Tier %(n)s") % {"n": at + 1}
            widths = ("col-6 col-lg-3", "col-6 col-lg-3", "col-12 col-lg-4", "col-12 col-lg-2")
            columns = (Column(name, css_class=css) for name, css in zip(names, widths, strict=True))
            rows.append(Fieldset(title, Row(*columns)))
        self.helper = helper(*rows)

    def clean(self):
        values = super().clean()
        floors = []
        for at in range(self.ROWS):
            label, floor = values.get(f"label_{at}"), values.get(f"floor_{at}")
            if label and floor is None and f"floor_{at}" not in self.errors:
                self.add_error(f"floor_{at}", _("From how many points?"))
            if label and floor is not None:
                floors.append((at, floor))
        for (_one, higher), (at, lower) in zip(floors, floors[1:], strict=False):
            if lower >= higher:
                self.add_error(f"floor_{at}", _("List the tiers from high to low."))
        if not floors or floors[-1][1] != 0:
            raise forms.ValidationError(_("The lowest tier begins at 0."))
        return values

    def changes(self) -> list[dict[str, Any]]:
        found = []
        for at in range(self.ROWS):
            values = {n: self.cleaned_data[f"{n}_{at}"] for n in ("label", "label_en", "passes")}
            if values["label"]:
                floor = points.show(self.cleaned_data[f"floor_{at}"])
                found.append({"key": self._key(at), **values, "floor": floor})
        return found

    def _key(self, at: int) -> str:
        return self.tiers[at]["key"] if at < len(self.tiers) else f"tier{at + 1}"


class UploadForm(forms.Form):
    """A table for a draft, as a file or pasted; the fields take the points of a table with one column of points."""

    client_key = KeyField(initial=uuid4)
    file = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx) or document (.docx)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"}),
    )
    text = MeasuredField(
        label=gettext_lazy("Or paste the table"),
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy("Cells copied from WPS or Excel, or numbered paragraphs."),
    )
    fields = forms.MultipleChoiceField(
        label=gettext_lazy("A table with one column of points holds for"),
        choices=SHEET_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, served: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields"].initial = served or Field.values
        self.helper = helper("client_key", "file", "text", InlineCheckboxes("fields"))

    def clean(self):
        values = super().clean()
        if not self.errors and not values.get("file") and not values.get("text", "").strip():
            self.add_error("file", _("Choose a file or paste the table."))
        return values


class TitleForm(forms.Form):
    title = LineField(label=gettext_lazy("Title of the chapter"), max_length=60)


class ChapterForm(TitleForm):
    client_key = KeyField(initial=uuid4)


class ReturnForm(forms.Form):
    """Why a submitted draft goes back."""

    reason = ProseField(label=gettext_lazy("What has to be changed"))


class SubmitForm(forms.Form):
    """A word to whoever issues."""

    note = ProseField(
        label=gettext_lazy("A word to the issuer"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("What to look at; it stays in the history of the standard."),
    )


class Fold(Fieldset):
    """A part of a form most people leave alone: folded, its head says how much of it is filled in."""

    template = "standards/fold.html"

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        fields = [form[pointer.name] for pointer in self.get_field_names()]
        self.filled = sum(is_written(field) for field in fields)
        self.is_wrong = any(field.errors for field in fields)
        return super().render(form, context, template_pack, **kwargs)


def is_written(field: forms.BoundField) -> bool:
    """Something stands there that did not stand there beforehand."""
    is_choice = isinstance(field.field, forms.ChoiceField)
    is_preset = is_choice and not isinstance(field.field, forms.MultipleChoiceField)
    return not is_preset and field.value() not in (None, "", [], False, field.field.initial)
