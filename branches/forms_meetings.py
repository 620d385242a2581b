"""The minimal meeting form, and reading a posted grid."""

import re
import uuid
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PARTY_FOUNDED, DayField, KeyField, LineField
from accounts.refusal import Refused
from branches.forms import cells, helper
from branches.meetings import MOST_IN_A_MONTH, Cell, Key, Line
from branches.models import MeetingKind
from portal.kit.normal import digits

SEEN = re.compile(r"(m-[0-9]{1,18}-[a-z_]{1,30}-[0-9]{6})=([0-9]{1,4})")
MOST_FILES = 10


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Any number of files, each left for branches.files to judge."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        files = [f for f in (data if isinstance(data, (list, tuple)) else [data]) if f]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s files.") % {"most": MOST_FILES})
        return files


class MeetingForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MeetingKind.choices)
    held_on = DayField(label=gettext_lazy("Date"))
    also = forms.ChoiceField(label=gettext_lazy("Held together with"), required=False)
    paper = LineField(
        label=gettext_lazy("Where the paper record is"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("A paper reference is enough; files may be left out."),
    )
    quorate = forms.BooleanField(
        label=gettext_lazy("Enough members were present"), required=False, initial=True
    )
    files = ManyFiles(label=gettext_lazy("Files, if any"), required=False)
    client_key = KeyField(initial=uuid.uuid4)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["also"].choices = [("", "—"), *MeetingKind.choices]
        self.fields["held_on"].widget.attrs |= {"max": today.isoformat()}
        self.helper = helper(
            cells("kind", "held_on", "paper"), cells("also", "files"), "quorate", "client_key"
        )

    def clean_held_on(self):
        on = self.cleaned_data["held_on"]
        if on > self.today:
            raise forms.ValidationError(_("A meeting still to come cannot be recorded."))
        if on < PARTY_FOUNDED:
            raise forms.ValidationError(_("This date cannot be right."))
        return on

    def changes(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "files"}


def read_grid(data, lines: list[Line]) -> dict[Key, int]:
    """The numbers written into a grid; an empty cell is 0. Raises Refused for what is no number, by its first cell."""
    written = [(cell, data[cell.name]) for cell in cells_of(lines) if cell.name in data]
    for cell, typed in written:
        if number(typed) is None:
            said = {"typed": typed[:20], "most": MOST_IN_A_MONTH}
            sentence = _("“%(typed)s” is not a whole number from 0 to %(most)s.") % said
            raise Refused(sentence, field=cell.name)
    return {cell.key: number(typed) for cell, typed in written}


def cells_of(lines: list[Line]) -> list[Cell]:
    return [cell for line in lines for cell in line.cells]


def number(typed: str) -> int | None:
    """None for what is no number of meetings."""
    text = digits(typed).strip()
    if not text:
        return 0
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def shown(lines: list[Line]) -> str:
    """What the grid shows, for the hidden field `seen`: only cells that are not 0."""
    return " ".join(f"{cell.name}={cell.count}" for cell in cells_of(lines) if cell.count)


def read_seen(text: str, keys: dict[str, Key]) -> dict[Key, int]:
    """What the writer saw; a damaged field reads as if every cell had been empty."""
    return {keys[name]: int(count) for name, count in SEEN.findall(text) if name in keys}
