from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = _("Results")

    def ready(self):
        from branches.sections import SECTIONS
        from inspections.prior_results import TELLERS
        from scoring import wording  # noqa: F401  fills the register of sentences
        from scoring.sections import history, tell_prior

        SECTIONS.append(history)
        TELLERS.append(tell_prior)
