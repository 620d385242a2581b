"""Owing, claiming, failing, dying; and the doorbell that may be lost."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from accounts import outbox
from accounts.models import Outbox
from accounts.outbox import claim, claim_by_condition, claim_skipping_locks, drain, owe
from accounts.tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """What the handler `note` was given; `fail` always fails."""
    heard = []

    def note(payload, *, now):
        heard.append(payload)

    def fail(payload, *, now):
        raise RuntimeError("the gateway is down")

    monkeypatch.setattr(outbox, "HANDLERS", {"note": note, "fail": fail})
    return heard


def minutes(n):
    return NOW + timedelta(minutes=n)


def owe_note(key="a", *, kind="note", now=NOW, **fields):
    return owe(kind, key=key, payload={"id": key}, now=now, **fields)


def only():
    return Outbox.objects.get()


# ---- owing ----


def test_a_key_is_owed_once(heard):
    assert (owe_note(), owe_note(), Outbox.objects.count()) == (True, False, 1)


def test_a_key_done_is_not_owed_again(heard):
    owe_note()
    drain(now=NOW)
    owe_note()
    assert (drain(now=minutes(5)), heard) == (0, [{"id": "a"}])


def test_what_is_rolled_back_is_not_owed(heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        owe_note()
        raise ZeroDivisionError
    assert Outbox.objects.count() == 0


# ---- draining ----


def test_what_is_due_is_done_oldest_first(heard):
    owe_note("late", now=minutes(-1))
    owe_note("early", now=minutes(-2))
    assert (drain(now=NOW), heard) == (2, [{"id": "early"}, {"id": "late"}])
    assert drain(now=NOW) == 0


def test_what_is_not_due_waits(heard):
    owe_note(due_at=minutes(30))
    assert (drain(now=minutes(29)), drain(now=minutes(30))) == (0, 1)


def test_a_drain_stops_at_its_limit(heard):
    for n in range(5):
        owe_note(str(n))
    assert (drain(now=NOW, limit=3), drain(now=NOW, limit=3)) == (3, 2)


def test_one_failing_row_does_not_stop_the_rest(heard):
    owe_note("bad", kind="fail", now=minutes(-1))
    owe_note("good")
    assert (drain(now=NOW), heard) == (1, [{"id": "good"}])


def test_an_unknown_kind_waits_like_a_failure(heard):
    owe_note(kind="from-a-newer-version")
    drain(now=NOW)
    assert (only().attempts, only().last_error) == (1, "KeyError: 'from-a-newer-version'")


def test_failures_wait_1_2_4_to_60_minutes_and_die_after_eight(heard):
    owe_note(kind="fail")
    now, waits = NOW, []
    for _try in range(7):
        drain(now=now)
        waits.append((only().due_at - now) / timedelta(minutes=1))
        now = only().due_at
    drain(now=now)
    row = only()
    assert waits == [1, 2, 4, 8, 16, 32, 60]
    assert (row.attempts, row.dead_at, row.last_error) == (
        8,
        now,
        "RuntimeError: the gateway is down",
    )
    assert drain(now=now + timedelta(days=9)) == 0


def test_a_failure_is_not_tried_again_before_its_time(heard):
    owe_note(kind="fail")
    drain(now=NOW)
    drain(now=NOW + timedelta(seconds=59))
    assert only().attempts == 1


# ---- leases ----


def claims():
    engine = connection.features.has_select_for_update_skip_locked
    return [claim_skipping_locks, claim_by_condition] if engine else [claim_by_condition]


def test_every_way_of_claiming_gives_the_same_row():
    owe_note("second", now=minutes(-1))
    owe_note("first", now=minutes(-2))
    owe_note("not due", due_at=minutes(1))
    taken = []
    for way in claims():
        row = way(now=NOW)
        taken.append((row.key, row.attempts, Outbox.objects.get(pk=row.pk).lease_until))
        Outbox.objects.filter(pk=row.pk).update(attempts=0, lease_until=None)
    assert set(taken) == {("first", 1, NOW + outbox.LEASE)}


def test_a_claimed_row_is_nobody_elses_until_the_lease_ends():
    owe_note()
    first = claim(now=NOW)
    nearly, over = NOW + outbox.LEASE - timedelta(seconds=1), NOW + outbox.LEASE
    assert (first.key, claim(now=nearly), claim(now=over).attempts) == ("a", None, 2)


def test_a_worker_that_lost_its_lease_may_not_write_the_end():
    owe_note()
    slow = claim(now=NOW)
    claim(now=minutes(11))
    assert (outbox.finish(slow, done_at=minutes(12)), only().done_at) == (False, None)


def test_a_race_for_one_row_has_one_winner():
    owe_note()
    mine, theirs = (outbox.free(now=NOW).get() for _n in range(2))
    assert (outbox.lease(mine, now=NOW), outbox.lease(theirs, now=NOW)) == (True, False)


def test_a_killed_worker_costs_one_lease(heard):
    owe_note()
    claim(now=NOW)
    assert (drain(now=NOW), drain(now=NOW + outbox.LEASE), heard) == (0, 1, [{"id": "a"}])


def test_a_row_that_kills_its_worker_is_given_up_after_eight(heard):
    owe_note("deadly", now=minutes(-1))
    for n in range(8):
        assert claim(now=minutes(10 * n)).attempts == n + 1
    owe_note("good", now=minutes(80))
    assert (drain(now=minutes(80)), heard) == (1, [{"id": "good"}])
    row = Outbox.objects.get(key="deadly")
    assert (row.dead_at, row.last_error) == (minutes(80), outbox.KILLED)


def test_the_eighth_try_is_not_given_up_while_it_runs(heard):
    owe_note("slow")
    for n in range(8):
        claim(now=minutes(10 * n))
    drain(now=minutes(70))
    assert only().dead_at is None


def test_in_a_long_drain_every_lease_counts_from_its_own_beginning(monkeypatch):
    """A row taken late in a drain must not look abandoned to the other workers."""
    seen = []

    def slow(payload, *, now):
        time.sleep(0.3)
        seen.append(claim(now=now + outbox.LEASE + timedelta(seconds=0.1)))

    monkeypatch.setattr(outbox, "HANDLERS", {"slow": slow})
    owe_note("first", kind="slow", now=minutes(-2))
    owe_note("second", kind="slow", now=minutes(-1))
    drain(now=NOW)
    assert [row and row.key for row in seen] == ["first", None]


def test_a_handler_that_must_wait_is_not_a_failure(monkeypatch):
    def wait(payload, *, now):
        raise outbox.Later(minutes(30))

    monkeypatch.setattr(outbox, "HANDLERS", {"note": wait})
    owe_note()
    drain(now=NOW)
    row = only()
    assert (row.due_at, row.last_error, row.lease_until) == (minutes(30), "", None)


def test_many_are_owed_once_each():
    owe_note("b")
    payloads = {key: {"id": key} for key in "abc"}
    made = [outbox.owe_many("note", payloads, now=NOW, due_at=NOW) for _n in range(2)]
    assert (made, Outbox.objects.count()) == ([2, 0], 3)


def test_the_watchdog_sees_since_when_work_waits():
    owe_note("old", now=minutes(-12))
    owe_note("new")
    assert outbox.oldest_due(now=NOW) == minutes(-12)


def test_the_watchdog_is_silent_when_nothing_is_due():
    owe_note(due_at=minutes(1))
    assert outbox.oldest_due(now=NOW) is None


# ---- the doorbell ----


def test_a_knock_rings_after_the_commit_only(monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr(outbox, "DOORBELL", outbox.Doorbell(lambda: rung.append(1)))
    with django_capture_on_commit_callbacks(execute=True):
        outbox.knock()
        before = list(rung)
    assert (before, rung) == ([], [1])


def test_a_failing_ring_is_swallowed_and_the_bell_rests():
    rung = []

    def ring():
        rung.append(1)
        raise ConnectionError

    bell = outbox.Doorbell(ring)
    bell.press()
    bell.press()
    assert rung == [1]


def test_a_hanging_ring_costs_the_request_a_quarter_of_a_second_once():
    gate = threading.Event()
    bell = outbox.Doorbell(lambda: gate.wait(60))
    started = time.monotonic()
    for _press in range(20):
        bell.press()
    took = time.monotonic() - started
    gate.set()
    assert outbox.RING_SECONDS * 0.8 < took < outbox.RING_SECONDS * 20


def test_the_bell_rings_again_when_the_broker_is_back(monkeypatch):
    monkeypatch.setattr(outbox, "REST_SECONDS", 0)
    rung, faults = [], [ConnectionError()]

    def ring():
        if faults:
            raise faults.pop()
        rung.append(1)

    bell = outbox.Doorbell(ring)
    bell.press()
    bell.press()
    assert rung == [1]
