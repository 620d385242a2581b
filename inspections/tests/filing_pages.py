"""What a browser does with the pages of filing: enter, open, send the form back."""

import uuid

from django.urls import reverse

from inspections.models import Answer, Assessment, Sheet, Source


def enter(client, actor):
    client.force_login(actor.user)
    return client


def of_branch(cycle, branch):
    return Assessment.objects.get(cycle=cycle, branch=branch)


def address(name, assessment):
    return reverse(f"inspections:{name}", args=[assessment.pk])


def conforming(response, **more):
    """The whole form as the browser sends it back, with the given fields changed."""
    fields = {"client_key": str(uuid.uuid4())}
    for shown in response.context["lines"]:
        row = shown.row
        fields[f"{row.prefix}_was"] = row.was
        fields[f"{row.prefix}_verdict"] = row.verdict
    return fields | more


SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def autosave(client, row, **fields):
    sent = {"autosave": "1", "changed": list(fields)} | fields
    return client.post(address("assessment_autosave", row), sent, headers=SCRIPT)


def submitted(client, county, row, **fields):
    page = enter(client, county.clerk).get(address("assessment", row))
    fields = {"dues:_verdict": "yes", "do": "submit"} | fields
    client.post(address("assessment", row), conforming(page, **fields))
    row.refresh_from_db()
    return row


def said(row, key):
    return Answer.objects.get(sheet__assessment=row, sheet__source=Source.SELF, clause_key=key)


def coverage(row):
    return Sheet.objects.get(assessment=row, source=Source.SELF).coverage
