"""Doors for the worker: each opens onto one function that may run twice, late, or not today."""

from celery import shared_task
from django.utils import timezone

from inspections import digests, elections, joining, reminders


@shared_task
def remind():
    now = timezone.now()
    return reminders.remind(now=now) + elections.remind(now=now)


@shared_task
def digest():
    return digests.owe_missing(now=timezone.now())


@shared_task
def join():
    return joining.join_new(today=timezone.localdate(), now=timezone.now())
