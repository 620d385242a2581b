from celery import shared_task
from django.utils import timezone

from scoring import results


@shared_task
def rescore():
    return results.refresh(now=timezone.now())


@shared_task
def prove():
    return results.prove(now=timezone.now())
