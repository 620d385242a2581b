from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = _("Organizations")

    def ready(self):
        from branches import wording  # noqa: F401  fills the registers of deeds and downloads
        from branches.rosters import owed  # noqa: F401  what the worker does for large rosters
