"""批复 entered: a dated row of its own, and what it changes in the unit's term. Facts of organizations, no member data."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusal import Refused
from branches.actions import apply, tell
from branches.facts import term_end, term_field
from branches.models import Approval, ApprovalKind, Organization, OrgKind, Profile
from branches.permissions import TABLE
from branches.permits import require
from branches.scope import Actor

# Work committees and party groups are appointed, not elected.
ELECTED = (OrgKind.BRANCH, OrgKind.GENERAL_BRANCH, OrgKind.COMMITTEE, OrgKind.ORGAN_COMMITTEE)
ABOUT_TERMS = (ApprovalKind.CALL, ApprovalKind.EARLY, ApprovalKind.DELAY, ApprovalKind.RESULT)


@transaction.atomic
def record_approval(
    actor: Actor,
    unit: Organization,
    *,
    kind: str,
    number: str,
    dated_on: date,
    day: date | None,
    note: str,
    now: datetime,
    client_key: uuid.UUID,
) -> Approval:
    """The reply is kept as it came; the term follows it. A second press is the same row."""
    require(TABLE, actor, "approval.record", unit, _("Approvals are recorded by the unit above."))
    known = Approval.objects.filter(client_key=client_key).first()
    if known is not None:
        return same(known, unit)
    refuse_unfit(unit, kind, number)
    made = Approval.objects.create(
        organization=unit,
        kind=kind,
        number=number,
        dated_on=dated_on,
        day=day,
        note=note,
        recorded_at=now,
        recorded_by=actor.user,
        client_key=client_key,
    )
    changed = follow(actor, made, now=now)
    tell(actor, "approval.record", unit, now=now, changed=changed, kind=kind, number=number)
    return made


def same(known: Approval, unit: Organization) -> Approval:
    if known.organization_id != unit.pk:
        raise Refused(
            _("This form was used before for something else. Reload the page and try again.")
        )
    return known


def refuse_unfit(unit: Organization, kind: str, number: str) -> None:
    if kind in ABOUT_TERMS and unit.kind not in ELECTED:
        raise Refused(
            _("%(kind)s: not elected, so there is no term to approve.")
            % {"kind": unit.get_kind_display()},
            field="kind",
        )
    if Approval.objects.filter(organization=unit, kind=kind, number=number).exists():
        raise Refused(_("This approval is recorded already."), field="number")


def follow(actor: Actor, approval: Approval, *, now: datetime) -> dict:
    """Bring the term to what the approval says. Returns {field: [old, new]}."""
    fields = consequences(approval)
    if not fields:
        return {}
    Profile.objects.get_or_create(organization=approval.organization)
    profile = Profile.objects.select_for_update().get(organization=approval.organization)
    changed = apply(profile, fields)
    if changed:
        profile.updated_at, profile.updated_by = now, actor.user
        profile.save(update_fields=[*changed, "updated_at", "updated_by"])
    return changed


def consequences(approval: Approval) -> dict:
    if approval.kind in (ApprovalKind.CALL, ApprovalKind.EARLY):
        return {"election_planned_on": approval.day}
    if approval.kind == ApprovalKind.DELAY:
        return {"term_delay_document": approval.number, "term_delayed_until": approval.day}
    if approval.kind == ApprovalKind.RESULT:
        unit = approval.organization
        return {
            "term_started_on": approval.day,
            "term_ends_on": term_end(approval.day, field=term_field(unit), kind=unit.kind),
            "term_delay_document": "",
            "term_delayed_until": None,
            "election_planned_on": None,
        }
    return {}
