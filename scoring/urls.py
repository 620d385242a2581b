from django.urls import path

from scoring import (
    views,
    views_brief,
    views_compare,
    views_decide,
    views_figures,
    views_result,
    views_simulate,
)

app_name = "scoring"
urlpatterns = [
    path("", views.results, name="results"),
    path("export/", views.export, name="results_export"),
    path("trend/", views.trend_page, name="trend"),
    path("decide/", views_decide.decide_many, name="results_decide"),
    path("publish/", views_decide.publish_many, name="results_publish"),
    path("gaps/", views_compare.gaps, name="gaps"),
    path("figures/", views_figures.figures, name="figures"),
    path("<int:pk>/", views_result.result, name="result"),
    path("<int:pk>/explain/", views_result.explain, name="explain"),
    path("<int:pk>/print/", views_result.print_page, name="result_print"),
    path("<int:pk>/decide/", views_decide.decide_one, name="result_decide"),
    path("<int:pk>/publish/", views_decide.publish_one, name="result_publish"),
    path("compare/<int:pk>/", views_compare.compare, name="compare"),
    path("simulate/<int:pk>/", views_simulate.page, name="simulation"),
    path("simulate/<int:pk>/export/", views_simulate.export, name="simulation_export"),
    path("brief/<int:pk>/", views_brief.brief, name="brief"),
]
