"""One letter per person and day, under one key, whatever breaks between taking a letter and saying so."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Outbox
from accounts.outbox import drain
from branches.tests.make import make_county
from inspections import digests, reminders
from inspections.models import Fired
from inspections.tests.make_findings import make_finding
from portal.proving.gateway import Gateway

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def at(day, hour=12, minute=0):
    """Shanghai time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
def gateway(settings):
    with Gateway() as gateway:
        settings.EMAIL_ENABLED = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", gateway.port
        yield gateway


@pytest.fixture
def county():
    county = make_county()
    clerk = county.branch_clerk.user
    clerk.email = "zhanglin@example.test"
    clerk.save(update_fields=["email"])
    return county


@pytest.fixture
def told(county):
    """One finding three days before its deadline, told of on Friday at noon: one letter is owed, to the clerk."""
    make_due(county)
    reminders.remind(now=at(FRIDAY))
    return county


def make_due(county):
    return make_finding(
        branch=county.branches[0],
        by=county.officer.user,
        stage="in_progress",
        due_on=FRIDAY + timedelta(days=3),
    )


def key(county, day):
    return f"<digest-{county.branch_clerk.user.pk}-{day.isoformat()}@branchmark>"


def keys(gateway):
    return [letter.key for letter in gateway.letters]


def carried():
    return sorted(Fired.objects.values_list("digest_on", flat=True), key=str)


def test_a_letter_carries_the_day_s_key(told, gateway):
    drain(now=at(FRIDAY))
    drain(now=at(FRIDAY, 13))
    assert keys(gateway) == [key(told, FRIDAY)]


def test_a_line_that_broke_after_the_letter_was_taken_repeats_it_under_the_same_key(told, gateway):
    gateway.break_off = 1
    drain(now=at(FRIDAY))
    make_due(told)
    reminders.remind(now=at(FRIDAY, 12, 1))
    drain(now=at(FRIDAY, 12, 2))
    assert keys(gateway) == [key(told, FRIDAY)] * 2
    assert len(gateway.delivered()) == 1
    assert len({letter.body for letter in gateway.letters}) == 1
    assert carried() == [FRIDAY, None]


def test_a_worker_killed_after_sending_repeats_the_letter_under_the_same_key(told, gateway):
    """The row stays undone; the next holder of the lease cannot know, so it sends again."""
    row = Outbox.objects.get()
    for minute in (1, 2):
        digests.send_digest(row.payload, now=at(FRIDAY, 12, minute))
    drain(now=at(FRIDAY, 12, 3))
    assert (keys(gateway), gateway.repeats()) == ([key(told, FRIDAY)] * 3, 2)
    assert len(gateway.delivered()) == 1


def test_a_refusing_gateway_is_asked_again_and_told_once(told, gateway):
    gateway.refuse = 2
    for minute in (0, 1, 3, 4):
        drain(now=at(FRIDAY, 12, minute))
    assert keys(gateway) == [key(told, FRIDAY)]
    assert Outbox.objects.get().attempts == 3


def test_a_letter_unsent_in_the_evening_leaves_next_morning_under_its_own_key(told, gateway):
    gateway.refuse = 1
    drain(now=at(FRIDAY, 17, 59))
    drain(now=at(FRIDAY, 18, 5))
    drain(now=at(MONDAY, 8, 31))
    assert (keys(gateway), carried()) == ([key(told, FRIDAY)], [FRIDAY])


def test_a_digest_nobody_began_in_time_becomes_today_s(told, gateway):
    drain(now=at(MONDAY, 9))
    assert (keys(gateway), carried()) == ([key(told, MONDAY)], [MONDAY])


def test_two_days_of_a_dead_worker_give_one_letter(told, gateway):
    make_due(told)
    reminders.remind(now=at(MONDAY, 9))
    drain(now=at(MONDAY, 9))
    digests.owe_missing(now=at(MONDAY, 9, 5))
    drain(now=at(MONDAY, 9, 10))
    letter = f"<digest-{told.branch_clerk.user.pk}-{MONDAY}@branchmark>"
    assert [k for k in keys(gateway) if k == letter] == keys(gateway) == [letter]


def test_lines_of_a_letter_given_up_come_with_the_next_one(told, gateway):
    gateway.refuse = 100
    now = at(FRIDAY, 12)
    while (row := Outbox.objects.get()).dead_at is None:
        drain(now=max(now, row.due_at))
    gateway.refuse = 0
    for moment in (at(FRIDAY, 16), at(MONDAY, 8, 31), at(MONDAY, 8, 41)):
        digests.owe_missing(now=moment)
        drain(now=moment)
    assert (keys(gateway), carried()) == ([key(told, MONDAY)], [MONDAY])


def test_an_account_without_an_address_gets_its_lines_in_the_inbox_only(told, gateway):
    told.branch_clerk.user.email = ""
    told.branch_clerk.user.save(update_fields=["email"])
    drain(now=at(FRIDAY))
    assert (keys(gateway), carried()) == ([], [FRIDAY])
