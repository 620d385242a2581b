from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = _("Inspections")

    def ready(self):
        from branches.sections import ELECTION_SECTIONS, LEAVING
        from inspections import (  # noqa: F401  these fill registers of handlers and sentences
            digests,
            wording_filing,
            wording_findings,
            wording_reminders,
            wording_visits,
        )
        from inspections.elections import letters
        from inspections.leaving import open_work

        ELECTION_SECTIONS.append(letters)
        LEAVING.append(open_work)
