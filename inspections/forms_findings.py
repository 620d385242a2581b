"""Forms on one finding: one per move, and logging. They check their own fields and never save."""

import uuid
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import fields
from accounts.fields import CountField, DayField, KeyField, LineField, PersonField
from branches.forms import helper
from branches.forms_meetings import ManyFiles
from inspections.models import Finding, FindingSource
from inspections.watching import Channel
from standards.models import Severity

LONGEST = 1_000


class TextField(fields.TextField):
    """Several lines, as many of them shown as `rows`."""

    def __init__(self, *, rows: int = 3, **kwargs):
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class MoveForm(forms.Form):
    """What every move carries: its key. `said` is handed to the action as keywords."""

    client_key = KeyField()

    def __init__(self, *args, finding: Finding, today: date, verb: str, **kwargs):
        super().__init__(*args, prefix=None, auto_id=f"{verb}_%s", **kwargs)
        self.finding, self.today = finding, today
        self.fields["client_key"].initial = uuid.uuid4
        names = [name for name in self.fields if name != "client_key"]
        self.helper = helper(*names, "client_key")

    def said(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "files"}


class NoteForm(MoveForm):
    note = TextField(label=gettext_lazy("Remark"), required=False)


class ReasonForm(MoveForm):
    note = TextField(label=gettext_lazy("Reason"))


class OpinionForm(MoveForm):
    note = TextField(label=gettext_lazy("Opinion"), required=False)


class IssueForm(MoveForm):
    """Nothing to type: the day and the number are the system's."""


class AcknowledgeForm(MoveForm):
    responsible = PersonField(
        label=gettext_lazy("Responsible person"), required=False, max_length=40
    )
    leader = PersonField(label=gettext_lazy("Leader responsible"), required=False, max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("responsible", "leader"):
            self.fields[name].initial = getattr(self.finding, name)
        profile = getattr(self.finding.branch, "profile", None)
        if profile and not self.finding.responsible:
            self.fields["responsible"].initial = profile.secretary


class PlanForm(MoveForm):
    measures = TextField(
        label=gettext_lazy("Measures"),
        help_text=gettext_lazy("Who does what by when; vague words will be returned."),
    )
    responsible = PersonField(label=gettext_lazy("Responsible person"), max_length=40)
    leader = PersonField(label=gettext_lazy("Leader responsible"), required=False, max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("measures", "responsible", "leader"):
            self.fields[name].initial = getattr(self.finding, name)


class ProgressForm(MoveForm):
    note = TextField(label=gettext_lazy("Progress made"))
    files = ManyFiles(label=gettext_lazy("Files, if any"), required=False)


class RemarkForm(MoveForm):
    note = TextField(label=gettext_lazy("Remark"))
    files = ManyFiles(label=gettext_lazy("Files, if any"), required=False)


class ObjectForm(MoveForm):
    note = TextField(label=gettext_lazy("Reason"))
    files = ManyFiles(label=gettext_lazy("Files, if any"), required=False)


class SubmitForm(MoveForm):
    note = TextField(label=gettext_lazy("What was done"))
    paper = LineField(
        label=gettext_lazy("Where the paper record is"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Either this or a file; a paper record is enough."),
    )
    files = ManyFiles(label=gettext_lazy("Files"), required=False)

    def clean(self):
        said = super().clean()
        if not said.get("paper") and not said.get("files"):
            self.add_error("paper", _("Attach a file or state where the paper record is."))
        return said


class LaterForm(MoveForm):
    """A date after today."""

    def clean_due_on(self):
        return self.after_today("due_on")

    def after_today(self, name: str):
        day = self.cleaned_data[name]
        if day and day <= self.today:
            raise forms.ValidationError(_("The new deadline must lie after today."))
        return day


class BackForm(LaterForm):
    note = TextField(label=gettext_lazy("What is missing"))
    due_on = DayField(
        label=gettext_lazy("New deadline"),
        required=False,
        help_text=gettext_lazy("Left empty, the deadline stays as it is."),
    )


class ReboundForm(LaterForm):
    note = TextField(label=gettext_lazy("What was found on looking back"))
    due_on = DayField(
        label=gettext_lazy("New deadline"),
        required=False,
        help_text=gettext_lazy("Left empty, the clock starts again as at the first time."),
    )


class ExtensionForm(LaterForm):
    reason = TextField(label=gettext_lazy("Reason"))
    new_due_on = DayField(label=gettext_lazy("New deadline"))

    def clean_new_due_on(self):
        day = self.after_today("new_due_on")
        if self.finding.due_on and day <= self.finding.due_on:
            raise forms.ValidationError(
                _("The new deadline must lie after the present one, %(due)s.")
                % {"due": self.finding.due_on}
            )
        return day


class ChaseForm(MoveForm):
    channel = forms.ChoiceField(label=gettext_lazy("How"), choices=Channel.choices)
    note = LineField(label=gettext_lazy("Remark"), required=False, max_length=200)


FORMS: dict[str, type[MoveForm]] = {
    "confirm": NoteForm,
    "fix_on_spot": NoteForm,
    "issue": IssueForm,
    "acknowledge": AcknowledgeForm,
    "object": ObjectForm,
    "uphold": ReasonForm,
    "plan": PlanForm,
    "return_plan": ReasonForm,
    "progress": ProgressForm,
    "submit": SubmitForm,
    "take_back": IssueForm,
    "verify": OpinionForm,
    "reject": BackForm,
    "close": OpinionForm,
    "send_back": BackForm,
    "ask_extension": ExtensionForm,
    "grant_extension": OpinionForm,
    "refuse_extension": ReasonForm,
    "chase": ChaseForm,
    "hold_open": ReasonForm,
    "end_long_term": OpinionForm,
    "keep": OpinionForm,
    "rebound": ReboundForm,
    "comment": RemarkForm,
    "withdraw": ReasonForm,
}


class LogForm(forms.Form):
    """A problem found outside the phone: by the branch itself, in first check, on a tour."""

    source = forms.ChoiceField(label=gettext_lazy("Source"))
    clause_key = forms.ChoiceField(label=gettext_lazy("Clause"), required=False)
    text = TextField(label=gettext_lazy("Problem"), max_length=500)
    facts = TextField(label=gettext_lazy("Facts"), required=False, rows=2)
    category = LineField(label=gettext_lazy("Category"), required=False, max_length=40)
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"),
        required=False,
        choices=[("", gettext_lazy("As the clause says")), *Severity.choices],
    )
    source_document = LineField(
        label=gettext_lazy("Source document"), required=False, max_length=100
    )
    due_days = CountField(
        label=gettext_lazy("Days for rectification"),
        required=False,
        min_value=1,
        max_value=730,
        help_text=gettext_lazy("Left empty: as the clause says, else 15 working days."),
    )
    due_unit = forms.ChoiceField(
        label=gettext_lazy("Counted in"),
        choices=[
            ("workdays", gettext_lazy("working days")),
            ("days", gettext_lazy("calendar days")),
        ],
    )
    files = ManyFiles(label=gettext_lazy("Files, if any"), required=False)
    client_key = KeyField()

    def __init__(self, *args, sources: list[str], clauses: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        labels = dict(FindingSource.choices)
        self.fields["source"].choices = [(code, labels[code]) for code in sources]
        self.fields["clause_key"].choices = [("", _("No clause")), *clauses]
        self.fields["client_key"].initial = uuid.uuid4
        self.helper = helper(*self.fields)

    def said(self) -> dict:
        kept = {name: value for name, value in self.cleaned_data.items() if name != "files"}
        if not kept["due_days"]:
            kept.pop("due_unit")
        return kept
