"""The same branches under an edition that weighs its chapters and gives its best tier to three in ten."""

from datetime import datetime
from uuid import uuid4

from branches.scope import act_as
from inspections.models import Cycle
from portal.bench.ground import TODAY, Ground
from standards import actions, composition
from standards.issuing import put_in_force
from standards.models import Edition

SHARE = 60


def draft(ground: Ground, *, now: datetime) -> Edition:
    officer = act_as(ground.officer, today=TODAY)
    found = actions.create_draft(
        officer, ground.top, now=now, client_key=uuid4(), from_edition=ground.cycle.edition
    )
    keys = list(found.chapters.order_by("position").values_list("key", flat=True))
    half = len(keys) // 2
    parts = [(keys[:half], SHARE), (keys[half:], 100 - SHARE)]
    plan = {
        "components": [
            {"key": f"part{n}", "from": "chapters", "chapters": own, "weight": str(weight)}
            for n, (own, weight) in enumerate(parts, 1)
        ],
        "quotas": [{"tier": found.tiers[0]["key"], "most": "30"}],
    }
    composition.agree(officer, found, now=now, agreed=plan)
    return Edition.objects.get(pk=found.pk)


def into_force(ground: Ground, edition: Edition, *, now: datetime) -> None:
    """The cycle goes on under the draft, whose clauses are the same."""
    issued = put_in_force(edition, by=ground.officer, now=now)
    Cycle.objects.filter(pk=ground.cycle.pk).update(edition=issued)
    ground.cycle = Cycle.objects.select_related("edition", "owner").get(pk=ground.cycle.pk)
