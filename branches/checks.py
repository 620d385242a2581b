"""Computed checks of a profile against the Regulation: prompts beside the numbers, never findings."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from branches.facts import COMMITTEE_FROM, months_left, overdue_days, term_end, term_years
from branches.models import BranchForm, Profile

LARGEST_BRANCH = 50
SMALLEST_BRANCH = 3
MOST_JOINT_UNITS = 5
COMMITTEE_SIZES = range(3, 8)
ELECTION_NOTICE_MONTHS = 6


@dataclass(frozen=True)
class Prompt:
    """tone: overdue, warn or info (a chip's colour). fact: the profile field it is about."""

    fact: str
    tone: str
    sentence: str


def prompts(profile: Profile, *, field: str, today: date) -> list[Prompt]:
    """In the order of the profile page."""
    found = [*_members(profile), *_committee(profile), *_joint(profile)]
    return [*found, *_post(profile), *_term(profile, field, today)]


def _members(profile: Profile):
    if profile.full_members < SMALLEST_BRANCH:
        yield Prompt(
            "full_members",
            "warn",
            _("Fewer than 3 full members: a branch needs at least 3."),
        )
    if profile.members > LARGEST_BRANCH:
        yield Prompt(
            "full_members",
            "warn",
            _("%(count)s members: a branch generally has at most 50.") % {"count": profile.members},
        )


def _committee(profile: Profile):
    if profile.form == BranchForm.TEMPORARY:
        return
    if profile.full_members >= COMMITTEE_FROM and not profile.committee_size:
        yield Prompt(
            "committee_size",
            "warn",
            _("%(count)s full members: from 7 on a branch has a committee.")
            % {"count": profile.full_members},
        )
    if profile.committee_size and profile.committee_size not in COMMITTEE_SIZES:
        yield Prompt(
            "committee_size",
            "warn",
            _("A committee generally has 3 to 5 members, at most 7."),
        )


def _joint(profile: Profile):
    if profile.form == BranchForm.JOINT and profile.joint_units > MOST_JOINT_UNITS:
        yield Prompt(
            "joint_units",
            "warn",
            _("%(count)s units: a joint branch generally covers at most 5.")
            % {"count": profile.joint_units},
        )


def _post(profile: Profile):
    if profile.vacant_since:
        yield Prompt(
            "secretary",
            "warn",
            _("The post of secretary is vacant since %(day)s.")
            % {"day": profile.vacant_since.isoformat()},
        )
    elif not profile.secretary:
        yield Prompt("secretary", "warn", _("No secretary is named."))


def _term(profile: Profile, field: str, today: date):
    ends = profile.term_ends_on
    if profile.form == BranchForm.TEMPORARY:
        return
    if ends is None:
        yield Prompt("term_ends_on", "info", _("The end of the term is not known."))
        return
    if late := overdue_days(profile, today=today):
        yield Prompt(
            "term_ends_on",
            "overdue",
            _("The term ended %(days)s days ago without approval of a later election.")
            % {"days": late},
        )
    elif ends < today:
        yield Prompt(
            "term_ends_on",
            "info",
            _("The term has ended; a later election was approved: %(document)s.")
            % {"document": profile.term_delay_document},
        )
    elif months_left(ends, today=today) < ELECTION_NOTICE_MONTHS:
        yield Prompt(
            "term_ends_on",
            "warn",
            _("The term ends within six months: remind the branch of the election."),
        )
    if profile.term_started_on and ends != term_end(profile.term_started_on, field=field):
        yield Prompt(
            "term_ends_on",
            "info",
            _("A term of %(years)s years from %(start)s would end on %(end)s.")
            % {
                "years": term_years(field),
                "start": profile.term_started_on.isoformat(),
                "end": term_end(profile.term_started_on, field=field).isoformat(),
            },
        )
