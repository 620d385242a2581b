"""The form of one clause: its words, its rule in the notation, its points per field."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import uuid4

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import CountField, KeyField, LineField
from branches.forms import helper
from branches.models import SHEET_FIELDS, CommitteeField, Field
from standards import blank_forms
from standards.forms import Fold, PointsField, ProseField, cells
from standards.issuing import rule_problems
from standards.language import reader
from standards.models import Clause, ClausePoints, Edition, Mode, Severity
from standards.phrases import SURE
from standards.reading import phrase
from standards.rule_prose import as_named, prose
from standards.rules.conditions import check_applies
from standards.rules.notation import from_text, is_notation, to_text
from standards.rules.problems import Problem, RuleError
from standards.vocabulary import (
    CADENCES,
    METHODS,
    NOT_APPLICABLE,
    UNITS,
    applies_from,
    applies_shown,
)

# Where most branches are; asked first while an edition has no points yet.
USUAL = {Field.RURAL, Field.COMMUNITY, Field.ORGAN, Field.INSTITUTION}
NARROW = "col-6 col-sm-4 col-lg-3"


class ClauseForm(forms.ModelForm):
    """One clause with its points per field and its rule in the notation of docs/rules.md."""

    client_key = KeyField(initial=uuid4, required=False)
    code = LineField(label=gettext_lazy("Clause no."), max_length=20)
    text = ProseField(label=gettext_lazy("Demand"))
    text_en = ProseField(label=gettext_lazy("Demand in English"), required=False, rows=2)
    guidance = ProseField(label=gettext_lazy("Guidance"), required=False, rows=2)
    evidence = ProseField(label=gettext_lazy("Records wanted"), required=False, rows=2)
    good_example = ProseField(
        label=gettext_lazy("Filled example"),
        required=False,
        rows=4,
        help_text=gettext_lazy("What a proper record looks like; invented units, no persons."),
    )
    work_steps = ProseField(
        label=gettext_lazy("Work steps"),
        required=False,
        rows=4,
        help_text=gettext_lazy("One step per line, in order."),
    )
    blank_form = ProseField(
        label=gettext_lazy("Blank form"),
        required=False,
        rows=4,
        help_text=gettext_lazy("The title on the first line, then one column per line."),
    )
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("Method"),
        choices=METHODS.items(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    checked_by = LineField(
        label=gettext_lazy("Checking unit"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("The department that scores this clause; a unit, no person."),
    )
    cadence = forms.ChoiceField(
        label=gettext_lazy("Cadence"), choices=[("", "—"), *CADENCES.items()], required=False
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Mode"),
        choices=Mode.choices,
        help_text=gettext_lazy(
            "Carried over: last time's entry stays until something changes. Each period: entered anew."
        ),
    )
    severity = forms.ChoiceField(label=gettext_lazy("Severity"), choices=Severity.choices)
    deadline_days = CountField(
        label=gettext_lazy("Time to rectify"),
        min_value=1,
        max_value=730,
        initial=Clause._meta.get_field("deadline_days").default,
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
        rows=5,
        code=True,
        help_text=gettext_lazy(
            "A phrase in Chinese, such as “每少1次扣0.5分，扣完为止”, or lines of the notation; the preview says how it was read. Empty: a person judges, with a reason."
        ),
    )
    applies_text = ProseField(
        label=gettext_lazy("Applies when"),
        required=False,
        rows=2,
        help_text=gettext_lazy(
            "One condition per line, such as: Full members≥7. Empty: it applies to every branch."
        ),
    )
    phrases_text = ProseField(
        label=gettext_lazy("Frequent problems"),
        required=False,
        rows=4,
        help_text=gettext_lazy("One per line; inspectors choose from them."),
    )
    basis = LineField(label=gettext_lazy("Basis"), max_length=100, required=False)
    photo_reason = LineField(
        label=gettext_lazy("Why a photo is needed"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Such as: the notice board must be legible. Empty: no photo is asked for."
        ),
    )

    class Meta:
        model = Clause
        fields = [
            "chapter", "code", "text", "text_en", "guidance", "evidence", "good_example",
            "work_steps", "blank_form", "methods", "checked_by", "mode", "cadence", "rule_text", "mandatory", "basis", "severity", "deadline_days",
            "deadline_unit", "not_applicable", "photo_reason", "under_review",
        ]  # fmt: skip

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.unread = self.shown_rule = ""
        chapters = edition.chapters.order_by("position", "pk")
        self.fields["chapter"].queryset = chapters
        self.fields["chapter"].label = _("Chapter")
        self.fields["chapter"].label_from_instance = lambda chapter: chapter.title
        self.fields["under_review"].label = _("Under review")
        self.fields["under_review"].help_text = _("Only a mark for readers; it changes no points.")
        self.fields["mandatory"].help_text = _(
            "Marked ★: must be checked on site and comes first among the gaps; it changes no points."
        )
        self.chapters = {chapter.key for chapter in chapters}
        held = (
            {row.field: row.points for row in self.instance.points.all()}
            if self.instance.pk
            else {}
        )
        for field in SHEET_FIELDS:
            self.fields[f"points_{field}"] = PointsField(
                label=field.label, required=False, initial=held.get(field.value)
            )
        if self.instance.pk:
            self.initial |= written(self.instance)
            self.shown_rule = self.initial["rule_notation"]
        self.helper = helper(*layout(*fields_asked(edition, held)))

    def clean_rule_notation(self):
        text = self.cleaned_data["rule_notation"]
        if not text:
            return None
        if text == self.shown_rule:
            return self.instance.rule
        try:
            return from_text(text)
        except RuleError as wrong:
            self.unread = text
            raise as_errors(wrong.problems) from wrong

    def clean_applies_text(self):
        conditions = applies_from(self.cleaned_data["applies_text"])
        found = check_applies(conditions)
        if found:
            raise as_errors(found)
        return conditions

    def clean_blank_form(self):
        text = self.cleaned_data["blank_form"]
        if sentence := blank_forms.problem(text):
            raise forms.ValidationError(sentence)
        return text

    def clean(self):
        values = super().clean()
        if self.unread:
            rule = self.phrase_read()
            if "rule_notation" not in self.errors:
                values["rule_notation"] = rule
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

    def phrase_read(self) -> dict[str, Any] | None:
        """What is typed may be a plain phrase; only a sure reading is taken. What is no notation is told the doubt."""
        most = max(self.points().values(), default=0)
        points = Fraction(most, 100) if most else None
        found = phrase.read(self.unread, points, self.cleaned_data.get("text", ""))
        is_sure = found.confidence >= SURE
        if is_sure or not is_notation(self.unread):
            del self.errors["rule_notation"]
        if not is_sure and not is_notation(self.unread):
            unsure = _(
                "Not read for certain: %(reason)s. Write it otherwise, or leave this empty: then a person judges by the rule as printed."
            )
            reason = found.reason or _("unclear wording")
            self.add_error("rule_notation", unsure % {"reason": reason})
        if not is_sure or self.instance.rule is None:
            return found.rule if is_sure else None
        return as_named(found.rule, self.instance.rule)

    def points(self) -> dict[str, int]:
        given = {field.value: self.cleaned_data.get(f"points_{field}") for field in SHEET_FIELDS}
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


def fields_asked(edition: Edition, held: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The fields this edition has points for, of an empty one those most branches belong to; and the others.

    `held`: the clause's own. One for branches alone has the committees among the others, and the other way round.
    """
    rows = ClausePoints.objects.filter(clause__edition=edition)
    used = set(rows.values_list("field", flat=True).distinct()) or USUAL
    for kind in (set(Field.values), set(CommitteeField.values)):
        if held and kind.isdisjoint(held):
            used -= kind
    first = [f"points_{field}" for field in SHEET_FIELDS if field in used]
    return first, [f"points_{field}" for field in SHEET_FIELDS if field not in used]


def layout(first: list[str], more: list[str]) -> list[Any]:
    """What every clause needs stands open; the rest is folded."""
    return [
        "client_key",
        Fieldset(_("What is demanded"), cells("chapter", "code", "basis"), "text",
                 cells("mandatory", "under_review")),
        Fieldset(_("How it is scored"), "rule_text", "rule_notation"),
        Fieldset(_("Points by field; empty: not on that sheet"), cells(*first, css=NARROW)),
        *([Fold(_("More: points of other fields and of committees"), cells(*more, css=NARROW))] if more else []),
        Fold(_("How it is checked"), InlineCheckboxes("methods"), "checked_by", "evidence",
             cells("mode", "cadence", "not_applicable"), "applies_text", "photo_reason"),
        Fold(_("When something is wrong"),
             cells("severity", "deadline_days", "deadline_unit"), "phrases_text"),
        Fold(_("Guidance, examples and blank forms"), "guidance", "good_example", "work_steps",
             "blank_form", "text_en"),
    ]  # fmt: skip


def written(clause: Clause) -> dict[str, str]:
    return {
        "rule_notation": as_shown(clause) if clause.rule is not None else "",
        "applies_text": applies_shown(clause.applies),
        "phrases_text": "\n".join(clause.phrases),
    }


def as_shown(clause: Clause) -> str:
    """As people write it where that says the same; the notation says everything."""
    most = max(clause.points.values_list("points", flat=True), default=0)
    told = {"maximum": most, "demand": clause.text, "printed": clause.rule_text}
    said = prose(clause.rule, **told) if reader() == "zh" else ""
    return said or to_text(clause.rule, reader())


def as_errors(problems: list[Problem]) -> forms.ValidationError:
    said = dict.fromkeys(problem.say(reader()) for problem in problems)
    return forms.ValidationError(list(said))
