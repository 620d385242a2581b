"""Who may change a standard: county officers under whose unit it stands, and only while it is a draft."""

from accounts.roles import Role
from branches.models import Organization
from branches.permits import Permit
from branches.scope import Actor
from standards.models import Edition, EditionState

OFFICER = frozenset({Role.COUNTY_OFFICER})


def owner_path(edition: Edition) -> str:
    return edition.owner.path


def place_path(place: Organization | Edition) -> str:
    """Where a draft would stand: a unit, or the unit of the edition it begins from."""
    return place.owner.path if isinstance(place, Edition) else place.path


def is_draft(actor: Actor, edition: Edition | None) -> bool:
    return edition is None or edition.state == EditionState.DRAFT


def is_open_draft(actor: Actor, edition: Edition | None) -> bool:
    return edition is None or (is_draft(actor, edition) and not edition.is_submitted)


def is_submitted_by_self(actor: Actor, edition: Edition | None) -> bool:
    return edition is None or (edition.is_submitted and edition.submitted_by_id == actor.user.pk)


def is_submitted_by_another(actor: Actor, edition: Edition | None) -> bool:
    """Submitting and issuing are two persons' work."""
    return edition is None or (edition.is_submitted and edition.submitted_by_id != actor.user.pk)


TABLE = {
    "edition.draft": Permit(roles=OFFICER, path=place_path),
    "edition.edit": Permit(roles=OFFICER, path=owner_path, when=is_open_draft),
    "edition.check": Permit(roles=OFFICER, path=owner_path, when=is_draft),
    "edition.submit": Permit(roles=OFFICER, path=owner_path, when=is_open_draft),
    "edition.withdraw": Permit(roles=OFFICER, path=owner_path, when=is_submitted_by_self),
    "edition.return": Permit(roles=OFFICER, path=owner_path, when=is_submitted_by_another),
    "edition.issue": Permit(roles=OFFICER, path=owner_path, when=is_submitted_by_another),
}
