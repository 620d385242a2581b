"""The one table of what may happen to a finding: from where, to where, by whom.

It feeds the buttons, guards the actions, generates the tests and the diagram in docs/findings.md.
`to` None: the stage stays as it is. Verbs that are no move (log, view, export) stand in permits_findings.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.roles import COUNTY, FILERS, PARENT, Role
from branches.permits import Permit
from branches.scope import Actor
from inspections import powers
from inspections.models import Finding, FindingSource
from inspections.models import FindingStage as S

Condition = Callable[[Actor, Finding], bool]

OFFICER = frozenset({Role.COUNTY_OFFICER})
ABOVE = OFFICER | PARENT
TEAM = OFFICER | {Role.INSPECTOR}
VERIFIERS = ABOVE | {Role.INSPECTOR}
CLOSERS = ABOVE | {Role.COUNTY_LEADER}
ALL = COUNTY | FILERS | {Role.INSPECTOR}
WITH_UNIT = (S.ISSUED, S.IN_PROGRESS)
LIVE = (S.CONFIRMED, S.ISSUED, S.OBJECTED, S.IN_PROGRESS, S.SUBMITTED, S.VERIFIED)


@dataclass(frozen=True)
class Move:
    """One row of the table. Besides the role, every condition in `who` must hold."""

    verb: str
    label: str
    stages: tuple[str, ...]
    to: str | None
    roles: frozenset[str]
    who: tuple[Condition, ...] = ()

    @property
    def permit(self) -> Permit:
        return Permit(roles=self.roles, path=powers.branch_path, when=self.holds)

    def holds(self, actor: Actor, finding: Finding | None) -> bool:
        if finding is None:
            return True
        return finding.stage in self.stages and all(ask(actor, finding) for ask in self.who)

    def fits(self, actor: Actor, finding: Finding) -> bool:
        """Role and person fit, whatever the stage: decides between "not yours" and "not now"."""
        return self.permit.role_fits(actor, finding) and all(
            ask(actor, finding) for ask in self.who
        )


def confirms(actor: Actor, finding: Finding) -> bool:
    return powers.leads_visit(actor, finding) or powers.is_officer(actor, finding)


def fixes(actor: Actor, finding: Finding) -> bool:
    """Two persons see to it that a problem was put right on the spot."""
    return confirms(actor, finding) and not powers.is_logger(actor, finding)


def withdraws(actor: Actor, finding: Finding) -> bool:
    if powers.is_officer(actor, finding):
        return True
    if finding.stage == S.DRAFT:
        return powers.is_logger(actor, finding) or powers.leads_visit(actor, finding)
    found_by_parent = finding.source in powers.PARENT_FOUND
    return found_by_parent and powers.is_above(actor, finding)


def awaits_extension(actor: Actor, finding: Finding) -> bool:
    return any(e.decided_at is None for e in finding.extensions.all())


def awaits_no_extension(actor: Actor, finding: Finding) -> bool:
    return not awaits_extension(actor, finding)


def asked_by_another(actor: Actor, finding: Finding) -> bool:
    return all(e.asked_by_id != actor.user.pk for e in finding.extensions.all() if not e.decided_at)


def is_planned(actor: Actor, finding: Finding) -> bool:
    return bool(finding.measures)


def is_long_term(actor: Actor, finding: Finding) -> bool:
    return finding.is_long_term


def is_not_long_term(actor: Actor, finding: Finding) -> bool:
    return not finding.is_long_term


def is_admitted(actor: Actor, finding: Finding) -> bool:
    return finding.source == FindingSource.SELF


def looks_back(actor: Actor, finding: Finding) -> bool:
    return powers.verifies(actor, finding) or powers.closes(actor, finding)


def speaks(actor: Actor, finding: Finding) -> bool:
    return powers.of_unit(actor, finding) or powers.verifies(actor, finding)


TABLE = (
    Move("confirm", _("Confirm the finding"), (S.DRAFT,), S.CONFIRMED, TEAM, (confirms,)),
    Move("fix_on_spot", _("Fixed on the spot"), (S.DRAFT, S.CONFIRMED), S.CLOSED, TEAM, (fixes,)),
    Move("issue", _("Issue"), (S.CONFIRMED,), S.ISSUED, OFFICER),
    Move("acknowledge", _("Acknowledge"), (S.ISSUED,), S.IN_PROGRESS, FILERS, (powers.of_unit,)),
    Move("object", _("Object to the finding"), (S.ISSUED,), S.OBJECTED, FILERS, (powers.of_unit,)),
    Move("uphold", _("Uphold the finding"), (S.OBJECTED,), S.ISSUED, ABOVE, (powers.decides,)),
    Move("plan", _("State the measures"), (S.IN_PROGRESS,), None, FILERS, (powers.of_unit,)),
    Move(
        "return_plan",
        _("Return the measures"),
        (S.IN_PROGRESS,),
        None,
        ABOVE,
        (powers.is_above, is_planned),
    ),
    Move("progress", _("Report progress"), (S.IN_PROGRESS,), None, FILERS, (powers.of_unit,)),
    Move(
        "submit", _("Apply for close-out"), (S.IN_PROGRESS,), S.SUBMITTED, FILERS, (powers.of_unit,)
    ),
    Move(
        "take_back",
        _("Take back"),
        (S.SUBMITTED,),
        S.IN_PROGRESS,
        FILERS,
        (powers.is_reporter,),
    ),
    Move(
        "verify",
        _("Verification passed"),
        (S.SUBMITTED,),
        S.VERIFIED,
        VERIFIERS,
        (powers.verifies, powers.has_not_signed),
    ),
    Move(
        "reject",
        _("Verification failed"),
        (S.SUBMITTED,),
        S.IN_PROGRESS,
        VERIFIERS,
        (powers.verifies, powers.has_not_signed),
    ),
    Move(
        "close",
        _("Close out"),
        (S.VERIFIED,),
        S.CLOSED,
        CLOSERS,
        (powers.closes, powers.has_not_signed),
    ),
    Move(
        "send_back",
        _("Send back for rectification"),
        (S.VERIFIED,),
        S.IN_PROGRESS,
        CLOSERS,
        (powers.closes, powers.has_not_signed),
    ),
    Move(
        "ask_extension",
        _("Ask for extension"),
        WITH_UNIT,
        None,
        FILERS,
        (powers.of_unit, awaits_no_extension),
    ),
    Move(
        "grant_extension",
        _("Grant the extension"),
        WITH_UNIT,
        None,
        ABOVE,
        (powers.decides, awaits_extension, asked_by_another),
    ),
    Move(
        "refuse_extension",
        _("Refuse the extension"),
        WITH_UNIT,
        None,
        ABOVE,
        (powers.decides, awaits_extension, asked_by_another),
    ),
    Move("chase", _("Chase"), WITH_UNIT, None, ABOVE, (powers.is_above,)),
    Move(
        "hold_open",
        _("Mark as long-term"),
        (S.IN_PROGRESS,),
        None,
        OFFICER,
        (is_not_long_term,),
    ),
    Move("end_long_term", _("End long-term"), (S.IN_PROGRESS,), None, OFFICER, (is_long_term,)),
    Move(
        "keep",
        _("Look-back: holds"),
        (S.CLOSED,),
        None,
        VERIFIERS | CLOSERS,
        (looks_back, powers.has_not_reported),
    ),
    Move(
        "rebound",
        _("Look-back: rebounded"),
        (S.CLOSED,),
        S.IN_PROGRESS,
        VERIFIERS | CLOSERS,
        (looks_back, powers.has_not_reported),
    ),
    Move("comment", _("Add a remark"), (*LIVE, S.CLOSED), None, ALL, (speaks,)),
    Move(
        "withdraw",
        _("Withdraw the finding"),
        (S.DRAFT, *LIVE),
        S.WITHDRAWN,
        TEAM | ABOVE,
        (withdraws,),
    ),
)
# Taken with the self-assessment a finding came from, never by a button of their own.
WITH_FILING = (
    Move(
        "retract",
        _("Taken back with the self-assessment"),
        (S.IN_PROGRESS,),
        S.WITHDRAWN,
        FILERS,
        (powers.of_unit, is_admitted),
    ),
    Move(
        "refile",
        _("Admitted again in the self-assessment"),
        (S.WITHDRAWN,),
        S.IN_PROGRESS,
        FILERS,
        (powers.of_unit, is_admitted),
    ),
)
MOVES = {move.verb: move for move in (*TABLE, *WITH_FILING)}


def open_moves(actor: Actor, finding: Finding) -> list[Move]:
    """The moves open to the actor on the finding, in the order of the table: what the page shows."""
    return [move for move in TABLE if move.permit.allows(actor, finding)]
