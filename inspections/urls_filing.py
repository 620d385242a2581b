from django.urls import path

from inspections import (
    views_assessment,
    views_check,
    views_cycles,
    views_evidence,
    views_filing,
    views_tables,
)

urlpatterns = [
    path("assessments/", views_filing.assessments, name="assessments"),
    path("assessments/export/", views_filing.assessments_export, name="assessments_export"),
    path("assessments/submit/", views_filing.assessments_submit, name="assessments_submit"),
    path("assessments/chase/", views_filing.assessments_chase, name="assessments_chase"),
    path("assessments/pass/", views_check.assessments_pass, name="assessments_pass"),
    path("assessments/grid/", views_tables.assessments_grid, name="assessments_grid"),
    path("assessments/table/", views_tables.assessments_table, name="assessments_table"),
    path(
        "assessments/table/blank/", views_tables.assessments_template, name="assessments_template"
    ),
    path(
        "assessments/table/<uuid:key>/", views_tables.assessments_upload, name="assessments_upload"
    ),
    path(
        "assessments/table/<uuid:key>/returned/",
        views_tables.assessments_returned,
        name="assessments_returned",
    ),
    path("assessments/<int:pk>/", views_assessment.assessment, name="assessment"),
    path("assessments/<int:pk>/autosave/", views_assessment.autosave, name="assessment_autosave"),
    path(
        "assessments/<int:pk>/evidence/<str:key>/",
        views_evidence.assessment_evidence,
        name="assessment_evidence",
    ),
    path("assessments/<int:pk>/withdraw/", views_assessment.withdraw, name="assessment_withdraw"),
    path("assessments/<int:pk>/print/", views_assessment.print_page, name="assessment_print"),
    path("assessments/<int:pk>/export/", views_assessment.export, name="assessment_export"),
    path("assessments/<int:pk>/check/", views_check.check, name="check"),
    path("cycles/", views_cycles.cycle_list, name="cycles"),
    path("cycles/new/", views_cycles.cycle_create, name="cycle_create"),
    path("cycles/<int:pk>/open/", views_cycles.cycle_open, name="cycle_open"),
    path("cycles/<int:pk>/join/", views_cycles.cycle_join, name="cycle_join"),
    path("cycles/<int:pk>/close/", views_cycles.cycle_close, name="cycle_close"),
]
