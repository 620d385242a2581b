from django.urls import path

from inspections import views_elections, views_ledger
from inspections import views_findings as views
from inspections.ledger_batch import VERBS
from inspections.moves import TABLE

urlpatterns = [
    path("ledger/", views_ledger.ledger, name="ledger"),
    path("ledger/export/", views_ledger.export, name="ledger_export"),
    path("ledger/print/", views_ledger.print_page, name="ledger_print"),
    path("ledger/text/", views_ledger.text, name="ledger_text"),
    path("ledger/columns/", views_ledger.columns, name="ledger_columns"),
    path("ledger/rules/", views_ledger.rules, name="ledger_rules"),
    path(
        "ledger/columns/<int:pk>/forget/", views_ledger.columns_forget, name="ledger_columns_forget"
    ),
    *(
        path(f"ledger/{verb}/", views_ledger.batch, {"verb": verb}, name=f"ledger_{verb}")
        for verb in VERBS
    ),
    path("finding/<int:pk>/", views.finding, name="finding"),
    path("finding/<int:pk>/card/", views.card, name="finding_card"),
    path("finding/<int:pk>/closeout/", views.closeout, name="finding_closeout"),
    path("branch/<int:branch>/finding/", views.log_new, name="finding_new"),
    path("election/<int:pk>/", views_elections.letter, name="election_letter"),
    path("notice/<int:pk>/", views.notification, name="notification"),
    *(
        path(
            f"finding/<int:pk>/{move.verb}/",
            views.move,
            {"verb": move.verb},
            name=f"finding_{move.verb}",
        )
        for move in TABLE
    ),
]
