"""Due and not yet told: once per rung, deadline and person; one digest a day; a missed day caught up once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts import outbox
from accounts.models import Notice, Outbox
from inspections import digests, reminders
from inspections.models import Fired
from inspections.tests.make_findings import make_finding

DUE = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


def noon(day):
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def finding(county, **fields):
    words = {"stage": "in_progress", "due_on": DUE} | fields
    return make_finding(branch=county.branches[0], by=county.officer.user, **words)


def levels(finding):
    return sorted(finding.fired.values_list("level", flat=True))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-4, []),
        (-3, [1]),
        (-2, [1]),
        (-1, [2, 2]),
        (0, [2, 2]),
        (1, [3, 3]),
        (6, [3, 3]),
        (7, [4, 4, 4]),
    ],
)
def test_only_the_highest_rung_reached_fires(county, days, expected):
    row = finding(county)
    reminders.remind(now=noon(DUE + timedelta(days=days)))
    assert levels(row) == expected


def test_a_second_run_the_same_day_tells_nobody_again(county):
    finding(county)
    first = reminders.remind(now=noon(DUE))
    assert (first, reminders.remind(now=noon(DUE))) == (2, 0)


def test_missed_days_are_caught_up_with_one_telling(county):
    row = finding(county)
    reminders.remind(now=noon(DUE + timedelta(days=20)))
    assert levels(row) == [4, 4, 4]


def test_each_rung_tells_the_handler_once_as_days_go_by(county):
    row = finding(county)
    for days in range(-5, 15):
        reminders.remind(now=noon(DUE + timedelta(days=days)))
    assert levels(row) == [1, 2, 2, 3, 3, 4, 4, 4]


def test_a_later_deadline_starts_the_ladder_again(county):
    row = finding(county)
    reminders.remind(now=noon(DUE))
    row.due_on = DUE + timedelta(days=10)
    row.save(update_fields=["due_on"])
    reminders.remind(now=noon(DUE + timedelta(days=9)))
    assert levels(row) == [2, 2, 2, 2]


@pytest.mark.parametrize(
    "fields",
    [{"stage": "submitted"}, {"stage": "closed", "closed_on": DUE}, {"is_long_term": True}],
)
def test_what_is_not_with_the_unit_is_not_chased(county, fields):
    row = finding(county, **fields)
    reminders.remind(now=noon(DUE + timedelta(days=9)))
    assert levels(row) == []


def test_the_county_leader_is_never_messaged(county):
    finding(county)
    reminders.remind(now=noon(DUE + timedelta(days=40)))
    assert not Notice.objects.filter(user=county.leader.user).exists()


def test_a_unit_without_people_falls_back_to_the_unit_above(county):
    row = make_finding(
        branch=county.branches[1], by=county.officer.user, stage="in_progress", due_on=DUE
    )
    reminders.remind(now=noon(DUE - timedelta(days=3)))
    assert list(row.fired.values_list("recipient", flat=True)) == [county.clerk.user.pk]


def test_many_old_findings_owe_one_digest_per_person(county):
    for _n in range(40):
        finding(county, due_on=DUE - timedelta(days=60))
    reminders.remind(now=noon(DUE))
    people = set(Fired.objects.values_list("recipient", flat=True))
    assert Outbox.objects.filter(kind="digest").count() == len(people)


def test_the_digest_goes_out_once_and_takes_all_lines(county):
    for _n in range(3):
        finding(county)
    reminders.remind(now=noon(DUE))
    outbox.drain(now=noon(DUE))
    outbox.drain(now=noon(DUE) + timedelta(hours=1))
    assert set(Fired.objects.values_list("digest_on", flat=True)) == {DUE}


def test_outside_the_window_the_digest_waits_for_the_next_morning(county):
    finding(county, due_on=date(2026, 11, 22))
    saturday = noon(date(2026, 11, 21))
    reminders.remind(now=saturday)
    outbox.drain(now=saturday)
    assert set(Fired.objects.values_list("digest_on", flat=True)) == {None}
    monday = noon(date(2026, 11, 23))
    outbox.drain(now=monday)
    assert set(Fired.objects.values_list("digest_on", flat=True)) == {date(2026, 11, 23)}


def test_what_fires_after_the_day_s_digest_waits_for_the_next_day(county):
    finding(county)
    reminders.remind(now=noon(DUE))
    outbox.drain(now=noon(DUE))
    finding(county)
    reminders.remind(now=noon(DUE) + timedelta(hours=1))
    digests.owe_missing(now=noon(DUE) + timedelta(hours=1))
    outbox.drain(now=noon(DUE) + timedelta(hours=2))
    monday = noon(date(2026, 11, 23))
    digests.owe_missing(now=monday)
    outbox.drain(now=monday)
    assert set(Fired.objects.values_list("digest_on", flat=True)) == {DUE, date(2026, 11, 23)}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_findings(
    county, rows, django_assert_max_num_queries
):
    for _n in range(rows):
        finding(county)
    with django_assert_max_num_queries(26):
        reminders.remind(now=noon(DUE + timedelta(days=1)))
