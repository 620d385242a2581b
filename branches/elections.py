"""换届台账: whose term ends when, what was approved, who is late. The filter lives in the address."""

import io
from datetime import date, datetime

from django import forms
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access_log import note_access
from branches.approving import ELECTED
from branches.exports import home_of
from branches.facts import days_left, is_delayed, overdue_days
from branches.filters import TERMS, BranchFilter, term_due
from branches.find import matching
from branches.lists import Cell, countdown, of_profile, profile_of, show
from branches.models import Approval, BranchForm, Organization, OrgKind
from branches.order import tree_order
from branches.scope import Actor
from portal.kit.table import Column
from portal.kit.workbooks import ledger

KINDS = [
    ("branch", gettext_lazy("Branches")),
    ("committee", gettext_lazy("Committees and general branches")),
]


class ElectionFilter(BranchFilter):
    field = form = show = None
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def boxes(self) -> dict[str, list]:
        return {"kind": [("", _("All")), *KINDS], "term": [("", _("All")), *TERMS]}


def elected(actor: Actor, chosen: dict) -> QuerySet[Organization]:
    """Open units with a term of office, the nearest end first, each with its newest approval."""
    newest = Approval.objects.filter(organization=OuterRef("pk")).order_by("-dated_on", "-pk")
    rows = (
        Organization.objects.visible_to(actor)
        .open(actor.today)
        .filter(Q(kind__in=ELECTED) & ~Q(profile__form=BranchForm.TEMPORARY))
        .select_related("parent", "profile")
        .annotate(
            approval_number=Subquery(newest.values("number")[:1]),
            approved_on=Subquery(newest.values("dated_on")[:1]),
        )
    )
    if unit := chosen.get("unit"):
        rows = rows.within(unit)
    if kind := chosen.get("kind"):
        branch = Q(kind=OrgKind.BRANCH)
        rows = rows.filter(branch if kind == "branch" else ~branch)
    if term := chosen.get("term"):
        rows = rows.filter(term_due(term, today=actor.today))
    if text := chosen.get("q"):
        rows = rows.filter(matching(text))
    return rows.order_by(F("profile__term_ends_on").asc(nulls_last=True), *tree_order())


def columns(today: date) -> list[Column]:
    """The screen, the cards on a phone and the workbook read these alike."""

    def days(unit: Organization) -> int | None:
        profile = profile_of(unit)
        return days_left(profile, today=today) if profile else None

    return [
        Column(key="name", header=_("Full name"), width=30, value=lambda unit: unit.name),
        Column(key="parent", header=_("Parent unit"), width=14, value=parent_name),
        Column(key="kind", header=_("Kind"), width=10, value=kind_word),
        day("term_started_on", _("Term began")),
        day("term_ends_on", _("Term ends")),
        Column(key="days", header=_("Days to the end"), kind="integer", width=9, value=days),
        Column(key="state", header=_("State"), width=16, value=lambda unit: state(unit, today)),
        day("election_planned_on", _("Election planned for")),
        Column(
            key="term_delay_document",
            header=_("Approval of a later election"),
            width=18,
            value=of_profile("term_delay_document"),
        ),
        day("term_delayed_until", _("Put off until")),
        Column(
            key="approval",
            header=_("Newest approval"),
            width=18,
            value=lambda unit: unit.approval_number,
        ),
        Column(
            key="approved_on",
            header=_("Approved on"),
            kind="date",
            width=11,
            value=lambda unit: unit.approved_on,
        ),
    ]


def day(name: str, header: str) -> Column:
    return Column(key=name, header=header, kind="date", width=11, value=of_profile(name))


def parent_name(unit: Organization) -> str | None:
    return unit.parent.short_name if unit.parent else None


def kind_word(unit: Organization) -> str:
    return unit.get_field_display() or unit.get_kind_display()


def state(unit: Organization, today: date) -> str:
    """未届满 is said too, so that no cell leaves the reader guessing."""
    profile = profile_of(unit)
    if profile is None or profile.term_ends_on is None:
        return _("End not known")
    return countdown(profile, today=today)[1] or _("In its term")


IN_WORKBOOK_ONLY = {"state", "days", "term_started_on", "approved_on", "term_delayed_until"}


def on_screen(today: date) -> list[Column]:
    return [column for column in columns(today) if column.key not in IN_WORKBOOK_ONLY]


def screen(units, *, today: date) -> list[dict]:
    shown = on_screen(today)[1:]
    return [{"unit": unit, "cells": [cell(c, unit, today) for c in shown]} for unit in units]


def cell(column: Column, unit: Organization, today: date) -> Cell:
    css = "date" if column.kind == "date" else ""
    tone, note = chip(unit, today) if column.key == "term_ends_on" else ("", "")
    return Cell(str(column.header), show(column.value(unit)), css, note, tone)


def chip(unit: Organization, today: date) -> tuple[str, str]:
    profile = profile_of(unit)
    if profile is None:
        return "", ""
    if is_delayed(profile, today=today) and not overdue_days(profile, today=today):
        until = profile.term_delayed_until
        return "info", (
            _("Put off until %(day)s") % {"day": until.isoformat()}
            if until
            else _("Later election approved")
        )
    return countdown(profile, today=today)


def definition() -> str:
    """口径"""
    return _(
        "Open units that are elected; temporary branches, work committees and party groups have no term. Overdue: the term is over and no delay in force is approved."
    )


def export_elections(out: io.IOBase, *, actor: Actor, chosen: ElectionFilter, now: datetime) -> int:
    """Exactly the rows and the order of the screen; the download is logged."""
    unit = chosen.chosen.get("unit") or home_of(actor)
    moment = f"{timezone.localtime(now):%Y-%m-%d %H:%M}"
    count = ledger(
        out,
        title=_("%(unit)s: terms and elections") % {"unit": unit.short_name if unit else ""},
        columns=columns(actor.today),
        rows=elected(actor, chosen.chosen),
        unit_line=[
            _("Unit: %(unit)s") % {"unit": unit.name if unit else ""},
            _("Exported by: %(name)s") % {"name": actor.user.name},
            _("Exported at: %(moment)s") % {"moment": moment},
        ],
        notes=[
            _("How it is counted: %(text)s") % {"text": definition()},
            _("Filter: %(filters)s") % {"filters": chosen.summary},
        ],
        filters=f"{chosen.summary} · {actor.user.name} · {moment}",
    )
    note_access(actor.user, "elections.exported", rows=count, query=chosen.summary, now=now)
    return count
