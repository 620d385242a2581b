"""Doors for the worker. Early ack: a lost message costs one drain interval, never a second run."""

from celery import shared_task
from django.utils import timezone

from accounts import outbox
from accounts.pulse import answer


@shared_task(name="accounts.tasks.pulse", ignore_result=True)
def pulse(by="beat"):
    return answer(by, now=timezone.now())


@shared_task(name="accounts.tasks.drain", ignore_result=True)
def drain():
    return outbox.drain(now=timezone.now())
