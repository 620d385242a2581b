"""Who stands where towards a finding: its unit, the units above it, the persons who already signed.

Each function answers for one actor and one finding. `signoffs` and `owner.close_rules` are read through
the relations, so a list that prefetches them asks no further queries.
"""

from collections.abc import Iterable

from accounts.roles import FILERS, PARENT, Role
from branches.scope import Actor, Held
from inspections.models import CloseRule, Finding, FindingSource, Member, Signoff

CHECKERS = PARENT | {Role.COUNTY_OFFICER}
PARENT_FOUND = (FindingSource.SELF, FindingSource.FIRST_CHECK)


def branch_path(finding: Finding) -> str:
    return finding.branch.path


def of_unit(actor: Actor, finding: Finding) -> bool:
    """The responsible unit itself, or a parent that types for it (代填)."""
    return any(h.role in FILERS and finding.unit.path.startswith(h.path) for h in actor.held)


def is_above(actor: Actor, finding: Finding) -> bool:
    """A parent committee or county officers strictly above the responsible unit."""
    return any(stands_above(held, finding.unit.path) for held in actor.held)


def stands_above(held: Held, path: str) -> bool:
    return held.role in CHECKERS and path.startswith(held.path) and held.path != path


def verifies(actor: Actor, finding: Finding) -> bool:
    """Somebody above, or the team on site as long as its member is not of the unit at home."""
    return is_above(actor, finding) or (on_visit(actor, finding) and not of_unit(actor, finding))


def is_officer(actor: Actor, finding: Finding) -> bool:
    return Role.COUNTY_OFFICER in actor.roles_at(finding.branch.path)


def on_visit(actor: Actor, finding: Finding) -> bool:
    return Role.INSPECTOR in actor.roles_at(finding.branch.path)


def leads_visit(actor: Actor, finding: Finding) -> bool:
    return (
        finding.stop_id is not None
        and Member.objects.filter(
            visit=finding.stop.visit_id, user_id=actor.user.pk, is_leader=True
        ).exists()
    )


def signer(finding: Finding, role: str) -> int | None:
    """Who signed as `role` in the present round."""
    rows = finding.signoffs.all()
    return next((s.by_id for s in rows if s.round == finding.round and s.role == role), None)


def has_signed(actor: Actor, finding: Finding) -> bool:
    """One person signs once per round: reporter, verifier and closer are three persons."""
    return any(
        s.by_id == actor.user.pk and s.round == finding.round for s in finding.signoffs.all()
    )


def has_not_signed(actor: Actor, finding: Finding) -> bool:
    return not has_signed(actor, finding)


def is_reporter(actor: Actor, finding: Finding) -> bool:
    return signer(finding, Signoff.Role.REPORTER) == actor.user.pk


def has_not_reported(actor: Actor, finding: Finding) -> bool:
    return not is_reporter(actor, finding)


def is_logger(actor: Actor, finding: Finding) -> bool:
    return finding.logged_by_id == actor.user.pk


def parent_closes(finding: Finding) -> bool:
    """By the owner's rules. Nobody but the county stands above a committee, so its own go there."""
    return finding.branch.is_branch and closer_of(finding) == CloseRule.Closer.PARENT


def closer_of(finding: Finding) -> str:
    return closer_by(finding.owner.close_rules.all(), finding.source, finding.severity)


def closer_by(rules: Iterable[CloseRule], source: str, severity: str) -> str:
    """The most telling rule wins: source and severity, then one of them, then the general one, then the default."""
    fits = [r for r in rules if r.source in ("", source) and r.severity in ("", severity)]
    if not fits:
        return default_closer(source, severity)
    return max(fits, key=lambda rule: (bool(rule.source) + bool(rule.severity), rule.source)).closer


def default_closer(source: str, severity: str) -> str:
    """What the parent found and is not serious, the parent closes; the county closes the rest."""
    by_parent = source in PARENT_FOUND and severity == "general"
    return CloseRule.Closer.PARENT if by_parent else CloseRule.Closer.COUNTY


def decides(actor: Actor, finding: Finding) -> bool:
    """Whose word counts on deadlines and on the end: the county, or the parent where the rules say so."""
    return is_officer(actor, finding) or (parent_closes(finding) and is_above(actor, finding))


def closes(actor: Actor, finding: Finding) -> bool:
    leader = Role.COUNTY_LEADER in actor.roles_at(finding.branch.path)
    return decides(actor, finding) or (leader and finding.severity == "serious")
