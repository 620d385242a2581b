"""The Celery app and the whole timetable. Tasks are doors; `manage.py daily` opens the same ones by hand."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("branchmark")
# Without this a thread of the web server would send its tasks through an app that knows no broker.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["accounts", "inspections", "scoring", "portal"])

DRAIN_SECONDS = int(os.environ.get("BRANCHMARK_DRAIN_SECONDS", "20"))
# After a night without a worker the ticks of the last minutes are enough: each asks "due and not yet done".
STALE_SECONDS = 600

app.conf.beat_schedule = {
    "pulse": {"task": "accounts.tasks.pulse", "schedule": 10.0},
    "drain": {"task": "accounts.tasks.drain", "schedule": float(DRAIN_SECONDS)},
    "remind": {"task": "inspections.tasks.remind", "schedule": crontab(minute="*/10")},
    "digest": {
        "task": "inspections.tasks.digest",
        "schedule": crontab(minute="5-59/10", hour="8-17"),
    },
    "join": {"task": "inspections.tasks.join", "schedule": crontab(minute=15)},
    "rescore": {"task": "scoring.tasks.rescore", "schedule": 60.0},
    "prove": {"task": "scoring.tasks.prove", "schedule": crontab(minute=40, hour=3)},
}
for entry in app.conf.beat_schedule.values():
    entry["options"] = {"expires": STALE_SECONDS}
