"""What one officer has begun and only another may finish: a standard, a change of standard, results to publish."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Role
from branches.models import Field
from branches.scope import Actor
from inspections.models import Adoption, AdoptionStage, Cycle
from portal import board_links as links
from portal.board_parts import Card
from scoring.models import Result
from standards.models import Edition, EditionState


def second_cards(actor: Actor, named: list[Cycle]) -> list[Card]:
    """`named`: the cycles whose results may wait. Nothing for who may not finish it."""
    if not actor.has(Role.COUNTY_OFFICER):
        return []
    return [*standards(actor), *changes(actor), *decided(actor, named)]


def standards(actor: Actor) -> list[Card]:
    rows = Edition.objects.visible_to(actor).filter(state=EditionState.DRAFT)
    rows = rows.exclude(submitted_by=None).exclude(submitted_by=actor.user)
    return [
        Card(
            _("Standard to issue"),
            1,
            reverse("standards:issue", args=[pk]),
            "journal-check",
            "warn",
        )
        for pk in rows.order_by("pk").values_list("pk", flat=True)
    ]


def changes(actor: Actor) -> list[Card]:
    rows = Adoption.objects.visible_to(actor).filter(stage=AdoptionStage.ASKED)
    return [
        Card(
            _("Change of standard to confirm"), 1, reverse("scoring:adoption", args=[pk]), "journal-check", "warn"
        )
        for pk in rows.exclude(asked_by=actor.user).order_by("pk").values_list("cycle_id", flat=True)
    ]  # fmt: skip


def decided(actor: Actor, named: list[Cycle]) -> list[Card]:
    """All that are decided stand in the list; the card, where another decided at least one."""
    rows = Result.objects.visible_to(actor).filter(
        cycle__in=named, field__in=Field.values, decided_pass__isnull=False, published_at=None
    )
    counts = rows.values_list("cycle").annotate(
        Count("pk"), by_others=Count("pk", filter=~Q(decided_by=actor.user))
    )
    found = {cycle: n for cycle, n, by_others in counts if by_others}
    return [
        Card(_("Results to publish"), found[each.pk], links.results(each, state="decided"), "megaphone", "warn")
        for each in named
        if each.pk in found
    ]  # fmt: skip
