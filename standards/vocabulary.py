"""The fixed words of a clause: how it is checked, how often, by when; and the facts it may depend on."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards.models import Mode, Severity
from standards.rules.schema import OPS

METHODS = {
    "hear": gettext_lazy("Hear reports"),
    "read": gettext_lazy("Read records"),
    "look": gettext_lazy("Look on site"),
    "ask": gettext_lazy("Ask people"),
    "visit": gettext_lazy("Visit homes"),
    "survey": gettext_lazy("Survey"),
}
CADENCES = {
    "month": gettext_lazy("Every month"),
    "quarter": gettext_lazy("Every quarter"),
    "half": gettext_lazy("Every half-year"),
    "year": gettext_lazy("Every year"),
    "term": gettext_lazy("Every term of office"),
    "stage": gettext_lazy("Every stage"),
    "once": gettext_lazy("Once"),
}
UNITS = {
    "workdays": gettext_lazy("workdays"),
    "days": gettext_lazy("calendar days"),
    "months": gettext_lazy("months"),
}
NOT_APPLICABLE = {
    "rescale": gettext_lazy("Left out, the chapter is rescaled"),
    "full": gettext_lazy("Full points"),
    "zero": gettext_lazy("No points"),
}
FACTS = {
    "full_members": gettext_lazy("Full members"),
    "members": gettext_lazy("Members in all"),
    "cells": gettext_lazy("Party groups"),
    "committee_size": gettext_lazy("Committee members"),
    "has_committee": gettext_lazy("Has a committee"),
    "term_overdue_days": gettext_lazy("Days the election is overdue"),
    "months_to_term_end": gettext_lazy("Months to the end of the term"),
    "days_to_term_end": gettext_lazy("Days to the end of the term"),
    "term_delay_approved": gettext_lazy("A delay of the election is approved"),
    "joint_units": gettext_lazy("Units in the joint branch"),
    "premises_area": gettext_lazy("Area of the premises"),
    "vacant_months": gettext_lazy("Months a post is vacant"),
    "founded_on": gettext_lazy("Founded on"),
    "is_temporary": gettext_lazy("Temporary branch"),
    "on_weak_list": gettext_lazy("On the list of weak organizations"),
    "overdue_serious_findings": gettext_lazy("Serious findings overdue"),
}
MODES = dict(Mode.choices)
SEVERITIES = dict(Severity.choices)
SIGNS = {">=": "≥", "<=": "≤"}
YES, NO = "是", "否"


def methods_text(methods: Iterable[str]) -> str:
    return _(", ").join(str(METHODS.get(key, key)) for key in methods)


def applies_text(conditions: Iterable[Mapping[str, object]]) -> str:
    """One condition per line, full_members >= 7, as `applies_from` reads it."""
    return "\n".join(f"{c['fact']} {c['op']} {_plain(c['value'])}" for c in conditions)


def applies_shown(conditions: Iterable[Mapping[str, object]]) -> str:
    """For the box of the form, in the reader's words: 正式党员≥7; `applies_from` reads it in the same language."""
    said = (
        f"{FACTS.get(c['fact'], c['fact'])}{SIGNS.get(c['op'], c['op'])}{_plain(c['value'])}"
        for c in conditions
    )
    return "\n".join(said)


def applies_sentence(conditions: Iterable[Mapping[str, object]]) -> str:
    """For readers: 正式党员≥7."""
    said = [f"{FACTS.get(c['fact'], c['fact'])}{_sign(c)}{_shown(c['value'])}" for c in conditions]
    return _("; ").join(said)


def applies_from(text: str) -> list[dict[str, object]]:
    """The conditions of a cell. What cannot be read stays as it is, for `check_applies` to name."""
    lines = [part for line in text.splitlines() for part in line.replace("；", ";").split(";")]
    return [_condition(line.strip()) for line in lines if line.strip()]


def _condition(text: str) -> dict[str, object]:
    narrow = text.replace("≥", ">=").replace("≤", "<=").replace("＝", "=")
    op = next((op for op in OPS if op in narrow), "")
    if not op:
        return {"fact": text, "op": "", "value": ""}
    fact, value = (part.strip() for part in narrow.split(op, 1))
    codes = {str(label): key for key, label in FACTS.items()}
    return {"fact": codes.get(fact, fact), "op": op, "value": _value(value)}


def _value(text: str) -> object:
    return {YES: True, "true": True, NO: False, "false": False}.get(text.lower(), text)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _sign(condition: Mapping[str, object]) -> str:
    if isinstance(condition["value"], bool):
        return _(": ")
    return SIGNS.get(condition["op"], condition["op"])


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)
