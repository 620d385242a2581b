"""What a phone logged is counted on the county's workbench: 高频问题 needs a category nobody had to type."""

import uuid

import pytest
import time_machine
from django.urls import reverse

from inspections.tests.visits_made import make_site
from standards.tests.make import enter


@pytest.mark.django_db
@time_machine.travel("2026-11-20 10:00+08:00", tick=False)
def test_frequent_problems_count_what_phones_logged():
    site = make_site()
    phone = enter(site.member)
    for text in ("缺一份", "无签字"):
        said = {"key": str(uuid.uuid4()), "clause": "records", "verdict": "problem", "text": text}
        sent = phone.post(reverse("inspections:stop_taps", args=[site.stop.pk]), said)
        assert sent.status_code in (200, 302)
    counted = enter(site.place.officer).get(reverse("home")).context["categories"]
    assert [each.count for each in counted] == [2]
