"""The real worker and timetable, on PostgreSQL and Redis of their own, while these are killed, frozen and emptied."""

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import make_password
from django.test import override_settings
from django.utils import timezone
from redis import Redis

from accounts.models import Outbox
from accounts.outbox import owe
from branches.tests.make import make_branch, make_county
from inspections import reminders
from inspections.models import Assessment, PhaseKind, Stage
from inspections.tests.make import make_assessment, make_cycle, make_prior
from portal.proving.machine import LEASE_SECONDS, finish, kill
from portal.proving.servers import free_port
from portal.proving.story import issue, make_story
from portal.proving.trial import Plan, Trial, run
from portal.proving.visitor import Visitor

pytestmark = [pytest.mark.redis, pytest.mark.slow, pytest.mark.own_postgres]
QUIET = Plan(kills=0, flushes=0, crashes=0, spread=0)
PASSWORD = "kabe-tusa-remu-47"


def begin(machine, *, reminders=60, **programs):
    """Findings that are due already, and the programs running."""
    story = make_story(reminders=reminders, waves=1)
    issue(story[0])
    return Trial(machine, QUIET, machine.crew(**programs), story)


def redis_of(machine):
    return Redis.from_url(machine.redis.url)


def test_two_hundred_reminders_survive_three_kills_a_flush_and_a_crash(machine):
    verdict = run(machine, Plan())
    assert verdict.wrong() == {}
    assert verdict.reminders == 203


def test_three_workers_two_timetables_and_two_hands_tell_each_person_once(machine):
    owe("nonsense", key="poison", payload={}, now=timezone.now())
    trial = begin(machine, reminders=200, workers=3, beats=2)
    by_hand = [machine.begin("daily") for _n in range(2)]
    verdict = trial.see()
    assert ["told " in finish(one) for one in by_hand] == [True, True]
    assert (verdict.wrong(), verdict.reminders) == ({}, 203)
    poison = Outbox.objects.get(key="poison")
    assert (poison.last_error, poison.done_at) == ("KeyError: 'nonsense'", None)


def test_rubbish_in_the_queue_costs_one_start_of_the_worker(machine):
    with redis_of(machine) as client:
        client.lpush("celery", "not json")
        machine.ring("no.such.task")
    trial = begin(machine)
    assert (trial.see().wrong(), trial.workers()[0].deaths) == ({}, 1)


def test_half_a_day_of_stale_ticks_does_not_hold_up_what_is_due(machine):
    for _tick in range(12 * 3600 // 20):
        machine.ring("accounts.tasks.drain", expires=0)
    assert begin(machine).see().wrong() == {}


def test_work_of_a_killed_worker_is_taken_up_when_the_lease_ends(machine):
    machine.gateway.hold(taken=True)
    trial = begin(machine, reminders=7)
    trial.tend_until(lambda: machine.gateway.letters)
    killed = time.monotonic()
    kill(trial.workers()[0])
    machine.gateway.release()
    verdict = trial.see()
    assert verdict.wrong() == {}
    assert (verdict.repeats_under_one_key >= 1, verdict.most_attempts) == (True, 2)
    assert time.monotonic() - killed < LEASE_SECONDS + 15


def test_a_redis_that_died_and_came_back_delays_and_loses_nothing(machine):
    trial = begin(machine)
    trial.tend_until(lambda: machine.gateway.letters)
    machine.redis.kill()
    time.sleep(1)
    machine.redis.start()
    assert trial.see().wrong() == {}


def test_three_days_without_a_timetable_are_caught_up_with_one_telling(machine):
    """The third finding passed two rungs meanwhile: only the higher one is told."""
    (wave,) = make_story(reminders=7, waves=1)
    for finding in wave.findings:
        finding.due_on += timedelta(days=1)
    issue(wave)
    reminders.remind(now=timezone.now() - timedelta(days=3))
    before = [sorted(finding.fired.values_list("level", flat=True)) for finding in wave.findings]
    machine.manage("daily")
    after = [sorted(finding.fired.values_list("level", flat=True)) for finding in wave.findings]
    assert before == [[], [], [1], [4, 4]]
    assert after == [[], [1], [1, 3, 3], [4, 4]]


# ---- a request never waits for Redis ----


@pytest.fixture
def portal(machine):
    """The web server, with three self-assessments for a town's clerk to file today."""
    county = make_county()
    clerk = county.clerk.user
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        clerk.password = make_password(PASSWORD)
    clerk.save(update_fields=["password"])
    today = timezone.localdate()
    span = (today - timedelta(days=9), today + timedelta(days=9))
    cycle = make_cycle(
        owner=county.county, phases={PhaseKind.SELF: span}, starts_on=span[0], ends_on=span[1]
    )
    for branch in (*county.branches, make_branch(parent=county.town)):
        prior = make_prior(cycle=cycle, branch=branch, by=clerk)
        make_assessment(cycle=cycle, branch=branch, prior=prior)
    port = free_port()
    crew = machine.crew(workers=0, beats=0, port=port)
    crew.wait_for(Visitor(port=port).answers, seconds=60, doing=crew.programs[0])
    return SimpleNamespace(port=port, username=clerk.username)


def test_signing_in_and_filing_wait_for_no_redis(machine, portal):
    """The best of three, beside the same with Redis in health: a busy machine is no wait, which would be a second."""
    tries = {}
    for fault, row in zip(("resume", "pause", "kill"), to_file(), strict=True):
        getattr(machine.redis, fault)()
        for do in ("save", "save", "submit"):
            clerk = Visitor(port=portal.port)
            clerk.sign_in(portal.username, PASSWORD)
            clerk.send(address(row), note="file", do=do, **{"dues:_verdict": "yes"})
            for name, took in clerk.seconds.items():
                tries.setdefault((fault, name), []).append(took)
    best = {which: min(took) for which, took in tries.items()}
    slower = {(fault, name): took - best["resume", name] for (fault, name), took in best.items()}
    assert (to_file(), len(best)) == ([], 6)
    assert [which for which, seconds in slower.items() if seconds > 0.9] == []


def address(row):
    return f"/inspections/assessments/{row.pk}/"


def to_file():
    return list(Assessment.objects.filter(stage=Stage.NOT_BEGUN).order_by("pk"))
