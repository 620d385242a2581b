"""The text for the group chat: only what waits for the unit it goes to, one sentence per finding."""

from datetime import date

import pytest

from branches.tests.make import TODAY
from inspections.models import FindingStage
from inspections.reminder_text import reminder
from inspections.tests.make_findings import make_finding

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stage", "source", "is_named"),
    [
        (FindingStage.DRAFT, "acceptance", False),
        (FindingStage.CONFIRMED, "acceptance", False),
        (FindingStage.ISSUED, "acceptance", True),
        (FindingStage.OBJECTED, "acceptance", False),
        (FindingStage.IN_PROGRESS, "acceptance", True),
        (FindingStage.SUBMITTED, "acceptance", True),
        (FindingStage.VERIFIED, "acceptance", False),
        (FindingStage.VERIFIED, "self", True),
        (FindingStage.CLOSED, "acceptance", False),
    ],
)
def test_reminder_names_what_waits_for_the_unit_and_not_for_the_county(
    cast, stage, source, is_named
):
    finding = make_finding(branch=cast.branch, by=cast.officer.user, stage=stage, source=source)
    assert bool(reminder([finding], today=TODAY)) == is_named


def test_reminder_of_a_committee_leaves_out_what_the_county_verifies(cast):
    finding = make_finding(branch=cast.town, by=cast.officer.user, stage=FindingStage.SUBMITTED)
    assert reminder([finding], today=TODAY) == ""


def test_reminder_line_is_one_sentence_without_signs(cast):
    finding = make_finding(
        branch=cast.branch, by=cast.officer.user, number="ZG-2026-T9", text="会议无记录。"
    )
    finding.due_on = date(2026, 11, 1)
    line = reminder([finding], today=date(2026, 11, 3)).splitlines()[1]
    assert line == "1. 双井村党支部，会议无记录，2026-11-01到期，逾期2天，整改中，ZG-2026-T9"
