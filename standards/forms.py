"""Forms of an edition and its clauses. They check their own fields and never save."""

from typing import Any
from uuid import uuid4

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.forms import LineField, helper
from branches.models import Field
from portal.kit import points
from portal.kit.normal import Unclean, clean_text
from standards.issuing import rule_problems
from standards.language import reader
from standards.models import Clause, Edition, Mode, Severity
from standards.rules.conditions import check_applies
from standards.rules.notation import from_text, to_text
from standards.rules.options import QUESTIONS, Question
from standards.rules.problems import Problem, RuleError
from standards.vocabulary import (
    CADENCES,
    METHODS,
    NOT_APPLICABLE,
    UNITS,
    applies_from,
    applies_text,
)

LONGEST = 4_000
MOST_POINTS = 1_000_000
EXAMPLE, EMPTY = "example", "empty"


class ProseField(forms.CharField):
    """Text of several lines, cleaned; characters that cannot be stored are refused."""

    def __init__(self, *, rows: int = 3, code: bool = False, **options: Any) -> None:
        attrs = {"rows": rows, "maxlength": LONGEST}
        if code:
            attrs |= {"class": "font-monospace", "spellcheck": "false", "wrap": "off"}
        super().__init__(max_length=LONGEST, widget=forms.Textarea(attrs=attrs), **options)

    def to_python(self, value):
        try:
            return clean_text(super().to_python(value) or "")
        except Unclean as bad:
            raise forms.ValidationError(bad.sentence) from bad


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

    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    origin = forms.ChoiceField(label=gettext_lazy("Begin with"), widget=forms.RadioSelect)
    name = LineField(label=gettext_lazy("Name of the edition"), max_length=100)
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.editions = {str(edition.pk): edition for edition in editions}
        copies = [
            (key, _("A copy of %(edition)s") % {"edition": f"{edition.name} {edition.year}"})
            for key, edition in self.editions.items()
        ]
        others = [
            (EXAMPLE, _("The example edition, to be edited")),
            (EMPTY, _("Nothing yet: our own scoring table will be imported")),
        ]
        self.fields["origin"].choices = copies + others
        self.initial.setdefault("origin", (copies + others)[0][0])
        self.helper = helper(Layout("client_key", "origin", cells("name", "year")))

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
        for question in QUESTIONS:
            choices = [(str(answer.value), getattr(answer, lang)) for answer in question.answers]
            self.fields[question.name] = forms.ChoiceField(
                label=f"{question.letter}. {getattr(question, lang)}",
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
            names = (f"label_{at}", f"label_en_{at}", f"floor_{at}", f"passes_{at}")
            rows.append(cells(*names, css="col-6 col-lg-3"))
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
    """A workbook for a draft; the fields take the points of a table with one column of points."""

    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    file = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    fields = forms.MultipleChoiceField(
        label=gettext_lazy("A table with one column of points holds for"),
        choices=Field.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, served: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields"].initial = served or Field.values
        self.helper = helper("client_key", "file", "fields")


class TitleForm(forms.Form):
    title = LineField(label=gettext_lazy("Title of the chapter"), max_length=60)


class ChapterForm(TitleForm):
    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ClauseForm(forms.ModelForm):
    """One clause with its points per field and its rule in the notation of docs/rules.md."""

    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    code = LineField(label=gettext_lazy("Clause no."), max_length=20)
    text = ProseField(label=gettext_lazy("Demand"))
    text_en = ProseField(label=gettext_lazy("Demand in English"), required=False, rows=2)
    guidance = ProseField(label=gettext_lazy("Guidance"), required=False, rows=2)
    evidence = ProseField(label=gettext_lazy("Records wanted"), required=False, rows=2)
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("Method"),
        choices=METHODS.items(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    cadence = forms.ChoiceField(
        label=gettext_lazy("Cadence"), choices=[("", "—"), *CADENCES.items()], required=False
    )
    mode = forms.ChoiceField(label=gettext_lazy("Mode"), choices=Mode.choices)
    severity = forms.ChoiceField(label=gettext_lazy("Severity"), choices=Severity.choices)
    deadline_days = forms.IntegerField(
        label=gettext_lazy("Time to rectify"), min_value=1, max_value=730
    )
    deadline_unit = forms.ChoiceField(label=gettext_lazy("Counted in"), choices=UNITS.items())
    not_applicable = forms.ChoiceField(
        label=gettext_lazy("When it does not apply"),
        choices=[("", gettext_lazy("As the edition says")), *NOT_APPLICABLE.items()],
        required=False,
    )
    rule_text = ProseField(label=gettext_lazy("Scoring rule as printed"), required=False)
    rule_notation = ProseField(
        label=gettext_lazy("Machine rule"),
        required=False,
        rows=8,
        code=True,
        help_text=gettext_lazy("Empty: a person judges, with a reason."),
    )
    applies_text = ProseField(
        label=gettext_lazy("Applies when"),
        required=False,
        rows=2,
        help_text=gettext_lazy("One condition per line, such as: full_members >= 7"),
    )
    phrases_text = ProseField(
        label=gettext_lazy("Frequent problems"),
        required=False,
        rows=4,
        help_text=gettext_lazy("One per line; inspectors choose from them."),
    )
    basis = LineField(label=gettext_lazy("Basis"), max_length=100, required=False)

    class Meta:
        model = Clause
        fields = [
            "chapter", "code", "text", "text_en", "guidance", "evidence", "methods", "mode",
            "cadence", "rule_text", "mandatory", "basis", "severity", "deadline_days",
            "deadline_unit", "not_applicable", "under_review",
        ]  # fmt: skip

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition = edition
        chapters = edition.chapters.order_by("position", "pk")
        self.fields["chapter"].queryset = chapters
        self.fields["chapter"].label_from_instance = lambda chapter: chapter.title
        self.fields["under_review"].label = _("Under review")
        self.chapters = {chapter.key for chapter in chapters}
        held = (
            {row.field: row.points for row in self.instance.points.all()}
            if self.instance.pk
            else {}
        )
        for field in Field:
            self.fields[f"points_{field}"] = PointsField(
                label=field.label, required=False, initial=held.get(field.value)
            )
        if self.instance.pk:
            self.initial |= written(self.instance)
        self.helper = helper(*layout())

    def clean_rule_notation(self):
        text = self.cleaned_data["rule_notation"]
        if not text:
            return None
        try:
            return from_text(text)
        except RuleError as wrong:
            raise as_errors(wrong.problems) from wrong

    def clean_applies_text(self):
        conditions = applies_from(self.cleaned_data["applies_text"])
        found = check_applies(conditions)
        if found:
            raise as_errors(found)
        return conditions

    def clean(self):
        values = super().clean()
        if values.get("rule_notation") and not self.errors:
            tiers = {tier["key"] for tier in self.edition.tiers}
            found = rule_problems(
                values["rule_notation"],
                maxima=sorted(set(self.points().values())),
                tiers=tiers,
                chapters=self.chapters,
            )
            if found:
                self.add_error("rule_notation", as_errors(found))
        return values

    def points(self) -> dict[str, int]:
        given = {field.value: self.cleaned_data.get(f"points_{field}") for field in Field}
        return {field: amount for field, amount in given.items() if amount is not None}

    def changes(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        phrases = [line.strip() for line in self.cleaned_data["phrases_text"].splitlines()]
        return values | {
            "rule": self.cleaned_data["rule_notation"],
            "applies": self.cleaned_data["applies_text"],
            "phrases": [phrase for phrase in phrases if phrase],
            "points": self.points(),
        }


def layout() -> list[Any]:
    return [
        "client_key",
        Fieldset(_("What is demanded"), cells("chapter", "code", "basis"), "text", "text_en",
                 cells("mandatory", "under_review")),
        Fieldset(_("How it is checked"), "guidance", "evidence", "methods",
                 cells("mode", "cadence", "not_applicable"), "applies_text"),
        Fieldset(_("How it is scored"), "rule_text", "rule_notation"),
        Fieldset(_("Points by field; empty: not on that sheet"),
                 cells(*(f"points_{field}" for field in Field), css="col-6 col-sm-4 col-lg-3")),
        Fieldset(_("When something is wrong"),
                 cells("severity", "deadline_days", "deadline_unit"), "phrases_text"),
    ]  # fmt: skip


def written(clause: Clause) -> dict[str, str]:
    return {
        "rule_notation": to_text(clause.rule, reader()) if clause.rule is not None else "",
        "applies_text": applies_text(clause.applies),
        "phrases_text": "\n".join(clause.phrases),
    }


def as_errors(problems: list[Problem]) -> forms.ValidationError:
    said = dict.fromkeys(problem.say(reader()) for problem in problems)
    return forms.ValidationError(list(said))
