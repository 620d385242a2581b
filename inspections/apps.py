from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = _("Inspections")

    def ready(self):
        from inspections import digests, wording_filing, wording_reminders  # noqa: F401  fill registers of handlers and sentences
