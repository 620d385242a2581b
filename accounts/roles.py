"""Roles as data in code. A grant gives one role on one subtree."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    COUNTY_OFFICER = "county_officer", _("County officer")
    COUNTY_LEADER = "county_leader", _("County leader")
    SECRETARY = "township_secretary", _("Secretary of the parent committee")
    CLERK = "township_clerk", _("Clerk of the parent committee")
    BRANCH_CLERK = "branch_clerk", _("Branch clerk")
    INSPECTOR = "inspector", _("Inspector")


class Kind(TextChoices):
    """What sort of account it is; one value, so the three administrators exclude each other."""

    BUSINESS = "business", _("Business user")
    SYSTEM = "system", _("System administrator")
    SECURITY = "security", _("Security administrator")
    AUDIT = "audit", _("Audit administrator")


COUNTY = frozenset({Role.COUNTY_OFFICER, Role.COUNTY_LEADER})
PARENT = frozenset({Role.SECRETARY, Role.CLERK})
FILERS = PARENT | {Role.BRANCH_CLERK}
EVERYONE = frozenset(Role)
ADMINISTRATORS = frozenset({Kind.SYSTEM, Kind.SECURITY, Kind.AUDIT})
