"""What the team does on the pages of a stop: open them, log a problem, confirm the sheet."""

import uuid

from django.urls import reverse

from accounts.tests.make import NOW
from inspections import visiting
from inspections.models import Finding, Stop
from standards.tests.make import enter


def address(site, name="stop"):
    return reverse(f"inspections:{name}", args=[site.stop.pk])


def press(actor, site, **fields):
    return enter(actor).post(address(site), {"key": str(uuid.uuid4())} | fields)


def log(site, text="三季度无记录", clause="records"):
    press(site.member, site, verdict="problem", clause=clause, text=text)
    return Finding.objects.get(text=text)


def confirm(site):
    visiting.confirm(site.leader, Stop.objects.get(pk=site.stop.pk), now=NOW)
    site.stop.refresh_from_db()
