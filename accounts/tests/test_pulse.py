from datetime import timedelta

import pytest

from accounts.models import Pulse
from accounts.pulse import answer, silent
from accounts.tasks import drain, pulse
from accounts.tests.make import NOW

pytestmark = pytest.mark.django_db


def test_a_pulse_of_the_beat_proves_worker_and_beat():
    answer(now=NOW)
    assert silent(now=NOW) == []


def test_a_pulse_sent_by_hand_proves_only_the_worker():
    answer("up", now=NOW)
    assert silent(now=NOW) == ["beat"]


def test_who_has_been_silent_for_a_minute_is_named():
    answer(now=NOW)
    answer("up", now=NOW + timedelta(minutes=2))
    assert silent(now=NOW + timedelta(minutes=2)) == ["beat"]


def test_pulses_overwrite_their_row():
    answer(now=NOW)
    answer(now=NOW + timedelta(seconds=10))
    assert Pulse.objects.count() == 2


def test_the_tasks_are_doors():
    assert (pulse(), pulse(by="up"), drain()) == (2, 1, 0)
