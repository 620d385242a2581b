from django.urls import path

from inspections import views_findings as views
from inspections.moves import TABLE

urlpatterns = [
    path("finding/<int:pk>/", views.finding, name="finding"),
    path("finding/<int:pk>/card/", views.card, name="finding_card"),
    path("finding/<int:pk>/closeout/", views.closeout, name="finding_closeout"),
    path("branch/<int:branch>/finding/", views.log_new, name="finding_new"),
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
