"""How a county runs its ledger: who closes which findings, and how its numbers begin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms import LineField
from inspections.models import CloseRule, FindingSource
from standards.models import Severity


class RulesForm(forms.Form):
    """One choice per source and severity, and the beginnings of the two series of numbers."""

    finding_prefix = LineField(
        label=_("Findings begin with"),
        required=False,
        max_length=20,
        help_text=_("Empty: ZG, as in ZG-2026-0418."),
    )
    notice_prefix = LineField(
        label=_("Notices begin with"),
        required=False,
        max_length=20,
        help_text=_("Empty: the short name of your unit."),
    )

    def __init__(self, data=None, *, closers: dict[tuple[str, str], str], prefixes: dict[str, str]):
        super().__init__(data)
        self.fields["finding_prefix"].initial = prefixes["finding"]
        self.fields["notice_prefix"].initial = prefixes["notice"]
        for (source, severity), closer in closers.items():
            self.fields[name_of(source, severity)] = forms.ChoiceField(
                choices=CloseRule.Closer.choices, initial=closer
            )

    @property
    def table(self) -> list[dict]:
        """Rows by source, cells by severity, for the template."""
        return [
            {"label": label, "cells": [(s.label, self[name_of(source, s)]) for s in Severity]}
            for source, label in FindingSource.choices
        ]

    def closers(self) -> dict[tuple[str, str], str]:
        return {
            (source, severity): self.cleaned_data[name_of(source, severity)]
            for source in FindingSource.values
            for severity in Severity.values
        }


def name_of(source: str, severity: str) -> str:
    return f"close-{source}-{severity}"
