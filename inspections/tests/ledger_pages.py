"""What a browser does with the pages of the ledger: enter, list, and how many queries that costs."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standards.tests.make import enter


def listed(cast, query="", who="officer"):
    page = enter(getattr(cast, who)).get(reverse("inspections:ledger") + query)
    assert page.status_code == 200
    return [row.finding.number for row in page.context["rows"]]


def queries(client, url):
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return len(caught)
