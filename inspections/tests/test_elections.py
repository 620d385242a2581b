"""Reminders of elections: once per step and term, to who files for the unit, each a numbered letter."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Notice
from branches.approving import record_approval
from branches.models import Profile
from branches.tests.make import make_county
from inspections.elections import remind
from inspections.models import ElectionLetter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def county():
    made = make_county()
    Profile.objects.update(term_ends_on=None)
    return made


def ends(branch, day, **fields):
    Profile.objects.filter(organization=branch).update(term_ends_on=day, **fields)


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2027, 5, 21), None),
        (date(2027, 5, 20), "notice"),
        (date(2026, 12, 21), "notice"),
        (date(2026, 12, 20), "near"),
        (TODAY, "near"),
        (date(2026, 11, 19), "overdue"),
    ],
)
def test_only_the_highest_step_reached_fires_and_once(county, day, step):
    ends(county.branches[0], day)
    assert [remind(now=NOON), remind(now=NOON)] == [int(step is not None), 0]
    assert list(ElectionLetter.objects.values_list("step", flat=True)) == ([step] if step else [])


def test_letters_are_numbered_by_the_county_and_told_to_who_files(county):
    for branch in county.branches:
        ends(branch, date(2027, 3, 1))
    remind(now=NOON)
    owner = county.county.short_name
    numbers = list(ElectionLetter.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [f"{owner}换〔2026〕1号", f"{owner}换〔2026〕2号"]
    told = Notice.objects.filter(code="election.due").values_list("user_id", "params__unit")
    first, second = county.branches
    assert set(told) == {
        (county.branch_clerk.user.pk, first.short_name),
        (county.clerk.user.pk, second.short_name),
        (county.secretary.user.pk, second.short_name),
    }


def test_an_approved_delay_is_quiet_until_its_end(county):
    branch = county.branches[0]
    ends(branch, TODAY - timedelta(days=40))
    record_approval(
        county.officer, branch, kind="delay", number="安组复1号", dated_on=TODAY,
        day=TODAY + timedelta(days=30), note="", now=NOON, client_key=uuid.uuid4(),
    )  # fmt: skip
    assert remind(now=NOON) == 0
    assert remind(now=NOON + timedelta(days=31)) == 1


def test_a_later_step_of_the_same_term_is_a_letter_of_its_own(county):
    ends(county.branches[0], TODAY + timedelta(days=90))
    told = [remind(now=NOON + timedelta(days=after)) for after in (0, 1, 65, 91, 92)]
    assert told == [1, 0, 1, 1, 0]


def test_the_letter_prints_and_stands_on_the_page_of_approvals(client, county):
    branch = county.branches[0]
    ends(branch, date(2027, 3, 1))
    remind(now=NOON)
    letter = ElectionLetter.objects.get()
    client.force_login(county.branch_clerk.user)
    page = client.get(f"/branches/{branch.pk}/approvals/").content.decode()
    paper = client.get(f"/inspections/election/{letter.pk}/").content.decode()
    assert letter.number in page
    assert ("2027年3月1日" in paper, "每届任期5年" in paper) == (True, True)
    client.force_login(county.stranger.user)
    assert client.get(f"/inspections/election/{letter.pk}/").status_code == 404
