"""Switching the ladder on over thousands of old findings."""

import pytest

from accounts.models import Outbox
from inspections.models import Fired
from portal.proving.flood import make_flood, switch_on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_five_thousand_old_findings_give_one_letter_per_person():
    people = make_flood(findings=5_000, branches=40)
    flood = switch_on(people=len(people))
    owed = Outbox.objects.filter(kind="digest").values_list("payload", flat=True)
    assert sorted(payload["user"] for payload in owed) == sorted(people)
    assert set(Fired.objects.values_list("level", flat=True)) == {4}
    assert (flood.told, flood.told_again) == (10_000, 0)
    assert flood.first_seconds <= 20
    assert flood.more_megabytes <= 100
