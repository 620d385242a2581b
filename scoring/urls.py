from django.urls import path

from scoring import (
    views,
    views_adopt,
    views_brief,
    views_compare,
    views_decide,
    views_figures,
    views_receipt,
    views_result,
    views_runs,
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
    path("runs/", views_runs.runs, name="runs"),
    path("runs/compare/", views_runs.runs_compare, name="runs_compare"),
    path("runs/compare/export/", views_runs.runs_compare_export, name="runs_compare_export"),
    path("runs/<int:pk>/", views_runs.run, name="run"),
    path("runs/<int:pk>/<int:branch>/", views_receipt.run_receipt, name="run_receipt"),
    path("runs/<int:pk>/export/", views_runs.run_export, name="run_export"),
    path("<int:pk>/", views_result.result, name="result"),
    path("<int:pk>/explain/", views_result.explain, name="explain"),
    path("<int:pk>/receipt/", views_receipt.receipt, name="receipt"),
    path("<int:pk>/print/", views_result.print_page, name="result_print"),
    path("<int:pk>/decide/", views_decide.decide_one, name="result_decide"),
    path("<int:pk>/publish/", views_decide.publish_one, name="result_publish"),
    path("compare/<int:pk>/", views_compare.compare, name="compare"),
    path("simulate/<int:pk>/", views_simulate.page, name="simulation"),
    path("simulate/<int:pk>/export/", views_simulate.export, name="simulation_export"),
    path("adopt/<int:pk>/", views_adopt.adoption, name="adoption"),
    path("adoptions/<int:pk>/confirm/", views_adopt.confirm, name="adoption_confirm"),
    path("adoptions/<int:pk>/drop/", views_adopt.drop, name="adoption_drop"),
    path("brief/<int:pk>/", views_brief.brief, name="brief"),
]
