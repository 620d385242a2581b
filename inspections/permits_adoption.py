"""Who takes a newer edition into a running cycle: one county officer asks, another carries it out."""

from branches.permits import Permit
from branches.scope import Actor
from inspections.models import Adoption, AdoptionStage
from inspections.permits_filing import OFFICER, is_running, owner_path


def cycle_path(adoption: Adoption) -> str:
    return adoption.cycle.owner.path


def is_asked(actor: Actor, adoption: Adoption | None) -> bool:
    return adoption is None or adoption.stage == AdoptionStage.ASKED


def is_asked_by_another(actor: Actor, adoption: Adoption | None) -> bool:
    return adoption is None or (is_asked(actor, adoption) and adoption.asked_by_id != actor.user.pk)


TABLE = {
    "adoption.ask": Permit(roles=OFFICER, path=owner_path, when=is_running),
    "adoption.confirm": Permit(roles=OFFICER, path=cycle_path, when=is_asked_by_another),
    "adoption.drop": Permit(roles=OFFICER, path=cycle_path, when=is_asked),
}
